/**
 * Settings as the form starts with them, and anything at all → valid settings: what a link, a file or an older version of
 * the page holds is never trusted, and what is wrong with it is told instead of thrown.
 */
import { addDays, dayNumber } from "./calendar.ts";
import { type Guide, usualRounds } from "./plan.ts";
import type { Certainty, Settings, Strength } from "./types.ts";

/** More minutes than a day has cannot be typed; what is sensible is for the plan to say. */
export const DAY = 1440;
const OFF_DAYS = 200;

/** How hours a week fall on the weekdays until the reader says more: Friday evenings are free. */
const WEEK = [1, 1, 1, 1, 0, 2, 2];

/** The minutes of each weekday for so many hours a week, in steps of five minutes, keeping the pattern there is. */
export function spreadHours(hours: number, pattern: readonly number[] = WEEK): number[] {
  const minutes = Math.max(0, Math.min(168, Number.isFinite(hours) ? hours : 0)) * 60;
  const weights = pattern.some((weight) => weight > 0) ? pattern : WEEK;
  const whole = weights.reduce((a, b) => a + b, 0);
  const days = weights.map((weight) => Math.min(DAY, Math.round((minutes * weight) / whole / 5) * 5));
  // Rounding must not change the week: the busiest day takes the difference.
  const busiest = days.indexOf(Math.max(...days));
  const rest = Math.round(minutes / 5) * 5 - days.reduce((a, b) => a + b, 0);
  days[busiest] = Math.max(0, Math.min(DAY, (days[busiest] ?? 0) + rest));
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
  return {
    interview: addDays(today, 28),
    minutes: spreadHours(8),
    daysOff: [],
    role: Object.keys(names.roles)[0] ?? "",
    level,
    company,
    tracks: [],
    rounds: knownRounds(guide, usualRounds(guide.allocation, company, level)),
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

export interface Repaired {
  readonly settings: Settings;
  /** What had to be changed, in words for the reader. */
  readonly complaints: readonly string[];
}

/** Make valid settings of any value; what cannot be used falls back to the default. */
export function repair(value: unknown, guide: Guide, today: string): Repaired {
  const base = defaultSettings(guide, today);
  const complaints: string[] = [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { settings: base, complaints: ["The settings could not be read; these are the usual ones."] };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const { names } = guide.allocation;
  const bad = (what: string): void => void complaints.push(`${what} could not be used and was set to the usual.`);

  const interview = (): string => {
    const day = given["interview"];
    if (typeof day === "string" && dayNumber(day) !== null) return day;
    if (day !== undefined) bad("The date of the interview");
    return base.interview;
  };
  const minutes = (): readonly number[] => {
    const list = given["minutes"];
    if (list === undefined) return base.minutes;
    const fits = (one: unknown): boolean => typeof one === "number" && Number.isInteger(one) && one >= 0 && one <= DAY;
    if (Array.isArray(list) && list.length === 7 && list.every(fits)) return list as number[];
    bad("The minutes of the weekdays");
    return base.minutes;
  };
  const daysOff = (): readonly string[] => {
    const list = given["daysOff"];
    if (list === undefined) return [];
    if (!Array.isArray(list) || list.length > OFF_DAYS) {
      bad("The days off");
      return [];
    }
    const days = list.filter((day): day is string => typeof day === "string" && dayNumber(day) !== null);
    if (days.length < list.length) complaints.push("Some days off were no dates and were left out.");
    return [...new Set(days)].sort();
  };
  const choice = (key: "role" | "level" | "company", list: Readonly<Record<string, string>>, what: string): string => {
    const one = given[key];
    if (typeof one === "string" && Object.hasOwn(list, one)) return one;
    if (one !== undefined) bad(what);
    return base[key];
  };
  const record = <T>(key: string, known: readonly string[], fits: (one: unknown) => one is T, what: string): Record<string, T> => {
    const map = given[key];
    if (map === undefined) return {};
    if (typeof map !== "object" || map === null || Array.isArray(map)) {
      bad(what);
      return {};
    }
    const kept: Record<string, T> = {};
    let lost = 0;
    for (const [id, one] of Object.entries(map)) {
      if (known.includes(id) && fits(one)) kept[id] = one;
      else lost += 1;
    }
    if (lost > 0) complaints.push(`${what}: ${lost === 1 ? "one entry is" : `${lost} entries are`} unknown to this guide and left out.`);
    return kept;
  };

  const rounds = guide.catalogue.rounds.map((round) => round.id);
  const areas = guide.catalogue.areas.map((area) => area.id);
  const isStrength = (one: unknown): one is Strength => one === "weak" || one === "fair" || one === "strong";
  const isCertainty = (one: unknown): one is Certainty => one === "sure" || one === "maybe";
  const isShare = (one: unknown): one is number => typeof one === "number" && one >= 0 && one <= 100;
  const tracks = given["tracks"];
  const fields = Array.isArray(tracks) ? tracks.filter((one) => one !== "general" && Object.hasOwn(names.tracks, String(one))) : [];
  if (tracks !== undefined && (!Array.isArray(tracks) || fields.length < tracks.length)) bad("The speciality");

  const settings: Settings = {
    interview: interview(),
    minutes: minutes(),
    daysOff: daysOff(),
    role: choice("role", names.roles, "The role"),
    level: choice("level", names.levels, "The level"),
    company: choice("company", names.companies, "The kind of company"),
    tracks: [...new Set(fields.map(String))].sort(),
    rounds: given["rounds"] === undefined ? base.rounds : record("rounds", rounds, isCertainty, "The rounds"),
    strength: record("strength", rounds, isStrength, "The strength by round"),
    topics: record("topics", areas, isStrength, "The strength by topic"),
    split: given["split"] === "loop" ? "loop" : "playbook",
    shares: record("shares", rounds, isShare, "The shares"),
  };
  return { settings, complaints };
}

/** Settings with a change, and what follows from it: another kind of company or level brings its usual rounds. */
export function change(settings: Settings, patch: Partial<Settings>, guide: Guide): Settings {
  const next = { ...settings, ...patch };
  const moved = patch.company !== undefined || patch.level !== undefined;
  if (!moved || patch.rounds !== undefined) return next;
  const usual = knownRounds(guide, usualRounds(guide.allocation, settings.company, settings.level));
  // Rounds that the reader chose stay; only an untouched list follows.
  if (!same(settings.rounds, usual)) return next;
  return { ...next, rounds: knownRounds(guide, usualRounds(guide.allocation, next.company, next.level)) };
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

