/** What happens around a page that instant navigation has put in place. */
import { announce } from "./announce";

let first = true;

/**
 * Takes keyboard and screen reader to the new page: the link that was followed is gone, and with it the focus. A
 * place within the page is left alone, since the browser goes there by itself.
 */
export function arrive(): void {
  if (first) {
    first = false;
    return;
  }
  announce(document.title);
  const held = document.activeElement;
  if (location.hash || (held && held !== document.body)) return;
  document.getElementById("content")?.focus({ preventScroll: true });
}

/** Closes the sheets when the window becomes wide enough to show them as columns, where nothing may float. */
export function watchWidth(): void {
  for (const query of ["(min-width: 56.25em)", "(min-width: 80em)"]) {
    matchMedia(query).addEventListener("change", () => {
      for (const sheet of document.querySelectorAll<HTMLElement>("[popover]:popover-open")) sheet.hidePopover();
    });
  }
}

/** Closes the sheet from which a place on the same page was chosen: nothing else would. */
export function watchSheets(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[popover]:popover-open a") : null;
    link?.closest<HTMLElement>("[popover]")?.hidePopover();
  });
}

/**
 * Fetches the styles of formulas when there is nothing else to do. Instant navigation takes the link to them out of the
 * head with a page that has no formula, and would show the next page that has some unstyled for a moment. This link
 * stands in the body, where it stays; on a page with formulas it costs nothing, being the same file.
 */
export function keepFormulaStyles(): void {
  const address = document.documentElement.dataset["formulas"];
  if (!address) return;
  const add = () => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(address, window.__md_scope).href;
    document.body.append(link);
  };
  if ("requestIdleCallback" in window) requestIdleCallback(add, { timeout: 4000 });
  else setTimeout(add, 1500);
}
