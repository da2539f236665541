/** The file that holds everything a reader did: it comes back whole, and a damaged one is refused as a whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Check, good, text } from "../../overrides/app/core/check.ts";
import { type Contents, type FileResult, readFile, writeFile } from "../../overrides/app/core/file.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import type { Tick } from "../../overrides/app/core/plan/types.ts";
import { type Namespace, progressOf, type SavedPlan } from "../../overrides/app/core/records.ts";
import { canonical } from "../../overrides/app/core/share.ts";
import { real } from "./catalogues.ts";
import { progressFor, settingsFor, TODAY } from "./settings.ts";

const guide = real();
const WRITTEN = "2026-11-20T12:00:00.000Z";

/** Everything that a reader can leave behind. */
const contents: fc.Arbitrary<Contents> = fc
  .tuple(settingsFor(guide), progressFor(guide), fc.string({ minLength: 1, maxLength: 20 }), fc.nat())
  .map(([settings, { since, ticks }, name, at]) => {
    const parts: [string, ReadonlyMap<string, unknown>][] = [
      ["plan", new Map([["current", { id: name, since, settings: canonical(settings) }]])],
      ["ticks", new Map(ticks.map((tick) => [tick.id, tick]))],
      ["place", new Map([["last", { url: `topics/#${name}`, title: name, at }]])],
    ];
    return new Map(parts.filter(([, entries]) => entries.size > 0));
  });

const plan: SavedPlan = { id: "p", since: TODAY, settings: defaultSettings(guide, TODAY) };
const tick: Tick = { id: "read:a", date: TODAY, kind: "read", title: "A", minutes: 20, round: "coding", items: ["a"] };
const small: Contents = new Map<string, ReadonlyMap<string, unknown>>([
  ["plan", new Map([["current", plan]])],
  ["ticks", new Map([["read:a", tick]])],
]);

function refused(result: FileResult): { reason: string; where: string } {
  assert.ok(!result.ok, "the file was taken");
  return { reason: result.reason, where: result.faults.map(({ path, reason }) => `${path} ${reason}`).join("; ") };
}

/** The small file with one value changed. */
function changed(change: (file: any) => void): string {
  const file = JSON.parse(writeFile(small, WRITTEN));
  change(file);
  return JSON.stringify(file);
}

test("what was written is read as it was", () => {
  fc.assert(
    fc.property(contents, (given) => {
      const back = readFile(writeFile(given, WRITTEN));
      assert.deepEqual(back, { ok: true, contents: given, written: WRITTEN });
    }),
    { numRuns: 1000 },
  );
});

test("the same contents give the same text, in whatever order they were made", () => {
  fc.assert(
    fc.property(contents, (given) => {
      const turned = new Map([...given].reverse().map(([name, entries]) => [name, new Map([...entries].reverse())]));
      assert.equal(writeFile(turned, WRITTEN), writeFile(given, WRITTEN));
    }),
  );
});

test("a plan that comes from a file is the plan that went into it", () => {
  fc.assert(
    fc.property(settingsFor(guide), progressFor(guide), (settings, { since, ticks }) => {
      const ordered = progressOf(since, new Map(ticks.map((one) => [one.id, one])).values());
      const file = writeFile(new Map([["ticks", new Map(ordered.ticks.map((one) => [one.id, one]))]]), WRITTEN);
      const back = readFile(file);
      assert.ok(back.ok);
      const progress = progressOf(since, (back.contents.get("ticks") ?? new Map()).values() as Iterable<Tick>);
      assert.deepEqual(makePlan(guide, settings, progress, TODAY), makePlan(guide, settings, ordered, TODAY));
    }),
    { numRuns: 100 },
  );
});

test("a file that was cut off anywhere is refused", () => {
  const whole = writeFile(small, WRITTEN).trimEnd();
  for (let length = 0; length < whole.length; length += 1) refused(readFile(whole.slice(0, length)));
  assert.match(refused(readFile(whole.slice(0, -1))).reason, /cut off/);
});

test("whatever the text, there are contents or a reason", () => {
  const texts = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.jsonValue().map((value) => JSON.stringify({ value })));
  fc.assert(
    fc.property(texts, (input) => {
      assert.ok(refused(readFile(input)).reason.length > 10);
    }),
    { numRuns: 2000 },
  );
});

test("whatever stands in place of a value, there are contents that can be written again, or a reason with its place", () => {
  fc.assert(
    fc.property(contents, fc.nat(), fc.oneof(fc.jsonValue(), fc.anything()), (given, at, value) => {
      const file = JSON.parse(writeFile(given, WRITTEN)) as unknown;
      const places: [Record<string, unknown>, string][] = [];
      const walk = (node: unknown): void => {
        if (typeof node !== "object" || node === null) return;
        for (const key of Object.keys(node)) {
          places.push([node as Record<string, unknown>, key]);
          walk((node as Record<string, unknown>)[key]);
        }
      };
      walk(file);
      const [node, key] = places[at % places.length] as [Record<string, unknown>, string];
      node[key] = value;
      let input: string;
      try {
        input = JSON.stringify(file);
      } catch {
        return; // No text of a file: a cycle or a big integer.
      }
      const back = readFile(input);
      if (back.ok) assert.deepEqual(readFile(writeFile(back.contents, WRITTEN)), { ...back, written: WRITTEN });
      else assert.ok(back.reason.length > 10);
    }),
    { numRuns: 3000 },
  );
});

test("faults are named by their place", () => {
  const cases: [(file: any) => void, RegExp][] = [
    [(file) => (file.records.ticks.entries["read:a"].minutes = "20"), /^records\.ticks\.entries\["read:a"\]\.minutes is not a number$/],
    [(file) => (file.records.plan.entries.current.settings.minutes[3] = 2000), /settings\.minutes\[3\] is not between 0 and 1440$/],
    [(file) => file.records.plan.entries.current.settings.minutes.pop(), /settings\.minutes has 6 entries instead of 7$/],
    [(file) => (file.records.plan.entries.current.settings.rounds = { coding: "perhaps" }), /rounds\.coding is none of: sure, maybe$/],
    [(file) => delete file.records.plan.entries.current.settings.level, /settings\.level is missing$/],
    [(file) => (file.records.plan.entries.current.settings.color = 1), /settings\.color is not a known field$/],
    [(file) => (file.records.plan.entries.current.since = "2026-02-30"), /since is not a day/],
    [(file) => (file.records.plan.entries.other = file.records.plan.entries.current), /entries\.other does not belong under its key$/],
    [(file) => (file.records.cards = { version: 1, entries: {} }), /^records\.cards is not known to this version/],
    [(file) => (file.records.ticks.entries = []), /^records\.ticks\.entries is not an object$/],
    [(file) => (file.records.ticks.version = 0), /^records\.ticks\.version is not between/],
    [(file) => (file.written = "yesterday"), /^written is not a time$/],
    [(file) => (file.extra = 1), /^extra is not a known field$/],
  ];
  for (const [change, expected] of cases) {
    const { reason, where } = refused(readFile(changed(change)));
    assert.match(where, expected);
    assert.match(reason, /damaged/);
  }
});

test("every faulty record is named, ten at most", () => {
  const input = changed((file) => {
    for (let at = 0; at < 15; at += 1) file.records.ticks.entries[`read:${at}`] = 5;
  });
  const result = readFile(input);
  assert.ok(!result.ok);
  assert.equal(result.faults.length, 10);
  assert.match(result.reason, /and 14 more/);
});

test("a file of something else is told from a damaged one", () => {
  for (const input of ["hello", "[1]", "5", '{"format":"anki"}', "{}", "BEGIN:VCALENDAR"])
    assert.match(refused(readFile(input)).reason, /not from this guide/);
  assert.match(refused(readFile(" \n")).reason, /empty/);
  assert.match(refused(readFile(" ".repeat(20_000_001))).reason, /too large/);
});

test("a file that was saved by an editor is read", () => {
  assert.ok(readFile(`\uFEFF${writeFile(small, WRITTEN).replaceAll("\n", "\r\n")}\r\n`).ok);
});

test("a file of a newer version, or with newer records, says so and asks to reload", () => {
  for (const change of [(file: any) => (file.version = 2), (file: any) => (file.records.ticks.version = 3)])
    assert.match(refused(readFile(changed(change))).reason, /newer version.*Reload/);
});

test("a file of a version that never was is refused", () => {
  for (const version of [0, -1, 0.5, "1", null]) refused(readFile(changed((file) => (file.version = version))));
});

test("names that mean something to JavaScript are names like any other", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    const inside = writeFile(small, WRITTEN);
    refused(readFile(inside.replace('"read:a": {', `"${name}": {`)));
    refused(readFile(inside.replace('"ticks": {', `"${name}": {`)));
    const named = new Map([["ticks", new Map([[name, { ...tick, id: name }]])]]);
    assert.deepEqual(readFile(writeFile(named, WRITTEN)), { ok: true, contents: named, written: WRITTEN });
  }
  refused(readFile(writeFile(small, WRITTEN).replace('"strength": {}', '"strength": {"__proto__": "weak"}')));
  assert.equal(({} as any).minutes, undefined);
});

test("markup in a file stays text", () => {
  const named = new Map([["ticks", new Map([["read:a", { ...tick, title: "<img src=x onerror=alert(1)>" }]])]]);
  assert.deepEqual(readFile(writeFile(named, WRITTEN)), { ok: true, contents: named, written: WRITTEN });
});

// --- Versions of a namespace -------------------------------------------------------------------------------------------

const note: Check<unknown> = (value, path) => {
  const checked = text(1, 20)(value, path);
  return checked.ok ? good(checked.value) : checked;
};
const NOTES: Namespace<unknown> = {
  name: "notes",
  version: 3,
  check: note,
  migrations: { 1: (old) => ({ words: (old as string[]).join(" ") }), 2: (old) => (old as { words: string }).words },
};

function notes(version: number, entry: unknown): FileResult {
  const records = { notes: { version, entries: { first: entry } } };
  return readFile(JSON.stringify({ format: "the-training-loop", version: 1, written: WRITTEN, records }), [NOTES]);
}

test("records of every older version are brought up to date, step by step", () => {
  for (const [version, entry] of [[1, ["a", "b"]], [2, { words: "a b" }], [3, "a b"]] as const) {
    const back = notes(version, entry);
    assert.ok(back.ok);
    assert.equal(back.contents.get("notes")?.get("first"), "a b");
  }
});

test("an older record that cannot be brought up to date refuses the file and names it", () => {
  assert.match(refused(notes(1, 5)).where, /^records\.notes\.entries\.first is of version 1 and could not be/);
  assert.match(refused(notes(2, { words: "" })).where, /first is empty$/);
});
