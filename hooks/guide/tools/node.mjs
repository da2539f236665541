// The one Node process of a build: reads a request a line on standard input, answers a line on standard output.
// Mathematics (Temml) and the layout of diagrams (Graphviz) are made here, so that no page needs a script to be read, and
// the search index (MiniSearch) is made, so that the reader's browser only has to load it.
// A faulty item answers with its error; the process lives on.
import { createInterface } from "node:readline";

const load = {
  math: async () => (await import("./formulas.mjs")).setFormula,
  // Where the boxes and arrows of a diagram go; guide.render.diagrams asks in Graphviz's language and draws the answer.
  layout: async () => {
    const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
    const graphviz = await Graphviz.load();
    return ({ source }) => graphviz.layout(source, "json0", "dot");
  },
  // The search index is made by the very code that reads it in the browser (Node runs TypeScript as it is).
  search: async () => {
    const { buildIndexes } = await import("../../../overrides/app/core/search.ts");
    return ({ source }) => JSON.stringify(buildIndexes(JSON.parse(source)));
  },
  // So are the ready-made plans.
  plans: async () => {
    const { readyMade } = await import("./plans.mjs");
    return ({ source }) => JSON.stringify(readyMade(JSON.parse(source)));
  },
  // And the figures that answer back, as they look before anybody touches them.
  explore: async () => (await import("./explore.mjs")).drawFigure,
};
const drawers = {};

for await (const line of createInterface({ input: process.stdin })) {
  const { kind, items } = JSON.parse(line);
  drawers[kind] ??= await load[kind]();
  const answers = items.map((item) => {
    try {
      return { html: drawers[kind](item) };
    } catch (error) {
      return { error: String(error?.message ?? error) };
    }
  });
  process.stdout.write(JSON.stringify(answers) + "\n");
}
