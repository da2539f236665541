/**
 * How likely a reader is asked something, for what practice draws by chance: how often its page is asked, whose field the
 * page is of, and how far below the reader's level it lies. What lies above the level weighs nothing.
 */
import { belonging, type Belonging, inField } from "../plan/field.ts";
import type { Catalogue, Importance, Settings } from "../plan/types.ts";

/** A question, by the page that it stands on; or a page. */
export interface Weighed {
  readonly page: string;
  readonly level: string;
}

export type Weigh = (one: Weighed) => number;

const ASKED: Readonly<Record<Importance, number>> = { core: 1, common: 0.4, occasional: 0.1 };
/** To a reader with a field, what is asked of everybody and taught to other fields is asked now and then. */
const FIELD: Readonly<Record<Belonging, number>> = { chosen: 3.5, general: 1, shared: 0.15, other: 0.01 };
/** At the level, one below it, two, three. */
const BELOW = [1, 0.5, 0.15, 0.05] as const;

/** `settings`: of the plan, if there is one; without it nothing is known of a field. `level`: "" = any. */
export function weigher(catalogue: Catalogue, levels: readonly string[], level: string, settings: Pick<Settings, "tracks"> | undefined): Weigh {
  const fields = settings?.tracks ?? [];
  const pages = new Map(inField(catalogue, fields).items.filter(({ kind }) => kind !== "question").map((item) => [item.id, item]));
  const reach = levels.indexOf(level);
  return ({ page, level: own }) => {
    const below = reach < 0 ? 1 : (BELOW[reach - levels.indexOf(own)] ?? 0);
    const item = pages.get(page);
    if (!item) return ASKED.common * below;
    return ASKED[item.importance ?? "common"] * below * (settings ? FIELD[belonging(item, fields)] : 1);
  };
}
