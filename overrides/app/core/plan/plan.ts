/**
 * The planner: `(guide, settings, progress, today) → plan`. A pure function: no clock, no randomness, no DOM. The same
 * input gives the same plan, in the browser and, for the ready-made plans, in Node at build.
 *
 * How it decides
 * --------------
 * 1. *Time.* Every day from today to the eve of the interview has the minutes of its weekday, none if it is off. The eve
 *    is light: at most half of its minutes, an hour at most (two when there are fewer than five days), and review only.
 * 2. *Shares* (shares.ts). Base shares, rules, certainty, strength and sliders give each round its part; rounds outside
 *    the 100 % are booked first. What was done for a round since the plan was begun counts towards its part.
 * 3. *Works* (works.ts). The catalogue becomes works with minutes, worth and prerequisites: skim or read a chapter, drill
 *    its questions, run a notebook, write code, read a case and design it aloud, and activities that are no page.
 * 4. *Mocks.* A part of the last third goes to mock interviews, to the round with the largest part first.
 * 5. *Selection* (select.ts). Each round's part is a purse; works are chosen so that they are worth as much as possible.
 *    A purse that the guide cannot fill gives what is left to the others, in proportion, and the selection is repeated.
 * 6. *Days* (schedule.ts). The round that is furthest behind goes next; prerequisites first; what is read comes back.
 * 7. *What is left free* goes to works that still fit, then to review at growing intervals. Time beyond that stays free:
 *    reading the same page for the seventh time is no preparation, and the plan says so.
 *
 * Under scarcity, then, what stays is what is worth most a minute for these rounds, this level and these weaknesses; what
 * did not fit is listed with the reason, the most valuable first.
 */
import { addDays, dayNumber, isoDay, weekday } from "./calendar.ts";
import { type History, type Index, indexed, recall } from "./history.ts";
import { type Back, type Piece, type Placed, Schedule, type StudyDay } from "./schedule.ts";
import { byNeed, type Candidate, type Choice, Net, Selection } from "./select.ts";
import { divide } from "./shares.ts";
import type {
  Activity,
  Allocation,
  BookingLine,
  Catalogue,
  Certainty,
  Day,
  Entry,
  Iso,
  Left,
  LeftReason,
  Notice,
  Plan,
  Progress,
  Session,
  Settings,
  ShareLine,
} from "./types.ts";
import { duration, FARTHEST } from "./today.ts";
import { COMEBACK, type Context, fits, gather, PLAIN, QUESTION, SESSION, type Work } from "./works.ts";

export interface Guide {
  readonly catalogue: Catalogue;
  readonly allocation: Allocation;
}

/** More than this on one day does not stay in anybody's head. */
export const MOST_A_DAY = 600;
/** With so few study days a reader refreshes and does not learn. */
const BRIEF = 3;
/** How far a round may be over its part, so that a work need not be cut to fit; a small part by half of it at most. */
const SLACK = 12;
const slackOf = (part: number): number => Math.floor(Math.min(SLACK, part / 2));
/** How far all rounds together may be over their parts while others are short. */
const OVER = 12;
const CHECKLIST = 5;

export function makePlan(guide: Guide, settings: Settings, progress: Progress, today: Iso): Plan {
  return new Planning(guide, settings, progress, today).plan();
}

/** The rounds that a loop of this kind usually has, as sure as it usually has them. */
export function usualRounds(allocation: Allocation, company: string, level: string): Record<string, Certainty> {
  const loop = allocation.loops.find((one) => one.company === company) ?? allocation.loops[0];
  const rounds: Record<string, Certainty> = {};
  for (const one of loop?.interviews ?? []) {
    if (!one.levels.includes(level)) continue;
    if (rounds[one.round] !== "sure") rounds[one.round] = one.certainty;
  }
  return rounds;
}

class Planning {
  readonly #guide: Guide;
  readonly #settings: Settings;
  readonly #index: Index;
  readonly #history: History;
  readonly #today: Iso;
  readonly #since: Iso;
  readonly #notices: Notice[] = [];

  constructor(guide: Guide, settings: Settings, progress: Progress, today: Iso) {
    this.#guide = guide;
    this.#today = today;
    this.#since = progress.since;
    this.#index = indexed(guide.catalogue);
    this.#history = recall(progress, this.#index);
    this.#settings = { ...settings, rounds: this.#loop(settings) };
  }

  plan(): Plan {
    const days = this.#calendar();
    const study = days.filter((day) => day.available >= 5);
    if (study.length === 0) return this.#assemble(days, [], null, []);

    const [settings, guide, history] = [this.#settings, this.#guide, this.#history];
    const faced = guide.catalogue.rounds.map((round) => round.id).filter((id) => settings.rounds[id] !== undefined);
    const brief = study.length <= BRIEF;
    const context: Context = {
      catalogue: guide.catalogue,
      allocation: guide.allocation,
      settings,
      index: this.#index,
      history,
      faced,
      brief,
      days: study.filter((day) => !day.light).map((day) => day.number),
      returns: study.length > 1,
    };
    const parts = this.#parts(faced, study);
    const works = gather(context);

    // What has a fixed place comes first. New work is for the days before the eve, so only they fill the purses.
    const fixed = [...this.#mocks(study, faced, parts), ...this.#checklists(study, faced, parts)];
    const total = sum(study.map((day) => day.cap));
    const normal = sum(study.filter((day) => !day.light).map((day) => day.cap));
    const used = (round: string): number =>
      sum(fixed.filter((one) => one.round === round && !study[one.day]?.light).map((one) => one.work.minutes));
    const partOf = (round: string): number => parts.get(round)?.part ?? 0;
    const purses = faced.map((round) => Math.max(0, (partOf(round) * normal) / total - used(round)));

    const { choice, wanted, exhausted } = this.#choose(works, faced, purses, study);
    const pieces = this.#pieces(works, faced, choice);
    const schedule = new Schedule(study, pieces, brief, (subject) => history.times(subject).last);
    for (const one of fixed) schedule.fix(one.day, one.work, one.round, one.work.minutes);
    this.#remembered(schedule, faced);
    schedule.fill();

    // Rounds may go over their part by a little, and by any amount once nothing else could use the time.
    const target = new Map(
      faced.map((round, at) => [round, (wanted[at] ?? 0) + used(round) + (partOf(round) * (total - normal)) / total]),
    );
    const short = (round: string): number => (target.get(round) ?? 0) - schedule.minutesOf(round);
    const over = (): number => sum(faced.map((round) => Math.max(0, -short(round))));
    const may = (round: string, minutes: number): boolean =>
      minutes <= short(round) + slackOf(target.get(round) ?? 0) && over() + minutes - Math.max(0, short(round)) <= OVER;
    schedule.balance(short);
    const waiting = pieces.map((_, at) => at).sort((a, b) => density(pieces[b]) - density(pieces[a]) || a - b);
    const order = byNeed(waiting, (at) => pieces[at]?.needs ?? []);
    // First for rounds that are short of it, then for those that may go over a little.
    for (const allowed of [(round: string, minutes: number) => minutes <= short(round), may])
      schedule.topUp(order, (work, minutes, round) => {
        const payers = (round === "" ? [...work.rounds] : [round]).filter((one) => allowed(one, minutes));
        return payers.sort((a, b) => short(b) - short(a))[0] ?? "";
      });
    schedule.balance(short);
    schedule.alternate();
    schedule.review(exhausted ? () => true : may, short);
    if (exhausted) this.#tellFree(study, schedule);

    // A round without works left has all that the guide has for it, whatever its part.
    const left = this.#left(works, pieces, schedule);
    const open = new Set(left.filter((one) => one.reason !== "no-room").flatMap((one) => one.rounds));
    const rich = !exhausted && faced.some((round) => open.has(round) && (target.get(round) ?? 0) >= 1);
    const lines = faced.map((round) => {
      const planned = schedule.minutesOf(round);
      const part = Math.round(target.get(round) ?? 0);
      return { round, target: !rich ? planned : open.has(round) ? part : Math.min(part, planned), planned };
    });
    return this.#assemble(days, study, { schedule, parts, lines, exhausted }, left);
  }

  // --- 1. Time ------------------------------------------------------------------------------------------------------

  #calendar(): StudyDay[] {
    const from = dayNumber(this.#today);
    const to = dayNumber(this.#settings.interview);
    if (from === null) throw new RangeError(`not a day: ${this.#today}`);
    const later = { interview: addDays(this.#today, 28) };
    if (to === null) {
      this.#warn("no-date", "The date of the interview cannot be read. Choose a day.", "Plan for four weeks from today", later);
      return [];
    }
    if (to < from) {
      const text = "The date of the interview has passed. What you have done is kept; set the next date to plan on.";
      this.#warn("past", text, "Plan for four weeks from today", later);
      return [];
    }
    const done = this.#history.on(from);
    if (to === from) {
      this.#warn("today", "The interview is today. This is the best last hour: reminders only, then stop.");
      return [{ number: from, available: 60, cap: 60, light: false }];
    }
    let first = from;
    if (to - from > FARTHEST) {
      first = to - FARTHEST;
      const text = `The interview is more than a year away. The plan begins a year before it; what is learned now is forgotten by then.`;
      this.#note("far", text);
    }
    const off = new Set(this.#settings.daysOff);
    const week = this.#settings.minutes.map((minutes) => (Number.isFinite(minutes) ? Math.max(0, Math.floor(minutes)) : 0));
    if (week.some((minutes) => minutes > MOST_A_DAY)) {
      const text = `More than ${MOST_A_DAY / 60} hours a day do not hold. The plan uses ${MOST_A_DAY / 60} and leaves the rest for sleep and walks.`;
      const change = { minutes: week.map((minutes) => Math.min(minutes, MOST_A_DAY)) };
      this.#warn("too-much", text, `Set ${MOST_A_DAY / 60} hours a day`, change);
    }
    const days: StudyDay[] = [];
    for (let number = first; number < to; number += 1) {
      const wanted = Math.min(MOST_A_DAY, week[weekday(number)] ?? 0);
      const free = off.has(isoDay(number)) ? 0 : wanted;
      const available = Math.max(0, number === from ? free - done : free);
      days.push({ number, available, cap: available, light: false });
    }
    const study = days.filter((day) => day.cap >= 5);
    if (study.length === 0) this.#tellEmpty(days, week);
    const last = days[days.length - 1];
    if (last && last.cap >= 5 && study.length >= 2) {
      const most = study.length >= 5 ? 60 : 120;
      days[days.length - 1] = { ...last, cap: Math.min(Math.floor(last.available / 2), most), light: true };
    }
    return days;
  }

  #tellEmpty(days: readonly StudyDay[], week: readonly number[]): void {
    if (week.every((minutes) => minutes < 5)) {
      const text = "No day has any time. Even half an hour on five days a week makes a plan.";
      this.#warn("no-minutes", text, "Plan half an hour on workdays", { minutes: [30, 30, 30, 30, 30, 0, 0] });
    } else if (days.some((day) => (week[weekday(day.number)] ?? 0) >= 5 && this.#history.on(day.number) === 0)) {
      const text = "Every day that is left is a day off. One of them has to hold a session.";
      this.#warn("all-off", text, "Plan without days off", { daysOff: [] });
    } else if (this.#history.on(dayNumber(this.#today) ?? 0) > 0 && days.length === 1) {
      this.#note("done-today", "You have done what today had room for. Nothing is left but to rest before the interview.");
    } else {
      const minutes = [...week];
      for (const day of days) minutes[weekday(day.number)] = Math.max(60, minutes[weekday(day.number)] ?? 0);
      const text = "None of the days before the interview is one of your weekdays.";
      this.#warn("no-day", text, "Plan an hour on each of these days", { minutes });
    }
  }

  /** The rounds to prepare for: those chosen that the guide knows, or else what such a loop usually has. */
  #loop(settings: Settings): Readonly<Record<string, Certainty>> {
    const known = new Set(this.#guide.catalogue.rounds.map((round) => round.id));
    const chosen: Record<string, Certainty> = {};
    for (const [round, certainty] of Object.entries(settings.rounds)) if (known.has(round)) chosen[round] = certainty;
    if (Object.keys(chosen).length > 0) return chosen;
    const usual = usualRounds(this.#guide.allocation, settings.company, settings.level);
    const rounds = Object.fromEntries(Object.entries(usual).filter(([round]) => known.has(round)));
    const text = "No round is chosen. The plan assumes the loop that such a company usually has.";
    this.#warn("no-rounds", text, "Take these rounds", { rounds });
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
      this.#warn("overbooked", "The shares that you set do not add up to 100 %. They were scaled, each in proportion.");
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

  // --- 4. Mocks, and the last day -----------------------------------------------------------------------------------

  #mocks(study: readonly StudyDay[], faced: readonly string[], parts: ReadonlyMap<string, PartOf>): Fixed[] {
    const { allocation } = this.#guide;
    const start = Math.ceil((study.length * 2) / 3);
    const days = study.map((day, at) => ({ day, at })).filter(({ day, at }) => at >= start && !day.light);
    if (days.length === 0) return [];
    let budget = (sum(days.map(({ day }) => day.cap)) * allocation.mocks.share) / 100;
    // Somebody has to play the interviewer: more than a few a week are not to be had.
    const last = (days[days.length - 1]?.day.number ?? 0) - (days[0]?.day.number ?? 0) + 1;
    const most = Math.ceil((last * allocation.mocks.a_week) / 7);
    const largest = Math.max(...days.map(({ day }) => day.cap));
    const mocks = allocation.activities.filter((one) => one.kind === "mock" && fits(one, this.#settings));
    const taken = new Map<string, number>();
    const queue: { activity: Activity; round: string; minutes: number; number: number }[] = [];
    for (let first = true; queue.length < most; first = false) {
      let best: (typeof queue)[number] | null = null;
      let most = 0;
      for (const activity of mocks) {
        const round = activity.rounds.filter((one) => faced.includes(one)).sort((a, b) => part(b) - part(a))[0];
        if (round === undefined) continue;
        const done = this.#history.times(`activity:${activity.id}`).count + (taken.get(activity.id) ?? 0);
        // On short days a shorter mock is better than none.
        const minutes = Math.min(activity.minutes, largest, SESSION);
        if (done >= activity.times || minutes < 20) continue;
        const used = sum(queue.filter((one) => one.round === round).map((one) => one.minutes));
        if (part(round) < used + minutes || (!first && minutes > budget)) continue;
        const claim = part(round) / (1 + (taken.get(activity.id) ?? 0) ** 2);
        if (claim > most) [best, most] = [{ activity, round, minutes, number: done + 1 }, claim];
      }
      // One mock there is as soon as the last third has twice the room for it; more only from their part.
      if (best === null || (first && sum(days.map(({ day }) => day.cap)) < 2 * best.minutes)) break;
      budget -= best.minutes;
      taken.set(best.activity.id, (taken.get(best.activity.id) ?? 0) + 1);
      queue.push(best);
    }
    // Spread evenly; a day holds one, a long day two.
    const free = new Map(days.map(({ day, at }) => [at, { left: day.cap, room: day.cap >= 240 ? 2 : 1 }]));
    const fixed: Fixed[] = [];
    queue.forEach((one, position) => {
      const ideal = ((position + 0.5) * days.length) / queue.length;
      const open = days
        .map(({ at }, order) => ({ at, off: Math.abs(order + 0.5 - ideal) }))
        .filter(({ at }) => (free.get(at)?.room ?? 0) > 0 && (free.get(at)?.left ?? 0) >= one.minutes)
        .sort((a, b) => a.off - b.off || a.at - b.at)[0];
      if (!open) return;
      const slot = free.get(open.at) as { left: number; room: number };
      slot.left -= one.minutes;
      slot.room -= 1;
      fixed.push({ day: open.at, round: one.round, work: activityWork(one.activity, one.number, one.minutes) });
    });
    return numbered(fixed);

    function part(round: string): number {
      return parts.get(round)?.part ?? 0;
    }
  }

  /** What is looked at last: the lists for the day of each round, and what tomorrow needs. */
  #checklists(study: readonly StudyDay[], faced: readonly string[], parts: ReadonlyMap<string, PartOf>): Fixed[] {
    const at = study.length - 1;
    const day = study[at] as StudyDay;
    const eve = (dayNumber(this.#settings.interview) ?? 0) - day.number <= 1;
    if (!eve || day.cap < 15) return [];
    // On the only evening there is, most of the time goes to what may be asked.
    let left = study.length === 1 ? Math.floor(day.cap / 6) : day.cap;
    const fixed: Fixed[] = [];
    const pages = [...this.#index.items.values()].filter((item) => item.kind === "round");
    const ordered = [...faced].sort((a, b) => (parts.get(b)?.part ?? 0) - (parts.get(a)?.part ?? 0));
    for (const round of ordered) {
      const page = pages.find((item) => item.rounds?.includes(round));
      if (!page || left < CHECKLIST || (parts.get(round)?.part ?? 0) < CHECKLIST) continue;
      left -= CHECKLIST;
      const work = { ...PLAIN, id: `review:${page.id}:on-the-day`, kind: "review" as const, title: page.title };
      const url = `${page.url}#on-the-day`;
      fixed.push({ day: at, round, work: { ...work, url, minutes: CHECKLIST, items: [page.id], subject: page.id } });
    }
    for (const activity of this.#guide.allocation.activities) {
      if (activity.part !== "last-day" || activity.minutes > left || !fits(activity, this.#settings)) continue;
      left -= activity.minutes;
      fixed.push({ day: at, round: "", work: activityWork(activity, 1, activity.minutes) });
    }
    return fixed;
  }

  // --- 5. Selection -------------------------------------------------------------------------------------------------

  /** Choose works; purses that the guide cannot fill give to the others, and the choice is made again. */
  #choose(
    works: readonly Work[],
    faced: readonly string[],
    purses: readonly number[],
    study: readonly StudyDay[],
  ): Chosen {
    const place = new Map(faced.map((round, at) => [round, at]));
    const largest = Math.max(0, ...study.filter((day) => !day.light).map((day) => day.cap));
    const candidates = works.map((work): Candidate => {
      // What no day has room for, not even for its smallest part, nobody can pay.
      const payers = (rounds: readonly string[]): number[] =>
        least(work) > largest ? [] : rounds.map((round) => place.get(round) as number);
      const { minutes, worth, needs, follows } = work;
      return { minutes, worth, needs, purses: payers(work.rounds), spare: payers(work.spare), follows };
    });
    const net = new Net(candidates);
    const inside = faced.map((round) => this.#settings.split === "loop" || this.#guide.allocation.pots[round] !== "outside");
    const open = inside.includes(true) ? inside : faced.map(() => true);
    let wanted = [...purses];
    const selection = new Selection(net, wanted.map(Math.floor));
    for (let pass = 0; pass < 4; pass += 1) {
      const spent = faced.map(() => 0);
      const useful = faced.map(() => false);
      selection.choice().purse.forEach((purse, at) => {
        if (purse !== -1) spent[purse] = (spent[purse] ?? 0) + (works[at] as Work).minutes;
        // A booking beside the shares is as long as it is; what is over goes to the shares.
        else for (const payer of candidates[at]?.purses ?? []) useful[payer] = open[payer] as boolean;
      });
      const spare = sum(wanted.map((minutes, at) => (useful[at] ? 0 : Math.max(0, minutes - (spent[at] ?? 0)))));
      const rich = sum(wanted.filter((_, at) => useful[at]));
      const takers = useful.filter(Boolean).length;
      if (takers === 0) wanted = spent;
      if (spare < 5 || takers === 0) break;
      wanted = wanted.map((minutes, at) =>
        useful[at] ? minutes + spare * (rich > 0 ? minutes / rich : 1 / takers) : Math.min(minutes, spent[at] ?? 0),
      );
      selection.refill(wanted.map(Math.floor));
    }
    const choice = selection.rounded(wanted.map(slackOf));
    const exhausted = candidates.every(({ purses: payers }, at) => choice.purse[at] !== -1 || !payers.some((payer) => open[payer]));
    return { choice, wanted, exhausted };
  }

  /** Chosen works as pieces: skimming and reading on become one reading, needs become positions. */
  #pieces(works: readonly Work[], faced: readonly string[], choice: Choice): Piece[] {
    const position = new Map<number, number>();
    const joined = new Map<number, number>();
    for (const index of choice.order) {
      const follows = works[index]?.follows ?? null;
      if (follows !== null) joined.set(follows, index);
    }
    const drafts: { index: number; piece: Omit<Piece, "needs"> }[] = [];
    choice.order.forEach((index, rank) => {
      const work = works[index] as Work;
      if (work.follows !== null) {
        position.set(index, position.get(work.follows) ?? -1);
        return;
      }
      const rest = works[joined.get(index) ?? -1];
      const whole = rest ? { ...rest, needs: work.needs, worth: work.worth + rest.worth, early: work.early } : work;
      const minutes = work.minutes + (rest?.minutes ?? 0) - (whole.comeback ? COMEBACK : 0);
      const round = faced[choice.purse[index] ?? -1] as string;
      position.set(index, drafts.length);
      const first = work.early ? rank - works.length : rank;
      const short = rest ? work : null;
      drafts.push({ index, piece: { work: whole, minutes, round, rank: first, short, reserve: false } });
    });
    // What was not chosen waits for time that is left over: also reading on where only the skim was chosen.
    works.forEach((work, index) => {
      if (position.has(index) || work.rounds.length === 0) return;
      position.set(index, drafts.length);
      const minutes = work.minutes - (work.comeback ? COMEBACK : 0);
      drafts.push({ index, piece: { work, minutes, round: "", rank: Infinity, short: null, reserve: true } });
    });
    return drafts.map(({ piece }) => ({
      ...piece,
      needs: piece.work.needs.map((need) => position.get(need) ?? -1).filter((need) => need >= 0),
    }));
  }

  /** Pages that were read before today come back too. */
  #remembered(schedule: Schedule, faced: readonly string[]): void {
    for (const item of this.#index.items.values()) {
      const { read, back } = this.#history.seen(item.id);
      const round = faced.find((one) => item.rounds?.includes(one));
      if (read === null || round === undefined || (item.kind !== "chapter" && item.kind !== "case")) continue;
      const worth = item.importance === "core" ? 1 : item.importance === "common" ? 0.6 : 0.3;
      schedule.remember(item.id, round, worth, [read, ...back.filter((day) => day > read)]);
    }
  }

  // --- 7. What is told ----------------------------------------------------------------------------------------------

  #tellFree(study: readonly StudyDay[], schedule: Schedule): void {
    const free = sum(study.map((day, at) => (day.light ? 0 : schedule.room(at))));
    if (free < 30 || free < 0.1 * sum(study.map((day) => day.cap))) return;
    const text =
      `You have ${duration(free)} more than the guide has material for these rounds. Everything is planned, review is ` +
      "booked at growing intervals, and the rest is left free: build something, read a book from the resources, or rest.";
    this.#note("more-time", text);
  }

  #left(works: readonly Work[], pieces: readonly Piece[], schedule: Schedule): Left[] {
    const placed = schedule.works();
    const chosen = new Set(pieces.filter((piece) => !piece.reserve).map((piece) => piece.work.id));
    const largest = Math.max(0, ...schedule.days.filter((day) => !day.light).map((day) => day.cap));
    const found = new Map<string, Left & { worth: number; count: number }>();
    for (const work of works) {
      if (placed.has(work.id) || work.rounds.length === 0) continue;
      const reading = works[work.follows ?? -1];
      // The second and third time of an activity is no loss worth a line.
      if (work.subject.startsWith("activity:") && !/:1$/.test(work.id)) continue;
      const skimmed = reading !== undefined && placed.has(reading.id);
      // A chapter of which not even the skim was chosen gets one line, for its reading.
      if (work.skim) continue;
      const minutes = work.minutes + (reading && !skimmed ? reading.minutes : 0) - (work.comeback ? COMEBACK : 0);
      const worth = work.worth + (reading && !skimmed ? reading.worth : 0);
      const reason: LeftReason = skimmed
        ? "skimmed"
        : (work.drawback ?? (chosen.has(work.id) || least(work) > largest ? "no-room" : "no-time"));
      const key = work.kind === "drill" ? `drill:${work.subject}` : work.id;
      const before = found.get(key);
      const count = (before?.count ?? 0) + (work.kind === "drill" ? work.items.length : 1);
      const page = this.#index.items.get(work.subject)?.title ?? work.title;
      found.set(key, {
        id: key,
        kind: work.kind,
        title: work.kind === "drill" && !work.subject.startsWith("activity:") ? questions(count, page) : work.title,
        url: work.url,
        rounds: work.rounds,
        minutes: (before?.minutes ?? 0) + minutes,
        reason,
        why: this.#why(reason, work, works, placed),
        worth: Math.max(before?.worth ?? 0, worth),
        count,
      });
    }
    return [...found.values()]
      .sort((a, b) => b.worth - a.worth || (a.id < b.id ? -1 : 1))
      .map(({ worth: _worth, count: _count, ...left }) => left);
  }

  #why(reason: LeftReason, work: Work, works: readonly Work[], placed: ReadonlySet<string>): string {
    if (reason === "skimmed") return "Only its short version is planned; all of it would take longer than it is worth here.";
    if (reason === "above-level") return "Expected above your level, so it comes after what is expected at it.";
    if (reason === "other-track") return "It belongs to a field that you did not choose.";
    if (reason === "no-room") return "No day before the interview has enough room left for it.";
    // Not what is planned anyway, nor the short version of the page itself.
    const open = works.filter((one, at) => work.needs.includes(at) && !placed.has(one.id) && one.title !== work.title);
    const first = open.map((one) => one.title);
    const before = first.length > 0 ? ` It also needs ${first.slice(0, 2).join(" and ")} first.` : "";
    return `The time of its rounds goes to what is worth more a minute.${before}`;
  }

  #assemble(
    days: readonly StudyDay[],
    study: readonly StudyDay[],
    made: Made | null,
    left: readonly Left[],
  ): Plan {
    const at = new Map(study.map((day, position) => [day.number, position]));
    const writer = new Writer(this.#index, this.#history.reviews);
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
    if (made) this.#tellShares(shares, study.length, made.exhausted);
    const from = out[0]?.date ?? this.#today;
    const totals = { available, planned, free: available - planned };
    return { from, interview: this.#settings.interview, days: out, shares, bookings, left, notices: this.#notices, totals };
  }

  #tellShares(shares: readonly ShareLine[], days: number, exhausted: boolean): void {
    const settings = this.#settings;
    if (days <= BRIEF) {
      const text = "With so few days the plan refreshes rather than teaches: short versions, questions aloud, and the lists for the day.";
      this.#note("brief", text);
    }
    const name = (round: string): string => this.#guide.catalogue.rounds.find((one) => one.id === round)?.name ?? round;
    for (const line of exhausted ? [] : shares) {
      const missing = line.wanted - line.done - line.planned;
      if (missing <= SESSION || missing < 0.2 * line.wanted) continue;
      const has = line.planned + line.done;
      const text = `${name(line.round)}: its share is ${duration(line.wanted)}, and the guide has ${duration(has)} for it. The rest went to the other rounds.`;
      this.#note("thin", text);
    }
    if (settings.strength["coding"] === "weak" && settings.rounds["coding"] !== undefined && days < 15) {
      const text = "Coding from scratch takes weeks. In this time you can refresh what you knew, not learn it; say so to the recruiter if a later date is possible.";
      this.#note("coding", text);
    }
  }

  #note(code: string, text: string): void {
    this.#notices.push({ code, tone: "note", text });
  }

  #warn(code: string, text: string, label?: string, change?: Partial<Settings>): void {
    const offer = label !== undefined && change !== undefined ? { offer: { label, change } } : {};
    this.#notices.push({ code, tone: "warning", text, ...offer });
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

interface Fixed {
  readonly day: number;
  readonly round: string;
  readonly work: Work;
}

interface Chosen {
  readonly choice: Choice;
  readonly wanted: readonly number[];
  /** Nothing is left that the shares could pay for. */
  readonly exhausted: boolean;
}

interface Made {
  readonly schedule: Schedule;
  readonly parts: ReadonlyMap<string, PartOf>;
  readonly lines: readonly { readonly round: string; readonly target: number; readonly planned: number }[];
  readonly exhausted: boolean;
}

function activityWork(activity: Activity, number: number, minutes: number): Work {
  const subject = `activity:${activity.id}`;
  const { kind, title, text } = activity;
  return { ...PLAIN, id: `${kind}:${activity.id}:${number}`, kind, title, text, minutes, items: [subject], subject };
}

/** Mocks of one activity are numbered by their days, whatever the order in which they were taken. */
function numbered(fixed: readonly Fixed[]): Fixed[] {
  const bySubject = new Map<string, string[]>();
  for (const one of fixed) bySubject.set(one.work.subject, [...(bySubject.get(one.work.subject) ?? []), one.work.id]);
  for (const ids of bySubject.values()) ids.sort((a, b) => Number(a.split(":")[2]) - Number(b.split(":")[2]));
  return [...fixed]
    .sort((a, b) => a.day - b.day || (a.work.id < b.work.id ? -1 : 1))
    .map((one) => ({ ...one, work: { ...one.work, id: bySubject.get(one.work.subject)?.shift() ?? one.work.id } }));
}

/** The shortest sitting in which a work, or a part of it, can be done. */
function least(work: Work): number {
  return work.grain === 0 ? work.minutes : Math.min(work.grain, work.minutes);
}

function density(piece: Piece | undefined): number {
  return piece ? piece.work.worth / piece.minutes : 0;
}

function questions(count: number, title: string): string {
  return `${count === 1 ? "One question" : `${count} questions`} on ${title}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function isSkim(placed: Placed | undefined): boolean {
  return placed !== undefined && placed.work.skim && placed.parts === 1;
}

/** Placed pieces → sessions that a reader can follow. */
class Writer {
  readonly #index: Index;
  #reviews: number;
  readonly #drilled = new Map<number, number>();

  constructor(index: Index, reviews: number) {
    this.#index = index;
    this.#reviews = reviews;
  }

  /** Reviews first, to warm up; then the work; a mock interview last. */
  day(date: Iso, placed: readonly Placed[], backs: readonly Back[]): Session[] {
    const lists = placed.filter((one) => one.piece === -1 && one.work.kind === "review" && one.work.url !== "");
    const mocks = placed.filter((one) => one.piece === -1 && one.work.kind === "mock");
    const last = placed.filter((one) => one.piece === -1 && !lists.includes(one) && !mocks.includes(one));
    const work = placed.filter((one) => one.piece !== -1);
    const sessions: Session[] = [];
    for (let from = 0; from < backs.length; from += 6) sessions.push(this.#review(date, backs.slice(from, from + 6)));
    for (let from = 0; from < work.length; ) {
      let to = from + 1;
      while (to < work.length && to - from < 5 && isSkim(work[from]) && isSkim(work[to])) to += 1;
      if (to - from > 1) sessions.push(this.#skims(date, work.slice(from, to)));
      else sessions.push(this.#session(date, work[from] as Placed));
      from = to;
    }
    if (lists.length > 0) sessions.push(this.#lists(date, lists));
    sessions.push(...[...mocks, ...last].map((one) => this.#session(date, one)));
    return sessions;
  }

  /** Short versions that follow each other are one sitting. */
  #skims(date: Iso, placed: readonly Placed[]): Session {
    const entries = placed.map(({ work, round, minutes }): Entry => {
      return { item: work.subject, title: work.title, url: work.url, round, minutes };
    });
    const text = "The short version of each: In short, the trade-off table, the common mistakes.";
    return { ...this.#joined(date, (placed[0] as Placed).work.id, entries, text), kind: "read", skim: true };
  }

  #review(date: Iso, backs: readonly Back[]): Session {
    this.#reviews += 1;
    const entries = backs.map(({ page, round, minutes }): Entry => {
      const item = this.#index.items.get(page);
      return { item: page, title: item?.title ?? page, url: item?.url ?? "", round, minutes };
    });
    const text = "From memory first: the short answer, one number, one way it fails. Then look, and mark what was missing.";
    return this.#joined(date, `review:${this.#reviews}`, entries, text);
  }

  #lists(date: Iso, placed: readonly Placed[]): Session {
    const entries = placed.map(({ work, round, minutes }): Entry => {
      return { item: work.subject, title: work.title, url: work.url, round, minutes };
    });
    const text = "The list for the day of each round: read it once more, then let it rest.";
    return this.#joined(date, "review:on-the-day", entries, text);
  }

  #joined(date: Iso, id: string, entries: readonly Entry[], text: string): Session {
    const paid = new Map<string, number>();
    for (const entry of entries) paid.set(entry.round, (paid.get(entry.round) ?? 0) + entry.minutes);
    const round = [...paid].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
    const titles = entries.map((entry) => entry.title);
    const shown = titles.length > 3 ? [...titles.slice(0, 2), `${titles.length - 2} more`] : titles;
    const title = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}` : (shown[0] ?? "");
    return {
      id,
      date,
      kind: "review",
      title: id.endsWith("on-the-day") ? `Lists for the day: ${title}` : title,
      url: entries.length === 1 ? (entries[0]?.url ?? "") : "",
      text,
      minutes: sum(entries.map((entry) => entry.minutes)),
      round,
      entries,
      items: entries.map((entry) => entry.item),
      skim: false,
      part: 1,
      parts: 1,
    };
  }

  #session(date: Iso, placed: Placed): Session {
    const { work, minutes, round, part, parts } = placed;
    const split = parts > 1;
    let { items, title } = work;
    if (split && work.grain === QUESTION) {
      const from = this.#drilled.get(placed.piece) ?? 0;
      const count = part === parts ? items.length - from : minutes / QUESTION;
      this.#drilled.set(placed.piece, from + count);
      items = items.slice(from, from + count);
      title = questions(items.length, this.#index.items.get(work.subject)?.title ?? "");
    }
    return {
      id: split ? `${work.id}~${part}` : work.id,
      date,
      kind: work.kind,
      title,
      url: work.url,
      text: work.text,
      minutes,
      round,
      entries: [{ item: work.subject, title, url: work.url, round, minutes }],
      items,
      skim: work.skim,
      part,
      parts,
    };
  }
}
