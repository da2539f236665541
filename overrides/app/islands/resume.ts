/**
 * The home page's way back, for who has been here before: their plan, and the page on which they stopped. The views are
 * fetched only for who has kept something.
 */
import { openKept } from "./kept.ts";

export function mount(element: HTMLElement): () => void {
  let leave = (): void => undefined;
  let gone = false;
  void openKept().then(async (kept) => {
    if (gone) return;
    if (!kept) return recognize(false);
    const { showHome } = await import("./home.tsx");
    if (!gone) leave = showHome(element, kept, recognize);
  });
  return () => {
    gone = true;
    leave();
    element.hidden = true;
  };
}

/**
 * Remembers whether there is a plan to come back to, where the next page knows it before it is painted
 * (partials/boot.js): the home page of who has one is theirs, and nothing moves when it fills.
 */
function recognize(returning: boolean): void {
  document.documentElement.classList.toggle("tl-returning", returning);
  try {
    if (returning) localStorage.setItem("tl-returning", "yes");
    else localStorage.removeItem("tl-returning");
  } catch {
    // Without storage the page grows as it fills.
  }
}
