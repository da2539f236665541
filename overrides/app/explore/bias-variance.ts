/**
 * Bias and variance of polynomials, by degree and by the strength of ridge.
 *
 * The places of the points are fixed and only their noise is drawn, so a fit is a fixed matrix times what was seen, and
 * bias, variance and both errors are exact; the fits in the picture are draws. Ridge shrinks Legendre coefficients.
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { dotted, solved, times, transpose, type Matrix } from "../core/explore/matrix.ts";
import { below, beside, dot, line, linear, panel, path, rect, text, WIDTH } from "../core/explore/plot.ts";
import { normals, seeded } from "../core/explore/random.ts";
import { fixed } from "../core/explore/say.ts";
import { mean } from "../core/explore/statistics.ts";

const DEGREES = range(0, 12, 1);
const NEW = range(0.01, 0.99, 0.02);
const DRAWS = 12;

const controls = {
  degree: slider("Degree", DEGREES, 9, String, true),
  ridge: slider("Ridge λ", [0, 0.0001, 0.001, 0.01, 0.1, 1, 10], 0, (value) => (value ? String(value) : "none")),
  points: slider("Points", [15, 20, 30, 50, 100], 20),
  noise: slider("Noise", [0.1, 0.2, 0.3, 0.5], 0.3),
};

type Values = Record<keyof typeof controls, number>;

interface Errors {
  readonly bias2: number;
  readonly variance: number;
  readonly train: number;
  readonly validation: number;
}

interface Numbers {
  readonly errors: readonly Errors[];
  readonly best: number;
  readonly seen: readonly (readonly [number, number])[];
  readonly fits: Matrix;
}

function truth(x: number): number {
  return Math.sin(2 * Math.PI * x);
}

/** The Legendre polynomials up to a degree, at x from 0 to 1. */
function basis(x: number, degree: number): number[] {
  const u = 2 * x - 1;
  const values = [1, u];
  for (let k = 2; k <= degree; k += 1) values.push(((2 * k - 1) * u * values[k - 1]! - (k - 1) * values[k - 2]!) / k);
  return values.slice(0, degree + 1);
}

/** The matrix that turns what was seen into the fit at `at`. */
function smoother(places: readonly number[], degree: number, ridge: number, at: readonly number[]): number[][] {
  const design = places.map((x) => basis(x, degree));
  const gram = times(transpose(design), design).map((row, i) => row.map((value, j) => value + (i === j && i > 0 ? ridge : 0)));
  return times(at.map((x) => basis(x, degree)), solved(gram, transpose(design)));
}

function errorsOf(places: readonly number[], degree: number, { ridge, noise }: Values): Errors {
  const signal = places.map(truth);
  const fresh = smoother(places, degree, ridge, NEW);
  const bias2 = mean(fresh.map((row, at) => (dotted(row, signal) - truth(NEW[at]!)) ** 2));
  const variance = noise ** 2 * mean(fresh.map((row) => dotted(row, row)));
  const left = smoother(places, degree, ridge, places).map((row, i) => row.map((value, j) => Number(i === j) - value));
  const train = mean(left.map((row) => dotted(row, signal) ** 2 + noise ** 2 * dotted(row, row)));
  return { bias2, variance, train, validation: bias2 + variance + noise ** 2 };
}

function compute(values: Values): Numbers {
  const places = Array.from({ length: values.points }, (_, at) => (at + 0.5) / values.points);
  const errors = DEGREES.map((degree) => errorsOf(places, degree, values));
  const all = errors.map((each) => each.validation);
  const normal = normals(seeded(7));
  const draws = Array.from({ length: DRAWS }, () => places.map((x) => truth(x) + values.noise * normal()));
  const fresh = smoother(places, values.degree, values.ridge, NEW);
  const seen = places.map((x, at) => [x, draws[0]![at]!] as const);
  return { errors, best: all.indexOf(Math.min(...all)), seen, fits: draws.map((drawn) => fresh.map((row) => dotted(row, drawn))) };
}

function fits({ seen, fits: drawn }: Numbers): VNode {
  const x = linear([0, 1], [6, WIDTH - 6]);
  const y = linear([-1.7, 1.7], [194, 22]);
  const at = (value: number): number => y(Math.max(-1.7, Math.min(1.7, value)));
  const curve = (values: readonly number[], kind: string): VNode => path(values.map((value, place) => [x(NEW[place]!), at(value)] as const), kind);
  return panel(
    200,
    "Twelve samples, twelve fits",
    ...drawn.slice(1).map((values) => curve(values, "x-thin x-1")),
    curve(NEW.map(truth), "x-line x-dash x-8"),
    ...seen.map(([place, value]) => dot([x(place), at(value)], 2, "x-fill x-8")),
    curve(drawn[0]!, "x-line x-1"),
    text(x(0.335), y(1.05), "truth", "x-name x-8 x-over"),
    text(x(0.68), at(drawn[0]![34]!) - 12, "fit to these points", "x-name x-1 x-over"),
  );
}

function sums({ errors }: Numbers, degree: number, noise: number): VNode {
  const x = linear([-0.6, 12.6], [30, WIDTH - 4]);
  const most = Math.max(0.7, noise ** 2 + 0.55);
  const y = linear([0, most], [168, 24]);
  const at = (value: number): number => y(Math.min(most, value));
  const wide = x(1) - x(0) - 4;
  const bars = errors.flatMap(({ bias2, variance }, each) => {
    const left = x(each) - wide / 2;
    const faint = each === degree ? "" : " x-faint";
    const foot = at(noise ** 2);
    return [
      rect(left, at(noise ** 2 + bias2), wide, foot - at(noise ** 2 + bias2), `x-fill x-2${faint}`),
      rect(left, at(noise ** 2 + bias2 + variance), wide, at(noise ** 2 + bias2) - at(noise ** 2 + bias2 + variance), `x-fill x-4${faint}`),
    ];
  });
  const last = errors.at(-1)!;
  return panel(
    200,
    "Expected squared error, by degree",
    beside(y, x.range, { ticks: [0, 0.2, 0.4, 0.6], say: fixed(1) }),
    rect(x.range[0], y(noise ** 2), x.range[1] - x.range[0], 168 - y(noise ** 2), "x-wash x-8"),
    ...bars,
    path(errors.map(({ train }, each) => [x(each), at(train)] as const), "x-line x-1"),
    text(x(9.4), Math.min(164, at(last.train) + 15), "training", "x-name x-1 x-over"),
    text(x(1.7), at(noise ** 2 + 0.22), "bias²", "x-name x-2 x-over"),
    text(x(12.4), Math.max(36, at(last.validation) - 6), "variance", "x-name x-4 x-end x-over"),
    text(x(3.6), 165, noise > 0.15 ? "noise" : "", "x-name x-8"),
    line([x(degree), 168], [x(degree), 173], "x-mark"),
    below(x, 168, { ticks: [0, 2, 4, 6, 8, 10, 12], name: "degree" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { degree, noise }) => [fits(numbers), sums(numbers, degree, noise)],
  read: ({ errors, best }, { degree }) => {
    const { bias2, variance, train, validation } = errors[degree]!;
    const rest = best === degree ? "no other degree does better" : `degree ${best} would have ${errors[best]!.validation.toFixed(3)}`;
    return `At degree ${degree}, bias² is ${bias2.toFixed(3)} and variance ${variance.toFixed(3)}: the error is ${train.toFixed(3)} in training and ${validation.toFixed(3)} on new points; ${rest}.`;
  },
});
