/**
 * The one file that holds everything that a reader did: plan, ticks and all other records, as JSON.
 *
 * Reading is all or nothing: a file with any fault is refused as a whole, with the place of every fault, and nothing of
 * it is taken over. Text from a file is data: it is shown as text and never as HTML.
 *
 *     { "format": "the-training-loop", "version": 1, "written": "2026-11-20T12:00:00.000Z",
 *       "records": { "plan": { "version": 1, "entries": { "current": {…} } }, "ticks": {…} } }
 */
import type { Fault } from "./check.ts";
import type { Namespace } from "./records.ts";

/** Namespace → key → value. */
export type Contents = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export type FileResult =
  | { readonly ok: true; readonly contents: Contents; readonly written: string }
  /** `reason` is one sentence for the reader; `faults` say where, at most ten. */
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] };

/** The text of the file. `written` is an ISO time, passed in. The same contents give the same text. */
export declare function writeFile(contents: Contents, written: string, namespaces?: readonly Namespace<unknown>[]): string;

export declare function readFile(text: string, namespaces?: readonly Namespace<unknown>[]): FileResult;
