/**
 * The index of exercises: its second column says what the reader has done, from the store; a filter leaves those of a round,
 * of a level, or those that are still to be tried.
 */
import { clockOf, type Summary, summarize } from "../core/attempts.ts";
import { base } from "../ui/base";
import { filtering } from "../ui/filtering.ts";
import { openKept } from "./kept.ts";

const [YOU, LEVEL] = [1, 2];

interface Row {
  readonly element: HTMLTableRowElement;
  /** The exercise. */
  readonly page: string;
  readonly level: string;
  readonly rounds: readonly string[];
}

export function mount(element: HTMLElement): () => void {
  let leave = (): void => undefined;
  let gone = false;
  const rows = rowsOf(element);
  let known: ReadonlyMap<string, Summary> = new Map();
  const place = element.querySelector<HTMLElement>(".tl-gym-filter");
  const filter = place && filterRows(rows, (page) => known.get(page));
  if (filter) place.replaceChildren(filter.form);
  const show = (summaries: ReadonlyMap<string, Summary>): void => {
    known = summaries;
    for (const { element: row, page } of rows) if (row.cells[YOU]) row.cells[YOU].textContent = said(known.get(page));
    filter?.look();
  };
  show(new Map());
  void openKept().then(async (kept) => {
    if (!kept || gone) return;
    const { ATTEMPTS } = await import("../store/index.ts");
    if (gone) return;
    const attempts = (): void => show(summarize(kept.store.all(ATTEMPTS).values()));
    attempts();
    leave = kept.store.subscribe(attempts);
  });
  return () => {
    gone = true;
    leave();
    place?.replaceChildren();
  };
}

function rowsOf(element: HTMLElement): Row[] {
  return [...element.querySelectorAll<HTMLTableRowElement>("tbody tr")].flatMap((row) => {
    const link = row.querySelector<HTMLAnchorElement>("td a");
    if (!link) return [];
    const page = decodeURI(link.pathname.slice(base.pathname.length)).replace(/\/$/, "");
    const rounds = [...row.querySelectorAll(".tl-tag--round")].map((tag) => tag.textContent ?? "");
    return [{ element: row, page, level: row.cells[LEVEL]?.textContent ?? "", rounds }];
  });
}

function filterRows(rows: readonly Row[], known: (page: string) => Summary | undefined): ReturnType<typeof filtering> {
  const values = (all: readonly string[]): [string, string][] => [...new Set(all)].map((one) => [one, one]);
  return filtering(
    "Filter the exercises",
    [
      { key: "round", name: "Round", any: "Any round", values: values(rows.flatMap(({ rounds }) => rounds)) },
      { key: "level", name: "Level", any: "Any level", values: values(rows.map(({ level }) => level)) },
      { key: "yours", name: "You", any: "Passed or not", values: [["open", "Not tried"], ["tried", "Not passed yet"]] },
    ],
    (wanted) => {
      const [round = "", level = "", yours = ""] = ["round", "level", "yours"].map((key) => wanted.get(key));
      const fits = (row: Row): boolean => {
        const summary = known(row.page);
        const mine = yours === "" || (yours === "open" ? !summary : !summary?.passed);
        return mine && (round === "" || row.rounds.includes(round)) && (level === "" || row.level === level);
      };
      for (const row of rows) row.element.hidden = !fits(row);
      for (const box of new Set(rows.map(({ element: row }) => row.closest<HTMLElement>(".tl-scroll")))) {
        if (!box) continue;
        box.hidden = !box.querySelector("tbody tr:not([hidden])");
        if (box.previousElementSibling instanceof HTMLHeadingElement) box.previousElementSibling.hidden = box.hidden;
      }
      const found = rows.filter(fits).length;
      return found === 0 ? "No exercise matches. Remove a filter." : `${found} of ${rows.length} exercises`;
    },
  );
}

function said(summary: Summary | undefined): string {
  if (!summary) return "Not tried";
  const { passed, passedInInterview, best, most, checks } = summary;
  if (!passed) return `Tried, ${most} of ${checks} checks`;
  return `Passed, ${clockOf(best ?? 0)}${passedInInterview ? ", as in an interview" : ""}`;
}
