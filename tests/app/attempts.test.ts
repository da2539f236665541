/** What attempts say together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attempt, attemptsAt, clockOf, isPassed, summarize } from "../../overrides/app/core/attempts.ts";
import { readFile, writeFile } from "../../overrides/app/core/file.ts";
import { ATTEMPTS, DRAFTS } from "../../overrides/app/core/records.ts";

const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  exercise: "practice/coding/k-means",
  at: 1,
  seconds: 600,
  code: "x = 1\n",
  passed: ["check_a"],
  failed: ["check_b"],
  interview: false,
  ...change,
});
const whole = { passed: ["check_a", "check_b"], failed: [] };

test("an exercise that was tried is not passed", () => {
  const summary = summarize([attempt()]).get("practice/coding/k-means");
  assert.deepEqual(summary, { attempts: 1, passed: false, passedInInterview: false, best: null, most: 1, checks: 2 });
});

test("the best time is that of an attempt that passed", () => {
  const all = [attempt({ seconds: 5 }), attempt({ at: 2, seconds: 700, ...whole }), attempt({ at: 3, seconds: 650, ...whole })];
  const summary = summarize(all).get("practice/coding/k-means");
  assert.equal(summary?.best, 650);
  assert.equal(summary?.attempts, 3);
});

test("once passed, it stays passed", () => {
  assert.equal(summarize([attempt({ ...whole, interview: true }), attempt({ at: 2 })]).get("practice/coding/k-means")?.passedInInterview, true);
});

test("code of which nothing was checked has not passed", () => {
  assert.equal(isPassed(attempt({ passed: [], failed: [] })), false);
});

test("attempts are told apart by exercise, the newest first", () => {
  const all = [attempt({ at: 1 }), attempt({ at: 3 }), attempt({ at: 2, exercise: "practice/coding/softmax" })];
  assert.deepEqual(attemptsAt(all, "practice/coding/k-means").map(({ at }) => at), [3, 1]);
});

test("a clock shows hours when there are any", () => {
  assert.deepEqual([0, 61, 3723].map(clockOf), ["0:00", "1:01", "1:02:03"]);
});

test("attempts and drafts survive the file", () => {
  const one = attempt();
  const draft = { exercise: one.exercise, code: "y", seconds: 3, interview: true };
  const contents = new Map<string, ReadonlyMap<string, unknown>>([
    [ATTEMPTS.name, new Map([[`${one.exercise}@1`, one]])],
    [DRAFTS.name, new Map([[`${one.exercise}?interview`, draft]])],
  ]);
  const read = readFile(writeFile(contents, "2026-11-29T12:00:00.000Z"));
  assert.ok(read.ok);
  assert.deepEqual(read.contents, contents);
});
