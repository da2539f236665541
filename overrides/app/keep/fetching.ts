/**
 * Fetching a version of the guide into the cache of this device, and reading what is there.
 *
 * Every request names the print of what it wants, so neither the worker nor a cache on the way answers with another
 * content; what arrives is compared with the print before it is kept. A version is whole, or it is not there.
 */
import type { Check } from "../core/check.ts";
import { type Edition, EDITION, edition, fileList, FILES, type Why } from "../core/keeping.ts";
import { cacheName, KEPT, keyOf, type List, type Listed, printOf } from "../core/kept.ts";
import { base } from "../ui/base";

export const NAME = cacheName(base);
/** Milliseconds after which a network that says nothing is none. */
const PATIENCE = 15_000;
/** Files that are fetched at once. Browsers open six connections to a site at most, and pages are to be read meanwhile. */
const LANES = 4;

export class Stop extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.why = why;
  }
}

/** What is published now; null when the site cannot be asked, "none" when this copy of it cannot be kept. */
export async function publishedNow(): Promise<Edition | "none" | null> {
  return ask(EDITION, "now", edition).catch((error: unknown) => (error instanceof Stop && error.why === "changed" ? "none" : null));
}

/** The files of a version; fails with "changed" when the site has another by now. */
export async function listOf(name: string): Promise<List> {
  const files = await ask(FILES, name, fileList);
  if (files.edition !== name) throw new Stop("changed");
  return files;
}

/** Fetches files side by side. The first failure ends all, and so does `ending`; what has arrived stays. */
export async function fetchAll(files: readonly Listed[], ending: AbortController, arrived: (file: Listed) => void): Promise<void> {
  const cache = await caches.open(NAME);
  const waiting = [...files];
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let file = waiting.shift(); file && failures.length === 0; file = waiting.shift()) {
      try {
        await fetchOne(file, cache, ending.signal);
        arrived(file);
      } catch (error) {
        failures.push(error);
        ending.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (failures.length > 0) throw failures[0];
}

/** What a failure means for the reader. */
export function whyOf(error: unknown): Why {
  if (error instanceof Stop) return error.why;
  if (error instanceof Error && error.name === "AbortError") return "cancelled";
  if (error instanceof Error && error.name === "QuotaExceededError") return "full";
  return error instanceof TypeError || (error instanceof Error && error.name === "TimeoutError") ? "away" : "refused";
}

/** Makes no cache: before the reader has asked, there is none. */
export async function read<T>(key: string): Promise<T | null> {
  const kept = await caches.match(key, { cacheName: NAME });
  return kept ? ((await kept.json()) as T) : null;
}

export async function keysHere(): Promise<ReadonlySet<string>> {
  if (!(await caches.has(NAME))) return new Set();
  return new Set((await (await caches.open(NAME)).keys()).map(({ url }) => url));
}

async function fetchOne(file: Listed, cache: Cache, signal: AbortSignal): Promise<void> {
  const response = await reach(file.url, file.print, signal);
  const data = await response.arrayBuffer();
  if ((await printOf(data)) !== file.print) throw new Stop("changed");
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  await cache.put(keyOf(base, file), new Response(data, { headers: { "content-type": type } }));
}

async function ask<T>(url: string, version: string, check: Check<T>): Promise<T> {
  const response = await reach(url, version, AbortSignal.timeout(PATIENCE));
  const found = check(await response.json(), "");
  if (!found.ok) throw new Stop("changed");
  return found.value;
}

async function reach(url: string, version: string, signal: AbortSignal): Promise<Response> {
  const address = new URL(url, base);
  address.searchParams.set(KEPT, version);
  // It goes into our own cache, and need not lie in the browser's as well.
  const response = await fetch(address, { cache: "no-store", signal });
  if (response.status >= 500) throw new Stop("away");
  if (!response.ok) throw new Stop("changed");
  return response;
}
