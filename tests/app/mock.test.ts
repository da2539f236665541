/** Mock interviews: sets that fit round and level, the same set through an address, the clock, the result. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { indexed } from "../../overrides/app/core/plan/history.ts";
import { bookedFor, drawSet, encodeSet, phaseAt, readSet, readSpan, startsOf, score, underWay } from "../../overrides/app/core/practice/mock.ts";
import { type Mock, MOCKS } from "../../overrides/app/core/practice/records.ts";
import { bring } from "../../overrides/app/core/records.ts";
import type { Session } from "../../overrides/app/core/plan/types.ts";
import { real } from "./catalogues.ts";

const { catalogue, allocation } = real();
const INDEX = indexed(catalogue);
const ROUNDS = catalogue.rounds.map(({ id }) => id);
const LEVELS = Object.keys(allocation.names.levels);
const settings = fc.record({ round: fc.constantFrom(...ROUNDS), level: fc.constantFrom(...LEVELS), minutes: fc.integer({ min: 15, max: 90 }) });
const chance = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })).map((stream) => () => stream.next().value as number);

describe("a set", () => {
  test("asks each thing once, of the round, and nothing above the level", () => {
    fc.assert(
      fc.property(settings, chance, (setting, random) => {
        const set = drawSet(setting, INDEX, LEVELS, random);
        assert.equal(new Set(set).size, set.length);
        for (const id of set) {
          const item = INDEX.items.get(id);
          assert.ok(item?.rounds?.includes(setting.round));
          assert.ok(LEVELS.indexOf(item.level ?? "") <= LEVELS.indexOf(setting.level));
        }
      }),
    );
  });

  test("there is one for every round at the level of most", () => {
    for (const round of ROUNDS) assert.ok(drawSet({ round, level: "mid", minutes: 45 }, INDEX, LEVELS, () => 0.5).length >= 3, round);
  });

  test("opens with a case in design and an exercise in coding", () => {
    const kinds = (round: string): (string | undefined)[] => drawSet({ round, level: "senior", minutes: 45 }, INDEX, LEVELS, () => 0.3).map((id) => INDEX.items.get(id)?.kind);
    assert.deepEqual(kinds("ml-system-design"), ["case", "question", "question"]);
    assert.deepEqual(kinds("ml-coding"), ["exercise", "question", "question"]);
    assert.deepEqual(kinds("ml-debugging"), ["exercise", "question", "question"]);
  });

  test("has in debugging a program with planted bugs, among them the whole round", () => {
    const first = (chance: number): string => drawSet({ round: "ml-debugging", level: "senior", minutes: 60 }, INDEX, LEVELS, () => chance)[0] ?? "";
    const drawn = Array.from({ length: 50 }, (_, at) => first(at / 50));
    assert.ok(drawn.every((id) => INDEX.items.get(id)?.debug === true));
    assert.ok(drawn.includes("practice/coding/mini-gpt"));
  });

  test("goes down one page in depth, after the reader's own project", () => {
    const [probe = "", ...steps] = drawSet({ round: "ml-depth", level: "senior", minutes: 45 }, INDEX, LEVELS, () => 0.3);
    assert.equal(INDEX.items.get(probe)?.page, "rounds/ml-depth");
    assert.equal(new Set(steps.map((id) => INDEX.items.get(id)?.page)).size, 1);
  });

  test("comes out of an address as it went in", () => {
    fc.assert(
      fc.property(settings, chance, (setting, random) => {
        const set = { ...setting, items: drawSet(setting, INDEX, LEVELS, random) };
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
