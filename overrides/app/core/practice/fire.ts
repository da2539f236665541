/**
 * Rapid fire: which questions come, in an order that jumps between areas, and what a round comes to. Pure: chance comes in as
 * numbers.
 */
import type { Memory } from "./memory.ts";
import type { Answered, Firing, Grade, Mark, Marked } from "./records.ts";

export interface Target {
  readonly id: string;
  readonly area: string;
  /** How likely it is asked; absent = as likely as others, 0 = never. */
  readonly weight?: number;
}

const weightOf = ({ weight = 1 }: Target): number => weight;

/**
 * So many of the candidates, by chance and weight, no area twice in a row where that can be helped, and each area as often
 * as its weight has it, a question more or less. `random`: numbers below 1.
 */
export function draw<T extends Target>(candidates: readonly T[], count: number, random: () => number): T[] {
  const byArea = new Map<string, T[]>();
  const weighed = candidates.filter((one) => weightOf(one) > 0).map((one) => ({ one, turn: -Math.log(1 - random()) / weightOf(one) }));
  for (const { one } of weighed.sort((a, b) => a.turn - b.turn)) byArea.set(one.area, [...(byArea.get(one.area) ?? []), one]);
  // Each area comes up at a steady pace, from a point of its own: of two with the same weight, neither is ever two ahead.
  const areas = [...byArea.values()].map((left) => {
    const pace = 1 / left.reduce((sum, one) => sum + weightOf(one), 0);
    return { left, pace, next: pace * random() };
  });
  const result: T[] = [];
  while (result.length < count) {
    const last = result[result.length - 1]?.area;
    const open = areas.filter(({ left }) => left.length > 0).sort((a, b) => a.next - b.next);
    const area = open.find(({ left }) => left[0]?.area !== last) ?? open[0];
    if (!area) break;
    result.push(area.left.shift() as T);
    area.next += area.pace;
  }
  return result;
}

/** Kinds of questions that are written and not said, and those that cannot be said in less than a minute and a half. */
const WRITTEN: ReadonlySet<string> = new Set(["implement", "design"]);
const WORKED: ReadonlySet<string> = new Set(["derive", "compute", "find-the-bug", "estimate"]);
const WORKED_FROM = 90;

/** Whether a question of a kind can be answered aloud in so many seconds. */
export function sayable(kind: string, seconds: number): boolean {
  return !WRITTEN.has(kind) && (seconds >= WORKED_FROM || !WORKED.has(kind));
}

/** The round after its next question was answered, or (null) could not be shown and is not asked. */
export function answered(firing: Firing, how: Omit<Answered, "id"> | null): Firing {
  const [id, ...left] = firing.left;
  if (id === undefined) return firing;
  return { ...firing, left, given: how === null ? firing.given : [...firing.given, { id, ...how }] };
}

export interface AreaResult {
  readonly area: string;
  readonly got: number;
  readonly of: number;
}

/** What was said of what was asked, by area, the weakest first. A part counts half. */
export function byArea(answers: readonly Marked[]): AreaResult[] {
  const found = new Map<string, { got: number; of: number }>();
  for (const { area: name, mark } of answers) {
    const one = found.get(name) ?? { got: 0, of: 0 };
    found.set(name, { got: one.got + mark / 2, of: one.of + 1 });
  }
  return [...found].map(([name, one]) => ({ area: name, ...one })).sort((a, b) => a.got / a.of - b.got / b.of || (a.area < b.area ? -1 : 1));
}

/** What a mark is as a grade of a drill. */
export function asGrade(mark: Mark): Grade {
  return mark === 2 ? 3 : mark === 1 ? 2 : 1;
}

/**
 * The marks that count for drills too: of questions that are learned, since a round asks whether they sit. What was never
 * drilled is not begun by being asked once.
 */
export function counts(answers: readonly Marked[], memories: ReadonlyMap<string, Memory>): readonly Marked[] {
  return answers.filter(({ id }) => memories.has(id));
}
