/** Areas as practice names them. */
import type { PracticeDesk } from "./practice-desk.ts";

/** The page of an area; "" for what belongs to none. */
export function areaUrl(area: string): string {
  return area === "" ? "" : `topics/${area}/`;
}

export function areaTitle(desk: PracticeDesk, area: string): string {
  return desk.loaded.guide.catalogue.areas.find(({ id }) => id === area)?.title ?? "Elsewhere";
}
