/** The index of exercises: its second column says what the reader has done, from the store. */
import { clockOf, type Summary, summarize } from "../core/attempts.ts";
import { base } from "../ui/base";
import { openKept } from "./kept.ts";

export function mount(element: HTMLElement): () => void {
  let leave = (): void => undefined;
  let gone = false;
  fill(element, new Map());
  void openKept().then(async (kept) => {
    if (!kept || gone) return;
    const { ATTEMPTS } = await import("../store/index.ts");
    if (gone) return;
    const show = (): void => fill(element, summarize(kept.store.all(ATTEMPTS).values()));
    show();
    leave = kept.store.subscribe(show);
  });
  return () => {
    gone = true;
    leave();
  };
}

function fill(element: HTMLElement, known: ReadonlyMap<string, Summary>): void {
  for (const row of element.querySelectorAll<HTMLTableRowElement>("tbody tr")) {
    const link = row.querySelector<HTMLAnchorElement>("td a");
    const cell = row.cells[1];
    if (!link || !cell) continue;
    const page = decodeURI(link.pathname.slice(base.pathname.length)).replace(/\/$/, "");
    cell.textContent = said(known.get(page));
  }
}

function said(summary: Summary | undefined): string {
  if (!summary) return "Not tried";
  const { passed, passedInInterview, best, most, checks } = summary;
  if (!passed) return `Tried, ${most} of ${checks} checks`;
  return `Passed, ${clockOf(best ?? 0)}${passedInInterview ? ", as in an interview" : ""}`;
}
