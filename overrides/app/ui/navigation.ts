/**
 * Going from page to page without a reload: what differs is fetched and put in place, so that the next page is there at
 * once, nothing flickers, and what runs (a search, an editor, a plan) is not started anew.
 *
 * The browser's Navigation API does what is hard about it: history, going back. Where it is missing,
 * and whenever anything is out of the ordinary (an error, a newer version of the site), links are ordinary links.
 */
import { isPage, isSamePage } from "../core/route";
import { base } from "./base";
import { knowsPlace, leavePlace } from "./returning";

/** The parts of a page that are its own, in document order; all else stays. */
const PARTS = ["[data-part=brand]", "[data-part=sections]", "[data-part=page]"];
const HEAD = ["title", "meta[name=description]", "meta[name=robots]", "link[rel=canonical]"];
const KEPT = 12;

const fetched = new Map<string, Promise<string>>();

/** Starts swapping pages; `arrived` is called after each swap, with the entry of the history that was returned to. */
export function watchNavigation(arrived: (returning: string | null) => void): void {
  if (!("navigation" in window)) return;
  // Their addresses are relative, and would be asked for again, in vain, below every other page.
  for (const icon of document.querySelectorAll<HTMLLinkElement>("link[rel~=icon], link[rel=apple-touch-icon], link[rel=manifest]")) icon.href = icon.href;
  document.addEventListener("pointerdown", (event) => {
    const url = target(event);
    if (url && event.button === 0) void text(url);
  });
  document.addEventListener("click", (event) => void follow(event));
  window.navigation.addEventListener("navigate", (event) => {
    const url = new URL(event.destination.url);
    const swaps = event.navigationType === "traverse" || event.info === "swap";
    if (!swaps || !event.canIntercept || event.hashChange || event.downloadRequest !== null || !isPage(url, base)) return;
    if (isSamePage(url, new URL(location.href))) return;
    leavePlace(window.navigation.currentEntry?.key);
    const returning = event.navigationType === "traverse" ? event.destination.key : null;
    event.intercept({
      focusReset: "manual",
      // The browser does not find its way back to every place (Chrome: from one that an anchor led to).
      scroll: returning !== null && knowsPlace(returning) ? "manual" : "after-transition",
      handler: async () => {
        const next = await read(url).catch(() => null);
        if (event.signal.aborted) return;
        if (next === null) {
          location.reload();
          return;
        }
        swap(next);
        arrived(returning);
      },
    });
  });
}

/** Returns the page that a click or press would lead to, or null when it is not for us to follow. */
function target(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || !link.href || link.target || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  return isPage(url, base) && !isSamePage(url, new URL(location.href)) ? url : null;
}

/**
 * Follows a link once its page is here. The address must not change before: until then, the links on the page would
 * lead elsewhere, being relative to it.
 */
async function follow(event: MouseEvent): Promise<void> {
  const url = target(event);
  if (!url) return;
  event.preventDefault();
  const here = location.pathname;
  const ready = await read(url).catch(() => null);
  if (location.pathname !== here) return; // Another link was faster.
  if (!ready) {
    location.assign(url);
    return;
  }
  const { committed, finished } = window.navigation.navigate(url.href, { info: "swap" });
  // Given up for another navigation: nothing to be said about it.
  for (const step of [committed, finished]) step?.catch(() => undefined);
}

/** Fetches a page, once; its fragment does not matter. The last few are kept for going back. */
function text(url: URL): Promise<string> {
  const key = url.origin + url.pathname + url.search;
  const known = fetched.get(key);
  const page = known ?? fetchText(key);
  fetched.delete(key);
  fetched.set(key, page);
  page.catch(() => fetched.delete(key));
  for (const oldest of fetched.keys()) {
    if (fetched.size <= KEPT) break;
    fetched.delete(oldest);
  }
  return page;
}

async function fetchText(address: string): Promise<string> {
  const response = await fetch(address, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

/** Returns the document at an address; rejects one that was not made together with the scripts that run here. */
async function read(url: URL): Promise<Document> {
  const page = new DOMParser().parseFromString(await text(url), "text/html");
  if (page.documentElement.dataset["version"] !== document.documentElement.dataset["version"]) throw new Error("a newer site");
  await Promise.all([...page.querySelectorAll("link[rel=stylesheet]")].map((sheet) => styled(new URL(sheet.getAttribute("href") ?? "", url).href)));
  return page;
}

/** Waits for a sheet that this page does without and the next one needs. It stays: its rules touch their own pages alone. */
async function styled(address: string): Promise<void> {
  // By name, since the relative address of a sheet that is here reads otherwise on every page.
  const name = address.slice(address.lastIndexOf("/"));
  if (document.querySelector(`link[rel=stylesheet][href$="${CSS.escape(name)}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  await new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}

function swap(next: Document): void {
  for (const selector of PARTS) {
    const fresh = next.querySelector(selector);
    if (fresh) document.querySelector(selector)?.replaceWith(document.adoptNode(fresh));
  }
  for (const selector of HEAD) {
    document.head.querySelector(selector)?.remove();
    const fresh = next.head.querySelector(selector);
    if (fresh) document.head.append(document.adoptNode(fresh));
  }
}
