/**
 * What is known of a question from its grades: how well it sits, and when it comes back. FSRS (`ts-fsrs`) says it, in
 * whole days on the reader's calendar; what was answered wrong comes back the same day.
 *
 * Everything is replayed from the log (log.ts), never stored: another version of the algorithm, or the log of another
 * device, changes what follows from it and nothing of what was done.
 */
import { FSRSAlgorithm } from "ts-fsrs";
import { dayNumber } from "../plan/calendar.ts";
import { counted, type Graded } from "./log.ts";
import type { Grade, Review } from "./records.ts";

/** Of a question that was answered at least once. Days are counted since 1970. */
export interface Memory {
  /** Days until it is remembered with a chance of nine in ten. */
  readonly stability: number;
  /** 1 to 10. */
  readonly difficulty: number;
  readonly first: number;
  readonly last: number;
  /** Days from the last answer to the next; 0 = it was wrong and comes back the same day. */
  readonly interval: number;
  /** On how many days it was answered, and how often it was wrong after it had been right. */
  readonly days: number;
  readonly lapses: number;
  readonly grade: Grade;
  /** Key points that were missing the last time they were ticked, and the question as it was then. */
  readonly missed: readonly number[];
  readonly print: string;
  /** The record that the next one comes after. */
  readonly record: string;
}

/** What is wanted: nine of ten are remembered when they come back. */
const RETENTION = 0.9;
const LONGEST = 365;

const algorithm = new FSRSAlgorithm({ request_retention: RETENTION, maximum_interval: LONGEST });

interface State {
  readonly stability: number;
  readonly difficulty: number;
}

/** Days until the question comes back, for each grade. A better grade never comes back sooner. */
export function intervals(known: Memory | undefined, day: number): Readonly<Record<Grade, number>> {
  return intervalsOf(known ?? null, known ? Math.max(0, day - known.last) : 0);
}

function intervalsOf(state: State | null, elapsed: number): Record<Grade, number> {
  const days = (grade: Grade): number => algorithm.next_interval(next(state, elapsed, grade).stability, elapsed);
  const hard = Math.max(1, days(2));
  const good = Math.max(hard + 1, days(3));
  return { 1: 0, 2: hard, 3: good, 4: Math.max(good + 1, days(4)) };
}

function next(state: State | null, elapsed: number, grade: Grade): State {
  return algorithm.next_state(state && { stability: state.stability, difficulty: state.difficulty }, elapsed, grade);
}

/** What the grades of one question come to, in the order of the log. */
function remembered(grades: readonly Graded[]): Memory {
  let state: State | null = null;
  let [last, first, days, lapses, interval] = [0, 0, 0, 0, 0];
  let missed: readonly number[] = [];
  for (const [at, review] of grades.entries()) {
    const day = dayNumber(review.day) ?? last;
    // A clock that was set back makes no time before the last answer.
    const elapsed = at === 0 ? 0 : Math.max(0, day - last);
    if (at === grades.length - 1) interval = intervalsOf(state, elapsed)[review.grade];
    if (review.grade === 1 && at > 0 && elapsed > 0) lapses += 1;
    state = next(state, elapsed, review.grade);
    if (at === 0) first = day;
    if (at === 0 || day !== last) days += 1;
    last = day;
    missed = review.missed ?? missed;
  }
  const { id, grade, print = "" } = grades[grades.length - 1] as Graded;
  const { stability, difficulty } = state as State;
  return { stability, difficulty, first, last, interval, days, lapses, grade, missed, print, record: id };
}

/** What is known of every question that was answered. */
export function replay(log: Iterable<Review>, resolve?: (id: string) => string): Map<string, Memory> {
  const memories = new Map<string, Memory>();
  for (const [card, grades] of counted(log, resolve)) memories.set(card, remembered(grades));
  return memories;
}

/** The chance that it is remembered on a day. */
export function retention(memory: Memory, day: number): number {
  return algorithm.forgetting_curve(Math.max(0, day - memory.last), memory.stability);
}
