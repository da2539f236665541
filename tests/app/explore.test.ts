/** Figures that answer back: the address holds their state, and they draw and read whatever their controls can say. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { queryWith, valuesIn } from "../../overrides/app/core/explore/address.ts";
import { frame } from "../../overrides/app/core/explore/frame.ts";
import { toHtml } from "../../overrides/app/core/explore/html.ts";
import { choice, explorable, order, range, slider, starts, type AnyFigure, type Control, type Value } from "../../overrides/app/core/explore/kinds.ts";

const folder = new URL("../../overrides/app/explore/", import.meta.url);
const figures = new Map<string, AnyFigure>();
for (const file of readdirSync(folder)) {
  const module = (await import(new URL(file, folder).href)) as { figure: AnyFigure };
  figures.set(file.replace(".ts", ""), module.figure);
}

const small = explorable({
  controls: { t: slider("T", range(0, 1, 0.01), 0.5), way: choice("Way", { one: "One", two: "Two" }, "one"), list: order("List", ["A", "B", "C"], "abc") },
  compute: () => 0,
  draw: () => [],
  read: () => "",
});

function anyOf(control: Control): fc.Arbitrary<Value> {
  if (control.kind === "slider") return fc.constantFrom(...control.stops);
  if (control.kind === "choice") return fc.constantFrom(...Object.keys(control.options));
  const letters = [...control.start];
  return fc.shuffledSubarray(letters, { minLength: letters.length }).map((each) => each.join(""));
}

function anyValues(figure: AnyFigure): fc.Arbitrary<Record<string, Value>> {
  return fc.record(Object.fromEntries(Object.entries(figure.controls).map(([name, control]) => [name, anyOf(control)])));
}

test("what was changed stands in the address, short and readable", () => {
  assert.equal(queryWith("", "small", small, { t: 0.31, way: "one", list: "abc" }), "?small=t:0.31");
  assert.equal(queryWith("?a=1&small=t:0.2", "small", small, { t: 0.31, way: "two", list: "cab" }), "?a=1&small=t:0.31,way:two,list:cab");
  assert.equal(queryWith("?small=t:0.2", "small", small, starts(small)), "");
});

test("what makes no sense in an address is left out, and a number goes to the nearest stop", () => {
  assert.deepEqual(valuesIn("?small=t:0.3149,way:three,list:abb,none:1,t", "small", small), { t: 0.31, way: "one", list: "abc" });
  assert.deepEqual(valuesIn("?small=constructor:1,t:", "small", small), starts(small));
  assert.deepEqual(valuesIn("?small=t:7", "small", small), { ...starts(small), t: 1 });
});

for (const [name, figure] of figures) {
  test(`${name}: values come back from the address`, () => {
    fc.assert(fc.property(anyValues(figure), (values) => assert.deepEqual(valuesIn(queryWith("?x=1", name, figure, values), name, figure), { ...values })));
  });

  test(`${name}: every value can be drawn and is read in a sentence`, () => {
    const check = (values: Record<string, Value>): void => {
      const html = toHtml(frame(figure, values, { name, alt: "" }, null));
      assert.doesNotMatch(html, /NaN|undefined|Infinity|null/);
      assert.match(html, /tl-explore__reading">[A-Z][^<]{30,260}\.</);
    };
    fc.assert(fc.property(anyValues(figure), check), { numRuns: 40 });
    // The ends of every slider, one after another.
    for (const [key, control] of Object.entries(figure.controls)) {
      if (control.kind === "slider") for (const end of [control.stops[0], control.stops.at(-1)]) check({ ...starts(figure), [key]: end ?? 0 });
    }
  });

  test(`${name}: starts at values that its controls have`, () => {
    for (const control of Object.values(figure.controls)) {
      if (control.kind === "slider") assert.ok(control.stops.includes(control.start));
      if (control.kind === "choice") assert.ok(Object.hasOwn(control.options, control.start));
    }
  });
}
