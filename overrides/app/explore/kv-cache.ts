/**
 * What a language model needs to answer: memory for weights and cache, and the most tokens a second that a step allows.
 *
 * The formulas, shapes and chips are those of the chapter on inference arithmetic. Several chips are taken as one with
 * all of their memory and bandwidth, which is what perfect tensor parallelism would give.
 */
import type { VNode } from "preact";
import { choice, explorable, slider, type Values } from "../core/explore/kinds.ts";
import { below, beside, dot, line, logarithmic, panel, path, rect, text, WIDTH, type Point } from "../core/explore/plot.ts";
import { count, counted } from "../core/explore/say.ts";

interface Shape {
  readonly name: string;
  /** Layers, width, query width, key-value width, feed-forward, vocabulary. */
  readonly sizes: readonly [number, number, number, number, number, number];
}

const MODELS: Readonly<Record<string, Shape>> = {
  "8b": { name: "Llama 3.1 8B", sizes: [32, 4096, 4096, 1024, 14336, 128256] },
  "32b": { name: "Qwen3 32B", sizes: [64, 5120, 8192, 1024, 25600, 151936] },
  "70b": { name: "Llama 3.1 70B", sizes: [80, 8192, 8192, 1024, 28672, 128256] },
  "405b": { name: "Llama 3.1 405B", sizes: [126, 16384, 16384, 1024, 53248, 128256] },
};
/** Memory in GB, bandwidth in TB/s, dense bf16 TFLOP/s. */
const CHIPS: Readonly<Record<string, readonly [string, number, number, number]>> = {
  a100: ["A100 80GB", 80, 2.04, 312],
  h100: ["H100 SXM", 80, 3.35, 989],
  h200: ["H200", 141, 4.8, 989],
  b200: ["B200", 180, 8, 2250],
};
const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

const named = (of: Readonly<Record<string, { name: string } | readonly [string, ...unknown[]]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, "name" in value ? value.name : value[0]]));

const controls = {
  model: choice("Model", named(MODELS), "8b"),
  chip: choice("Chip", named(CHIPS), "h100"),
  chips: slider("Chips", [1, 2, 4, 8, 16], 1),
  bits: slider("Bits per weight", [4, 8, 16], 16),
  context: slider("Tokens of context", [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000], 8000, count),
  batch: slider("Sequences at once", BATCHES, 32, count),
};

interface Numbers {
  readonly parameters: number;
  readonly weights: number;
  readonly cacheEach: number;
  readonly cache: number;
  readonly memory: number;
  readonly largest: number;
  /** Seconds of one step, by what it waits for. */
  readonly readWeights: number;
  readonly readCache: number;
  readonly arithmetic: number;
  readonly throughput: number;
  readonly each: number;
}

function compute(values: Values<typeof controls>): Numbers {
  const { chips, bits, context, batch } = values;
  const [layers, d, dq, dkv, f, vocabulary] = MODELS[values.model]!.sizes;
  const [, gigabytes, terabytes, teraflops] = CHIPS[values.chip]!;
  const parameters = layers * (2 * d * dq + 2 * d * dkv + 3 * d * f) + 2 * vocabulary * d;
  const weights = (parameters * bits) / 8;
  const cacheEach = 2 * layers * dkv * 2 * context;
  const memory = gigabytes * 1e9 * chips;
  const [readWeights, readCache] = [weights, batch * cacheEach].map((bytes) => bytes / (terabytes * 1e12 * chips)) as [number, number];
  const arithmetic = (2 * parameters * batch) / (teraflops * 1e12 * chips);
  const step = Math.max(readWeights + readCache, arithmetic);
  const largest = Math.max(0, Math.floor((memory - weights) / cacheEach));
  return { parameters, weights, cacheEach, cache: batch * cacheEach, memory, largest, readWeights, readCache, arithmetic, throughput: batch / step, each: 1 / step };
}

function gigabytes(bytes: number): string {
  const value = bytes / 1e9;
  return `${value < 10 ? value.toFixed(1) : count(value)} GB`;
}

function milliseconds(seconds: number): string {
  const value = seconds * 1000;
  return `${value < 10 ? value.toFixed(1) : count(value)} ms`;
}

function memory({ weights, cache, memory: whole, readWeights, readCache, arithmetic }: Numbers): VNode {
  const used = weights + cache;
  const scale = (WIDTH - 8) / Math.max(whole, used);
  const [first, second] = [4 + weights * scale, 4 + used * scale];
  const end = 4 + whole * scale;
  const longest = Math.max(readWeights, readCache, arithmetic);
  const bar = (y: number, seconds: number, name: string, kind: string): VNode[] => [
    text(4, y, name, "x-ink"),
    rect(4, y + 6, Math.max(1, (seconds / longest) * 236), 14, `x-fill ${kind}`, 2),
    text(10 + Math.max(1, (seconds / longest) * 236), y + 17, milliseconds(seconds), `x-name ${kind}`),
  ];
  return panel(
    232,
    used > whole ? `Memory: ${gigabytes(used - whole)} too little` : `Memory: ${gigabytes(whole - used)} free`,
    rect(4, 28, end - 4, 26, "x-wash x-8"),
    rect(4, 28, first - 4, 26, "x-fill x-1"),
    rect(first, 28, second - first, 26, "x-fill x-4"),
    line([end, 22], [end, 60], "x-mark"),
    text(4, 72, `weights ${gigabytes(weights)}`, "x-name x-1"),
    text(128, 72, `cache ${gigabytes(cache)}`, "x-name x-4"),
    text(WIDTH - 4, 72, `of ${gigabytes(whole)}`, "x-end"),
    text(0, 104, "What one step waits for, at least", "x-title"),
    ...bar(124, readWeights, "reading the weights", "x-1"),
    ...bar(160, readCache, "reading the cache", "x-4"),
    ...bar(196, arithmetic, "arithmetic", "x-5"),
  );
}

function speed(numbers: Numbers, values: Values<typeof controls>): VNode {
  const x = logarithmic([1, 1024], [44, WIDTH - 8]);
  const all = BATCHES.map((batch) => compute({ ...values, batch }));
  const y = logarithmic([Math.min(...all.map((each) => each.throughput)) / 1.6, Math.max(...all.map((each) => each.throughput)) * 1.8], [196, 24]);
  const ticks = [1, 10, 100, 1000, 10_000, 100_000].filter((tick) => y(tick) > 20 && y(tick) < 198);
  const limit = numbers.largest;
  const at = (one: Numbers, step: number): Point => [x(BATCHES[step]!), y(one.throughput)];
  const fits = all.flatMap((one, step) => (BATCHES[step]! <= limit ? [at(one, step)] : []));
  const edge = Math.min(Math.max(limit, 1), 1024);
  return panel(
    232,
    "Tokens per second, all sequences together",
    beside(y, x.range, { ticks, say: (value) => (value >= 1000 ? `${value / 1000}k` : String(value)) }),
    limit < 1024 ? rect(x(edge), 24, WIDTH - 8 - x(edge), 172, "x-wash x-2") : null,
    limit < 1024 ? text(WIDTH - 12, 38, limit ? `no memory beyond ${count(limit)}` : "does not fit", "x-name x-2 x-end x-over") : null,
    path(all.map(at), "x-line x-dash x-8"),
    path(fits, "x-line x-1"),
    dot([x(values.batch), y(numbers.throughput)], 5, `x-dot ${values.batch <= limit ? "x-1" : "x-2"}`),
    text(x(values.batch) + (values.batch > 20 ? -9 : 9), y(numbers.throughput) + (values.batch > 20 ? -8 : 14), count(numbers.throughput), `x-name x-1 x-over ${values.batch > 20 ? "x-end" : ""}`),
    below(x, 196, { ticks: [1, 4, 16, 64, 256, 1024], say: count, name: "sequences at once" }),
  );
}

export const figure = explorable({
  controls,
  compute,
  draw: (numbers, values) => [memory(numbers), speed(numbers, values)],
  read: ({ weights, cache, memory: whole, largest, throughput, each }, { batch, chips, chip }) => {
    const place = chips === 1 ? `one ${CHIPS[chip]![0]}` : `${chips} × ${CHIPS[chip]![0]}`;
    if (weights + cache > whole) return `Weights and cache take ${gigabytes(weights + cache)} and do not fit on ${place}: ${largest ? `${counted(largest, "sequence")} would` : "not even one sequence would"}.`;
    return `On ${place}, ${counted(batch, "sequence")} get at most ${count(each)} tokens per second each, ${count(throughput)} together, and ${count(largest)} would fit.`;
  },
});
