/** What a plan tells its reader besides the plan: what is wrong with the settings, what few days do to it, what is free. */
import { listsId } from "./history.ts";
import type { Schedule, StudyDay } from "./schedule.ts";
import { duration } from "./today.ts";
import type { Catalogue, Notice, Plan, Settings } from "./types.ts";
import { SESSION } from "./work.ts";
import { listed } from "./write.ts";

/** With so few study days a reader refreshes and does not learn. */
export const BRIEF = 3;
/** Days shorter than this hold next to nothing. */
const SHORT_DAY = 15;

/** A schedule, and whether nothing is left that the shares could pay for. */
export interface Filled {
  readonly schedule: Schedule;
  readonly exhausted: boolean;
}

export class Notices {
  readonly list: Notice[] = [];
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  note(code: string, text: string): void {
    this.list.push({ code, tone: "note", text });
  }

  warn(code: string, text: string, label?: string, change?: Partial<Settings>): void {
    const offer = label !== undefined && change !== undefined ? { offer: { label, change } } : {};
    this.list.push({ code, tone: "warning", text, ...offer });
  }

  /** What few days or short days do to a plan. */
  days(study: readonly StudyDay[], plan: Plan, settings: Settings): void {
    const sessions = plan.days.flatMap((day) => day.sessions);
    const longest = Math.max(...study.map((day) => day.available));
    if (longest < SHORT_DAY) {
      const text = `No day has more than ${longest} minutes. ${sessions.length === 0 ? "Nothing fits into that" : "Hardly anything fits into that"}: half an hour on five days a week makes a plan.`;
      this.warn("short-days", text, "Plan half an hour on workdays", { minutes: [30, 30, 30, 30, 30, 0, 0] });
    } else if (sessions.length === 0) {
      const what = plan.left.length > 0 ? "; what there is for these rounds is listed with the reason" : "";
      this.warn("nothing", `Nothing fits into the days that are left${what}.`);
    }
    if (study.length <= BRIEF && sessions.length > 0) {
      const held = [
        sessions.some((one) => one.skim || (one.kind === "drill" && one.title.startsWith("In short"))) ? "short versions" : "",
        sessions.some((one) => one.kind === "drill") ? "questions aloud" : "",
        sessions.some((one) => one.kind === "design") ? "designs aloud" : "",
        sessions.some((one) => one.kind === "mock") ? "a mock interview" : "",
        sessions.some((one) => one.id.startsWith(listsId(settings.interview))) ? "the lists for the day" : "",
      ].filter((part) => part !== "");
      const what = held.length > 0 ? `: ${listed(held)}` : "";
      this.note("brief", `With so few days the plan refreshes rather than teaches${what}.`);
    }
    if (settings.strength["coding"] === "weak" && settings.rounds["coding"] !== undefined && study.length < 15) {
      const text = "Coding from scratch takes weeks. In this time you can refresh what you knew, not learn it; say so to the recruiter if a later date is possible.";
      this.note("coding", text);
    }
  }

  free(study: readonly StudyDay[], { schedule, exhausted }: Filled, plan: Plan): void {
    const room = sum(study.map((day, at) => (day.light ? 0 : schedule.room(at))));
    if (!exhausted || room < 30 || room < 0.1 * sum(study.map((day) => day.cap))) return;
    const waiting = plan.left.some((one) => one.reason === "no-room" || one.reason === "no-time" || one.reason === "skimmed");
    const review = plan.days.some((day) => day.sessions.some((one) => one.kind === "review" && one.times !== undefined));
    const held = waiting ? "All that fits into your days is planned, and the rest is listed with its reason" : "Everything is planned";
    const text =
      `You have ${duration(room)} more than the plan can use for these rounds. ${held}${review ? "; what you have seen comes back at growing intervals" : ""}. ` +
      "The rest is left free: build something, read a book from the resources, or rest.";
    this.note("more-time", text);
  }

  /** Shares that the guide, or the days, cannot fill. */
  shares({ shares, left }: Plan, exhausted: boolean): void {
    const name = (round: string): string => this.#catalogue.rounds.find((one) => one.id === round)?.name ?? round;
    for (const line of exhausted ? [] : shares) {
      const missing = line.wanted - line.done - line.planned;
      if (missing <= SESSION || missing < 0.2 * line.wanted) continue;
      const has = line.planned + line.done;
      const open = left.filter((one) => one.rounds.includes(line.round) && one.reason !== "above-level" && one.reason !== "other-track");
      const text =
        open.length === 0
          ? `${name(line.round)}: its share is ${duration(line.wanted)}, and the guide has ${duration(has)} for it. The rest went to the other rounds.`
          : `${name(line.round)}: its share is ${duration(line.wanted)}, and ${duration(has)} of it is ${line.done > 0 ? "done or " : ""}planned. What else there is for it is listed with its reason.`;
      this.note("thin", text);
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
