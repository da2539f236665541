/**
 * The log of drills: what was graded, taken back or begun anew, each as a record of its own that never changes.
 *
 * The log is the truth, and what is known of a question is derived from it (memory.ts). So two devices, or two tabs,
 * join by putting their records together: the same record is the same record, however often it comes, and in whatever
 * order. Of a question that was graded in two places by one who knew nothing of the other, on the same day, one grade
 * counts: the weaker.
 */
import type { Grade, Review } from "./records.ts";

/** A grade that counts. */
export interface Graded extends Review {
  readonly grade: Grade;
}

/** The order of the log: by time, and by id where that is the same, so that it is the same everywhere. */
export function before(a: Review, b: Review): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * The grades that count, by question and in order: none that was taken back, none before the question was begun anew,
 * one of those that knew nothing of each other. `resolve` gives the id that a question has now, "" when it is gone: then
 * it keeps the one that it had.
 */
export function counted(log: Iterable<Review>, resolve: (id: string) => string = (id) => id): Map<string, Graded[]> {
  const all = [...log].sort(before);
  const undone = new Set(all.filter((one) => one.did === "undo").map((one) => one.undoes));
  const found = new Map<string, Graded[]>();
  for (const review of all) {
    if (undone.has(review.id) || review.did === "undo") continue;
    const card = resolve(review.card) || review.card;
    const own = found.get(card) ?? [];
    found.set(card, own);
    if (review.did === "reset") own.length = 0;
    else own.push(review as Graded);
  }
  for (const [card, own] of found) {
    if (own.length > 0) found.set(card, joined(own));
    else found.delete(card);
  }
  return found;
}

function joined(grades: readonly Graded[]): Graded[] {
  const first = new Map<string, number>();
  const kept: Graded[] = [];
  for (const review of grades) {
    // A record without a predecessor is compared with others of that kind alone.
    const key = `${review.after ?? ""} ${review.day}`;
    const at = first.get(key);
    if (at === undefined) {
      first.set(key, kept.length);
      kept.push(review);
    } else if (review.grade < (kept[at] as Graded).grade) kept[at] = review;
  }
  return kept;
}

/** The last record of a question that counts, for the next one to name; "" when there is none. */
export function lastOf(grades: readonly Graded[] | undefined): string {
  return grades?.[grades.length - 1]?.id ?? "";
}

/** A time for the next record: now, or just after the last one when the clock has gone back. */
export function nextTime(log: Iterable<Review>, now: number): number {
  let last = 0;
  for (const { at } of log) if (at > last) last = at;
  return Math.max(now, last + 1);
}
