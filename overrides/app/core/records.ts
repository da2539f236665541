/**
 * What a reader leaves behind, as records: each has a namespace, a key within it and a value that is plain JSON. The
 * store keeps records, the file carries them, and both check them by what is said here.
 *
 * A later feature adds a namespace to `NAMESPACES` and no store of its own. A shape that changes gets the next version
 * and a migration from the one before; records and files of every older version are brought up to date when they are
 * read.
 *
 * Ids of rounds, pages and questions are only looked at for their form: the guide changes, and what somebody did with a
 * page that is gone is theirs to keep.
 */
import {
  bad,
  type Check,
  type Checked,
  day,
  either,
  fieldsOf,
  flag,
  id,
  integer,
  listOf,
  number,
  object,
  oneOf,
  recordOf,
  text,
} from "./check.ts";
import { type Attempt, type Draft, keyOfAttempt } from "./attempts.ts";
import type { GivenEvent } from "./ics.ts";
import type { Entry, Iso, Kind, Portion, Progress, Session, Settings, Tick } from "./plan/types.ts";
import type { Agenda } from "./plan/where.ts";
import { CHOICES, FIRES, FIRING, HABITS, MOCKS, NOTES, RECORDINGS, REVIEWS, SITTING, STORIES } from "./practice/records.ts";

export interface Namespace<T> {
  readonly name: string;
  /** 1, 2, 3 … */
  readonly version: number;
  readonly check: Check<T>;
  /** `migrations[n]` turns a value of version n into one of version n + 1. It may throw on what it cannot read. */
  readonly migrations: Readonly<Record<number, (value: unknown) => unknown>>;
  /** The key that a value belongs under, where the value says so itself. */
  keyOf?(value: T): string;
}

/** The plan that the reader made. One, under the key "current". */
export interface SavedPlan {
  /** Random, made once for each plan: the calendar file is known by it when the settings have changed. */
  readonly id: string;
  /** When this plan was begun (`Progress.since`). */
  readonly since: Iso;
  readonly settings: Settings;
}

/** How the plan stands: from when it was computed, and what was given out of it. One, under the key "current". */
export interface Standing {
  /** The day from which the plan was computed last. */
  readonly from: Iso;
  /** Ids of the ticks that it was computed with; ticks made since then only tick off. */
  readonly done: readonly string[];
  /** The time of the last drill that it was computed with; 0 = none. */
  readonly until: number;
  /** Tells the guide of then from the guide of now. */
  readonly guide: string;
  /** Titles of the pages that the plan holds, by id: to say by name what is gone. */
  readonly pages: Readonly<Record<string, string>>;
  /** When sessions begin in the calendar file, in minutes after midnight. */
  readonly weekday: number;
  readonly weekend: number;
  /** Calendar events for whole days instead of sessions. */
  readonly allDay: boolean;
  /** Events of the last calendar file. */
  readonly given: readonly GivenEvent[];
}

/** The page on which the reader stopped. One, under the key "last". */
export interface Place {
  /** Relative to the site, with the anchor if there is one. */
  readonly url: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const KINDS = ["read", "run", "drill", "code", "debug", "design", "mock", "story", "review"] as const satisfies readonly Kind[];
const strength = oneOf(["weak", "fair", "strong"]);
/** Longer keys and ids than the guide will ever have. */
const LONGEST = 300;

export const checkSettings: Check<Settings> = object<Settings>({
  // A form that is not filled in yet is worth keeping too.
  interview: either(oneOf([""]), day),
  minutes: listOf(integer(0, 1440), 7, 7),
  daysOff: listOf(day, 0, 1000),
  role: id,
  level: id,
  company: id,
  tracks: listOf(id, 0, 50),
  rounds: recordOf(id, oneOf(["sure", "maybe"]), 100),
  strength: recordOf(id, strength, 100),
  topics: recordOf(id, strength, 100),
  split: oneOf(["playbook", "loop"]),
  shares: recordOf(id, number(0, 100), 100),
});

/** A part of a piece of work, in minutes from its beginning. */
const checkSpan: Check<readonly [number, number]> = (value, path) => {
  const ends = listOf(integer(0, 100_000), 2, 2)(value, path);
  if (!ends.ok) return ends;
  const [from, to] = ends.value as [number, number];
  return from < to ? { ok: true, value: [from, to] } : bad(path, "ends before it begins");
};

const checkPortion = object<Portion>({ spans: listOf(checkSpan, 1, 1000), of: integer(0, 100_000) });
const checkTimes = listOf(integer(1, 100_000), 0, 1000);

export const checkTick: Check<Tick> = object<Tick>(
  {
    id: text(1, LONGEST),
    date: day,
    kind: oneOf(KINDS),
    title: text(0, 1000),
    minutes: number(0, 1440),
    round: either(oneOf([""]), id),
    items: listOf(text(1, LONGEST), 0, 1000),
    skim: flag,
    portion: checkPortion,
    times: checkTimes,
  },
  ["skim", "portion", "times"],
);

/**
 * Until version 1 ids of sessions were counters: `read:page~2` was the second part of a page, of a length that nobody
 * wrote down, and `code:activity:3` the third time of something. Both are said in fields now. Keys stay: whatever else
 * knows a tick by its id, a calendar file among them, still does.
 */
function named(value: unknown): unknown {
  const tick = fieldsOf(value);
  const id = tick?.["id"];
  if (tick === null || typeof id !== "string") return value;
  const part = /~\d+$/.test(id);
  const minutes = tick["minutes"];
  const portion = part && tick["kind"] !== "drill" && typeof minutes === "number" && minutes > 0;
  const items = Array.isArray(tick["items"]) ? tick["items"] : [];
  const time = Number(/:(\d+)(?:~\d+)?$/.exec(id)?.[1]);
  const repeated = items.length === 1 && String(items[0]).startsWith("activity:") && time > 0;
  return {
    ...tick,
    ...(portion ? { portion: { spans: [[0, Math.ceil(minutes)]], of: 0 } } : {}),
    ...(repeated ? { times: [time] } : {}),
  };
}

export const PLAN: Namespace<SavedPlan> = {
  name: "plan",
  version: 1,
  check: object<SavedPlan>({ id: text(1, 100), since: day, settings: checkSettings }),
  migrations: {},
  keyOf: () => "current",
};

/** Key: the id of the tick. One record each, so that two tabs can tick different sessions at once. */
export const TICKS: Namespace<Tick> = {
  name: "ticks",
  version: 2,
  check: checkTick,
  migrations: { 1: named },
  keyOf: (tick) => tick.id,
};

export const PLACE: Namespace<Place> = {
  name: "place",
  version: 1,
  check: object<Place>({ url: text(0, 2000), title: text(0, 1000), at: integer(0, Number.MAX_SAFE_INTEGER) }),
  migrations: {},
  keyOf: () => "last",
};

/** Until version 1 the sessions of the next days stood here; all of them are in the agenda now. */
function withoutSoon(value: unknown): unknown {
  const { soon: _soon, ...rest } = fieldsOf(value) ?? {};
  return rest;
}

/** Until version 2 a plan knew nothing of drills. */
function beforeDrills(value: unknown): unknown {
  return { ...fieldsOf(value), until: 0 };
}

export const STANDING: Namespace<Standing> = {
  name: "standing",
  version: 3,
  check: object<Standing>({
    from: day,
    done: listOf(text(1, LONGEST), 0, 20_000),
    until: integer(0, Number.MAX_SAFE_INTEGER),
    guide: text(0, 100),
    pages: recordOf(text(1, LONGEST), text(0, 1000), 20_000),
    weekday: integer(0, 1439),
    weekend: integer(0, 1439),
    allDay: flag,
    given: listOf(
      object<GivenEvent>({ uid: text(1, 2 * LONGEST), title: text(0, 2000), start: text(8, 15), end: text(8, 15) }),
      0,
      20_000,
    ),
  }),
  migrations: { 1: withoutSoon, 2: beforeDrills },
  keyOf: () => "current",
};

const title = text(0, 2000);
const url = text(0, 2000);
const round = either(oneOf([""]), id);

const checkSession: Check<Session> = object<Session>(
  {
    id: text(1, LONGEST),
    date: day,
    kind: oneOf(KINDS),
    title,
    url,
    text: text(0, 2000),
    minutes: number(0, 1440),
    round,
    entries: listOf(object<Entry>({ item: text(1, LONGEST), title, url, round, minutes: number(0, 1440) }), 0, 100),
    items: listOf(text(1, LONGEST), 0, 1000),
    skim: flag,
    portion: checkPortion,
    times: checkTimes,
    part: integer(1, 1000),
    parts: integer(1, 1000),
  },
  ["portion", "times"],
);

/** What the plan holds, so that no other page has to compute it. One, under the key "current". */
export const AGENDA: Namespace<Agenda> = {
  name: "agenda",
  version: 1,
  check: object<Agenda>({
    interview: either(oneOf([""]), day),
    since: day,
    rounds: listOf(object<Agenda["rounds"][number]>({ id, name: text(0, 200) }), 0, 100),
    sessions: listOf(checkSession, 0, 5000),
  }),
  migrations: {},
  keyOf: () => "current",
};

/** Time that a page was looked at, if the reader wants it counted. Key: the page's address within the site. */
export interface Reading {
  readonly page: string;
  readonly seconds: number;
}

export const READING: Namespace<Reading> = {
  name: "reading",
  version: 1,
  check: object<Reading>({ page: text(1, LONGEST), seconds: integer(0, 10_000_000) }),
  migrations: {},
  keyOf: ({ page }) => page,
};

/** More than anybody writes for an exercise. */
const code = text(0, 100_000);
const names = listOf(text(1, LONGEST), 0, 500);

/** Every time that code was checked in the page. Key: the exercise and when. */
export const ATTEMPTS: Namespace<Attempt> = {
  name: "attempts",
  version: 1,
  check: object<Attempt>({
    exercise: text(1, LONGEST),
    at: integer(0, Number.MAX_SAFE_INTEGER),
    seconds: integer(0, 10_000_000),
    code,
    passed: names,
    failed: names,
    interview: flag,
  }),
  migrations: {},
  keyOf: keyOfAttempt,
};

/** What stands in the editor of an exercise. Key: the exercise. */
export const DRAFTS: Namespace<Draft> = {
  name: "drafts",
  version: 1,
  check: object<Draft>({ exercise: text(1, LONGEST), code, seconds: integer(0, 10_000_000), interview: flag }),
  migrations: {},
  keyOf: ({ exercise, interview }) => draftKey(exercise, interview),
};

/** An interview has a screen of its own, so that it spoils nothing that was written before. */
export function draftKey(exercise: string, interview: boolean): string {
  return interview ? `${exercise}?interview` : exercise;
}

export const NAMESPACES: readonly Namespace<unknown>[] = [PLAN, STANDING, AGENDA, TICKS, PLACE, READING, REVIEWS, SITTING, HABITS, NOTES, FIRES, FIRING, CHOICES, MOCKS, RECORDINGS, STORIES, ATTEMPTS, DRAFTS];

/** The progress that the planner takes, whatever order the ticks were made in. */
export function progressOf(since: Iso, ticks: Iterable<Tick>): Progress {
  const sorted = [...ticks].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id < b.id ? -1 : 1));
  return { since, ticks: sorted };
}

/** The round that pays most of a session: its minutes count towards the share of that, whatever it is shown as. */
export function paidBy({ entries, round }: Session): string {
  const paid = new Map<string, number>();
  for (const entry of entries) paid.set(entry.round, (paid.get(entry.round) ?? 0) + entry.minutes);
  return [...paid].sort((a, b) => b[1] - a[1])[0]?.[0] ?? round;
}

/** The tick that says that a session was done: on its own day, or on today if that is earlier. */
export function tickOf(session: Session, today: Iso): Tick {
  const { id, date, kind, title, minutes, items, skim, portion, times } = session;
  const round = paidBy(session);
  const more = { ...(skim ? { skim } : {}), ...(portion ? { portion } : {}), ...(times ? { times } : {}) };
  return { id, date: date < today ? date : today, kind, title, minutes, round, items, ...more };
}

/** A value of this or an older version, brought up to date and checked. Newer versions are for the caller to refuse. */
export function bring<T>(namespace: Namespace<T>, version: number, key: string, value: unknown, path: string): Checked<T> {
  let current = value;
  for (let from = version; from < namespace.version; from += 1) {
    const migrate = namespace.migrations[from];
    if (!migrate) return bad(path, `is of version ${from}, which can no longer be read`);
    try {
      current = migrate(current);
    } catch {
      return bad(path, `is of version ${from} and could not be brought up to date`);
    }
  }
  const checked = namespace.check(current, path);
  if (checked.ok && namespace.keyOf && namespace.keyOf(checked.value) !== key)
    return bad(path, "does not belong under its key");
  return checked;
}
