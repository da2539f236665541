/** Logs of drills for the tests: random ones, and that of a reader who does every day what the queue holds. */
import fc from "fast-check";
import { isoDay } from "../../overrides/app/core/plan/calendar.ts";
import { due } from "../../overrides/app/core/practice/due.ts";
import { lastOf, counted } from "../../overrides/app/core/practice/log.ts";
import { type Memory, replay } from "../../overrides/app/core/practice/memory.ts";
import { type Card, type Limits, queue, type Queue } from "../../overrides/app/core/practice/queue.ts";
import type { Grade, Review } from "../../overrides/app/core/practice/records.ts";

export const FIRST = 20_780;

export function cardsOf(count: number, pages: number): Card[] {
  return Array.from({ length: count }, (_, at) => ({ id: `page-${at % pages}#q${at}`, page: `page-${at % pages}` }));
}

/** Any log that could be read: grades, undone ones, questions begun anew, days out of order, predecessors or none. */
export const logs: fc.Arbitrary<Review[]> = fc
  .array(
    fc.record({
      card: fc.integer({ min: 0, max: 5 }),
      grade: fc.constantFrom<Grade>(1, 2, 3, 3, 4),
      day: fc.integer({ min: 0, max: 40 }),
      at: fc.integer({ min: 0, max: 60 }),
      did: fc.constantFrom("grade", "grade", "grade", "grade", "undo", "reset"),
      other: fc.nat(100),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ card, grade, day, at, did, other }, number): Review => {
      const base = { id: `r${number}`, card: `page-0#q${card}`, at, day: isoDay(FIRST + day) };
      const some = `r${other % (number + 1)}`;
      if (did === "undo") return { ...base, did: "undo", undoes: some };
      if (did === "reset") return { ...base, did: "reset" };
      return { ...base, did: "grade", grade, after: other % 3 === 0 ? "" : some, missed: other % 4 === 0 ? [1] : [] };
    }),
  );

export interface Diligent {
  readonly cards: readonly Card[];
  readonly limits: Limits;
  /** Days until the interview; null = there is none. */
  readonly interview: number | null;
  readonly days: number;
  /** Whether the reader practices on a day, and how they grade. */
  practices(day: number): boolean;
  grade(card: string, day: number, time: number): Grade;
}

export interface DayOfDrills {
  readonly day: number;
  readonly before: ReadonlyMap<string, Memory>;
  readonly queue: Queue;
  readonly after: ReadonlyMap<string, Memory>;
}

/** Lives through the days. Each question is asked until it is not wrong, three times at most. */
export function live({ cards, limits, interview, days, practices, grade }: Diligent): DayOfDrills[] {
  const log: Review[] = [];
  const lived: DayOfDrills[] = [];
  const end = interview === null ? days : Math.min(days, interview);
  for (let day = FIRST; day < FIRST + end; day += 1) {
    const before = replay(log);
    const asked = queue({ cards, memories: before, today: day, interview: interview === null ? null : FIRST + interview, limits });
    if (!practices(day)) continue;
    for (const card of [...asked.due, ...asked.fresh])
      for (let time = 0; time < 3; time += 1) {
        const given = grade(card, day, time);
        const own = log.filter((one) => one.card === card);
        const after = lastOf(counted(own).get(card));
        log.push({ id: `r${log.length}`, card, at: log.length, day: isoDay(day), did: "grade", grade: given, after });
        if (given > 1) break;
      }
    lived.push({ day, before, queue: asked, after: replay(log) });
  }
  return lived;
}

export { due };
