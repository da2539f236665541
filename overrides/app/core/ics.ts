/**
 * A plan as a calendar file (RFC 5545).
 */
import type { Plan } from "./plan/types.ts";

export type Times =
  /** One event a session; those of a day follow one another from the start of that weekday. */
  | {
      readonly kind: "timed";
      /** Minutes after midnight for Monday … Sunday: 19:30 is 1170. */
      readonly start: readonly number[];
      /** IANA name of the zone; null = floating, the same time on the clock wherever the reader is. */
      readonly zone: string | null;
    }
  /** One event a day, without a time; its sessions are listed in it. */
  | { readonly kind: "all-day" };

export interface CalendarOptions {
  /** Stays the same for as long as importing again shall update: `SavedPlan.id`, or the id of a ready-made plan. */
  readonly planId: string;
  readonly times: Times;
  /** Absolute address of the site, with a slash at the end. */
  readonly site: string;
  /** What calendars call it. */
  readonly name: string;
  /** When the file is made, in milliseconds since 1970 (DTSTAMP). */
  readonly stamp: number;
  /** Grows from file to file; default: derived from `stamp`, so nothing has to be remembered. */
  readonly sequence?: number;
  /** Names of rounds by id, for the text of the events. */
  readonly rounds?: Readonly<Record<string, string>>;
}

export declare function calendarFile(plan: Plan, options: CalendarOptions): string;
