/**
 * How long a test runs, and what looking at it on the way costs.
 *
 * The size is the chapter's formula, 2 (z₁ + z₂)² p (1 − p) / δ² users in each group. The looks are simulated: five
 * thousand tests of a change that does nothing, each stopped at the first |z| above 1.96.
 */
import type { VNode } from "preact";
import { explorable, slider } from "../core/explore/kinds.ts";
import { below, beside, dot, line, linear, logarithmic, panel, path, text, WIDTH } from "../core/explore/plot.ts";
import { normals, seeded } from "../core/explore/random.ts";
import { count, counted, fixed, percent, share } from "../core/explore/say.ts";
import { normalQuantile } from "../core/explore/statistics.ts";

const LIFTS = [0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3];
const CUT = normalQuantile(0.975);
const TESTS = 5000;
const SHOWN = 30;

const controls = {
  base: slider("Conversion", [0.005, 0.01, 0.02, 0.04, 0.1, 0.2, 0.4], 0.04, share),
  lift: slider("Lift to be found", LIFTS, 0.05, share),
  power: slider("Power", [0.5, 0.7, 0.8, 0.9, 0.95], 0.8, share),
  users: slider("Users a day", [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 1_000_000], 20_000, count),
  looks: slider("Looks at the result", [1, 2, 3, 5, 7, 10, 14, 20, 30, 50], 10, count),
};

interface Walks {
  /** The z of each look, for the first few tests. */
  readonly shown: readonly (readonly number[])[];
  readonly alarms: number;
}

interface Numbers extends Walks {
  readonly size: number;
  readonly days: number;
}

function sizeFor(base: number, lift: number, power: number): number {
  return (2 * (CUT + normalQuantile(power)) ** 2 * base * (1 - base)) / (base * lift) ** 2;
}

const walked = new Map<number, Walks>();

function walks(looks: number): Walks {
  const known = walked.get(looks);
  if (known) return known;
  const normal = normals(seeded(20));
  const shown: number[][] = [];
  let alarms = 0;
  for (let test = 0; test < TESTS; test += 1) {
    let sum = 0;
    const path = Array.from({ length: looks }, (_, look) => (sum += normal()) / Math.sqrt(look + 1));
    if (path.some((z) => Math.abs(z) > CUT)) alarms += 1;
    if (test < SHOWN) shown.push(path);
  }
  const found = { shown, alarms: alarms / TESTS };
  walked.set(looks, found);
  return found;
}

function compute({ base, lift, power, users, looks }: Record<keyof typeof controls, number>): Numbers {
  const size = sizeFor(base, lift, power);
  return { size, days: Math.ceil((2 * size) / users), ...walks(looks) };
}

function sizes(base: number, lift: number, power: number, size: number): VNode {
  const x = logarithmic([0.01, 0.3], [50, WIDTH - 6]);
  const all = LIFTS.map((each) => sizeFor(base, each, power));
  const y = logarithmic([Math.min(...all) / 1.5, Math.max(...all) * 1.5], [160, 24]);
  const ticks = [100, 1000, 10_000, 100_000, 1e6, 1e7, 1e8].filter((tick) => y(tick) > 20 && y(tick) < 162);
  const said = (value: number): string => (value >= 1e6 ? `${value / 1e6}M` : value >= 1000 ? `${value / 1000}k` : `${value}`);
  const right = x(lift) > 200;
  return panel(
    196,
    "Users in each group",
    beside(y, x.range, { ticks, say: said }),
    path(LIFTS.map((each, at) => [x(each), y(all[at] ?? 1)] as const), "x-line x-1"),
    line([x(lift), y(size)], [x(lift), 160], "x-dots"),
    dot([x(lift), y(size)], 4.5, "x-dot x-1"),
    text(x(lift) + (right ? -8 : 8), y(size) + (right ? 14 : -6), count(size), `x-name x-1 x-over ${right ? "x-end" : ""}`),
    below(x, 160, { ticks: [0.01, 0.02, 0.05, 0.1, 0.3], say: share, name: "relative lift" }),
  );
}

function peeks({ shown, alarms }: Walks, looks: number): VNode {
  const x = linear([1, Math.max(2, looks)], [38, WIDTH - 8]);
  const y = linear([-3.6, 3.6], [160, 24]);
  const crosses = (walk: readonly number[]): number => walk.findIndex((z) => Math.abs(z) > CUT);
  const sorted = [...shown].sort((one, other) => Number(crosses(one) >= 0) - Number(crosses(other) >= 0));
  const clipped = (z: number): number => y(Math.max(-3.6, Math.min(3.6, z)));
  const draw = (walk: readonly number[]): (VNode | null)[] => {
    const at = crosses(walk);
    const kind = at < 0 ? "x-thin x-8" : "x-line x-thinner x-2";
    const stop = at < 0 ? walk.length : at + 1;
    const points = walk.slice(0, stop).map((z, look) => [x(look + 1), clipped(z)] as const);
    return [path(points, kind), at >= 0 || looks === 1 ? dot(points.at(-1) ?? [0, 0], 2.4, at < 0 ? "x-fill x-8" : "x-fill x-2") : null];
  };
  const every = [1, 2, 5, 10].find((step) => looks / step <= 6) ?? 10;
  const ticks = Array.from({ length: Math.floor(looks / every) }, (_, at) => (at + 1) * every);
  return panel(
    196,
    `${SHOWN} tests of a change that does nothing`,
    beside(y, x.range, { ticks: [-CUT, 0, CUT], say: (value) => (value ? fixed(2)(value) : "z = 0") }),
    ...sorted.flatMap(draw),
    line([38, y(CUT)], [WIDTH - 8, y(CUT)], "x-mark"),
    line([38, y(-CUT)], [WIDTH - 8, y(-CUT)], "x-mark"),
    text(WIDTH - 8, 36, `stopped as “significant”: ${percent(alarms)}`, "x-name x-2 x-end x-over"),
    below(x, 160, { ticks: ticks[0] === 1 ? ticks : [1, ...ticks], name: looks === 1 ? "one look, at the end" : "look" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, { base, lift, power, looks }) => [sizes(base, lift, power, numbers.size), peeks(numbers, looks)],
  read: ({ size, days, alarms }, { looks }) =>
    `You need ${count(size)} users in each group, which takes ${counted(days, "day")}; ` +
    (looks === 1
      ? `looked at once, at the end, a change that does nothing is called significant in ${percent(alarms)} of tests.`
      : `looked at ${looks} times and stopped at the first p < 0.05, a change that does nothing is called significant in ${percent(alarms)} of tests.`),
});
