/**
 * The one store for everything that a reader does. Records live in memory, where views read them at once, and in
 * IndexedDB, from where they come back. What a record may be is said in core/records.ts; a feature adds a namespace there
 * and no store of its own.
 *
 * Nothing here can fail for the reader. Without IndexedDB, in a private window or with a full disk, the store goes on in
 * memory, says so in its status, keeps what is not yet written and tries again with the next change. A record that cannot
 * be read is put aside and reported; the others are not affected. Tabs tell each other what they write: the later
 * writing of a key wins, in every tab and on the disk, and a tab that has slept reads again.
 */
import type { Fault } from "../core/check.ts";
import { below } from "../core/check.ts";
import type { Contents } from "../core/file.ts";
import { bring, type Namespace, NAMESPACES } from "../core/records.ts";
import { type Aside, type Disk, isNewer, isRow, openDisk, type Row } from "./disk.ts";
import { isBrokenOff, reasonOf, TEXTS, type Why } from "./faults.ts";
import type { Journal } from "./journal.ts";

export interface Status {
  /** `saved`: what the reader does is kept. `memory`: it is gone when the last tab is closed, and the view must say so. */
  readonly kind: "loading" | "saved" | "memory";
  /** Why it is in memory only. */
  readonly why?: Why;
  /** What to tell the reader; "" when there is nothing to say. */
  readonly text: string;
  /** Records that could not be read and were put aside, in earlier visits too, until `forgetDamaged`. */
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

/** Takes the names of the namespaces that have changed; none when only the status has. */
export type Listener = (changed: ReadonlySet<string>) => void;

export type Imported =
  /** `before`: the file as it would have been written before; importing it with "replace" undoes this. */
  | { readonly ok: true; readonly before: string; readonly records: number }
  /** Nothing was taken over. */
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] };

export interface Store {
  /** Resolves when what was kept is in memory, or cannot be had; never rejects. */
  readonly ready: Promise<void>;
  get<T>(namespace: Namespace<T>, key: string): T | undefined;
  /** Everything of a namespace. The same map until something in it changes. */
  all<T>(namespace: Namespace<T>): ReadonlyMap<string, T>;
  /**
   * In memory, and told to views and other tabs, at once. Resolves when it is kept as well, or cannot be (see status).
   * Rejects only what is no value of the namespace, which is a fault of the caller.
   */
  put<T>(namespace: Namespace<T>, key: string, value: T): Promise<void>;
  remove(namespace: Namespace<unknown>, key: string): Promise<void>;
  /** Several changes, kept together or not at all. */
  write(changes: readonly Change[]): Promise<void>;
  /** Called after changes from here or from another tab and when the status changes. Returns how to stop. */
  subscribe(listener: Listener): () => void;
  status(): Status;
  /** The whole store as one file; to be asked for when it is ready. */
  exportFile(): Promise<string>;
  /** `replace`: the file's records and no others. `merge`: the file's records over those that are here. */
  importFile(text: string, how: "replace" | "merge"): Promise<Imported>;
  /** What was put aside, as text to be saved. */
  damagedText(): string;
  /** Throws away what was put aside. */
  forgetDamaged(): Promise<void>;
  /** Reads again what other tabs have written: for a page that was asleep. */
  refresh(): Promise<void>;
  /** The page is being left: what is not on the disk yet is put where the next page finds it. */
  leave(): void;
  /** Asks the browser not to clear the store when space is short. */
  persist(): Promise<boolean>;
}

/** What the store stands on, passed in. */
export interface Surroundings {
  /** One name for each site: several may share an origin. */
  readonly name: string;
  /** May throw or be undefined: some browsers forbid even to ask. */
  indexedDB(): IDBFactory | undefined;
  channel(): BroadcastChannel | null;
  now(): number;
  /** Tells this tab from others. */
  readonly tab: string;
  readonly namespaces?: readonly Namespace<unknown>[];
  readonly journal?: Journal;
  /** How long to wait for a disk that does not answer, in milliseconds. */
  readonly patience?: number;
}

type Message = { readonly rows: readonly Row[] } | { readonly hello: true };

/** How long it is remembered that a record was removed, for tabs that sleep. */
const SWEEP = 30 * 86_400_000;

export function openStore(surroundings: Surroundings): Store {
  return new RecordStore(surroundings);
}

class RecordStore implements Store {
  readonly ready: Promise<void>;
  private readonly around: Surroundings;
  private readonly namespaces: readonly Namespace<unknown>[];
  private readonly channel: BroadcastChannel | null;
  /** Everything that is known, also of what was removed; by namespace and key. */
  private readonly rows = new Map<string, Map<string, Row>>();
  /** The values that views see. A map is replaced when it changes. */
  private readonly values = new Map<string, ReadonlyMap<string, unknown>>();
  /** Rows that are not on the disk yet, by namespace and key. */
  private readonly pending = new Map<string, Row>();
  private aside: readonly Aside[] = [];
  private readonly listeners = new Set<Listener>();
  private disk: Disk | null = null;
  private opening: Promise<void> | null = null;
  private queue: Promise<void> = Promise.resolve();
  private kind: Status["kind"] = "loading";
  private why: Why | null = null;
  private told: Status | null = null;
  private stamp = 0;

  constructor(around: Surroundings) {
    this.around = around;
    this.namespaces = around.namespaces ?? NAMESPACES;
    this.channel = around.channel();
    this.channel?.addEventListener("message", ({ data }) => this.hear(data));
    // A tab that cannot write has what is nowhere else.
    this.say({ hello: true });
    this.ready = this.start();
  }

  // --- Reading --------------------------------------------------------------------------------------------------------

  get<T>(namespace: Namespace<T>, key: string): T | undefined {
    return this.values.get(namespace.name)?.get(key) as T | undefined;
  }

  all<T>(namespace: Namespace<T>): ReadonlyMap<string, T> {
    return (this.values.get(namespace.name) ?? NOTHING) as ReadonlyMap<string, T>;
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  status(): Status {
    if (this.told) return this.told;
    const damaged = this.aside.map(({ ns, key, path, reason }) => ({ namespace: ns, key, fault: { path, reason } }));
    const count = damaged.length === 1 ? "One record that was kept" : `${damaged.length} records that were kept`;
    const apart = `${count} could not be read and ${damaged.length === 1 ? "was" : "were"} put aside. Everything else is as it was.`;
    const texts = [this.kind === "memory" && this.why ? TEXTS[this.why] : "", damaged.length > 0 ? apart : ""];
    this.told = {
      kind: this.kind,
      ...(this.kind === "memory" && this.why ? { why: this.why } : {}),
      text: texts.filter((text) => text !== "").join(" "),
      damaged,
    };
    return this.told;
  }

  async exportFile(): Promise<string> {
    // Fetched when it is asked for: most visits neither write nor read a file.
    const { writeFile } = await import("../core/file.ts");
    return writeFile(this.values as Contents, new Date(this.around.now()).toISOString(), this.namespaces);
  }

  damagedText(): string {
    const plain = (one: Aside): unknown => {
      try {
        return JSON.parse(JSON.stringify(one));
      } catch {
        // What IndexedDB can hold and JSON cannot.
        return { ...one, row: String(one.row) };
      }
    };
    return `${JSON.stringify(this.aside.map(plain), null, 1)}\n`;
  }

  // --- Writing --------------------------------------------------------------------------------------------------------

  put<T>(namespace: Namespace<T>, key: string, value: T): Promise<void> {
    return this.write([{ namespace, key, value }]);
  }

  remove(namespace: Namespace<unknown>, key: string): Promise<void> {
    return this.write([{ namespace, key }]);
  }

  async write(changes: readonly Change[]): Promise<void> {
    // Only who knows what is there can be sure to be later, whatever the clock says.
    if (this.kind === "loading") await this.ready;
    this.stamp = Math.max(this.stamp + 1, this.around.now());
    const rows = changes.map(({ namespace, key, value }): Row => {
      const row = { ns: namespace.name, key, v: namespace.version, stamp: this.stamp, by: this.around.tab };
      if (value === undefined) return { ...row, gone: true };
      // What is kept is the checked copy, so that nobody changes it from outside.
      const checked = bring(namespace, namespace.version, key, value, below(namespace.name, key));
      if (!checked.ok) throw new TypeError(`${checked.fault.path} ${checked.fault.reason}`);
      return { ...row, value: checked.value };
    });
    if (rows.length === 0) return;
    for (const row of rows) this.pending.set(idOf(row), row);
    this.adopt(rows);
    this.say({ rows });
    await this.flush();
  }

  async importFile(text: string, how: "replace" | "merge"): Promise<Imported> {
    await this.ready;
    const { readFile } = await import("../core/file.ts");
    const read = readFile(text, this.namespaces);
    if (!read.ok) return read;
    const before = await this.exportFile();
    const changes: Change[] = [];
    let records = 0;
    for (const namespace of this.namespaces) {
      const entries = read.contents.get(namespace.name) ?? NOTHING;
      for (const [key, value] of entries) changes.push({ namespace, key, value });
      records += entries.size;
      if (how === "merge") continue;
      for (const key of this.all(namespace).keys()) if (!entries.has(key)) changes.push({ namespace, key });
    }
    await this.write(changes);
    return { ok: true, before, records };
  }

  async forgetDamaged(): Promise<void> {
    this.aside = [];
    this.retell();
    await this.ready;
    await this.disk?.save({ forget: true }).catch(() => undefined);
  }

  async refresh(): Promise<void> {
    await this.ready;
    const disk = this.disk;
    if (disk) await this.take(disk).catch(() => undefined);
    if (this.pending.size > 0) await this.flush();
  }

  leave(): void {
    // Without a disk it is said that nothing is kept, and nothing is.
    if (this.disk && this.pending.size > 0) this.around.journal?.write([...this.pending.values()]);
  }

  async persist(): Promise<boolean> {
    try {
      return await navigator.storage.persist();
    } catch {
      return false;
    }
  }

  // --- The disk -------------------------------------------------------------------------------------------------------

  private async start(): Promise<void> {
    // Some browsers never answer when they are in a bad state.
    await this.reopen();
    if (!this.disk && this.kind === "loading") this.set("memory", "unavailable");
  }

  private open(): Promise<void> {
    this.opening ??= this.tryOpen().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  private async tryOpen(again = true): Promise<void> {
    try {
      const factory = this.around.indexedDB();
      if (!factory) return this.set("memory", "unavailable");
      const disk = await openDisk(factory, this.around.name, () => this.yield());
      await this.take(disk);
      this.disk = disk;
      this.takeUnsaved();
      this.set("saved", null);
      if (this.pending.size > 0) void this.flush();
    } catch (error) {
      // While the browser is still clearing the site's data it breaks off whoever comes too early.
      if (again && isBrokenOff(error)) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await this.tryOpen(false);
      } else this.set("memory", reasonOf(error));
    }
  }

  /** A newer version of the guide, in another tab, has asked for the disk. */
  private yield(): void {
    this.disk = null;
    this.set("memory", "newer");
  }

  /** Take over what is on a disk, and put it right: bring old rows up to date, put aside what cannot be read. */
  private async take(disk: Disk): Promise<void> {
    const loaded = await disk.load();
    const put: Row[] = [];
    const sweep: Row[] = [];
    const aside: Aside[] = [];
    const good: Row[] = [];
    for (const row of loaded.rows) {
      const judged = this.judge(row);
      if (judged === "foreign") continue;
      if ("reason" in judged) {
        aside.push(judged);
        continue;
      }
      const old = judged.gone && judged.stamp < this.around.now() - SWEEP;
      if (old) sweep.push(judged);
      else good.push(judged);
      if (!old && judged.v > (row as Row).v) put.push(judged);
    }
    this.aside = [...loaded.aside.filter(isAside), ...aside];
    this.told = null;
    this.adopt(good);
    if (put.length + sweep.length + aside.length > 0) {
      // Writing it back may fail on a full disk; what was read is in memory all the same, and the next visit tries again.
      await disk.save({ put, sweep, aside }).catch(() => undefined);
    }
    if (aside.length > 0) this.retell();
  }

  /** Take over what a page that was left had not written any more. */
  private takeUnsaved(): void {
    const rows = (this.around.journal?.read() ?? []).map((row) => this.judge(row)).filter((row) => isRow(row));
    for (const row of rows) if (!this.pending.has(idOf(row))) this.pending.set(idOf(row), row);
    this.adopt(rows);
  }

  private flush(): Promise<void> {
    this.queue = this.queue.then(() => this.save());
    return this.queue;
  }

  private async save(again = true): Promise<void> {
    if (this.pending.size === 0) return;
    if (!this.disk && this.why !== "newer") await this.reopen();
    const { disk } = this;
    if (!disk) return;
    const batch = [...this.pending.values()];
    try {
      const stayed = await disk.save({ put: batch });
      for (const row of batch) if (this.pending.get(idOf(row)) === row) this.pending.delete(idOf(row));
      this.adopt(stayed.map((row) => this.judge(row)).filter((row) => isRow(row)));
      if (this.pending.size > 0) return;
      this.around.journal?.clear();
      this.set("saved", null);
    } catch (error) {
      // The browser closes connections when it clears the site's data, before a transaction or in the middle of one:
      // there is another to be had.
      const closed = isBrokenOff(error);
      if (closed && this.disk === disk) this.disk = null;
      if (closed && again) await this.save(false);
      else this.set("memory", reasonOf(error));
    }
  }

  /** Wait for the disk, but not for ever. */
  private async reopen(): Promise<void> {
    const { patience = 3000 } = this.around;
    // One that did not answer so far will be welcome when it does, and is not waited for again.
    if (this.opening && this.kind === "memory") return;
    await Promise.race([this.open(), new Promise((resolve) => setTimeout(resolve, patience))]);
  }

  // --- Other tabs -----------------------------------------------------------------------------------------------------

  private say(message: Message): void {
    try {
      this.channel?.postMessage(message);
    } catch {
      // Without a channel, tabs are in step again when they are looked at.
    }
  }

  private hear(data: unknown): void {
    if (typeof data !== "object" || data === null) return;
    if ("hello" in data && this.pending.size > 0) this.say({ rows: [...this.pending.values()] });
    if ("rows" in data && Array.isArray(data.rows))
      this.adopt(data.rows.map((row) => this.judge(row)).filter((row) => isRow(row)));
  }

  // --- Memory ---------------------------------------------------------------------------------------------------------

  /** A row from outside: up to date and checked, or what is wrong with it, or nothing that this version knows. */
  private judge(row: unknown): Row | Aside | "foreign" {
    const { ns, key } = (row ?? {}) as Partial<Row>;
    const where = { ns: String(ns), key: String(key), row };
    if (!isRow(row)) return { ...where, path: "", reason: "is no record" };
    const namespace = this.namespaces.find((one) => one.name === row.ns);
    // What a newer version of the guide has written is for that version to read.
    if (!namespace || row.v > namespace.version) return "foreign";
    if (row.gone) return row;
    const checked = bring(namespace, row.v, row.key, row.value, below(row.ns, row.key));
    if (!checked.ok) return { ...where, ...checked.fault };
    return { ...row, v: namespace.version, value: checked.value };
  }

  /** Take over rows, each unless a newer one is known, and tell the views. */
  private adopt(rows: readonly Row[]): void {
    const changed = new Map<string, Map<string, unknown>>();
    for (const row of rows) {
      this.stamp = Math.max(this.stamp, row.stamp);
      const known = this.rows.get(row.ns) ?? new Map<string, Row>();
      this.rows.set(row.ns, known);
      const before = known.get(row.key);
      if (before && !isNewer(row, before)) continue;
      known.set(row.key, row);
      if (row.gone && !this.values.get(row.ns)?.has(row.key)) continue;
      const values = changed.get(row.ns) ?? new Map(this.values.get(row.ns));
      if (row.gone) values.delete(row.key);
      else values.set(row.key, row.value);
      changed.set(row.ns, values);
    }
    for (const [ns, values] of changed) this.values.set(ns, values);
    if (changed.size > 0) this.tell(new Set(changed.keys()));
  }

  private set(kind: Status["kind"], why: Why | null): void {
    if (this.kind === kind && this.why === why) return;
    this.kind = kind;
    this.why = why;
    this.retell();
  }

  private retell(): void {
    this.told = null;
    this.tell(NONE);
  }

  private tell(changed: ReadonlySet<string>): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(changed);
      } catch (error) {
        // A view that fails must not keep the others, or the disk, from hearing of it.
        console.error(error);
      }
    }
  }
}

const NOTHING: ReadonlyMap<string, unknown> = new Map();
const NONE: ReadonlySet<string> = new Set();

function idOf(row: Row): string {
  return JSON.stringify([row.ns, row.key]);
}

function isAside(value: unknown): value is Aside {
  if (typeof value !== "object" || value === null) return false;
  const { ns, key, path, reason } = value as Record<string, unknown>;
  return [ns, key, path, reason].every((one) => typeof one === "string");
}
