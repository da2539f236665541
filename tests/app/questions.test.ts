/** The filter of the question list: what is found, and that an address says the same as the form. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ANY, areasOf, fromAddress, grouped, questionsOf, select, toAddress, type Wanted } from "../../overrides/app/core/questions.ts";
import { real } from "./catalogues.ts";

const { catalogue } = real();
const NONE: ReadonlySet<string> = new Set();
const all = questionsOf(catalogue);

const found = (wanted: Partial<Wanted>, seen = NONE): Set<string> => select(catalogue, { ...ANY, ...wanted }, seen);

test("nothing asked for finds every question", () => {
  assert.equal(found({}).size, all.length);
});

test("a round finds what is asked in it, whatever is asked in it first", () => {
  const expected = all.filter((question) => question.rounds?.includes("phone-screen"));
  assert.ok(expected.some((question) => question.rounds?.[0] !== "phone-screen"));
  assert.deepEqual(found({ round: "phone-screen" }), new Set(expected.map(({ id }) => id)));
});

test("the areas share out the questions: each is in one", () => {
  const sizes = areasOf(catalogue).map(([area]) => found({ area }).size);
  assert.ok(sizes.every((size) => size > 0));
  assert.equal(sizes.reduce((sum, size) => sum + size, 0), all.length);
});

test("filters narrow each other", () => {
  const both = found({ level: "senior", kind: "compute" });
  assert.ok(both.size > 0);
  for (const id of both) assert.ok(found({ level: "senior" }).has(id) && found({ kind: "compute" }).has(id));
});

test("words are looked for in the question and in the name of its page", () => {
  const id = "topics/classical-ml/regularization";
  const here = all.filter((question) => question.page === id).map((question) => question.id);
  const hits = found({ words: "REGULAR" });
  assert.ok(here.length > 0 && here.every((one) => hits.has(one)));
});

test("all that a round asks is grouped by area and page, what it asks first of all rounds before the rest", () => {
  for (const { id: round } of catalogue.rounds) {
    const groups = grouped(catalogue, round);
    const ids = groups.flatMap(({ pages }) => pages.flatMap(({ questions }) => questions));
    assert.deepEqual(new Set(ids), found({ round }));
    assert.equal(ids.length, found({ round }).size);
    const own = groups.map(({ pages }) => pages.flatMap(({ questions }) => questions).filter((id) => all.find((one) => one.id === id)?.rounds?.[0] === round).length);
    assert.deepEqual(own, [...own].sort((a, b) => b - a));
  }
  assert.equal(grouped(catalogue, "behavioral")[0]?.pages[0]?.page, "rounds/behavioral");
});

test("what was drilled can be left out, or be all that is shown", () => {
  const seen = new Set(all.slice(0, 3).map(({ id }) => id));
  assert.deepEqual(found({ seen: "yes" }, seen), seen);
  assert.equal(found({ seen: "no" }, seen).size, all.length - 3);
});

test("an address gives back what was asked for", () => {
  const value = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(fc.record({ round: value, area: value, level: value, kind: value, seen: value, words: value }), (wanted) => {
      assert.deepEqual(fromAddress(toAddress(wanted)), { ...wanted });
    }),
  );
});
