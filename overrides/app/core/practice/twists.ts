/**
 * Twists of a design interview: "now imagine …". A few of the case come up by the clock, in the half in which the design is
 * deepened; the rest are there to be asked for. Which ones, and when, follows from the set alone, so that the one who is
 * interviewed and the one who interviews, on another machine, have the same. Pure: the time comes in.
 */
import type { MockSet } from "./mock.ts";

export interface Twist {
  readonly said: string;
  /** What a strong answer says. */
  readonly answer: string;
}

export interface Planned extends Twist {
  /** The second of the interview at which it comes up; null = only when it is asked for. */
  readonly at: number | null;
}

/** As parts of the interview: when the whole has been drawn, in its depth, and where the rounds themselves have one. */
const TIMES = [0.5, 0.7, 0.87];
/** Minutes that leave time for two and for three. */
const [TWO, THREE] = [25, 40];

/** All twists of the case, in the order in which they come up. */
export function inOrder(twists: readonly Twist[], { minutes, items }: Pick<MockSet, "minutes" | "items">): Planned[] {
  if (twists.length === 0) return [];
  const first = numberOf(items.join()) % twists.length;
  // A short interview has the last ones, when there is something to twist.
  const times = TIMES.slice(minutes < TWO ? -1 : minutes < THREE ? -2 : -3);
  return [...twists.slice(first), ...twists.slice(0, first)].map((twist, at) => {
    const part = times[at];
    return { ...twist, at: part === undefined ? null : Math.round(60 * minutes * part) };
  });
}

/** How many have come up after so many seconds; `asked`: how many had been when another was asked for. */
export function upBy(twists: readonly Planned[], seconds: number, asked: number): number {
  const due = twists.filter(({ at }) => at !== null && at <= seconds).length;
  return Math.min(twists.length, Math.max(due, asked));
}

function numberOf(text: string): number {
  let sum = 0;
  for (const sign of text) sum = (31 * sum + (sign.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
