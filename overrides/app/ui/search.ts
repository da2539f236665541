/**
 * The search dialog: a field, a list of links, a line that says how many. The dialog stands in the page's header (so that
 * it opens, and takes keys, before any of this is loaded); this module is fetched when it is first opened, together
 * with the small index. Texts become text nodes, never HTML.
 */
import { Finder, type Hit, type Kind } from "../core/search.ts";

const NAMES: Record<Kind, string> = {
  chapter: "Chapter", round: "Round", case: "Case", exercise: "Exercise", notebook: "Notebook", question: "Question",
  section: "Section", term: "Term", resource: "Resource", page: "Page",
};

/** Takes in the indexes; rejects when the small one cannot be had, and may then be called again. */
export type Load = (titles: Promise<string>) => Promise<void>;

/** Bring the dialog to life. `base` is the address of the site's root. */
export function startSearch(dialog: HTMLDialogElement, base: URL): Load {
  const input = dialog.querySelector<HTMLInputElement>("input")!;
  const list = dialog.querySelector<HTMLOListElement>("ol")!;
  const status = dialog.querySelector<HTMLElement>("[role=status]")!;
  const finder = new Finder();
  // What is said instead of results while there is nothing to search in.
  let obstacle = "Loading …";

  const show = (): void => {
    const query = input.value.trim();
    const hits = obstacle ? [] : finder.search(query);
    const focused = list.contains(document.activeElement) ? (document.activeElement as HTMLAnchorElement).href : null;
    list.replaceChildren(...hits.map((hit) => row(hit, base)));
    // The full text may come while a result has the focus, which goes on with that result, or back to the field.
    if (focused !== null) ([...list.querySelectorAll("a")].find((link) => link.href === focused) ?? input).focus();
    if (!query) status.textContent = "";
    else if (obstacle) status.textContent = obstacle;
    else if (hits.length === 0) status.textContent = "Nothing found. Try another word, or the glossary.";
    else status.textContent = hits.length === 1 ? "1 result" : `${hits.length} results`;
  };

  input.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll<HTMLAnchorElement>("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input)?.focus();
    else if (event.key === "Enter" && document.activeElement === input) links[0]?.click();
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    if ((event.target as Element).closest("a")) dialog.close();
  });

  return async (titles) => {
    obstacle = "Loading …";
    show();
    try {
      finder.addTitles(await titles);
      obstacle = "";
    } catch (error) {
      obstacle = "The index could not be loaded. Check the connection and open the search again.";
      throw error;
    } finally {
      show();
    }
    // Titles answer almost everything: without the full text the search still works.
    await fetchText(new URL("data/search/text.json", base)).then((text) => {
      finder.addText(text);
      show();
    }, console.error);
  };
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
  link.append(part("kind", NAMES[hit.kind]), part("title", hit.title));
  if (hit.page) link.append(part("page", hit.page));
  if (hit.excerpt) link.append(part("excerpt", hit.excerpt));
  item.append(link);
  return item;
}

function part(name: string, text: string): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = `tl-search__${name}`;
  span.textContent = text;
  return span;
}
