/** How the views of a plan say things: days, kinds, counts, times. */
import { dayNumber, weekday } from "../core/plan/calendar.ts";
import { duration } from "../core/plan/today.ts";
import type { Iso, Kind, Session } from "../core/plan/types.ts";
import type { StandingNow } from "../core/plan/where.ts";
import { base } from "../ui/base";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export const KINDS: Readonly<Record<Kind, string>> = {
  read: "Read",
  run: "Run",
  drill: "Drill",
  code: "Code",
  debug: "Debug",
  design: "Design",
  mock: "Mock",
  story: "Story",
  review: "Review",
};

export function kindOf(session: Pick<Session, "kind" | "skim">): string {
  return session.skim ? "Skim" : KINDS[session.kind];
}

/** `Monday, 4 January` */
export function longDay(iso: Iso, withYear = false): string {
  const number = dayNumber(iso);
  if (number === null) return iso;
  const [year, month, day] = iso.split("-").map(Number) as [number, number, number];
  return `${WEEKDAYS[weekday(number)]}, ${day} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}`;
}

export function shortDay(iso: Iso): string {
  const number = dayNumber(iso);
  if (number === null) return iso;
  const [, month, day] = iso.split("-").map(Number) as [number, number, number];
  return `${(WEEKDAYS[weekday(number)] ?? "").slice(0, 3)} ${day} ${(MONTHS[month - 1] ?? "").slice(0, 3)}`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `18:30` ⇄ minutes after midnight. */
export function clock(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function unclock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes < 24 * 60 ? minutes : null;
}

/** `12 of 77 done, 2 h behind` */
export function standingSaid({ done, all, behind }: StandingNow): string {
  return `${done} of ${count(all, "session")} done, ${behind > 0 ? `${duration(behind)} behind` : "none missed"}`;
}

/** An address within the site. What was kept may name any; one that leads elsewhere leads home. */
export function within(url: string): string {
  const address = new URL(url, base);
  return address.origin === base.origin ? address.href : base.href;
}
