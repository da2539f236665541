/**
 * Back and forward lead to where the reader was, as when the browser loads pages itself: as far down, and with the keyboard
 * at the same link, so that the next Tab does not jump to the top. The browser restores neither of what was swapped in.
 */
import { type Place, selectorOf } from "../core/place";

/** How long what a page fetches may take to bring the place. */
const PATIENCE = 4000;
const GIVEN_UP = ["keydown", "pointerdown", "wheel"] as const;

interface Left {
  readonly scroll: number;
  readonly place: Place | null;
  /** How far below the upper end of the window the place was; null where it was not near the window. */
  readonly top: number | null;
}

const left = new Map<string, Left>();
let stop = (): void => undefined;

/** Remembers where the reader is on the entry of the history that is being left. */
export function leavePlace(entry: string | undefined): void {
  stop();
  if (!entry) return;
  const element = document.activeElement;
  const top = element?.getBoundingClientRect().top ?? Infinity;
  left.set(entry, { scroll: scrollY, place: placeOf(element), top: Math.abs(top) < 2 * innerHeight ? top : null });
}

export function knowsPlace(entry: string): boolean {
  return left.has(entry);
}

/** Returns to where the reader was; tells whether the keyboard is there. */
export function findPlace(entry: string): boolean {
  const known = left.get(entry);
  stop();
  if (!known) return false;
  scrollTo({ top: known.scroll, behavior: "instant" });
  const { place, top } = known;
  const found = place && take(place);
  if (!place) return false;
  const until = new AbortController();
  if (found && top !== null) align(found, top, until.signal);
  // An island may still bring it, or move it, which takes the focus away. Whoever goes on by themselves is let alone.
  const observer = new MutationObserver(() => {
    if (isNowhere(document.activeElement)) take(place);
  });
  const timer = setTimeout(() => stop(), PATIENCE);
  stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    until.abort();
  };
  observer.observe(document.body, { childList: true, subtree: true });
  for (const event of GIVEN_UP) addEventListener(event, () => stop(), { signal: until.signal, capture: true, passive: true });
  return found !== null;
}

/**
 * Puts an element as far below the upper end of the window as it was. What is far from the window is laid out only when it
 * comes near, so lengths are not what they were, and change for some frames.
 */
function align(element: HTMLElement, top: number, until: AbortSignal, frames = 12): void {
  if (until.aborted) return;
  scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
  if (frames > 0) requestAnimationFrame(() => align(element, top, until, frames - 1));
}

function placeOf(element: Element | null): Place | null {
  if (!element || isNowhere(element)) return null;
  const selector = selectorOf({ tag: element.localName, attribute: (name) => element.getAttribute(name) });
  return selector === null ? null : { selector, at: [...document.querySelectorAll(selector)].indexOf(element) };
}

/** Gives the focus to the element, or, where it is hidden now, to another that leads to the same. */
function take({ selector, at }: Place): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const taken = [...all.slice(at), ...all.slice(0, at)].find((element) => {
    element.focus({ preventScroll: true });
    return document.activeElement === element;
  });
  return taken ?? null;
}

function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body || element.id === "content";
}
