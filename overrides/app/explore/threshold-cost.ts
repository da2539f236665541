/**
 * Threshold, prevalence and cost: what one cut through two heaps of scores does to everything that is read off it.
 *
 * The scores are those of the chapter, normal with means 0 and 1.5 and one spread, told as the probability that they mean
 * where both classes are equally common. So every count is an expectation and follows from Φ.
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, handle, line, linear, logarithmic, panel, path, rect, text, WIDTH, type Point, type Scale } from "../core/explore/plot.ts";
import { count, counted, dollars, fixed, percent, share } from "../core/explore/say.ts";
import { normalCdf, normalPdf } from "../core/explore/statistics.ts";

const APART = 1.5;
const CASES = 10_000;
const ALARM = 10;
const CUTS = range(0.01, 0.99, 0.01);

const controls = {
  t: slider("Threshold", CUTS, 0.5, fixed(2)),
  prev: slider("Prevalence", [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5], 0.02, share),
  miss: slider("Miss cost", [1, 2, 5, 10, 20, 50, 100], 20, (value) => counted(value, "false alarm")),
};

interface Rates {
  readonly recall: number;
  readonly fpr: number;
}

interface Counts {
  readonly tp: number;
  readonly fn: number;
  readonly fp: number;
  readonly tn: number;
}

interface Numbers extends Rates, Counts {
  readonly precision: number;
  readonly cost: number;
  readonly costs: readonly number[];
  readonly best: number;
  readonly bestCost: number;
}

/** The score on the line of real numbers that is told as this probability. */
function latent(cut: number): number {
  return Math.log(cut / (1 - cut)) / APART + APART / 2;
}

function rates(cut: number): Rates {
  return { recall: normalCdf(APART - latent(cut)), fpr: normalCdf(-latent(cut)) };
}

function counts({ recall, fpr }: Rates, prevalence: number): Counts {
  const positives = CASES * prevalence;
  const negatives = CASES - positives;
  return { tp: positives * recall, fn: positives * (1 - recall), fp: negatives * fpr, tn: negatives * (1 - fpr) };
}

function compute({ t, prev, miss }: Record<keyof typeof controls, number>): Numbers {
  const cost = (cut: number): number => {
    const { fp, fn } = counts(rates(cut), prev);
    return ALARM * (fp + miss * fn);
  };
  const here = counts(rates(t), prev);
  const costs = CUTS.map(cost);
  const bestCost = Math.min(...costs);
  const precision = here.tp / (here.tp + here.fp);
  return { ...rates(t), ...here, precision, cost: cost(t), costs, best: CUTS[costs.indexOf(bestCost)] ?? 0, bestCost };
}

/** The density of the scores of a class at a cut. */
function density(cut: number, mean: number): number {
  return normalPdf(latent(cut) - mean) / (cut * (1 - cut));
}

const SIDE: Point = [4, WIDTH - 4];
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

function scores(t: number): VNode {
  const x = linear([0, 1], SIDE);
  const y = linear([0, 4.2], [150, 22]);
  const ends = [0.0005, 0.002, 0.005];
  const cuts = [...ends, ...CUTS, ...ends.map((cut) => 1 - cut).reverse()];
  const curve = (mean: number, from = 0, to = 1): Point[] => cuts.filter((cut) => cut >= from && cut <= to).map((cut) => [x(cut), y(density(cut, mean))]);
  const area = (points: Point[]): Point[] => [[points[0]![0], 150], ...points, [points.at(-1)![0], 150]];
  return panel(
    182,
    "Scores of both classes, each heap of one size",
    path(area(curve(0, t)), "x-soft x-2", true),
    path(area(curve(APART, 0, t)), "x-soft x-1", true),
    path(curve(0), "x-line x-2"),
    path(curve(APART), "x-line x-1"),
    text(52, 46, "negatives", "x-name x-2"),
    text(WIDTH - 44, 46, "positives", "x-name x-1 x-end"),
    line([x(t), 26], [x(t), 150], "x-mark"),
    text(x(t) + (t > 0.75 ? -5 : 5), 64, "flagged →", t > 0.75 ? "x-end" : ""),
    below(x, 150, { ticks: QUARTERS, name: "score" }),
    handle("t", x, 20, 134),
  );
}

function prices(t: number, { costs, cost, best, bestCost }: Numbers): VNode {
  const x = linear([0, 1], [42, WIDTH - 4]);
  const top = Math.max(...costs);
  const y = logarithmic([bestCost / 1.6, top * 1.15], [150, 26]);
  const ticks = [100, 1000, 10_000, 100_000].flatMap((each) => [each, each * 3]).filter((each) => each > bestCost / 1.5 && each < top);
  const said = (value: number): string => (value >= 1000 ? `$${value / 1000}k` : `$${value}`);
  return panel(
    182,
    "What 10,000 decisions cost, at $10 per false alarm",
    beside(y, x.range, { ticks, say: said }),
    path(CUTS.map((cut, at) => [x(cut), y(costs[at] ?? 0)] as const), "x-line x-5"),
    dot([x(best), y(bestCost)], 3, "x-hollow x-5"),
    line([x(t), 26], [x(t), 150], "x-mark"),
    dot([x(t), y(cost)], 4.5, "x-dot x-5"),
    lowest(best, x, x(t), y(bestCost) + 17),
    below(x, 150, { ticks: QUARTERS, name: "threshold" }),
    handle("t", x, 20, 134),
  );
}

/** The name of the lowest point, in the color of its curve: beside or below it, where the line of the threshold does not run through. */
function lowest(best: number, x: Scale, taken: number, height: number): VNode {
  const wide = 82;
  const places = [["", 7, wide + 7], ["x-mid", -wide / 2, wide / 2], ["x-end", -wide - 7, -7]] as const;
  const inside = places.filter(([, from, to]) => x(best) + from > 34 && x(best) + to < WIDTH + 4);
  const [kind, from, to] = inside.find(([, left, right]) => taken < x(best) + left - 3 || taken > x(best) + right + 3) ?? inside[0]!;
  const anchor = { "": from, "x-mid": 0, "x-end": to }[kind];
  return text(x(best) + anchor, height, `lowest at ${best.toFixed(2)}`, `x-name x-5 x-over ${kind}`);
}

function curves(prevalence: number, { recall, fpr, precision }: Numbers): VNode {
  const roc = [linear([0, 1], [26, 150]), linear([0, 1], [150, 26])] as const;
  const pr = [linear([0, 1], [202, 326]), roc[1]] as const;
  const all = [0.0005, ...CUTS, 0.9995].map(rates);
  const fine = (cut: Rates): number => counts(cut, prevalence).tp / (counts(cut, prevalence).tp + counts(cut, prevalence).fp);
  const square = ([x, y]: typeof roc, name: string): VNode[] => [below(x, 150, { ticks: [0, 0.5, 1], name }), beside(y, x.range, { ticks: [0, 0.5, 1] })];
  return panel(
    182,
    "",
    text(26, 13, "ROC: recall", "x-title"),
    text(202, 13, "Precision", "x-title"),
    ...square(roc, "false positive rate"),
    ...square(pr, "recall"),
    line([26, 150], [150, 26], "x-dots"),
    path(all.map((each) => [roc[0](each.fpr), roc[1](each.recall)] as const), "x-line x-3"),
    dot([roc[0](fpr), roc[1](recall)], 4.5, "x-dot x-3"),
    line([202, pr[1](prevalence)], [326, pr[1](prevalence)], "x-dots"),
    path(all.map((each) => [pr[0](each.recall), pr[1](fine(each))] as const), "x-line x-4"),
    dot([pr[0](recall), pr[1](precision)], 4.5, "x-dot x-4"),
  );
}

function matrix({ tp, fn, fp, tn, recall, precision }: Numbers): VNode {
  const cell = (column: number, row: number, value: number, name: string, kind: string): VNode[] => {
    const [x, y] = [70 + column * 130, 38 + row * 58];
    return [rect(x, y, 126, 54, kind, 4), text(x + 63, y + 26, count(value), "x-big x-mid"), text(x + 63, y + 43, name, "x-mid")];
  };
  return panel(
    182,
    "",
    text(133, 30, "flagged", "x-ink x-mid"),
    text(263, 30, "not flagged", "x-ink x-mid"),
    text(62, 69, "positive", "x-ink x-end"),
    text(62, 127, "negative", "x-ink x-end"),
    ...cell(0, 0, tp, "caught", "x-wash x-1"),
    ...cell(1, 0, fn, "missed", "x-soft x-1"),
    ...cell(0, 1, fp, "false alarms", "x-soft x-2"),
    ...cell(1, 1, tn, "let through", "x-wash x-2"),
    text(133, 172, `precision ${percent(precision)}`, "x-ink x-mid"),
    text(263, 172, `recall ${percent(recall)}`, "x-ink x-mid"),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { t, prev }) => [scores(t), prices(t, numbers), curves(prev, numbers), matrix(numbers)],
  read: ({ recall, precision, cost, best, bestCost }, { t }) => {
    const rest = t === best ? "no threshold is cheaper" : `the cheapest threshold is ${best.toFixed(2)}, at ${dollars(bestCost)}`;
    return `At ${t.toFixed(2)} you catch ${percent(recall)}, ${percent(precision)} of what you flag is right, and you pay ${dollars(cost)}; ${rest}.`;
  },
});
