/** Mock interviews: sets that fit round and level, the same set through an address, the clock, the result. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { indexed } from "../../overrides/app/core/plan/history.ts";
import { bookedFor, drawSet, encodeSet, hasCase, phaseAt, probes, readSet, readSpan, startsOf, score, underWay } from "../../overrides/app/core/practice/mock.ts";
import { weigher } from "../../overrides/app/core/practice/weigh.ts";
import { type Mock, MOCKS } from "../../overrides/app/core/practice/records.ts";
import { bring } from "../../overrides/app/core/records.ts";
import type { Session } from "../../overrides/app/core/plan/types.ts";
import { real } from "./catalogues.ts";

const { catalogue, allocation } = real();
const INDEX = indexed(catalogue);
const ROUNDS = catalogue.rounds.map(({ id }) => id);
const LEVELS = Object.keys(allocation.names.levels);
const source = (level: string, random: () => number, tracks?: string[]): Parameters<typeof drawSet>[1] => ({
  ...{ index: INDEX, levels: LEVELS, random },
  weigh: weigher(catalogue, LEVELS, level, tracks && { tracks }),
});
const drawn = (wish: Parameters<typeof drawSet>[0], random: () => number, tracks?: string[]): string[] => drawSet(wish, source(wish.level, random, tracks));
const settings = fc.record({ round: fc.constantFrom(...ROUNDS), level: fc.constantFrom(...LEVELS), minutes: fc.integer({ min: 15, max: 90 }) });
const chance = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })).map((stream) => () => stream.next().value as number);

describe("a set", () => {
  test("asks each thing once, of the round, and nothing above the level", () => {
    fc.assert(
      fc.property(settings, chance, (setting, random) => {
        const set = drawn(setting, random);
        assert.equal(new Set(set).size, set.length);
        for (const id of set) {
          const item = INDEX.items.get(id);
          assert.ok(item?.rounds?.includes(setting.round) || item?.page === set[0]);
          assert.ok(LEVELS.indexOf(item.level ?? "") <= LEVELS.indexOf(setting.level));
        }
      }),
    );
  });

  test("there is one for every round at the level of most", () => {
    for (const round of ROUNDS) assert.ok(drawn({ round, level: "mid", minutes: 45 }, () => 0.5).length >= 3, round);
  });

  test("opens with a case in design and an exercise in coding", () => {
    const kinds = (round: string): (string | undefined)[] => drawn({ round, level: "senior", minutes: 45 }, () => 0.3).map((id) => INDEX.items.get(id)?.kind);
    assert.deepEqual(kinds("ml-system-design"), ["case", "question", "question"]);
    assert.deepEqual(kinds("ml-coding"), ["exercise", "question", "question"]);
    assert.deepEqual(kinds("ml-debugging"), ["exercise", "question", "question"]);
  });

  test("has in debugging a program with planted bugs, among them the whole round", () => {
    const first = (chance: number): string => drawn({ round: "ml-debugging", level: "senior", minutes: 60 }, () => chance)[0] ?? "";
    const all = Array.from({ length: 50 }, (_, at) => first(at / 50));
    assert.ok(all.every((id) => INDEX.items.get(id)?.debug === true));
    assert.ok(all.includes("practice/coding/mini-gpt"));
  });

  test("goes down one page in depth, after the reader's own project", () => {
    const [probe = "", ...steps] = drawn({ round: "ml-depth", level: "senior", minutes: 45 }, () => 0.3);
    assert.equal(INDEX.items.get(probe)?.page, "rounds/ml-depth");
    assert.equal(new Set(steps.map((id) => INDEX.items.get(id)?.page)).size, 1);
  });

  test("begins with the case that was asked for, of whatever level, in every round that is about one", () => {
    for (const item of catalogue.items.filter(({ kind }) => kind === "case"))
      for (const round of (item.rounds ?? []).filter(hasCase)) {
        const [first, ...rest] = drawn({ round, level: "mid", minutes: 45, piece: item.id }, () => 0.5);
        assert.equal(first, item.id);
        assert.equal(rest.length, 2);
      }
    assert.notEqual(drawn({ round: "ml-breadth", level: "mid", minutes: 45, piece: "system-design/cases/visual-search" }, () => 0.5)[0], "system-design/cases/visual-search");
  });

  test("goes on to what a case asks at the highest level that it has, and finds no bugs after a design", () => {
    for (const level of ["senior", "staff"])
      for (const item of catalogue.items.filter(({ kind, rounds }) => kind === "case" && rounds?.includes("ml-system-design"))) {
        const [, ...rest] = drawn({ round: "ml-system-design", level, minutes: 45, piece: item.id }, () => 0.5);
        const known = rest.map((id) => INDEX.items.get(id));
        assert.ok(known.every((one) => one?.page === item.id && one.questionKind !== "find-the-bug"), item.id);
        assert.equal(known[0]?.level, probes(item, level, { index: INDEX, levels: LEVELS })[0]?.level);
      }
  });

  test("of breadth follows the field of the plan, and what is said and not written", () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const asked = Array.from({ length: 40 }, () => drawn({ round: "ml-breadth", level: "mid", minutes: 45 }, random, ["language"])).flat();
    const own = asked.filter((id) => INDEX.items.get(INDEX.items.get(id)?.page ?? "")?.tracks?.includes("language")).length / asked.length;
    assert.ok(own > 0.25 && own < 2 / 3, String(own));
    for (const id of asked) assert.ok(!["implement", "design"].includes(INDEX.items.get(id)?.questionKind ?? ""));
  });

  test("comes out of an address as it went in", () => {
    fc.assert(
      fc.property(settings, chance, (setting, random) => {
        const set = { ...setting, items: drawn(setting, random) };
        if (set.items.length > 0) assert.deepEqual(readSet(`#${encodeSet(set)}`, INDEX, ROUNDS, LEVELS), set);
      }),
    );
  });

  test("an address that names nothing known has none", () => {
    fc.assert(fc.property(fc.string(), (hash) => assert.equal(readSet(hash, INDEX, ROUNDS, LEVELS), null)));
    const set = { round: "ml-breadth", level: "mid", minutes: 45, items: ["gone"] };
    assert.equal(readSet(encodeSet(set), INDEX, ROUNDS, LEVELS), null);
    assert.equal(readSet(encodeSet({ ...set, minutes: 1e9, items: ["rounds/behavioral#why-us"] }), INDEX, ROUNDS, LEVELS), null);
  });
});

describe("in a plan", () => {
  const session = (id: string, kind: Session["kind"], activity: string): Session => ({
    ...{ id, kind, date: "2026-12-16", title: "", url: "", text: "", minutes: 45, round: "ml-depth", entries: [] },
    ...{ items: [`activity:${activity}`], skim: false, part: 1, parts: 1 },
  });
  const sessions = [session("s", "story", "mock-depth"), session("m1", "mock", "mock-depth"), session("m2", "mock", "mock-depth"), session("b", "mock", "mock-breadth")];
  const booked = (round: string, ...ticked: string[]): string | undefined =>
    bookedFor(round, sessions, new Map(ticked.map((id) => [id, {} as never])), allocation.activities)?.id;

  test("an interview stands for the first that is open of its round, or of a round that shares it", () => {
    assert.equal(booked("ml-depth"), "m1");
    assert.equal(booked("project-talk"), "m1");
    assert.equal(booked("ml-depth", "m1"), "m2");
    assert.equal(booked("ml-breadth"), "b");
  });

  test("and for none when all are done, or the plan has none", () => {
    assert.equal(booked("ml-depth", "m1", "m2"), undefined);
    assert.equal(booked("behavioral"), undefined);
  });
});

describe("the clock", () => {
  const phases = [{ from: 0, to: 5, said: "a" }, { from: 5, to: 20, said: "b" }, { from: 20, to: 30, said: "c" }];

  test("stands in a part, and knows how long that lasts, also when the round is longer", () => {
    assert.deepEqual(phaseAt(phases, 30, 0), { at: 0, left: 300 });
    assert.deepEqual(phaseAt(phases, 60, 601), { at: 1, left: 1799 });
    assert.deepEqual(phaseAt(phases, 30, 9999), { at: 2, left: 0 });
    assert.deepEqual(phaseAt([], 30, 5), { at: -1, left: 0 });
  });

  test("says when each part begins, as long as the round is", () => {
    assert.deepEqual(startsOf(phases, 30), [0, 300, 1200]);
    assert.deepEqual(startsOf(phases, 20), [0, 200, 800]);
    assert.deepEqual(startsOf([], 30), []);
  });

  test("reads spans as the tables write them", () => {
    assert.deepEqual(readSpan(" 38–42 "), [38, 42]);
    assert.equal(readSpan("after"), null);
    assert.equal(readSpan("9–3"), null);
  });
});

describe("a result", () => {
  const mock: Mock = { id: "m", day: "2026-11-23", at: 1, round: "ml-breadth", level: "mid", minutes: 45, items: ["q"], notes: "", session: "", twists: 0, marks: [{ name: "a", mark: 1 }, { name: "b", mark: 2 }, { name: "c", mark: 4 }] };

  test("counts the points at the level or above", () => {
    assert.deepEqual(score(mock, LEVELS), { got: 2, of: 3 });
  });

  test("of the first version is brought up to date", () => {
    const { session: _session, twists: _twists, ...old } = mock;
    assert.deepEqual(bring(MOCKS, 1, "m", old, "mocks.m"), { ok: true, value: mock });
  });

  test("is a record, and what is not judged can be gone on with on the same day", () => {
    assert.ok(MOCKS.check(mock, "mocks.m").ok);
    const open = { ...mock, id: "o", marks: [] };
    assert.equal(underWay([mock, open], "2026-11-23")?.id, "o");
    assert.equal(underWay([open], "2026-11-24"), undefined);
  });
});
