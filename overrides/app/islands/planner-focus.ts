/**
 * Keeps the keyboard where the reader was. A button that has done its work often leaves with what it was about, and the
 * focus would fall back to the top of the page; it goes to what is nearest instead.
 */

const NEAR = ".tl-plan-head, h2, input, button, summary";

/** `path`: what the focus came to while this was fetched, and all that it stands in. */
export function keepFocus(root: HTMLElement, path: readonly EventTarget[]): () => void {
  let within: readonly Element[] = [];
  const enter = (targets: readonly EventTarget[]): void => {
    within = targets.slice(0, targets.indexOf(root) + 1) as Element[];
  };
  const left = ({ target }: Event): void =>
    // Browsers that tell of what is taken away as well tell of it while it is going.
    queueMicrotask(() => {
      if (target === within[0] && within[0]?.isConnected) within = [];
    });
  const restore = (): void => {
    if (within.length === 0 || within[0]?.isConnected || document.activeElement !== document.body) return;
    const near = within.filter((one) => one.isConnected).map((one) => one.querySelector<HTMLElement>(NEAR));
    const next = near.find((one) => one !== null);
    if (next?.matches(".tl-plan-head, h2")) next.tabIndex = -1;
    next?.focus();
  };
  const observer = new MutationObserver(restore);
  root.addEventListener("focusin", (event) => enter(event.composedPath()));
  root.addEventListener("focusout", left);
  observer.observe(root, { childList: true, subtree: true });
  enter(path);
  restore();
  return () => observer.disconnect();
}
