/**
 * Which questions are drilled: of which rounds, areas, chapters and levels, or what the plan and the schedule say. And in
 * which order new ones are met: what is expected most first.
 */
import type { Index } from "../plan/history.ts";
import type { Importance, Item, Tick } from "../plan/types.ts";
import type { Card } from "./queue.ts";

export interface Scope {
  /** "" = any. */
  readonly round: string;
  readonly area: string;
  readonly page: string;
  readonly level: string;
}

export const ANY: Scope = { round: "", area: "", page: "", level: "" };

const IMPORTANCE: readonly (Importance | undefined | null)[] = ["core", "common", "occasional"];

export function areaOf(question: Item, index: Index): string {
  return index.items.get(question.page ?? "")?.area ?? "";
}

/** The questions within a scope; those of a page in its order, pages by importance, chapters before other pages. */
export function within(scope: Scope, index: Index): Item[] {
  const found: Item[] = [];
  for (const item of index.items.values()) {
    if (item.kind !== "question") continue;
    if (scope.round !== "" && !item.rounds?.includes(scope.round)) continue;
    if (scope.level !== "" && item.level !== scope.level) continue;
    if (scope.page !== "" && item.page !== scope.page) continue;
    if (scope.area !== "" && areaOf(item, index) !== scope.area) continue;
    found.push(item);
  }
  const weight = (item: Item): number => 2 * (IMPORTANCE.indexOf(item.importance) + 1 || 4) + (areaOf(item, index) === "" ? 1 : 0);
  return found.map((item, at) => ({ item, at })).sort((a, b) => weight(a.item) - weight(b.item) || a.at - b.at).map(({ item }) => item);
}

/**
 * New questions in turns: the first of each page, then the second of each; and the pages in turns of their areas. So no
 * page is learned in a row, and what follows is of another field.
 */
export function inTurns(items: readonly Item[], index: Index): Card[] {
  const turn = new Map<string, number>();
  const places = new Map<string, number>();
  const count = new Map<string, number>();
  const numbered = items.map((item, at) => {
    const page = item.page ?? "";
    const area = areaOf(item, index);
    const number = turn.get(page) ?? 0;
    turn.set(page, number + 1);
    if (!places.has(page)) {
      places.set(page, count.get(area) ?? 0);
      count.set(area, (count.get(area) ?? 0) + 1);
    }
    return { card: { id: item.id, page }, number, place: places.get(page) as number, at };
  });
  return numbered.sort((a, b) => a.number - b.number || a.place - b.place || a.at - b.at).map(({ card }) => card);
}

/** What the plan has led to: questions of pages that were read, looked over, or drilled on. Their order is that of the ticks. */
export function met(ticks: Iterable<Tick>, index: Index): Item[] {
  const pages = new Set<string>();
  for (const { items } of ticks)
    for (const id of items) {
      const item = index.items.get(index.resolve(id));
      if (item) pages.add(item.kind === "question" ? (item.page ?? "") : item.id);
    }
  const byPage = new Map<string, Item[]>();
  for (const item of within(ANY, index)) {
    const page = item.page ?? "";
    if (pages.has(page)) byPage.set(page, [...(byPage.get(page) ?? []), item]);
  }
  return [...pages].flatMap((page) => byPage.get(page) ?? []);
}

/** As many of the questions as there is time for, at least one. */
export function inTime(cards: readonly string[], minutes: number, index: Index): string[] {
  let sum = 0;
  return cards.filter((id, at) => {
    sum += index.items.get(id)?.minutes ?? 3;
    return at === 0 || sum <= minutes;
  });
}
