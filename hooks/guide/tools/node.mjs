// The one Node process of a build: reads a request a line on standard input, answers a line on standard output.
// Mathematics (KaTeX) and diagrams (beautiful-mermaid) are drawn here, so that no page needs a script to be read, and
// the search index (MiniSearch) is made, so that the reader's browser only has to load it.
// A faulty item answers with its error; the process lives on.
import { createInterface } from "node:readline";

const load = {
  math: async () => {
    const katex = (await import("katex")).default;
    // KaTeX would set such a command in red; a formula that cannot be set as it is written is a fault instead.
    const trust = ({ command }) => {
      throw new Error(`${command} is not allowed: formulas hold no links, pictures or HTML.`);
    };
    return ({ source, display }) =>
      katex.renderToString(source, { displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "error", maxSize: 100, trust });
  },
  // Where the boxes and arrows of a diagram go; guide.diagrams asks in Graphviz's language and draws the answer.
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
