/**
 * Gradient boosting, for real: stumps on one feature, fitted round by round to what is left over.
 *
 * Squared error, splits halfway between neighbors, every leaf the mean of its residuals times the learning rate: what
 * scikit-learn's GradientBoostingRegressor does with max_depth 1.
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, logarithmic, panel, path, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { normals, seeded } from "../core/explore/random.ts";
import { counted, fixed } from "../core/explore/say.ts";
import { mean } from "../core/explore/statistics.ts";

const MOST = 300;
const GRID = range(0.005, 0.995, 0.01);
const ROUNDS = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 250, 300];

const controls = {
  rounds: slider("Rounds", ROUNDS, 20, String, true),
  rate: slider("Learning rate", [0.02, 0.05, 0.1, 0.2, 0.5, 1], 0.2),
  noise: slider("Noise", [0, 0.1, 0.2, 0.3, 0.5], 0.3),
};

interface Sample {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Stump {
  readonly cut: number;
  readonly left: number;
  readonly right: number;
}

interface Numbers {
  readonly train: Sample;
  readonly fresh: Sample;
  /** The fit on a grid after so many rounds. */
  readonly fit: readonly number[];
  readonly trained: readonly number[];
  readonly validated: readonly number[];
  readonly best: number;
}

function truth(x: number): number {
  return Math.sin(7 * x) * (0.4 + x) + (x > 0.55 ? 0.9 : 0);
}

function sample(size: number, noise: number, seed: number): Sample {
  const random = seeded(seed);
  const normal = normals(random);
  const x = Array.from({ length: size }, random).sort((one, other) => one - other);
  return { x, y: x.map((each) => truth(each) + noise * normal()) };
}

/** The split of sorted places that leaves the least squared error, found with running sums. */
function stump(x: readonly number[], rest: readonly number[]): Stump {
  const total = rest.reduce((sum, value) => sum + value, 0);
  let [best, found, sum] = [-1, { cut: 0, left: 0, right: 0 }, 0];
  for (let at = 1; at < x.length; at += 1) {
    sum += rest[at - 1]!;
    const [left, right] = [sum / at, (total - sum) / (x.length - at)];
    const gain = at * left ** 2 + (x.length - at) * right ** 2;
    if (gain > best) [best, found] = [gain, { cut: (x[at - 1]! + x[at]!) / 2, left, right }];
  }
  return found;
}

function compute({ rounds, rate, noise }: Record<keyof typeof controls, number>): Numbers {
  const train = sample(60, noise, 3);
  const fresh = sample(400, noise, 4);
  const base = mean(train.y);
  const start = (places: readonly number[]): number[] => places.map(() => base);
  const [onTrain, onFresh, onGrid] = [start(train.x), start(fresh.x), start(GRID)];
  const error = (seen: readonly number[], fitted: readonly number[]): number => mean(seen.map((value, at) => (value - fitted[at]!) ** 2));
  const trained = [error(train.y, onTrain)];
  const validated = [error(fresh.y, onFresh)];
  let fit = [...onGrid];
  for (let round = 1; round <= MOST; round += 1) {
    const { cut, left, right } = stump(train.x, train.y.map((value, at) => value - onTrain[at]!));
    const step = (places: readonly number[], fitted: number[]): void => places.forEach((x, at) => (fitted[at]! += rate * (x <= cut ? left : right)));
    step(train.x, onTrain);
    step(fresh.x, onFresh);
    step(GRID, onGrid);
    trained.push(error(train.y, onTrain));
    validated.push(error(fresh.y, onFresh));
    if (round === rounds) fit = [...onGrid];
  }
  return { train, fresh, fit, trained, validated, best: validated.indexOf(Math.min(...validated)) };
}

function ensemble({ train, fit }: Numbers, rounds: number): VNode {
  const x = linear([0, 1], [4, WIDTH - 4]);
  const y = linear([-1.7, 2.4], [196, 24]);
  const at = (value: number): number => y(Math.max(-1.7, Math.min(2.4, value)));
  const steps = GRID.flatMap((place, each): Point[] => [[x(place - 0.005), at(fit[each]!)], [x(place + 0.005), at(fit[each]!)]]);
  const kept = steps.filter(([, high], each) => !(steps[each - 1]?.[1] === high && steps[each + 1]?.[1] === high));
  return panel(
    204,
    `The sum of ${counted(rounds, "stump")}`,
    path(GRID.map((place) => [x(place), y(truth(place))] as const), "x-line x-dash x-8"),
    ...train.x.map((place, each) => dot([x(place), at(train.y[each]!)], 2, "x-fill x-8")),
    path(kept, "x-line x-1"),
    text(x(0.03), y(-0.55), "truth", "x-name x-8 x-over"),
    text(x(0.79), at(fit[78]!) - 12, "fit", "x-name x-1 x-over"),
  );
}

function errors({ trained, validated, best }: Numbers, rounds: number, noise: number): VNode {
  // One more than the round, so that nothing has a place on a scale of ratios.
  const x = logarithmic([1, MOST + 1], [30, WIDTH - 4]);
  const most = Math.max(...validated) * 1.08;
  const y = linear([0, most], [168, 24]);
  const curve = (values: readonly number[], kind: string): VNode =>
    path(values.flatMap((value, round): Point[] => (round < 30 || round % 6 === 0 ? [[x(round + 1), y(value)]] : [])), kind);
  const late = validated.at(-1)!;
  return panel(
    204,
    "Mean squared error",
    beside(y, x.range, { ticks: range(0, Math.floor(most / 0.2) * 0.2, 0.2), say: fixed(1) }),
    line([x.range[0], y(noise ** 2)], [x.range[1], y(noise ** 2)], "x-dots"),
    noise ? text(34, y(noise ** 2) - 4, "noise", "x-over") : null,
    curve(trained, "x-line x-1"),
    curve(validated, "x-line x-2"),
    text(WIDTH - 6, y(late) - 8, "validation", "x-name x-2 x-end x-over"),
    text(WIDTH - 6, Math.min(164, y(trained.at(-1)!) + 14), "training", "x-name x-1 x-end x-over"),
    dot([x(best + 1), y(validated[best]!)], 3, "x-hollow x-2"),
    line([x(rounds + 1), 24], [x(rounds + 1), 168], "x-mark"),
    dot([x(rounds + 1), y(validated[rounds]!)], 4.5, "x-dot x-2"),
    below(x, 168, { ticks: [1, 2, 6, 11, 31, 101, 301], say: (value) => String(value - 1), name: "rounds" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { rounds, noise }) => [ensemble(numbers, rounds), errors(numbers, rounds, noise)],
  read: ({ trained, validated, best }, { rounds, rate }) => {
    const rest = rounds === best ? "the best that this rate reaches" : `the best at this rate is ${validated[best]!.toFixed(3)}, after ${counted(best, "round")}`;
    return `After ${counted(rounds, "round")} at learning rate ${rate} the error is ${trained[rounds]!.toFixed(3)} in training and ${validated[rounds]!.toFixed(3)} in validation; ${rest}.`;
  },
});
