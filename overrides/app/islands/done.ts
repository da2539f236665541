/**
 * What of a table of pages is done already: one more column, for who has ticked something. Without a plan the table stays
 * as it was built.
 */
import { doneWith } from "../core/done.ts";
import { base } from "../ui/base";
import { loadGuide } from "./guide-data.ts";
import { openKept } from "./kept.ts";

export function mount(element: HTMLElement): () => void {
  const article = element.closest<HTMLElement>("#content") ?? document.body;
  const added: HTMLElement[] = [];
  let gone = false;
  void openKept().then(async (kept) => {
    if (gone || !kept || kept.ticks.size === 0) return;
    const { guide } = await loadGuide();
    if (gone) return;
    const done = doneWith(kept.ticks.values());
    const ids = new Map(guide.catalogue.items.map((item) => [new URL(item.url, base).href, item.id]));
    for (const table of article.querySelectorAll("table")) added.push(...addColumn(table, (href) => done.get(ids.get(href) ?? "")));
  }, console.error);
  return () => {
    gone = true;
    for (const cell of added) cell.remove();
  };
}

function addColumn(table: HTMLTableElement, said: (href: string) => string | undefined): HTMLElement[] {
  const head = table.tHead?.rows[0];
  if (!head) return [];
  const title = document.createElement("th");
  title.scope = "col";
  title.textContent = "Done";
  head.append(title);
  const cells = [...(table.tBodies[0]?.rows ?? [])].map((row) => {
    const cell = row.insertCell();
    cell.dataset["label"] = "Done";
    cell.textContent = said(row.querySelector("a")?.href ?? "") ?? "";
    return cell;
  });
  return [title, ...cells];
}
