/**
 * A session that is under way has the window: what is asked stands at its upper end, whatever the page says above it. A page
 * that is loaded again begins at its top, where it is told what waits, and not where the session was.
 */
export function takeWindow(session: HTMLElement | null): () => void {
  session?.scrollIntoView({ block: "start" });
  history.scrollRestoration = "auto";
  addEventListener("beforeunload", fromTheTop);
  return () => removeEventListener("beforeunload", fromTheTop);
}

/** Said only when the page is left, since going back to it from another page is to end where the reader was. */
function fromTheTop(): void {
  history.scrollRestoration = "manual";
}
