/**
 * When a question comes back. FSRS says when it would be forgotten; the interview says that everything that was learned
 * is seen once more before it: again at all, and within the last two weeks. What FSRS would ask for only after the
 * interview therefore comes before it.
 */
import type { Memory } from "./memory.ts";

/** What was seen so shortly before the interview, for the second time at least, is not forgotten in it. */
export const WINDOW = 14;

/** The day from which it is due by its memory alone. What was answered on a day to come, by a clock that was ahead, was
 * answered today. */
function natural(memory: Memory, today: number): number {
  return Math.min(memory.last, today) + memory.interval;
}

/** Whether a question has still to be seen once before the interview. */
export function owed(memory: Memory, interview: number): boolean {
  return memory.days < 2 || memory.last < interview - WINDOW;
}

export interface Due {
  /** From this day on it may be asked. */
  readonly day: number;
  /** It is asked for the interview's sake, and any day from then on will do until its memory asks for it. */
  readonly squeezed: boolean;
}

/** `interview`: days since 1970, null when there is none. */
export function due(memory: Memory, interview: number | null, today: number): Due {
  const day = natural(memory, today);
  if (interview === null || interview <= today || !owed(memory, interview)) return { day, squeezed: false };
  const last = Math.min(memory.last, today);
  // Not at once: what was seen a day ago says little about what is remembered. And within the days that count, so that
  // what would come back on the last of them is spread over all.
  const from = Math.max(last + Math.max(1, Math.ceil((interview - last) / 3)), interview - WINDOW);
  return from < Math.min(day, interview) && day > today ? { day: from, squeezed: true } : { day, squeezed: false };
}
