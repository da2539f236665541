/**
 * Bayes among a thousand people: how many are ill, how many of them the test finds, and who else it frightens.
 *
 * People are whole: expected counts are rounded, so the picture can be counted.
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, logarithmic, panel, path, rect, s, text, WIDTH } from "../core/explore/plot.ts";
import { count, counted, percent, share } from "../core/explore/say.ts";

const PEOPLE = 1000;
const COLUMNS = 40;
const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5];
const SHARES = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];

const controls = {
  prior: slider("Base rate", RATES, 0.01, share),
  sens: slider("Sensitivity", SHARES, 0.9, share),
  spec: slider("Specificity", SHARES, 0.95, share),
};

type Values = Record<keyof typeof controls, number>;

interface Numbers {
  readonly ill: number;
  readonly found: number;
  readonly alarms: number;
  /** The probability of illness after a positive and after a negative test. */
  readonly positive: number;
  readonly negative: number;
}

function after({ prior, sens, spec }: Values): { positive: number; negative: number } {
  const [hit, alarm] = [prior * sens, (1 - prior) * (1 - spec)];
  const [miss, rest] = [prior * (1 - sens), (1 - prior) * spec];
  return { positive: hit / (hit + alarm), negative: miss / (miss + rest) };
}

function compute(values: Values): Numbers {
  const ill = Math.round(PEOPLE * values.prior);
  const found = Math.round(PEOPLE * values.prior * values.sens);
  const alarms = Math.round(PEOPLE * (1 - values.prior) * (1 - values.spec));
  return { ill, found, alarms, ...after(values) };
}

/** One path for all people of a kind: a thousand rectangles would weigh as much as the chapter. */
function crowd(from: number, number: number, kind: string): VNode {
  const places = Array.from({ length: number }, (_, at) => {
    const place = from + at;
    return `M${4 + 8 * (place % COLUMNS)} ${22 + 8 * Math.floor(place / COLUMNS)}h6v6h-6z`;
  });
  return s("path", { d: places.join(""), class: kind });
}

function people({ ill, found, alarms }: Numbers): VNode {
  const rest = PEOPLE - ill - alarms;
  const key = (y: number, number: number, name: string, kind: string): VNode => s("g", {}, rect(4, y - 8, 9, 9, kind), text(18, y, `${count(number)} ${name}`, "x-ink"));
  return panel(
    292,
    "A thousand people",
    crowd(0, found, "x-fill x-1"),
    crowd(found, ill - found, "x-half x-4"),
    crowd(ill, alarms, "x-fill x-2"),
    crowd(ill + alarms, rest, "x-wash"),
    key(244, found, "ill, test positive", "x-fill x-1"),
    key(262, alarms, "healthy, test positive", "x-fill x-2"),
    key(280, ill - found, "ill, test negative", "x-half x-4"),
    text(WIDTH - 6, 280, `${count(rest)} healthy, test negative`, "x-end"),
  );
}

function belief(values: Values, { positive, found, alarms }: Numbers): VNode {
  const x = logarithmic([0.001, 0.5], [38, WIDTH - 8]);
  const y = linear([0, 1], [256, 84]);
  const fine = range(0, 1, 0.02).map((at) => 0.001 * 500 ** at);
  const rates = fine.map((prior) => [x(prior), y(after({ ...values, prior }).positive)] as const);
  const all = Math.max(1, found + alarms);
  const cut = 4 + (WIDTH - 8) * (found / all);
  return panel(
    292,
    "Of those with a positive test, who is ill?",
    rect(4, 24, cut - 4, 18, "x-fill x-1"),
    rect(cut, 24, WIDTH - 4 - cut, 18, "x-fill x-2"),
    text(4, 57, `${found} of ${counted(found + alarms, "positive")}`, "x-name x-1"),
    text(38, 78, "Probability of illness after a positive test", "x-title"),
    beside(y, x.range, { ticks: [0, 0.5, 1], say: percent }),
    path(rates, "x-line x-1"),
    line([x(values.prior), y(positive)], [x(values.prior), 256], "x-dots"),
    dot([x(values.prior), y(positive)], 4.5, "x-dot x-1"),
    text(x(values.prior) + (values.prior > 0.05 ? -9 : 9), y(positive) + (values.prior > 0.05 ? -6 : 12), percent(positive, 1), `x-name x-1 x-over ${values.prior > 0.05 ? "x-end" : ""}`),
    below(x, 256, { ticks: [0.001, 0.01, 0.1, 0.5], say: share, name: "base rate" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, values) => [people(numbers), belief(values, numbers)],
  read: ({ found, alarms, positive, negative }, { prior }) =>
    `Of ${counted(found + alarms, "positive")} in a thousand, ${found} ${found === 1 ? "is" : "are"} ill: a positive test lifts ${share(prior)} to ${percent(positive, 1)}, and a negative one leaves ${percent(negative, 2)}.`,
});
