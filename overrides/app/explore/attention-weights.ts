/**
 * Attention in one head over a short sentence: scores, a mask, a softmax.
 *
 * The queries and keys have four dimensions and are made up, so that one can see why each word looks where it does: nouns
 * answer on the first, events on the second, things to refer to on the third, little words on the fourth.
 */
import type { VNode } from "preact";
import { choice, explorable, slider, type Values } from "../core/explore/kinds.ts";
import { dotted } from "../core/explore/matrix.ts";
import { n, panel, rect, s, text, WIDTH } from "../core/explore/plot.ts";
import { fixed, percent } from "../core/explore/say.ts";

const WORDS = ["The", "cat", "sat", "because", "it", "was", "tired"];
const QUERIES = [[1.5, 0, 0, 0], [0, 1.2, 1, 1], [2, 0, 0, 0.5], [0, 2, 0, 1], [2.4, 0, -0.5, 0], [1, 0, 2, 0], [1.6, 0, 1.6, 0]];
const KEYS = [[0, 0, 0, 1], [3, 0, 0.8, 0], [0, 2.5, 0, 0], [0, 0, 0, 2], [1.5, 0, 2, 0], [0, 1.5, 0, 1], [0, 0.5, 1, 2]];
const WIDE = 4;

const controls = {
  word: choice("Word that looks", Object.fromEntries(WORDS.map((word) => [word.toLowerCase(), word])), "it"),
  mask: choice("Mask", { causal: "causal", none: "none" }, "causal"),
  t: slider("Temperature", [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10], 1),
};

interface Numbers {
  /** A row for each word that looks; null is masked. */
  readonly scores: readonly (readonly (number | null)[])[];
  readonly weights: readonly (readonly number[])[];
  /** How many words each row attends to: the exponential of its entropy. */
  readonly spread: readonly number[];
}

function softmax(scores: readonly (number | null)[], temperature: number): number[] {
  const most = Math.max(...scores.map((score) => score ?? -Infinity));
  const raised = scores.map((score) => (score === null ? 0 : Math.exp((score - most) / temperature)));
  const all = raised.reduce((sum, value) => sum + value, 0);
  return raised.map((value) => value / all);
}

function compute({ mask, t }: Values<typeof controls>): Numbers {
  const scores = QUERIES.map((query, row) => KEYS.map((key, column) => (mask === "causal" && column > row ? null : dotted(query, key) / Math.sqrt(WIDE))));
  const weights = scores.map((row) => softmax(row, t));
  const entropy = (row: readonly number[]): number => -row.reduce((sum, weight) => sum + (weight > 0 ? weight * Math.log(weight) : 0), 0);
  return { scores, weights, spread: weights.map((row) => Math.exp(entropy(row))) };
}

const LEFT = 58;
const CELL = 38;

function heat({ scores, weights }: Numbers, chosen: number): VNode {
  const top = 62;
  const slanted = (word: string, at: number): VNode => {
    const [x, y] = [LEFT + CELL * (at + 0.35), top - 7];
    return s("text", { transform: `translate(${n(x)} ${n(y)}) rotate(-32)`, class: "x-ink" }, word);
  };
  const cell = (weight: number, row: number, column: number): VNode => {
    const [x, y] = [LEFT + CELL * column + 1, top + 30 * row + 1];
    const masked = scores[row]![column] === null;
    const place = { x, y, width: CELL - 2, height: 28, rx: 2, class: masked ? "x-masked" : "x-fill x-1" };
    return s("rect", { ...place, "fill-opacity": masked ? undefined : (0.05 + 0.95 * weight).toFixed(2) });
  };
  return panel(
    284,
    "",
    text(0, 13, "looks ↓   at →", ""),
    ...WORDS.map(slanted),
    ...WORDS.map((word, row) => text(LEFT - 7, top + 30 * row + 19, word, row === chosen ? "x-name x-2 x-end" : "x-ink x-end")),
    ...weights.flatMap((row, at) => row.map((weight, column) => cell(weight, at, column))),
    rect(LEFT - 1, top + 30 * chosen - 1, CELL * WORDS.length + 2, 32, "x-frame x-2", 4),
  );
}

function row({ weights, scores, spread }: Numbers, chosen: number): VNode {
  const [first, wide] = [96, WIDTH - 96 - 44];
  const bars = weights[chosen]!.flatMap((weight, at) => {
    const y = 50 + 30 * at;
    const score = scores[chosen]![at];
    const masked = score === null || score === undefined;
    return [
      text(56, y + 15, WORDS[at]!, masked ? "x-end" : "x-ink x-end"),
      text(90, y + 15, masked ? "−∞" : fixed(1)(score), "x-end"),
      rect(first, y, Math.max(masked ? 0 : 1, weight * wide), 20, "x-fill x-1", 2),
      text(first + weight * wide + 6, y + 15, masked ? "masked" : percent(weight), masked ? "" : "x-name x-1"),
    ];
  });
  return panel(284, `What “${WORDS[chosen]}” looks at`, text(90, 40, "score", "x-end"), text(96, 40, "weight"), ...bars, text(96, 276, `as wide as ${spread[chosen]!.toFixed(1)} words, evenly`, "x-ink"));
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { word }) => {
    const chosen = Object.keys(controls.word.options).indexOf(word);
    return [heat(numbers, chosen), row(numbers, chosen)];
  },
  read: ({ weights, spread }, { word, t }) => {
    const chosen = Object.keys(controls.word.options).indexOf(word);
    const own = weights[chosen]!;
    const most = own.indexOf(Math.max(...own));
    return `At temperature ${t}, “${WORDS[chosen]}” gives ${percent(own[most]!)} of its attention to “${WORDS[most]}”, and is as spread out as over ${spread[chosen]!.toFixed(1)} words.`;
  },
});
