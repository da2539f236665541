/** Dragging in a figure, by mouse, pen or finger: a place of its picture that moves a slider, or an entry of its list. */

export interface Dragged {
  /** A handle of the picture was pulled to a value. */
  readonly slide: (name: string, value: number) => void;
  /** An entry of a list was pulled over another. */
  readonly order: (name: string, from: number, to: number) => void;
}

export function watchDragging(element: HTMLElement, dragged: Dragged): () => void {
  let end = (): void => undefined;
  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const pulled = event.target.closest<SVGElement | HTMLElement>("[data-drag], [data-order]");
    if (!pulled) return;
    const name = pulled.dataset["drag"];
    const move = name ? (each: PointerEvent): void => slide(pulled, name, each, dragged) : orderBy(element, pulled, dragged);
    const listening = new AbortController();
    end = () => listening.abort();
    const { signal } = listening;
    document.addEventListener("pointermove", move, { signal });
    document.addEventListener("pointerup", end, { signal });
    document.addEventListener("pointercancel", end, { signal });
    if (name) {
      event.preventDefault(); // no text is selected on the way
      move(event);
    }
  };
  element.addEventListener("pointerdown", down);
  return () => {
    end();
    element.removeEventListener("pointerdown", down);
  };
}

function slide(handle: Element, name: string, event: PointerEvent, dragged: Dragged): void {
  const box = handle.getBoundingClientRect();
  const [from, to] = [Number(handle.getAttribute("data-from")), Number(handle.getAttribute("data-to"))];
  const along = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  dragged.slide(name, from + along * (to - from));
}

/** Moves the entry that was taken to the place of the one that the pointer is over. */
function orderBy(element: HTMLElement, pulled: SVGElement | HTMLElement, dragged: Dragged): (event: PointerEvent) => void {
  const name = pulled.dataset["order"] ?? "";
  return (event) => {
    const entries = [...element.querySelectorAll<HTMLElement>(`[data-order="${name}"]`)];
    const from = entries.indexOf(pulled as HTMLElement);
    const to = entries.findIndex((entry) => {
      const { left, right, top, bottom } = entry.getBoundingClientRect();
      return event.clientX > left && event.clientX < right && event.clientY > top && event.clientY < bottom;
    });
    if (from >= 0 && to >= 0 && to !== from) dragged.order(name, from, to);
  };
}
