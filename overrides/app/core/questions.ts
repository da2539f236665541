/**
 * The question list as a thing to be filtered: which questions of the catalogue are wanted. Pure, so that an address
 * (`?level=senior&kind=compute`) and the form mean the same.
 */
import type { Catalogue, Item } from "./plan/types.ts";

/** What a reader asks for; an empty value asks for nothing. */
export interface Wanted {
  readonly round: string;
  readonly area: string;
  readonly level: string;
  readonly kind: string;
  /** `no`: what was never drilled; `yes`: what was. */
  readonly seen: string;
  readonly words: string;
}

export const ANY: Wanted = { round: "", area: "", level: "", kind: "", seen: "", words: "" };
export const KEYS = Object.keys(ANY) as (keyof Wanted)[];

export interface Question extends Item {
  readonly questionKind?: string;
}

/** Where pages stand that are no chapters, by the kind of the page. */
const OTHER_AREAS: Readonly<Record<string, string>> = { round: "Rounds", case: "Design cases", page: "Other pages" };

export function areaOf(page: Item | undefined): string {
  return page?.area ?? page?.kind ?? "page";
}

/** The areas that hold questions, in the order of study: `[id, title]`. */
export function areasOf({ areas, items }: Catalogue): [string, string][] {
  const pages = new Map(items.map((item) => [item.id, item]));
  const found = new Set(questionsOf({ items }).map((question) => areaOf(pages.get(question.page ?? ""))));
  const all: [string, string][] = [...areas.map(({ id, title }): [string, string] => [id, title]), ...Object.entries(OTHER_AREAS)];
  return all.filter(([id]) => found.has(id));
}

export function questionsOf({ items }: Pick<Catalogue, "items">): Question[] {
  return items.filter((item) => item.kind === "question");
}

/** The ids of the questions that are wanted; `seen` holds those that were drilled. */
export function select(catalogue: Pick<Catalogue, "items">, wanted: Wanted, seen: ReadonlySet<string>): Set<string> {
  const pages = new Map(catalogue.items.map((item) => [item.id, item]));
  const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (question: Question): boolean => {
    const page = pages.get(question.page ?? "");
    const text = `${question.title} ${page?.title ?? ""}`.toLowerCase();
    return (
      (!wanted.round || (question.rounds ?? []).includes(wanted.round)) &&
      (!wanted.area || areaOf(page) === wanted.area) &&
      (!wanted.level || question.level === wanted.level) &&
      (!wanted.kind || question.questionKind === wanted.kind) &&
      (!wanted.seen || seen.has(question.id) === (wanted.seen === "yes")) &&
      words.every((word) => text.includes(word))
    );
  };
  return new Set(questionsOf(catalogue).filter(fits).map((question) => question.id));
}

/** An area with what a round asks of it, page by page. */
export interface Group {
  readonly area: string;
  readonly pages: readonly { readonly page: string; readonly questions: readonly string[] }[];
}

/** All that a round asks, by area and page: first those of which it asks most before any other round does. */
export function grouped(catalogue: Catalogue, round: string): Group[] {
  const pages = new Map(catalogue.items.map((item) => [item.id, item]));
  const titles = new Map(areasOf(catalogue));
  const asked = questionsOf(catalogue).filter(({ rounds }) => rounds?.includes(round));
  return shared(asked, round, ({ page }) => areaOf(pages.get(page ?? ""))).map(([area, ofArea]) => ({
    area: titles.get(area) ?? area,
    pages: shared(ofArea, round, ({ page }) => page ?? "").map(([page, ofPage]) => ({ page, questions: ofPage.map(({ id }) => id) })),
  }));
}

function shared(questions: readonly Question[], round: string, key: (question: Question) => string): [string, Question[]][] {
  const parts = new Map<string, Question[]>();
  for (const question of questions) parts.set(key(question), [...(parts.get(key(question)) ?? []), question]);
  const first = (part: readonly Question[]): number => part.filter(({ rounds }) => rounds?.[0] === round).length;
  return [...parts].sort(([, a], [, b]) => first(b) - first(a));
}

/** What an address asks for. Values that nothing has find nothing, as they should. */
export function fromAddress(search: string): Wanted {
  const given = new URLSearchParams(search);
  return Object.fromEntries(KEYS.map((key) => [key, (given.get(key) ?? "").slice(0, 100)])) as unknown as Wanted;
}

/** The address of what is asked for, without what is not. */
export function toAddress(wanted: Wanted): string {
  const given = new URLSearchParams(KEYS.filter((key) => wanted[key]).map((key) => [key, wanted[key]]));
  return given.size > 0 ? `?${given}` : "";
}
