/**
 * An inverted file index: cells by k-means, a query that looks into the nearest few, and the neighbors that it misses.
 *
 * The picture shows vectors of two dimensions, since more cannot be drawn. The same index over vectors of 24 dimensions
 * stands beside it, because there a query lies close to many borders at once.
 */
import type { VNode } from "preact";
import { explorable, range, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, panel, path, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { normals, seeded } from "../core/explore/random.ts";
import { counted, percent } from "../core/explore/say.ts";

const CELLS = 16;
const NEIGHBORS = 10;
const QUERIES = 60;

type Vector = readonly number[];

interface Index {
  readonly vectors: readonly Vector[];
  readonly centers: readonly Vector[];
  readonly cells: readonly number[];
  readonly queries: readonly Vector[];
  /** The mean recall of ten neighbors and the share of vectors compared, for 1, 2, … probes. */
  readonly recall: readonly number[];
  readonly scanned: readonly number[];
}

interface Numbers {
  readonly flat: Index;
  readonly deep: Index;
  /** The cells that the query looks into, its true neighbors, and which of them are found. */
  readonly probed: readonly number[];
  readonly neighbors: readonly number[];
  readonly found: readonly number[];
  readonly compared: number;
}

const controls = {
  probes: slider("Probes", range(1, CELLS, 1), 1, String, true),
  query: slider("Query", range(1, 20, 1), 3, String, true),
};

function squared(one: Vector, other: Vector): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at]! - other[at]!) ** 2;
  return sum;
}

/** The places of the nearest, nearest first. */
function ranked(query: Vector, among: readonly Vector[]): number[] {
  const far = among.map((each) => squared(query, each));
  return [...among.keys()].sort((one, other) => far[one]! - far[other]!);
}

function centered(vectors: readonly Vector[], rounds: number): Vector[] {
  let centers: Vector[] = vectors.filter((_, at) => at % Math.floor(vectors.length / CELLS) === 0).slice(0, CELLS);
  for (let round = 0; round < rounds; round += 1) {
    const label = vectors.map((each) => ranked(each, centers)[0]!);
    centers = centers.map((center, cell) => {
      const own = vectors.filter((_, at) => label[at] === cell);
      return own.length ? center.map((_, axis) => own.reduce((sum, each) => sum + each[axis]!, 0) / own.length) : center;
    });
  }
  return centers;
}

/** Vectors around a dozen themes, and queries made as they are. */
function built(size: number, dimensions: number, spread: number, seed: number): Index {
  const normal = normals(seeded(seed));
  const random = (): number[] => Array.from({ length: dimensions }, normal);
  const themes = Array.from({ length: 12 }, random);
  const near = (theme: Vector): number[] => theme.map((value) => value + spread * normal());
  const vectors = Array.from({ length: size }, (_, at) => near(themes[at % 12]!));
  const queries = Array.from({ length: QUERIES }, (_, at) => near(themes[(at * 5) % 12]!));
  const centers = centered(vectors, 8);
  const cells = vectors.map((each) => ranked(each, centers)[0]!);
  const recall = Array<number>(CELLS).fill(0);
  const scanned = Array<number>(CELLS).fill(0);
  for (const query of queries) {
    const order = ranked(query, centers);
    const rank = cells.map((cell) => order.indexOf(cell));
    const truth = ranked(query, vectors).slice(0, NEIGHBORS);
    for (let probe = 0; probe < CELLS; probe += 1) {
      recall[probe]! += truth.filter((at) => rank[at]! <= probe).length / NEIGHBORS / QUERIES;
      scanned[probe]! += rank.filter((each) => each <= probe).length / size / QUERIES;
    }
  }
  return { vectors, centers, cells, queries, recall, scanned };
}

let indexes: readonly [Index, Index] | null = null;

function compute({ probes, query }: Record<keyof typeof controls, number>): Numbers {
  const [flat, deep] = (indexes ??= [built(420, 2, 0.45, 5), built(900, 24, 2.2, 6)]);
  const place = flat.queries[query - 1]!;
  const probed = ranked(place, flat.centers).slice(0, probes);
  const neighbors = ranked(place, flat.vectors).slice(0, NEIGHBORS);
  const found = neighbors.filter((at) => probed.includes(flat.cells[at]!));
  return { flat, deep, probed, neighbors, found, compared: flat.cells.filter((cell) => probed.includes(cell)).length };
}

/** The part of a box that is nearer to one center than to any other: cut by one border after another. */
function cell(center: Vector, centers: readonly Vector[], box: readonly Point[]): Point[] {
  let shape = [...box];
  for (const other of centers) {
    if (other === center) continue;
    const side = (point: Point): number => squared(point, center) - squared(point, other);
    shape = shape.flatMap((point, at) => {
      const next = shape[(at + 1) % shape.length]!;
      const [here, there] = [side(point), side(next)];
      const cut = here / (here - there);
      const border: Point = [point[0] + cut * (next[0] - point[0]), point[1] + cut * (next[1] - point[1])];
      return [...(here <= 0 ? [point] : []), ...(here <= 0 !== there <= 0 ? [border] : [])];
    });
  }
  return shape;
}

function map({ flat, probed, neighbors, found }: Numbers, query: number): VNode {
  const x = linear([-2.9, 2.9], [1, WIDTH - 1]);
  const y = linear([-2.5, 2.5], [296, 22]);
  const box: Point[] = [[-2.9, -2.5], [2.9, -2.5], [2.9, 2.5], [-2.9, 2.5]];
  const at = (each: Vector): Point => [x(Math.max(-2.88, Math.min(2.88, each[0]!))), y(Math.max(-2.48, Math.min(2.48, each[1]!)))];
  const place = flat.queries[query - 1]!;
  return panel(
    300,
    "Sixteen cells, a query, its ten neighbors",
    ...flat.centers.map((center, each) => path(cell(center, flat.centers, box).map(at), probed.includes(each) ? "x-cell x-probed" : "x-cell", true)),
    ...flat.vectors.map((each, index) => (neighbors.includes(index) ? null : dot(at(each), 1.5, "x-half x-8"))),
    ...neighbors.map((index) => dot(at(flat.vectors[index]!), 3.4, found.includes(index) ? "x-dot x-3" : "x-missed x-2")),
    dot(at(place), 5, "x-dot"),
    text(at(place)[0] + 9, at(place)[1] - 7, "query", "x-ink x-over"),
  );
}

function curves({ flat, deep }: Numbers, probes: number): VNode {
  const x = linear([0, 1], [38, WIDTH - 12]);
  const y = linear([0, 1], [258, 26]);
  const curve = ({ scanned, recall }: Index): Point[] => scanned.map((each, at) => [x(each), y(recall[at]!)]);
  const here = (index: Index): Point => [x(index.scanned[probes - 1]!), y(index.recall[probes - 1]!)];
  const [one, other] = [here(flat), here(deep)];
  return panel(
    300,
    "Recall of ten neighbors, mean of 60 queries",
    beside(y, x.range, { ticks: [0, 0.25, 0.5, 0.75, 1], say: percent }),
    line([x(0), y(0)], [x(1), y(1)], "x-dots"),
    path(curve(flat), "x-line x-3"),
    path(curve(deep), "x-line x-4"),
    dot(one, 5, "x-dot x-3"),
    dot(other, 5, "x-dot x-4"),
    text(x(0.24), y(0.92), "2 dimensions", "x-name x-3 x-over"),
    text(x(0.42), y(0.62), "24 dimensions", "x-name x-4 x-over"),
    text(x(0.62), y(0.46), "at random", "x-over"),
    below(x, 258, { ticks: [0, 0.25, 0.5, 0.75, 1], say: percent, name: "vectors compared" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { probes, query }) => [map(numbers, query), curves(numbers, probes)],
  read: ({ flat, deep, found, compared }, { probes }) =>
    `With ${counted(probes, "probe")}, this query compares ${compared} of ${flat.vectors.length} vectors and finds ${found.length} of its ten neighbors; ` +
    `on average recall is ${percent(flat.recall[probes - 1]!)} in 2 dimensions and ${percent(deep.recall[probes - 1]!)} in 24.`,
});
