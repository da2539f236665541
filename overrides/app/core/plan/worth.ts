/**
 * What a piece is worth: `value × importance × level × need × field × often`, in points.
 * - value: what a session of this kind adds to what can be answered on the day (docs/plan/allocation.yml, `values`);
 * - importance: core 1, common 0.5, occasional 0.2; of the reader's field one grade higher (field.ts);
 * - level: expected at the reader's level or below 1, one above 0.45, two above 0.15; what the reader is taken to know 0.6;
 * - need: an area marked weak 1.4, strong 0.5;
 * - field: the weights of docs/plan/allocation.yml (speciality, role, level);
 * - often: what several rounds of the loop ask about, and what other pages build on, a little more.
 * A longer page is worth more than a short one, by the root of its length.
 */
import { belonging } from "./field.ts";
import { applies } from "./shares.ts";
import type { Activity, Importance, Item } from "./types.ts";
import type { Context, Drawback } from "./work.ts";

export const IMPORTANCE: Readonly<Record<Importance, number>> = { core: 1, common: 0.5, occasional: 0.2 };

export class Judge {
  readonly #context: Context;
  readonly #levels: readonly string[];
  /** How many pages need a page. */
  readonly #carries = new Map<string, number>();
  readonly #factors = { areas: new Map<string, number>(), pages: new Map<string, number>(), activities: new Map<string, number>() };
  readonly #fields = { chosen: 1, general: 1, shared: 1, other: 1 };

  constructor(context: Context) {
    this.#context = context;
    this.#levels = Object.keys(context.allocation.names.levels);
    for (const item of context.index.items.values())
      for (const need of item.kind === "question" ? [] : (item.prerequisites ?? [])) {
        const known = context.index.resolve(need);
        this.#carries.set(known, (this.#carries.get(known) ?? 0) + 1);
      }
    for (const weight of context.allocation.weights) {
      if (!applies(weight.when, context.settings)) continue;
      const { areas, pages, activities } = this.#factors;
      for (const area of weight.areas) areas.set(area, (areas.get(area) ?? 1) * weight.factor);
      for (const page of weight.pages) {
        const id = context.index.resolve(page);
        pages.set(id, (pages.get(id) ?? 1) * weight.factor);
      }
      for (const id of weight.activities) activities.set(id, (activities.get(id) ?? 1) * weight.factor);
      if (weight.tracks) this.#fields[weight.tracks] *= weight.factor;
    }
  }

  /** What the reader's role makes of an activity. */
  factorOf(activity: Activity): number {
    return this.#factors.activities.get(activity.id) ?? 1;
  }

  /** The rounds of the loop among these. */
  pays(rounds: readonly string[] | undefined): readonly string[] {
    return this.#context.faced.filter((round) => rounds?.includes(round) ?? false);
  }

  /** How many levels a thing is expected above the reader's. */
  above(item: Item): number {
    const wanted = this.#levels.indexOf(item.level ?? "");
    const own = this.#levels.indexOf(this.#context.settings.level);
    return wanted < 0 || own < 0 ? 0 : wanted - own;
  }

  /** Whether the reader is taken to know it: what the lowest level is asked, two levels on, and nothing makes it count more. */
  assumed(item: Item): boolean {
    const weak = this.#context.settings.topics[this.#areaOf(item)] === "weak";
    return item.level === this.#levels[0] && this.above(item) <= -2 && !weak && !this.#factors.pages.has(item.id);
  }

  #areaOf(item: Item): string {
    if (item.area) return item.area;
    for (const id of item.prerequisites ?? []) {
      const area = this.#context.index.items.get(this.#context.index.resolve(id))?.area;
      if (area) return area;
    }
    return "";
  }

  /** Why a page is worth little to this reader, if it is. */
  drawback(item: Item): Drawback | null {
    if (this.above(item) > 0) return "above-level";
    return belonging(item, this.#context.settings.tracks) === "other" ? "other-track" : null;
  }

  /** What a session of a kind is worth with the days that are left. */
  value(id: string): number {
    const { allocation, brief, soon, week } = this.#context;
    const value = allocation.values[id];
    if (value === undefined) return 0;
    if (brief || value.soon === undefined) return brief ? value.brief : value.usual;
    return week ? value.brief : soon ? value.soon : value.usual;
  }

  /** What a session of a kind is worth for a page. */
  worth(item: Item, value: string): number {
    const above = this.above(item);
    const level = this.assumed(item) ? 0.6 : above <= 0 ? 1 : above === 1 ? 0.45 : above === 2 ? 0.15 : 0.05;
    const strength = this.#context.settings.topics[this.#areaOf(item)] ?? "fair";
    const need = strength === "weak" ? 1.4 : strength === "strong" ? 0.5 : 1;
    const factor = this.#fields[belonging(item, this.#context.settings.tracks)] * (this.#factors.pages.get(item.id) ?? 1);
    const area = this.#factors.areas.get(this.#areaOf(item)) ?? 1;
    const company = item.companies?.includes(this.#context.settings.company) ? 1.15 : 1;
    // What several rounds ask about, and what other pages build on, is asked more often.
    const often = 1 + 0.1 * Math.max(0, this.pays(item.rounds).length - 1) + 0.02 * Math.min(5, this.#carries.get(item.id) ?? 0);
    return this.value(value) * IMPORTANCE[item.importance ?? "common"] * level * need * factor * area * company * often;
  }
}

/** Twice as long is worth more, not twice as much. */
export function root(minutes: number, typical: number): number {
  return Math.sqrt(Math.max(1, minutes) / typical);
}
