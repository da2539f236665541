/**
 * The definitions of terms, shown below a term that is pointed at, focused or touched. Each term can be focused where
 * it first stands on a page (at every place would be in the way), and is a link there, which Enter follows and whatever
 * else acts without a pointer. A definition stays while it is pointed at, holds a link to the glossary, and Escape puts it away. Without scripts the browser shows the same text its
 * own way.
 */
import { base } from "./base";

const DELAY = 180;
const TERM = ".md-typeset abbr";

let tip: HTMLElement | undefined;
let shown: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function reachTerms(): void {
  hide();
  const seen = new Set<string>();
  for (const term of document.querySelectorAll<HTMLElement>(`${TERM}[title]`)) {
    if (seen.has(term.title)) continue;
    seen.add(term.title);
    term.tabIndex = 0;
    if (term.dataset["term"]) term.role = "link";
  }
}

export function watchTerms(): void {
  document.addEventListener("focusin", (event) => {
    const term = termOf(event);
    if (term) show(term);
    // Pressing the link in the definition gives it the focus before it is clicked.
    else if (!(event.target instanceof Node && tip?.contains(event.target))) hide();
  });
  document.addEventListener("pointerover", (event) => {
    const term = termOf(event);
    const inside = event.target instanceof Node && tip?.contains(event.target);
    clearTimeout(timer);
    if (term && term !== shown) timer = setTimeout(() => show(term), DELAY);
    else if (!term && !inside && shown && shown !== document.activeElement) timer = setTimeout(hide, DELAY);
  });
  document.addEventListener("click", (event) => {
    const term = termOf(event);
    if (term) show(term);
    // A screen reader clicks a link as well, and has no use for what stands elsewhere on the page.
    if (event.detail === 0 && term?.role === "link") follow();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (event.key === "Enter" && shown && event.target === shown) follow();
  });
}

function follow(): void {
  tip?.querySelector("a")?.click();
}

function termOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(TERM) : null;
}

function show(term: HTMLElement): void {
  if (shown === term) return;
  hide();
  tip ??= document.body.appendChild(document.createElement("div"));
  tip.id = "tl-tip";
  tip.className = "tl-tip";
  tip.role = "tooltip";
  const meaning = term.title || term.dataset["meaning"] || "";
  tip.textContent = meaning;
  if (term.dataset["term"]) tip.append(" ", onward(term.dataset["term"]));
  // The browser would show the title as well.
  term.dataset["meaning"] = meaning;
  term.removeAttribute("title");
  term.setAttribute("aria-describedby", tip.id);
  shown = term;
  const place = [...term.getClientRects()].at(-1) ?? term.getBoundingClientRect();
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 12;
  const left = Math.max(12, Math.min(place.left + place.width / 2 - width / 2, room));
  const below = place.bottom + 8;
  const top = below + height > innerHeight && place.top > height + 8 ? place.top - height - 8 : below;
  tip.style.transform = `translate(${left + scrollX}px, ${top + scrollY}px)`;
}

function onward(term: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = new URL(`glossary/#${term}`, base).href;
  link.textContent = "In the glossary";
  return link;
}

function hide(): void {
  clearTimeout(timer);
  if (tip) tip.hidden = true;
  if (!shown) return;
  shown.title = shown.dataset["meaning"] ?? "";
  shown.removeAttribute("aria-describedby");
  shown = undefined;
}
