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
import type { Check } from "./check.ts";
import type { Iso, Settings, Tick } from "./plan/types.ts";

export interface Namespace<T> {
  readonly name: string;
  /** 1, 2, 3 … */
  readonly version: number;
  readonly check: Check<T>;
  /** `migrations[n]` turns a value of version n into one of version n + 1. */
  readonly migrations: Readonly<Record<number, (value: unknown) => unknown>>;
}

/** The plan that the reader made. One, under the key "current". */
export interface SavedPlan {
  /** Random, made once for each plan: the calendar file is known by it when the settings have changed. */
  readonly id: string;
  /** When this plan was begun (`Progress.since`). */
  readonly since: Iso;
  readonly settings: Settings;
}

/** The page on which the reader stopped. One, under the key "last". */
export interface Place {
  /** Relative to the site, with the anchor if there is one. */
  readonly url: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export declare const PLAN: Namespace<SavedPlan>;
/** Key: the id of the tick. One record each, so that two tabs can tick different sessions at once. */
export declare const TICKS: Namespace<Tick>;
export declare const PLACE: Namespace<Place>;
export declare const NAMESPACES: readonly Namespace<unknown>[];
