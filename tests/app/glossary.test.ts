/** The field above the glossary: which terms a reader means. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findTerms } from "../../overrides/app/core/glossary.ts";

const TERMS = [
  { name: "precision precision, PPV.", definition: "The share of alarms that are right." },
  { name: "one-hot encoding", definition: "A column for each category." },
  { name: "threshold", definition: "Trades precision against recall." },
];
const found = (typed: string): string[] => findTerms(TERMS, typed).at.map((at) => TERMS[at]!.name.split(" ")[0]!);

test("nothing typed finds every term", () => assert.equal(found("  ").length, TERMS.length));

test("a word that names a term finds what is called so, and not what only mentions it", () =>
  assert.deepEqual(found("Precision"), ["precision"]));

test("another name finds the term", () => assert.deepEqual(found("ppv"), ["precision"]));

test("hyphens and spaces are the same", () => {
  assert.deepEqual(found("one hot"), ["one-hot"]);
  assert.deepEqual(found("one‑hot"), ["one-hot"]);
});

test("a word that names nothing is looked for in the definitions, and that is told", () => {
  assert.deepEqual(findTerms(TERMS, "alarms"), { at: [0], by: "definition" });
  assert.equal(findTerms(TERMS, "precis").by, "name");
});

test("words found nowhere find nothing", () => assert.deepEqual(found("xyzzy"), []));
