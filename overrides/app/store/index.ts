/**
 * The store of this page: the one instance that every view shares. It opens when it is first asked for.
 */
import { base } from "../ui/base.ts";
import { journalIn } from "./journal.ts";
import { openStore, type Store } from "./store.ts";

export { AGENDA, ATTEMPTS, draftKey, DRAFTS, PLACE, PLAN, READING, STANDING, TICKS, tickOf } from "../core/records.ts";
export { CHOICES } from "../core/practice/records.ts";
export type { Change, Damaged, Imported, Listener, Status, Store } from "./store.ts";

let opened: Store | null = null;

export function store(): Store {
  return (opened ??= open());
}

function open(): Store {
  // Several guides may live on one origin, a preview beside the published one: each has its own.
  const name = `training-loop:${base.pathname}`;
  const tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const made = openStore({
    name,
    tab,
    journal: journalIn(() => window.localStorage, name, tab),
    indexedDB: () => window.indexedDB,
    channel: () => ("BroadcastChannel" in window ? new BroadcastChannel(name) : null),
    now: () => Date.now(),
  });
  // A page that comes back from the background, or from the browser's memory, has missed what other tabs said.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void made.refresh();
    else made.leave();
  });
  window.addEventListener("pagehide", () => made.leave());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) void made.refresh();
  });
  return made;
}
