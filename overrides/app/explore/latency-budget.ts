/**
 * The latency of a serving path: percentiles of stages do not add up to the percentile of their sum, and a stage that
 * waits for many shards has the latency of the slowest.
 *
 * Stages are lognormal and independent. The sum is their convolution on a grid of two milliseconds, so nothing is drawn.
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { below, dot, line, linear, n, panel, path, rect, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { counted, percent } from "../core/explore/say.ts";
import { normalCdf, normalQuantile } from "../core/explore/statistics.ts";

const STAGES: readonly (readonly [string, number])[] = [
  ["network", 25],
  ["features", 15],
  ["retrieval", 30],
  ["ranking", 40],
  ["blending", 10],
];
const FANNED = 2;
const BIN = 2;
const BINS = 1600;

const controls = {
  q: slider("Percentile", [50, 90, 95, 99, 99.9], 99, (value) => `p${value}`),
  tail: slider("p99 of a stage, in medians", [1.5, 2, 3, 4, 6, 8], 4, (value) => `${value}×`),
  shards: slider("Shards of retrieval", [1, 2, 5, 10, 20, 50, 100], 1),
  budget: slider("Budget", range(100, 800, 20), 300, (value) => `${value} ms`),
};

interface Numbers {
  readonly medians: readonly number[];
  /** The chosen percentile of every stage, their sum, and the percentile of the sum. */
  readonly stages: readonly number[];
  readonly added: number;
  readonly whole: number;
  /** The share of requests that miss the budget. */
  readonly late: number;
  readonly density: readonly number[];
}

/** The time that a share of requests does not exceed, where the slowest of `shards` counts. */
function quantile(median: number, sigma: number, shards: number, share: number): number {
  return median * Math.exp(sigma * normalQuantile(share ** (1 / shards)));
}

function masses(median: number, sigma: number, shards: number): number[] {
  const reached = (time: number): number => (time <= 0 ? 0 : normalCdf(Math.log(time / median) / sigma) ** shards);
  return Array.from({ length: BINS }, (_, bin) => reached((bin + 0.5) * BIN) - reached((bin - 0.5) * BIN));
}

function convolved(one: readonly number[], other: readonly number[]): number[] {
  const out = new Float64Array(BINS);
  for (let a = 0; a < BINS; a += 1) {
    const mass = one[a]!;
    if (mass < 1e-12) continue;
    for (let b = 0; b < BINS - a; b += 1) out[a + b]! += mass * other[b]!;
  }
  return [...out];
}

/** Between the middles of two bins, as far as the share asks. */
function timeOf(density: readonly number[], share: number): number {
  let sum = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const mass = density[bin]!;
    if (sum + mass >= share) return (bin - 0.5 + (share - sum) / mass) * BIN;
    sum += mass;
  }
  return BINS * BIN;
}

function compute({ q, tail, shards, budget }: Record<keyof typeof controls, number>): Numbers {
  const sigma = Math.log(tail) / normalQuantile(0.99);
  const share = q / 100;
  const waits = (at: number): number => (at === FANNED ? shards : 1);
  const density = STAGES.map(([, median], at) => masses(median, sigma, waits(at))).reduce(convolved);
  const stages = STAGES.map(([, median], at) => quantile(median, sigma, waits(at), share));
  const bin = budget / BIN;
  const met = density.reduce((sum, mass, at) => sum + mass * Math.min(1, Math.max(0, bin - at + 0.5)), 0);
  const medians = STAGES.map(([, median], at) => quantile(median, sigma, waits(at), 0.5));
  return { medians, stages, added: stages.reduce((sum, each) => sum + each, 0), whole: timeOf(density, share), late: 1 - met, density };
}

function bars({ medians, stages, added, whole }: Numbers, q: number, shards: number, budget: number): VNode {
  const most = Math.max(added, budget) * 1.02;
  const x = linear([0, most], [74, WIDTH - 44]);
  let begun = 0;
  const rows = STAGES.flatMap(([name], at) => {
    const y = 30 + 26 * at;
    const from = begun;
    begun += stages[at]!;
    return [
      text(66, y + 13, name, "x-ink x-end"),
      rect(x(from), y, x(begun) - x(from), 18, "x-soft x-1", 2),
      rect(x(from), y, x(from + medians[at]!) - x(from), 18, "x-half x-1", 2),
      text(x(begun) + 5, y + 13, `${Math.round(stages[at]!)}${at === FANNED && shards > 1 ? ", slowest" : ""}`, "x-over"),
    ];
  });
  const total = (y: number, name: string, value: number, kind: string): VNode[] => [
    text(66, y + 13, name, "x-ink x-end"),
    rect(x(0), y, x(value) - x(0), 18, `x-fill ${kind}`, 2),
    text(x(value) + 5, y + 13, `${Math.round(value)} ms`, `x-name ${kind}`),
  ];
  return panel(
    232,
    `Medians, and p${q} of each stage, end to end`,
    ...rows,
    ...total(168, `sum of p${q}`, added, "x-8"),
    ...total(194, `p${q} of sum`, whole, "x-2"),
    line([x(budget), 24], [x(budget), 218], "x-mark"),
    text(x(budget), 229, "budget", "x-mid x-ink"),
  );
}

function whole({ density, added, whole: true_, late }: Numbers, q: number, budget: number): VNode {
  const most = Math.max(added, budget, 1.7 * true_) * 1.06;
  const x = linear([0, most], [6, WIDTH - 6]);
  const bins = density.slice(0, Math.min(BINS, Math.ceil(most / BIN)));
  const y = linear([0, Math.max(...bins)], [190, 44]);
  const every = Math.max(1, Math.round(bins.length / 110));
  const points = bins.flatMap((mass, bin): Point[] => (bin % every ? [] : [[x(bin * BIN), y(mass)]]));
  const over = points.filter(([at]) => at >= x(budget));
  const closed = (curve: readonly Point[]): Point[] => (curve.length ? [[curve[0]![0], 190], ...curve, [curve.at(-1)![0], 190]] : []);
  const mark = (value: number, height: number, said: string, kind: string): VNode[] => [
    line([x(value), height + 5], [x(value), 190], `x-line x-thinner ${kind}`),
    text(x(value) + (x(value) > 220 ? -5 : 5), height + 13, said, `x-name x-over ${kind} ${x(value) > 220 ? "x-end" : ""}`),
  ];
  return panel(
    232,
    "How long whole requests take",
    path(closed(points), "x-soft x-1", true),
    path(closed(over), "x-half x-2", true),
    path(points, "x-line x-1"),
    ...mark(true_, 84, `p${q} of the sum`, "x-2"),
    ...mark(added, 124, `sum of the p${q}`, "x-8"),
    line([x(budget), 24], [x(budget), 190], "x-mark"),
    dot([x(budget), 190], 3, "x-hollow"),
    text(x(budget) + (x(budget) > 190 ? -6 : 6), 36, `${percent(late, late < 0.1 ? 1 : 0)} over the budget`, `x-ink x-over ${x(budget) > 190 ? "x-end" : ""}`),
    below(x, 190, { ticks: range(0, Math.floor(most / 100) * 100, most > 900 ? 200 : 100), say: n, name: "ms" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { q, shards, budget }) => [bars(numbers, q, shards, budget), whole(numbers, q, budget)],
  read: ({ added, whole: sum, late }, { q, budget, shards }) =>
    `The p${q} of the stages add up to ${Math.round(added)} ms, and the p${q} of whole requests is ${Math.round(sum)} ms; ` +
    `with ${counted(shards, "shard")}, ${percent(late, late < 0.1 ? 1 : 0)} of requests miss ${budget} ms.`,
});
