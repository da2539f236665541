/**
 * What to ask today: first what is due, then what is new, within what a reader takes on in a day.
 *
 * - What is due comes by need: first what has still to be seen before the interview, what was wrong or had points
 *   missing, what is overdue longest.
 * - Of what is asked for the interview's sake, each day takes its part, so that it is not all left to the eve.
 * - New questions come at a rate that lets all of them be met in time, and no faster than the days that are left can bring
 *   them back once more. On the eve nothing new is learned.
 * - Questions of one page do not follow each other where that can be helped.
 *
 * A pure function of what is known and of the day: the same everywhere.
 */
import { due, owed, WINDOW } from "./due.ts";
import type { Memory } from "./memory.ts";

/** A question that may be asked, in the order in which new ones are met. */
export interface Card {
  readonly id: string;
  readonly page: string;
}

export interface Limits {
  /** Questions on one day, new ones among them. */
  readonly most: number;
  /** New questions on one day. */
  readonly fresh: number;
}

export interface Asked {
  readonly cards: readonly Card[];
  readonly memories: ReadonlyMap<string, Memory>;
  readonly today: number;
  /** The day of the interview; null when there is none ahead. */
  readonly interview: number | null;
  readonly limits: Limits;
  /** Everything that is known to be learned counts towards the interview, whatever part of it is asked now. */
  readonly all?: ReadonlyMap<string, Memory>;
}

export interface Queue {
  readonly due: readonly string[];
  readonly fresh: readonly string[];
  /** Due today and beyond the limit of the day. */
  readonly beyond: number;
  /** Questions among these that were never asked. */
  readonly unseen: number;
  /** The first day on which something comes back; null when nothing does. */
  readonly next: number | null;
}

/** Of the answers that the days until the interview have room for, so much may be promised. */
const PROMISED = 0.8;

export function queue({ cards, memories, today, interview, limits, all = memories }: Asked): Queue {
  const ahead = interview !== null && interview > today ? interview : null;
  const pending = cards.filter(({ id }) => isPending(memories.get(id), ahead, today));
  const unseen = cards.filter(({ id }) => !memories.has(id));
  const room = Math.max(0, limits.most - answered(all, today));
  const wanted = pending.filter(({ id }) => isWanted(memories.get(id) as Memory, ahead, today));
  const lenient = pending.filter((card) => !wanted.includes(card));
  const urgent = byNeed([...wanted, ...share(lenient, memories, all, ahead, today)], memories, ahead, today);
  const taken = urgent.slice(0, room);
  const most = Math.min(room - taken.length, freshMost(all, unseen.length, ahead, today, limits));
  const later = cards.flatMap(({ id }) => {
    const memory = memories.get(id);
    return memory ? [due(memory, ahead, today).day] : [];
  });
  return {
    due: spread(taken).map(({ id }) => id),
    fresh: spread(unseen.slice(0, Math.max(0, most))).map(({ id }) => id),
    beyond: urgent.length - taken.length,
    unseen: unseen.length,
    next: later.length > 0 ? Math.max(today, Math.min(...later)) : null,
  };
}

function isPending(memory: Memory | undefined, interview: number | null, today: number): boolean {
  return memory !== undefined && due(memory, interview, today).day <= today;
}

/** Due today, and not on any day until the interview. */
function isWanted(memory: Memory, interview: number | null, today: number): boolean {
  return !due(memory, interview, today).squeezed;
}

/** Questions that were answered on a day. */
function answered(memories: ReadonlyMap<string, Memory>, day: number): number {
  let count = 0;
  for (const { last, interval } of memories.values()) if (last === day && interval > 0) count += 1;
  return count;
}

/** Today's part of what may be asked on any day until the interview, the longest unseen first. */
function share(
  cards: readonly Card[],
  memories: ReadonlyMap<string, Memory>,
  all: ReadonlyMap<string, Memory>,
  interview: number | null,
  today: number,
): readonly Card[] {
  if (interview === null || cards.length === 0) return [];
  let done = 0;
  for (const { last, days, first } of all.values()) if (last === today && days > 1 && first < today) done += 1;
  const most = Math.ceil((cards.length + done) / (interview - today)) - done;
  const last = ({ id }: Card): number => memories.get(id)?.last ?? 0;
  return [...cards].sort((a, b) => last(a) - last(b) || (a.id < b.id ? -1 : 1)).slice(0, Math.max(0, most));
}

function byNeed(cards: readonly Card[], memories: ReadonlyMap<string, Memory>, interview: number | null, today: number): Card[] {
  const rank = ({ id }: Card): readonly number[] => {
    const memory = memories.get(id) as Memory;
    const promised = interview !== null && owed(memory, interview) ? 0 : 1;
    const weak = memory.grade === 1 || memory.missed.length > 0 ? 0 : 1;
    return [promised, weak, due(memory, interview, today).day];
  };
  const ranks = new Map(cards.map((card) => [card.id, rank(card)]));
  return [...cards].sort((a, b) => {
    const [one, other] = [ranks.get(a.id) as readonly number[], ranks.get(b.id) as readonly number[]];
    for (const [at, value] of one.entries()) if (value !== other[at]) return value - (other[at] as number);
    return a.id < b.id ? -1 : 1;
  });
}

/** How many new questions today may bring. */
function freshMost(memories: ReadonlyMap<string, Memory>, unseen: number, interview: number | null, today: number, limits: Limits): number {
  let met = 0;
  for (const memory of memories.values()) if (memory.first === today) met += 1;
  const usual = limits.fresh - met;
  if (interview === null) return usual;
  const days = interview - today;
  if (days < 2) return 0;
  const pace = Math.ceil((unseen + met) / Math.max(1, days - 2)) - met;
  return Math.min(usual, Math.max(pace, 1), kept(memories, interview, today, limits.most));
}

/**
 * How many more questions can be brought back once more before the interview. Until two weeks before it, all that is
 * learned has to be seen again after that. From then on: what comes back on a day or later has to fit into the days from
 * that one on.
 */
function kept(memories: ReadonlyMap<string, Memory>, interview: number, today: number, most: number): number {
  const room = (days: number): number => Math.floor(PROMISED * days * most);
  const days = interview - today;
  if (days > WINDOW) return room(WINDOW) - memories.size;
  const coming = new Array<number>(days).fill(0);
  for (const memory of memories.values()) {
    if (!owed(memory, interview)) continue;
    const at = Math.min(days - 1, Math.max(1, due(memory, interview, today).day - today));
    coming[at] = (coming[at] as number) + 1;
  }
  // What is new today comes back by then at the latest.
  const worst = Math.min(days - 1, Math.max(2, Math.ceil(days / 3)));
  let least = Infinity;
  for (let at = days - 1, sum = 0; at >= 1; at -= 1) {
    sum += coming[at] as number;
    if (at <= worst) least = Math.min(least, room(days - at) - sum);
  }
  return least;
}

/** The same cards, with those of one page apart where that can be helped; else in their order. */
export function spread(cards: readonly Card[]): Card[] {
  const left = [...cards];
  const result: Card[] = [];
  while (left.length > 0) {
    const before = new Set(result.slice(-2).map((card) => card.page));
    const last = result[result.length - 1]?.page;
    const at = [left.findIndex((card) => !before.has(card.page)), left.findIndex((card) => card.page !== last), 0].find((one) => one >= 0) as number;
    result.push(...left.splice(at, 1));
  }
  return result;
}
