/**
 * The settings of a plan as a piece of a link that can be read and changed by hand: `#plan=2&days=28&level=mid&…&end`.
 * Nothing else is in it: no progress, no notes, no id.
 *
 * `end` stands last, so that a link that lost its end in a message is told from a whole one. The number after `plan=` is
 * the version; it keeps its place in every version to come. The same settings give the same text.
 *
 * Links of version 1 are still read: base64url of a few dozen bytes with a checksum, ids as 16 bits of their hash.
 */
import { dayNumber, isoDay } from "./plan/calendar.ts";
import type { Guide } from "./plan/usual.ts";
import type { Certainty, Iso, Settings, Strength } from "./plan/types.ts";

const NAME = "plan=";
const VERSION = 2;
const END = "end";
/** Of links of version 1. */
const FIRST = 1;
const CHECKSUM = 3;
/** Days are counted from here, which makes them two bytes: 1 January 2020. */
const EPOCH = 18_262;
/** More than the form lets through; a link never asks for more work than that. */
const MOST = 400;
const LONGEST = 12_000;
/** Minutes of a day. */
const DAY = 1440;
/** Days between any two days that there are. */
const FARTHEST = 400_000;

/** The ids that a link can name: read off the guide. */
export interface Vocabulary {
  readonly rounds: readonly string[];
  readonly areas: readonly string[];
  readonly levels: readonly string[];
  readonly companies: readonly string[];
  readonly roles: readonly string[];
  readonly tracks: readonly string[];
  /** What stands in for a role, level or company that the guide no longer has. */
  readonly usual: { readonly role: string; readonly level: string; readonly company: string };
}

export type Shared =
  /** `notes`: what the link names and the guide no longer has, in plain words; usually none. */
  | { readonly ok: true; readonly settings: Settings; readonly notes: readonly string[] }
  | { readonly ok: false; readonly why: "damaged" | "newer"; readonly reason: string };

export function vocabularyOf({ catalogue, allocation }: Guide): Vocabulary {
  const { levels, companies, roles, tracks } = allocation.names;
  const { role, level, company } = allocation.ready_made;
  return {
    rounds: catalogue.rounds.map((round) => round.id),
    areas: catalogue.areas.map((area) => area.id),
    levels: Object.keys(levels),
    companies: Object.keys(companies),
    roles: Object.keys(roles),
    tracks: Object.keys(tracks),
    usual: { role, level, company },
  };
}

/** The settings as they come back from a link: sorted, in range, without what says nothing. */
export function canonical(settings: Settings): Settings {
  const days = [...new Set(settings.daysOff)].filter((iso) => dayNumber(iso) !== null).sort();
  const share = (percent: number): number => Math.round(within(percent, 0, 100) * 10) / 10;
  return {
    interview: dayNumber(settings.interview) === null ? "" : settings.interview,
    minutes: Array.from({ length: 7 }, (_, at) => Math.floor(within(settings.minutes[at], 0, DAY))),
    daysOff: days.slice(0, MOST),
    role: settings.role,
    level: settings.level,
    company: settings.company,
    tracks: [...new Set(settings.tracks)].filter((track) => track !== "general").sort(),
    rounds: sorted(settings.rounds, (certainty) => certainty),
    strength: sorted(settings.strength, (value) => (value === "fair" ? null : value)),
    topics: sorted(settings.topics, (value) => (value === "fair" ? null : value)),
    split: settings.split === "loop" ? "loop" : "playbook",
    shares: sorted(settings.shares, share),
  };
}

/**
 * `plan=2&…`, to be put behind `#`. The same settings give the same text.
 *
 * With `undatedFrom` (today) no date is written: for who opens the link the interview is as many days away as it is from
 * then, and days off are left out. That is the link to give to others.
 */
export function encodeSettings(settings: Settings, undatedFrom?: Iso): string {
  const { interview, minutes, daysOff, tracks, rounds, strength, topics, shares, split, ...who } = canonical(settings);
  const from = undatedFrom === undefined ? null : dayNumber(undatedFrom);
  const day = dayNumber(interview);
  const which = <T>(record: Readonly<Record<string, T>>, wanted: T): string[] => Object.keys(record).filter((id) => record[id] === wanted);
  const parts: readonly (readonly [string, readonly (string | number)[]])[] = [
    from === null || day === null ? ["date", day === null ? [] : [interview]] : ["days", [day - from]],
    ["minutes", minutes],
    ["off", from === null ? daysOff : []],
    ["role", [who.role]],
    ["level", [who.level]],
    ["company", [who.company]],
    ["tracks", tracks],
    ["rounds", which(rounds, "sure")],
    ["maybe", which(rounds, "maybe")],
    ["weak", which(strength, "weak")],
    ["strong", which(strength, "strong")],
    ["weak-topics", which(topics, "weak")],
    ["strong-topics", which(topics, "strong")],
    ["shares", Object.entries(shares).map(([id, percent]) => `${id}:${percent}`)],
    ["split", split === "loop" ? [split] : []],
  ];
  const written = parts.filter(([, list]) => list.join("") !== "").map(([name, list]) => `${name}=${list.join(",")}`);
  return [`${NAME}${VERSION}`, ...written, END].join("&");
}

/** Whether a fragment claims to hold a plan at all. */
export function isShared(fragment: string): boolean {
  return fragment.replace(/^#/, "").startsWith(NAME);
}

/** Takes `location.hash` as it is. Never throws. */
export function decodeSettings(fragment: string, vocabulary: Vocabulary, today: Iso): Shared {
  if (!isShared(fragment)) return damaged("The link holds no plan.");
  const text = fragment.replace(/^#/, "").slice(NAME.length);
  if (text.length > LONGEST) return damaged(CUT_OFF);
  const version = /^(\d{1,3})(?:&|$)/.exec(text)?.[1];
  if (version === undefined) return decodeFirst(text, vocabulary, today);
  if (Number(version) > VERSION) return NEWER;
  const wire = Number(version) === VERSION ? parse(text.slice(version.length)) : null;
  return (wire && restored(wire, vocabulary, today)) ?? damaged(CUT_OFF);
}

const NEWER: Shared = {
  ok: false,
  why: "newer",
  reason: "The link to the plan was made by a newer version of this guide. Reload the page to get it.",
};
const CUT_OFF = "The link to the plan is incomplete or was changed on the way. Ask for it again, and copy all of it.";

function damaged(reason: string): Shared {
  return { ok: false, why: "damaged", reason };
}

// --- What a link says -> settings --------------------------------------------------------------------------------------

/** What a link says. Ids are written out, or, in links of version 1, hashes of ids. */
interface Wire {
  readonly loop: boolean;
  /** Whether the date is counted from today. */
  readonly undated: boolean;
  readonly date: number | null;
  readonly minutes: readonly number[];
  readonly role: string;
  readonly level: string;
  readonly company: string;
  readonly tracks: ReadonlySet<string>;
  readonly rounds: ReadonlyMap<string, Certainty>;
  readonly strength: ReadonlyMap<string, Strength>;
  readonly topics: ReadonlyMap<string, Strength>;
  /** In percent. */
  readonly shares: ReadonlyMap<string, number>;
  readonly daysOff: ReadonlySet<number>;
}

const KEYS = ["date", "days", "minutes", "off", "role", "level", "company", "tracks", "rounds", "maybe", "weak", "strong", "weak-topics", "strong-topics", "shares", "split"];

/** `&name=a,b&…&end`; null for what says no settings. */
function parse(text: string): Wire | null {
  const parts = text.split("&").slice(1);
  if (parts.pop() !== END) return null;
  const given = new Map<string, readonly string[]>();
  for (const part of parts) {
    const [name = "", list = "", ...rest] = part.split("=");
    if (!KEYS.includes(name) || given.has(name) || list === "" || rest.length > 0 || !/^[\w.,:-]+$/.test(list)) return null;
    given.set(name, list.split(","));
  }
  const of = (name: string): readonly string[] => given.get(name) ?? [];
  const one = (name: string): string => (of(name).length > 1 ? "" : (of(name)[0] ?? ""));
  const whole = (value: string, most: number): number => (/^-?\d{1,7}$/.test(value) && Math.abs(Number(value)) <= most ? Number(value) : NaN);
  const minutes = of("minutes").map((value) => whole(value, DAY));
  const date = given.has("days") ? whole(one("days"), FARTHEST) : given.has("date") ? (dayNumber(one("date")) ?? NaN) : null;
  const off = of("off").map((day) => dayNumber(day) ?? NaN);
  const shares = of("shares").map((share): readonly [string, number] => {
    const [id = "", percent = "", ...rest] = share.split(":");
    return [id, rest.length === 0 && /^\d{1,3}(\.\d)?$/.test(percent) ? Number(percent) : NaN];
  });
  const numbers = [...minutes, ...off, ...shares.map(([, percent]) => percent), date ?? 0];
  if (minutes.length !== 7 || numbers.some(Number.isNaN) || minutes.some((value) => value < 0) || shares.some(([, percent]) => percent > 100)) return null;
  if ((given.has("days") && (given.has("date") || off.length > 0)) || !["", "loop"].includes(one("split"))) return null;
  if ([...given.values()].some((list) => list.length > MOST)) return null;
  const named = <T>(...lists: readonly (readonly [string, T])[]): Map<string, T> => new Map(lists.flatMap(([name, value]) => of(name).map((id) => [id, value] as const)));
  return {
    loop: one("split") === "loop",
    undated: given.has("days"),
    date,
    minutes,
    role: one("role"),
    level: one("level"),
    company: one("company"),
    tracks: new Set(of("tracks")),
    rounds: named<Certainty>(["rounds", "sure"], ["maybe", "maybe"]),
    strength: named<Strength>(["weak", "weak"], ["strong", "strong"]),
    topics: named<Strength>(["weak-topics", "weak"], ["strong-topics", "strong"]),
    shares: new Map(shares),
    daysOff: new Set(off),
  };
}

/** Null when there is no such day. */
function restored(wire: Wire, vocabulary: Vocabulary, today: Iso, writtenAs: (id: string) => string = (id) => id): Shared | null {
  const from = wire.undated ? (dayNumber(today) ?? Infinity) : 0;
  const date = wire.date === null ? null : from + wire.date;
  const days = date === null ? [...wire.daysOff] : [date, ...wire.daysOff];
  if (days.some((day) => Math.abs(day) > FARTHEST || dayNumber(isoDay(day)) !== day)) return null;
  const notes: string[] = [];
  const one = (given: string, ids: readonly string[], usual: string, name: string): string => {
    const found = ids.find((id) => writtenAs(id) === given);
    if (found === undefined) notes.push(`The link names a ${name} that this guide does not have. The usual one is used instead.`);
    return found ?? usual;
  };
  const some = (given: Iterable<string>, ids: readonly string[], names: readonly [string, string]): Map<string, string> => {
    const known = new Map<string, string>();
    let missing = 0;
    for (const one of given) {
      const found = ids.find((id) => writtenAs(id) === one);
      if (found === undefined) missing += 1;
      else known.set(one, found);
    }
    if (missing === 1) notes.push(`The link names a ${names[0]} that this guide does not have. It was left out.`);
    if (missing > 1) notes.push(`The link names ${missing} ${names[1]} that this guide does not have. They were left out.`);
    return known;
  };
  const record = <T>(map: ReadonlyMap<string, T>, known: ReadonlyMap<string, string>): Record<string, T> => {
    const entries: [string, T][] = [];
    for (const [id, value] of map) if (known.has(id)) entries.push([known.get(id) as string, value]);
    return Object.fromEntries(entries);
  };
  const { rounds, strength, topics, shares } = wire;
  const named = new Set([...rounds.keys(), ...strength.keys(), ...shares.keys()]);
  const knownRounds = some(named, vocabulary.rounds, ["round", "rounds"]);
  const knownAreas = some(topics.keys(), vocabulary.areas, ["topic area", "topic areas"]);
  const knownTracks = some(wire.tracks, vocabulary.tracks, ["field", "fields"]);
  const settings: Settings = {
    interview: date === null ? "" : isoDay(date),
    minutes: wire.minutes,
    daysOff: [...wire.daysOff].map(isoDay),
    role: one(wire.role, vocabulary.roles, vocabulary.usual.role, "role"),
    level: one(wire.level, vocabulary.levels, vocabulary.usual.level, "level"),
    company: one(wire.company, vocabulary.companies, vocabulary.usual.company, "kind of company"),
    tracks: [...knownTracks.values()],
    rounds: record(rounds, knownRounds),
    strength: record(strength, knownRounds),
    topics: record(topics, knownAreas),
    split: wire.loop ? "loop" : "playbook",
    shares: record(shares, knownRounds),
  };
  return { ok: true, settings: canonical(settings), notes };
}

// --- Links of version 1 ------------------------------------------------------------------------------------------------

const LOOP = 1;
const DATED = 2;
/** Minutes are counted in fives, which makes almost all of them one byte. */
const FIVES = 4;
const UNDATED = 8;

function decodeFirst(text: string, vocabulary: Vocabulary, today: Iso): Shared {
  const bytes = bytesOf(text);
  if (bytes === null || bytes.length <= CHECKSUM) return damaged(CUT_OFF);
  const body = bytes.slice(0, -CHECKSUM);
  if (checksum(body).some((byte, at) => byte !== bytes[body.length + at])) return damaged(CUT_OFF);
  if ((body[0] as number) > FIRST) return NEWER;
  const wire = read(body);
  return (wire && restored(wire, vocabulary, today, hashOf)) ?? damaged(CUT_OFF);
}

/** Null for bytes that no settings were written as. */
function read(bytes: readonly number[]): Wire | null {
  let at = 0;
  let broken = false;
  const byte = (): number => {
    const value = bytes[at];
    at += 1;
    if (value === undefined) broken = true;
    return value ?? 0;
  };
  const count = (most: number): number => {
    let value = 0;
    for (let scale = 1; scale < 2 ** 35 && !broken; scale *= 128) {
      const next = byte();
      value += (next % 128) * scale;
      if (next < 128) {
        if (value > most) broken = true;
        return broken ? 0 : value;
      }
    }
    broken = true;
    return 0;
  };
  const signed = (): number => {
    const value = count(2 * FARTHEST);
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const hash = (): string => String(byte() * 256 + byte());
  const each = (most: number, action: (at: number) => void): void => {
    const length = count(most);
    for (let index = 0; index < length && !broken; index += 1) action(index);
  };

  if (byte() !== FIRST) return null;
  const flags = byte();
  const undated = (flags & UNDATED) !== 0;
  const date = flags & DATED ? signed() + (undated ? 0 : EPOCH) : null;
  const minutes = Array.from({ length: 7 }, () => count(DAY) * (flags & FIVES ? 5 : 1));
  const [role, level, company] = [hash(), hash(), hash()] as const;
  const tracks = new Set<string>();
  each(MOST, () => tracks.add(hash()));
  const rounds = new Map<string, Certainty>();
  for (const certainty of ["sure", "maybe"] as const) each(MOST, () => rounds.set(hash(), certainty));
  const strength = new Map<string, Strength>();
  const topics = new Map<string, Strength>();
  for (const map of [strength, topics]) {
    for (const value of ["weak", "strong"] as const) each(MOST, () => map.set(hash(), value));
  }
  const shares = new Map<string, number>();
  each(MOST, () => shares.set(hash(), count(1000) / 10));
  const daysOff = new Set<number>();
  let from = date ?? EPOCH;
  each(MOST, (index) => {
    from -= index === 0 ? signed() : count(FARTHEST);
    daysOff.add(from);
  });
  if (broken || at !== bytes.length || flags >= 2 * UNDATED || (undated && daysOff.size > 0)) return null;
  if (minutes.some((one) => one > DAY)) return null;
  const loop = (flags & LOOP) !== 0;
  return { loop, undated, date, minutes, role, level, company, tracks, rounds, strength, topics, shares, daysOff };
}

function bytesOf(text: string): number[] | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  return Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
}

/** CRC-24 as OpenPGP has it: no change within 24 bits in a row goes unnoticed. */
function checksum(bytes: readonly number[]): number[] {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x800000 ? (crc << 1) ^ 0x864cfb : crc << 1) & 0xffffff;
  }
  return [crc >> 16, (crc >> 8) & 255, crc & 255];
}

/** FNV-1a, folded to 16 bits. */
export function hashOf(id: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return String(((hash >>> 16) ^ hash) & 0xffff);
}

function within(value: number | undefined, least: number, most: number): number {
  return value !== undefined && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}

/** The entries in the order of their keys; those that `keep` returns null for are left out. */
function sorted<T>(record: Readonly<Record<string, T>>, keep: (value: T) => T | null): Readonly<Record<string, T>> {
  const entries: [string, T][] = [];
  for (const [key, value] of Object.entries(record)) {
    const kept = keep(value);
    if (kept !== null) entries.push([key, kept]);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
