/** Whose a page is: of the reader's field, of everybody, of everybody and other fields, or of other fields alone. */
import type { Catalogue, Importance, Item } from "./types.ts";

export type Belonging = "chosen" | "general" | "shared" | "other";

const HIGHER: Readonly<Record<Importance, Importance>> = { core: "core", common: "core", occasional: "common" };

export function belonging({ tracks = [] }: Item, chosen: readonly string[]): Belonging {
  const fields = (names: readonly string[] | null): readonly string[] => (names ?? []).filter((track) => track !== "general");
  const own = fields(chosen);
  if (own.some((track) => tracks?.includes(track))) return "chosen";
  if ((tracks?.length ?? 0) > 0 && !tracks?.includes("general")) return "other";
  return own.length > 0 && fields(tracks).length > 0 ? "shared" : "general";
}

/** The catalogue to a reader of these fields: their chapters are asked one grade more often there than of everybody. */
export function inField(catalogue: Catalogue, chosen: readonly string[]): Catalogue {
  if (chosen.length === 0) return catalogue;
  const regraded = (item: Item): Item =>
    item.kind === "chapter" && item.importance && belonging(item, chosen) === "chosen" ? { ...item, importance: HIGHER[item.importance] } : item;
  return { ...catalogue, items: catalogue.items.map(regraded) };
}
