/** Speaking time and pauses, on sounds that are made here: tones for a voice, noise for a room. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { levelsOf, measure } from "../../overrides/app/core/practice/speech.ts";

const RATE = 8000;
const STEP = 0.05;

/** So many seconds of a voice of a loudness, of a room with its noise. */
function sound(...parts: readonly (readonly [seconds: number, voice: number])[]): (noise: number) => number[] {
  return (noise) => {
    let state = 7;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5;
    return parts.flatMap(([seconds, voice]) =>
      Array.from({ length: seconds * RATE }, (_, at) => voice * Math.sin((at / RATE) * 2 * Math.PI * 220) + 2 * noise * random()),
    );
  };
}

const told = (samples: readonly number[]): ReturnType<typeof measure> => measure(levelsOf(samples, RATE, STEP), STEP);
const near = (value: number, wanted: number): void => assert.ok(Math.abs(value - wanted) <= 0.11, `${value}, not ${wanted}`);

describe("levels", () => {
  test("are the root of the mean square of each stretch", () => {
    assert.deepEqual(levelsOf([1, -1, 1, -1, 0, 0, 3], 4, 0.5), [1, 1, 0, 3]);
    assert.deepEqual(levelsOf([], RATE, STEP), []);
  });
});

describe("speech", () => {
  const speech = sound([1, 0], [5, 0.2], [3, 0], [4, 0.2], [1.5, 0], [2, 0.2], [4, 0]);

  for (const noise of [0, 0.002, 0.02])
    test(`is told from silence in a room with noise of ${noise}`, () => {
      const { total, speaking, pauses, longest } = told(speech(noise));
      near(total, 20.5);
      near(speaking, 11);
      assert.equal(pauses, 1);
      near(longest, 3);
    });

  test("of a quiet voice counts as well", () => near(told(sound([4, 0.03], [3, 0], [2, 0.03])(0.001)).speaking, 6));

  test("that never stops is all speech", () => {
    const { speaking, pauses } = told(sound([10, 0.2])(0.001));
    near(speaking, 10);
    assert.equal(pauses, 0);
  });

  test("is none in an empty room, and a click is no word", () => {
    assert.deepEqual(told(sound([5, 0])(0.002)), { total: 5, speaking: 0, pauses: 0, longest: 0 });
    assert.equal(told(sound([3, 0], [0.05, 0.5], [3, 0])(0)).speaking, 0);
    assert.deepEqual(told([]), { total: 0, speaking: 0, pauses: 0, longest: 0 });
  });

  test("breaths between words are part of it", () => {
    const words = Array.from({ length: 10 }, () => [[0.5, 0.2], [0.3, 0]] as const).flat();
    near(told(sound(...words)(0.001)).speaking, 7.7);
  });

  test("and pauses never come to more than there is", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400 }), (levels) => {
        const { total, speaking, pauses, longest } = measure(levels, STEP);
        assert.ok(speaking >= 0 && speaking <= total + 1e-9);
        assert.ok(longest <= total - speaking + 1e-9);
        assert.equal(pauses === 0, longest === 0);
      }),
    );
  });
});
