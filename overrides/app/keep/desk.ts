/**
 * Keeping the guide, from the page's side: what is kept here, what is published, fetching what is missing, removing it.
 *
 * The page fetches and not the worker, so that it can be seen, ended and gone on with: a worker that installs is ended by
 * the browser after some minutes. The one desk of a page goes on while its reader goes from page to page.
 */
import { type Edition, IDLE, missing, next, share, type Step, type Work } from "../core/keeping.ts";
import { type List, type Listed, listKey, type State, stateKey } from "../core/kept.ts";
import { base } from "../ui/base";
import { WORKER } from "../ui/edition";
import { fetchAll, keysHere, listOf, NAME, publishedNow, read, Stop, whyOf } from "./fetching.ts";
import type { Message } from "./worker.ts";

/** What there is, on this device and on the site. */
export interface Standing {
  /** The version that the worker answers from; null when the guide is not kept. */
  readonly kept: { readonly edition: string; readonly since: string; readonly python: "none" | "some" | "all" } | null;
  readonly published: Edition | "none" | null;
  /** Of the published version, what is not here; null when nobody knows. */
  readonly missing: { readonly guide: readonly Listed[]; readonly python: readonly Listed[] } | null;
  /** Whether anything is here at all. */
  readonly some: boolean;
}

/** Whether this browser, in this window, can keep a site. Private windows often cannot, and pages from a disk never. */
export function canKeep(): boolean {
  return "serviceWorker" in navigator && "caches" in window && "locks" in navigator;
}

class Desk {
  work: Work = IDLE;
  standing: Standing | null = null;
  readonly #told = new Set<() => void>();
  #ending = new AbortController();

  subscribe(told: () => void): () => void {
    this.#told.add(told);
    return () => this.#told.delete(told);
  }

  /** Looks at the device and asks the site. */
  async look(): Promise<Standing> {
    const published = await publishedNow();
    const state = await read<State>(stateKey(base));
    const own = state && (await read<List>(listKey(base, state.edition)));
    const keys = await keysHere();
    const files = published === null || published === "none" ? null : await listOf(published.edition).catch(() => null);
    const python = share(own?.python ?? [], keys, base);
    this.standing = {
      kept: state && { edition: state.edition, since: state.since, python },
      published,
      missing: files && { guide: missing(files.guide, keys, base), python: missing(files.python, keys, base) },
      some: keys.size > 0,
    };
    // What was said of the network is no longer so.
    if (published !== null && this.work.kind === "stopped" && this.work.why === "away") this.work = IDLE;
    this.#tell();
    return this.standing;
  }

  /** Whether a version is kept, and another one is published. */
  async isOutdated(): Promise<boolean> {
    const state = await read<State>(stateKey(base));
    const published = state && (await publishedNow());
    return published !== null && published !== "none" && published.edition !== state?.edition;
  }

  /** Fetches the published version; the first one is taken at once, a newer one waits for the reader's word. */
  async keep(python: boolean): Promise<void> {
    if (this.work.kind === "fetching") return;
    this.#step({ kind: "begin", files: [] });
    this.#ending = new AbortController();
    let end: Step = { kind: "complete" };
    try {
      await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
        if (!lock) throw new Stop("elsewhere");
        await this.#fetch(python);
      });
    } catch (error) {
      end = { kind: "stop", why: whyOf(error) };
    }
    await this.look();
    this.#step(end);
  }

  cancel(): void {
    this.#ending.abort();
  }

  /** Lets pages that are opened from now on be of this version. The caller loads its own again. */
  async take(name: string): Promise<void> {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const message: Message = { kind: "take", edition: name, since: new Date().toISOString() };
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      active?.postMessage(message, [port2]);
    });
    port1.close();
  }

  async remove(): Promise<void> {
    const registrations = await navigator.serviceWorker.getRegistrations();
    const own = registrations.find(({ scope }) => scope === base.href);
    await own?.unregister();
    await caches.delete(NAME);
    own?.active?.postMessage({ kind: "forget" } satisfies Message);
    this.#step({ kind: "removed" });
    await this.look();
  }

  async #fetch(python: boolean): Promise<void> {
    const now = await publishedNow();
    if (now === null || now === "none") throw new Stop(now === null ? "away" : "changed");
    await register();
    const files = await listOf(now.edition);
    const cache = await caches.open(NAME);
    await cache.put(listKey(base, now.edition), new Response(JSON.stringify(files)));
    const keys = await keysHere();
    const wanted = missing([...files.guide, ...(python ? files.python : [])], keys, base);
    this.#step({ kind: "begin", files: wanted });
    await fetchAll(wanted, this.#ending, (file) => this.#step({ kind: "arrived", file }));
    const old = await read<State>(stateKey(base));
    if (!old) await this.take(now.edition);
  }

  #step(step: Step): void {
    this.work = next(this.work, step);
    this.#tell();
  }

  #tell(): void {
    for (const told of this.#told) told();
  }
}

export const desk = new Desk();

async function register(): Promise<void> {
  // Browsers clear what is not asked to stay when space is short. Whether they do as asked is theirs to say.
  void navigator.storage?.persist?.().catch(() => undefined);
  try {
    await navigator.serviceWorker.register(WORKER, { scope: base.pathname });
    await navigator.serviceWorker.ready;
  } catch {
    throw new Stop("refused");
  }
}
