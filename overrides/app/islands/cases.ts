/**
 * The filter above the index of cases. What can be asked for is what the tables say, so nothing is fetched, and a reader
 * without scripts has it all. Also marks what is done, as other tables do.
 */
import { filtering } from "../ui/filtering.ts";
import { mount as markDone } from "./done.ts";

/** What is asked for, by the name of its column. */
const COLUMNS = { rounds: ["Rounds", "Round", "Any round"], level: ["Level", "Level", "Any level"], trains: ["Trains", "To train", "Anything"] } as const;
const KEYS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

interface Row {
  readonly element: HTMLTableRowElement;
  said(key: keyof typeof COLUMNS): readonly string[];
}

export function mount(element: HTMLElement): () => void {
  const article = element.closest<HTMLElement>("#content") ?? document.body;
  const rows = rowsOf(article);
  const asked = KEYS.map((key) => {
    const [, name, any] = COLUMNS[key];
    return { key, name, any, values: [...new Set(rows.flatMap((row) => row.said(key)))].map((value) => [value, value] as const) };
  });
  const { form } = filtering("Filter the cases", asked, (wanted) => {
    const fits = (row: Row): boolean => KEYS.every((key) => !wanted.has(key) || row.said(key).includes(wanted.get(key) ?? ""));
    for (const row of rows) row.element.hidden = !fits(row);
    hideEmpty(rows);
    const found = rows.filter(fits).length;
    return found === 0 ? "No case matches. Remove a filter." : `${found} of ${rows.length} cases`;
  });
  element.replaceChildren(form);
  const unmark = markDone(element);
  return () => {
    unmark();
    for (const row of rows) row.element.hidden = false;
    hideEmpty(rows);
    element.replaceChildren();
  };
}

/** The rows of the tables that have all columns, and what each says in them. */
function rowsOf(article: HTMLElement): Row[] {
  return [...article.querySelectorAll("table")].flatMap((table) => {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? "");
    if (!KEYS.every((key) => heads.includes(COLUMNS[key][0]))) return [];
    return [...(table.tBodies[0]?.rows ?? [])].map((element) => {
      const text = (name: string): string => element.cells[heads.indexOf(name)]?.textContent ?? "";
      return { element, said: (key) => text(COLUMNS[key][0]).split(", ").map(capital) };
    });
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A table without a row goes, and the heading that it stood under. */
function hideEmpty(rows: readonly Row[]): void {
  for (const table of new Set(rows.map(({ element }) => element.closest<HTMLElement>(".tl-scroll")))) {
    if (!table) continue;
    table.hidden = !table.querySelector("tbody tr:not([hidden])");
    if (table.previousElementSibling instanceof HTMLElement) table.previousElementSibling.hidden = table.hidden;
  }
}
