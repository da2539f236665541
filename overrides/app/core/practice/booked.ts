/**
 * What drills tell the planner: which questions were drilled already, and which pages have questions that come back, when, and
 * whether they were weak. The planner books time for them.
 */
import { dayNumber, isoDay } from "../plan/calendar.ts";
import type { Index } from "../plan/history.ts";
import type { Iso, Progress, Returning } from "../plan/types.ts";
import { due } from "./due.ts";
import { type Memory, replay } from "./memory.ts";
import type { Review } from "./records.ts";

/** A question that comes back takes half the time of the first answer. */
const AGAIN = 0.5;
const LEAST = 5;
const MOST = 15;
/** What was answered wrong or hard, or with points missing. */
const isWeak = ({ grade, missed }: Memory): boolean => grade < 3 || missed.length > 0;

/** `interview` may be no day yet. */
export function drillsOf(reviews: readonly Review[], index: Index, interview: Iso, today: Iso): NonNullable<Progress["drills"]> {
  const from = dayNumber(today) ?? 0;
  const until = dayNumber(interview);
  const asked: string[] = [];
  const pages = new Map<string, { day: number; minutes: number; weak: boolean }>();
  for (const [card, memory] of replay(reviews, index.resolve)) {
    const item = index.items.get(card);
    if (!item?.page) continue;
    asked.push(card);
    const day = due(memory, until, from).day;
    const before = pages.get(item.page);
    // Questions of a page come back together, with the first of them.
    pages.set(item.page, {
      day: Math.min(before?.day ?? Infinity, day),
      minutes: (before?.minutes ?? 0) + AGAIN * (item.minutes ?? LEAST),
      weak: (before?.weak ?? false) || isWeak(memory),
    });
  }
  const back = [...pages].map(([page, { day, minutes, weak }]): Returning => {
    return { page, day: isoDay(day), minutes: Math.max(LEAST, Math.min(MOST, Math.round(minutes))), weak };
  });
  return { asked: asked.sort(), back: back.sort((a, b) => (a.page < b.page ? -1 : 1)) };
}
