/** Settings as the form starts with them, and the changes that a form makes. */
import { addDays } from "./calendar.ts";
import { type Guide, usualRounds } from "./usual.ts";
import { HOURS } from "./today.ts";
import type { Certainty, Settings } from "./types.ts";

/** More minutes than a day has cannot be typed; what is sensible is for the plan to say. */
export const DAY = 1440;

/** How hours a week fall on the weekdays until the reader says more: Friday evenings are free. */
const WEEK = [1, 1, 1, 1, 0, 2, 2];

/** The minutes of each weekday for so many hours a week, in steps of five minutes, keeping the pattern there is. */
export function spreadHours(hours: number, pattern: readonly number[] = WEEK): number[] {
  const minutes = Math.max(HOURS.least, Math.min(HOURS.most, Number.isFinite(hours) ? hours : 0)) * 60;
  const weights = pattern.some((weight) => weight > 0) ? pattern : WEEK;
  const whole = weights.reduce((a, b) => a + b, 0);
  const days = weights.map((weight) => Math.min(DAY, Math.round((minutes * weight) / whole / 5) * 5));
  // Rounding must not change the week: the busiest day takes the difference, and the next one what is too much for it.
  const busiest = [...days.keys()].filter((at) => weights[at]).sort((a, b) => (days[b] as number) - (days[a] as number));
  let rest = Math.round(minutes / 5) * 5 - days.reduce((a, b) => a + b, 0);
  for (const at of busiest) {
    const before = days[at] as number;
    days[at] = Math.max(0, Math.min(DAY, before + rest));
    rest -= (days[at] as number) - before;
  }
  return days;
}

export function weekHours(minutes: readonly number[]): number {
  return Math.round((minutes.reduce((a, b) => a + b, 0) / 60) * 10) / 10;
}

/** Four weeks from today, eight hours a week, the loop of a large company at mid level. */
export function defaultSettings(guide: Guide, today: string): Settings {
  const { names } = guide.allocation;
  const level = "mid" in names.levels ? "mid" : (Object.keys(names.levels)[0] ?? "");
  const company = Object.keys(names.companies)[0] ?? "";
  const role = Object.keys(names.roles)[0] ?? "";
  return {
    interview: addDays(today, 28),
    minutes: spreadHours(8),
    daysOff: [],
    role,
    level,
    company,
    tracks: [],
    rounds: knownRounds(guide, usualRounds(guide.allocation, { company, level, role })),
    strength: {},
    topics: {},
    split: "playbook",
    shares: {},
  };
}

function knownRounds(guide: Guide, rounds: Readonly<Record<string, Certainty>>): Record<string, Certainty> {
  const known = new Set(guide.catalogue.rounds.map((round) => round.id));
  return Object.fromEntries(Object.entries(rounds).filter(([round]) => known.has(round)));
}

/** Settings with a change, and what follows from it: another role, level or kind of company brings its rounds and fields. */
export function change(settings: Settings, patch: Partial<Settings>, guide: Guide): Settings {
  const next = { ...settings, ...patch };
  const usual = (of: Settings): Record<string, Certainty> => knownRounds(guide, usualRounds(guide.allocation, of));
  const fields = (of: Settings): readonly string[] => guide.allocation.fields.find(({ role }) => role === of.role)?.tracks ?? [];
  const moved = patch.company !== undefined || patch.level !== undefined || patch.role !== undefined;
  // What the reader chose stays; only an untouched list follows.
  const rounds = moved && patch.rounds === undefined && same(settings.rounds, usual(settings)) ? usual(next) : next.rounds;
  const untouched = [...settings.tracks].sort().join() === [...fields(settings)].sort().join();
  const tracks = patch.role !== undefined && patch.tracks === undefined && untouched ? fields(next) : next.tracks;
  return { ...next, rounds, tracks };
}

function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/**
 * One share set by hand: what was set before gives way, so that no more than 100 % are set. Shares below half a percent
 * are nothing.
 */
export function setShare(shares: Readonly<Record<string, number>>, round: string, percent: number): Record<string, number> {
  const own = Math.max(0, Math.min(100, Math.round(percent)));
  const others = Object.entries(shares).filter(([id]) => id !== round);
  const taken = others.reduce((sum, [, value]) => sum + value, 0);
  const factor = taken > 100 - own && taken > 0 ? (100 - own) / taken : 1;
  return Object.fromEntries([...others.map(([id, value]) => [id, Math.round(value * factor * 10) / 10] as const), [round, own]]);
}

