/**
 * Notes where the reader stops: the section that was read last. Noted whenever scrolling comes to rest and when a link is
 * followed, so that it is there however the page is left; with the whole tab, there is no time to write anything.
 */
import { openStore } from "./kept.ts";

/** What one stops at, not what one looks through. */
const READ = ".tl-page--chapter, .tl-page--round, .tl-page--case, .tl-page--exercise, .tl-page--notebook";
const RESTED = 500;

export function watchPlace(path: string): () => void {
  const article = document.querySelector<HTMLElement>("#content");
  if (!article?.matches(READ)) return () => undefined;
  const page = article.querySelector("h1")?.textContent?.trim() ?? "";
  let resting = 0;
  let noted = "";
  const note = async (): Promise<void> => {
    // Who has only looked in has stopped nowhere.
    if (!article.isConnected || scrollY < innerHeight / 2) return;
    const headings = [...article.querySelectorAll<HTMLElement>("h2[id]")];
    const heading = headings.filter((one) => one.getBoundingClientRect().top < innerHeight / 2).at(-1);
    const section = heading ? titleOf(heading) : "";
    const url = path + (heading ? `#${heading.id}` : "");
    if (url === noted) return;
    noted = url;
    const { store } = await openStore();
    const { PLACE } = await import("../store/index.ts");
    void store.put(PLACE, "last", { url, title: section === "" ? page : `${page}: ${section}`, at: Date.now() });
  };
  const rest = (): void => {
    clearTimeout(resting);
    resting = window.setTimeout(() => void note(), RESTED);
  };
  // A link that is followed takes the page away.
  const follow = ({ target }: Event): void => void (target instanceof Element && target.closest("a") && note());
  const hide = (): void => void (document.visibilityState === "hidden" && note());
  // The page may have been scrolled before this was here.
  rest();
  document.addEventListener("scroll", rest, { passive: true });
  document.addEventListener("visibilitychange", hide);
  document.addEventListener("click", follow, { capture: true });
  return () => {
    clearTimeout(resting);
    document.removeEventListener("scroll", rest);
    document.removeEventListener("visibilitychange", hide);
    document.removeEventListener("click", follow, { capture: true });
  };
}

/** The text of a heading, without the sign that links to it. */
export function titleOf(heading: HTMLElement): string {
  const parts = [...heading.childNodes].filter((node) => !(node instanceof Element && node.matches(".headerlink")));
  return parts.map((node) => node.textContent ?? "").join("").trim();
}
