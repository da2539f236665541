/**
 * Days without clocks: a day is a count of days since 1 January 1970, so time zones and daylight saving cannot touch it.
 */
import type { Iso } from "./types.ts";

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The number of an existing day, or null. */
export function dayNumber(iso: string): number | null {
  const match = PATTERN.exec(iso);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1970 || year > 2999) return null;
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return Math.round(time / 86_400_000);
}

/** The day of a number that came from `dayNumber`, plus or minus days. */
export function isoDay(number: number): Iso {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** A day so many days later (or earlier). An unreadable day is returned as it is. */
export function addDays(iso: Iso, days: number): Iso {
  const number = dayNumber(iso);
  return number === null ? iso : isoDay(number + days);
}

/** Days from `a` to `b`; 0 when either cannot be read. */
export function daysBetween(a: Iso, b: Iso): number {
  const [first, second] = [dayNumber(a), dayNumber(b)];
  return first === null || second === null ? 0 : second - first;
}
