/**
 * What has a place of its own and is put there before anything else: mock interviews, and the lists of the last day.
 *
 * Mocks lie in the last third of the study days, so that there is something to try. A plan of a few days has no such
 * third: there its last whole day takes one, if it has an hour and a half, since being asked is worth more than the
 * chapter that could stand in its place.
 */
import { dayNumber } from "./calendar.ts";
import { held } from "./floors.ts";
import { free, type History, type Index, placeOf } from "./history.ts";
import type { StudyDay } from "./schedule.ts";
import { duration } from "./today.ts";
import type { Activity, Allocation, Left, Settings } from "./types.ts";
import { fits, PLAIN, SESSION, type Work } from "./work.ts";

export interface Fixed {
  readonly day: number;
  readonly round: string;
  readonly work: Work;
}

/** Something that was left out, and what it would have been worth. */
export type LeftWorth = Left & { readonly worth: number };

export interface Frame {
  readonly allocation: Allocation;
  readonly settings: Settings;
  readonly index: Index;
  readonly history: History;
  readonly study: readonly StudyDay[];
  readonly faced: readonly string[];
  /** Only a few days are left. */
  readonly brief: boolean;
  /** Minutes of a round from today on. */
  readonly part: (round: string) => number;
}

/** A mock interview that has no day yet. */
interface Wanted {
  readonly activity: Activity;
  readonly round: string;
  readonly minutes: number;
  readonly time: number;
}

type Place = { readonly day: StudyDay; readonly at: number };

const CHECKLIST = 5;
/** A day with so many minutes holds two mocks. */
const LONG_DAY = 120;
const SHORTEST_MOCK = 20;
/** A day outside the last third takes a mock only if it has so many minutes. */
const SLOT = 90;
/** With few days a mock takes at most so much of its round's time: something has to come before it. */
const MOST_OF_ROUND = 2 / 3;

const places = (cap: number): number => (cap >= LONG_DAY ? 2 : 1);

export class Fixing {
  readonly #frame: Frame;
  /** Mock interviews of faced rounds that found no place. */
  readonly left: LeftWorth[] = [];

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  // --- Mocks --------------------------------------------------------------------------------------------------------

  mocks(): Fixed[] {
    const { allocation, settings, part } = this.#frame;
    const days = this.#days();
    const mocks = allocation.activities.filter((one) => one.kind === "mock" && fits(one, settings));
    if (days.length === 0) {
      this.#withoutMocks(mocks, "The last third of the plan has no day for a mock interview.");
      return [];
    }
    const fixed = this.#spread(this.#choose(mocks, days), days);
    const planned = new Set(fixed.map(({ work }) => work.subject));
    const largest = Math.max(...days.map(({ day }) => day.cap));
    for (const activity of mocks.filter(({ id }) => !planned.has(`activity:${id}`))) {
      const most = Math.max(...activity.rounds.map(part));
      const minutes = Math.min(activity.minutes, largest, SESSION);
      const why =
        minutes < SHORTEST_MOCK
          ? "No day is long enough for it."
          : most < minutes
            ? `Its round has ${most < 1 ? "no time" : duration(most)} left, and it takes ${duration(minutes)}.`
            : "The part of the last third that is for mock interviews is taken by those of other rounds.";
      this.#withoutMocks([activity], why);
    }
    return numbered(fixed);
  }

  /** The days that may hold mocks. */
  #days(): Place[] {
    const { study } = this.#frame;
    const whole = study.map((day, at) => ({ day, at })).filter(({ day }) => !day.light);
    const third = whole.filter(({ at }) => at >= Math.ceil((study.length * 2) / 3));
    return third.length > 0 ? third : whole.slice(-1).filter(({ day }) => day.cap >= SLOT);
  }

  /** What a round can give to mocks: with few days, what is left beside the practice that it holds anyway. */
  #spare(round: string): number {
    const { allocation, brief, part } = this.#frame;
    return part(round) - (brief ? held(allocation, round, part(round)) : 0);
  }

  /** On short days, and with few of them, a shorter mock is better than none. */
  #length(activity: Activity, round: string, largest: number): number {
    const own = this.#frame.brief ? Math.max(SHORTEST_MOCK, Math.floor(this.#spare(round) * MOST_OF_ROUND)) : Infinity;
    return Math.min(activity.minutes, largest, SESSION, own);
  }

  /** Which mocks there are: one for sure, those that certain rounds are due, and more from a part of the last third. */
  #choose(mocks: readonly Activity[], days: readonly Place[]): Wanted[] {
    const { allocation, settings, history, faced, part } = this.#frame;
    const rules = allocation.mocks;
    const caps = sum(days.map(({ day }) => day.cap));
    let budget = (caps * rules.share) / 100;
    // Somebody has to play the interviewer: more than so many a week are not to be had.
    const span = (days[days.length - 1]?.day.number ?? 0) - (days[0]?.day.number ?? 0) + 1;
    const most = Math.ceil((span * rules.a_week) / 7);
    const room = sum(days.map(({ day }) => places(day.cap)));
    const largest = Math.max(...days.map(({ day }) => day.cap));
    const taken = new Map<string, number>();
    const queue: Wanted[] = [];
    for (let first = true; queue.length < room; first = false) {
      let best: Wanted | null = null;
      let claim = 0;
      for (const activity of mocks) {
        const round = activity.rounds.filter((one) => faced.includes(one)).sort((a, b) => part(b) - part(a))[0];
        if (round === undefined) continue;
        const { numbers } = history.times(`activity:${activity.id}`);
        const before = taken.get(activity.id) ?? 0;
        const done = numbers.size + before;
        const minutes = this.#length(activity, round, largest);
        if (done >= activity.times || minutes < SHORTEST_MOCK) continue;
        const used = sum(queue.filter((one) => one.round === round).map((one) => one.minutes));
        if (this.#spare(round) < used + minutes) continue;
        // A certain round with time for it has its mocks whatever the others have.
        const due = settings.rounds[round] === "sure" && this.#spare(round) >= rules.from && done < rules.certain;
        if (!due && !first && (minutes > budget || queue.length >= most)) continue;
        const own = (due ? 1e6 : 0) + this.#spare(round) / (1 + before ** 2);
        if (own > claim) [best, claim] = [{ activity, round, minutes, time: free(numbers, before + 1)[before] as number }, own];
      }
      // One mock there is as soon as the last third has twice the room for it; more only from their part.
      if (best === null || (first && caps < 2 * best.minutes)) break;
      budget -= best.minutes;
      taken.set(best.activity.id, (taken.get(best.activity.id) ?? 0) + 1);
      queue.push(best);
    }
    return queue;
  }

  /**
   * Spread evenly; a day holds one, a long day two. Those of one round as far from each other as they can be, so that there
   * is time to mend what one has shown.
   */
  #spread(queue: readonly Wanted[], days: readonly Place[]): Fixed[] {
    const { study } = this.#frame;
    const slots = new Map(days.map(({ day, at }) => [at, { left: day.cap, room: places(day.cap) }]));
    const fixed: Fixed[] = [];
    const spread = queue.map((one, order) => {
      const alike = queue.filter((other) => other.activity === one.activity);
      return { one, order, share: (alike.indexOf(one) + 0.5) / alike.length };
    });
    spread.sort((a, b) => a.share - b.share || a.order - b.order);
    spread.forEach(({ one }, position) => {
      const ideal = ((position + 0.5) * days.length) / queue.length;
      const alike = fixed.filter((other) => other.work.subject === `activity:${one.activity.id}`);
      const apart = (number: number): number => Math.min(one.activity.every, ...alike.map((other) => Math.abs((study[other.day]?.number ?? 0) - number)));
      const open = days
        .map(({ at, day }, order) => ({ at, off: Math.abs(order + 0.5 - ideal), apart: apart(day.number) }))
        .filter(({ at }) => !alike.some((other) => other.day === at))
        .filter(({ at }) => (slots.get(at)?.room ?? 0) > 0 && (slots.get(at)?.left ?? 0) >= one.minutes)
        .sort((a, b) => b.apart - a.apart || a.off - b.off || a.at - b.at)[0];
      if (!open) return;
      const slot = slots.get(open.at) as { left: number; room: number };
      slot.left -= one.minutes;
      slot.room -= 1;
      fixed.push({ day: open.at, round: one.round, work: this.#atPlace(one.activity, one.time, one.minutes) });
    });
    return fixed;
  }

  #withoutMocks(mocks: readonly Activity[], why: string): void {
    const { allocation, index, history, faced } = this.#frame;
    for (const { id, title, minutes, rounds, pages } of mocks) {
      const own = rounds.filter((round) => faced.includes(round));
      if (own.length === 0 || history.times(`activity:${id}`).numbers.size > 0) continue;
      const worth = allocation.values["activity"]?.usual ?? 0;
      this.left.push({ id: `mock:${id}:1`, kind: "mock", title, url: placeOf(pages, index), rounds: own, minutes, reason: "no-time", why, worth });
    }
  }

  /** Something fixed to a day that is no page: a mock interview, what tomorrow needs. */
  #atPlace(activity: Activity, time: number, minutes: number): Work {
    const subject = `activity:${activity.id}`;
    const { kind, title, text, rounds } = activity;
    const url = placeOf(activity.pages, this.#frame.index);
    return { ...PLAIN, id: `${kind}:${activity.id}:${time}`, kind, title, url, text, minutes, rounds, items: [subject], subject, time };
  }

  // --- The last day -------------------------------------------------------------------------------------------------

  /** What is looked at last: the lists for the day of each round, and what tomorrow needs. */
  checklists(): Fixed[] {
    const { allocation, settings, index, history, study, faced, part } = this.#frame;
    const at = study.length - 1;
    const day = study[at] as StudyDay;
    const eve = (dayNumber(settings.interview) ?? 0) - day.number <= 1;
    if (!eve || day.cap < 15) return [];
    // On the only evening there is, most of the time goes to what may be asked.
    let left = study.length === 1 ? Math.floor(day.cap / 6) : day.cap;
    const fixed: Fixed[] = [];
    const pages = [...index.items.values()].filter((item) => item.kind === "round");
    const listed = history.listed(settings.interview);
    for (const round of [...faced].sort((a, b) => part(b) - part(a))) {
      const page = pages.find((item) => item.rounds?.includes(round));
      // What a booking has at least is for its work.
      const least = allocation.bookings.find((one) => one.round === round)?.least ?? 0;
      if (!page || left < CHECKLIST || part(round) < CHECKLIST + least || listed.has(page.id)) continue;
      left -= CHECKLIST;
      const work = { ...PLAIN, id: `review:${page.id}:on-the-day`, kind: "review" as const, title: page.title };
      const url = `${page.url}#on-the-day`;
      fixed.push({ day: at, round, work: { ...work, url, minutes: CHECKLIST, items: [page.id], subject: page.id, rounds: [round] } });
    }
    for (const activity of allocation.activities) {
      if (activity.part !== "last-day" || activity.minutes > left || !fits(activity, settings)) continue;
      // Each interview has a day before it.
      const id = `${activity.kind}:${activity.id}:${settings.interview}`;
      if (history.has(id)) continue;
      left -= activity.minutes;
      fixed.push({ day: at, round: "", work: { ...this.#atPlace(activity, 0, activity.minutes), id } });
    }
    return fixed;
  }
}

/** Mocks of one activity are numbered by their days, whatever the order in which they were taken. */
function numbered(fixed: readonly Fixed[]): Fixed[] {
  const bySubject = new Map<string, Work[]>();
  for (const { work } of fixed) bySubject.set(work.subject, [...(bySubject.get(work.subject) ?? []), work]);
  for (const works of bySubject.values()) works.sort((a, b) => a.time - b.time);
  return [...fixed]
    .sort((a, b) => a.day - b.day || (a.work.id < b.work.id ? -1 : 1))
    .map((one) => {
      const { id, time } = bySubject.get(one.work.subject)?.shift() ?? one.work;
      return { ...one, work: { ...one.work, id, time } };
    });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
