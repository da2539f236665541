/** Whether this page is the worker's, which only who keeps the guide has, and what such a page does more than others. */
import { base } from "./base";

export const WORKER = new URL("service-worker.js", base).href;

/** Another site on the same origin may have a worker as well. */
export function hasWorker(): boolean {
  return navigator.serviceWorker?.controller?.scriptURL === WORKER;
}

/** Looks for a newer version of the guide. Nobody else fetches anything of this. */
export function watchEdition(): void {
  if (hasWorker()) void import("../keep/news.tsx").then(({ watch }) => watch());
}
