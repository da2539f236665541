/**
 * Gradient descent and momentum in a valley: ½ (x² + κ y²), whose condition number is κ.
 *
 * The learning rate is told in units of 1/L, the inverse of the largest curvature, since that is what decides: plain
 * descent is stable below 2, and with momentum β (the heavy ball) below 2 (1 + β).
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, linear, logarithmic, n, panel, path, s, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { count, counted } from "../core/explore/say.ts";

const SHOWN = 60;
const LONGEST = 5000;
const START: Point = [9, 3];

const controls = {
  rate: slider("Learning rate, in 1/L", range(0.1, 4, 0.1), 1.8, (value) => value.toFixed(1)),
  beta: slider("Momentum β", [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98], 0, (value) => (value ? String(value) : "none")),
  kappa: slider("Condition number", [1, 2, 5, 10, 20, 50, 100], 20),
};

type Values = Record<keyof typeof controls, number>;

interface Numbers {
  readonly path: readonly Point[];
  readonly losses: readonly number[];
  /** Steps until the loss stays below a thousandth of where it began; null for never. */
  readonly needed: number | null;
  readonly plain: number | null;
}

function loss([x, y]: Point, kappa: number): number {
  return (x * x + kappa * y * y) / 2;
}

/** The heavy ball: the last move goes on, shrunk, and the gradient is added. */
function descend({ rate, beta, kappa }: Values, steps: number): Point[] {
  const eta = rate / kappa;
  let [x, y] = START;
  let [u, v] = [0, 0];
  const out: Point[] = [[x, y]];
  for (let step = 0; step < steps; step += 1) {
    [u, v] = [beta * u - eta * x, beta * v - eta * kappa * y];
    [x, y] = [x + u, y + v];
    out.push([x, y]);
    if (Math.abs(x) + Math.abs(y) > 1e9) break;
  }
  return out;
}

function stepsTo(values: Values): number | null {
  const least = loss(START, values.kappa) / 1000;
  const losses = descend(values, LONGEST).map((point) => loss(point, values.kappa));
  let last = losses.length - 1;
  if (losses[last]! > least || losses.length <= LONGEST) return null;
  while (last > 0 && losses[last - 1]! <= least) last -= 1;
  return last;
}

function compute(values: Values): Numbers {
  const path = descend(values, SHOWN);
  return { path, losses: path.map((point) => loss(point, values.kappa)), needed: stepsTo(values), plain: stepsTo({ ...values, beta: 0 }) };
}

function valley({ path: walk }: Numbers, kappa: number): VNode {
  const x = linear([-10.5, 10.5], [2, WIDTH - 2]);
  const y = linear([-6.2, 6.2], [216, 22]);
  const scale = x(1) - x(0);
  const far = walk.findIndex(([a, b]) => Math.abs(a) > 40 || Math.abs(b) > 40);
  const shown = far < 0 ? walk : walk.slice(0, far + 1);
  const ellipse = (share: number): VNode => {
    const wide = Math.sqrt(2 * loss(START, kappa) * share);
    return s("ellipse", { cx: n(x(0)), cy: n(y(0)), rx: n(wide * scale), ry: n((wide / Math.sqrt(kappa)) * (y(0) - y(1))), class: "x-thin x-8" });
  };
  return panel(
    220,
    "The way down, from above",
    s("clipPath", { id: "descent-valley-clip" }, s("rect", { x: 0, y: 20, width: WIDTH, height: 200 })),
    s(
      "g",
      { "clip-path": "url(#descent-valley-clip)" },
      ...[1, 0.5, 0.2, 0.06, 0.01].map(ellipse),
      path(shown.map(([a, b]) => [x(a), y(b)] as const), "x-line x-thinner x-1"),
      ...shown.map(([a, b]) => dot([x(a), y(b)], 1.8, "x-fill x-1")),
    ),
    dot([x(0), y(0)], 3, "x-hollow x-8"),
    dot([x(START[0]), y(START[1])], 4, "x-dot x-1"),
    text(x(START[0]), y(START[1]) - 10, "start", "x-end x-over"),
  );
}

function losses({ losses: all }: Numbers): VNode {
  const x = linear([0, SHOWN], [44, WIDTH - 6]);
  const y = logarithmic([1e-6, 10], [184, 24]);
  const first = all[0]!;
  const at = (value: number): number => y(Math.max(1e-6, Math.min(10, value / first)));
  const gone = all.findIndex((value) => value / first > 10);
  const shown = gone < 0 ? all : all.slice(0, gone + 1);
  const said: Readonly<Record<number, string>> = { 1: "1", 0.01: "1/100", 0.0001: "1/10⁴", 0.000001: "1/10⁶" };
  return panel(
    220,
    "Loss, as a share of where it began",
    beside(y, x.range, { ticks: [1, 0.01, 0.0001, 0.000001], say: (value) => said[value] ?? "" }),
    path(shown.map((value, step) => [x(step), at(value)] as const), "x-line x-1"),
    gone >= 0 ? text(x(gone) + 6, 34, "diverges", "x-name x-1") : null,
    below(x, 184, { ticks: [0, 20, 40, 60], name: "step" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { kappa }) => [valley(numbers, kappa), losses(numbers)],
  read: ({ needed, plain }, { rate, beta }) => {
    const told = (steps: number | null): string => (steps === null ? "never gets there" : `needs ${counted(steps, "step")}`);
    const own = needed === null ? `At ${rate.toFixed(1)}/L the loss never comes to rest below a thousandth` : `At ${rate.toFixed(1)}/L the loss is down to a thousandth after ${counted(needed, "step")}`;
    if (beta === 0) return `${own}, without momentum.`;
    return `${own} with momentum ${beta}; plain descent at the same rate ${told(plain)}${plain && needed ? `, ${plain >= needed ? `${(plain / needed).toFixed(1)} times as many` : `which is fewer: ${count(needed - plain)} less`}` : ""}.`;
  },
});
