/**
 * The search dialog: a field, a list of links, a line that says how many. The dialog stands in the page's header (so that
 * it opens, and takes keys, before any of this is loaded); this module is fetched when it is first opened, together
 * with the small index. Texts become text nodes, never HTML.
 */
import { resultsSaid, toldOf } from "../core/found.ts";
import { Finder, marks, PARTS, SHOWN, type Hit, type Kind } from "../core/search.ts";
import { announceSettled } from "./announce";

const NAMES: Record<Kind, string> = {
  chapter: "Chapter", round: "Round", case: "Case", exercise: "Exercise", notebook: "Notebook", question: "Question",
  section: "Section", term: "Term", resource: "Resource", page: "Page",
};

/** Takes in the indexes; rejects when the first one cannot be had, and may then be called again. */
export type Load = (names: Promise<string>) => Promise<void>;

/** Bring the dialog to life. `base` is the address of the site's root. */
export function startSearch(dialog: HTMLDialogElement, base: URL): Load {
  const input = dialog.querySelector<HTMLInputElement>("input")!;
  const list = dialog.querySelector<HTMLOListElement>("ol")!;
  const status = dialog.querySelector<HTMLElement>(".tl-search__status")!;
  // What is said aloud: nothing outside of a dialog is, and the line that is seen changes with every key.
  const aloud = dialog.querySelector<HTMLElement>("[role=status]")!;
  const finder = new Finder();
  // What is said instead of results while there is nothing to search in.
  let obstacle = "Loading …";

  const show = (): void => {
    const query = input.value.trim();
    const { hits, all } = finder.search(obstacle ? "" : query);
    const focused = list.contains(document.activeElement) ? (document.activeElement as HTMLAnchorElement).href : null;
    list.replaceChildren(...hits.map((hit) => row(hit, base)));
    // The full text may come while a result has the focus, which goes on with that result, or back to the field.
    if (focused !== null) ([...list.querySelectorAll("a")].find((link) => link.href === focused) ?? input).focus();
    if (!query) status.textContent = "";
    else if (obstacle) status.textContent = obstacle;
    else if (hits.length === 0) status.replaceChildren("Nothing found. Try another word, or look through ", glossary(base, query), ".");
    else status.textContent = resultsSaid(all, SHOWN);
    announceSettled(toldOf(status.textContent ?? "", query), (text) => (aloud.textContent = text));
  };

  input.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll<HTMLAnchorElement>("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input)?.focus();
    else if (event.key === "Enter" && document.activeElement === input) links[0]?.click();
    else {
      // Who types on while a result has the keyboard means the field: the key lands there.
      const types = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (at >= 0 && (types || event.key === "Backspace")) input.focus();
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    if ((event.target as Element).closest("a")) dialog.close();
  });

  return async (names) => {
    obstacle = "Loading …";
    show();
    try {
      finder.add(PARTS[0], await names);
      obstacle = "";
    } catch (error) {
      obstacle = "The index could not be loaded. Check the connection and open the search again.";
      throw error;
    } finally {
      show();
    }
    // Names lead to every subject: without the rest the search still works.
    for (const part of PARTS.slice(1)) {
      await fetchText(new URL(`data/search/${part}.json`, base)).then((text) => {
        finder.add(part, text);
        show();
      }, console.error);
    }
  };
}

function glossary(base: URL, words: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = new URL(`glossary/?${new URLSearchParams({ words })}`, base).href;
  link.textContent = "the glossary";
  return link;
}

/** Fetch a file as text; rejects when it is not there. */
export async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.text();
}

function row(hit: Hit, base: URL): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(hit.url, base).href;
  link.append(part("kind", NAMES[hit.kind]), part("title", hit.title, hit.words));
  if (hit.page) link.append(part("page", hit.page));
  if (hit.excerpt) link.append(part("excerpt", hit.excerpt, hit.words));
  item.append(link);
  return item;
}

function part(name: string, text: string, words: readonly string[] = []): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = `tl-search__${name}`;
  for (const [piece, marked] of marks(text, words)) span.append(marked ? mark(piece) : piece);
  return span;
}

function mark(text: string): HTMLElement {
  const element = document.createElement("mark");
  element.textContent = text;
  return element;
}
