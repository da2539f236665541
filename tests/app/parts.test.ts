/** Which sections a part of a page covers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Section, sectionsOf } from "../../overrides/app/core/plan/parts.ts";

const sections: readonly Section[] = [100, 300, 400, 200].map((length, at) => ({ id: `s${at}`, title: `Section ${at}`, length }));
const named = (from: number, to: number): string => {
  const found = sectionsOf({ spans: [[from, to]], of: 20 }, sections);
  return found ? `${found.from.id} to ${found.to.id}` : "none";
};

test("parts follow each other section by section, and none is in two", () => {
  assert.equal(named(0, 10), "s0 to s1");
  assert.equal(named(10, 20), "s2 to s3");
  assert.equal(named(0, 20), "s0 to s3");
});

test("a part within one long section names that section", () => {
  const long = [{ id: "all", title: "All", length: 900 }];
  for (const [from, to] of [[0, 5], [5, 10], [10, 20]] as const)
    assert.equal(sectionsOf({ spans: [[from, to]], of: 20 }, long)?.from.id, "all");
});

test("a part of unknown length, and a page without sections, name nothing", () => {
  assert.equal(sectionsOf({ spans: [[0, 5]], of: 0 }, sections), null);
  assert.equal(sectionsOf({ spans: [[0, 5]], of: 20 }, []), null);
});
