/**
 * Figures that answer back, drawn at build: from `{name, alt}` to the HTML that the browser would make of the figure with
 * the values that it starts with. Node runs the TypeScript as it is.
 */
import { readdirSync } from "node:fs";
import { frame } from "../../../overrides/app/core/explore/frame.ts";
import { toHtml } from "../../../overrides/app/core/explore/html.ts";
import { starts } from "../../../overrides/app/core/explore/kinds.ts";

const folder = new URL("../../../overrides/app/explore/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
const modules = await Promise.all(names.map((name) => import(new URL(name, folder))));
const figures = Object.fromEntries(modules.map(({ figure }, at) => [names[at].replace(".ts", ""), figure]));

export function drawFigure({ source }) {
  const { name, alt } = JSON.parse(source);
  const figure = figures[name];
  return toHtml(frame(figure, starts(figure), { name, alt }, null));
}
