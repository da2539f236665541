/**
 * What a page could not finish writing when it was left. A transaction of IndexedDB that is open when a page goes is
 * undone, and a page that goes cannot wait; Web Storage takes what it is given on the spot. So what is not on the disk yet
 * is put there, and the next page that opens the store writes it. Rows carry stamps, so it does no harm when they had
 * arrived after all, or when two pages bring the same.
 */

export interface Journal {
  /** What pages before this one, or beside it, have left. */
  read(): unknown[];
  /** Throws nothing: what does not fit is as lost as it would be without. */
  write(rows: readonly unknown[]): void;
  /** Forgets what was read and written: it is on the disk. */
  clear(): void;
}

/** One entry a tab, so that tabs that are closed together do not write over each other. */
export function journalIn(storage: () => Storage, name: string, tab: string): Journal {
  const prefix = `${name}:unsaved:`;
  const known = new Set<string>();
  const tried = <T>(action: (kept: Storage) => T, otherwise: T): T => {
    try {
      return action(storage());
    } catch {
      // Forbidden, full, or damaged.
      return otherwise;
    }
  };
  return {
    read: () =>
      tried((kept) => {
        const keys = Object.keys(kept).filter((key) => key.startsWith(prefix));
        for (const key of keys) known.add(key);
        return keys.flatMap((key) => tried((): unknown[] => [JSON.parse(kept.getItem(key) ?? "[]")].flat(), []));
      }, []),
    write: (rows) =>
      tried((kept) => {
        known.add(prefix + tab);
        kept.setItem(prefix + tab, JSON.stringify(rows));
      }, undefined),
    clear: () =>
      tried((kept) => {
        for (const key of known) kept.removeItem(key);
        known.clear();
      }, undefined),
  };
}
