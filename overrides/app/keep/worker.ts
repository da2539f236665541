/**
 * The service worker of who has asked to keep the guide: answers from what is kept, and asks the network for the rest.
 *
 * Workbox routes requests, looks into the cache before it asks the network, and keeps what comes. What is ours is which
 * version answers whom. The worker fetches nothing by itself, and nothing of a newer version replaces what is read: pages
 * fetch (desk.ts), and tell the worker once a version is here as a whole. From then on, pages that are opened get that
 * version; those that were open before get the one that they were opened with, until they are gone. It never takes over
 * from an older worker by force, so pages of a newer version talk to it as well: what is said between them only grows.
 */
import { clientsClaim } from "workbox-core/clientsClaim.js";
import { registerRoute } from "workbox-routing/registerRoute.js";
import { CacheFirst } from "workbox-strategies/CacheFirst.js";
import { cacheName, fileAt, isBelow, KEPT, keyOf, type List, type Listed, listKey, printOf, type State, stateKey } from "../core/kept.ts";
import type { Asked, Scope } from "./scope.ts";

/** What a page tells the worker: take this version from now on; forget what you remember. */
export type Message = { readonly kind: "take"; readonly edition: string; readonly since: string } | { readonly kind: "forget" };

interface Version {
  readonly files: ReadonlyMap<string, Listed>;
  readonly python: ReadonlySet<string>;
}

/** A file that is asked for. */
interface Wanted {
  readonly file: Listed;
  readonly isPython: boolean;
}

const scope = self as unknown as Scope;
const base = new URL(scope.registration.scope);
const cacheNamed = cacheName(base);
/** The empty page in which a reader's Python runs. */
const ROOM = new URL("assets/python/room.html", base).pathname;

let remembered: Promise<State | null> | null = null;
const versions = new Map<string, Promise<Version | null>>();

// The first worker takes the pages that are open, or the one that asked would have to be loaded again to be kept.
clientsClaim();

registerRoute(
  ({ url }) => isBelow(url, base) && !url.searchParams.has(KEPT),
  ({ event, request, url }) => {
    const answered = answer(event as Asked, request, url);
    return url.pathname === ROOM ? answered.then(closed) : answered;
  },
);

/** Answers with a file of a version (`params`). */
const kept = new CacheFirst({
  cacheName: cacheNamed,
  plugins: [
    {
      async cacheKeyWillBeUsed({ params, state }) {
        // The print is of what the version holds: what comes from the network is compared with it below.
        if (state) state.wanted = params;
        return keyOf(base, (params as Wanted).file);
      },
      async cachedResponseWillBeUsed({ cachedResponse, request }) {
        return request.cache === "reload" ? null : cachedResponse;
      },
      // Python is kept once the reader has fetched it, also without having asked for it before.
      async cacheWillUpdate({ response, state }) {
        const { file, isPython } = state?.wanted as Wanted;
        if (!response.ok || !isPython) return null;
        const data = await response.arrayBuffer();
        return (await printOf(data)) === file.print ? new Response(data, { headers: response.headers }) : null;
      },
    },
  ],
});

scope.addEventListener("message", (event) => {
  const message = event.data as Message;
  const work = message.kind === "take" ? take(message.edition, message.since) : Promise.resolve(forget());
  event.waitUntil(work.then(() => event.ports[0]?.postMessage("done")));
});

async function answer(event: Asked, request: Request, url: URL): Promise<Response> {
  const state = await known();
  if (!state) return fetch(request);
  const opens = request.mode === "navigate";
  if (opens && Object.keys(state.apart).length > 0) event.waitUntil(tidy());
  const name = opens ? state.edition : (state.apart[event.clientId] ?? state.edition);
  const version = await versionOf(name);
  const file = (version && fileAt(url, base, version.files)) ?? (opens ? undefined : await older(url, state));
  if (!file) return opens ? elsewhere(event, request, url, state, version) : fetch(request);
  const wanted: Wanted = { file, isPython: version?.python.has(file.url) ?? false };
  const [response, done] = kept.handleAll({ event, request, params: wanted });
  // No room to keep it: it was there for this time.
  event.waitUntil(done.catch(() => undefined));
  return response;
}

/** The planner's worker that an older page starts is nobody that was open before; what it asks for bears the name of its content. */
async function older(url: URL, { apart }: State): Promise<Listed | undefined> {
  for (const name of new Set(Object.values(apart))) {
    const file = fileAt(url, base, (await versionOf(name))?.files ?? new Map<string, Listed>());
    if (file) return file;
  }
  return undefined;
}

/** A page that is not kept: a newer one, perhaps, which then belongs to the network with all that it asks for. */
async function elsewhere(event: Asked, request: Request, url: URL, state: State, version: Version | null): Promise<Response> {
  const folder = new URL(`${url.pathname}/`, url);
  if (version && fileAt(folder, base, version.files)) return Response.redirect(folder.href + url.search, 301);
  try {
    const response = await fetch(request);
    if (event.resultingClientId) await write({ ...state, apart: { ...state.apart, [event.resultingClientId]: "" } });
    return response;
  } catch (error) {
    const file = version?.files.get("404.html");
    const page = file && (await match(keyOf(base, file)));
    if (!page) throw error;
    return new Response(page.body, { status: 404, headers: page.headers });
  }
}

/**
 * The room as a document without an origin. A frame that an attribute closes off is not given to a worker, so where there is
 * one, this header closes it, wherever the page is from; the room runs nothing unless it is closed.
 */
function closed(page: Response): Response {
  const headers = new Headers(page.headers);
  headers.set("content-security-policy", "sandbox allow-scripts");
  return new Response(page.body, { status: page.status, headers });
}

async function take(edition: string, since: string): Promise<void> {
  const old = await known();
  const open = old && old.edition !== edition ? await openPages() : [];
  const apart = open.map((id) => [id, old?.apart[id] ?? old?.edition ?? ""] as const);
  await write({ format: 1, edition, since, apart: Object.fromEntries(apart) });
  await sweep(() => true);
}

function forget(): void {
  remembered = null;
  versions.clear();
}

/** Lets go of pages that are gone, and of what they alone needed. */
async function tidy(): Promise<void> {
  const open = new Set(await openPages());
  const state = await known();
  const entries = Object.entries(state?.apart ?? {});
  const apart = entries.filter(([id]) => open.has(id));
  if (!state || apart.length === entries.length) return;
  await write({ ...state, apart: Object.fromEntries(apart) });
  const gone = new Set(entries.filter(([id]) => !open.has(id)).map(([, name]) => listKey(base, name)));
  await sweep((list) => gone.has(list));
}

async function openPages(): Promise<string[]> {
  return (await scope.clients.matchAll({ includeUncontrolled: true, type: "all" })).map(({ id }) => id);
}

/** Deletes every file that no version has, once those are gone that no page needs and that `ended` names. */
async function sweep(ended: (list: string) => boolean): Promise<void> {
  const state = await known();
  if (!state) return;
  const needed = new Set([state.edition, ...Object.values(state.apart)].map((name) => listKey(base, name)));
  const cache = await caches.open(cacheNamed);
  const keys = (await cache.keys()).map(({ url }) => url);
  // A version that is being fetched has its list here as well.
  const lists = keys.filter((url) => url.startsWith(listKey(base, "")) && (needed.has(url) || !ended(url)));
  const used = new Set([stateKey(base), ...lists]);
  for (const list of lists) {
    const { guide, python } = (await read<List>(list)) ?? { guide: [], python: [] };
    for (const file of [...guide, ...python]) used.add(keyOf(base, file));
  }
  for (const url of keys) if (!used.has(url)) await cache.delete(url);
}

// ---- what is on the disk -----------------------------------------------------------------------------------------------

function known(): Promise<State | null> {
  return (remembered ??= read<State>(stateKey(base)).then((state) => (state?.format === 1 ? state : null)));
}

async function write(state: State): Promise<void> {
  remembered = Promise.resolve(state);
  await (await caches.open(cacheNamed)).put(stateKey(base), new Response(JSON.stringify(state)));
}

function versionOf(name: string): Promise<Version | null> {
  if (name === "") return Promise.resolve(null);
  const found = versions.get(name) ?? read<List>(listKey(base, name)).then((list) => list && versionFrom(list));
  versions.set(name, found);
  return found;
}

function versionFrom({ guide, python }: List): Version {
  return { files: new Map([...guide, ...python].map((file) => [file.url, file])), python: new Set(python.map(({ url }) => url)) };
}

async function read<T>(key: string): Promise<T | null> {
  const kept = await match(key);
  return kept ? ((await kept.json()) as T) : null;
}

/** Never makes the cache: it is there when the reader has asked for it. */
function match(key: string): Promise<Response | undefined> {
  return caches.match(key, { cacheName: cacheNamed });
}
