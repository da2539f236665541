/** Twists of a design interview: one after the other, in its second half, the same for both who have the set. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { inOrder, upBy } from "../../overrides/app/core/practice/twists.ts";

const twists = fc.array(fc.record({ said: fc.uuid(), answer: fc.string() }), { maxLength: 8 });
const sets = fc.record({ minutes: fc.integer({ min: 15, max: 90 }), items: fc.array(fc.string(), { minLength: 1, maxLength: 4 }) });

describe("twists", () => {
  test("are all there once, and come in the second half, one at a time", () => {
    fc.assert(
      fc.property(twists, sets, (given, set) => {
        const planned = inOrder(given, set);
        assert.deepEqual(new Set(planned.map(({ said }) => said)), new Set(given.map(({ said }) => said)));
        const times = planned.flatMap(({ at }) => (at === null ? [] : [at]));
        assert.deepEqual(times, [...new Set(times)].sort((a, b) => a - b));
        assert.ok(times.every((at) => at >= 30 * set.minutes && at < 60 * set.minutes));
        assert.equal(upBy(planned, 30 * set.minutes - 1, 0), 0);
      }),
    );
  });

  test("are the same for everybody who has the set", () => {
    fc.assert(fc.property(twists, sets, (given, set) => assert.deepEqual(inOrder(given, set), inOrder([...given], { ...set }))));
  });

  test("of a short interview are fewer", () => {
    const given = ["a", "b", "c", "d"].map((said) => ({ said, answer: "" }));
    const booked = (minutes: number): number => inOrder(given, { minutes, items: ["x"] }).filter(({ at }) => at !== null).length;
    assert.deepEqual([15, 30, 45, 90].map(booked), [1, 2, 3, 3]);
  });

  test("that were asked for early do not come up again by the clock", () => {
    const planned = inOrder(["a", "b", "c", "d"].map((said) => ({ said, answer: "" })), { minutes: 45, items: ["x"] });
    const [first = 0, second = 0] = planned.map(({ at }) => at ?? 0);
    assert.equal(upBy(planned, 60, 1), 1);
    assert.equal(upBy(planned, first, 1), 1);
    assert.equal(upBy(planned, second, 1), 2);
    assert.equal(upBy(planned, 0, 99), 4);
  });
});
