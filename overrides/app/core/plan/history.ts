/**
 * What the reader's ticks say: which pages were read and how far, which questions drilled, which times of what is
 * repeated are over.
 *
 * A piece of work is a *unit*: `read:page`, `design:case`, `story:activity:2` for its second time. Of each unit it is
 * known which minutes are done, so that what is left can be told from what was done, in whatever order it was ticked.
 *
 * Ticks outlive the guide that they were made with, so ids go through the aliases of the catalogue: a renamed chapter is
 * still read, and something that is gone is simply not counted.
 */
import { dayNumber } from "./calendar.ts";
import type { Catalogue, Item, Portion, Progress, Tick } from "./types.ts";

export interface Index {
  readonly items: ReadonlyMap<string, Item>;
  /** The id that something has now; "" when it is not in the catalogue. */
  resolve(id: string): string;
}

export function indexed(catalogue: Catalogue): Index {
  const items = new Map<string, Item>();
  const aliases = new Map<string, string>();
  for (const item of catalogue.items) if (!items.has(item.id)) items.set(item.id, item);
  for (const item of items.values())
    for (const alias of item.aliases ?? []) if (!items.has(alias) && !aliases.has(alias)) aliases.set(alias, item.id);
  const resolve = (id: string): string => {
    if (items.has(id)) return id;
    const direct = aliases.get(id);
    if (direct !== undefined) return direct;
    // A question of a page that has moved: `old-page#question`.
    const hash = id.indexOf("#");
    if (hash < 0) return "";
    const page = aliases.get(id.slice(0, hash));
    if (page === undefined) return "";
    const moved = page + id.slice(hash);
    return items.has(moved) ? moved : (aliases.get(moved) ?? "");
  };
  return { items, resolve };
}

/** The address of the best place there is for something that has no page of its own; "" when there is none. */
export function placeOf(pages: readonly string[], index: Index): string {
  for (const reference of pages) {
    const [id = "", anchor] = reference.split("#");
    const url = index.items.get(index.resolve(id))?.url;
    if (url !== undefined) return anchor === undefined ? url : `${url}#${anchor}`;
  }
  return "";
}

export type Span = readonly [number, number];

export interface History {
  /** Whether something was ticked under this id. */
  has(id: string): boolean;
  /** The minutes of a unit of this length that are not done yet, in order. */
  open(unit: string, minutes: number): readonly Span[];
  /** In how many sessions a part of a unit was done. */
  begun(unit: string): number;
  /** Whether the short version of a page was read. */
  skimmed(page: string): boolean;
  drilled(question: string): boolean;
  /** Times of an activity that were begun, and the day of the last (null = never). */
  times(activity: string): { readonly numbers: ReadonlySet<number>; readonly last: number | null };
  /** On which day a page was met first, the days on which it came back since, and for which times. */
  seen(page: string): { readonly first: number | null; readonly back: readonly number[]; readonly times: ReadonlySet<number> };
  /** Round pages whose list for the day of this interview was looked at. */
  listed(interview: string): ReadonlySet<string>;
  /** Minutes done for a round since the plan was begun. */
  paid(round: string): number;
  /** Minutes done on a day. */
  on(day: number): number;
}

interface Met {
  first: number | null;
  readonly back: number[];
  readonly times: Set<number>;
  /** Times it came back that nobody counted. */
  uncounted: number;
}

/** The lists for the day of an interview. */
export function listsId(interview: string): string {
  return `review:on-the-day:${interview}`;
}

export function recall(progress: Progress, index: Index): History {
  const ids = new Set<string>();
  const portions = new Map<string, (Portion | null)[]>();
  const skimmed = new Set<string>();
  const drilled = new Set<string>();
  const activities = new Map<string, { numbers: Set<number>; uncounted: number; last: number | null }>();
  const met = new Map<string, Met>();
  const paid = new Map<string, number>();
  const onDay = new Map<number, number>();
  const since = dayNumber(progress.since);
  const meeting = (page: string): Met => {
    const found = met.get(page) ?? { first: null, back: [], times: new Set<number>(), uncounted: 0 };
    met.set(page, found);
    return found;
  };
  const done = (unit: string, tick: Tick): void => {
    portions.set(unit, [...(portions.get(unit) ?? []), tick.portion ?? null]);
  };
  for (const tick of progress.ticks) {
    const day = dayNumber(tick.date);
    ids.add(tick.id);
    if (day === null) continue;
    if (tick.minutes > 0) onDay.set(day, (onDay.get(day) ?? 0) + tick.minutes);
    if (tick.minutes > 0 && since !== null && day >= since)
      paid.set(tick.round, (paid.get(tick.round) ?? 0) + tick.minutes);
    const again = (page: string): Met => {
      const found = meeting(page);
      if (!found.back.includes(day)) found.back.push(day);
      return found;
    };
    tick.items.forEach((id, at) => {
      const known = index.resolve(id);
      const time = tick.times?.[at];
      if (known === "") {
        const before = activities.get(id) ?? { numbers: new Set<number>(), uncounted: 0, last: null };
        if (time === undefined) before.uncounted += 1;
        else {
          before.numbers.add(time);
          done(`${tick.kind}:${id}:${time}`, tick);
        }
        before.last = Math.max(before.last ?? day, day);
        activities.set(id, before);
        return;
      }
      const item = index.items.get(known);
      const question = item?.kind === "question";
      const page = question ? (item.page ?? "") : known;
      if (tick.kind === "drill") {
        if (question) drilled.add(known);
        else skimmed.add(known);
        const found = again(page);
        found.first = Math.min(found.first ?? day, day);
      } else if (tick.kind === "review") {
        const found = again(page);
        if (time === undefined) found.uncounted += 1;
        else found.times.add(time);
      } else if (tick.kind === "read" && tick.skim) {
        skimmed.add(known);
      } else {
        done(`${tick.kind}:${known}`, tick);
        if (tick.kind === "design") again(page);
        if (tick.kind === "read") {
          const found = meeting(known);
          found.first = Math.min(found.first ?? day, day);
        }
      }
    });
  }
  for (const question of progress.drills?.asked ?? []) drilled.add(index.resolve(question));
  for (const { back } of met.values()) back.sort((a, b) => a - b);
  // What was done so often without a number was done the first times that have none.
  for (const found of met.values()) count(found.times, found.uncounted);
  for (const found of activities.values()) count(found.numbers, found.uncounted);
  return {
    has: (id) => ids.has(id),
    open: (unit, minutes) => open(portions.get(unit) ?? [], minutes),
    begun: (unit) => portions.get(unit)?.length ?? 0,
    skimmed: (page) => skimmed.has(page),
    drilled: (question) => drilled.has(question),
    times: (activity) => activities.get(activity) ?? { numbers: NO_NUMBERS, last: null },
    seen: (page) => met.get(page) ?? { first: null, back: [], times: NO_NUMBERS },
    listed: (interview) => listed(progress.ticks, interview),
    paid: (round) => paid.get(round) ?? 0,
    on: (day) => onDay.get(day) ?? 0,
  };
}

const NO_NUMBERS: ReadonlySet<number> = new Set();

function count(numbers: Set<number>, more: number): void {
  for (let at = 0; at < more; at += 1) numbers.add(free(numbers, 1)[0] as number);
}

/** So many of the smallest numbers from 1 on that are not taken. */
export function free(taken: ReadonlySet<number>, count: number): number[] {
  const found: number[] = [];
  for (let number = 1; found.length < count; number += 1) if (!taken.has(number)) found.push(number);
  return found;
}

function listed(ticks: readonly Tick[], interview: string): Set<string> {
  const own = listsId(interview);
  return new Set(ticks.filter(({ id }) => id === own || id.startsWith(`${own}:`)).flatMap((tick) => tick.items));
}

function open(portions: readonly (Portion | null)[], minutes: number): readonly Span[] {
  let left: Span[] = [[0, minutes]];
  let uncounted = 0;
  for (const portion of portions) {
    if (portion === null) return [];
    const { of } = portion;
    for (const [from, to] of portion.spans) {
      if (of > 0) left = without(left, Math.round((from * minutes) / of), Math.round((to * minutes) / of));
      else uncounted += to - from;
    }
  }
  return uncounted > 0 ? cut(left, uncounted)[1] : left;
}

function without(spans: readonly Span[], from: number, to: number): Span[] {
  return spans.flatMap(([a, b]): Span[] => {
    if (to <= a || from >= b) return [[a, b]];
    const rest: Span[] = [];
    if (from > a) rest.push([a, from]);
    if (to < b) rest.push([to, b]);
    return rest;
  });
}

export function length(spans: readonly Span[]): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** The first minutes of spans, and what is left of them. */
export function cut(spans: readonly Span[], minutes: number): readonly [Span[], Span[]] {
  const first: Span[] = [];
  const rest: Span[] = [];
  let left = minutes;
  for (const [from, to] of spans) {
    const part = Math.max(0, Math.min(left, to - from));
    if (part > 0) first.push([from, from + part]);
    if (from + part < to) rest.push([from + part, to]);
    left -= part;
  }
  return [first, rest];
}
