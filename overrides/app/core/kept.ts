/**
 * What is kept of the guide on a device, as the worker and the pages see it: files under names that no two contents share.
 *
 * A file is kept under its address and the print of its content. So a file that two versions share is kept once, a newer
 * version fetches what changed alone, and no version ever finds a file of another under its own names.
 */

/** A file: its address below the site, the beginning of its SHA-256, and the bytes to be fetched. */
export interface Listed {
  readonly url: string;
  readonly print: string;
  readonly bytes: number;
}

/** `data/files.json`: every file of a version. Python is what exercises run on, and apart because it is half of all. */
export interface List {
  readonly edition: string;
  readonly guide: readonly Listed[];
  readonly python: readonly Listed[];
}

/** The parameter that names a print. What has it goes past the worker, and past every cache on the way. */
export const KEPT = "kept";

/** What the worker remembers. `apart` are pages that were opened with another version ("" is the network's) and keep it. */
export interface State {
  readonly format: 1;
  readonly edition: string;
  /** When it was fetched, as an ISO time. */
  readonly since: string;
  readonly apart: Readonly<Record<string, string>>;
}

/** The name of the cache. Several guides may live on one origin: each has its own. */
export function cacheName(base: URL): string {
  return `training-loop:${base.pathname}`;
}

/** Where the cache holds a file, the list of a version, and the state. */
export function keyOf(base: URL, { url, print }: Pick<Listed, "url" | "print">): string {
  return new URL(`${url}?${KEPT}=${print}`, base).href;
}

export function listKey(base: URL, name: string): string {
  return new URL(`?${KEPT}=list-${name}`, base).href;
}

export function stateKey(base: URL): string {
  return new URL(`?${KEPT}=state`, base).href;
}

/**
 * Returns the file of a version that answers an address, if there is one. Fragments do not matter, nor does a query,
 * except one that names the content it wants (`?v=…`): another content is no answer.
 */
export function fileAt(address: URL, base: URL, files: ReadonlyMap<string, Listed>): Listed | undefined {
  if (!isBelow(address, base)) return undefined;
  const path = address.pathname.slice(base.pathname.length);
  const file = files.get(path === "" || path.endsWith("/") ? `${path}index.html` : path);
  const wanted = address.searchParams.get("v");
  return wanted === null || file?.print.startsWith(wanted) ? file : undefined;
}

export function isBelow(address: URL, base: URL): boolean {
  return address.origin === base.origin && address.pathname.startsWith(base.pathname);
}

/** Characters of a SHA-256, in hexadecimal, that stand for a content. */
export const PRINT = 16;

export async function printOf(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest.subarray(0, PRINT / 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
