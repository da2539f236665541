/**
 * Sounds that the reader has recorded, by the id of their record. They are large and no JSON, so they have a database of
 * their own beside the store and are in no file; the store keeps what is told of each (`RECORDINGS`). What has no record any
 * more is swept.
 */
import { base } from "../ui/base.ts";

const STORE = "sounds";

export interface Sounds {
  /** Rejects with `QuotaExceededError` when there is no space. */
  put(id: string, sound: Blob): Promise<void>;
  /** Undefined where it was deleted, or recorded in another browser. */
  get(id: string): Promise<Blob | undefined>;
  remove(ids: Iterable<string>): Promise<void>;
  ids(): Promise<readonly string[]>;
}

/** Rejects when IndexedDB is forbidden or does not work. */
export async function openSounds(): Promise<Sounds> {
  const opening = indexedDB.open(nameOf(), 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  const database = await answer(opening);
  database.onversionchange = () => database.close();
  const inside = <T>(mode: IDBTransactionMode, action: (sounds: IDBObjectStore) => IDBRequest<T> | undefined): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = action(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      // When space is short, it is the whole transaction that fails.
      transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
    });
  return {
    put: async (id, sound) => void (await inside("readwrite", (sounds) => sounds.put(sound, id))),
    get: (id) => inside<Blob>("readonly", (sounds) => sounds.get(id) as IDBRequest<Blob>),
    async remove(ids) {
      await inside("readwrite", (sounds) => {
        for (const id of ids) sounds.delete(id);
        return undefined;
      });
    },
    ids: async () => ((await inside("readonly", (sounds) => sounds.getAllKeys())) ?? []).map(String),
  };
}

/** Deletes what belongs to no record any more: of records that a file has replaced, or a page that was closed in between. */
export async function sweepSounds(known: ReadonlyMap<string, unknown>): Promise<void> {
  try {
    // Who never recorded anything needs no database for it.
    if (!(await indexedDB.databases()).some(({ name }) => name === nameOf())) return;
    const sounds = await openSounds();
    await sounds.remove((await sounds.ids()).filter((id) => !known.has(id)));
  } catch {
    // The next visit tries again.
  }
}

/** Deletes sounds, and returns how they are brought back while the page is open. */
export async function takeAway(ids: readonly string[]): Promise<() => Promise<void>> {
  const sounds = await openSounds();
  const taken: [string, Blob][] = [];
  for (const id of ids) {
    const sound = await sounds.get(id);
    if (sound) taken.push([id, sound]);
  }
  await sounds.remove(ids);
  return async () => {
    for (const [id, sound] of taken) await sounds.put(id, sound);
  };
}

/** After the store's own name, so that each of several guides on one origin has its own. */
function nameOf(): string {
  return `training-loop:${base.pathname}#sounds`;
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
