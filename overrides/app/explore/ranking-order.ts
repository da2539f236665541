/**
 * NDCG and AUC of a ranking that the reader moves: the one looks at the top, the other at all pairs alike.
 *
 * Gains are 2^grade − 1, discounts 1 / log₂(rank + 1), as in the chapter; for AUC and average precision every grade above
 * zero is relevant.
 */
import type { VNode } from "preact";
import { explorable, order, range, slider, type Values } from "../core/explore/kinds.ts";
import { below, beside, line, linear, panel, path, rect, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { fixed } from "../core/explore/say.ts";

const GRADES = [3, 2, 2, 1, 0, 0, 0, 0];
const NAMES = ["the answer, 3", "a guide, 2", "a summary, 2", "a mention, 1", "a shop, 0", "a forum, 0", "an ad, 0", "spam, 0"];

const controls = {
  list: order("The ranking, best first: each result with its grade", NAMES, "eacfbghd"),
  k: slider("NDCG looks at the first", range(1, 8, 1), 5, String, true),
};

interface Numbers {
  readonly grades: readonly number[];
  readonly gains: readonly number[];
  readonly discounts: readonly number[];
  readonly dcg: number;
  readonly ideal: number;
  readonly ndcg: number;
  readonly auc: number;
  readonly precision: number;
  /** What NDCG and AUC would change by if a result and the next changed places. */
  readonly swaps: readonly { readonly ndcg: number; readonly auc: number }[];
}

function gain(grade: number): number {
  return 2 ** grade - 1;
}

function discount(at: number): number {
  return 1 / Math.log2(at + 2);
}

function dcgOf(grades: readonly number[], k: number): number {
  return grades.slice(0, k).reduce((sum, grade, at) => sum + gain(grade) * discount(at), 0);
}

function aucOf(grades: readonly number[]): number {
  let [above, right] = [0, 0];
  for (const grade of grades) {
    if (grade > 0) above += 1;
    else right += above;
  }
  return right / (above * (grades.length - above));
}

function precisionOf(grades: readonly number[]): number {
  let [hits, sum] = [0, 0];
  grades.forEach((grade, at) => {
    if (grade > 0) sum += (hits += 1) / (at + 1);
  });
  return sum / hits;
}

function compute({ list, k }: Values<typeof controls>): Numbers {
  const grades = [...list].map((letter) => GRADES[letter.charCodeAt(0) - 97]!);
  const ideal = dcgOf([...grades].sort((one, other) => other - one), k);
  const dcg = dcgOf(grades, k);
  const swapped = (at: number): number[] => grades.map((grade, each) => (each === at ? grades[at + 1]! : each === at + 1 ? grades[at]! : grade));
  const swaps = grades.slice(1).map((_, at) => ({ ndcg: (dcgOf(swapped(at), k) - dcg) / ideal, auc: aucOf(swapped(at)) - aucOf(grades) }));
  return { grades, gains: grades.map(gain), discounts: grades.map((_, at) => discount(at)), dcg, ideal, ndcg: dcg / ideal, auc: aucOf(grades), precision: precisionOf(grades), swaps };
}

const TOP = 44;
const HIGH = 23;

function sums({ grades, gains, discounts, dcg, ideal }: Numbers, k: number): VNode {
  const x = linear([0, 7], [132, WIDTH - 40]);
  const rows = grades.flatMap((grade, at) => {
    const y = TOP + HIGH * at;
    const counts = at < k;
    const worth = gains[at]! * discounts[at]!;
    return [
      text(22, y + 13, String(at + 1), "x-end"),
      text(60, y + 13, String(grade), counts ? "x-ink x-end" : "x-end"),
      text(120, y + 13, `× ${fixed(2)(discounts[at]!)}`, "x-end"),
      rect(x(0), y + 1, x(gains[at]!) - x(0), 16, counts ? "x-soft x-1" : "x-wash", 2),
      counts ? rect(x(0), y + 1, x(worth) - x(0), 16, "x-fill x-1", 2) : null,
      counts && gains[at] ? text(x(gains[at]!) + 5, y + 13, fixed(2)(worth), "x-name x-1") : null,
    ];
  });
  return panel(
    262,
    "Gain 2^grade − 1, and what its rank leaves of it",
    text(0, 34, "rank"),
    text(60, 34, "grade", "x-end"),
    text(120, 34, "discount", "x-end"),
    ...rows,
    line([0, TOP + HIGH * k - 2], [WIDTH, TOP + HIGH * k - 2], "x-dots"),
    text(0, 252, `DCG@${k} is ${fixed(2)(dcg)}, of ${fixed(2)(ideal)} in the best order`, "x-ink"),
  );
}

function both({ grades, ndcg, auc, precision, swaps }: Numbers, k: number): VNode {
  const [x, y] = [linear([0, 1], [26, 126]), linear([0, 1], [130, 30])];
  const relevant = grades.filter((grade) => grade > 0).length;
  let [tp, fp] = [0, 0];
  const steps: Point[] = [[x(0), y(0)], ...grades.map((grade): Point => (grade > 0 ? (tp += 1) : (fp += 1), [x(fp / (grades.length - relevant)), y(tp / relevant)]))];
  const middle = 206;
  const scale = 34 / 0.35;
  const most = (value: number): number => Math.max(-0.42, Math.min(0.42, value));
  const bars = swaps.flatMap((swap, at) => {
    const left = 20 + at * 44;
    const bar = (value: number, from: number, kind: string): VNode => rect(from, middle - Math.max(0, most(value)) * scale, 13, Math.abs(most(value)) * scale, `x-fill ${kind}`);
    return [bar(swap.ndcg, left, "x-1"), bar(swap.auc, left + 15, "x-3"), text(left + 14, 259, `${at + 1}↔${at + 2}`, "x-mid")];
  });
  return panel(
    262,
    "ROC",
    beside(y, x.range, { ticks: [0, 1] }),
    below(x, 130, { ticks: [0, 1] }),
    line([x(0), y(0)], [x(1), y(1)], "x-dots"),
    path(steps, "x-line x-3"),
    text(160, 48, fixed(2)(ndcg), "x-big"),
    text(206, 48, `NDCG@${k}`, "x-name x-1"),
    text(160, 82, fixed(2)(auc), "x-big"),
    text(206, 82, "AUC", "x-name x-3"),
    text(160, 116, fixed(2)(precision), "x-big"),
    text(206, 116, "average precision"),
    text(0, 164, "What a swap of neighbors would change", "x-title"),
    line([10, middle], [WIDTH - 4, middle], "x-rule"),
    ...bars,
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { k }) => [sums(numbers, k), both(numbers, k)],
  read: ({ ndcg, auc, swaps }, { k }) => {
    const signed = (value: number): string => (Math.abs(value) < 0.005 ? "nothing" : `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`);
    const [first, last] = [swaps[0]!, swaps.at(-1)!];
    return `NDCG@${k} is ${ndcg.toFixed(2)} and AUC ${auc.toFixed(2)}: to swap the first two would change them by ${signed(first.ndcg)} and ${signed(first.auc)}, to swap the last two by ${signed(last.ndcg)} and ${signed(last.auc)}.`;
  },
});
