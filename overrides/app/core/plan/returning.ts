/**
 * Pages whose drilled questions come back: on which day of the plan, paid by which round. What was weak goes first, then
 * what is due first; no day gives more than a part of its minutes to it, and the rest waits for the next.
 */
import { dayNumber } from "./calendar.ts";
import type { Index } from "./history.ts";
import type { StudyDay } from "./schedule.ts";
import type { Returning } from "./types.ts";

export interface Return {
  /** Position in the list of study days. */
  readonly day: number;
  readonly page: string;
  readonly round: string;
  readonly minutes: number;
}

/** Of a day's minutes, so much may go to what comes back. */
const PART = 4;

/** `taken`: minutes of a day that have a fixed use. */
export function returns(back: readonly Returning[], study: readonly StudyDay[], faced: readonly string[], index: Index, taken: (day: number) => number): Return[] {
  const open = study.map((day, at) => (day.light ? 0 : Math.max(0, Math.min(Math.floor(day.cap / PART), day.cap - taken(at)))));
  const found: Return[] = [];
  const waiting = [...back].sort((a, b) => Number(b.weak) - Number(a.weak) || (a.day < b.day ? -1 : a.day > b.day ? 1 : a.page < b.page ? -1 : 1));
  for (const { page, day, minutes } of waiting) {
    const known = index.resolve(page);
    const round = faced.find((one) => index.items.get(known)?.rounds?.includes(one));
    const from = dayNumber(day);
    if (round === undefined || from === null) continue;
    const at = study.findIndex((one, place) => one.number >= from && (open[place] as number) >= minutes);
    if (at < 0) continue;
    open[at] = (open[at] as number) - minutes;
    found.push({ day: at, page: known, round, minutes });
  }
  return found;
}
