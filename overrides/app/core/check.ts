/**
 * Small checks for data that comes from outside: a file, a record of the store, a link.
 *
 * Each check takes a value and the path that leads to it and returns the value, rebuilt from what is known about it, or
 * the first fault in plain words. A library would do the same for ten times the bytes. What is not named is refused:
 * a field that nobody reads is a sign that the data is not what it claims to be.
 */
import { dayNumber } from "./plan/calendar.ts";

/** What is wrong, and where: `ticks["read:x"].minutes`. */
export interface Fault {
  readonly path: string;
  readonly reason: string;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export type Check<T> = (value: unknown, path: string) => Checked<T>;

export function good<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function bad<T>(path: string, reason: string): Checked<T> {
  return { ok: false, fault: { path, reason } };
}

/** The path to a field: `a.b`, or `a["b c"]` where a dot would not do. */
export function below(path: string, key: string): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${path}[${JSON.stringify(key.length > 80 ? `${key.slice(0, 79)}…` : key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The value as an object with fields, or null. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

export function text(least: number, most: number): Check<string> {
  return (value, path) => {
    if (typeof value !== "string") return bad(path, "is not text");
    if (value.length < least) return bad(path, "is empty");
    return value.length > most ? bad(path, `is longer than ${most} characters`) : good(value);
  };
}

/** An id of one of the closed lists: `ml-system-design`. */
export const id: Check<string> = (value, path) => {
  const fine = typeof value === "string" && value.length <= 64 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value);
  return fine ? good(value) : bad(path, "is not an id (lower-case letters, digits and hyphens)");
};

export const day: Check<string> = (value, path) =>
  typeof value === "string" && dayNumber(value) !== null ? good(value) : bad(path, "is not a day (YYYY-MM-DD)");

export const flag: Check<boolean> = (value, path) =>
  typeof value === "boolean" ? good(value) : bad(path, "is neither true nor false");

export function number(least: number, most: number): Check<number> {
  return (value, path) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return bad(path, "is not a number");
    // No minus zero: it would not survive being written.
    return value < least || value > most ? bad(path, `is not between ${least} and ${most}`) : good(value + 0);
  };
}

export function integer(least: number, most: number): Check<number> {
  const within = number(least, most);
  return (value, path) => {
    const checked = within(value, path);
    return checked.ok && !Number.isInteger(checked.value) ? bad(path, "is not a whole number") : checked;
  };
}

export function oneOf<const T extends string>(values: readonly T[]): Check<T> {
  return (value, path) => {
    const found = values.find((one) => one === value);
    return found === undefined ? bad(path, `is none of: ${values.map((one) => one || "(empty)").join(", ")}`) : good(found);
  };
}

/** What one of two checks takes; the fault is the second's. */
export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value, path) => {
    const checked = first(value, path);
    return checked.ok ? checked : second(value, path);
  };
}

export function listOf<T>(item: Check<T>, least: number, most: number): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return bad(path, "is not a list");
    if (value.length < least || value.length > most)
      return bad(path, least === most ? `has ${value.length} entries instead of ${most}` : `has more than ${most} entries`);
    const out: T[] = [];
    // Not `entries()`: a list with holes has to be seen as such.
    for (let at = 0; at < value.length; at += 1) {
      const checked = item(value[at], `${path}[${at}]`);
      if (!checked.ok) return checked;
      out.push(checked.value);
    }
    return good(out);
  };
}

export function recordOf<T>(key: Check<string>, item: Check<T>, most: number): Check<Readonly<Record<string, T>>> {
  return (value, path) => {
    const fields = fieldsOf(value);
    if (fields === null) return bad(path, "is not an object");
    const entries = Object.entries(fields);
    if (entries.length > most) return bad(path, `has more than ${most} entries`);
    const out: [string, T][] = [];
    for (const [name, one] of entries) {
      const named = key(name, below(path, name));
      if (!named.ok) return named;
      const checked = item(one, below(path, name));
      if (!checked.ok) return checked;
      out.push([name, checked.value]);
    }
    return good(Object.fromEntries(out));
  };
}

/** An object with exactly these fields; those listed as optional may be missing. */
export function object<T extends object>(
  fields: { readonly [K in keyof T]-?: Check<T[K]> },
  optional: readonly (keyof T)[] = [],
): Check<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  const known = new Set<string>(names);
  return (value, path) => {
    const given = fieldsOf(value);
    if (given === null) return bad(path, "is not an object");
    const extra = Object.keys(given).find((name) => !known.has(name));
    if (extra !== undefined) return bad(below(path, extra), "is not a known field");
    const out: Partial<Record<keyof T, unknown>> = {};
    for (const name of names) {
      if (!Object.hasOwn(given, name)) {
        if (optional.includes(name)) continue;
        return bad(below(path, name), "is missing");
      }
      const checked = fields[name](given[name], below(path, name));
      if (!checked.ok) return checked;
      out[name] = checked.value;
    }
    return good(out as T);
  };
}
