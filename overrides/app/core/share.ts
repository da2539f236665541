/**
 * The settings of a plan as a short piece of a link: `#plan=…`. Nothing else is in it: no progress, no notes, no id.
 */
import type { Guide } from "./plan/plan.ts";
import type { Settings } from "./plan/types.ts";

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

export declare function vocabularyOf(guide: Guide): Vocabulary;
/** `plan=…`, to be put behind `#`. The same settings give the same text. */
export declare function encodeSettings(settings: Settings): string;
/** Whether a fragment claims to hold a plan at all. */
export declare function isShared(fragment: string): boolean;
/** Takes `location.hash` as it is. Never throws. */
export declare function decodeSettings(fragment: string, vocabulary: Vocabulary): Shared;
/** The settings as they come back from a link: sorted, without what says nothing. */
export declare function canonical(settings: Settings): Settings;
