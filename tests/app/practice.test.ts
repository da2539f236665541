/** What is derived from the log of drills: it joins in any way, and the queue of a day keeps what it promises. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isoDay } from "../../overrides/app/core/plan/calendar.ts";
import { indexed } from "../../overrides/app/core/plan/history.ts";
import type { Item } from "../../overrides/app/core/plan/types.ts";
import { changes, stillMissed } from "../../overrides/app/core/practice/changes.ts";
import { due, owed } from "../../overrides/app/core/practice/due.ts";
import { counted, nextTime } from "../../overrides/app/core/practice/log.ts";
import { intervals, replay, retention } from "../../overrides/app/core/practice/memory.ts";
import { queue, spread } from "../../overrides/app/core/practice/queue.ts";
import { cardsOf, type Diligent, FIRST, live, logs } from "./drills.ts";
import type { Grade, Review } from "../../overrides/app/core/practice/records.ts";

const RUNS = Number(process.env["RUNS"] ?? 100);

/** The same store after the records of another have come: by id, as the store joins them. */
function join(here: readonly Review[], there: readonly Review[]): Review[] {
  return [...new Map([...here, ...there].map((review) => [review.id, review])).values()];
}

function graded(id: string, grade: Grade, day: number, more: Partial<Review> = {}): Review {
  return { id, card: "p#q", at: day, day: isoDay(FIRST + day), did: "grade", grade, ...more };
}

describe("logs of two devices", () => {
  const parts = fc.tuple(logs, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }));
  const split = ([log, a, b]: [Review[], boolean[], boolean[]]): [Review[], Review[]] => [log.filter((_, at) => a[at]), log.filter((_, at) => b[at])];

  test("come to the same, whichever takes over the other", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const [here, there] = split(given);
        assert.deepEqual(replay(join(here, there)), replay(join(there, here)));
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test("count nothing twice, however often they are joined", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const [here, there] = split(given);
        const once = join(here, there);
        assert.deepEqual(replay(join(join(once, there), here)), replay(once));
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test("count one of two grades that knew nothing of each other, the weaker", () => {
    const first = graded("a", 3, 0, { after: "" });
    const good = graded("b", 3, 4, { after: "a" });
    const wrong = graded("c", 1, 4, { after: "a", at: 5 });
    const both = replay([first, good, wrong]).get("p#q");
    assert.deepEqual(both, replay([first, wrong]).get("p#q"));
  });

  test("count both of two grades of different days", () => {
    const all = [graded("a", 3, 0, { after: "" }), graded("b", 3, 4, { after: "a" }), graded("c", 3, 6, { after: "a" })];
    assert.equal(counted(all).get("p#q")?.length, 3);
  });
});

describe("a log", () => {
  test("forgets what was taken back, and what was before a new beginning", () => {
    const undo: Review = { id: "u", card: "p#q", at: 9, day: isoDay(FIRST), did: "undo", undoes: "b" };
    const reset: Review = { id: "n", card: "p#q", at: 9, day: isoDay(FIRST), did: "reset" };
    const first = graded("a", 3, 0);
    assert.deepEqual(replay([first, graded("b", 1, 5), undo]), replay([first]));
    assert.equal(replay([first, reset]).size, 0);
  });

  test("follows a question to the id that it has now, and keeps one that is gone", () => {
    const items: Item[] = [{ id: "p#new", kind: "question", url: "", title: "", page: "p", aliases: ["p#q"], print: "1" }];
    const index = indexed({ rounds: [], areas: [], items });
    const log = [graded("a", 3, 0, { print: "0" }), graded("b", 3, 5, { card: "p#new", print: "0" }), graded("c", 3, 5, { card: "p#lost" })];
    const memories = replay(log, index.resolve);
    assert.deepEqual([...memories.keys()].sort(), ["p#lost", "p#new"]);
    assert.equal(memories.get("p#new")?.days, 2);
    assert.deepEqual(changes(memories, index), { gone: ["p#lost"], changed: ["p#new"] });
  });

  test("says which points are missing, unless the question has changed since", () => {
    const memory = replay([graded("a", 3, 0, { missed: [2], print: "x" }), graded("b", 4, 3, { print: "x" })]).get("p#q");
    assert.deepEqual(stillMissed(memory, "x"), [2]);
    assert.deepEqual(stillMissed(memory, "y"), []);
  });

  test("goes on in its order when the clock has gone back", () => {
    const log = [graded("a", 3, 300, { at: 9_000_000 })];
    const at = nextTime(log, 5);
    assert.ok(at > 9_000_000);
    const memory = replay([...log, graded("b", 1, 0, { at, after: "a" })]).get("p#q");
    assert.equal(memory?.last, FIRST);
    // And what was answered on a day to come is back as soon as if it had been answered today.
    const ahead = replay(log).get("p#q");
    assert.ok(ahead);
    assert.equal(due(ahead, null, FIRST).day, FIRST + ahead.interval);
  });

  test("of 10,000 records is replayed in a moment, and as one of ten would be", () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      graded(`r${at}`, ((at % 4) + 1) as Grade, Math.floor(at / 100), { card: `p#q${at % 1223}`, at, after: `r${at - 1223}` }),
    );
    const memories = replay(many);
    assert.equal(memories.size, 1223);
    const own = many.filter((one) => one.card === "p#q7");
    assert.deepEqual(memories.get("p#q7"), replay(own).get("p#q7"));
  });
});

describe("a memory", () => {
  test("comes back later the better it was graded", () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 41, max: 90 }), (log, day) => {
        for (const memory of [undefined, ...replay(log).values()]) {
          const days = intervals(memory, FIRST + day);
          assert.ok(days[1] === 0 && days[1] < days[2] && days[2] < days[3] && days[3] < days[4]);
          assert.ok(Object.values(days).every(Number.isInteger));
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("fades, from certain to nine in ten when its time has come", () => {
    const memory = replay([graded("a", 3, 0), graded("b", 3, 3)]).get("p#q");
    assert.ok(memory);
    assert.equal(retention(memory, memory.last), 1);
    assert.ok(Math.abs(retention(memory, memory.last + Math.round(memory.stability)) - 0.9) < 0.02);
  });
});

const grades = fc.infiniteStream(fc.constantFrom<Grade>(1, 2, 3, 3, 3, 4));

/** A reader who practices on some of the days. */
const readers = fc
  .record({
    count: fc.integer({ min: 1, max: 150 }),
    pages: fc.integer({ min: 1, max: 20 }),
    most: fc.integer({ min: 2, max: 30 }),
    fresh: fc.integer({ min: 0, max: 30 }),
    interview: fc.option(fc.integer({ min: 1, max: 45 }), { nil: null }),
    lazy: fc.constantFrom(0, 0, 0.3),
    grades,
    chance: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
  })
  .map(({ count, pages, most, fresh, interview, lazy, grades: stream, chance }) => {
    const reader: Diligent = {
      cards: cardsOf(count, pages),
      limits: { most, fresh },
      interview,
      days: 45,
      practices: () => (chance.next().value as number) >= lazy,
      grade: (_card, _day, time) => (time === 2 ? 3 : (stream.next().value as Grade)),
    };
    return { reader, diligent: lazy === 0 };
  });

describe("the queue of a day", () => {
  test("holds nothing before it is due, and nothing that is due is lost", () => {
    fc.assert(
      fc.property(readers, ({ reader }) => {
        const interview = reader.interview === null ? null : FIRST + reader.interview;
        for (const { day, before, queue: asked } of live(reader)) {
          for (const card of asked.due) {
            const memory = before.get(card);
            assert.ok(memory && due(memory, interview, day).day <= day, `${card} is not due`);
          }
          for (const card of asked.fresh) assert.ok(!before.has(card));
          const all = [...before].filter(([, memory]) => !due(memory, interview, day).squeezed && due(memory, interview, day).day <= day);
          assert.ok(asked.due.length + asked.beyond >= all.length, "something that is due is neither asked nor told");
          assert.equal(new Set([...asked.due, ...asked.fresh]).size, asked.due.length + asked.fresh.length);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("keeps to the limits of the day", () => {
    fc.assert(
      fc.property(readers, ({ reader }) => {
        for (const { day, after } of live(reader)) {
          const today = [...after.values()].filter((memory) => memory.last === day);
          assert.ok(today.length <= reader.limits.most);
          assert.ok(today.filter((memory) => memory.first === day).length <= reader.limits.fresh);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("does not begin a day anew when some of it is done", () => {
    const cards = cardsOf(40, 8);
    const limits = { most: 10, fresh: 6 };
    const whole = queue({ cards, memories: new Map(), today: FIRST, interview: null, limits });
    const log = whole.fresh.slice(0, 4).map((card, at) => graded(`r${at}`, 3, 0, { card, at }));
    const rest = queue({ cards, memories: replay(log), today: FIRST, interview: null, limits });
    assert.equal(rest.fresh.length, 2);
  });

  test("forgets nothing past the interview, for who does it every day", () => {
    fc.assert(
      fc.property(readers, ({ reader, diligent }) => {
        fc.pre(diligent && reader.interview !== null);
        const lived = live(reader);
        const last = lived[lived.length - 1];
        const interview = FIRST + (reader.interview as number);
        for (const [card, memory] of last?.after ?? [])
          if (memory.first < interview - 1) assert.ok(!owed(memory, interview), `${card} was never seen again: ${JSON.stringify(memory)}`);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  test("teaches nothing new on the eve", () => {
    const asked = queue({ cards: cardsOf(9, 3), memories: new Map(), today: FIRST, interview: FIRST + 1, limits: { most: 9, fresh: 9 } });
    assert.deepEqual(asked.fresh, []);
  });

  test("meets all questions in time where there is time", () => {
    const reader: Diligent = { cards: cardsOf(100, 10), limits: { most: 40, fresh: 20 }, interview: 28, days: 28, practices: () => true, grade: () => 3 };
    const lived = live(reader);
    assert.equal(lived[lived.length - 1]?.after.size, 100);
  });

  test("asks first for what had points missing", () => {
    const log = [graded("a", 3, 0, { card: "p#1" }), graded("b", 3, 0, { card: "p#2", missed: [0] })];
    const asked = queue({ cards: [{ id: "p#1", page: "p" }, { id: "p#2", page: "p" }], memories: replay(log), today: FIRST + 30, interview: null, limits: { most: 9, fresh: 0 } });
    assert.deepEqual(asked.due, ["p#2", "p#1"]);
  });

  test("keeps questions of one page apart", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 }), (pages) => {
        const cards = pages.map((page, at) => ({ id: String(at), page: String(page) }));
        const result = spread(cards);
        assert.deepEqual([...result].sort((a, b) => Number(a.id) - Number(b.id)), cards);
        // Two neighbors of one page mean that nothing of another page was left.
        for (const [at, card] of result.entries())
          if (at > 0 && result[at - 1]?.page === card.page) assert.ok(result.slice(at).every((one) => one.page === card.page));
      }),
      { numRuns: RUNS },
    );
  });
});
