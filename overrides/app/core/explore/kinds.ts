/**
 * What a figure that answers back is: controls, numbers that follow from their values, a picture of the numbers, and
 * one sentence that reads them. A module of overrides/app/explore/ exports one as `figure`.
 *
 * The same code draws at build (the page without scripts, and paper) and in the browser, so nothing here or in a figure
 * knows a document, a clock or a random number that is not seeded.
 */
import type { VNode } from "preact";

/** A slider over a list of values; so a scale may be uneven, and every value has a short name in an address. */
export interface Slider {
  readonly kind: "slider";
  readonly label: string;
  readonly stops: readonly number[];
  readonly start: number;
  readonly say: (value: number) => string;
  /** Whether a button stands at each end, for those who go step by step. */
  readonly steps: boolean;
}

/** One of a few, by its name; `options` says how each is shown. */
export interface Choice {
  readonly kind: "choice";
  readonly label: string;
  readonly options: Readonly<Record<string, string>>;
  readonly start: string;
}

/** An order of things, written with a letter for each: `a` is the first of `items`. */
export interface Order {
  readonly kind: "order";
  readonly label: string;
  readonly items: readonly string[];
  readonly start: string;
}

export type Control = Slider | Choice | Order;
export type Controls = Readonly<Record<string, Control>>;
export type Value = number | string;
export type Values<C extends Controls> = { readonly [K in keyof C]: C[K] extends Slider ? number : string };

export interface Figure<C extends Controls, N> {
  readonly controls: C;
  readonly compute: (values: Values<C>) => N;
  /** The panels, side by side where there is room for two. */
  readonly draw: (numbers: N, values: Values<C>) => readonly VNode[];
  /** One sentence. */
  readonly read: (numbers: N, values: Values<C>) => string;
}

/** A figure of which nothing more is known. */
export type AnyFigure = Figure<Controls, unknown>;

/** Declares a figure: its parts are checked against each other, and then forgotten. */
export function explorable<C extends Controls, N>(figure: Figure<C, N>): AnyFigure {
  return figure as unknown as AnyFigure;
}

export function slider(label: string, stops: readonly number[], start: number, say: (value: number) => string = String, steps = false): Slider {
  return { kind: "slider", label, stops, start, say, steps };
}

export function choice(label: string, options: Readonly<Record<string, string>>, start: string): Choice {
  return { kind: "choice", label, options, start };
}

export function order(label: string, items: readonly string[], start: string): Order {
  return { kind: "order", label, items, start };
}

/** Returns `from`, `from + step`, … `to`, as they would be written: 0.1, 0.2, 0.3. */
export function range(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, at) => Number((from + at * step).toFixed(6)));
}

export function starts(figure: AnyFigure): Record<string, Value> {
  return Object.fromEntries(Object.entries(figure.controls).map(([name, control]) => [name, control.start]));
}

/** Says a value of a control as the reader sees it. */
export function said(control: Control, value: Value): string {
  if (control.kind === "slider") return control.say(Number(value));
  if (control.kind === "choice") return control.options[value] ?? "";
  return [...String(value)].map((letter) => control.items[letter.charCodeAt(0) - 97]).join(", ");
}
