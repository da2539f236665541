/** A sitting of drills, step by step; what it is about; and what is guessed of a typed answer. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { indexed } from "../../overrides/app/core/plan/history.ts";
import { guesser } from "../../overrides/app/core/practice/points.ts";
import { ANY, inTime, inTurns, met, within } from "../../overrides/app/core/practice/scope.ts";
import { begin, current, graded, results, skipped, undone, withTyped } from "../../overrides/app/core/practice/session.ts";
import { real } from "./catalogues.ts";
import { type Grade, SITTING } from "../../overrides/app/core/practice/records.ts";

const IDS = ["a", "b", "c", "d", "e", "f"];
const start = begin("s", "2026-11-23", "Everything", IDS);

describe("a sitting", () => {
  test("asks again for what was wrong, after four others, and three times at most", () => {
    let sitting = graded(start, 1, "r0");
    assert.deepEqual(sitting.left, ["b", "c", "d", "e", "a", "f"]);
    for (let at = 1; at < 3; at += 1) sitting = graded({ ...sitting, left: ["a"] }, 1, `r${at}`);
    assert.deepEqual(sitting.left, []);
  });

  test("takes back any grade, and is as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Grade>(1, 2, 3, 4), { minLength: 1, maxLength: 8 }), (grades) => {
        let sitting = start;
        for (const [at, grade] of grades.entries()) {
          const before = sitting;
          if (current(before) === "") return;
          sitting = graded(before, grade, `r${at}`);
          const back = undone(sitting);
          assert.equal(back?.record, `r${at}`);
          assert.equal(current(back.sitting), current(before));
          assert.deepEqual(new Set(back.sitting.left), new Set(before.left));
          assert.deepEqual(back.sitting.done, before.done);
        }
      }),
    );
  });

  test("ends with the last grade of each question", () => {
    const sitting = graded(graded({ ...start, left: ["a", "b"] }, 1, "r0"), 3, "r1");
    assert.deepEqual([...results(graded(sitting, 2, "r2"))], [["a", 2], ["b", 3]]);
  });

  test("goes on without a question that cannot be shown", () => {
    const sitting = skipped(start);
    assert.deepEqual([current(sitting), sitting.skipped], ["b", ["a"]]);
  });

  test("keeps what is typed as a record of the store, until another question is asked", () => {
    const typed = withTyped(graded(start, 3, "r0"), "<b>bias</b>");
    assert.deepEqual(SITTING.check(typed, ""), { ok: true, value: typed });
    assert.equal(typed.typed, "<b>bias</b>");
    for (const after of [graded(typed, 3, "r1"), skipped(typed), undone(typed)?.sitting, withTyped(typed, "")]) assert.equal(after?.typed, undefined);
  });

  test("is a record of the store", () => {
    const sitting = graded(skipped(start), 3, "r");
    assert.deepEqual(SITTING.check(sitting, ""), { ok: true, value: sitting });
  });
});

describe("what is drilled", () => {
  const index = indexed(real().catalogue);

  test("is of the round, area, page and level that were chosen", () => {
    const some = within({ ...ANY, round: "ml-depth", area: "deep-learning", level: "mid" }, index);
    assert.ok(some.length > 0);
    assert.ok(some.every((item) => item.rounds?.includes("ml-depth") && item.level === "mid" && index.items.get(item.page ?? "")?.area === "deep-learning"));
    assert.equal(within({ ...ANY, page: some[0]?.page ?? "" }, index).every((item) => item.page === some[0]?.page), true);
  });

  test("comes in turns of the pages, what is expected most first", () => {
    const items = within({ ...ANY, area: "statistics" }, index);
    const cards = inTurns(items, index);
    const pages = new Set(items.map((item) => item.page));
    assert.equal(new Set(cards.slice(0, pages.size).map((card) => card.page)).size, pages.size);
    assert.equal(index.items.get(cards[0]?.id ?? "")?.importance, "core");
  });

  test("is what was read, when the plan says it", () => {
    const page = "topics/classical-ml/regularization";
    const tick = { id: `read:${page}`, date: "2026-11-23", kind: "read" as const, title: "", minutes: 20, round: "", items: [page] };
    const found = met([tick], index);
    assert.ok(found.length > 0);
    assert.ok(found.every((item) => item.page === page));
  });

  test("fits into the minutes, and is one question at least", () => {
    const ids = within(ANY, index).map((item) => item.id);
    const some = inTime(ids, 20, index);
    assert.ok(some.length > 1);
    assert.ok(some.reduce((sum, id) => sum + (index.items.get(id)?.minutes ?? 0), 0) <= 20);
    assert.equal(inTime(ids, 0, index).length, 1);
  });
});

describe("a guess", () => {
  const guess = guesser([["stochastic gradient descent", "SGD"], ["regularization", "weight penalty"]]);
  const points = ["The penalty shrinks weights toward zero", "SGD needs a learning rate", "It trades variance for bias"];

  test("finds the points whose words are there, in any form", () => {
    assert.deepEqual(guess("The weights are shrunk, the penalty pulls them to zero", points), [true, false, false]);
  });

  test("takes other names of a term for the term", () => {
    assert.deepEqual(guess("Stochastic gradient descent has a learning rate.", points), [false, true, false]);
  });

  test("finds nothing in nothing", () => {
    assert.deepEqual(guess("", points), [false, false, false]);
    assert.deepEqual(guess("I do not know this one", points), [false, false, false]);
  });
});
