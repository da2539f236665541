/** Which sections of a page a part of its reading covers: minutes are told by the length of the text. */
import type { Portion } from "./types.ts";

export interface Section {
  /** The anchor. */
  readonly id: string;
  readonly title: string;
  /** Of its text, in any unit. */
  readonly length: number;
}

/** The first and the last section of a part; null when the text has no sections, or the part is of unknown length. */
export function sectionsOf(portion: Portion, sections: readonly Section[]): { readonly from: Section; readonly to: Section } | null {
  const all = sections.reduce((sum, section) => sum + section.length, 0);
  const first = portion.spans[0];
  const last = portion.spans[portion.spans.length - 1];
  if (portion.of === 0 || all === 0 || !first || !last) return null;
  const ends: number[] = [];
  for (const section of sections) ends.push((ends[ends.length - 1] ?? 0) + section.length);
  // A section belongs to a part by its middle, so that neighboring parts do not share one.
  const middle = (at: number): number => (ends[at] as number) - (sections[at] as Section).length / 2;
  const [begin, end] = [(first[0] / portion.of) * all, (last[1] / portion.of) * all];
  const inside = sections.map((_, at) => at).filter((at) => middle(at) >= begin && middle(at) < end);
  // One long section may hold all of a part.
  const within = ends.findIndex((one) => one > begin);
  const from = sections[inside[0] ?? within];
  const to = sections[inside[inside.length - 1] ?? within];
  return from && to ? { from, to } : null;
}
