/** Catalogues to plan from: the real one, and synthetic ones of every shape that the guide could take. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Guide } from "../../overrides/app/core/plan/plan.ts";
import type { Allocation, Catalogue, Importance, Item } from "../../overrides/app/core/plan/types.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Published {
  readonly catalogue: Catalogue;
  readonly allocation: Allocation;
}

let published: Published | null = null;

/** What the library publishes from the content of this repository. */
export function real(): Guide {
  if (published === null) {
    const beside = `${ROOT}.venv/bin/python`;
    const program = [
      "import json, sys, pathlib",
      "from guide.read.load import load",
      "from guide.publish.data import catalogue_data",
      "from guide.read.allocation import allocation_data, read_allocation",
      "root = pathlib.Path('.')",
      "catalogue, _ = load(root)",
      "allocation, problems = read_allocation(root)",
      "assert allocation is not None, problems",
      "data = {'catalogue': catalogue_data(catalogue), 'allocation': allocation_data(allocation, catalogue)}",
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
