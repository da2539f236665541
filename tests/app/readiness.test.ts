/** Readiness: what is counted where, what falls with time, and what comes first. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isoDay } from "../../overrides/app/core/plan/calendar.ts";
import { indexed } from "../../overrides/app/core/plan/history.ts";
import type { Item, Session, Tick } from "../../overrides/app/core/plan/types.ts";
import { replay } from "../../overrides/app/core/practice/memory.ts";
import { beginnings, byArea, byRound, gaps, solved, weights } from "../../overrides/app/core/practice/readiness.ts";
import type { Grade, Review } from "../../overrides/app/core/practice/records.ts";
import { weigher } from "../../overrides/app/core/practice/weigh.ts";
import { FIRST, logs } from "./drills.ts";

function question(page: string, at: number, rounds: readonly string[]): Item {
  return { id: `${page}#q${at}`, kind: "question", url: "", title: "", page, rounds };
}

const ITEMS: Item[] = [
  { id: "trees", kind: "chapter", url: "", title: "", area: "classical", importance: "core" },
  { id: "rare", kind: "chapter", url: "", title: "", area: "deep", importance: "occasional" },
  { id: "behavior", kind: "round", url: "", title: "" },
  ...[0, 1, 2, 3].map((at) => question("trees", at, ["breadth", "depth"])),
  ...[0, 1, 2, 3].map((at) => question("rare", at, ["depth"])),
  question("behavior", 0, ["behavioral"]),
  { id: "k-means", kind: "exercise", url: "", title: "", rounds: ["coding"] },
  { id: "ridge", kind: "exercise", url: "", title: "", rounds: ["coding"] },
];
const CATALOGUE = { rounds: [], areas: [], items: ITEMS };
const INDEX = indexed(CATALOGUE);
const LEVELS = ["entry", "mid", "senior", "staff"];
/** To a reader without a plan. */
const WEIGH = weigher(CATALOGUE, LEVELS, "", undefined);

function graded(card: string, grade: Grade, day = 0): Review {
  return { id: card, card, at: day, day: isoDay(FIRST + day), did: "grade", grade };
}

const known = (log: readonly Review[], today = 0, interview: number | null = null) => ({ memories: replay(log), today: FIRST + today, interview: interview === null ? null : FIRST + interview });

describe("what is counted", () => {
  test("a question counts for every round that asks it, and for one area", () => {
    const given = known([graded("trees#q0", 3), graded("rare#q0", 3)]);
    assert.deepEqual(byRound(["breadth", "depth", "behavioral", "none"], INDEX, given).map(({ id, met, questions }) => [id, met, questions]), [["breadth", 1, 4], ["depth", 2, 8], ["behavioral", 0, 1]]);
    assert.deepEqual(byArea(["classical", "deep"], INDEX, given).map(({ id, met, questions }) => [id, met, questions]), [["classical", 1, 4], ["deep", 1, 4], ["", 0, 1]]);
  });

  test("of what nobody has met there is no retention, and without an interview none on the day", () => {
    const [breadth, depth] = byRound(["breadth", "depth"], INDEX, known([graded("rare#q0", 3)]));
    assert.deepEqual([breadth?.now, breadth?.then], [null, null]);
    assert.equal(depth?.now, 1);
    assert.equal(depth?.then, null);
  });

  test("retention is a chance, and without practice never higher on the day than today", () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 90 }), (log, today, ahead) => {
        const cards = log.map((review) => ({ ...review, card: `trees#q${review.card.slice(-1)}` }));
        for (const { now, then, met, questions } of byRound(["depth"], INDEX, known(cards, today, today + ahead))) {
          assert.ok(met <= questions);
          if (now === null || then === null) continue;
          assert.ok(now >= 0 && now <= 1 && then >= 0 && then <= now);
        }
      }),
    );
  });

  test("code counts an exercise once, and a pass on an empty screen apart", () => {
    const attempt = { exercise: "k-means", seconds: 60, code: "", passed: ["a"], failed: [], interview: false };
    const tried = { ...attempt, exercise: "ridge", at: 3, failed: ["b"] };
    const all = [{ ...attempt, at: 1 }, { ...attempt, at: 2, interview: true }, tried];
    assert.deepEqual(solved("coding", INDEX, all), { exercises: 2, tried: 2, passed: 1, asInInterview: 1 });
    assert.equal(solved("depth", INDEX, all).exercises, 0);
  });
});

describe("where to begin when nothing is measured", () => {
  const chapter = (id: string, level: string, importance: Item["importance"], prerequisites: string[] = []): Item[] => {
    const page: Item = { id, kind: "chapter", url: "", title: "", level, importance: importance ?? null, prerequisites, rounds: [id === "cases" ? "design" : "breadth"] };
    return [page, question(id, 0, page.rounds ?? [])];
  };
  const catalogue = {
    rounds: [],
    areas: [],
    items: [
      ...chapter("wide", "mid", "core", ["base"]),
      ...[1, 2, 3, 4].map((at) => question("wide", at, ["breadth"])),
      ...chapter("rare", "entry", "occasional"),
      ...chapter("base", "entry", "core"),
      ...chapter("cases", "senior", "core"),
    ],
  };
  const index = indexed(catalogue);
  const weigh = weigher(catalogue, LEVELS, "", undefined);

  test("is what is expected most at the level, and what others build on before what has most questions", () => {
    assert.deepEqual(beginnings(index, ["entry"], null, weigh), ["base", "rare"]);
    assert.deepEqual(beginnings(index, ["entry", "mid"], null, weigh), ["base", "wide", "rare"]);
  });

  test("follows the rounds of the plan", () => {
    assert.deepEqual(beginnings(index, ["entry", "mid", "senior"], new Map([["design", 0.7], ["breadth", 0.3]]), weigh), ["cases", "base", "wide", "rare"]);
    assert.deepEqual(beginnings(index, ["entry", "mid", "senior"], new Map([["design", 1]]), weigh), ["cases"]);
  });
});

describe("what comes first", () => {
  test("is what matters most and was not met", () => {
    assert.deepEqual(gaps(INDEX, known([]), null, WEIGH).map(({ page }) => page), ["trees", "behavior", "rare"]);
  });

  test("falls when a question is answered, and comes back when it is forgotten", () => {
    const of = (log: readonly Review[], today: number): number => gaps(INDEX, known(log, today), null, WEIGH).find(({ page }) => page === "trees")?.loss ?? 0;
    const log = [graded("trees#q0", 3)];
    assert.ok(of(log, 0) < of([], 0));
    assert.ok(of(log, 30) > of(log, 1));
  });

  test("follows the rounds of the plan", () => {
    const worth = new Map([["behavioral", 1]]);
    assert.deepEqual(gaps(INDEX, known([]), worth, WEIGH).map(({ page }) => page), ["behavior"]);
  });

  test("follows the field of the plan, and leaves out what is above its level", () => {
    const items = [
      { id: "all", kind: "chapter", url: "", title: "", importance: "core", tracks: ["general"] },
      { id: "own", kind: "chapter", url: "", title: "", importance: "core", tracks: ["language"] },
      { id: "other", kind: "chapter", url: "", title: "", importance: "core", tracks: ["vision"] },
      { id: "above", kind: "chapter", url: "", title: "", importance: "core", tracks: ["general"] },
      ...["all", "own", "other"].map((page) => ({ ...question(page, 0, ["depth"]), level: "mid" })),
      { ...question("above", 0, ["depth"]), level: "staff" },
    ] as Item[];
    const catalogue = { rounds: [], areas: [], items };
    const weigh = weigher(catalogue, LEVELS, "mid", { tracks: ["language"] });
    assert.deepEqual(gaps(indexed(catalogue), known([]), null, weigh).map(({ page }) => page), ["own", "all", "other"]);
  });

  test("weighs a round by its time, done and ahead, each session once", () => {
    const session = (id: string, round: string, minutes: number) => ({ id, round, minutes }) as Session;
    const agenda = { interview: "", since: isoDay(FIRST), rounds: [], sessions: [session("a", "breadth", 30), session("b", "depth", 60)] };
    const ticks = [{ id: "a", date: isoDay(FIRST), round: "breadth", minutes: 30 }, { id: "old", date: isoDay(FIRST - 9), round: "depth", minutes: 900 }];
    const worth = weights(agenda, new Map(ticks.map((tick) => [tick.id, tick as unknown as Tick])));
    assert.deepEqual([...(worth ?? [])].sort(), [["breadth", 30 / 90], ["depth", 60 / 90]]);
    assert.equal(weights(undefined, new Map()), null);
  });
});
