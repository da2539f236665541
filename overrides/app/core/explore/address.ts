/**
 * The state of a figure in the address: `?threshold-cost=t:0.31,prev:0.02` holds the values that differ from those that
 * it starts with. It stands before the `#`, so that anchors go on working, and it is written to be read.
 */
import { starts, type AnyFigure, type Control, type Value } from "./kinds.ts";

/** Returns the values that the query of an address holds for a figure; what makes no sense is left out. */
export function valuesIn(query: string, name: string, figure: AnyFigure): Record<string, Value> {
  const values = starts(figure);
  const text = new URLSearchParams(query).get(name) ?? "";
  for (const part of text.split(",")) {
    const [key = "", value = ""] = part.split(":");
    const control = Object.hasOwn(figure.controls, key) ? figure.controls[key] : undefined;
    const found = control && readable(control, value);
    if (found !== undefined) values[key] = found;
  }
  return values;
}

/** Returns the query (with its `?`, or empty) in which the figure has these values and all else stays. */
export function queryWith(query: string, name: string, figure: AnyFigure, values: Readonly<Record<string, Value>>): string {
  const others = query.replace(/^\?/, "").split("&").filter((part) => part && part.split("=")[0] !== name);
  const moved = Object.entries(figure.controls).filter(([key, control]) => values[key] !== control.start);
  const own = moved.map(([key]) => `${key}:${values[key]}`).join(",");
  const all = own ? [...others, `${name}=${own}`] : others;
  return all.length ? `?${all.join("&")}` : "";
}

function readable(control: Control, text: string): Value | undefined {
  if (control.kind === "choice") return Object.hasOwn(control.options, text) ? text : undefined;
  if (control.kind === "order") return [...text].sort().join("") === [...control.start].sort().join("") ? text : undefined;
  const value = Number(text);
  return text.trim() && Number.isFinite(value) ? nearest(control.stops, value) : undefined;
}

/** Returns the stop that is nearest to a value. */
export function nearest(stops: readonly number[], value: number): number {
  return stops.reduce((best, stop) => (Math.abs(stop - value) < Math.abs(best - value) ? stop : best));
}
