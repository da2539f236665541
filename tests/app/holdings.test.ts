/** What is kept, in parts: nothing is left out, nothing belongs to two, and what was deleted can be written again. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { amount, entriesOf, type Kept, namespacesOf, type Part, PARTS } from "../../overrides/app/core/holdings.ts";
import { bring, type Namespace, NAMESPACES } from "../../overrides/app/core/records.ts";
import { NOTES } from "../../overrides/app/core/practice/records.ts";

function keeping(values: Readonly<Record<string, readonly (readonly [string, unknown])[]>>): Kept {
  return { all: <T>({ name }: Namespace<T>) => new Map(values[name] ?? []) as ReadonlyMap<string, T> };
}

const part = (id: string): Part => PARTS.find((one) => one.id === id) as Part;

describe("parts of what is kept", () => {
  test("hold every namespace of the store once", () => {
    const names = PARTS.flatMap(namespacesOf).map(({ name }) => name);
    assert.deepEqual([...names].sort(), NAMESPACES.map(({ name }) => name).sort());
  });

  test("are counted by what the reader did", () => {
    const kept = keeping({ attempts: [["a", {}]], drafts: [["a", {}], ["b", {}]] });
    assert.equal(amount(part("code"), kept), "1 attempt, 2 drafts");
    assert.equal(amount(part("fires"), keeping({ fires: [["f", {}]], firing: [["current", {}]] })), "1 round, 1 unfinished round");
    assert.equal(amount(part("notes"), kept), "");
  });

  test("say so when only settings are left of them", () => {
    assert.equal(amount(part("drills"), keeping({ habits: [["current", {}]] })), "settings");
  });

  test("give what brings them back as it was", () => {
    const note = { card: "p#q", text: "x" };
    const entries = entriesOf([part("notes")], keeping({ notes: [["p#q", note]], fires: [["f", {}]] }));
    assert.deepEqual(entries, [{ namespace: NOTES, key: "p#q", value: note }]);
    assert.ok(bring(NOTES, 1, "p#q", entries[0]?.value, "notes").ok);
  });
});
