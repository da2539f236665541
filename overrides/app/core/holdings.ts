/**
 * All that is kept of a reader, in parts that they know: what each is, how much there is of it, and how it is deleted and
 * brought back. Every namespace belongs to one part, and a test says so.
 */
import { AGENDA, ATTEMPTS, DRAFTS, type Namespace, PLACE, PLAN, READING, STANDING, TICKS } from "./records.ts";
import { CHOICES, FIRES, FIRING, HABITS, MOCKS, NOTES, RECORDINGS, REVIEWS, SITTING, STORIES } from "./practice/records.ts";

export interface Part {
  readonly id: string;
  readonly title: string;
  /** What it holds, in a few words. */
  readonly said: string;
  /** One of what is counted: a namespace, and its noun. */
  readonly counted: readonly (readonly [Namespace<unknown>, string])[];
  /** What goes with it. */
  readonly also: readonly Namespace<unknown>[];
}

export const PARTS: readonly Part[] = [
  {
    id: "plan",
    title: "Plan",
    said: "date, hours, rounds, shares, and the sessions that follow from them",
    counted: [[PLAN, "plan"]],
    also: [STANDING, AGENDA],
  },
  { id: "ticks", title: "What you ticked", said: "sessions that are done, and pages that you already knew", counted: [[TICKS, "tick"]], also: [] },
  { id: "drills", title: "Drills", said: "every grade, which decides what comes back when; your daily limits", counted: [[REVIEWS, "grade"]], also: [SITTING, HABITS] },
  {
    id: "fires",
    title: "Rapid rounds and multiple choice",
    said: "what was asked and how it went",
    counted: [[FIRES, "round"], [FIRING, "unfinished round"], [CHOICES, "chosen answer"]],
    also: [],
  },
  { id: "mocks", title: "Mock interviews", said: "sets, notes, and how you judged the rubric", counted: [[MOCKS, "interview"]], also: [] },
  {
    id: "recordings",
    title: "Recordings",
    said: "what you said in interviews and drills; the audio stays in this browser and is not in the file, only how long you spoke and paused",
    counted: [[RECORDINGS, "recording"]],
    also: [],
  },
  { id: "notes", title: "Notes", said: "what you wrote on questions", counted: [[NOTES, "note"]], also: [] },
  { id: "stories", title: "Stories", said: "your story bank for behavioral rounds", counted: [[STORIES, "story"]], also: [] },
  { id: "code", title: "Code", said: "every attempt with its code, and what is in the editors", counted: [[ATTEMPTS, "attempt"], [DRAFTS, "draft"]], also: [] },
  { id: "reading", title: "Reading", said: "where you stopped, and how long pages were looked at", counted: [[READING, "page"]], also: [PLACE] },
];

export function namespacesOf({ counted, also }: Part): Namespace<unknown>[] {
  return [...counted.map(([namespace]) => namespace), ...also];
}

/** The part of the store that is asked here. */
export interface Kept {
  all<T>(namespace: Namespace<T>): ReadonlyMap<string, T>;
}

/** `12 attempts, 1 draft`; "" when there is nothing of the part at all. */
export function amount(part: Part, kept: Kept): string {
  const counts = part.counted.map(([namespace, noun]) => [kept.all(namespace).size, noun] as const);
  const said = counts.filter(([number]) => number > 0).map(([number, noun]) => `${number} ${number === 1 ? noun : plural(noun)}`);
  if (said.length > 0) return said.join(", ");
  return part.also.some((namespace) => kept.all(namespace).size > 0) ? "settings" : "";
}

function plural(noun: string): string {
  return noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

export interface Entry {
  readonly namespace: Namespace<unknown>;
  readonly key: string;
  readonly value: unknown;
}

/** What a part holds: to write it again brings it back. */
export function entriesOf(parts: readonly Part[], kept: Kept): Entry[] {
  return parts.flatMap(namespacesOf).flatMap((namespace) => [...kept.all(namespace)].map(([key, value]) => ({ namespace, key, value })));
}
