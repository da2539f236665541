/**
 * The settings of a plan as a short piece of a link: `#plan=…`. Nothing else is in it: no progress, no notes, no id.
 *
 * The text is base64url of a few dozen bytes: a version, the settings, and a checksum of three bytes that is looked at
 * before anything else, so that a link that lost its end in a message is told from one of a newer guide. Checksum and
 * version therefore keep their places in every version to come.
 *
 * Ids are written as 16 bits of their hash. Positions in the guide's lists would be shorter, but a list that gets a new
 * entry in its middle would change what old links say; the ids themselves would be five times as long. Two ids of one
 * list that share a hash are told apart by nothing, so a test looks for them in the real lists.
 *
 * Every settings have one text only: a text that means the same but is written otherwise is refused as damaged.
 */
import { dayNumber, isoDay } from "./plan/calendar.ts";
import type { Guide } from "./plan/plan.ts";
import type { Certainty, Iso, Settings, Strength } from "./plan/types.ts";

const NAME = "plan=";
const VERSION = 1;
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
 * `plan=…`, to be put behind `#`. The same settings give the same text.
 *
 * With `undatedFrom` (today) no date is written: for who opens the link the interview is as many days away as it is from
 * then, and days off are left out. That is the link to give to others.
 */
export function encodeSettings(settings: Settings, undatedFrom?: Iso): string {
  return NAME + textOf(written(reduced(canonical(settings), undatedFrom)));
}

/** Whether a fragment claims to hold a plan at all. */
export function isShared(fragment: string): boolean {
  return fragment.replace(/^#/, "").startsWith(NAME);
}

/** Takes `location.hash` as it is. Never throws. */
export function decodeSettings(fragment: string, vocabulary: Vocabulary, today: Iso): Shared {
  if (!isShared(fragment)) return damaged("The link holds no plan.");
  const text = fragment.replace(/^#/, "").slice(NAME.length);
  const bytes = text.length > LONGEST ? null : bytesOf(text);
  if (bytes === null || bytes.length <= CHECKSUM) return damaged(CUT_OFF);
  const body = bytes.slice(0, -CHECKSUM);
  if (checksum(body).some((byte, at) => byte !== bytes[body.length + at])) return damaged(CUT_OFF);
  if ((body[0] as number) > VERSION) {
    const reason = "The link to the plan was made by a newer version of this guide. Reload the page to get it.";
    return { ok: false, why: "newer", reason };
  }
  const wire = read(body);
  if (wire === null || textOf(written(wire)) !== text) return damaged(CUT_OFF);
  return restored(wire, vocabulary, today) ?? damaged(CUT_OFF);
}

const CUT_OFF = "The link to the plan is incomplete or was changed on its way. Ask for it again, and copy it whole.";

function damaged(reason: string): Shared {
  return { ok: false, why: "damaged", reason };
}

// --- Settings ⇄ what is written: hashes in place of ids, numbers in place of days ---------------------------------------

interface Wire {
  loop: boolean;
  /** Whether the date is counted from today. */
  undated: boolean;
  date: number | null;
  minutes: number[];
  role: number;
  level: number;
  company: number;
  tracks: Set<number>;
  rounds: Map<number, Certainty>;
  strength: Map<number, Strength>;
  topics: Map<number, Strength>;
  /** In tenths of a percent. */
  shares: Map<number, number>;
  daysOff: Set<number>;
}

function reduced(settings: Settings, undatedFrom?: Iso): Wire {
  const from = undatedFrom === undefined ? null : dayNumber(undatedFrom);
  const interview = dayNumber(settings.interview);
  const hashed = <T>(record: Readonly<Record<string, T>>): Map<number, T> =>
    new Map(Object.entries(record).map(([id, value]) => [hashOf(id), value]));
  return {
    loop: settings.split === "loop",
    undated: from !== null,
    date: from === null || interview === null ? interview : interview - from,
    minutes: [...settings.minutes],
    role: hashOf(settings.role),
    level: hashOf(settings.level),
    company: hashOf(settings.company),
    tracks: new Set(settings.tracks.map(hashOf)),
    rounds: hashed(settings.rounds),
    strength: hashed(settings.strength),
    topics: hashed(settings.topics),
    shares: new Map([...hashed(settings.shares)].map(([id, percent]) => [id, Math.round(percent * 10)])),
    daysOff: new Set(from === null ? settings.daysOff.map((iso) => dayNumber(iso) as number) : []),
  };
}

/** Null when there is no such day. */
function restored(wire: Wire, vocabulary: Vocabulary, today: Iso): Shared | null {
  const from = wire.undated ? (dayNumber(today) ?? Infinity) : 0;
  const date = wire.date === null ? null : from + wire.date;
  const days = date === null ? [...wire.daysOff] : [date, ...wire.daysOff];
  if (days.some((day) => Math.abs(day) > FARTHEST || dayNumber(isoDay(day)) !== day)) return null;
  const notes: string[] = [];
  const one = (hash: number, ids: readonly string[], usual: string, name: string): string => {
    const found = ids.find((id) => hashOf(id) === hash);
    if (found === undefined) notes.push(`The link names a ${name} that this guide does not have. The usual one stands in.`);
    return found ?? usual;
  };
  const some = (hashes: Iterable<number>, ids: readonly string[], names: readonly [string, string]): Map<number, string> => {
    const known = new Map<number, string>();
    let missing = 0;
    for (const hash of hashes) {
      const found = ids.find((id) => hashOf(id) === hash);
      if (found === undefined) missing += 1;
      else known.set(hash, found);
    }
    if (missing === 1) notes.push(`The link names a ${names[0]} that this guide does not have. It was left out.`);
    if (missing > 1) notes.push(`The link names ${missing} ${names[1]} that this guide does not have. They were left out.`);
    return known;
  };
  const record = <T>(map: ReadonlyMap<number, T>, known: ReadonlyMap<number, string>): Record<string, T> => {
    const entries: [string, T][] = [];
    for (const [hash, value] of map) if (known.has(hash)) entries.push([known.get(hash) as string, value]);
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
    shares: Object.fromEntries(Object.entries(record(shares, knownRounds)).map(([id, tenths]) => [id, tenths / 10])),
  };
  return { ok: true, settings: canonical(settings), notes };
}

// --- What is written ⇄ bytes -------------------------------------------------------------------------------------------

const LOOP = 1;
const DATED = 2;
/** Minutes are counted in fives, which makes almost all of them one byte. */
const FIVES = 4;
const UNDATED = 8;

function written(wire: Wire): number[] {
  const out: number[] = [];
  // Seven bits a byte, the lowest first; the eighth says that more follow.
  const count = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
    out.push(rest);
  };
  const signed = (value: number): void => count(value < 0 ? -2 * value - 1 : 2 * value);
  const hash = (value: number): void => void out.push(value >> 8, value & 255);
  const hashes = (values: Iterable<number>): void => {
    const list = [...values].sort(ascending);
    count(list.length);
    list.forEach(hash);
  };
  const keys = <T>(map: ReadonlyMap<number, T>, wanted: T): number[] =>
    [...map].filter(([, value]) => value === wanted).map(([key]) => key);

  const { date, minutes } = wire;
  const fives = minutes.every((one) => one % 5 === 0);
  const flags = (wire.loop ? LOOP : 0) | (date === null ? 0 : DATED) | (fives ? FIVES : 0) | (wire.undated ? UNDATED : 0);
  out.push(VERSION, flags);
  if (date !== null) signed(wire.undated ? date : date - EPOCH);
  for (const one of minutes) count(fives ? one / 5 : one);
  for (const one of [wire.role, wire.level, wire.company]) hash(one);
  hashes(wire.tracks);
  hashes(keys(wire.rounds, "sure"));
  hashes(keys(wire.rounds, "maybe"));
  for (const map of [wire.strength, wire.topics]) {
    hashes(keys(map, "weak"));
    hashes(keys(map, "strong"));
  }
  count(wire.shares.size);
  for (const [id, tenths] of [...wire.shares].sort(([a], [b]) => a - b)) {
    hash(id);
    count(tenths);
  }
  // Days off from the last to the first, each as its distance from the one before: the last is near the interview.
  count(wire.daysOff.size);
  let from = date ?? EPOCH;
  [...wire.daysOff].sort(ascending).reverse().forEach((day, at) => {
    if (at === 0) signed(from - day);
    else count(from - day);
    from = day;
  });
  return [...out, ...checksum(out)];
}

/** Null for bytes that no settings are written as. What is merely written otherwise is found by writing it again. */
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
  const hash = (): number => byte() * 256 + byte();
  const each = (most: number, action: (at: number) => void): void => {
    const length = count(most);
    for (let index = 0; index < length && !broken; index += 1) action(index);
  };

  if (byte() !== VERSION) return null;
  const flags = byte();
  const undated = (flags & UNDATED) !== 0;
  const date = flags & DATED ? signed() + (undated ? 0 : EPOCH) : null;
  const minutes = Array.from({ length: 7 }, () => count(DAY) * (flags & FIVES ? 5 : 1));
  const [role, level, company] = [hash(), hash(), hash()] as const;
  const tracks = new Set<number>();
  each(MOST, () => tracks.add(hash()));
  const rounds = new Map<number, Certainty>();
  for (const certainty of ["sure", "maybe"] as const) each(MOST, () => rounds.set(hash(), certainty));
  const strength = new Map<number, Strength>();
  const topics = new Map<number, Strength>();
  for (const map of [strength, topics]) {
    for (const value of ["weak", "strong"] as const) each(MOST, () => map.set(hash(), value));
  }
  const shares = new Map<number, number>();
  each(MOST, () => shares.set(hash(), count(1000)));
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

// --- Bytes ⇄ text ------------------------------------------------------------------------------------------------------

function textOf(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
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
export function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return ((hash >>> 16) ^ hash) & 0xffff;
}

function ascending(a: number, b: number): number {
  return a - b;
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
