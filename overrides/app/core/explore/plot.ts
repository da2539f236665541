/**
 * What pictures are made of: scales, panels, lines, axes and labels, as virtual nodes with classes and no colors (the
 * style sheet has them: explore.css). A panel is 328 wide, the column of a small phone; two stand side by side on a desk.
 */
import type { ComponentChild, VNode } from "preact";
import { element as s } from "./element.ts";

export { s };
export const WIDTH = 328;
export type Point = readonly [number, number];

export interface Scale {
  (value: number): number;
  readonly domain: Point;
  readonly range: Point;
}

export function linear(domain: Point, range: Point): Scale {
  const scale = (value: number): number => range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0]);
  return Object.assign(scale, { domain, range });
}

export function logarithmic(domain: Point, range: Point): Scale {
  const inner = linear([Math.log(domain[0]), Math.log(domain[1])], range);
  return Object.assign((value: number) => inner(Math.log(value)), { domain, range });
}

/** One decimal is a tenth of a pixel. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** One picture of a figure; `title` stands above it, like the heading of a column. */
export function panel(height: number, title: string, ...children: ComponentChild[]): VNode {
  const box = { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, "aria-hidden": "true" };
  return s("svg", box, title ? text(0, 13, title, "x-title") : null, ...children);
}

/** A text; the class says its ink and, by `x-end` or `x-mid`, where it is held. */
export function text(x: number, y: number, content: string, kind = ""): VNode {
  return s("text", { x: n(x), y: n(y), class: kind || undefined }, content);
}

export function path(points: readonly Point[], kind: string, closed = false): VNode {
  return s("path", { d: trace(points, closed), class: kind });
}

export function trace(points: readonly Point[], closed = false): string {
  return points.map(([x, y], at) => `${at ? "L" : "M"}${n(x)} ${n(y)}`).join("") + (closed ? "Z" : "");
}

export function line(from: Point, to: Point, kind: string): VNode {
  return path([from, to], kind);
}

export function dot([x, y]: Point, radius: number, kind: string): VNode {
  return s("circle", { cx: n(x), cy: n(y), r: radius, class: kind });
}

export function rect(x: number, y: number, width: number, height: number, kind: string, rounded = 0): VNode {
  const size = { x: n(x), y: n(y), width: n(Math.max(0, width)), height: n(Math.max(0, height)) };
  return s("rect", { ...size, rx: rounded || undefined, class: kind });
}

export interface Axis {
  readonly ticks: readonly number[];
  readonly say?: (value: number) => string;
  readonly name?: string;
}

/** The axis below a picture: ticks, what they say, and the name of the axis at its right end. */
export function below(x: Scale, y: number, { ticks, say = String, name }: Axis): VNode {
  const [from, to] = x.range;
  return s(
    "g",
    {},
    line([from, y], [to, y], "x-rule"),
    ...ticks.map((tick) => line([x(tick), y], [x(tick), y + 3], "x-rule")),
    ...ticks.map((tick) => text(x(tick), y + 15, say(tick), tickHeld(x(tick)))),
    name ? text(to, y + 29, name, "x-end") : null,
  );
}

/** What would leave the panel when held in its middle is held at its end. */
function tickHeld(at: number): string {
  return at > WIDTH - 15 ? "x-end" : at < 8 ? "" : "x-mid";
}

/** The axis beside a picture: faint lines across, with what they say at their left end. */
export function beside(y: Scale, x: Point, { ticks, say = String }: Axis): VNode {
  return s(
    "g",
    {},
    ...ticks.map((tick) => line([x[0], y(tick)], [x[1], y(tick)], "x-grid")),
    ...ticks.map((tick) => text(x[0] - 5, y(tick) + 4, say(tick), "x-end")),
  );
}

/** A place that can be dragged: along it, a slider goes from its value at one end to its value at the other. */
export function handle(control: string, x: Scale, top: number, height: number): VNode {
  const [from, to] = x.range;
  const place = { x: n(from), y: n(top), width: n(to - from), height: n(height), class: "x-handle" };
  return s("rect", { ...place, "data-drag": control, "data-from": x.domain[0], "data-to": x.domain[1] });
}
