/**
 * The one store for everything that a reader does. Records live in memory, where views read them at once, and in
 * IndexedDB, from where they come back.
 */
import type { Fault } from "../core/check.ts";
import type { Namespace } from "../core/records.ts";

export interface Status {
  /** `saved`: what the reader does is kept. `memory`: it is gone when the last tab is closed, and the view must say so. */
  readonly kind: "loading" | "saved" | "memory";
  /** Why it is in memory only. */
  readonly why?: "unavailable" | "full" | "newer";
  /** A sentence for the reader; "" when there is nothing to say. */
  readonly text: string;
  /** Records that could not be read and were put aside. */
  readonly damaged: readonly Damaged[];
}

export interface Damaged {
  readonly namespace: string;
  readonly key: string;
  readonly fault: Fault;
}

/** A record to write; without a value it is removed. */
export interface Change {
  readonly namespace: Namespace<unknown>;
  readonly key: string;
  readonly value?: unknown;
}

export type Listener = (changed: ReadonlySet<string>) => void;

export type Imported =
  /** `before`: the file as it would have been written before, to offer "undo". */
  | { readonly ok: true; readonly before: string; readonly records: number }
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] };

export interface Store {
  /** Resolves when what was kept is in memory; never rejects. */
  readonly ready: Promise<void>;
  get<T>(namespace: Namespace<T>, key: string): T | undefined;
  all<T>(namespace: Namespace<T>): ReadonlyMap<string, T>;
  /** In memory at once; resolves when it is also kept, or cannot be (see status). Throws on a value that does not fit. */
  put<T>(namespace: Namespace<T>, key: string, value: T): Promise<void>;
  remove(namespace: Namespace<unknown>, key: string): Promise<void>;
  /** Several changes, kept together or not at all. */
  write(changes: readonly Change[]): Promise<void>;
  /** Called after changes from here or from another tab, with the names of the namespaces, and when the status changes. */
  subscribe(listener: Listener): () => void;
  status(): Status;
  /** The whole store as one file. */
  exportFile(): string;
  /** `replace`: the file's records and no others. `merge`: the file's records over those that are here. */
  importFile(text: string, how: "replace" | "merge"): Promise<Imported>;
  /** What was put aside, as text to be saved. */
  damagedText(): Promise<string>;
  /** Asks the browser not to clear the store when space is short. */
  persist(): Promise<boolean>;
}
