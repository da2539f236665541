/**
 * The planner: `(guide, settings, progress, today) → plan`. A pure function: no clock, no randomness, no DOM. The same
 * input gives the same plan, in the browser and, for the ready-made plans, in Node at build.
 *
 * How it decides
 * --------------
 * 1. *Time.* Every day from today to the eve of the interview has the minutes of its weekday, none if it is off. The eve
 *    is light: at most half of its minutes, an hour at most (two when there are fewer than five days), and review only.
 * 2. *Shares* (shares.ts). Base shares, rules, certainty, strength and sliders give each round its part; rounds outside
 *    the 100% are booked first. What was done for a round since the plan was begun counts towards its part.
 * 3. *Works* (works.ts). The catalogue becomes works with minutes, worth and prerequisites: cover a chapter (its short
 *    version and three questions), read it with its questions two days later, run a notebook, write code, read a case and
 *    design it aloud, and activities that are no page. With twenty hours or more the core is read whole instead.
 * 4. *Mocks* (fixed.ts). Two for every certain round that has two hours, more from a part of the last third, all of them
 *    in it; with a few days, one on the last whole day.
 * 5. *Selection* (floors.ts, select.ts). Each round's part is a purse. It buys what the round holds in any case, cases and
 *    designs or code; then works are chosen so that they are worth as much as possible. A purse that the guide cannot fill
 *    gives what is left to the others, in proportion, and the selection is repeated.
 * 6. *Days* (schedule.ts). The round that is furthest behind goes next; prerequisites first; the core before the rest, the
 *    first design of a round early and the others evenly after it; what is read comes back.
 * 7. *What is left free* goes to works that still fit, then to review at growing intervals. Time beyond that stays free:
 *    reading the same page for the seventh time is no preparation, and the plan says so.
 *
 * Under scarcity, then, what stays is what is worth most a minute for these rounds, this level and these weaknesses; what
 * did not fit is listed with the reason, the most valuable first.
 */
import { dayNumber, isoDay } from "./calendar.ts";
import { studyDays } from "./days.ts";
import { inField } from "./field.ts";
import { Fixing } from "./fixed.ts";
import { designsInPlace, framed, quotas } from "./floors.ts";
import { type History, type Index, indexed, recall } from "./history.ts";
import { least, LeftOut } from "./left.ts";
import { returns } from "./returning.ts";
import { type Piece, Schedule, type StudyDay } from "./schedule.ts";
import { byNeed, type Candidate, type Choice, Net, type Quota, select } from "./select.ts";
import { divide } from "./shares.ts";
import { BRIEF, Notices } from "./tell.ts";
import type { BookingLine, Certainty, Day, Iso, Left, Plan, Progress, Settings, ShareLine } from "./types.ts";
import { type Guide, usualRounds } from "./usual.ts";
import { COMEBACK, type Context, SESSION, type Work } from "./work.ts";
import { gather } from "./works.ts";
import { Writer } from "./write.ts";

/** So many days a short version that was read by itself lasts. */
const SOON = 14;
/** With so many days left, what was drilled is still there on the day. */
const WEEK = 7;
/** How far a round may be over its part, so that a work need not be cut to fit; a small part by half of it at most. */
const SLACK = 12;
const slackOf = (part: number): number => Math.floor(Math.min(SLACK, part / 2));
/** How far all rounds together may be over their parts while others are short. */
const OVER = 12;
export function makePlan(guide: Guide, settings: Settings, progress: Progress, today: Iso): Plan {
  return new Planning(guide, settings, progress, today).plan();
}

class Planning {
  readonly #guide: Guide;
  readonly #settings: Settings;
  readonly #index: Index;
  readonly #history: History;
  readonly #progress: Progress;
  readonly #today: Iso;
  readonly #since: Iso;
  readonly #notices: Notices;

  constructor(guide: Guide, settings: Settings, progress: Progress, today: Iso) {
    this.#guide = guide;
    this.#today = today;
    this.#progress = progress;
    this.#since = progress.since;
    this.#index = indexed(inField(guide.catalogue, settings.tracks));
    this.#history = recall(progress, this.#index);
    this.#notices = new Notices(guide.catalogue);
    this.#settings = { ...settings, rounds: this.#loop(settings) };
  }

  plan(): Plan {
    const days = studyDays(this.#today, this.#settings, this.#history, this.#notices);
    const study = days.filter((day) => day.available >= 5);
    if (study.length === 0) return this.#assemble(days, [], null, []);

    const [settings, guide, history] = [this.#settings, this.#guide, this.#history];
    const faced = guide.catalogue.rounds.map((round) => round.id).filter((id) => settings.rounds[id] !== undefined);
    const brief = study.length <= BRIEF;
    const parts = this.#parts(faced, study);
    const partOf = (round: string): number => parts.get(round)?.part ?? 0;
    const context = this.#context(study, faced, partOf);
    const works = gather(context);

    // What has a fixed place comes first. New work is for the days before the eve, so only they fill the purses.
    const fixing = new Fixing({ allocation: guide.allocation, settings, index: this.#index, history, study, faced, brief, part: partOf });
    const mocks = fixing.mocks();
    const fixed = [...mocks, ...fixing.checklists()];
    const taken = (day: number): number => sum(fixed.filter((one) => one.day === day).map((one) => one.work.minutes));
    const returning = returns(this.#progress.drills?.back ?? [], study, faced, this.#index, taken);
    const used = (round: string, light: boolean): number =>
      sum(fixed.filter((one) => one.round === round && (study[one.day]?.light ?? false) === light).map((one) => one.work.minutes)) +
      sum(returning.filter((one) => one.round === round && !light).map((one) => one.minutes));
    const before = this.#before(study, faced, parts);
    const purses = faced.map((round) => Math.max(0, (before.get(round) ?? 0) - used(round, false)));

    const first = quotas(works, guide.allocation, this.#index, { faced, part: partOf, mocked: new Set(mocks.map((one) => one.round)) });
    const { choice, wanted, exhausted } = this.#choose(works, faced, purses, study, first);
    const pieces = this.#pieces(works, faced, choice, context);
    const schedule = new Schedule(study, pieces, brief, (subject) => history.times(subject).last);
    for (const one of fixed) schedule.fix(one.day, one.work, one.round, one.work.minutes);
    this.#remembered(schedule, faced);
    for (const { day, page, round, minutes } of returning) schedule.bringBack(day, page, round, this.#weight(page), minutes);
    schedule.fill();
    schedule.dropUnneeded();

    const target = new Map(
      faced.map((round, at) => [round, (wanted[at] ?? 0) + used(round, false) + Math.max(used(round, true), partOf(round) - (before.get(round) ?? 0))]),
    );
    const short = (round: string): number => (target.get(round) ?? 0) - schedule.minutesOf(round);
    this.#finish(schedule, pieces, target, exhausted);

    // A round without works left has all that the guide has for it, whatever its part.
    const left = new LeftOut(this.#index, history, settings, fixing.left).left(works, pieces, schedule, short);
    const open = new Set(left.filter((one) => one.reason !== "no-room").flatMap((one) => one.rounds));
    const rich = !exhausted && faced.some((round) => open.has(round) && (target.get(round) ?? 0) >= 1);
    const lines = faced.map((round) => {
      const planned = schedule.minutesOf(round);
      const part = Math.round(target.get(round) ?? 0);
      return { round, target: !rich ? planned : open.has(round) ? part : Math.min(part, planned), planned };
    });
    return this.#assemble(days, study, { schedule, parts, lines, exhausted }, left);
  }

  /** What works are judged by. */
  #context(study: readonly StudyDay[], faced: readonly string[], part: (round: string) => number): Context {
    const [settings, { catalogue, allocation }, history] = [this.#settings, this.#guide, this.#history];
    const interview = dayNumber(settings.interview) ?? 0;
    const ahead = interview - (study[0] as StudyDay).number;
    const whole = study.filter((day) => !day.light);
    const brief = study.length <= BRIEF;
    const total = sum(study.map((day) => day.cap)) + sum(faced.map((round) => history.paid(round)));
    return {
      catalogue,
      allocation,
      settings,
      index: this.#index,
      history,
      faced,
      brief,
      days: whole.map((day) => day.number),
      interview,
      largest: Math.min(SESSION, Math.max(0, ...whole.map((day) => day.cap))),
      soon: ahead <= SOON,
      week: ahead <= WEEK,
      framed: !brief || framed(allocation, part),
      thorough: !brief && total >= allocation.thorough.from,
      returns: study.length > 1,
    };
  }

  /** Minutes of each round before the light day. A booking is for those; the shares divide what is left of them. */
  #before(study: readonly StudyDay[], faced: readonly string[], parts: ReadonlyMap<string, PartOf>): Map<string, number> {
    const partOf = (round: string): number => parts.get(round)?.part ?? 0;
    const booked = (round: string): boolean => parts.get(round)?.booking !== undefined;
    const before = new Map<string, number>();
    for (const round of faced.filter(booked)) before.set(round, partOf(round));
    const rest = Math.max(0, sum(study.filter((day) => !day.light).map((day) => day.cap)) - sum([...before.values()]));
    const shared = sum(faced.filter((round) => !booked(round)).map(partOf));
    for (const round of faced) if (!booked(round)) before.set(round, shared > 0 ? (partOf(round) * rest) / shared : 0);
    return before;
  }

  /** Use what the days have left: rounds may go over their part by a little, and by any amount once nothing else could use the time. */
  #finish(schedule: Schedule, pieces: readonly Piece[], target: ReadonlyMap<string, number>, exhausted: boolean): void {
    const short = (round: string): number => (target.get(round) ?? 0) - schedule.minutesOf(round);
    const over = (): number => sum([...target.keys()].map((round) => Math.max(0, -short(round))));
    // What would leave a round short by more than a session may go over by half of one.
    const needed = (round: string, minutes: number): boolean => short(round) > SESSION && minutes <= short(round) + SESSION / 2;
    const may = (round: string, minutes: number): boolean =>
      needed(round, minutes) || (minutes <= short(round) + slackOf(target.get(round) ?? 0) && over() + minutes - Math.max(0, short(round)) <= OVER);
    schedule.balance(short);
    const waiting = pieces.map((_, at) => at).filter((at) => !pieces[at]?.bound).sort((a, b) => density(pieces[b]) - density(pieces[a]) || a - b);
    const order = byNeed(waiting, (at) => [...(pieces[at]?.needs ?? []), ...(pieces[at]?.prefers ?? [])]);
    // First for rounds that are short of it, then for those that may go over a little; when the shares have all that the
    // guide has for them, whatever is left may have what is free.
    const fully = (round: string, minutes: number): boolean => minutes <= short(round);
    for (const allowed of [fully, may, ...(exhausted ? [() => true] : [])])
      schedule.topUp(order, (work, minutes, round) => {
        const payers = (round === "" ? [...work.rounds] : [round]).filter((one) => allowed(one, minutes));
        return payers.sort((a, b) => short(b) - short(a))[0] ?? "";
      });
    schedule.balance(short);
    schedule.alternate();
    schedule.review(exhausted ? () => true : may, short);
  }

  /** The rounds to prepare for: those chosen that the guide knows, or else what such a loop usually has. */
  #loop(settings: Settings): Readonly<Record<string, Certainty>> {
    const known = new Set(this.#guide.catalogue.rounds.map((round) => round.id));
    const chosen: Record<string, Certainty> = {};
    for (const [round, certainty] of Object.entries(settings.rounds)) if (known.has(round)) chosen[round] = certainty;
    if (Object.keys(chosen).length > 0) return chosen;
    const usual = usualRounds(this.#guide.allocation, settings);
    const rounds = Object.fromEntries(Object.entries(usual).filter(([round]) => known.has(round)));
    const text = "No round is chosen. The plan assumes the loop that such a company usually has.";
    this.#notices.warn("no-rounds", text, "Take these rounds", { rounds });
    return rounds;
  }

  // --- 2. Shares ----------------------------------------------------------------------------------------------------

  /** Minutes for each round, from today on. */
  #parts(faced: readonly string[], study: readonly StudyDay[]): Map<string, PartOf> {
    const history = this.#history;
    const total = sum(study.map((day) => day.cap));
    const paid = sum(faced.map((round) => history.paid(round)));
    const first = Math.min(dayNumber(this.#since) ?? Infinity, (study[0] as StudyDay).number);
    const weeks = ((dayNumber(this.#settings.interview) ?? first) - first) / 7;
    const shares = divide(this.#guide.catalogue, this.#guide.allocation, this.#settings, total + paid, weeks);
    if (shares.overbooked) {
      this.#notices.warn("overbooked", "The shares that you set do not add up to 100%. They were scaled, each in proportion.");
    }
    const parts = new Map<string, PartOf>();
    const missing = (round: string, wanted: number): number => Math.max(0, wanted - history.paid(round));
    let beside = sum(shares.outside.map((line) => missing(line.round, line.wanted)));
    const squeeze = beside > total ? total / beside : 1;
    beside *= squeeze;
    for (const line of shares.outside) {
      parts.set(line.round, { part: missing(line.round, line.wanted) * squeeze, wanted: line.wanted, booking: line });
    }
    const pool = total + paid - sum(shares.outside.map((line) => Math.max(line.wanted, history.paid(line.round))));
    const inside = shares.inside.map((line) => ({ line, wanted: (Math.max(0, pool) * line.percent) / 100 }));
    const open = sum(inside.map(({ line, wanted }) => missing(line.round, wanted)));
    const factor = open > 0 ? Math.max(0, total - beside) / open : 0;
    for (const { line, wanted } of inside) {
      const part = missing(line.round, wanted) * factor;
      parts.set(line.round, { part, wanted, percent: line.percent, steps: line.steps });
    }
    return parts;
  }

  // --- 5. Selection -------------------------------------------------------------------------------------------------

  /** Choose works; purses that the guide cannot fill give to the others, and the choice is made again. */
  #choose(
    works: readonly Work[],
    faced: readonly string[],
    purses: readonly number[],
    study: readonly StudyDay[],
    first: readonly Quota[],
  ): Chosen {
    const place = new Map(faced.map((round, at) => [round, at]));
    const largest = Math.max(0, ...study.filter((day) => !day.light).map((day) => day.cap));
    const candidates = works.map((work): Candidate => {
      // What no day has room for, not even for its smallest part, nobody can pay.
      const payers = (rounds: readonly string[]): number[] =>
        least(work) > largest ? [] : rounds.map((round) => place.get(round) as number);
      const { minutes, worth, needs, follows, support } = work;
      return { minutes, worth, needs, purses: payers(work.rounds), spare: payers(work.spare), follows, support };
    });
    const net = new Net(candidates);
    const inside = faced.map((round) => this.#settings.split === "loop" || this.#guide.allocation.pots[round] !== "outside");
    const open = inside.includes(true) ? inside : faced.map(() => true);
    let wanted = [...purses];
    for (let pass = 0; pass < 4; pass += 1) {
      const spent = faced.map(() => 0);
      const useful = faced.map(() => false);
      select(net, wanted.map(Math.floor), undefined, first).purse.forEach((purse, at) => {
        if (purse !== -1) spent[purse] = (spent[purse] ?? 0) + (works[at] as Work).minutes;
        // A booking beside the shares is as long as it is; what is over goes to the shares.
        else if (!works[at]?.support) for (const payer of candidates[at]?.purses ?? []) useful[payer] = open[payer] as boolean;
      });
      const spare = sum(wanted.map((minutes, at) => (useful[at] ? 0 : Math.max(0, minutes - (spent[at] ?? 0)))));
      const rich = sum(wanted.filter((_, at) => useful[at]));
      const takers = useful.filter(Boolean).length;
      if (takers === 0) wanted = spent;
      if (spare < 5 || takers === 0) break;
      wanted = wanted.map((minutes, at) =>
        useful[at] ? minutes + spare * (rich > 0 ? minutes / rich : 1 / takers) : Math.min(minutes, spent[at] ?? 0),
      );
    }
    const choice = select(net, wanted.map(Math.floor), wanted.map(slackOf), first);
    const exhausted = candidates.every(({ purses: payers, support }, at) => support || choice.purse[at] !== -1 || !payers.some((payer) => open[payer]));
    return { choice, wanted, exhausted };
  }

  /** Works as pieces: what is one sitting is joined, companions stand beside what they follow, needs become positions. */
  #pieces(works: readonly Work[], faced: readonly string[], choice: Choice, { brief, soon }: Context): Piece[] {
    const position = new Map<number, number>();
    const drafts: { piece: Omit<Piece, "needs" | "prefers" | "companion">; companion: number; needs: readonly number[]; prefers: readonly number[] }[] = [];
    const wanted = new Set(choice.order.flatMap((index) => (works[index] as Work).needs));
    // The short version of a chapter that nothing planned needs. With weeks to go it would be gone by then, so it waits
    // for its questions; in the last two weeks that of a core chapter comes at the end.
    const alone = (index: number): boolean => !brief && (works[index] as Work).skim && (works[index] as Work).early < 2 && !wanted.has(index);
    const core = (index: number): boolean => this.#index.items.get((works[index] as Work).subject)?.importance === "core";
    // What is read whole needs no short version that nothing builds on.
    const whole = new Set(works.filter((work, index) => choice.purse[index] !== -1 && work.kind === "read" && !work.skim).map((work) => work.subject));
    const idle = (index: number): boolean => (works[index] as Work).skim && !wanted.has(index) && whole.has((works[index] as Work).subject);
    const chosen = (index: number): boolean => choice.purse[index] !== -1 && !idle(index) && (!alone(index) || (soon && core(index)));
    // The short version and what follows it are one sitting, if both are planned or both wait.
    const joined = new Map<number, number>();
    works.forEach(({ follows }, index) => {
      if (follows !== null && chosen(follows) === chosen(index)) joined.set(follows, index);
    });
    const put = (index: number, rank: number, round: string): void => {
      const base = works[index] as Work;
      if (base.follows !== null && joined.get(base.follows) === index) {
        position.set(index, position.get(base.follows) ?? -1);
        return;
      }
      const rest = works[joined.get(index) ?? -1];
      const work = rest ? sitting(base, rest) : base;
      const minutes = work.minutes - (work.companion?.minutes ?? 0) - (work.comeback ? COMEBACK : 0);
      position.set(index, drafts.length);
      const reserve = rank === Infinity;
      const needs = [...new Set([...base.needs, ...(rest?.needs ?? [])])].filter((need) => need !== index);
      const own = drafts.length;
      const place = rank + (alone(index) ? 1 : -work.early) * works.length;
      drafts.push({ piece: { work, minutes, round, rank: place, reserve, bound: false }, companion: -1, needs, prefers: base.prefers });
      if (work.companion === null) return;
      (drafts[own] as (typeof drafts)[number]).companion = drafts.length;
      const piece = { work: work.companion, minutes: work.companion.minutes, round, rank, reserve, bound: true };
      drafts.push({ piece, companion: -1, needs: [index], prefers: [] });
    };
    choice.order.filter(chosen).forEach((index, rank) => put(index, rank, faced[choice.purse[index] ?? -1] as string));
    // What was not chosen waits for time that is left over, each after what it is joined to.
    const early = (index: number): boolean => alone(index) && !joined.has(index) && !(soon && core(index));
    const waiting = works.map((_, index) => index).filter((index) => !chosen(index) && !idle(index) && !early(index) && (works[index] as Work).rounds.length > 0);
    for (const index of byNeed(waiting, (at) => (works[at] as Work).needs)) put(index, Infinity, "");
    const at = (list: readonly number[]): number[] => list.map((one) => position.get(one) ?? -1).filter((one) => one >= 0);
    const pieces = drafts.map(({ piece, companion, needs, prefers }): Piece => {
      return { ...piece, companion, needs: at(needs), prefers: at(prefers) };
    });
    return designsInPlace(pieces, works.length, brief, this.#index);
  }

  /** Pages that were read before today come back too. */
  #remembered(schedule: Schedule, faced: readonly string[]): void {
    for (const item of this.#index.items.values()) {
      const { first, back } = this.#history.seen(item.id);
      const round = faced.find((one) => item.rounds?.includes(one));
      if (first === null || round === undefined || (item.kind !== "chapter" && item.kind !== "case")) continue;
      schedule.remember(item.id, round, this.#weight(item.id), [first, ...back.filter((day) => day > first)]);
    }
  }

  /** What it is worth that a page comes back. */
  #weight(page: string): number {
    const importance = this.#index.items.get(page)?.importance;
    return importance === "core" ? 1 : importance === "common" ? 0.6 : 0.3;
  }

  #assemble(days: readonly StudyDay[], study: readonly StudyDay[], made: Made | null, left: readonly Left[]): Plan {
    const at = new Map(study.map((day, position) => [day.number, position]));
    const faced = (made?.lines ?? []).map((line) => line.round);
    const writer = new Writer(this.#index, this.#history, this.#settings.interview, faced);
    const out = days.map((day): Day => {
      const position = at.get(day.number);
      const date = isoDay(day.number);
      const sessions =
        made === null || position === undefined
          ? []
          : writer.day(date, made.schedule.placed[position] ?? [], made.schedule.backs[position] ?? []);
      const planned = sum(sessions.map((session) => session.minutes));
      return { date, available: day.available, planned, light: day.light, sessions };
    });
    const available = sum(out.map((day) => day.available));
    const planned = sum(out.map((day) => day.planned));
    const shares: ShareLine[] = [];
    const bookings: BookingLine[] = [];
    for (const line of made?.lines ?? []) {
      const part = made?.parts.get(line.round);
      if (!part) continue;
      const common = { ...line, wanted: Math.round(part.wanted), done: this.#history.paid(line.round) };
      if (part.booking) bookings.push({ ...common, reasons: part.booking.reasons });
      else shares.push({ ...common, percent: part.percent ?? 0, steps: part.steps ?? [] });
    }
    const from = out[0]?.date ?? this.#today;
    const totals = { available, planned, free: available - planned };
    const plan = { from, interview: this.#settings.interview, days: out, shares, bookings, left, notices: this.#notices.list, totals };
    if (made) {
      this.#notices.days(study, plan, this.#settings);
      this.#notices.free(study, made, plan);
      this.#notices.shares(plan, made.exhausted);
    }
    return plan;
  }

}

interface PartOf {
  /** Minutes from today on. */
  readonly part: number;
  /** Minutes of the whole plan, what is done included. */
  readonly wanted: number;
  readonly percent?: number;
  readonly steps?: ShareLine["steps"];
  readonly booking?: { readonly reasons: BookingLine["reasons"] };
}

interface Made {
  readonly schedule: Schedule;
  readonly parts: ReadonlyMap<string, PartOf>;
  readonly lines: readonly { readonly round: string; readonly target: number; readonly planned: number }[];
  readonly exhausted: boolean;
}

interface Chosen {
  readonly choice: Choice;
  readonly wanted: readonly number[];
  /** Nothing is left that the shares could pay for. */
  readonly exhausted: boolean;
}

/** The short version of a page and what follows it in the same sitting. */
function sitting(short: Work, rest: Work): Work {
  const early = Math.max(short.early, rest.early) as Work["early"];
  // All of the page holds its short version.
  if (rest.kind === "read") return { ...rest, worth: short.worth + rest.worth, early };
  return {
    ...rest,
    title: `In short, then ${lower(rest.title)}`,
    url: short.url,
    text: "The short answer first, aloud and from memory as far as it goes. Then each question; compare, and mark what was missing.",
    minutes: short.minutes + rest.minutes,
    worth: short.worth + rest.worth,
    items: [short.subject, ...rest.items],
    early,
    drawback: short.drawback,
  };
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function density(piece: Piece | undefined): number {
  return piece ? piece.work.worth / piece.minutes : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}