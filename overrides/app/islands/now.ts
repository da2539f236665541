/**
 * On every page that can be read: the bar of the plan, if the page is in one, and the place at which the reader stops.
 * Small, since every reader of a page gets it; the bar is fetched for who has a plan.
 */
import { base } from "../ui/base";
import { openKept } from "./kept.ts";
import { watchPlace } from "./now-place.ts";

export function mount(element: HTMLElement): () => void {
  const path = decodeURI(location.pathname.slice(base.pathname.length));
  let leave = (): void => undefined;
  let gone = false;
  const forget = watchPlace(path);
  void openKept().then(async (kept) => {
    if (!kept || gone || !kept.agenda) return;
    const { showBar } = await import("./now-bar.tsx");
    if (!gone) leave = showBar(element, path, kept);
  });
  return () => {
    gone = true;
    leave();
    forget();
  };
}
