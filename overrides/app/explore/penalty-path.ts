/**
 * L1 and L2 with two weights: where the contours of the loss meet the penalty, and the path on which they do.
 *
 * The loss is ½ (w − ŵ)ᵀ A (w − ŵ) with ones and a correlation in A: least squares on standardized features. The penalties
 * are those of scikit-learn's Lasso and ElasticNet, and ½ λ ‖w‖² for ridge.
 */
import type { VNode } from "preact";
import { choice, explorable, range, slider, type Values } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, panel, path, s, text, trace, WIDTH, type Point, type Scale } from "../core/explore/plot.ts";
import { fixed } from "../core/explore/say.ts";

const TARGET: Point = [1.6, 0.6];
const STRENGTHS = [...range(0, 2.4, 0.05)];

const controls = {
  way: choice("Penalty", { l1: "L1, lasso", l2: "L2, ridge", both: "half and half" }, "l1"),
  lambda: slider("Strength λ", STRENGTHS, 0.4, fixed(2)),
  rho: slider("Correlation", [-0.8, -0.5, 0, 0.5, 0.8], 0.5, fixed(1)),
};

interface Numbers {
  readonly weights: Point;
  readonly path: readonly Point[];
  /** The least strengths at which a weight is zero, or null. */
  readonly zeros: readonly (number | null)[];
}

/** The shares of L1 and L2 in a penalty. */
function mixture(way: string): Point {
  return way === "l1" ? [1, 0] : way === "l2" ? [0, 1] : [0.5, 0.5];
}

/** Coordinate descent: one weight after another, exactly, until they stand still. */
function shrunk(way: string, lambda: number, rho: number): Point {
  const [one, two] = mixture(way).map((each) => each * lambda) as [number, number];
  const soft = (value: number): number => (Math.sign(value) * Math.max(0, Math.abs(value) - one)) / (1 + two);
  let [a, b] = TARGET;
  for (let step = 0; step < 500; step += 1) {
    const before = a + b;
    a = soft(TARGET[0] + rho * (TARGET[1] - b));
    b = soft(TARGET[1] + rho * (TARGET[0] - a));
    if (Math.abs(a + b - before) < 1e-14) break;
  }
  // Where a weight reaches zero only in the limit, it stops a hair above.
  const settled = (weight: number): number => (Math.abs(weight) < 1e-9 ? 0 : weight);
  return [settled(a), settled(b)];
}

function compute({ way, lambda, rho }: Values<typeof controls>): Numbers {
  const whole = STRENGTHS.map((each) => shrunk(way, each, rho));
  const zeros = [0, 1].map((at) => STRENGTHS.find((_, step) => whole[step]![at] === 0) ?? null);
  return { weights: shrunk(way, lambda, rho), path: whole, zeros };
}

function loss([a, b]: Point, rho: number): number {
  const [x, y] = [a - TARGET[0], b - TARGET[1]];
  return (x * x + y * y) / 2 + rho * x * y;
}

/** The ellipse on which the loss has a value. */
function contour(level: number, rho: number, x: Scale, y: Scale): string {
  const [wide, high] = [Math.sqrt((2 * level) / (1 + rho)), Math.sqrt((2 * level) / (1 - rho))];
  const points = range(0, 2, 0.05).map((turn): Point => {
    const [along, across] = [wide * Math.cos(turn * Math.PI), high * Math.sin(turn * Math.PI)];
    return [x(TARGET[0] + (along - across) / Math.SQRT2), y(TARGET[1] + (along + across) / Math.SQRT2)];
  });
  return trace(points, true);
}

/** The border of all weights that the penalty finds no worse than these. */
function region([a, b]: Point, way: string, x: Scale, y: Scale): string {
  const [one, two] = mixture(way);
  const budget = one * (Math.abs(a) + Math.abs(b)) + (two * (a * a + b * b)) / 2;
  const points = range(0, 2, 0.025).map((turn): Point => {
    const [across, up] = [Math.cos(turn * Math.PI), Math.sin(turn * Math.PI)];
    const straight = one * (Math.abs(across) + Math.abs(up));
    const radius = two ? (Math.sqrt(straight ** 2 + 2 * two * budget) - straight) / two : budget / straight;
    return [x(radius * across), y(radius * up)];
  });
  return trace(points, true);
}

function plane({ weights, path: whole }: Numbers, { way, rho, lambda }: Values<typeof controls>): VNode {
  const x = linear([-1.1, 2.6], [2, WIDTH - 2]);
  const y = linear([-0.95, 1.75], [258, 22]);
  const here: Point = [x(weights[0]), y(weights[1])];
  const levels = [0.02, 0.1, 0.25, 0.5, 0.9, 1.4];
  return panel(
    262,
    "Contours of the loss, and what the penalty allows",
    s("clipPath", { id: "penalty-path-clip" }, s("rect", { x: 0, y: 20, width: WIDTH, height: 240 })),
    s(
      "g",
      { "clip-path": "url(#penalty-path-clip)" },
      line([x.range[0], y(0)], [x.range[1], y(0)], "x-rule"),
      line([x(0), 22], [x(0), 258], "x-rule"),
      ...levels.map((level) => s("path", { d: contour(level, rho, x, y), class: "x-thin x-8" })),
      lambda > 0 ? s("path", { d: region(weights, way, x, y), class: "x-soft x-1" }) : null,
      loss(weights, rho) > 0 ? s("path", { d: contour(loss(weights, rho), rho, x, y), class: "x-line x-thinner x-8" }) : null,
      path(whole.map(([a, b]) => [x(a), y(b)] as const), "x-line x-2"),
    ),
    dot([x(TARGET[0]), y(TARGET[1])], 3, "x-hollow x-8"),
    text(x(TARGET[0]) + 7, y(TARGET[1]) - 6, "least squares", "x-over"),
    dot(here, 5, "x-dot x-2"),
    text(WIDTH - 4, y(0) + 14, "w₁", "x-ink x-end"),
    text(x(0) - 6, 34, "w₂", "x-ink x-end"),
  );
}

function shrinking({ weights, path: whole }: Numbers, { lambda }: Values<typeof controls>): VNode {
  const x = linear([0, 2.4], [30, WIDTH - 30]);
  const y = linear([-0.5, 1.8], [224, 24]);
  const curve = (at: 0 | 1, kind: string): VNode => path(whole.map((each, step) => [x(STRENGTHS[step]!), y(each[at])] as const), kind);
  const end = whole.at(-1)!;
  const apart = Math.abs(y(end[0]) - y(end[1])) < 13 ? 7 : 0;
  return panel(
    262,
    "Both weights, as the strength grows",
    beside(y, x.range, { ticks: [0, 0.5, 1, 1.5], say: fixed(1) }),
    line([x(0), y(0)], [x(2.4), y(0)], "x-rule"),
    curve(0, "x-line x-3"),
    curve(1, "x-line x-4"),
    text(x(2.4) + 5, y(end[0]) + 4 - apart, "w₁", "x-name x-3"),
    text(x(2.4) + 5, y(end[1]) + 4 + apart, "w₂", "x-name x-4"),
    line([x(lambda), 24], [x(lambda), 224], "x-mark"),
    dot([x(lambda), y(weights[0])], 4.5, "x-dot x-3"),
    dot([x(lambda), y(weights[1])], 4.5, "x-dot x-4"),
    below(x, 224, { ticks: [0, 0.5, 1, 1.5, 2], name: "λ" }),
    s("rect", { x: x.range[0], y: 20, width: x.range[1] - x.range[0], height: 210, class: "x-handle", "data-drag": "lambda", "data-from": 0, "data-to": 2.4 }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, values) => [plane(numbers, values), shrinking(numbers, values)],
  read: ({ weights: [a, b], zeros }, { lambda, way }) => {
    const name = { l1: "L1", l2: "L2", both: "the mixture" }[way] ?? way;
    const first = zeros[1] ?? zeros[0];
    const which = zeros[1] === null || zeros[1] === undefined ? "first" : "second";
    const rest = first === null || first === undefined ? "and no strength here makes either of them zero" : `and the ${which} is exactly zero from λ = ${first.toFixed(2)} on`;
    return `At λ = ${lambda.toFixed(2)}, ${name} leaves the weights ${fixed(2)(a)} and ${fixed(2)(b)}, ${rest}.`;
  },
});
