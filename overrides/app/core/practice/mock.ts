/**
 * Mock interviews: which set a round would have, the same set as an address that an interviewer can open, where in the round's
 * timeline the clock stands, and what a rubric came to. Pure: chance and time come in.
 */
import type { Index } from "../plan/history.ts";
import type { Activity, Item, Session } from "../plan/types.ts";
import type { Ticks } from "../plan/where.ts";
import { draw, sayable } from "./fire.ts";
import type { Mock } from "./records.ts";
import { ANY, areaOf, within } from "./scope.ts";
import type { Weigh } from "./weigh.ts";

export interface Setting {
  readonly round: string;
  readonly level: string;
  readonly minutes: number;
}

/** What is drawn: a set of a round, with a case that was asked for, whatever its level. */
export interface Wish extends Setting {
  /** Id of the case; absent = any. */
  readonly piece?: string;
}

export interface MockSet extends Setting {
  /** Ids of questions, and of a case or an exercise first, where the round has one. */
  readonly items: readonly string[];
}

/** What a round is mostly about, where that is one piece of work. */
const MAIN: Readonly<Record<string, string>> = {
  "ml-system-design": "case",
  "genai-system-design": "case",
  "system-design": "case",
  "case-study": "case",
  "ml-coding": "exercise",
  "ml-debugging": "exercise",
};
/** Minutes for a question: behavioral and project rounds dwell on each. */
const LONG = 10;
const SHORT = 5;
const SLOW: ReadonlySet<string> = new Set(["behavioral", "project-talk", "ml-depth", "take-home"]);
const [FEWEST, MOST] = [3, 12];
const BESIDE = 2;

/** What a set is drawn from. */
export interface Source {
  readonly index: Index;
  readonly levels: readonly string[];
  readonly weigh: Weigh;
  /** Numbers below 1. */
  random(): number;
}

/** Whether a round is about one case, so that one can be asked for. */
export function hasCase(round: string): boolean {
  return MAIN[round] === "case";
}

/** A set as such a round would have it, of what the level may be asked. Empty when the guide has nothing for it. */
export function drawSet({ round, level, minutes, piece = "" }: Wish, source: Source): string[] {
  const { index, levels } = source;
  const reach = levels.indexOf(level);
  const serves = (item: Item): boolean => item.rounds?.includes(round) === true;
  const fits = (item: Item): boolean => serves(item) && levels.indexOf(item.level ?? "") <= reach;
  const pieces = [...index.items.values()].filter((item) => item.kind === MAIN[round] && fits(item) && (round !== "ml-debugging" || item.debug === true));
  const wished = index.items.get(index.resolve(piece));
  const main = wished && wished.kind === MAIN[round] && serves(wished) ? wished : chosen(pieces, source);
  const questions = within({ ...ANY, round }, index).filter(fits);
  if (main?.kind === "case") {
    const all = probes(main, level, source);
    const own = all.filter(serves);
    const asked = (own.length >= BESIDE ? own : all).slice(0, BESIDE);
    return [main.id, ...(asked.length === BESIDE ? asked.map(({ id }) => id) : spread(questions, BESIDE, source))];
  }
  if (main) {
    const own = questions.filter(({ page }) => page === main.id);
    return [main.id, ...spread(own.length >= BESIDE ? own : questions, BESIDE, source)];
  }
  const slow = SLOW.has(round) ? LONG : SHORT;
  const count = Math.min(MOST, Math.max(FEWEST, Math.round(minutes / slow)));
  if (round === "ml-depth") return ladder(questions, count, source);
  const home = questions.filter(({ page }) => page === `rounds/${round}`);
  if (round === "behavioral" && home.length >= count) return spread(home, count, source);
  return spread(round === "ml-breadth" ? questions.filter(({ questionKind = "" }) => sayable(questionKind, 60 * slow)) : questions, count, source);
}

/** Kinds that no design round asks once the design stands. */
const ASIDE: ReadonlySet<string> = new Set(["find-the-bug", "implement", "derive"]);

/** What an interviewer asks on about a case at a level: its own questions, the highest level first, in the order of its page. */
export function probes({ id }: Item, level: string, { index, levels }: Pick<Source, "index" | "levels">): Item[] {
  const own = within({ ...ANY, page: id }, index).filter((item) => levels.indexOf(item.level ?? "") <= levels.indexOf(level));
  const asked = own.filter(({ questionKind = "" }) => !ASIDE.has(questionKind));
  return asked.sort((a, b) => levels.indexOf(b.level ?? "") - levels.indexOf(a.level ?? ""));
}

/** A probe of the reader's own project, then a ladder of questions on one page, each a step further down. */
function ladder(questions: readonly Item[], count: number, source: Source): string[] {
  const { index } = source;
  const probe = spread(questions.filter(({ page }) => page === "rounds/ml-depth"), 1, source);
  const byPage = new Map<string, Item[]>();
  for (const item of questions) if (areaOf(item, index) !== "") byPage.set(item.page ?? "", [...(byPage.get(item.page ?? "") ?? []), item]);
  const deep = [...byPage].filter(([, own]) => own.length >= count - 1).flatMap(([page]) => index.items.get(page) ?? []);
  const page = chosen(deep, source);
  return page ? [...probe, ...(byPage.get(page.id) ?? []).slice(0, count - 1).map(({ id }) => id)] : spread(questions, count, source);
}

function spread(items: readonly Item[], count: number, { index, weigh, random }: Source): string[] {
  const targets = items.map((item) => ({ id: item.id, area: areaOf(item, index), weight: weigh({ page: item.page ?? "", level: item.level ?? "" }) }));
  return draw(targets, count, random).map(({ id }) => id);
}

/** One page by chance and weight. */
function chosen(pages: readonly Item[], { weigh, random }: Source): Item | undefined {
  const weights = pages.map(({ id, level }) => weigh({ page: id, level: level ?? "" }));
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return pages.find((_, place) => (at -= weights[place] as number) < 0) ?? pages[pages.length - 1];
}

// --- In a plan -----------------------------------------------------------------------------------------------------------

/**
 * The session of a plan that an interview of a round stands for: the first that is open, of whatever day. Which one it is, is
 * said when the interview begins, so that what is ticked meanwhile by hand is not ticked for a second session.
 */
export function bookedFor(round: string, sessions: readonly Session[], ticks: Ticks, activities: readonly Activity[]): Session | undefined {
  const fitting = new Set(activities.filter((one) => one.kind === "mock" && one.rounds.includes(round)).map(({ id }) => `activity:${id}`));
  return sessions.find(({ id, kind, items }) => kind === "mock" && !ticks.has(id) && items.some((item) => fitting.has(item)));
}

// --- As an address -------------------------------------------------------------------------------------------------------

const KEY = "interviewer";

/** What stands behind the # of the interviewer's address. */
export function encodeSet({ round, level, minutes, items }: MockSet): string {
  return new URLSearchParams({ [KEY]: round, level, minutes: String(minutes), items: items.join(",") }).toString();
}

/** The set of an address; null when it has none that this guide knows. What is gone from the guide is left out. */
export function readSet(hash: string, index: Index, rounds: readonly string[], levels: readonly string[]): MockSet | null {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const round = given.get(KEY) ?? "";
  const level = given.get("level") ?? "";
  const minutes = Number(given.get("minutes"));
  const items = (given.get("items") ?? "").split(",").slice(0, 50).map((id) => index.resolve(id)).filter((id) => id !== "");
  const fine = rounds.includes(round) && levels.includes(level) && Number.isInteger(minutes) && minutes > 0 && minutes <= 240;
  return fine && items.length > 0 ? { round, level, minutes, items } : null;
}

// --- The clock -----------------------------------------------------------------------------------------------------------

/** A part of a round, in minutes as its page gives them. */
export interface Phase {
  readonly from: number;
  readonly to: number;
  readonly said: string;
}

export interface Now {
  /** -1 before the first. */
  readonly at: number;
  /** Seconds until the part is over. */
  readonly left: number;
}

/** The part of the timeline that the clock is in, when the round is stretched or shortened to so many minutes. */
export function phaseAt(phases: readonly Phase[], minutes: number, seconds: number): Now {
  const scale = stretch(phases, minutes);
  if (scale === 0) return { at: -1, left: 0 };
  const at = phases.findLastIndex(({ from }) => from * scale <= seconds);
  const end = (phases[at]?.to ?? phases[0]?.from ?? 0) * scale;
  return { at, left: Math.max(0, Math.round(end - seconds)) };
}

/** The second at which each part begins, when the round is stretched or shortened to so many minutes. */
export function startsOf(phases: readonly Phase[], minutes: number): number[] {
  return phases.map(({ from }) => Math.round(from * stretch(phases, minutes)));
}

/** How many seconds a minute of the timeline lasts; 0 when there is none. */
function stretch(phases: readonly Phase[], minutes: number): number {
  const whole = phases[phases.length - 1]?.to ?? 0;
  return whole === 0 ? 0 : (60 * minutes) / whole;
}

/** `0–3`, as the tables of rounds write it. */
export function readSpan(text: string): readonly [number, number] | null {
  const [, from, to] = /^\s*(\d+)\s*[–-]\s*(\d+)\s*$/.exec(text) ?? [];
  return from !== undefined && to !== undefined && Number(from) < Number(to) ? [Number(from), Number(to)] : null;
}

// --- The result ----------------------------------------------------------------------------------------------------------

/** How many points of the rubric were at the level that was aimed at, or above. */
export function score({ marks, level }: Pick<Mock, "marks" | "level">, levels: readonly string[]): { readonly got: number; readonly of: number } {
  const wanted = levels.indexOf(level) + 1;
  return { got: marks.filter(({ mark }) => mark >= wanted).length, of: marks.length };
}

/** Those that were judged, the newest first; of one round, or of all ("") . */
export function judged(mocks: Iterable<Mock>, round = ""): Mock[] {
  return [...mocks].filter((one) => one.marks.length > 0 && (round === "" || one.round === round)).sort((a, b) => b.at - a.at);
}

/** The one that was begun on this day and not judged yet. */
export function underWay(mocks: Iterable<Mock>, today: string): Mock | undefined {
  return [...mocks].filter((one) => one.marks.length === 0 && one.day === today).sort((a, b) => b.at - a.at)[0];
}
