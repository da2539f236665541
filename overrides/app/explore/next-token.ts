/**
 * Sampling the next token: temperature, then top-k, then top-p, on a distribution that was counted.
 *
 * What follows the words “the model” in the text of this guide, as counted in November 2026: 450 times, 178 different
 * words. The rare ones are kept as how many words occur so often, which is all that sampling asks of them.
 */
import type { VNode } from "preact";
import { explorable, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, logarithmic, panel, path, rect, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { counted, percent, share } from "../core/explore/say.ts";

const NAMED: readonly (readonly [string, number])[] = [
  ["is", 81], ["learns", 19], ["can", 16], ["has", 10], ["to", 10], ["was", 9], ["and", 9], ["does", 9], ["predicts", 8],
  ["never", 6], ["must", 6], ["cannot", 6], ["fits", 6], ["that", 5],
];
const RARE: readonly (readonly [number, number])[] = [[5, 4], [4, 4], [3, 13], [2, 32], [1, 111]];
const COUNTS: readonly number[] = [...NAMED.map(([, count]) => count), ...RARE.flatMap(([count, words]) => Array<number>(words).fill(count))];
const ALL = COUNTS.length;

const controls = {
  t: slider("Temperature", [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2], 1),
  k: slider("Top-k", [1, 2, 3, 5, 10, 20, 50, 100, ALL], ALL, (value) => (value === ALL ? "all" : String(value))),
  p: slider("Top-p", [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1], 1, share),
};

interface Numbers {
  readonly tempered: readonly number[];
  /** After both cuts, and renormalized; in the order of the counts. */
  readonly sampled: readonly number[];
  readonly kept: number;
  /** The number of words that a draw chooses among, evenly: the exponential of the entropy. */
  readonly spread: number;
}

function scaled(weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

function compute({ t, k, p }: Record<keyof typeof controls, number>): Numbers {
  // Probabilities to the power 1/T are what a softmax of logits over T gives.
  const tempered = scaled(COUNTS.map((count) => (count / COUNTS[0]!) ** (1 / t)));
  const first = scaled(tempered.map((weight, at) => (at < k ? weight : 0)));
  let sum = 0;
  let kept = 0;
  // The fewest whose probabilities reach p; the one that crosses stays.
  while (kept < k && sum < p - 1e-12) sum += first[kept++]!;
  const sampled = scaled(first.map((weight, at) => (at < kept ? weight : 0)));
  const entropy = -sampled.reduce((each, weight) => each + (weight > 0 ? weight * Math.log(weight) : 0), 0);
  return { tempered, sampled, kept, spread: Math.exp(entropy) };
}

function words({ tempered, sampled, kept }: Numbers): VNode {
  const most = Math.max(0.2, sampled[0]!);
  const x = linear([0, most], [72, WIDTH - 42]);
  const rows = NAMED.flatMap(([word], at) => {
    const y = 26 + 16 * at;
    const cut = at >= kept;
    return [
      text(66, y + 10, word, cut ? "x-end" : "x-ink x-end"),
      rect(x(0), y, Math.max(1, x(tempered[at]!) - x(0)), 12, cut ? "x-wash" : "x-soft x-1", 1),
      rect(x(0), y + 3, x(sampled[at]!) - x(0), 6, "x-fill x-1", 1),
      text(Math.max(x(sampled[at]!), x(tempered[at]!)) + 5, y + 10, cut ? "cut" : percent(sampled[at]!, sampled[at]! < 0.1 ? 1 : 0), cut ? "" : "x-name x-1"),
    ];
  });
  const rest = sampled.slice(NAMED.length).reduce((sum, weight) => sum + weight, 0);
  const left = Math.max(0, kept - NAMED.length);
  const y = 26 + 16 * NAMED.length + 4;
  return panel(
    288,
    "“The model …” — what comes next",
    ...rows,
    text(66, y + 10, `${ALL - NAMED.length} more`, "x-ink x-end"),
    rect(x(0), y, Math.min(x(rest), WIDTH - 42) - x(0), 12, "x-fill x-2", 1),
    text(Math.min(x(rest), WIDTH - 42) + 5, y + 10, left ? percent(rest) : "cut", left ? "x-name x-2" : ""),
  );
}

function reached({ tempered, sampled, kept }: Numbers): VNode {
  const x = logarithmic([1, ALL], [36, WIDTH - 8]);
  const y = linear([0, 1], [250, 26]);
  const sums = (weights: readonly number[]): Point[] => {
    let sum = 0;
    return weights.flatMap((weight, at): Point[] => {
      sum += weight;
      return at < 20 || at % 5 === 2 || at === ALL - 1 ? [[x(at + 1), y(Math.min(1, sum))]] : [];
    });
  };
  const cutoff = tempered.slice(0, kept).reduce((sum, weight) => sum + weight, 0);
  return panel(
    288,
    "Total probability of the most likely words",
    beside(y, x.range, { ticks: [0, 0.25, 0.5, 0.75, 1], say: percent }),
    path(sums(tempered), "x-line x-dash x-8"),
    path(sums(sampled).filter(([at]) => at <= x(kept) + 0.1), "x-line x-1"),
    line([x(kept), 26], [x(kept), 250], "x-mark"),
    dot([x(kept), y(Math.min(1, cutoff))], 4, "x-dot x-8"),
    text(x(kept) + (kept > 12 ? -7 : 7), 44, `${counted(kept, "word")} kept`, `x-ink x-over ${kept > 12 ? "x-end" : ""}`),
    kept < ALL ? text(x(kept) + (kept > 12 ? -7 : 7), y(cutoff) + 16, `${percent(cutoff)} of the probability`, `x-over ${kept > 12 ? "x-end" : ""}`) : null,
    below(x, 250, { ticks: [1, 2, 5, 10, 20, 50, 178], name: "words, most likely first" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers) => [words(numbers), reached(numbers)],
  read: ({ sampled, kept, spread }) => {
    const rare = sampled.slice(NAMED.length).reduce((sum, weight) => sum + weight, 0);
    return `A draw chooses among ${counted(kept, "word")}, as openly as among ${spread.toFixed(1)} equal ones: “is” in ${percent(sampled[0]!)} of draws, a word outside the first fourteen in ${percent(rare)}.`;
  },
});
