/**
 * Where a reader is in a plan: which session a page belongs to, what comes next, how far along each round is. Views ask
 * here, so that the home page, the page that is read and the planner say the same.
 */
import type { Iso, Plan, Progress, Session } from "./types.ts";

export interface RoundStanding {
  /** "" for what belongs to no round. */
  readonly round: string;
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

function sessionsOf(plan: Plan): Session[] {
  return plan.days.flatMap((day) => [...day.sessions]);
}

function ticked(progress: Progress): Set<string> {
  return new Set(progress.ticks.map((tick) => tick.id));
}

/** Whether a session is about a page: the page itself, a part of it, or questions that stand on it. */
export function isAbout(session: Session, page: string): boolean {
  return session.items.some((id) => id === page || id.startsWith(`${page}#`)) || session.entries.some((entry) => entry.item === page);
}

/** The session that a page belongs to: the first that is open, else the last that is done; null when it is not planned. */
export function sessionOfPage(plan: Plan, page: string, progress?: Progress): Session | null {
  const found = sessionsOf(plan).filter((session) => isAbout(session, page));
  const done = progress ? ticked(progress) : new Set<string>();
  return found.find((session) => !done.has(session.id)) ?? found[found.length - 1] ?? null;
}

/** The first session without a tick, in the order of the plan; `after` one, if that is given. Null when all is done. */
export function nextSession(plan: Plan, progress: Progress, after?: Session): Session | null {
  const done = ticked(progress);
  const sessions = sessionsOf(plan);
  const from = after ? sessions.findIndex((session) => session.id === after.id) + 1 : 0;
  const open = (session: Session): boolean => !done.has(session.id) && session.id !== after?.id;
  return sessions.slice(from).find(open) ?? sessions.find(open) ?? null;
}

/** How far a plan is on a day, in sessions and in minutes by round. */
export function standing(plan: Plan, progress: Progress, today: Iso): StandingNow {
  const done = ticked(progress);
  const sessions = sessionsOf(plan);
  const own = new Set(sessions.map((session) => session.id));
  // What was done since this plan was begun and is no longer in it, since it was computed anew.
  const before = progress.ticks.filter((tick) => tick.minutes > 0 && tick.date >= progress.since && !own.has(tick.id));
  const order = [...plan.shares, ...plan.bookings].map((line) => line.round);
  const rounds = new Map<string, { done: number; due: number; whole: number }>(order.map((round) => [round, { done: 0, due: 0, whole: 0 }]));
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
      if (done.has(session.id)) line.done += minutes;
      if (session.date < today) line.due += minutes;
    }
  const missed = sessions.filter((session) => session.date < today && !done.has(session.id));
  return {
    done: before.length + sessions.filter((session) => done.has(session.id)).length,
    all: before.length + sessions.length,
    missed,
    behind: missed.reduce((sum, session) => sum + session.minutes, 0),
    rounds: [...rounds].map(([round, line]) => ({ round, ...line })).filter((line) => line.whole > 0),
  };
}
