/**
 * Where a reader is in a plan: which session a page belongs to, what comes next, how far along each round is. Views ask
 * here, so that the home page, the page that is read and the planner say the same.
 *
 * They ask with an agenda: what a plan holds, without how it was found. It is kept beside the plan, so that no page but
 * the planner's computes one.
 */
import type { Entry, Iso, Kind, Plan, Session, Tick } from "./types.ts";

export interface Agenda {
  readonly interview: Iso;
  /** Ticks from then on count. */
  readonly since: Iso;
  /** The rounds of the plan, in its order. */
  readonly rounds: readonly { readonly id: string; readonly name: string }[];
  /** In the order of the plan. */
  readonly sessions: readonly Session[];
}

export type Ticks = ReadonlyMap<string, Tick>;

export interface RoundStanding {
  /** "" for what belongs to no round. */
  readonly round: string;
  readonly name: string;
  /** Minutes that are done, that should be done by the evening before today, and of the whole plan. */
  readonly done: number;
  readonly due: number;
  readonly whole: number;
}

export interface StandingNow {
  /** Sessions that are done, of all: those of the plan, and those that were done before it was computed last. */
  readonly done: number;
  readonly all: number;
  /** Sessions of days that have passed, without a tick, and their minutes. */
  readonly missed: readonly Session[];
  readonly behind: number;
  /** Rounds that have any minutes, in the order in which the plan lists them. */
  readonly rounds: readonly RoundStanding[];
}

/** What comes after a page: another page of the same sitting, or another session. */
export interface Onward {
  readonly kind: Kind;
  readonly skim: boolean;
  readonly title: string;
  readonly url: string;
  /** It belongs to the session that the page belongs to. */
  readonly together: boolean;
}

/** A page within a plan. */
export interface PagePlace {
  readonly session: Session;
  readonly done: boolean;
  /** The how-manieth page of the sitting, of how many. */
  readonly step: number;
  readonly steps: number;
  readonly next: Onward | null;
}

export function agendaOf(plan: Plan, since: Iso, nameOf: (round: string) => string): Agenda {
  const rounds = [...plan.shares, ...plan.bookings].map(({ round }) => ({ id: round, name: nameOf(round) }));
  return { interview: plan.interview, since, rounds, sessions: plan.days.flatMap((day) => [...day.sessions]) };
}

const pathOf = (url: string): string => url.replace(/#.*/, "");

/** The entries of a session that are about the page at an address. */
function entriesAt(session: Session, path: string): readonly Entry[] {
  return path === "" ? [] : session.entries.filter((entry) => pathOf(entry.url) === path);
}

/** The session that the page at an address belongs to: the first that is open, else the last that is done, or null. */
export function sessionAt(agenda: Agenda, path: string, ticks: Ticks): Session | null {
  const found = agenda.sessions.filter((session) => entriesAt(session, path).length > 0);
  return found.find((session) => !ticks.has(session.id)) ?? found[found.length - 1] ?? null;
}

/**
 * The first session without a tick, in the order of the plan; `after` one, if that is given, or from a day on. Who is at a
 * session of that day or of one before has the day first. What lies before comes when nothing else is left. Null when all
 * is done.
 */
export function nextSession(agenda: Agenda, ticks: Ticks, after?: Session, day: Iso = ""): Session | null {
  const { sessions } = agenda;
  const ofDay = after && after.date <= day ? sessions.find((one) => one.date === day && one.id !== after.id && !ticks.has(one.id)) : undefined;
  if (ofDay) return ofDay;
  const first = after ? sessions.findIndex((session) => session.id === after.id) + 1 : sessions.findIndex((session) => session.date >= day);
  const from = first < 0 ? sessions.length : first;
  const open = (session: Session): boolean => !ticks.has(session.id) && session.id !== after?.id;
  return sessions.slice(from).find(open) ?? sessions.find(open) ?? null;
}

/**
 * Where the page at an address stands in the plan, and what comes after it; null when it is not planned. `held`: the
 * session that the reader is at, which it stays when it is done, whatever else is planned for the page. `day`: today.
 */
export function placeOfPage(agenda: Agenda, path: string, ticks: Ticks, held = "", day: Iso = ""): PagePlace | null {
  const session = agenda.sessions.find((one) => one.id === held && entriesAt(one, path).length > 0) ?? sessionAt(agenda, path, ticks);
  if (session === null) return null;
  const { entries } = session;
  const at = entries.findIndex((entry) => pathOf(entry.url) === path);
  const sibling = entries.slice(at + 1).find((entry) => pathOf(entry.url) !== path);
  const following = nextSession(agenda, ticks, session, day);
  const { kind, skim } = session;
  const next: Onward | null = sibling
    ? { kind, skim, title: sibling.title, url: sibling.url, together: true }
    : following && { kind: following.kind, skim: following.skim, title: following.title, url: addressOf(following), together: false };
  return { session, done: ticks.has(session.id), step: at + 1, steps: entries.length, next };
}

/** The questions of a drill. */
export function questionsIn({ kind, items }: Session): number {
  return kind === "drill" ? items.filter((id) => id.includes("#")).length : 0;
}

/** Whether a drill begins with the short answer of its page (sitting() of plan.ts writes its title). */
export function beginsInShort(session: Session): boolean {
  return questionsIn(session) > 0 && session.title.startsWith("In short");
}

/** Where a session begins: its page, or the first of its pages; "" when it has none. */
export function addressOf(session: Session): string {
  return session.url || (session.entries.find((entry) => entry.url !== "")?.url ?? "");
}

/** How far a plan is on a day, in sessions and in minutes by round. */
export function standing(agenda: Agenda, ticks: Ticks, today: Iso): StandingNow {
  const { sessions } = agenda;
  const own = new Set(sessions.map((session) => session.id));
  // What was done since this plan was begun and is no longer in it, since it was computed anew.
  const before = [...ticks.values()].filter((tick) => tick.minutes > 0 && tick.date >= agenda.since && !own.has(tick.id));
  const names = new Map(agenda.rounds.map(({ id, name }) => [id, name]));
  const rounds = new Map<string, { done: number; due: number; whole: number }>(agenda.rounds.map(({ id }) => [id, { done: 0, due: 0, whole: 0 }]));
  const of = (round: string): { done: number; due: number; whole: number } => {
    const found = rounds.get(round) ?? { done: 0, due: 0, whole: 0 };
    rounds.set(round, found);
    return found;
  };
  for (const tick of before) {
    const line = of(tick.round);
    line.done += tick.minutes;
    line.due += tick.minutes;
    line.whole += tick.minutes;
  }
  for (const session of sessions)
    for (const { round, minutes } of session.entries) {
      const line = of(round);
      line.whole += minutes;
      if (ticks.has(session.id)) line.done += minutes;
      if (session.date < today) line.due += minutes;
    }
  const missed = sessions.filter((session) => session.date < today && !ticks.has(session.id));
  return {
    done: before.length + sessions.filter((session) => ticks.has(session.id)).length,
    all: before.length + sessions.length,
    missed,
    behind: missed.reduce((sum, session) => sum + session.minutes, 0),
    rounds: [...rounds].map(([round, line]) => ({ round, name: names.get(round) ?? "", ...line })).filter((line) => line.whole > 0),
  };
}
