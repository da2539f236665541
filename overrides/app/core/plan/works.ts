/**
 * Catalogue → works: the pieces that a plan can be made of, each with its minutes, its worth, what must come before it
 * and the rounds that may pay for it.
 *
 * What a piece is worth. `importance × level × need × field × √(minutes / 20)`:
 * - importance: core 1, common 0.6, occasional 0.3;
 * - level: expected at the reader's level or below 1 (a little less the further below), one above 0.45, two above 0.15;
 * - need: an area marked weak 1.4, strong 0.5;
 * - field: the weights of docs/plan/allocation.yml (speciality, role);
 * - the root: twice as long is worth more, not twice as much.
 * The kind of work counts too: designing aloud and code from scratch are what the rounds ask for, so they are worth more
 * than reading about it.
 *
 * A chapter is two works: skimming it ("In short" and the mistakes), and reading all of it on top of that. Understanding
 * comes before question lists, so a skim is worth a fifth of the chapter; with only a few days left it is worth half,
 * since then a reader refreshes and does not learn. In an area marked strong a skim gives most of it.
 */
import type { History, Index } from "./history.ts";
import { applies } from "./shares.ts";
import type { Activity, Allocation, Catalogue, Importance, Item, Kind, LeftReason, Settings } from "./types.ts";

/** A session is at most this long; longer works are split. */
export const SESSION = 60;
/** A page that was read comes back for this long. */
export const COMEBACK = 5;
/** A question, said aloud, with its follow-ups. */
export const QUESTION = 3;
const GROUP = 8;
const DESIGN = 45;
/** Below this a chapter is too short for skimming to save anything. */
const SKIMMABLE = 12;

export interface Work {
  /** Also the id of the session, once it is planned. */
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly url: string;
  readonly text: string;
  readonly minutes: number;
  worth: number;
  /** Ids of what it is about, for the tick. */
  readonly items: readonly string[];
  /** The page or activity that it belongs to. */
  readonly subject: string;
  /** Indices of works that must be in the plan, and earlier. */
  readonly needs: number[];
  /** Rounds that may pay for it: those that it serves, */
  rounds: readonly string[];
  /** and those that need it for something else. */
  spare: readonly string[];
  /** The work whose round pays for this one too (reading on after a skim). */
  readonly follows: number | null;
  /** It should not be on the same day as what it needs. */
  readonly later: boolean;
  /** Days to the works that it needs, for what is repeated. */
  readonly every: number;
  /** The smallest part into which it may be split; 0 = it stays whole. */
  readonly grain: number;
  readonly skim: boolean;
  /** A page that is read here comes back later; its minutes contain that. */
  readonly comeback: boolean;
  /** Goes before everything else of its round. */
  readonly early: boolean;
  readonly drawback: LeftReason | null;
}

/** A work of which nothing is said yet. */
export const PLAIN: Omit<Work, "id" | "kind" | "title"> = {
  url: "",
  text: "",
  minutes: 0,
  worth: 0,
  items: [],
  subject: "",
  needs: [],
  rounds: [],
  spare: [],
  follows: null,
  later: false,
  every: 0,
  grain: 0,
  skim: false,
  comeback: false,
  early: false,
  drawback: null,
};

export interface Context {
  readonly catalogue: Catalogue;
  readonly allocation: Allocation;
  readonly settings: Settings;
  readonly index: Index;
  readonly history: History;
  /** Rounds of the loop, in the order of the catalogue. */
  readonly faced: readonly string[];
  /** Only a few days are left: refresh, do not learn. */
  readonly brief: boolean;
  /** The study days on which something new may be done, as days since 1970. */
  readonly days: readonly number[];
  /** There is a later day for what was read to come back. */
  readonly returns: boolean;
}

const IMPORTANCE: Readonly<Record<Importance, number>> = { core: 1, common: 0.6, occasional: 0.3 };
/** What an hour of each kind is worth against an hour of reading; brief = with only a few days left. */
const WORTH: Readonly<Record<string, { readonly usual: number; readonly brief: number }>> = {
  round: { usual: 2, brief: 2.5 },
  chapter: { usual: 1.15, brief: 1 },
  drill: { usual: 0.7, brief: 1.5 },
  "case-drill": { usual: 0.5, brief: 0.9 },
  notebook: { usual: 0.5, brief: 0.3 },
  code: { usual: 1, brief: 0.8 },
  debug: { usual: 0.8, brief: 0.6 },
  case: { usual: 0.9, brief: 0.8 },
  design: { usual: 1.3, brief: 1.1 },
  activity: { usual: 1.1, brief: 1.1 },
  story: { usual: 1.1, brief: 1.7 },
};
/** A page that serves no round of the loop and is only needed for another: what it is good for is counted there. */
const SUPPORT = 0.2;
const SKIM: Readonly<Record<string, number>> = { weak: 0.12, fair: 0.2, strong: 0.6 };
const SKIM_BRIEF: Readonly<Record<string, number>> = { weak: 0.4, fair: 0.5, strong: 0.75 };

/** All that could be planned for this reader, without what is done. Deterministic: catalogue order, then activities. */
export function gather(context: Context): Work[] {
  const gathering = new Gathering(context);
  for (const item of context.index.items.values()) gathering.page(item);
  gathering.questions();
  for (const activity of context.allocation.activities)
    if (activity.kind !== "mock" && activity.part !== "last-day") gathering.activity(activity);
  gathering.link();
  return gathering.works;
}

type More = Partial<Work> & { readonly rounds: readonly string[] };

class Gathering {
  readonly works: Work[] = [];
  /** The work that stands for having touched a page: its skim, its reading. */
  readonly #touch = new Map<string, number>();
  readonly #wanted = new Map<number, readonly string[]>();
  readonly #context: Context;
  readonly #levels: readonly string[];
  readonly #factors: { areas: Map<string, number>; activities: Map<string, number>; chosen: number; other: number };

  constructor(context: Context) {
    this.#context = context;
    this.#levels = Object.keys(context.allocation.names.levels);
    this.#factors = { areas: new Map(), activities: new Map(), chosen: 1, other: 1 };
    for (const weight of context.allocation.weights) {
      if (!applies(weight.when, context.settings)) continue;
      const { areas, activities } = this.#factors;
      for (const area of weight.areas) areas.set(area, (areas.get(area) ?? 1) * weight.factor);
      for (const id of weight.activities) activities.set(id, (activities.get(id) ?? 1) * weight.factor);
      if (weight.tracks === "chosen") this.#factors.chosen *= weight.factor;
      if (weight.tracks === "other") this.#factors.other *= weight.factor;
    }
  }

  // --- One function for each kind of page --------------------------------------------------------------------------

  page(item: Item): void {
    if (item.kind === "chapter") this.#chapter(item);
    else if (item.kind === "round") this.#round(item);
    else if (item.kind === "case") this.#design(item);
    else if (item.kind === "exercise") this.#exercise(item);
    else if (item.kind === "notebook") this.#single(item, "run", "notebook");
  }

  #round(item: Item): void {
    const rounds = this.#pays(item.rounds);
    if (rounds.length === 0) return;
    // What the round is and how it is judged is read whole, unless there is hardly any time at all.
    this.#reading(item, this.#worth(item, "round", true), { rounds, early: true }, this.#context.brief ? 0.7 : null, false);
  }

  #chapter(item: Item): void {
    const strength = this.#context.settings.topics[item.area ?? ""] ?? "fair";
    const share = (this.#context.brief ? SKIM_BRIEF : SKIM)[strength] ?? 0.2;
    this.#reading(item, this.#worth(item, "chapter"), { rounds: this.#pays(item.rounds) }, share, this.#context.returns);
  }

  #design(item: Item): void {
    const rounds = this.#pays(item.rounds);
    const share = this.#context.brief ? 0.6 : null;
    this.#reading(item, this.#worth(item, "case"), { rounds }, share, false);
    const left = DESIGN - this.#context.history.spent(`design:${item.id}`);
    if (left <= 2) return;
    const read = this.#touch.get(item.id);
    const needs = read === undefined ? [] : [read];
    const title = `${item.title}, aloud against the clock`;
    const worth = this.#worth({ ...item, minutes: DESIGN }, "design");
    this.#add(item, "design", left, worth, { rounds, needs, later: true, title });
  }

  /**
   * A page to read: whole, or as a skim and reading on. `share` is what of its worth a skim gives; null = read it whole.
   */
  #reading(item: Item, worth: number, more: More, share: number | null, comeback: boolean): void {
    const minutes = this.#rest(item, "read");
    if (minutes <= 2) return;
    const extra = comeback ? COMEBACK : 0;
    const skimmed = this.#context.history.skimmed(item.id);
    const begun = minutes < (item.minutes ?? 0) || skimmed;
    if (share === null || begun || minutes < SKIMMABLE) {
      // What was begun is read to its end; skimming it now would only repeat what is known.
      const rest = begun && share !== null ? worth * (1 - share) : worth;
      const whole = this.#add(item, "read", minutes + extra, rest, { ...more, comeback });
      if (whole !== null && !skimmed) this.#touch.set(item.id, whole);
      return;
    }
    const quick = Math.min(10, Math.max(5, Math.round(minutes * 0.3)));
    const skim = this.#add(item, "read", quick, worth * share, { ...more, skim: true });
    if (skim === null) return;
    this.#touch.set(item.id, skim);
    // In a hurry reading on is worth less: what is new tonight is gone tomorrow.
    const rest = worth * (1 - share) * (this.#context.brief ? 0.7 : 1);
    this.#add(item, "read", minutes - quick + extra, rest, { ...more, needs: [skim], follows: skim, comeback });
  }

  #exercise(item: Item): void {
    const coded = this.#single(item, "code", "code");
    if (!item.debug) return;
    const needs = coded === null ? [] : [coded];
    const left = (item.minutes ?? 0) - this.#context.history.spent(`debug:${item.id}`);
    const worth = this.#worth(item, "debug");
    this.#add(item, "debug", left, worth, { rounds: this.#pays(item.rounds), needs, later: true });
  }

  #single(item: Item, kind: Kind, family: string): number | null {
    const rounds = this.#pays(item.rounds);
    const index = this.#add(item, kind, this.#rest(item, kind), this.#worth(item, family), { rounds });
    if (index !== null) this.#touch.set(item.id, index);
    return index;
  }

  // --- Questions, in groups ---------------------------------------------------------------------------------------

  questions(): void {
    const byPage = new Map<string, Item[]>();
    for (const item of this.#context.index.items.values()) {
      if (item.kind !== "question" || !item.page || this.#context.history.drilled(item.id)) continue;
      if (this.#pays(item.rounds).length === 0 || this.#above(item) > 1) continue;
      const list = byPage.get(item.page) ?? [];
      list.push(item);
      byPage.set(item.page, list);
    }
    for (const [id, list] of byPage) {
      const page = this.#context.index.items.get(id);
      if (page) this.#group(page, list);
    }
  }

  #group(page: Item, questions: readonly Item[]): void {
    // The reader's own level first: that is where the follow-ups will land.
    const level = (item: Item): number => Math.abs(this.#above(item));
    const sorted = [...questions].sort((a, b) => level(a) - level(b));
    const groups = Math.ceil(sorted.length / GROUP);
    const drilled = this.#context.history.groups(page.id);
    let before = this.#touch.get(page.id);
    let from = 0;
    for (let number = 0; number < groups; number += 1) {
      const size = Math.ceil((sorted.length - from) / (groups - number));
      const group = sorted.slice(from, from + size);
      from += size;
      const minutes = group.length * QUESTION;
      // The rounds that ask most of the group: one question that another round also asks makes it no drill for that.
      const asked = group.flatMap((item) => this.#pays(item.rounds));
      const often = (round: string): number => asked.filter((one) => one === round).length;
      const most = Math.max(...this.#context.faced.map(often));
      // What a case asks is asked of its design first; for other rounds its questions come after those of chapters.
      const worth = this.#worth({ ...page, minutes }, page.kind === "case" ? "case-drill" : "drill") * 0.75 ** number;
      const count = group.length === 1 ? "One question" : `${group.length} questions`;
      // Groups follow each other on different days, so that the page comes back.
      before = this.#push({
        id: `drill:${page.id}:${drilled + number + 1}`,
        kind: "drill",
        title: `${count} on ${page.title}`,
        url: `${page.url}#questions`,
        minutes,
        worth,
        items: group.map((item) => item.id),
        subject: page.id,
        needs: before === undefined ? [] : [before],
        rounds: this.#context.faced.filter((round) => often(round) >= Math.min(most, group.length / 2)),
        later: true,
        grain: QUESTION,
        drawback: null,
      });
    }
  }

  // --- What is no page of the guide -------------------------------------------------------------------------------

  activity(activity: Activity): void {
    const rounds = this.#pays(activity.rounds);
    if (rounds.length === 0 || !fits(activity, this.#context.settings)) return;
    const done = this.#context.history.times(`activity:${activity.id}`);
    // No more often than the days that are left allow.
    let before = this.#touch.get(`activity:${activity.after ?? ""}`) ?? null;
    const first = before === null ? 0 : activity.every;
    const most = Math.min(activity.times, done.count + this.#slots(activity.every, first, done.last));
    for (let number = done.count; number < most; number += 1) {
      const kind = this.#context.brief ? "brief" : "usual";
      const worth =
        IMPORTANCE[activity.importance] *
        Math.sqrt(activity.minutes / 20) *
        (WORTH[activity.kind === "story" ? "story" : "activity"]?.[kind] ?? 1) *
        (this.#factors.activities.get(activity.id) ?? 1) *
        Math.max(0.3, 0.8 ** number);
      before = this.#push({
        id: `${activity.kind}:${activity.id}:${number + 1}`,
        kind: activity.kind,
        title: activity.title,
        url: "",
        text: activity.text,
        minutes: activity.minutes,
        worth,
        items: [`activity:${activity.id}`],
        subject: `activity:${activity.id}`,
        needs: before === null ? [] : [before],
        rounds,
        every: activity.every,
        grain: 15,
        early: activity.part === "first",
        drawback: null,
      });
      if (number === done.count) this.#touch.set(`activity:${activity.id}`, before);
    }
  }

  /** On how many of the days something can be done that needs so many days between two times. */
  #slots(every: number, wait: number, last: number | null): number {
    let next = Math.max((this.#context.days[0] ?? 0) + wait, last === null ? 0 : last + every);
    let count = 0;
    for (const day of this.#context.days) {
      if (day < next) continue;
      count += 1;
      next = day + every;
    }
    return count;
  }

  // --- Between works ----------------------------------------------------------------------------------------------

  /** Turn prerequisites into needs, and let what is needed be paid by the rounds that need it. */
  link(): void {
    const { topics } = this.#context.settings;
    for (const [index, ids] of this.#wanted) {
      const work = this.works[index] as Work;
      for (const id of ids) {
        const known = this.#context.index.resolve(id);
        const needed = this.#touch.get(known);
        const area = this.#context.index.items.get(known)?.area ?? "";
        if (needed === undefined || needed === index || topics[area] === "strong") continue;
        if (!work.needs.includes(needed)) work.needs.push(needed);
      }
    }
    // A prerequisite may be paid by the rounds of what needs it, and must be when it serves no round of this loop itself.
    const served = this.works.map((work) => new Set(work.rounds));
    const open = this.works.map((_, index) => index);
    while (open.length > 0) {
      const index = open.pop() as number;
      for (const need of this.works[index]?.needs ?? []) {
        const set = served[need] as Set<string>;
        const size = set.size;
        for (const round of served[index] as Set<string>) set.add(round);
        if (set.size > size) open.push(need);
      }
    }
    this.works.forEach((work, index) => {
      const all = this.#context.faced.filter((round) => served[index]?.has(round) ?? false);
      if (work.rounds.length === 0) {
        work.rounds = all;
        work.worth *= SUPPORT;
      }
      work.spare = all.filter((round) => !work.rounds.includes(round));
    });
  }

  #add(
    item: Item,
    kind: Kind,
    minutes: number,
    worth: number,
    more: More,
  ): number | null {
    if (minutes <= 2) return null;
    const index = this.#push({
      id: `${more.skim ? "skim" : kind}:${item.id}`,
      kind,
      title: item.title,
      url: item.url,
      minutes,
      worth,
      items: [item.id],
      subject: item.id,
      needs: [],
      grain: 10,
      drawback: this.#drawback(item),
      ...more,
    });
    this.#wanted.set(index, item.prerequisites ?? []);
    return index;
  }

  #push(work: Partial<Work> & Pick<Work, "id" | "kind" | "title" | "url" | "minutes" | "worth" | "rounds">): number {
    // Needs are added to later, so each work has a list of its own.
    this.works.push({ ...PLAIN, needs: [], ...work });
    return this.works.length - 1;
  }

  // --- Judging ----------------------------------------------------------------------------------------------------

  #pays(rounds: readonly string[] | undefined): readonly string[] {
    return this.#context.faced.filter((round) => rounds?.includes(round) ?? false);
  }

  /** Minutes that a page still takes. */
  #rest(item: Item, kind: Kind): number {
    return (item.minutes ?? 20) - this.#context.history.spent(`${kind}:${item.id}`);
  }

  /** How many levels a thing is expected above the reader's. */
  #above(item: Item): number {
    const wanted = this.#levels.indexOf(item.level ?? "");
    const own = this.#levels.indexOf(this.#context.settings.level);
    return wanted < 0 || own < 0 ? 0 : wanted - own;
  }

  #ownField(item: Item): "general" | "chosen" | "other" {
    const tracks = item.tracks ?? [];
    if (tracks.some((track) => track !== "general" && this.#context.settings.tracks.includes(track))) return "chosen";
    return tracks.length === 0 || tracks.includes("general") ? "general" : "other";
  }

  #areaOf(item: Item): string {
    if (item.area) return item.area;
    for (const id of item.prerequisites ?? []) {
      const area = this.#context.index.items.get(this.#context.index.resolve(id))?.area;
      if (area) return area;
    }
    return "";
  }

  #drawback(item: Item): LeftReason | null {
    if (this.#above(item) > 0) return "above-level";
    return this.#ownField(item) === "other" ? "other-track" : null;
  }

  #worth(item: Item, family: string, always = false): number {
    const kind = WORTH[family]?.[this.#context.brief ? "brief" : "usual"] ?? 1;
    const size = Math.sqrt(Math.max(1, item.minutes ?? 20) / 20);
    if (always) return kind * size;
    const above = this.#above(item);
    const level = above <= 0 ? Math.max(0.7, 1 + above * 0.1) : above === 1 ? 0.45 : above === 2 ? 0.15 : 0.05;
    const strength = this.#context.settings.topics[this.#areaOf(item)] ?? "fair";
    const need = strength === "weak" ? 1.4 : strength === "strong" ? 0.5 : 1;
    const field = this.#ownField(item);
    const factor = field === "chosen" ? this.#factors.chosen : field === "other" ? this.#factors.other : 1;
    const area = this.#factors.areas.get(this.#areaOf(item)) ?? 1;
    const company = item.companies?.includes(this.#context.settings.company) ? 1.15 : 1;
    return IMPORTANCE[item.importance ?? "common"] * level * need * factor * area * company * kind * size;
  }
}

export function fits(activity: Activity, settings: Settings): boolean {
  const within = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);
  return (
    within(activity.levels, settings.level) &&
    within(activity.companies, settings.company) &&
    within(activity.roles, settings.role)
  );
}
