/**
 * What the reader's ticks say: which pages were read, which questions drilled, how often each activity was done.
 *
 * Ticks outlive the guide that they were made with, so ids go through the aliases of the catalogue: a renamed chapter is
 * still read, and something that is gone is simply not counted.
 */
import { dayNumber } from "./calendar.ts";
import type { Catalogue, Item, Progress, Tick } from "./types.ts";

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

export interface History {
  /** Minutes that were spent on a piece of work, by `kind:subject`; a page that was known counts as endless. */
  spent(work: string): number;
  /** Whether a page was skimmed. */
  skimmed(page: string): boolean;
  drilled(question: string): boolean;
  /** How often an activity was done, and on which day last (null = never). */
  times(activity: string): { readonly count: number; readonly last: number | null };
  /** How many groups of questions of a page were drilled. */
  groups(page: string): number;
  /** On which day a page was read, and the days on which it came back since. */
  seen(page: string): { readonly read: number | null; readonly back: readonly number[] };
  /** How many review sessions were done. */
  readonly reviews: number;
  /** Minutes done for a round since the plan was begun. */
  paid(round: string): number;
  readonly paidRounds: readonly string[];
  /** Minutes done on a day. */
  on(day: number): number;
}

const ENDLESS = 1e9;

export function recall(progress: Progress, index: Index): History {
  const spent = new Map<string, number>();
  const skimmed = new Set<string>();
  const drilled = new Set<string>();
  const times = new Map<string, { count: number; last: number | null }>();
  const groups = new Map<string, number>();
  const read = new Map<string, number>();
  const back = new Map<string, number[]>();
  const paid = new Map<string, number>();
  const onDay = new Map<number, number>();
  let reviews = 0;
  const since = dayNumber(progress.since);
  for (const tick of progress.ticks) {
    const day = dayNumber(tick.date);
    if (day === null) continue;
    if (tick.minutes > 0) onDay.set(day, (onDay.get(day) ?? 0) + tick.minutes);
    if (tick.minutes > 0 && since !== null && day >= since)
      paid.set(tick.round, (paid.get(tick.round) ?? 0) + tick.minutes);
    if (tick.kind === "review") reviews += 1;
    for (const id of tick.items) {
      const known = index.resolve(id);
      if (known === "") {
        const before = times.get(id) ?? { count: 0, last: null };
        times.set(id, { count: before.count + 1, last: Math.max(before.last ?? day, day) });
        continue;
      }
      const item = index.items.get(known);
      const page = item?.kind === "question" ? (item.page ?? "") : known;
      if (tick.kind === "drill") drilled.add(known);
      if (tick.kind === "review" || tick.kind === "drill" || tick.kind === "design") {
        const days = back.get(page) ?? [];
        if (!days.includes(day)) days.push(day);
        back.set(page, days);
      } else if (tick.kind === "read" && tick.skim) {
        skimmed.add(known);
      } else {
        const key = `${tick.kind}:${known}`;
        spent.set(key, (spent.get(key) ?? 0) + (tick.minutes > 0 ? tick.minutes : ENDLESS));
        if (tick.kind === "read" && !read.has(known)) read.set(known, day);
      }
      if (tick.kind === "design") spent.set(`design:${known}`, (spent.get(`design:${known}`) ?? 0) + tick.minutes);
    }
    if (tick.kind === "drill") {
      const page = index.items.get(index.resolve(tick.items[0] ?? ""))?.page;
      if (page) groups.set(page, (groups.get(page) ?? 0) + 1);
    }
  }
  for (const days of back.values()) days.sort((a, b) => a - b);
  return {
    spent: (work) => spent.get(work) ?? 0,
    skimmed: (page) => skimmed.has(page),
    drilled: (question) => drilled.has(question),
    times: (activity) => times.get(activity) ?? { count: 0, last: null },
    groups: (page) => groups.get(page) ?? 0,
    seen: (page) => ({ read: read.get(page) ?? null, back: back.get(page) ?? [] }),
    reviews,
    paid: (round) => paid.get(round) ?? 0,
    paidRounds: [...paid.keys()],
    on: (day) => onDay.get(day) ?? 0,
  };
}

/** A tick that says that a page was known before the plan: no minutes, so it pays for no share. */
export function knownTick(item: Item, date: string): Tick {
  return { id: `read:${item.id}`, date, kind: "read", title: item.title, minutes: 0, round: "", items: [item.id] };
}
