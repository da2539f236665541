/**
 * k-means, step by step, from good and bad starts.
 *
 * Lloyd's algorithm: every point goes to its nearest center, every center to the mean of its points. A center that has
 * lost all of its points stays where it is.
 */
import type { VNode } from "preact";
import { choice, explorable, range, slider, type Values } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, panel, path, s, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { normals, seeded, type Random } from "../core/explore/random.ts";
import { counted, fixed } from "../core/explore/say.ts";

const STEPS = 15;
const HEAPS: readonly Point[] = [[2, 2.1], [3.5, 6.6], [7.9, 7.4], [8.6, 1.8], [5.9, 3.6]];
const EACH = 26;

const controls = {
  step: slider("Step", range(0, STEPS, 1), 0, String, true),
  start: choice("Start", { random: "random points", plus: "k-means++", corner: "all in one corner" }, "random"),
  seed: slider("Draw", range(1, 20, 1), 3, String, true),
  k: slider("Clusters", range(2, 8, 1), 5, String, true),
};

interface Numbers {
  readonly points: readonly Point[];
  /** Centers, labels and the sum of squared distances at every step. */
  readonly centers: readonly (readonly Point[])[];
  readonly labels: readonly (readonly number[])[];
  readonly inertias: readonly number[];
  /** The best of fifty runs from k-means++. */
  readonly best: number;
}

const points: readonly Point[] = (() => {
  const normal = normals(seeded(11));
  return HEAPS.flatMap(([x, y]) => Array.from({ length: EACH }, (): Point => [x + 0.75 * normal(), y + 0.75 * normal()]));
})();

function squared([a, b]: Point, [c, d]: Point): number {
  return (a - c) ** 2 + (b - d) ** 2;
}

function nearest(point: Point, centers: readonly Point[]): number {
  let best = 0;
  for (let at = 1; at < centers.length; at += 1) if (squared(point, centers[at]!) < squared(point, centers[best]!)) best = at;
  return best;
}

/** Draws points with chances in proportion to their weights. */
function drawn(weights: readonly number[], random: Random): Point {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return points[weights.findIndex((weight) => (left -= weight) < 0)] ?? points[0]!;
}

function begin(start: string, k: number, random: Random): Point[] {
  if (start === "corner") return Array.from({ length: k }, (): Point => [0.4 + 1.2 * random(), 0.4 + 1.2 * random()]);
  const centers: Point[] = [];
  while (centers.length < k) {
    const far = points.map((point) => (centers.length ? Math.min(...centers.map((center) => squared(point, center))) : 1));
    centers.push(drawn(start === "plus" ? far : far.map((distance) => Number(distance > 0)), random));
  }
  return centers;
}

function run(first: readonly Point[], steps: number): Pick<Numbers, "centers" | "labels" | "inertias"> {
  const centers: (readonly Point[])[] = [first];
  const labels: number[][] = [];
  const inertias: number[] = [];
  for (let step = 0; step <= steps; step += 1) {
    const here = centers[step]!;
    const label = points.map((point) => nearest(point, here));
    labels.push(label);
    inertias.push(points.reduce((sum, point, at) => sum + squared(point, here[label[at]!]!), 0));
    centers.push(
      here.map((center, cluster): Point => {
        const own = points.filter((_, at) => label[at] === cluster);
        const sum = own.reduce(([x, y], [a, b]): Point => [x + a, y + b], [0, 0] as Point);
        return own.length ? [sum[0] / own.length, sum[1] / own.length] : center;
      }),
    );
  }
  return { centers: centers.slice(0, steps + 1), labels, inertias };
}

const bests = new Map<number, number>();

function bestOf(k: number): number {
  const known = bests.get(k);
  if (known !== undefined) return known;
  const random = seeded(100 + k);
  const found = Math.min(...range(1, 50, 1).map(() => run(begin("plus", k, random), 30).inertias.at(-1)!));
  bests.set(k, found);
  return found;
}

function compute({ start, seed, k }: Values<typeof controls>): Numbers {
  return { points, ...run(begin(start, k, seeded(seed * 7919)), STEPS), best: bestOf(k) };
}

function plane({ centers, labels }: Numbers, step: number): VNode {
  const x = linear([0, 10.4], [2, WIDTH - 2]);
  const y = linear([-0.2, 9.4], [266, 22]);
  const at = ([a, b]: Point): Point => [x(a), y(b)];
  const label = labels[step]!;
  const colors = (cluster: number): string => `x-${(cluster % 8) + 1}`;
  const cross = (center: Point, cluster: number): VNode => {
    const [a, b] = at(center);
    return s("path", { d: `M${(a - 6).toFixed(1)} ${b.toFixed(1)}h12m-6 -6v12`, class: `x-center ${colors(cluster)}` });
  };
  return panel(
    270,
    step ? `After ${counted(step, "step")}` : "The start",
    ...centers[step]!.map((_, cluster) => path(centers.slice(0, step + 1).map((each) => at(each[cluster]!)), `x-thin ${colors(cluster)}`)),
    ...points.map((point, each) => dot(at(point), 2.4, `x-half ${colors(label[each]!)}`)),
    ...centers[0]!.map((center, cluster) => dot(at(center), 3, `x-hollow ${colors(cluster)}`)),
    ...centers[step]!.map(cross),
  );
}

function sums({ inertias, best }: Numbers, step: number): VNode {
  const x = linear([0, STEPS], [34, WIDTH - 6]);
  const top = Math.min(inertias[0]!, best * 6);
  const y = linear([0, top * 1.05], [234, 26]);
  const at = (value: number): number => y(Math.min(value, top));
  const every = [50, 100, 200, 500, 1000].find((each) => top / each <= 6) ?? 1000;
  return panel(
    270,
    "Sum of squared distances to the centers",
    beside(y, x.range, { ticks: range(0, Math.floor(top / every) * every, every) }),
    line([34, y(best)], [WIDTH - 6, y(best)], "x-dots"),
    text(WIDTH - 6, y(best) + 15, "best of fifty runs", "x-end x-over"),
    path(inertias.map((value, each) => [x(each), at(value)] as const), "x-line x-2"),
    ...inertias.map((value, each) => dot([x(each), at(value)], 2, "x-fill x-2")),
    dot([x(step), at(inertias[step]!)], 5, "x-dot x-2"),
    text(Math.min(x(step) + 9, WIDTH - 40), at(inertias[step]!) - 8, fixed(0)(inertias[step]!), "x-name x-2 x-over"),
    below(x, 234, { ticks: [0, 5, 10, 15], name: "step" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { step }) => [plane(numbers, step), sums(numbers, step)],
  read: ({ inertias, best }, { step }) => {
    const here = inertias[step]!;
    const end = inertias.at(-1)!;
    const done = inertias.findIndex((each) => each <= end + 1e-9);
    const state = step >= done ? "nothing moves anymore" : `it comes to rest after ${counted(done, "step")}, at ${end.toFixed(0)}`;
    const loss = end / best - 1;
    const rest = loss < 0.005 ? "as good as the best of fifty runs" : `${(100 * loss).toFixed(0)}% above the best of fifty runs`;
    return `After ${counted(step, "step")} the sum of squares is ${here.toFixed(0)}; ${state}, which is ${rest}.`;
  },
});
