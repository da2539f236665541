/**
 * Catalogue → works: the pieces that a plan can be made of, each with its minutes, its worth, what must come before it
 * and the rounds that may pay for it.
 *
 * A chapter is covered, then read, then drilled on, and each step is worth less a minute than the one before:
 * 1. its short version and its three best questions, in one sitting (the *cover*);
 * 2. all of it, with four or five more questions within two days: what is read and not recalled does not stay, so the
 *    reading is never planned without its *companion*;
 * 3. the questions that are left, in groups on different days.
 * With time to read (docs/plan/allocation.yml, `thorough`) a core chapter is read first, and its three best questions are
 * the companion. So is the framework of designs, always: nothing is designed aloud before that is read.
 * With only a few days left the short versions stand apart, so that many of them can be looked at in one evening.
 *
 * What a piece is worth: `value × importance × level × need × field × often`, in points.
 * - value: what a session of this kind adds to what can be answered on the day (docs/plan/allocation.yml, `values`);
 * - importance: core 1, common 0.5, occasional 0.2;
 * - level: expected at the reader's level or below 1, one above 0.45, two above 0.15;
 * - need: an area marked weak 1.4, strong 0.5;
 * - field: the weights of docs/plan/allocation.yml (speciality, role);
 * - often: what several rounds of the loop ask about, and what other pages build on, a little more.
 * A longer page is worth more than a short one, by the root of its length.
 */
import { type History, type Index, length, placeOf, type Span } from "./history.ts";
import { applies } from "./shares.ts";
import { counted } from "./today.ts";
import type { Activity, Allocation, Catalogue, Importance, Item, Kind, LeftReason, Settings } from "./types.ts";

/** A session is at most this long; longer works are split. */
export const SESSION = 60;
/** A page that was read comes back for this long. */
export const COMEBACK = 5;
/** A question whose minutes are not stated: saying it, comparing, its follow-ups. */
const QUESTION = 5;
/** The short version of a page whose minutes are not stated. */
const SHORT = 2;
/** A round or a case is looked over in this time before it is read. */
const GLANCE = 5;
/** Questions of a cover, of a companion, of a group. */
const FIRST = 3;
const COMPANION = 5;
const GROUP = 5;
/** Questions in one sitting take at most this long. */
const SITTING = 30;
const DESIGN = 45;

/** Why something is worth little to this reader. */
export type Drawback = Extract<LeftReason, "above-level" | "other-track">;

export interface Work {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly url: string;
  readonly text: string;
  /** Of all that is chosen with it: its own, its companion's, its coming back. */
  readonly minutes: number;
  worth: number;
  /** Ids of what it is about, for the tick. */
  readonly items: readonly string[];
  /** The page or activity that it belongs to. */
  readonly subject: string;
  /** Indices of works that must be in the plan, and earlier. */
  readonly needs: number[];
  /** Indices of works that come earlier if they are in the plan. */
  readonly prefers: readonly number[];
  /** Rounds that may pay for it: those that it serves, */
  rounds: readonly string[];
  /** and those that need it for something else. */
  spare: readonly string[];
  /** It serves no round of the loop and is planned only with what needs it. */
  support: boolean;
  /** The work whose round pays for this one too, and that is done in one sitting with it. */
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
  /** Questions that follow within two days; its minutes contain theirs. */
  readonly companion: Work | null;
  /** Goes before the rest of its round: 2 at once, 1 next. */
  readonly early: 0 | 1 | 2;
  /** Not later than this day (days since 1970). */
  readonly latest: number;
  readonly drawback: Drawback | null;
  /** What is done in parts: its unit in the history, the minutes of it that are open, of how many, parts done before. */
  readonly unit: string;
  readonly open: readonly Span[];
  readonly of: number;
  readonly begun: number;
  /** Which time it is, of what is done several times; 0 = it is done once. */
  readonly time: number;
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
  prefers: [],
  rounds: [],
  spare: [],
  support: false,
  follows: null,
  later: false,
  every: 0,
  grain: 0,
  skim: false,
  comeback: false,
  companion: null,
  early: 0,
  latest: Infinity,
  drawback: null,
  unit: "",
  open: [],
  of: 0,
  begun: 0,
  time: 0,
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
  /** The interview is near enough for a short version by itself to last until then. */
  readonly soon: boolean;
  /** It is a week away at most. */
  readonly week: boolean;
  /** There is time to read the framework before the first design. */
  readonly framed: boolean;
  /** There is time to read the core before it is drilled. */
  readonly thorough: boolean;
  /** The study days on which something new may be done, as days since 1970. */
  readonly days: readonly number[];
  /** The day of the interview, as days since 1970. */
  readonly interview: number;
  /** The longest session that any of those days has room for. */
  readonly largest: number;
  /** There is a later day for what was read to come back. */
  readonly returns: boolean;
}

const IMPORTANCE: Readonly<Record<Importance, number>> = { core: 1, common: 0.5, occasional: 0.2 };
/** A page that serves no round of the loop and is only needed for another: what it is good for is counted there. */
const SUPPORT = 0.2;
/** Of a reading without questions, or of what an area marked strong still gains by reading. */
const UNRECALLED = 0.6;
/** What is weak is where reading all of it helps most: the short version has nothing to remind of. */
const WEAK_DEPTH = 1.4;
/** Each further group of questions of a page is worth so much of the one before. */
const FALLING = 0.85;

/** The next time of the same practice is worth so much of the time before. */
const AGAIN = 0.93;
/** The first time of what a round is practiced with comes before reading about the round. */
const FIRST_TIME = 4;

/** All that could be planned for this reader, without what is done. Deterministic: catalogue order, then activities. */
export function gather(context: Context): Work[] {
  const gathering = new Gathering(context);
  const questions = gathering.questions();
  for (const item of context.index.items.values()) gathering.page(item, questions.get(item.id) ?? []);
  for (const activity of context.allocation.activities)
    if (activity.kind !== "mock" && activity.part !== "last-day") gathering.activity(activity);
  gathering.link();
  return gathering.works;
}

/** Minutes of a question, said aloud, with its follow-ups. */
export function questionMinutes(item: Item | undefined): number {
  return Math.max(1, Math.round(item?.minutes ?? QUESTION));
}

function minutesOf(questions: readonly Item[]): number {
  return questions.reduce((sum, item) => sum + questionMinutes(item), 0);
}

type More = Partial<Work> & { readonly rounds: readonly string[] };

class Gathering {
  readonly works: Work[] = [];
  /** The work that stands for having touched a page: its short version, its reading, its code. */
  readonly #touch = new Map<string, number>();
  readonly #wanted = new Map<number, readonly string[]>();
  readonly #activities = new Map<string, number>();
  readonly #rather = new Map<number, string>();
  readonly #context: Context;
  readonly #levels: readonly string[];
  /** How many pages need a page. */
  readonly #carries = new Map<string, number>();
  readonly #factors: { areas: Map<string, number>; activities: Map<string, number>; chosen: number; other: number };

  constructor(context: Context) {
    this.#context = context;
    this.#levels = Object.keys(context.allocation.names.levels);
    this.#factors = { areas: new Map(), activities: new Map(), chosen: 1, other: 1 };
    for (const item of context.index.items.values())
      for (const need of item.kind === "question" ? [] : (item.prerequisites ?? [])) {
        const known = context.index.resolve(need);
        this.#carries.set(known, (this.#carries.get(known) ?? 0) + 1);
      }
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

  page(item: Item, questions: readonly Item[]): void {
    if (item.kind === "chapter") this.#chapter(item, questions);
    else if (item.kind === "round") this.#round(item, questions);
    else if (item.kind === "case") this.#design(item, questions);
    else if (item.kind === "exercise") this.#exercise(item, questions);
    else if (item.kind === "notebook") {
      const run = this.#whole(item, "run", "notebook", 15, { rounds: this.#pays(item.rounds) });
      this.#groups(item, questions, run, "more-questions");
    }
  }

  /** What a round is and how it is judged: looked over at once, read in full if there is time. */
  #round(item: Item, questions: readonly Item[]): void {
    const { settings } = this.#context;
    const rounds = this.#pays(item.rounds);
    if (rounds.length === 0) return;
    const open = this.#open(item, "read");
    let before: number | null = null;
    if (!this.#context.history.skimmed(item.id) && this.#context.history.begun(`read:${item.id}`) === 0 && length(open) > 2) {
      const minutes = Math.min(GLANCE, length(open));
      const sure = rounds.some((round) => settings.rounds[round] === "sure");
      const worth = this.#value("round-short") * (sure ? 1 : (this.#context.allocation.steps["certainty"]?.maybe ?? 1));
      before = this.#short(item, worth, minutes, { rounds, early: 2 });
    }
    const whole = this.#whole(item, "read", "round", 20, { rounds, needs: before === null ? [] : [before] }, true);
    const touch = before ?? whole;
    if (touch !== null) this.#touch.set(item.id, touch);
    this.#groups(item, questions, touch, "round-questions", true);
  }

  #chapter(item: Item, questions: readonly Item[]): void {
    const { history, brief, returns, settings } = this.#context;
    const rounds = this.#pays(item.rounds);
    const open = this.#open(item, "read");
    const left = length(open);
    if (left > 2 && this.#readFirst(item)) return this.#reading(item, [...questions], open);
    const touched = left <= 2 || history.skimmed(item.id) || history.begun(`read:${item.id}`) > 0;
    // The core is covered first, and what is weak in it read.
    const core = item.importance === "core" ? 1 : 0;
    const weak = settings.topics[item.area ?? ""] === "weak";
    const rest = [...questions];
    let before: number | null = null;
    if (!touched) {
      const minutes = Math.min(left, Math.max(1, Math.round(item.short ?? SHORT)));
      before = this.#short(item, this.#worth(item, "short"), minutes, { rounds, early: core });
      if (before !== null) this.#touch.set(item.id, before);
    }
    // Three questions right after the short version. Who has read the page, or drilled on it, needs no such start.
    const fresh = left > 2 && history.seen(item.id).first === null;
    const first = fresh ? this.#take(rest, FIRST, touched || brief ? 0 : Math.round(item.short ?? SHORT)) : [];
    if (first.length > 0) {
      const worth = (this.#worth(item, "first-questions") * minutesOf(first)) / (FIRST * QUESTION);
      const follows = brief ? null : before;
      const needs = before === null ? [] : [before];
      before = this.#drill(item, first, worth, { rounds: this.#asking(first), needs, follows, early: core });
    }
    if (left > 2) {
      const next = this.#take(rest, COMPANION, 0);
      const strong = settings.topics[item.area ?? ""] === "strong";
      const depth = weak ? WEAK_DEPTH : next.length === 0 || strong ? UNRECALLED : 1;
      const worth = this.#worth(item, "reading") * root(left, 25) * depth;
      const companion = next.length === 0 ? null : this.#questions(item, next, { rounds });
      const comeback = companion === null && returns;
      const minutes = left + (companion?.minutes ?? 0) + (comeback ? COMEBACK : 0);
      const needs = before === null ? [] : [before];
      // Without questions the short version is only the beginning of the reading.
      const follows = first.length === 0 ? before : null;
      const reading = this.#part(item, "read", open, { rounds, worth, minutes, needs, follows, companion, comeback, grain: 10, early: weak ? core : 0 });
      if (!this.#touch.has(item.id) && !touched) this.#touch.set(item.id, reading);
      before = reading;
    }
    this.#groups(item, rest, before, "more-questions");
  }

  /** Whether a chapter is read before anything of it is asked. */
  #readFirst(item: Item): boolean {
    const { settings, framed, thorough } = this.#context;
    if (settings.topics[item.area ?? ""] === "strong" || this.#pays(item.rounds).length === 0) return false;
    return (framed && this.#framework()[0] === item.id) || (thorough && item.importance === "core" && this.#above(item) <= 0);
  }

  /** All of a chapter, its three best questions within two days, then the others. */
  #reading(item: Item, rest: Item[], open: readonly Span[]): void {
    const { history, brief, returns } = this.#context;
    const rounds = this.#pays(item.rounds);
    const left = length(open);
    const early = this.#framework().includes(item.id) ? 2 : item.importance === "core" ? 1 : 0;
    // What is not read may still be looked over at the end.
    const touched = history.skimmed(item.id) || history.begun(`read:${item.id}`) > 0;
    if (!touched)
      this.#short(item, this.#worth(item, "short"), Math.min(left, Math.max(1, Math.round(item.short ?? SHORT))), { rounds });
    // On the only day there is, they are asked in their turn.
    const next = brief && !returns ? [] : this.#take(rest, FIRST, 0);
    const companion = next.length === 0 ? null : this.#questions(item, next, { rounds });
    const comeback = companion === null && returns;
    const minutes = left + (companion?.minutes ?? 0) + (comeback ? COMEBACK : 0);
    const asked = (this.#worth(item, "first-questions") * minutesOf(next)) / (FIRST * QUESTION);
    const depth = this.#context.settings.topics[item.area ?? ""] === "weak" ? WEAK_DEPTH : 1;
    const worth = asked + this.#worth(item, "reading") * root(left, 25) * depth;
    const reading = this.#part(item, "read", open, { rounds, worth, minutes, companion, comeback, grain: 10, early });
    if (!touched) this.#touch.set(item.id, reading);
    this.#groups(item, rest, reading, "more-questions");
  }

  /** The pages that come before the first design, as far as the guide has them. */
  #framework(): readonly string[] {
    const { allocation, index } = this.#context;
    return allocation.floors.flatMap((floor) => floor.framework).map((id) => index.resolve(id)).filter((id) => id !== "");
  }

  #design(item: Item, questions: readonly Item[]): void {
    const { history } = this.#context;
    const rounds = this.#pays(item.rounds);
    const read = this.#whole(item, "read", "case", 30, { rounds });
    const needs = read === null ? [] : [read];
    const open = history.open(`design:${item.id}`, DESIGN);
    let before = read;
    if (length(open) > 2) {
      const title = `${item.title}, aloud against the clock`;
      const worth = this.#worth(item, "design");
      // Read for one round and spoken for another it would be neither's.
      const more = { rounds, worth, minutes: length(open), needs, later: true, title, follows: null, grain: 15 };
      before = this.#part(item, "design", open, more, DESIGN);
    }
    this.#groups(item, questions, before, "case-questions");
  }

  #exercise(item: Item, questions: readonly Item[]): void {
    const rounds = this.#pays(item.rounds);
    const coded = this.#whole(item, "code", "code", 30, { rounds });
    // Where the task itself is to debug, there is nothing to come back for.
    if (item.debug && item.pattern !== "debugging") {
      const needs = coded === null ? [] : [coded];
      this.#whole(item, "debug", "debug", 30, { rounds, needs, later: true });
    }
    this.#groups(item, questions, coded, "more-questions");
  }

  /** What is left of a page to read, to run, to write; null when nothing is. */
  #whole(item: Item, kind: Kind, value: string, typical: number, more: More, always = false): number | null {
    const open = this.#open(item, kind);
    const minutes = length(open);
    if (minutes <= 2) return null;
    const worth = (always ? this.#value(value) : this.#worth(item, value)) * root(minutes, typical);
    const index = this.#part(item, kind, open, { worth, minutes, grain: 10, ...more });
    if (!this.#touch.has(item.id)) this.#touch.set(item.id, index);
    return index;
  }

  #short(item: Item, worth: number, minutes: number, more: More): number {
    const index = this.#add(item, `short:${item.id}`, "read", { worth, minutes, skim: true, ...more });
    return index;
  }

  #part(item: Item, kind: Kind, open: readonly Span[], more: More & Pick<Work, "minutes" | "worth">, of = pageMinutes(item)): number {
    const unit = `${kind}:${item.id}`;
    return this.#add(item, unit, kind, { unit, open, of, begun: this.#context.history.begun(unit), ...more });
  }

  #open(item: Item, kind: Kind): readonly Span[] {
    return this.#context.history.open(`${kind}:${item.id}`, pageMinutes(item));
  }

  // --- Questions, in groups ---------------------------------------------------------------------------------------

  /** What is left to drill on each page, the best questions first. */
  questions(): Map<string, Item[]> {
    const byPage = new Map<string, Item[]>();
    for (const item of this.#context.index.items.values()) {
      if (item.kind !== "question" || !item.page || this.#context.history.drilled(item.id)) continue;
      if (this.#pays(item.rounds).length === 0 || this.#above(item) > 1) continue;
      // What no day has room for is no question for this plan.
      if (questionMinutes(item) > this.#context.largest) continue;
      const list = byPage.get(item.page) ?? [];
      list.push(item);
      byPage.set(item.page, list);
    }
    // The reader's own level first: that is where the follow-ups will land. Then as it is asked most: directly.
    const order = (item: Item): number => 2 * Math.abs(this.#above(item)) + (item.phrasing === undefined || item.phrasing === "direct" ? 0 : 1);
    for (const list of byPage.values()) list.sort((a, b) => order(a) - order(b));
    return byPage;
  }

  /** Take the first questions of a list that fit into a sitting which holds so many minutes already. */
  #take(questions: Item[], most: number, besides: number): Item[] {
    const room = Math.min(SITTING, this.#context.largest) - besides;
    const taken: Item[] = [];
    let minutes = 0;
    while (taken.length < most && questions[0] !== undefined && minutes + questionMinutes(questions[0]) <= room) {
      minutes += questionMinutes(questions[0]);
      taken.push(questions.shift() as Item);
    }
    return taken;
  }

  /** Groups of questions on different days, so that the page comes back. Nothing is asked whose page is neither read nor planned. */
  #groups(page: Item, questions: readonly Item[], touch: number | null, value: string, always = false): void {
    if (touch === null && !this.#met(page)) return;
    const rest = [...questions];
    let before = touch;
    for (let number = 0; rest.length > 0; number += 1) {
      // Groups of much the same size are kinder than a last one of one question.
      const size = Math.ceil(rest.length / Math.ceil(rest.length / GROUP));
      const group = this.#take(rest, size, 0);
      if (group.length === 0) return;
      const worth = ((always ? this.#value(value) : this.#worth(page, value)) * minutesOf(group) * FALLING ** number) / (GROUP * QUESTION);
      before = this.#drill(page, group, worth, { rounds: this.#asking(group), needs: before === null ? [] : [before], later: true });
    }
  }

  #met(page: Item): boolean {
    const { history } = this.#context;
    return history.skimmed(page.id) || history.seen(page.id).first !== null || ["read", "code", "run"].some((kind) => history.begun(`${kind}:${page.id}`) > 0);
  }

  #drill(page: Item, group: readonly Item[], worth: number, more: More): number {
    return this.#push({ ...this.#questions(page, group, more), worth });
  }

  #questions(page: Item, group: readonly Item[], more: More): Work {
    const minutes = minutesOf(group);
    const title = `${counted(group.length)} on ${page.title}`;
    const items = group.map((item) => item.id);
    const id = `drill:${items[0]}`;
    return { ...PLAIN, needs: [], id, kind: "drill", title, url: `${page.url}#questions`, minutes, items, subject: page.id, ...more };
  }

  /** The rounds that ask most of a group: one question that another round also asks makes it no drill for that. */
  #asking(group: readonly Item[]): readonly string[] {
    const asked = group.flatMap((item) => this.#pays(item.rounds));
    const often = (round: string): number => asked.filter((one) => one === round).length;
    const most = Math.max(...this.#context.faced.map(often));
    return this.#context.faced.filter((round) => often(round) >= Math.min(most, group.length / 2));
  }

  // --- What is no page of the guide -------------------------------------------------------------------------------

  activity(activity: Activity): void {
    const { history, interview, brief, faced } = this.#context;
    const rounds = this.#pays(activity.rounds);
    if (rounds.length === 0 || !fits(activity, this.#context.settings)) return;
    const subject = `activity:${activity.id}`;
    const done = history.times(subject);
    let before = this.#activities.get(activity.after ?? "") ?? null;
    // What has to come first and is neither planned nor done cannot be built on.
    if (activity.after !== undefined && before === null && history.times(`activity:${activity.after}`).numbers.size === 0) return;
    const first = before === null ? 0 : activity.every;
    // No more often than the days that are left allow, and only times that are not over.
    const most = Math.min(activity.times, done.numbers.size + this.#slots(activity.every, first, done.last));
    const alone = faced.every((round) => activity.rounds.includes(round));
    const latest = activity.lead === undefined || alone ? Infinity : interview - activity.lead;
    let planned = 0;
    for (let time = 1; time <= activity.times && planned < most; time += 1) {
      const unit = `${activity.kind}:${subject}:${time}`;
      const open = history.open(unit, activity.minutes);
      if (done.numbers.has(time) && (history.begun(unit) === 0 || length(open) <= 2)) continue;
      const value = this.#value(activity.kind === "story" ? "story" : "activity");
      const worth =
        value *
        IMPORTANCE[activity.importance] *
        root(activity.minutes, 20) *
        (this.#factors.activities.get(activity.id) ?? 1) *
        (time === 1 && activity.importance === "core" && activity.times > 1 ? FIRST_TIME : Math.max(0.5, AGAIN ** (time - 1)));
      before = this.#push({
        id: unit,
        kind: activity.kind,
        title: activity.title,
        url: placeOf(activity.pages, this.#context.index),
        text: activity.text,
        minutes: length(open),
        worth,
        items: [subject],
        subject,
        needs: before === null ? [] : [before],
        rounds,
        every: activity.every,
        grain: 15,
        early: activity.part === "first" && !brief ? 2 : 0,
        latest,
        unit,
        open,
        of: activity.minutes,
        begun: history.begun(unit),
        time,
      });
      planned += 1;
      if (!this.#activities.has(activity.id)) this.#activities.set(activity.id, before);
      if (activity.rather_after !== undefined) this.#rather.set(before, activity.rather_after);
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
    for (const [index, id] of this.#rather) {
      const earlier = this.#activities.get(id);
      if (earlier !== undefined) this.works[index] = { ...(this.works[index] as Work), prefers: [earlier] };
    }
    this.#frame();
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
        work.support = true;
      }
      // A case is a case of its own rounds.
      const own = this.#context.index.items.get(work.subject)?.kind === "case";
      work.spare = own ? [] : all.filter((round) => !work.rounds.includes(round));
    });
  }

  /** Nothing is designed before the first page of the framework; its other pages come earlier if they are planned. */
  #frame(): void {
    const [first, ...others] = this.#framework().map((id) => this.#touch.get(id) ?? -1);
    this.works.forEach((work, index) => {
      if (work.kind !== "design") return;
      const same = (touch: number): boolean => (this.works[touch]?.rounds ?? []).some((round) => work.rounds.includes(round));
      if (first !== undefined && same(first) && !work.needs.includes(first)) work.needs.push(first);
      const prefers = [...work.prefers, ...others.filter(same)];
      this.works[index] = { ...work, prefers };
    });
  }

  #add(item: Item, id: string, kind: Kind, more: More & Pick<Work, "minutes" | "worth">): number {
    const { title, url } = item;
    const drawback = this.#drawback(item);
    const index = this.#push({ id, kind, title, url, items: [item.id], subject: item.id, drawback, ...more });
    this.#wanted.set(index, item.prerequisites ?? []);
    return index;
  }

  #push(work: Partial<Work> & Pick<Work, "id" | "kind" | "title" | "url" | "minutes" | "worth" | "rounds">): number {
    // Needs are added to later, so each work has a list of its own.
    this.works.push({ ...PLAIN, ...work, needs: [...(work.needs ?? [])] });
    return this.works.length - 1;
  }

  // --- Judging ----------------------------------------------------------------------------------------------------

  #pays(rounds: readonly string[] | undefined): readonly string[] {
    return this.#context.faced.filter((round) => rounds?.includes(round) ?? false);
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

  #drawback(item: Item): Drawback | null {
    if (this.#above(item) > 0) return "above-level";
    return this.#ownField(item) === "other" ? "other-track" : null;
  }

  #value(id: string): number {
    const { allocation, brief, soon, week } = this.#context;
    const value = allocation.values[id];
    if (value === undefined) return 0;
    if (brief || value.soon === undefined) return brief ? value.brief : value.usual;
    return week ? value.brief : soon ? value.soon : value.usual;
  }

  #worth(item: Item, value: string): number {
    const above = this.#above(item);
    const level = above <= 0 ? 1 : above === 1 ? 0.45 : above === 2 ? 0.15 : 0.05;
    const strength = this.#context.settings.topics[this.#areaOf(item)] ?? "fair";
    const need = strength === "weak" ? 1.4 : strength === "strong" ? 0.5 : 1;
    const field = this.#ownField(item);
    const factor = field === "chosen" ? this.#factors.chosen : field === "other" ? this.#factors.other : 1;
    const area = this.#factors.areas.get(this.#areaOf(item)) ?? 1;
    const company = item.companies?.includes(this.#context.settings.company) ? 1.15 : 1;
    // What several rounds ask about, and what other pages build on, is asked more often.
    const often = 1 + 0.1 * Math.max(0, this.#pays(item.rounds).length - 1) + 0.02 * Math.min(5, this.#carries.get(item.id) ?? 0);
    return this.#value(value) * IMPORTANCE[item.importance ?? "common"] * level * need * factor * area * company * often;
  }
}

/** Twice as long is worth more, not twice as much. */
function root(minutes: number, typical: number): number {
  return Math.sqrt(Math.max(1, minutes) / typical);
}

function pageMinutes(item: Item): number {
  return Math.max(1, Math.round(item.minutes ?? 20));
}

export function fits(activity: Activity, settings: Settings): boolean {
  const within = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);
  return (
    within(activity.levels, settings.level) &&
    within(activity.companies, settings.company) &&
    within(activity.roles, settings.role)
  );
}
