/**
 * What the store keeps things on: IndexedDB, with nothing known of what the records mean.
 *
 * Two object stores: `records`, one row for each namespace and key, and `aside`, where rows go that could not be read.
 * All of a batch is written in one transaction, or none. A row carries the stamp of its writing, and a row on the disk
 * that is newer than the one to be written stays: two tabs that write the same key agree on the later one, in whatever
 * order their transactions come. For the same reason a removed record leaves a row that says so.
 */

const VERSION = 1;
const RECORDS = "records";
const ASIDE = "aside";

export interface Row {
  readonly ns: string;
  readonly key: string;
  /** Version of the namespace. */
  readonly v: number;
  /** Milliseconds since 1970, or more when a clock has gone back: later writings have larger stamps. */
  readonly stamp: number;
  /** Who wrote it: decides between equal stamps. */
  readonly by: string;
  readonly value?: unknown;
  readonly gone?: true;
}

/** A row that was put aside, as it was, and why. */
export interface Aside {
  readonly ns: string;
  readonly key: string;
  readonly path: string;
  readonly reason: string;
  readonly row: unknown;
}

export interface Loaded {
  readonly rows: readonly unknown[];
  readonly aside: readonly unknown[];
}

export interface Batch {
  readonly put?: readonly Row[];
  /** Rows to be put aside. One that is no longer there has been put aside by another tab. */
  readonly aside?: readonly Aside[];
  /** Rows that say that something was removed, long enough ago. */
  readonly sweep?: readonly Row[];
  /** Forgets what was put aside. */
  readonly forget?: boolean;
}

export interface Disk {
  load(): Promise<Loaded>;
  /** Returns the rows that stayed because they are newer. */
  save(batch: Batch): Promise<readonly unknown[]>;
}

export function isNewer(a: Pick<Row, "stamp" | "by">, b: Pick<Row, "stamp" | "by">): boolean {
  return a.stamp === b.stamp ? a.by > b.by : a.stamp > b.stamp;
}

/**
 * Rejects when IndexedDB is forbidden, does not work, or was made by a newer version of the guide (`VersionError`).
 * `outdated` is called when such a version asks for it later, which ends this one.
 */
export async function openDisk(factory: IDBFactory, name: string, outdated: () => void): Promise<Disk> {
  const opening = factory.open(name, VERSION);
  opening.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      opening.result.createObjectStore(RECORDS, { keyPath: ["ns", "key"] });
      opening.result.createObjectStore(ASIDE, { autoIncrement: true });
    }
  };
  const database = await answer(opening);
  // A tab with a newer version of the guide wants to change the structure and waits for this one to let go.
  database.onversionchange = () => {
    database.close();
    outdated();
  };

  return {
    async load() {
      const transaction = database.transaction([RECORDS, ASIDE], "readonly");
      const [rows, aside] = await Promise.all([
        answer<unknown[]>(transaction.objectStore(RECORDS).getAll()),
        answer<unknown[]>(transaction.objectStore(ASIDE).getAll()),
      ]);
      return { rows, aside };
    },

    save({ put = [], aside = [], sweep = [], forget = false }) {
      return new Promise((resolve, reject) => {
        const transaction = database.transaction([RECORDS, ASIDE], "readwrite");
        const records = transaction.objectStore(RECORDS);
        const kept = transaction.objectStore(ASIDE);
        const stayed: unknown[] = [];
        // With a row as it is on the disk now; nobody else writes until the transaction is over.
        const withRow = (ns: string, key: string, action: (row: unknown) => void): void => {
          const request = records.get([ns, key]);
          request.onsuccess = () => {
            try {
              action(request.result);
            } catch (error) {
              // Refused on the spot, unlike a request that fails later.
              reject(error);
              transaction.abort();
            }
          };
        };
        transaction.oncomplete = () => resolve(stayed);
        // When space is short, it is the whole transaction that fails, after every request has succeeded.
        transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
        if (forget) kept.clear();
        for (const one of aside)
          withRow(one.ns, one.key, (row) => {
            if (row === undefined) return;
            kept.add(one);
            records.delete([one.ns, one.key]);
          });
        for (const one of put)
          withRow(one.ns, one.key, (row) => {
            if (isRow(row) && isNewer(row, one)) {
              stayed.push(row);
              return;
            }
            // What a newer version wrote cannot be judged here, so it is not overwritten without a copy.
            if (isRow(row) && row.v > one.v)
              kept.add({ ns: one.ns, key: one.key, path: "", reason: "was written by a newer version of the guide", row });
            records.put(one);
          });
        for (const one of sweep)
          withRow(one.ns, one.key, (row) => {
            if (isRow(row) && row.gone && row.stamp === one.stamp) records.delete([one.ns, one.key]);
          });
      });
    },
  };
}

export function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null) return false;
  const { ns, key, v, stamp, by, gone } = value as Record<string, unknown>;
  return (
    typeof ns === "string" &&
    typeof key === "string" &&
    Number.isInteger(v) &&
    (v as number) >= 1 &&
    Number.isSafeInteger(stamp) &&
    typeof by === "string" &&
    (gone === undefined || gone === true)
  );
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
