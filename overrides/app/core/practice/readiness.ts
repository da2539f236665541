/**
 * How far a reader is, by round and by area: how many questions were met, how well they sit today and would on the day of
 * the interview, what code was solved; and where most is to be gained. It says nothing of an offer: nobody could.
 *
 * Pure: the day comes in, and everything follows from what is known of each question (memory.ts).
 */
import { type Attempt, summarize } from "../attempts.ts";
import type { Index } from "../plan/history.ts";
import type { Item } from "../plan/types.ts";
import type { Agenda, Ticks } from "../plan/where.ts";
import { type Memory, retention } from "./memory.ts";
import { areaOf } from "./scope.ts";
import type { Weigh } from "./weigh.ts";

export interface Known {
  readonly memories: ReadonlyMap<string, Memory>;
  /** Days since 1970. */
  readonly today: number;
  readonly interview: number | null;
}

export interface Measure {
  readonly id: string;
  readonly questions: number;
  /** Those that were answered at least once. */
  readonly met: number;
  /** The mean chance that one that was met is remembered; null when none was. */
  readonly now: number | null;
  /** The same on the day of the interview, without any more practice; null when there is no day. */
  readonly then: number | null;
}

export interface Solved {
  readonly exercises: number;
  readonly tried: number;
  readonly passed: number;
  /** Without hints, on an empty screen. */
  readonly asInInterview: number;
}

/** A page, and how much of what could be asked of it would be missing. */
export interface Gap {
  readonly page: string;
  readonly questions: number;
  readonly met: number;
  readonly loss: number;
}

export function questionsOf(index: Index): Item[] {
  return [...index.items.values()].filter(({ kind }) => kind === "question");
}

export function measured(id: string, questions: readonly Item[], { memories, today, interview }: Known): Measure {
  const met = questions.flatMap((item) => memories.get(item.id) ?? []);
  const mean = (day: number): number | null => (met.length === 0 ? null : met.reduce((sum, one) => sum + retention(one, day), 0) / met.length);
  return { id, questions: questions.length, met: met.length, now: mean(today), then: interview === null ? null : mean(interview) };
}

/** In the order of the rounds; those without a question are left out. A question counts for every round that asks it. */
export function byRound(rounds: readonly string[], index: Index, known: Known): Measure[] {
  const all = questionsOf(index);
  const of = (round: string): Measure => measured(round, all.filter((item) => item.rounds?.includes(round)), known);
  return rounds.map(of).filter(({ questions }) => questions > 0);
}

/** In the order of the areas; what belongs to none comes last, as "". */
export function byArea(areas: readonly string[], index: Index, known: Known): Measure[] {
  const all = questionsOf(index);
  const of = (area: string): Measure => measured(area, all.filter((item) => areaOf(item, index) === area), known);
  return [...areas, ""].map(of).filter(({ questions }) => questions > 0);
}

/** Of the exercises of a round, or of all. */
export function solved(round: string, index: Index, attempts: Iterable<Attempt>): Solved {
  const summaries = summarize(attempts);
  const exercises = [...index.items.values()].filter((item) => item.kind === "exercise" && (round === "" || item.rounds?.includes(round)));
  const found = exercises.map(({ id }) => summaries.get(id));
  return {
    exercises: exercises.length,
    tried: found.filter((one) => one !== undefined).length,
    passed: found.filter((one) => one?.passed).length,
    asInInterview: found.filter((one) => one?.passedInInterview).length,
  };
}

/** What each round is worth: its part of the time of the plan. Without a plan nothing is known, and all are worth the same. */
export function weights(agenda: Agenda | undefined, ticks: Ticks): ReadonlyMap<string, number> | null {
  if (!agenda) return null;
  const minutes = new Map<string, number>();
  const ahead = agenda.sessions.filter(({ id }) => !ticks.has(id));
  const done = [...ticks.values()].filter(({ date }) => date >= agenda.since);
  for (const { round, minutes: more } of [...ahead, ...done]) if (round !== "") minutes.set(round, (minutes.get(round) ?? 0) + more);
  const whole = [...minutes.values()].reduce((sum, one) => sum + one, 0);
  return whole === 0 ? null : new Map([...minutes].map(([round, one]) => [round, one / whole]));
}

/**
 * The pages where most is to be gained, the most first. Each question counts by how likely this reader is asked it, by the
 * weight of the round that values it most, and by the chance that it would be missing on the day (or today, without a day).
 */
export function gaps(index: Index, known: Known, worth: ReadonlyMap<string, number> | null, weigh: Weigh): Gap[] {
  const found = new Map<string, { questions: number; met: number; loss: number }>();
  const day = known.interview ?? known.today;
  for (const item of questionsOf(index)) {
    const page = item.page ?? "";
    const weight = worth === null ? 1 : Math.max(0, ...(item.rounds ?? []).map((round) => worth.get(round) ?? 0));
    if (page === "" || weight === 0) continue;
    const memory = known.memories.get(item.id);
    const one = found.get(page) ?? { questions: 0, met: 0, loss: 0 };
    const asked = weigh({ page, level: item.level ?? "" });
    const missing = memory ? 1 - retention(memory, day) : 1;
    found.set(page, { questions: one.questions + 1, met: one.met + (memory ? 1 : 0), loss: one.loss + weight * asked * missing });
  }
  const all = [...found].map(([page, one]) => ({ page, ...one })).filter(({ loss }) => loss > 0);
  return all.sort((a, b) => b.loss - a.loss || (a.page < b.page ? -1 : 1));
}

/**
 * The chapters to begin with, when nothing is measured yet: of what the level is asked, first what this reader is most likely asked, then what
 * the plan gives most time to, then what most other pages build on.
 */
export function beginnings(index: Index, levels: readonly string[], worth: ReadonlyMap<string, number> | null, weigh: Weigh): string[] {
  const pages = [...index.items.values()];
  const asking = new Set(questionsOf(index).map(({ page }) => page));
  const built = new Map<string, number>();
  for (const { kind, prerequisites } of pages)
    if (kind !== "question") for (const id of prerequisites ?? []) built.set(id, (built.get(id) ?? 0) + 1);
  const weight = ({ rounds }: Item): number => (worth === null ? 1 : Math.max(0, ...(rounds ?? []).map((round) => worth.get(round) ?? 0)));
  return pages
    .filter((item) => item.kind === "chapter" && asking.has(item.id) && levels.includes(item.level ?? "") && weight(item) > 0)
    .map((item) => ({ id: item.id, by: [weigh({ page: item.id, level: "" }), weight(item), built.get(item.id) ?? 0] }))
    .sort((a, b) => a.by.map((own, at) => (b.by[at] as number) - own).find((more) => more !== 0) ?? 0)
    .map(({ id }) => id);
}
