/**
 * The nouns of the planner. Everything here is plain JSON data, so that a plan can be computed in the browser, in Node
 * at build and in tests from the same inputs, and compared byte for byte.
 *
 * Ids of rounds, areas, levels, companies, roles and tracks are strings: the closed lists live in the library
 * (hooks/guide/model/vocabulary.py) and reach this code as data, so they are not repeated here.
 */

/** A calendar day, `YYYY-MM-DD`. */
export type Iso = string;
export type Importance = "core" | "common" | "occasional";
export type Certainty = "sure" | "maybe";
export type Strength = "weak" | "fair" | "strong";
/** What is done in a session. */
export type Kind = "read" | "run" | "drill" | "code" | "debug" | "design" | "mock" | "story" | "review";

// --- The published catalogue (data/catalogue.json), as far as the planner reads it -----------------------------------

export interface RoundFact {
  readonly id: string;
  readonly name: string;
  readonly minutes?: readonly number[] | null;
  readonly hue?: string;
}

export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  readonly title: string;
  readonly rounds?: readonly string[];
  readonly level?: string | null;
  /** A page: to read it. A question: to say it, to compare, and its follow-ups. */
  readonly minutes?: number | null;
  /** Of a page: the minutes of its short version. */
  readonly short?: number | null;
  readonly importance?: Importance | null;
  readonly prerequisites?: readonly string[];
  readonly tracks?: readonly string[];
  readonly companies?: readonly string[];
  readonly area?: string | null;
  /** The page that a question stands on. */
  readonly page?: string | null;
  readonly phrasing?: string;
  readonly questionKind?: string;
  /** Of a question: differs when its text does. */
  readonly print?: string;
  readonly aliases?: readonly string[];
  /** An exercise that has a twin with planted bugs. */
  readonly debug?: boolean;
  /** What kind of thing an exercise has the reader write. */
  readonly pattern?: string | null;
}

export interface Catalogue {
  readonly rounds: readonly RoundFact[];
  readonly areas: readonly { readonly id: string; readonly title: string }[];
  readonly items: readonly Item[];
}

// --- The published allocation (data/allocation.json, from docs/plan/allocation.yml) -----------------------------------

export interface Reasoned {
  readonly reason: string;
  readonly source: string;
  readonly judged?: string;
}

export interface When {
  readonly levels: readonly string[];
  readonly companies: readonly string[];
  readonly roles: readonly string[];
  readonly sure: readonly string[];
  readonly unsure: readonly string[];
  readonly speciality?: boolean;
}

export interface Activity {
  readonly id: string;
  readonly kind: Kind;
  readonly rounds: readonly string[];
  readonly title: string;
  readonly text: string;
  /** Where it leads, the best place first: ids of pages, with an anchor perhaps, or of resources. */
  readonly pages: readonly string[];
  readonly minutes: number;
  readonly importance: Importance;
  readonly times: number;
  readonly every: number;
  readonly part: "any" | "first" | "last-day";
  /** The activity that has to come before it. */
  readonly after?: string;
  /** The activity that comes before it when both are planned. */
  readonly rather_after?: string;
  /** Too late so many days before the interview, unless nothing but its rounds is faced. */
  readonly lead?: number;
  readonly levels: readonly string[];
  readonly companies: readonly string[];
  readonly roles: readonly string[];
}

export interface Interview {
  readonly round: string;
  readonly count: number;
  readonly minutes: number;
  readonly certainty: Certainty;
  readonly levels: readonly string[];
  readonly roles: readonly string[];
}

export interface Allocation {
  readonly reviewed: Iso;
  readonly sources: Readonly<Record<string, { readonly title: string; readonly by: string; readonly date: string }>>;
  /** Which share pays for a round: the id of a share, or "outside". */
  readonly pots: Readonly<Record<string, string>>;
  /** How the closed lists are called, in their order. */
  readonly names: Readonly<Record<"levels" | "companies" | "roles" | "tracks", Readonly<Record<string, string>>>>;
  readonly shares: readonly (Reasoned & { readonly id: string; readonly name: string; readonly percent: number })[];
  readonly rules: readonly (Reasoned & {
    readonly id: string;
    readonly when: When;
    readonly move: { readonly from: string; readonly to: string; readonly points: number };
  })[];
  readonly steps: Readonly<
    Record<string, Reasoned & { readonly maybe?: number; readonly weak?: number; readonly strong?: number }>
  >;
  readonly weights: readonly (Reasoned & {
    readonly id: string;
    readonly when: When;
    readonly areas: readonly string[];
    readonly activities: readonly string[];
    readonly pages: readonly string[];
    readonly tracks?: "chosen" | "shared" | "other";
    readonly factor: number;
  })[];
  readonly outside_at_most: number;
  readonly bookings: readonly (Reasoned & {
    readonly round: string;
    readonly how: "weekly" | "once";
    readonly minutes: number;
    readonly sessions?: number;
    readonly least?: number;
    readonly at_most: number;
  })[];
  readonly booking_rules: readonly (Reasoned & {
    readonly id: string;
    readonly when: When;
    readonly rounds: readonly string[];
    readonly factor: number;
  })[];
  readonly loops: readonly (Reasoned & {
    readonly company: string;
    readonly name: string;
    readonly interviews: readonly Interview[];
  })[];
  /** Tracks that a role brings. */
  readonly fields: readonly { readonly role: string; readonly tracks: readonly string[] }[];
  /** What a session of each kind adds to what the reader can answer on the day: by kind, in points. */
  readonly values: Readonly<Record<string, Reasoned & { readonly usual: number; readonly soon?: number; readonly brief: number }>>;
  readonly activities: readonly Activity[];
  readonly mocks: Reasoned & { readonly share: number; readonly a_week: number; readonly certain: number; readonly from: number };
  /** What a round holds before anything else is chosen. */
  readonly floors: readonly (Reasoned & {
    readonly kind: "design" | "code";
    readonly rounds: readonly string[];
    readonly every: number;
    /** Pages that come before the first design. */
    readonly framework: readonly string[];
  })[];
  /** From how many minutes in all a core chapter is read whole before it is drilled. */
  readonly thorough: Reasoned & { readonly from: number };
  readonly ready_made: {
    readonly level: string;
    readonly role: string;
    readonly company: string;
    readonly plans: readonly ReadyPlan[];
  };
}

export interface ReadyPlan {
  readonly id: string;
  readonly days: number;
  readonly minutes: readonly number[];
}

// --- What the reader chooses ------------------------------------------------------------------------------------------

export interface Settings {
  /** The day of the interview. */
  readonly interview: Iso;
  /** Minutes for Monday … Sunday. */
  readonly minutes: readonly number[];
  readonly daysOff: readonly Iso[];
  readonly role: string;
  readonly level: string;
  readonly company: string;
  /** Tracks besides "general". */
  readonly tracks: readonly string[];
  /** The rounds of the loop; absent = not asked. */
  readonly rounds: Readonly<Record<string, Certainty>>;
  /** By round; absent = fair. */
  readonly strength: Readonly<Record<string, Strength>>;
  /** By area; absent = fair. */
  readonly topics: Readonly<Record<string, Strength>>;
  readonly split: "playbook" | "loop";
  /** Shares that the reader set, in percent; the others follow. */
  readonly shares: Readonly<Record<string, number>>;
}

/** Which minutes of a piece of work, of how many. */
export interface Portion {
  readonly spans: readonly (readonly [number, number])[];
  /** 0 = unknown: so many minutes, whichever were open (ticks of earlier versions). */
  readonly of: number;
}

/** Something that was done: a ticked session, or a page that was known before (0 minutes). */
export interface Tick {
  /** The session's id, which is also the key of the tick. */
  readonly id: string;
  readonly date: Iso;
  readonly kind: Kind;
  readonly title: string;
  readonly minutes: number;
  readonly round: string;
  /** Ids of what it was about: pages, questions, activities. */
  readonly items: readonly string[];
  /** A page that was only skimmed. */
  readonly skim?: boolean;
  /** Which part of it, for work that is done in parts; absent = all of it. */
  readonly portion?: Portion;
  /** The how-manieth time, for each of the items, of what is done several times. */
  readonly times?: readonly number[];
}

/** A page of which questions that were drilled come back. */
export interface Returning {
  readonly page: string;
  /** Not before this day. */
  readonly day: Iso;
  readonly minutes: number;
  /** Some of it was answered wrong, with effort, or in part. */
  readonly weak: boolean;
}

export interface Progress {
  /** When this plan was begun: ticks from then on count towards its shares. */
  readonly since: Iso;
  readonly ticks: readonly Tick[];
  /** What the drills say: questions that were asked in them, and pages that come back. */
  readonly drills?: { readonly asked: readonly string[]; readonly back: readonly Returning[] };
}

// --- The plan ---------------------------------------------------------------------------------------------------------

export interface Entry {
  readonly item: string;
  readonly title: string;
  /** Relative to the site; "" for what is no page. */
  readonly url: string;
  /** The round whose share pays for it. */
  readonly round: string;
  readonly minutes: number;
}

export interface Session {
  /**
   * Says what it is: which questions, which page and which of its minutes, which pages for which time. The same piece of
   * work has the same id after every change of the plan, and nothing that is done shares the id of what is planned.
   */
  readonly id: string;
  readonly date: Iso;
  readonly kind: Kind;
  readonly title: string;
  /** Relative to the site; "" for what is no page. */
  readonly url: string;
  /** How to do it, for activities. */
  readonly text: string;
  readonly minutes: number;
  /**
   * What it is shown as: a round of its page that the reader faces, the one that pays for it if that is one of them; ""
   * when its pages have none in common. Who pays is said by the entries.
   */
  readonly round: string;
  readonly entries: readonly Entry[];
  /** Ids of what it is about (pages, questions, activities): what a tick remembers. */
  readonly items: readonly string[];
  readonly skim: boolean;
  readonly portion?: Portion;
  readonly times?: readonly number[];
  /** 1 of 1 unless the piece was split; what was done of it before counts. */
  readonly part: number;
  readonly parts: number;
}

export interface Day {
  readonly date: Iso;
  /** What the reader has that day. */
  readonly available: number;
  readonly planned: number;
  /** The day before the interview. */
  readonly light: boolean;
  readonly sessions: readonly Session[];
}

/** A change of a share by one rule, in points. */
export interface ShareStep {
  readonly rule: string;
  readonly points: number;
  readonly reason: string;
  readonly judged: string;
  readonly source: string;
}

export interface ShareLine {
  readonly round: string;
  /** Of the 100 %, before the material is looked at. */
  readonly percent: number;
  readonly steps: readonly ShareStep[];
  /** Minutes that the share amounts to, what of it the guide has material for, and what is planned. */
  readonly wanted: number;
  readonly target: number;
  readonly planned: number;
  readonly done: number;
}

export interface BookingLine {
  readonly round: string;
  readonly reasons: readonly ShareStep[];
  readonly wanted: number;
  readonly target: number;
  readonly planned: number;
  readonly done: number;
}

export type LeftReason = "no-time" | "skimmed" | "above-level" | "other-track" | "no-room";

export interface Left {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly url: string;
  /** Rounds that it would have served. */
  readonly rounds: readonly string[];
  readonly minutes: number;
  readonly reason: LeftReason;
  readonly why: string;
}

export interface Notice {
  readonly code: string;
  readonly tone: "note" | "warning";
  readonly text: string;
  /** The next best thing: a change of the settings that the reader can take with one press. */
  readonly offer?: { readonly label: string; readonly change: Partial<Settings> };
}

export interface Plan {
  readonly from: Iso;
  readonly interview: Iso;
  readonly days: readonly Day[];
  readonly shares: readonly ShareLine[];
  readonly bookings: readonly BookingLine[];
  readonly left: readonly Left[];
  readonly notices: readonly Notice[];
  readonly totals: { readonly available: number; readonly planned: number; readonly free: number };
}
