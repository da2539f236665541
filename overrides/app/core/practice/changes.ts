/**
 * Questions that are no longer what they were when they were learned: gone from the guide, or changed in their text. What
 * was done with them is kept, and said; whether to learn a changed one anew is the reader's choice.
 */
import type { Index } from "../plan/history.ts";
import type { Memory } from "./memory.ts";

export interface Changes {
  /** Ids that the guide no longer has. */
  readonly gone: readonly string[];
  readonly changed: readonly string[];
}

export function isChanged(memory: Memory | undefined, print: string | undefined): boolean {
  return memory !== undefined && memory.print !== "" && print !== undefined && memory.print !== print;
}

/** `memories` by the ids of now, as `replay` gives them with the resolver of the same index. */
export function changes(memories: ReadonlyMap<string, Memory>, index: Index): Changes {
  const gone: string[] = [];
  const changed: string[] = [];
  for (const [card, memory] of memories) {
    const item = index.items.get(card);
    if (!item) gone.push(card);
    else if (isChanged(memory, item.print)) changed.push(card);
  }
  return { gone, changed };
}

/** Key points that were missing the last time, unless they may now be others. */
export function stillMissed(memory: Memory | undefined, print: string | undefined): readonly number[] {
  return memory && !isChanged(memory, print) ? memory.missed : [];
}
