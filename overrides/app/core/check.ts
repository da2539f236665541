/**
 * Small checks for data that comes from outside: a file, a record of the store, a link.
 *
 * Each check takes a value and the path that leads to it and returns the value, rebuilt from what is known about it, or
 * the first fault in plain words. A library would do the same for ten times the bytes.
 */

/** What is wrong, and where: `ticks["read:x"].minutes`. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export type Check<T> = (value: unknown, path: string) => Checked<T>;
