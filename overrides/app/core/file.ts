/**
 * The one file that holds everything that a reader did: plan, ticks and all other records, as JSON.
 *
 * Reading is all or nothing: a file with any fault is refused as a whole, with the place of every fault, and nothing of
 * it is taken over. Files of older versions are brought up to date, by the whole and by each namespace; files of newer
 * versions are refused, because what this version does not know it could only lose. Text from a file is data: it is
 * shown as text and never as HTML.
 *
 *     { "format": "the-training-loop", "version": 1, "written": "2026-11-20T12:00:00.000Z",
 *       "records": { "plan": { "version": 1, "entries": { "current": {…} } }, "ticks": {…} } }
 */
import { bad, below, type Check, type Fault, fieldsOf, integer, object, text } from "./check.ts";
import { bring, type Namespace, NAMESPACES } from "./records.ts";

export const FORMAT = "the-training-loop";
export const FILE_VERSION = 1;
/** `MIGRATIONS[n]` turns a parsed file of version n into one of version n + 1. */
const MIGRATIONS: Readonly<Record<number, (file: unknown) => unknown>> = {};
/** Far beyond years of practice; a larger file is something else. */
const LARGEST = 20_000_000;
const MOST_ENTRIES = 100_000;
const MOST_FAULTS = 10;

/** Namespace → key → value. */
export type Contents = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export type FileResult =
  | { readonly ok: true; readonly contents: Contents; readonly written: string }
  /** `reason` is one sentence for the reader; `faults` say where, at most ten. */
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] };

interface Envelope {
  readonly format: string;
  readonly version: number;
  readonly written: string;
  readonly records: Readonly<Record<string, unknown>>;
}

interface Part {
  readonly version: number;
  readonly entries: Readonly<Record<string, unknown>>;
}

const anyObject: Check<Readonly<Record<string, unknown>>> = (value, path) => {
  const fields = fieldsOf(value);
  return fields === null ? bad(path, "is not an object") : { ok: true, value: fields };
};

const time: Check<string> = (value, path) => {
  const fine = typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
  return fine ? { ok: true, value } : bad(path, "is not a time");
};

const envelope = object<Envelope>({ format: text(0, 100), version: integer(1, 1e6), written: time, records: anyObject });
const part = object<Part>({ version: integer(1, 1e6), entries: anyObject });

/** The text of the file. `written` is an ISO time, passed in. The same contents give the same text. */
export function writeFile(
  contents: Contents,
  written: string,
  namespaces: readonly Namespace<unknown>[] = NAMESPACES,
): string {
  const records: [string, unknown][] = [];
  for (const { name, version } of namespaces) {
    const entries = [...(contents.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    // From entries, because a key called "__proto__" must become a field like any other.
    if (entries.length > 0) records.push([name, { version, entries: Object.fromEntries(entries) }]);
  }
  const file = { format: FORMAT, version: FILE_VERSION, written, records: Object.fromEntries(records) };
  return `${JSON.stringify(file, null, 1)}\n`;
}

export function readFile(input: string, namespaces: readonly Namespace<unknown>[] = NAMESPACES): FileResult {
  if (input.length > LARGEST) return refuse("The file is far too large to have been written by this guide.");
  const trimmed = input.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return refuse("The file is empty.");
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch {
    return trimmed.startsWith("{")
      ? refuse("The file is damaged or was cut off: it cannot be read to the end.")
      : refuse("This file is not from this guide.");
  }
  const outer = fieldsOf(parsed);
  if (outer === null || outer["format"] !== FORMAT) return refuse("This file is not from this guide.");
  let version = outer["version"];
  if (typeof version === "number" && version > FILE_VERSION) return newer();
  while (typeof version === "number" && version < FILE_VERSION) {
    const migrate = MIGRATIONS[version];
    if (!migrate) return refuse("The file's version can no longer be read.");
    try {
      parsed = migrate(parsed);
    } catch {
      return refuse("The file's version is older and could not be brought up to date.");
    }
    version += 1;
  }
  const whole = envelope(parsed, "");
  if (!whole.ok) return damaged([whole.fault]);

  const faults: Fault[] = [];
  const contents = new Map<string, ReadonlyMap<string, unknown>>();
  for (const [name, given] of Object.entries(whole.value.records)) {
    const path = below("records", name);
    const namespace = namespaces.find((one) => one.name === name);
    const checked = part(given, path);
    if (!checked.ok) {
      faults.push(checked.fault);
    } else if (!namespace) {
      faults.push({ path, reason: "is not known to this version of the guide" });
    } else if (checked.value.version > namespace.version) {
      return newer();
    } else {
      const entries = Object.entries(checked.value.entries);
      if (entries.length > MOST_ENTRIES) faults.push({ path, reason: `has more than ${MOST_ENTRIES} entries` });
      else if (entries.length > 0) contents.set(name, entriesOf(namespace, checked.value.version, entries, below(path, "entries"), faults));
    }
  }
  return faults.length > 0 ? damaged(faults) : { ok: true, contents, written: whole.value.written };
}

function entriesOf(
  namespace: Namespace<unknown>,
  version: number,
  entries: readonly (readonly [string, unknown])[],
  path: string,
  faults: Fault[],
): ReadonlyMap<string, unknown> {
  const out = new Map<string, unknown>();
  for (const [key, value] of entries) {
    const checked = bring(namespace, version, key, value, below(path, key));
    if (checked.ok) out.set(key, checked.value);
    else faults.push(checked.fault);
  }
  return out;
}

function refuse(reason: string): FileResult {
  return { ok: false, reason, faults: [] };
}

function newer(): FileResult {
  return refuse("The file was written by a newer version of this guide. Reload the page, then import it again.");
}

function damaged(faults: readonly Fault[]): FileResult {
  const first = faults[0] as Fault;
  const more = faults.length > 1 ? `, and ${faults.length - 1} more` : "";
  const where = first.path === "" ? "The file" : `“${first.path}”`;
  const reason = `The file is damaged: ${where} ${first.reason}${more}.`;
  return { ok: false, reason, faults: faults.slice(0, MOST_FAULTS) };
}
