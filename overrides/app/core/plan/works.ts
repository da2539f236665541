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
 */
import { length, placeOf, type Span } from "./history.ts";
import { counted } from "./today.ts";
import type { Activity, Item, Kind } from "./types.ts";
import { COMEBACK, type Context, fits, PLAIN, type Work } from "./work.ts";
import { IMPORTANCE, Judge, root } from "./worth.ts";

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
  readonly #judge: Judge;

  constructor(context: Context) {
    this.#context = context;
    this.#judge = new Judge(context);
  }

  // --- One function for each kind of page --------------------------------------------------------------------------

  page(item: Item, questions: readonly Item[]): void {
    if (item.kind === "chapter") this.#chapter(item, questions);
    else if (item.kind === "round") this.#round(item, questions);
    else if (item.kind === "case") this.#design(item, questions);
    else if (item.kind === "exercise") this.#exercise(item, questions);
    else if (item.kind === "notebook") {
      const run = this.#whole(item, "run", "notebook", 15, { rounds: this.#judge.pays(item.rounds) });
      this.#groups(item, questions, run, "more-questions");
    }
  }

  /** What a round is and how it is judged: looked over at once, read in full if there is time. */
  #round(item: Item, questions: readonly Item[]): void {
    const { settings } = this.#context;
    const rounds = this.#judge.pays(item.rounds);
    if (rounds.length === 0) return;
    const open = this.#open(item, "read");
    let before: number | null = null;
    if (!this.#context.history.skimmed(item.id) && this.#context.history.begun(`read:${item.id}`) === 0 && length(open) > 2) {
      const minutes = Math.min(GLANCE, length(open));
      const sure = rounds.some((round) => settings.rounds[round] === "sure");
      const worth = this.#judge.value("round-short") * (sure ? 1 : (this.#context.allocation.steps["certainty"]?.maybe ?? 1));
      before = this.#short(item, worth, minutes, { rounds, early: 2 });
    }
    const whole = this.#whole(item, "read", "round", 20, { rounds, needs: before === null ? [] : [before] }, true);
    const touch = before ?? whole;
    if (touch !== null) this.#touch.set(item.id, touch);
    this.#groups(item, questions, touch, "round-questions", true);
  }

  #chapter(item: Item, questions: readonly Item[]): void {
    const { history, brief, returns, settings } = this.#context;
    const rounds = this.#judge.pays(item.rounds);
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
      before = this.#short(item, this.#judge.worth(item, "short"), minutes, { rounds, early: core });
      if (before !== null) this.#touch.set(item.id, before);
    }
    // Three questions right after the short version. Who has read the page, or drilled on it, needs no such start.
    const fresh = left > 2 && history.seen(item.id).first === null;
    const first = fresh ? this.#take(rest, FIRST, touched || brief ? 0 : Math.round(item.short ?? SHORT)) : [];
    if (first.length > 0) {
      const worth = (this.#judge.worth(item, "first-questions") * minutesOf(first)) / (FIRST * QUESTION);
      const follows = brief ? null : before;
      const needs = before === null ? [] : [before];
      before = this.#drill(item, first, worth, { rounds: this.#asking(first), needs, follows, early: core });
    }
    if (left > 2) {
      const next = this.#take(rest, COMPANION, 0);
      const strong = settings.topics[item.area ?? ""] === "strong";
      const depth = weak ? WEAK_DEPTH : next.length === 0 || strong ? UNRECALLED : 1;
      const worth = this.#judge.worth(item, "reading") * root(left, 25) * depth;
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
    if (settings.topics[item.area ?? ""] === "strong" || this.#judge.pays(item.rounds).length === 0) return false;
    return (framed && this.#framework()[0] === item.id) || (thorough && item.importance === "core" && this.#judge.above(item) <= 0 && !this.#judge.assumed(item));
  }

  /** All of a chapter, its three best questions within two days, then the others. */
  #reading(item: Item, rest: Item[], open: readonly Span[]): void {
    const { history, brief, returns } = this.#context;
    const rounds = this.#judge.pays(item.rounds);
    const left = length(open);
    const early = this.#framework().includes(item.id) ? 2 : item.importance === "core" ? 1 : 0;
    // What is not read may still be looked over at the end.
    const touched = history.skimmed(item.id) || history.begun(`read:${item.id}`) > 0;
    if (!touched)
      this.#short(item, this.#judge.worth(item, "short"), Math.min(left, Math.max(1, Math.round(item.short ?? SHORT))), { rounds });
    // On the only day there is, they are asked in their turn.
    const next = brief && !returns ? [] : this.#take(rest, FIRST, 0);
    const companion = next.length === 0 ? null : this.#questions(item, next, { rounds });
    const comeback = companion === null && returns;
    const minutes = left + (companion?.minutes ?? 0) + (comeback ? COMEBACK : 0);
    const asked = (this.#judge.worth(item, "first-questions") * minutesOf(next)) / (FIRST * QUESTION);
    const depth = this.#context.settings.topics[item.area ?? ""] === "weak" ? WEAK_DEPTH : 1;
    const worth = asked + this.#judge.worth(item, "reading") * root(left, 25) * depth;
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
    const rounds = this.#judge.pays(item.rounds);
    const read = this.#whole(item, "read", "case", 30, { rounds });
    const needs = read === null ? [] : [read];
    const open = history.open(`design:${item.id}`, DESIGN);
    let before = read;
    if (length(open) > 2) {
      const title = `${item.title}, aloud against the clock`;
      const worth = this.#judge.worth(item, "design");
      // Read for one round and spoken for another it would be neither's.
      const more = { rounds, worth, minutes: length(open), needs, later: true, title, follows: null, grain: 15 };
      before = this.#part(item, "design", open, more, DESIGN);
    }
    this.#groups(item, questions, before, "case-questions");
  }

  #exercise(item: Item, questions: readonly Item[]): void {
    const rounds = this.#judge.pays(item.rounds);
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
    const worth = (always ? this.#judge.value(value) : this.#judge.worth(item, value)) * root(minutes, typical);
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
      if (this.#judge.pays(item.rounds).length === 0 || this.#judge.above(item) > 1) continue;
      // What no day has room for is no question for this plan.
      if (questionMinutes(item) > this.#context.largest) continue;
      const list = byPage.get(item.page) ?? [];
      list.push(item);
      byPage.set(item.page, list);
    }
    // The reader's own level first: that is where the follow-ups will land. Then as it is asked most: directly.
    const order = (item: Item): number => 2 * Math.abs(this.#judge.above(item)) + (item.phrasing === undefined || item.phrasing === "direct" ? 0 : 1);
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
      const worth = ((always ? this.#judge.value(value) : this.#judge.worth(page, value)) * minutesOf(group) * FALLING ** number) / (GROUP * QUESTION);
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
    const asked = group.flatMap((item) => this.#judge.pays(item.rounds));
    const often = (round: string): number => asked.filter((one) => one === round).length;
    const most = Math.max(...this.#context.faced.map(often));
    return this.#context.faced.filter((round) => often(round) >= Math.min(most, group.length / 2));
  }

  // --- What is no page of the guide -------------------------------------------------------------------------------

  activity(activity: Activity): void {
    const { history, interview, brief, faced } = this.#context;
    const rounds = this.#judge.pays(activity.rounds);
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
      const value = this.#judge.value(activity.kind === "story" ? "story" : "activity");
      const worth =
        value *
        IMPORTANCE[activity.importance] *
        root(activity.minutes, 20) *
        this.#judge.factorOf(activity) *
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
      const rather: number[] = [];
      for (const id of ids) {
        const known = this.#context.index.resolve(id);
        const needed = this.#touch.get(known);
        const page = this.#context.index.items.get(known);
        if (needed === undefined || needed === index || topics[page?.area ?? ""] === "strong") continue;
        // What a reader is taken to know comes first if it is planned, and is not planned for the sake of others.
        const which = page !== undefined && this.#judge.assumed(page) ? rather : work.needs;
        if (!which.includes(needed)) which.push(needed);
      }
      this.works[index] = { ...work, prefers: [...work.prefers, ...rather] };
    }
    for (const [index, id] of this.#rather) {
      const earlier = this.#activities.get(id);
      const work = this.works[index] as Work;
      if (earlier !== undefined) this.works[index] = { ...work, prefers: [...work.prefers, earlier] };
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
    const drawback = this.#judge.drawback(item);
    const index = this.#push({ id, kind, title, url, items: [item.id], subject: item.id, drawback, ...more });
    this.#wanted.set(index, item.prerequisites ?? []);
    return index;
  }

  #push(work: Partial<Work> & Pick<Work, "id" | "kind" | "title" | "url" | "minutes" | "worth" | "rounds">): number {
    // Needs are added to later, so each work has a list of its own.
    this.works.push({ ...PLAIN, ...work, needs: [...(work.needs ?? [])] });
    return this.works.length - 1;
  }
}

function pageMinutes(item: Item): number {
  return Math.max(1, Math.round(item.minutes ?? 20));
}
