/**
 * The filter above the index of cases. What can be asked for is what the tables say, so nothing is fetched, and a reader
 * without scripts has it all. Also marks what is done, as other tables do.
 */
import { announceSettled } from "../ui/announce";
import { choice, field, filterForm } from "../ui/field.ts";
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
  const given = new URLSearchParams(location.search);
  const controls = new Map<keyof typeof COLUMNS, HTMLSelectElement>();
  for (const key of KEYS) {
    const values = [...new Set(rows.flatMap((row) => row.said(key)))];
    controls.set(key, choice(COLUMNS[key][2], values.map((value) => [value, value])));
  }
  for (const [key, control] of controls) {
    const asked = given.get(key);
    if ([...control.options].some(({ value }) => value === asked)) control.value = asked ?? "";
  }

  const { form, said, clear } = filterForm("Filter the cases", [...controls].map(([key, control]) => field(COLUMNS[key][1], control)));
  const wanted = (key: keyof typeof COLUMNS): string => controls.get(key)?.value ?? "";
  const show = (): void => {
    const fits = (row: Row): boolean => KEYS.every((key) => !wanted(key) || row.said(key).includes(wanted(key)));
    for (const row of rows) row.element.hidden = !fits(row);
    hideEmpty(rows);
    const found = rows.filter(fits).length;
    said.textContent = found === 0 ? "No case matches. Remove a filter." : `${found} of ${rows.length} cases`;
    clear.hidden = [...controls.values()].every((control) => !control.value);
  };
  const follow = (): void => {
    const asked = new URLSearchParams([...controls].filter(([, control]) => control.value).map(([key, control]) => [key, control.value]));
    history.replaceState(history.state, "", location.pathname + (asked.size > 0 ? `?${asked}` : "") + location.hash);
    show();
    announceSettled(said.textContent ?? "");
  };
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    for (const control of controls.values()) control.value = "";
    follow();
    controls.get("rounds")?.focus();
  });
  element.replaceChildren(form);
  show();
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
