/** What is said aloud of a search. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { resultsSaid, toldOf } from "../../overrides/app/core/found.ts";

test("what is said names what was asked for", () => assert.equal(toldOf("12 of 640 questions", " naive  bayes "), "For naive bayes: 12 of 640 questions"));

test("where nothing was typed, what is found says enough", () => assert.equal(toldOf("640 of 640 questions", " "), "640 of 640 questions"));

test("where nothing is to be said, nothing is", () => assert.equal(toldOf("", "bayes"), ""));

test("more than is shown is counted", () => {
  assert.equal(resultsSaid(1087, 12), "The first 12 of 1,087 results");
  assert.equal(resultsSaid(12, 12), "12 results");
  assert.equal(resultsSaid(1, 12), "1 result");
});
