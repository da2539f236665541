/**
 * How somebody spoke, from how loud each moment of a recording was: how long in all, how long speaking, how often and how
 * long silent in between. By a threshold of loudness that follows the room; it knows sound and no words. Pure.
 */

export interface Speech {
  /** Seconds, all of them. */
  readonly total: number;
  readonly speaking: number;
  /** Silences longer than two seconds between words, how many and the longest; before the first word is thinking. */
  readonly pauses: number;
  readonly longest: number;
}

/** Below this nothing is speech, however quiet the room. */
const SILENCE = 0.004;
/** What lies between the noise of the room and the voice. */
const [OVER_NOISE, UNDER_VOICE] = [2.5, 0.25];
/** In seconds: a shorter sound is a click, a shorter silence belongs to the words around it, a longer one is a pause. */
const [CLICK, BREATH, PAUSE] = [0.1, 0.4, 2];

/** The root of the mean square of each stretch of `step` seconds, the last of them perhaps shorter. */
export function levelsOf(samples: ArrayLike<number>, rate: number, step: number): number[] {
  const length = Math.max(1, Math.round(rate * step));
  const levels: number[] = [];
  for (let from = 0; from < samples.length; from += length) {
    const to = Math.min(samples.length, from + length);
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += (samples[at] as number) ** 2;
    levels.push(Math.sqrt(sum / (to - from)));
  }
  return levels;
}

export function measure(levels: readonly number[], step: number): Speech {
  const spoken = stretches(levels, thresholdOf(levels), step);
  let [speaking, pauses, longest] = [0, 0, 0];
  for (const [at, { from, to }] of spoken.entries()) {
    speaking += to - from;
    const silent = at === 0 ? 0 : from - (spoken[at - 1] as Stretch).to;
    if (silent > PAUSE) pauses += 1;
    longest = Math.max(longest, silent > PAUSE ? silent : 0);
  }
  return { total: levels.length * step, speaking, pauses, longest };
}

/** Twice and a half the noise of the room, but well below the voice: who never stops makes no noise to compare with. */
function thresholdOf(levels: readonly number[]): number {
  const sorted = [...levels].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
  return Math.max(SILENCE, Math.min(OVER_NOISE * at(0.1), UNDER_VOICE * at(0.95)));
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches of speech, in seconds: without clicks, and with the breaths between words. */
function stretches(levels: readonly number[], threshold: number, step: number): Stretch[] {
  const loud: Stretch[] = [];
  let from = -1;
  for (let at = 0; at <= levels.length; at += 1) {
    const speaks = at < levels.length && (levels[at] as number) > threshold;
    if (speaks && from < 0) from = at;
    if (speaks || from < 0) continue;
    if ((at - from) * step >= CLICK) loud.push({ from: from * step, to: at * step });
    from = -1;
  }
  const joined: Stretch[] = [];
  for (const one of loud) {
    const last = joined[joined.length - 1];
    if (last && one.from - last.to < BREATH) joined[joined.length - 1] = { from: last.from, to: one.to };
    else joined.push(one);
  }
  return joined;
}
