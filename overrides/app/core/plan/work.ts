/** A piece that a plan can be made of, and what it is judged by. */
import type { History, Index, Span } from "./history.ts";
import type { Activity, Allocation, Catalogue, Kind, LeftReason, Settings } from "./types.ts";

/** A session is at most this long; longer works are split. */
export const SESSION = 60;
/** A page that was read comes back for this long. */
export const COMEBACK = 5;

/** Why something is worth little to this reader. */
export type Drawback = Extract<LeftReason, "above-level" | "other-track">;

export interface Work {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly url: string;
  readonly text: string;
  /** Of all that is chosen with it: its own, its companion's, its coming back. */
  readonly minutes: number;
  worth: number;
  /** Ids of what it is about, for the tick. */
  readonly items: readonly string[];
  /** The page or activity that it belongs to. */
  readonly subject: string;
  /** Indices of works that must be in the plan, and earlier. */
  readonly needs: number[];
  /** Indices of works that come earlier if they are in the plan. */
  readonly prefers: readonly number[];
  /** Rounds that may pay for it: those that it serves, */
  rounds: readonly string[];
  /** and those that need it for something else. */
  spare: readonly string[];
  /** It serves no round of the loop and is planned only with what needs it. */
  support: boolean;
  /** The work whose round pays for this one too, and that is done in one sitting with it. */
  readonly follows: number | null;
  /** It should not be on the same day as what it needs. */
  readonly later: boolean;
  /** Days to the works that it needs, for what is repeated. */
  readonly every: number;
  /** The smallest part into which it may be split; 0 = it stays whole. */
  readonly grain: number;
  readonly skim: boolean;
  /** A page that is read here comes back later; its minutes contain that. */
  readonly comeback: boolean;
  /** Questions that follow within two days; its minutes contain theirs. */
  readonly companion: Work | null;
  /** Goes before the rest of its round: 2 at once, 1 next. */
  readonly early: 0 | 1 | 2;
  /** Not later than this day (days since 1970). */
  readonly latest: number;
  readonly drawback: Drawback | null;
  /** What is done in parts: its unit in the history, the minutes of it that are open, of how many, parts done before. */
  readonly unit: string;
  readonly open: readonly Span[];
  readonly of: number;
  readonly begun: number;
  /** Which time it is, of what is done several times; 0 = it is done once. */
  readonly time: number;
}

/** A work of which nothing is said yet. */
export const PLAIN: Omit<Work, "id" | "kind" | "title"> = {
  url: "",
  text: "",
  minutes: 0,
  worth: 0,
  items: [],
  subject: "",
  needs: [],
  prefers: [],
  rounds: [],
  spare: [],
  support: false,
  follows: null,
  later: false,
  every: 0,
  grain: 0,
  skim: false,
  comeback: false,
  companion: null,
  early: 0,
  latest: Infinity,
  drawback: null,
  unit: "",
  open: [],
  of: 0,
  begun: 0,
  time: 0,
};

export interface Context {
  readonly catalogue: Catalogue;
  readonly allocation: Allocation;
  readonly settings: Settings;
  readonly index: Index;
  readonly history: History;
  /** Rounds of the loop, in the order of the catalogue. */
  readonly faced: readonly string[];
  /** Only a few days are left: refresh, do not learn. */
  readonly brief: boolean;
  /** The interview is near enough for a short version by itself to last until then. */
  readonly soon: boolean;
  /** It is a week away at most. */
  readonly week: boolean;
  /** There is time to read the framework before the first design. */
  readonly framed: boolean;
  /** There is time to read the core before it is drilled. */
  readonly thorough: boolean;
  /** The study days on which something new may be done, as days since 1970. */
  readonly days: readonly number[];
  /** The day of the interview, as days since 1970. */
  readonly interview: number;
  /** The longest session that any of those days has room for. */
  readonly largest: number;
  /** There is a later day for what was read to come back. */
  readonly returns: boolean;
}

/** Whether an activity is for readers like this one. */
export function fits(activity: Activity, settings: Settings): boolean {
  const within = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);
  return (
    within(activity.levels, settings.level) &&
    within(activity.companies, settings.company) &&
    within(activity.roles, settings.role)
  );
}
