/** What a table of pages says of what was done. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { doneWith } from "../../overrides/app/core/done.ts";
import type { Kind, Tick } from "../../overrides/app/core/plan/types.ts";

function tick(kind: Kind, items: string[], more: Partial<Tick> = {}): Tick {
  return { id: `${kind}:${items.join()}`, date: "2026-11-29", kind, title: "", minutes: 5, round: "", items, ...more };
}

const PAGE = "topics/statistics/ab-testing";

test("a page is as done as the best of what was done with it", () => {
  assert.equal(doneWith([tick("read", [PAGE], { skim: true })]).get(PAGE), "in short");
  assert.equal(doneWith([tick("read", [PAGE]), tick("read", [PAGE], { skim: true })]).get(PAGE), "read");
  assert.equal(doneWith([tick("read", [PAGE], { portion: { spans: [[0, 10]], of: 30 } })]).get(PAGE), "read in part");
});

test("each drilled question counts once, for its page", () => {
  const ticks = [tick("drill", [`${PAGE}#one`, `${PAGE}#two`]), tick("drill", [`${PAGE}#two`]), tick("read", [PAGE])];
  assert.equal(doneWith(ticks).get(PAGE), "read, 2 drilled");
});

test("a review alone does nothing new with a page", () => {
  assert.equal(doneWith([tick("review", [PAGE])]).size, 0);
});
