/** What did not fit into a plan, and why: the reason is computed for each, so that a reader can do something about it. */
import type { LeftWorth } from "./fixed.ts";
import type { History, Index } from "./history.ts";
import type { Piece, Schedule } from "./schedule.ts";
import { counted } from "./today.ts";
import type { Item, Left, LeftReason, Settings } from "./types.ts";
import { COMEBACK, type Work } from "./work.ts";
import { questionMinutes } from "./works.ts";

const WHY: Readonly<Record<"above-level" | "other-track" | "no-time", string>> = {
  "above-level": "Expected above your level, so it comes after what is expected at your level.",
  "other-track": "It belongs to a field that you did not choose.",
  "no-time": "The time of its rounds goes to what is worth more per minute.",
};

/** Why something was left out, and what it would have been worth. */
interface Judged {
  readonly worth: number;
  readonly reason: LeftReason;
  readonly why: string;
}

export class LeftOut {
  readonly #index: Index;
  readonly #history: History;
  readonly #settings: Settings;
  readonly #mocks: readonly LeftWorth[];

  /** `mocks`: mock interviews that found no place. */
  constructor(index: Index, history: History, settings: Settings, mocks: readonly LeftWorth[]) {
    this.#index = index;
    this.#history = history;
    this.#settings = settings;
    this.#mocks = mocks;
  }

  /** What did not fit, the most valuable first, each with the reason that was computed for it. */
  left(works: readonly Work[], pieces: readonly Piece[], schedule: Schedule, short: (round: string) => number): Left[] {
    const placed = schedule.placed.flat();
    const planned = new Set(placed.flatMap((one) => (one.work.kind === "review" ? [] : one.work.items)));
    const units = new Set(placed.map((one) => one.work.id));
    const position = new Map(pieces.map((piece, at) => [piece.work.id, at]));
    const isPlaced = (work: Work): boolean => units.has(work.id) || schedule.isPlaced(position.get(work.id) ?? -1);
    const room = Math.max(0, ...schedule.days.map((day, at) => (day.light ? 0 : schedule.room(at))));
    const largest = Math.max(0, ...schedule.days.filter((day) => !day.light).map((day) => day.cap));
    const found: (Left & { readonly worth: number })[] = [];
    const asked = new Map<string, Judged>();
    const ask = (work: Work, worth: number): void => {
      if ((asked.get(work.subject)?.worth ?? 0) < worth) asked.set(work.subject, { worth, ...judge(work, work.minutes) });
    };

    const judge = (work: Work, minutes: number): Omit<Judged, "worth"> => {
      if (work.drawback !== null) return { reason: work.drawback, why: WHY[work.drawback] };
      const open = work.needs.map((need) => works[need] as Work).filter((one) => !isPlaced(one) && one.subject !== work.subject);
      const titles = [...new Set(open.map((one) => one.title))].filter((title) => title !== work.title).slice(0, 2);
      const before = titles.length > 0 ? ` It also needs ${titles.join(" and ")} first.` : "";
      if (least(work) > largest) return { reason: "no-room", why: "No day before the interview is long enough for it." };
      if (room >= minutes || work.rounds.some((round) => short(round) >= minutes)) {
        const why = room >= minutes ? `No day that is free for it can hold it in the right order.${before}` : `No day before the interview has enough room left for it.${before}`;
        return { reason: "no-room", why };
      }
      return { reason: "no-time", why: `The time of its rounds goes to what is worth more per minute.${before}` };
    };

    for (const work of works) {
      if (work.kind === "drill" && !work.subject.startsWith("activity:")) {
        if (!isPlaced(work)) ask(work, work.worth);
        continue;
      }
      // The short version of a page is no line of its own, nor is the second time of something.
      if (work.skim || work.support || work.rounds.length === 0 || isPlaced(work)) continue;
      if (work.time > 0 && (planned.has(work.subject) || this.#history.times(work.subject).numbers.size > 0)) continue;
      const minutes = work.minutes - (work.companion?.minutes ?? 0) - (work.comeback ? COMEBACK : 0);
      let { reason, why } = judge(work, work.minutes);
      const covered = placed.find((one) => one.work.subject === work.subject && one.work.items.includes(work.subject) && one.work.kind !== "review");
      if (reason === "no-time" && work.kind === "read" && covered) {
        const said = covered.work.skim ? "Only its short version is planned" : "Its short version and its first questions are planned";
        [reason, why] = ["skimmed", `${said}; all of it would take longer than it is worth here.`];
      }
      if (work.companion) ask(work, work.worth / 2);
      const { id, kind, title, url, rounds, worth } = work;
      found.push({ id: id.replace(":activity:", ":"), kind, title, url, rounds, minutes, reason, why, worth });
    }
    found.push(...this.#questions(planned, asked));
    found.push(...this.#mocks);
    return found.sort((a, b) => b.worth - a.worth || (a.id < b.id ? -1 : 1)).map(({ worth: _worth, ...left }) => left);
  }

  /** Questions of the rounds of this loop that are neither drilled nor planned, by page. */
  #questions(planned: ReadonlySet<string>, asked: ReadonlyMap<string, Judged>): (Left & { readonly worth: number })[] {
    const byPage = new Map<string, Item[]>();
    for (const item of this.#index.items.values()) {
      if (item.kind !== "question" || !item.page || planned.has(item.id) || this.#history.drilled(item.id)) continue;
      if (item.rounds?.some((round) => this.#settings.rounds[round] !== undefined))
        byPage.set(item.page, [...(byPage.get(item.page) ?? []), item]);
    }
    return [...byPage].flatMap(([id, list]) => {
      const page = this.#index.items.get(id);
      if (!page) return [];
      const unasked: Judged = { worth: 0, reason: "above-level", why: "Asked above your level, or on a page that this plan does not use." };
      const { worth, reason, why } = asked.get(id) ?? unasked;
      const rounds = Object.keys(this.#settings.rounds).filter((round) => list.some((item) => item.rounds?.includes(round)));
      const minutes = sum(list.map((item) => questionMinutes(item)));
      const url = `${page.url}#questions`;
      return [{ id: `drill:${id}`, kind: "drill", title: `${counted(list.length)} on ${page.title}`, url, rounds, minutes, reason, why, worth }];
    });
  }
}

/** The shortest sitting in which a work, or a part of it, can be done. */
export function least(work: Work): number {
  const own = work.minutes - (work.companion?.minutes ?? 0) - (work.comeback ? COMEBACK : 0);
  return work.grain === 0 ? own : Math.min(work.grain, own);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
