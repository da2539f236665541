/** What happens around a page that was swapped in, and the sheets of small screens. */
import { announce } from "./announce";
import { findPlace } from "./returning";

/**
 * Takes keyboard and screen reader to the new page: the link that was followed is gone, and with it the focus. To a
 * place within the page the browser goes by itself; going back (to an entry of the history) leads to where it was.
 */
export function arrive(returning: string | null): void {
  announce(document.title);
  if (returning !== null && findPlace(returning)) return;
  if (!location.hash) document.getElementById("content")?.focus({ preventScroll: true });
}

/**
 * The sheets and the list of more sections: the keyboard is in them when they open, and they close when it leaves them, or
 * when the window becomes wide enough to show them as columns, where nothing may float.
 */
export function watchSheets(): void {
  for (const query of ["(min-width: 56.25em)", "(min-width: 80em)"]) {
    matchMedia(query).addEventListener("change", () => {
      for (const sheet of opened()) sheet.hidePopover();
    });
  }
  // These events do not bubble.
  document.addEventListener("toggle", ({ target: sheet }) => {
    if (sheet instanceof HTMLElement && sheet.matches(OPEN)) sheet.querySelector("a")?.focus();
  }, true);
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element)) return;
    for (const sheet of opened()) if (!sheet.contains(target) && !target.matches(`[popovertarget="${sheet.id}"]`)) sheet.hidePopover();
  });
  // A place on the same page was chosen from a sheet: nothing else would close it.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(`${OPEN} a`) : null;
    link?.closest<HTMLElement>(OPEN)?.hidePopover();
  });
}

const OPEN = "[popover]:popover-open";

function opened(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(OPEN);
}

/** Opens every answer for the printer, where a style sheet alone does not; closes them again. */
export function watchPrinting(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
}
