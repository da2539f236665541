/**
 * Fetches what Python is made of, tells how far that is, and trusts nothing that is not what the site's own list says.
 *
 * The page fetches, because the worker may not. A file's address changes with its content, so a browser that has it
 * takes it from its own cache without asking, also offline; one that turns out broken is asked for anew.
 */
import { base } from "../ui/base";

interface Part {
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface Manifest {
  readonly files: readonly Part[];
  readonly packages: Readonly<Record<string, readonly Part[]>>;
  readonly lock: unknown;
}

/** Python, as the worker is handed it. */
export interface Files {
  readonly script: Blob;
  readonly files: ReadonlyMap<string, Blob>;
  readonly lock: string;
  readonly packages: readonly string[];
}

/** `said` is for the reader. */
export class FetchError extends Error {}

const SCRIPT = "worker.js";
/** What is fetched stays for the visit. */
const fetched = new Map<string, Promise<Blob>>();

/** `progress` is told the share that is here, from 0 to 1. */
export async function fetchFiles(list: string, packages: readonly string[], progress: (share: number) => void): Promise<Files> {
  const { files, packages: known, lock } = (await manifest(list)) as Manifest;
  const parts = new Map(files.map((part) => [part.name, part]));
  for (const name of packages) {
    const wheels = known[name];
    if (!wheels) throw new FetchError(`this copy of the site has no ${name}`);
    for (const wheel of wheels) parts.set(wheel.name, wheel);
  }
  const whole = [...parts.values()].reduce((sum, part) => sum + part.bytes, 0);
  const here = new Map<string, number>();
  const blobs = [...parts.values()].map(async (part): Promise<[string, Blob]> => {
    const blob = await once(part, (bytes) => {
      here.set(part.name, bytes);
      progress([...here.values()].reduce((sum, one) => sum + one, 0) / whole);
    });
    return [part.name, blob];
  });
  const found = new Map(await Promise.all(blobs));
  progress(1);
  const script = found.get(SCRIPT);
  if (!script) throw new FetchError("the list of files is not complete");
  found.delete(SCRIPT);
  return { script: script.slice(0, script.size, "text/javascript"), files: found, lock: JSON.stringify(lock), packages };
}

async function manifest(list: string): Promise<unknown> {
  const response = await reach(list, "force-cache");
  try {
    return await response.json();
  } catch {
    throw new FetchError("the list of files is damaged");
  }
}

function once(part: Part, progress: (bytes: number) => void): Promise<Blob> {
  const known = fetched.get(part.url);
  if (known) {
    void known.then((blob) => progress(blob.size));
    return known;
  }
  const fetching = fetchPart(part, "force-cache", progress).catch((error: unknown) => {
    // What the browser has kept may be damaged; what the site has now may not be.
    if (error instanceof Damaged) return fetchPart(part, "reload", progress);
    throw error;
  });
  fetched.set(part.url, fetching);
  fetching.catch(() => fetched.delete(part.url));
  return fetching;
}

class Damaged extends FetchError {}

async function fetchPart(part: Part, cache: RequestCache, progress: (bytes: number) => void): Promise<Blob> {
  const response = await reach(part.url, cache);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      bytes += read.value.length;
      progress(bytes);
    }
  } catch {
    throw new FetchError(`the connection broke off at ${part.name}`);
  }
  const blob = new Blob(chunks);
  if (blob.size !== part.bytes || (await sha256(blob)) !== part.sha256) throw new Damaged(`${part.name} arrived damaged`);
  return blob;
}

async function reach(url: string, cache: RequestCache): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(url, base), { cache });
  } catch {
    throw new FetchError("the site cannot be reached");
  }
  if (!response.ok) throw new FetchError(`the site has no ${url.replace(/^.*\/|\?.*$/g, "")} (${response.status})`);
  return response;
}

async function sha256(blob: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
