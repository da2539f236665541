/**
 * The frame of every figure: panels, the sentence that reads them, controls. It is drawn at build (without `act`, so that
 * the controls are there and cannot be used yet) and by the island with it: nothing moves when a figure comes to life.
 */
import type { VNode } from "preact";
import { element as h } from "./element.ts";
import { said, type AnyFigure, type Choice, type Control, type Order, type Slider, type Value } from "./kinds.ts";

export interface Act {
  readonly change: (name: string, value: Value) => void;
  readonly reset: () => void;
}

export interface Place {
  readonly name: string;
  readonly alt: string;
}

export function frame(figure: AnyFigure, values: Readonly<Record<string, Value>>, place: Place, act: Act | null): VNode[] {
  const numbers = figure.compute(values as never);
  const entries = Object.entries(figure.controls);
  const moved = entries.some(([name, control]) => values[name] !== control.start);
  const fields = entries.map(([name, control]) => field(`${place.name}-${name}`, name, control, values[name] ?? control.start, act));
  const reading = figure.read(numbers, values as never);
  // The author's words describe the picture as it starts.
  const picture = { class: "tl-explore__panels", role: "img", "aria-label": moved ? reading : place.alt, translate: "no" };
  return [
    h("div", picture, ...figure.draw(numbers, values as never)),
    h(
      "div",
      { class: `tl-explore__desk${entries.length > 3 ? " tl-explore__desk--long" : ""}` },
      h("p", { class: "tl-explore__reading" }, reading),
      h("div", { class: "tl-explore__controls tl-needs-js", role: "group", "aria-label": "Values of this figure" }, ...fields),
    ),
    h(
      "p",
      { class: "tl-explore__values" },
      h("span", { class: "tl-explore__drawn" }, `Drawn for: ${entries.map(([name, control]) => told(control, values[name])).join(" · ")}.`),
      h("button", { type: "button", class: "tl-explore__reset tl-needs-js", disabled: !act || !moved, onClick: act?.reset }, "Reset"),
    ),
  ];
}

function told(control: Control, value: Value = control.start): string {
  return `${control.label}: ${said(control, value)}`;
}

function field(id: string, name: string, control: Control, value: Value, act: Act | null): VNode {
  if (control.kind === "slider") return range(id, name, control, Number(value), act);
  if (control.kind === "choice") return select(id, name, control, String(value), act);
  return list(id, name, control, String(value), act);
}

function range(id: string, name: string, control: Slider, value: number, act: Act | null): VNode {
  const { stops, label, say, steps } = control;
  const at = stops.indexOf(value);
  const go = (to: number): void => act?.change(name, stops[Math.max(0, Math.min(stops.length - 1, to))] ?? value);
  const step = (by: number, sign: string, word: string): VNode =>
    h("button", { type: "button", class: "tl-explore__step", "aria-label": `${label}: ${word}`, disabled: !act || stops[at + by] === undefined, onClick: () => go(at + by) }, sign);
  return h(
    "div",
    { class: "tl-explore__field" },
    h("label", { for: id }, label),
    h("output", { for: id, "aria-hidden": "true", class: "tl-explore__value" }, say(value)),
    h(
      "span",
      { class: "tl-explore__track" },
      steps ? step(-1, "‹", "one back") : null,
      h("input", {
        type: "range",
        id,
        min: 0,
        max: stops.length - 1,
        value: at,
        "aria-valuetext": say(value),
        disabled: !act,
        onInput: (event: Event) => go(Number((event.currentTarget as HTMLInputElement).value)),
      }),
      steps ? step(1, "›", "one forward") : null,
    ),
  );
}

function select(id: string, name: string, control: Choice, value: string, act: Act | null): VNode {
  const options = Object.entries(control.options).map(([key, shown]) => h("option", { value: key, selected: key === value }, shown));
  const onInput = (event: Event): void => act?.change(name, (event.currentTarget as HTMLSelectElement).value);
  return h(
    "div",
    { class: "tl-explore__field" },
    h("label", { for: id }, control.label),
    h("select", { id, disabled: !act, onInput }, ...options),
  );
}

/** A list whose entries are moved: by arrow keys when one has the focus, or by dragging (the island does that). */
function list(id: string, name: string, control: Order, value: string, act: Act | null): VNode {
  const move = (from: number, to: number): void => {
    const letters = [...value];
    if (to >= 0 && to < letters.length) letters.splice(to, 0, ...letters.splice(from, 1));
    act?.change(name, letters.join(""));
  };
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(at, at + by);
  };
  const entries = [...value].map((letter, at) => {
    const item = control.items[letter.charCodeAt(0) - 97] ?? "";
    return h(
      "li",
      { key: letter },
      h(
        "button",
        {
          type: "button",
          class: "tl-explore__item",
          disabled: !act,
          "aria-label": `${at + 1}. ${item}`,
          "aria-describedby": `${id}-how`,
          "data-order": name,
          "data-at": at,
          onKeyDown: (event: KeyboardEvent) => onKeyDown(event, at),
        },
        item,
      ),
    );
  });
  return h(
    "div",
    { class: "tl-explore__order" },
    h("p", { id: `${id}-label` }, control.label),
    h("p", { id: `${id}-how`, class: "tl-explore__how" }, "Drag an entry, or move it with the arrow keys."),
    h("ol", { "aria-labelledby": `${id}-label` }, ...entries),
  );
}
