/** Rapid fire: what is drawn jumps between areas, and what a round comes to counts where it should. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { answered, asGrade, byArea, counts, draw, sayable } from "../../overrides/app/core/practice/fire.ts";
import { replay } from "../../overrides/app/core/practice/memory.ts";
import { weigher } from "../../overrides/app/core/practice/weigh.ts";
import { type Fire, FIRES, type Firing, FIRING, type Mark } from "../../overrides/app/core/practice/records.ts";

const candidates = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 60 }).map((areas) => areas.map((area, at) => ({ id: `q${at}`, area: `a${area}` })));
const chance = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })).map((stream) => () => stream.next().value as number);

describe("what is drawn", () => {
  test("is as many as there are, each once", () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 20 }), chance, (all, count, random) => {
        const drawn = draw(all, count, random);
        assert.equal(drawn.length, Math.min(count, all.length));
        assert.equal(new Set(drawn.map(({ id }) => id)).size, drawn.length);
      }),
    );
  });

  test("jumps between areas as long as there are two", () => {
    fc.assert(
      fc.property(candidates, chance, (all, random) => {
        const drawn = draw(all, 20, random);
        for (const [at, { area }] of drawn.entries()) {
          if (at === 0 || drawn[at - 1]?.area !== area) continue;
          const before = new Set(drawn.slice(0, at).map(({ id }) => id));
          const left = new Set(all.filter(({ id }) => !before.has(id)).map((one) => one.area));
          assert.equal(left.size, 1);
        }
      }),
    );
  });

  test("asks no area twice more often than another that has as much", () => {
    fc.assert(
      fc.property(chance, (random) => {
        const all = Array.from({ length: 70 }, (_, at) => ({ id: `q${at}`, area: `a${at % 7}` }));
        const counted = byArea(draw(all, 10, random).map((one) => ({ ...one, mark: 2 as const }))).map(({ of }) => of);
        assert.ok(Math.max(...counted) - Math.min(...counted) <= 1);
        assert.equal(counted.length, 7);
      }),
    );
  });
});

describe("what weighs more", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;

  test("is asked more often, area by area and within an area; what weighs nothing is not asked", () => {
    const weights = [4, 2, 1, 0];
    const all = Array.from({ length: 80 }, (_, at) => ({ id: `q${at}`, area: `a${at % 2}`, weight: weights[at % 8 >> 1] as number }));
    const asked = Array.from({ length: 400 }, () => draw(all, 7, random)).flat();
    const share = (weight: number): number => asked.filter((one) => one.weight === weight).length / asked.length;
    assert.ok(share(4) > 1.5 * share(2) && share(2) > 1.5 * share(1), `${share(4)} ${share(2)} ${share(1)}`);
    assert.equal(share(0), 0);
  });

  test("is a page that is asked most, of the reader's field, at the reader's level", () => {
    const page = (id: string, importance: "core" | "occasional", tracks: string[]): object => ({ id, kind: "chapter", url: "", title: "", importance, tracks });
    const items = [page("own", "core", ["general", "language"]), page("all", "core", ["general"]), page("rare", "occasional", ["general"]), page("shared", "core", ["general", "vision"]), page("other", "core", ["vision"])];
    const catalogue = { rounds: [], areas: [], items } as never;
    const levels = ["entry", "mid", "senior"];
    const weigh = weigher(catalogue, levels, "mid", { tracks: ["language"] });
    const found = ["own", "all", "shared", "rare", "other"].map((id) => weigh({ page: id, level: "mid" }));
    assert.deepEqual(found, [...found].sort((a, b) => b - a));
    assert.ok((found[4] as number) < 0.02 * (found[1] as number));
    assert.ok(weigh({ page: "all", level: "entry" }) < weigh({ page: "all", level: "mid" }));
    assert.equal(weigh({ page: "all", level: "senior" }), 0);
    // Without a plan nothing is known of a field, and with any level none is above it.
    const stranger = weigher(catalogue, levels, "", undefined);
    assert.equal(stranger({ page: "other", level: "senior" }), stranger({ page: "all", level: "entry" }));
  });
});

test("what takes paper is not asked when there is half a minute", () => {
  const of = (seconds: number): string[] => ["recall", "explain", "compare", "diagnose", "derive", "compute", "find-the-bug", "implement"].filter((kind) => sayable(kind, seconds));
  assert.deepEqual(of(30), ["recall", "explain", "compare", "diagnose"]);
  assert.deepEqual(of(90), ["recall", "explain", "compare", "diagnose", "derive", "compute", "find-the-bug"]);
});

test("a round is told by area, the weakest first, a part as a half", () => {
  const answers = [["x", 2], ["y", 1], ["y", 0], ["x", 2]].map(([area, mark], at) => ({ id: String(at), area: area as string, mark: mark as Mark }));
  assert.deepEqual(byArea(answers), [{ area: "y", got: 0.5, of: 2 }, { area: "x", got: 2, of: 2 }]);
});

test("a round counts for what is drilled, and begins nothing", () => {
  const memories = replay([{ id: "r", card: "p#learned", at: 1, day: "2026-11-20", did: "grade", grade: 3 }]);
  const answers = [{ id: "p#learned", area: "x", mark: 0 as const }, { id: "p#new", area: "x", mark: 0 as const }];
  assert.deepEqual(counts(answers, memories).map(({ id }) => id), ["p#learned"]);
  assert.deepEqual(([0, 1, 2] as const).map(asGrade), [1, 2, 3]);
});

test("a round is a record of the store", () => {
  const fire: Fire = { id: "f", day: "2026-11-23", at: 5, kind: "choice", seconds: 60, answers: [{ id: "q", area: "", mark: 0 }] };
  assert.deepEqual(FIRES.check(fire, ""), { ok: true, value: fire });
  assert.equal(FIRES.check({ ...fire, answers: [{ id: "q", area: "", mark: 3 }] }, "").ok, false);
});

test("a round that is under way goes on question by question, and one that could not be shown is not asked", () => {
  const begun: Firing = { day: "2026-11-23", kind: "choice", seconds: 60, left: ["a", "b", "c"], given: [] };
  const first = answered(begun, { chosen: 2, late: false });
  const second = answered(first, null);
  assert.deepEqual([second.left, second.given], [["c"], [{ id: "a", chosen: 2, late: false }]]);
  const over = answered(second, { chosen: -1, late: true });
  assert.deepEqual(over.left, []);
  assert.equal(answered(over, null), over);
  assert.deepEqual(FIRING.check(over, ""), { ok: true, value: over });
});
