/** Catalogues to plan from: the real one, and synthetic ones of every shape that the guide could take. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Guide } from "../../overrides/app/core/plan/usual.ts";
import type { PostingRule } from "../../overrides/app/core/posting.ts";
import type { Allocation, Catalogue, Importance, Item } from "../../overrides/app/core/plan/types.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Published {
  readonly postings: readonly PostingRule[];
  readonly catalogue: Catalogue;
  readonly allocation: Allocation;
}

let published: Published | null = null;

/** The rules that read a job posting. */
export function postingRules(): readonly PostingRule[] {
  return publish().postings;
}

/** What the library publishes from the content of this repository. */
export function real(): Guide {
  return publish();
}

function publish(): Published {
  if (published === null) {
    const beside = `${ROOT}.venv/bin/python`;
    const program = [
      "import json, sys, pathlib",
      "from guide.read.load import load",
      "from guide.publish.data import published",
      "catalogue, problems = load(pathlib.Path('.'))",
      "assert catalogue.allocation is not None, problems",
      "texts = published(catalogue)",
      "data = {name: json.loads(texts[f'data/{name}.json']) for name in ('catalogue', 'allocation', 'postings')}",
      "sys.stdout.buffer.write(json.dumps(data).encode())",
    ].join("\n");
    const output = execFileSync(existsSync(beside) ? beside : "python3", ["-c", program], {
      cwd: ROOT,
      env: { ...process.env, PYTHONPATH: "hooks" },
      maxBuffer: 100_000_000,
    });
    published = JSON.parse(output.toString("utf8")) as Published;
  }
  return published;
}

/** The real rules with other material. */
export function guideOf(items: readonly Item[]): Guide {
  const { catalogue, allocation } = real();
  return { catalogue: { ...catalogue, items }, allocation };
}

/** Numbers that look random and are the same every time. */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

const LEVELS = ["entry", "entry", "mid", "mid", "senior", "staff"];
const IMPORTANCE: readonly Importance[] = ["core", "core", "common", "common", "occasional"];
const TRACKS = ["general", "general", "general", "language", "vision", "recommendation"];

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T;
}

function questionsOf(page: Item, count: number, rounds: readonly string[]): Item[] {
  return Array.from({ length: count }, (_, number): Item => {
    return {
      id: `${page.id}#q${number}`,
      kind: "question",
      url: `${page.url}#q${number}`,
      title: `Question ${number} on ${page.title}`,
      page: page.id,
      rounds,
      level: pick(LEVELS, number),
      importance: page.importance ?? "common",
      prerequisites: [page.id],
    };
  });
}

/** A guide of about `size` items as it will be when it is written: chapters with questions, cases, code, notebooks. */
export function grown(size: number, seed = 1): Item[] {
  const { catalogue } = real();
  const next = sequence(seed);
  const items: Item[] = [];
  for (const round of catalogue.rounds) {
    const id = `rounds/${round.id}`;
    const page: Item = { id, kind: "round", url: `${id}/`, title: round.name, rounds: [round.id], minutes: 18 };
    items.push(page, ...questionsOf(page, 4, [round.id]));
  }
  const chapters: Item[] = [];
  const theory = ["ml-breadth", "ml-breadth", "phone-screen", "ml-depth", "case-study", "ml-coding", "ml-system-design"];
  while (items.length < size) {
    const number = items.length;
    const kind = next(20);
    const common = {
      level: pick(LEVELS, next(97)),
      importance: pick(IMPORTANCE, next(89)),
      tracks: [pick(TRACKS, next(83))],
      prerequisites: [...new Set(Array.from({ length: next(3) }, () => chapters[next(Math.max(1, chapters.length))]?.id ?? ""))]
        .filter((id) => id !== ""),
    };
    if (kind < 13) {
      const area = pick(catalogue.areas, next(71)).id;
      const id = `topics/${area}/chapter-${number}`;
      const rounds = [...new Set([pick(theory, next(61)), pick(theory, next(59))])];
      const page: Item = { ...common, id, kind: "chapter", url: `${id}/`, title: `Chapter ${number}`, area, rounds, minutes: 12 + next(24) };
      chapters.push(page);
      items.push(page, ...questionsOf(page, 8 + next(4), rounds));
    } else if (kind < 15) {
      const id = `system-design/cases/case-${number}`;
      const rounds = ["ml-system-design", pick(["case-study", "genai-system-design"], next(7))];
      const page: Item = { ...common, id, kind: "case", url: `${id}/`, title: `Case ${number}`, rounds, minutes: 25 + next(20) };
      items.push(page, ...questionsOf(page, 4, rounds));
    } else if (kind < 18) {
      const id = `practice/coding/exercise-${number}`;
      items.push({ ...common, id, kind: "exercise", url: `${id}/`, title: `Exercise ${number}`, rounds: ["ml-coding", "ml-debugging"], minutes: 20 + next(25), debug: next(3) === 0 });
    } else {
      const id = `notebooks/notebook-${number}`;
      items.push({ ...common, id, kind: "notebook", url: `${id}/`, title: `Notebook ${number}`, rounds: ["ml-breadth", "ml-depth"], minutes: 10 + next(15) });
    }
  }
  return items;
}

/**
 * The real guide after so many more chapters were written, each with questions: for random rounds and areas, building on
 * random pages that are there already. What holds here does not break when the guide grows.
 */
export function growing(chapters: number, seed: number): Guide {
  const { catalogue } = real();
  const next = sequence(seed);
  const known = catalogue.items.filter((item) => item.kind === "chapter").map((item) => item.id);
  const added: Item[] = [];
  for (let number = 0; number < chapters; number += 1) {
    const area = pick(catalogue.areas, next(71)).id;
    const id = `topics/${area}/written-later-${number}`;
    const rounds = [...new Set(Array.from({ length: 1 + next(4) }, () => pick(catalogue.rounds, next(97)).id))];
    const prerequisites = [...new Set(Array.from({ length: next(3) }, () => pick(known, next(9973))))];
    const page: Item = {
      id,
      kind: "chapter",
      url: `${id}/`,
      title: `Written later ${number}`,
      area,
      rounds,
      level: pick(LEVELS, next(97)),
      importance: pick(IMPORTANCE, next(89)),
      tracks: [pick(TRACKS, next(83))],
      minutes: 8 + next(24),
      short: 1 + next(3),
      prerequisites,
    };
    known.push(id);
    added.push(page, ...asked(page, 4 + next(12), rounds, page.level ?? "mid"));
  }
  return guideOf([...catalogue.items, ...added]);
}

/** Chapters that need each other in one long line. */
export function chain(length: number): Item[] {
  return Array.from({ length }, (_, number): Item => {
    const id = `topics/statistics/step-${number}`;
    const prerequisites = number === 0 ? [] : [`topics/statistics/step-${number - 1}`];
    return {
      id,
      kind: "chapter",
      url: `${id}/`,
      title: `Step ${number}`,
      area: "statistics",
      rounds: number % 7 === 6 ? ["ml-breadth"] : ["ml-breadth", "ml-depth"],
      level: "entry",
      importance: number === length - 1 ? "core" : "occasional",
      tracks: ["general"],
      minutes: 15 + (number % 4) * 10,
      prerequisites,
    };
  });
}

// --- A guide of full size -----------------------------------------------------------------------------------------------

/** Area → chapters; `!` core and asked of everybody from entry level, `+` core from mid level, `-` occasional. */
const CHAPTERS: Readonly<Record<string, string>> = {
  mathematics: "!probability !linear-algebra",
  statistics: "!hypothesis-testing !ab-testing causal-inference -bayesian-methods",
  "classical-ml":
    "!linear-regression !logistic-regression !regularization !trees-and-forests +gradient-boosting !clustering " +
    "!dimensionality-reduction svm-and-kernels anomaly-detection",
  "model-evaluation": "!bias-variance !classification-metrics !validation-and-leakage !losses calibration interpretability error-analysis",
  "data-and-features": "!imbalanced-data !feature-engineering labels-and-annotation",
  "deep-learning": "!neural-networks !backpropagation +optimizers +initialization-and-normalization transfer-and-fine-tuning -graph-networks",
  "language-models": "+attention-and-transformers +retrieval-augmented-generation tokenization alignment",
  vision: "object-detection",
  recommendation: "+collaborative-filtering +learning-to-rank",
  sequences: "forecasting -hidden-markov -event-sequences",
  "reinforcement-learning": "-rl-in-practice",
  "production-ml": "+monitoring-and-drift deployment-and-serving",
  "coding-foundations": "-concurrency",
};
const TRACK_OF: Readonly<Record<string, string>> = {
  alignment: "language",
  tokenization: "language",
  "object-detection": "vision",
  "learning-to-rank": "recommendation",
  "event-sequences": "forecasting",
  "rl-in-practice": "reinforcement",
};
const PREREQUISITES: Readonly<Record<string, readonly string[]>> = {
  "logistic-regression": ["classical-ml/linear-regression"],
  regularization: ["model-evaluation/bias-variance"],
  "gradient-boosting": ["classical-ml/trees-and-forests"],
  "imbalanced-data": ["model-evaluation/classification-metrics"],
  calibration: ["model-evaluation/classification-metrics"],
  "ab-testing": ["statistics/hypothesis-testing"],
  backpropagation: ["deep-learning/neural-networks"],
  optimizers: ["deep-learning/backpropagation"],
  "attention-and-transformers": ["deep-learning/neural-networks"],
  alignment: ["language-models/attention-and-transformers"],
  "learning-to-rank": ["recommendation/collaborative-filtering"],
};
const ASKED = ["explain", "compare", "recall", "compute", "diagnose", "derive", "explain", "find-the-bug", "compare", "recall", "diagnose", "estimate"];
const TAKES: Readonly<Record<string, number>> = { recall: 3, explain: 5, compare: 5, compute: 6, diagnose: 5, derive: 8, "find-the-bug": 6, estimate: 6 };

function asked(page: Item, count: number, rounds: readonly string[], level: string): Item[] {
  return Array.from({ length: count }, (_, at): Item => {
    const own = at % 4 === 3 ? (level === "entry" ? "mid" : "senior") : level;
    return {
      id: `${page.id}#q${at}`,
      kind: "question",
      url: `${page.url}#q${at}`,
      title: `Question ${at} on ${page.title}`,
      page: page.id,
      rounds,
      level: own,
      importance: page.importance ?? "common",
      tracks: page.tracks ?? ["general"],
      minutes: TAKES[pick(ASKED, at)] ?? 5,
      phrasing: at % 5 === 4 ? "indirect" : "direct",
      prerequisites: [page.id],
    };
  });
}

/** 15 rounds, 45 chapters (18 core from entry level), 39 cases, 40 exercises, 24 notebooks, 606 questions. */
export function full(): Item[] {
  const items: Item[] = [];
  const add = (page: Item, count: number, rounds: readonly string[], level = page.level ?? "mid"): void => {
    items.push(page, ...asked(page, count, rounds, level));
  };
  for (const { id: round, name } of real().catalogue.rounds) {
    const id = `rounds/${round}`;
    add({ id, kind: "round", url: `${id}/`, title: name, rounds: [round], minutes: 20, short: 2 }, 4, [round]);
  }
  const chapters: Item[] = [];
  for (const [area, list] of Object.entries(CHAPTERS))
    for (const word of list.split(" ")) {
      const slug = word.replace(/^[!+-]/, "");
      const importance = /^[!+]/.test(word) ? "core" : word.startsWith("-") ? "occasional" : "common";
      const level = word.startsWith("!") ? "entry" : importance === "occasional" ? "senior" : "mid";
      const at = chapters.length;
      const minutes = { core: 20 + (at % 3) * 4, common: 16 + (at % 2) * 3, occasional: 12 }[importance];
      const rounds = ["ml-breadth", "phone-screen", "ml-depth"];
      if (["recommendation", "production-ml", "data-and-features"].includes(area)) rounds.push("ml-system-design");
      if (["statistics", "model-evaluation"].includes(area)) rounds.push("case-study");
      if (area === "language-models") rounds.push("genai-system-design");
      const id = `topics/${area}/${slug}`;
      const prerequisites = (PREREQUISITES[slug] ?? []).map((one) => `topics/${one}`);
      const tracks = [TRACK_OF[slug] ?? "general"];
      const page: Item = { id, kind: "chapter", url: `${id}/`, title: slug, area, rounds, level, importance, tracks, minutes, short: 2, prerequisites };
      chapters.push(page);
      add(page, { core: 12, common: 9, occasional: 6 }[importance], rounds);
    }
  for (let at = 0; at < 39; at += 1) {
    const id = `system-design/cases/case-${at}`;
    const rounds = at % 4 === 3 ? ["genai-system-design"] : ["ml-system-design", "case-study"];
    const importance = pick<Importance>(["core", "common", "common", "occasional"], at);
    const page: Item = { id, kind: "case", url: `${id}/`, title: `Case ${at}`, rounds, level: "mid", importance, tracks: ["general"], minutes: 26 + (at % 3) * 3, short: 2 };
    add(page, at < 3 ? 3 : 2, rounds);
  }
  for (let at = 0; at < 40; at += 1) {
    const id = `practice/coding/exercise-${at}`;
    const importance = pick<Importance>(["core", "common", "common"], at);
    items.push({ id, kind: "exercise", url: `${id}/`, title: `Exercise ${at}`, rounds: ["ml-coding", "ml-debugging", "phone-screen"], level: pick(["entry", "mid"], at), importance, tracks: ["general"], minutes: 20 + (at % 4) * 5, debug: at % 3 === 0 });
  }
  for (let at = 0; at < 24; at += 1) {
    const id = `notebooks/notebook-${at}`;
    items.push({ id, kind: "notebook", url: `${id}/`, title: `Notebook ${at}`, rounds: ["ml-breadth", "ml-depth"], level: "mid", importance: "common", tracks: ["general"], minutes: 12 + (at % 3) * 3, prerequisites: [pick(chapters, at * 7).id] });
  }
  return items;
}
