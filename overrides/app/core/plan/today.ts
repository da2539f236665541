/** What views of a plan need of the planner without the planner. */
import type { Iso } from "./types.ts";

/** Plans begin at most so long before the interview. */
export const FARTHEST = 364;

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
