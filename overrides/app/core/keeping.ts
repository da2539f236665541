/**
 * Keeping the guide on a device, as far as it can be computed: what is published, what has still to be fetched, and the
 * steps from asking to having. No network, no cache, no clock.
 */
import { type Check, integer, listOf, object, text } from "./check.ts";
import { keyOf, type List, type Listed, PRINT } from "./kept.ts";

/** How much it is: to be fetched, as servers compress it, and on the device. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
  readonly room: number;
}

/** `data/edition.json`: what is published now, in a few bytes. */
export interface Edition {
  readonly edition: string;
  readonly guide: Amount;
  readonly python: Amount;
}

export const EDITION = "data/edition.json";
export const FILES = "data/files.json";

const amount: Check<Amount> = object<Amount>({ files: integer(0, 1e5), bytes: integer(0, 1e10), room: integer(0, 1e10) });
export const edition: Check<Edition> = object<Edition>({ edition: text(1, 64), guide: amount, python: amount });
const listed: Check<Listed> = object<Listed>({ url: text(1, 1000), print: text(PRINT, PRINT), bytes: integer(0, 1e10) });
export const fileList: Check<List> = object<List>({ edition: text(1, 64), guide: listOf(listed, 0, 1e5), python: listOf(listed, 0, 1e5) });

/** The files that have to be fetched, the largest first, so that no large one is left to be waited for. */
export function missing(files: readonly Listed[], kept: ReadonlySet<string>, base: URL): Listed[] {
  return files.filter((file) => !kept.has(keyOf(base, file))).sort((a, b) => b.bytes - a.bytes);
}

/** How much of some files is here. */
export function share(files: readonly Listed[], kept: ReadonlySet<string>, base: URL): "none" | "some" | "all" {
  const rest = missing(files, kept, base).length;
  if (rest === files.length) return "none";
  return rest === 0 ? "all" : "some";
}

export function bytesOf(files: readonly Listed[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

/** `7.9 MB`; what is less than a tenth is said to be. */
export function megabytes(bytes: number): string {
  return bytes > 0 && bytes < 50_000 ? "less than 0.1 MB" : `${(bytes / 1e6).toFixed(1)} MB`;
}

// ---- from asking to having ---------------------------------------------------------------------------------------------

/** Why it stopped: no network, no room, published anew meanwhile, another tab is at it, refused by the browser, the reader. */
export type Why = "away" | "full" | "changed" | "elsewhere" | "refused" | "cancelled";

export interface Progress {
  readonly files: number;
  readonly bytes: number;
  readonly allFiles: number;
  readonly allBytes: number;
}

export type Work =
  | { readonly kind: "idle" }
  | { readonly kind: "fetching"; readonly progress: Progress }
  | { readonly kind: "stopped"; readonly why: Why };

export type Step =
  | { readonly kind: "begin"; readonly files: readonly Listed[] }
  | { readonly kind: "arrived"; readonly file: Listed }
  | { readonly kind: "stop"; readonly why: Why }
  | { readonly kind: "complete" | "removed" };

export const IDLE: Work = { kind: "idle" };

/** A file that arrives after the reader has cancelled changes nothing. */
export function next(work: Work, step: Step): Work {
  switch (step.kind) {
    case "begin":
      return { kind: "fetching", progress: { files: 0, bytes: 0, allFiles: step.files.length, allBytes: bytesOf(step.files) } };
    case "arrived": {
      if (work.kind !== "fetching") return work;
      const { progress } = work;
      return { kind: "fetching", progress: { ...progress, files: progress.files + 1, bytes: progress.bytes + step.file.bytes } };
    }
    case "stop":
      return { kind: "stopped", why: step.why };
    case "complete":
    case "removed":
      return IDLE;
  }
}

/** Whole percents; none before it is known how much there is. */
export function percent({ bytes, allBytes }: Progress): number {
  return allBytes === 0 ? 0 : Math.floor((100 * bytes) / allBytes);
}

/** What a screen reader is told of it: a quarter at a time, or nothing would else be heard. */
export function milestone(before: Progress, after: Progress): number | null {
  const quarter = Math.floor(percent(after) / 25);
  return quarter > Math.floor(percent(before) / 25) && quarter < 4 ? quarter * 25 : null;
}
