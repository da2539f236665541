/**
 * A figure that answers back: brings to life what the build has drawn. Values are changed by its controls or by dragging
 * in the picture; when they rest, the sentence that reads them is told to a screen reader, and the address holds them.
 */
import { render } from "preact";
import { nearest, queryWith, valuesIn } from "../core/explore/address.ts";
import { frame, type Place } from "../core/explore/frame.ts";
import { starts, type AnyFigure, type Value } from "../core/explore/kinds.ts";
import { announce } from "../ui/announce";
import { watchDragging } from "./explore-drag.ts";

const REST = 400;

export function mount(element: HTMLElement): () => void {
  const before = [...element.childNodes];
  const place: Place = { name: element.dataset["figure"] ?? "", alt: element.dataset["alt"] ?? "" };
  let leave: (() => void) | null = null;
  let gone = false;
  void import(`../explore/${place.name}.ts`).then((module: { figure: AnyFigure }) => {
    if (!gone) leave = enliven(element, module.figure, place);
  });
  return () => {
    gone = true;
    if (!leave) return;
    leave();
    render(null, element);
    element.replaceChildren(...before);
  };
}

function enliven(element: HTMLElement, figure: AnyFigure, place: Place): () => void {
  let values: Record<string, Value> = valuesIn(location.search, place.name, figure);
  let resting = 0;
  const page = location.pathname;
  const show = (): void => {
    const focused = document.activeElement;
    render(frame(figure, values, place, act), element);
    // An entry of a list loses the focus when it is moved.
    if (focused instanceof HTMLElement && focused !== document.activeElement && element.contains(focused)) focused.focus();
  };
  const take = (next: Record<string, Value>): void => {
    values = next;
    show();
    clearTimeout(resting);
    resting = window.setTimeout(rest, REST);
  };
  const rest = (): void => {
    if (location.pathname !== page) return; // the reader is on the way to another page
    announce(element.querySelector(".tl-explore__reading")?.textContent ?? "");
    const query = queryWith(location.search, place.name, figure, values);
    history.replaceState(history.state, "", location.pathname + query + location.hash);
  };
  const act = {
    change: (name: string, value: Value): void => {
      if (values[name] !== value) take({ ...values, [name]: value });
    },
    reset: (): void => {
      take(starts(figure));
      element.querySelector<HTMLElement>("input, select, .tl-explore__item")?.focus(); // the button cannot keep it
    },
  };
  const forget = watchDragging(element, {
    slide(name, value) {
      const control = figure.controls[name];
      if (control?.kind === "slider") act.change(name, nearest(control.stops, value));
    },
    order(name, from, to) {
      const letters = [...String(values[name])];
      letters.splice(to, 0, ...letters.splice(from, 1));
      act.change(name, letters.join(""));
    },
  });
  element.replaceChildren();
  show();
  return () => {
    clearTimeout(resting);
    forget();
  };
}
