/** What the page of a round says of it: its timeline and its rubric, taken from there as text, so that they are written once. */
import { type Phase, readSpan } from "../core/practice/mock.ts";
import { base } from "../ui/base.ts";
import { page } from "./practice-question.ts";

export interface Dimension {
  readonly name: string;
  /** What each level does, the lowest first. */
  readonly levels: readonly string[];
}

export interface Sheet {
  readonly phases: readonly Phase[];
  readonly levels: readonly string[];
  readonly rubric: readonly Dimension[];
}

/** Rejects when the page cannot be had. */
export async function sheetOf(url: string): Promise<Sheet> {
  const address = new URL(url, base);
  if (address.origin !== base.origin) throw new Error("not a page of this site");
  const found = await page(address.href);
  const rubric = found.querySelector(".tl-rubric table");
  return {
    phases: phasesOf([...found.querySelectorAll("table")].find((table) => cells(table.querySelector("thead tr"))[0] === "minute")),
    levels: cells(rubric?.querySelector("thead tr")).slice(1),
    rubric: rows(rubric).map(([name = "", ...levels]) => ({ name, levels })),
  };
}

function phasesOf(table: Element | undefined): Phase[] {
  return rows(table).flatMap(([span = "", said = ""]) => {
    const read = readSpan(span);
    return read ? [{ from: read[0], to: read[1], said }] : [];
  });
}

function rows(table: Element | null | undefined): string[][] {
  return [...(table?.querySelectorAll("tbody tr") ?? [])].map(cells);
}

function cells(row: Element | null | undefined): string[] {
  return [...(row?.querySelectorAll("th, td") ?? [])].map((cell) => cell.textContent?.trim().replace(/\s+/g, " ") ?? "");
}
