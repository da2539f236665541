/**
 * The field above the glossary. The list is the page's own: what is not meant is hidden, so that without scripts every
 * term is there.
 */
import { toldOf } from "../core/found.ts";
import { findTerms, type Term } from "../core/glossary.ts";
import { announceSettled } from "../ui/announce";
import { matchContents } from "../ui/contents";
import { field } from "../ui/field.ts";

interface Entry extends Term {
  readonly parts: readonly [HTMLElement, HTMLElement];
}

export function mount(element: HTMLElement): () => void {
  const article = element.closest<HTMLElement>("#content") ?? document.body;
  const entries = entriesOf(article);
  const control = document.createElement("input");
  control.type = "search";
  control.value = (new URLSearchParams(location.search).get("words") ?? "").slice(0, 100);
  const said = document.createElement("p");
  said.className = "tl-filter__said";
  const form = document.createElement("form");
  form.className = "tl-filter tl-filter--one";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Find a term");
  form.append(field("Find a term", control), said);

  const show = (): void => {
    const found = findTerms(entries, control.value);
    const shown = new Set(found.at);
    entries.forEach(({ parts }, at) => {
      for (const part of parts) part.hidden = !shown.has(at);
    });
    hideEmpty(article);
    said.textContent = sentence(found.at.length, entries.length, found.by === "definition");
  };
  form.addEventListener("input", () => {
    const typed = control.value.trim();
    history.replaceState(history.state, "", location.pathname + (typed ? `?${new URLSearchParams({ words: typed })}` : "") + location.hash);
    show();
    announceSettled(toldOf(said.textContent ?? "", typed));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  element.replaceChildren(form);
  show();
  return () => {
    for (const { parts } of entries) for (const part of parts) part.hidden = false;
    hideEmpty(article);
    element.replaceChildren();
  };
}

function entriesOf(article: HTMLElement): Entry[] {
  return [...article.querySelectorAll<HTMLElement>("dt.tl-term")].flatMap((name) => {
    const said = name.nextElementSibling;
    if (!(said instanceof HTMLElement)) return [];
    // “Also:” and what follows it up to the next element are other names.
    const also = said.querySelector("em")?.nextSibling?.textContent ?? "";
    return [{ name: `${name.textContent} ${also}`, definition: said.textContent ?? "", parts: [name, said] as const }];
  });
}

/** A letter without a term goes with what it stood for, from the page and from its contents. */
function hideEmpty(article: HTMLElement): void {
  for (const list of article.querySelectorAll("dl")) {
    list.hidden = !list.querySelector("dt:not([hidden])");
    if (list.previousElementSibling instanceof HTMLElement) list.previousElementSibling.hidden = list.hidden;
  }
  matchContents();
}

function sentence(found: number, all: number, byDefinition: boolean): string {
  if (found === 0) return "No term and no definition has these words.";
  if (byDefinition) return `No term is called that. ${found === 1 ? "One definition says" : `${found} definitions say`} it.`;
  return `${found} of ${all} terms`;
}
