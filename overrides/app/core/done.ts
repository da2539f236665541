/** What was done with each page, from the ticks, in a word or two: `read, 5 drilled`. */
import type { Tick } from "./plan/types.ts";

export function doneWith(ticks: Iterable<Tick>): Map<string, string> {
  const drilled = new Map<string, Set<string>>();
  const worked = new Map<string, string>();
  for (const { kind, items, skim, portion } of ticks)
    for (const id of items) {
      const [page = "", question] = id.split("#");
      if (question !== undefined) drilled.set(page, (drilled.get(page) ?? new Set()).add(id));
      else if (kind !== "review") worked.set(page, better(worked.get(page), kind === "read" ? (skim ? "in short" : portion ? "read in part" : "read") : "done"));
    }
  const said = [...new Set([...worked.keys(), ...drilled.keys()])].map((page): [string, string] => {
    const count = drilled.get(page)?.size ?? 0;
    return [page, [worked.get(page), count > 0 ? `${count} drilled` : ""].filter(Boolean).join(", ")];
  });
  return new Map(said);
}

const ORDER = ["in short", "read in part", "read", "done"];

function better(one: string | undefined, other: string): string {
  return ORDER.indexOf(one ?? "") > ORDER.indexOf(other) ? (one ?? other) : other;
}
