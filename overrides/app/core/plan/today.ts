/** What views of a plan need of the planner without the planner. */
import { dayNumber } from "./calendar.ts";
import type { Iso } from "./types.ts";

/** Plans begin at most so long before the interview. */
export const FARTHEST = 364;

/** Hours a week that can be typed, here and on the home page; what is sensible is for the plan to say. */
export const HOURS = { least: 0, most: 168 } as const;

/** Why a day cannot be planned for, in words; "" when it can. A day that has passed can: what was done for it counts. */
export function dateFault(day: Iso, today: Iso): string {
  const [wanted, from] = [dayNumber(day), dayNumber(today)];
  if (wanted === null) return "No day to plan for.";
  return from !== null && wanted - from > FARTHEST ? "More than a year away: what you learn now is forgotten by then." : "";
}

/** The day on the reader's own clock. */
export function localDay(now = new Date()): Iso {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** `90` → "1 h 30 min". */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole - hours * 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `3` → "3 questions". */
export function counted(count: number): string {
  return count === 1 ? "One question" : `${count} questions`;
}
