/** The guide as the planner takes it, and the rounds that a loop usually has. */
import type { Allocation, Catalogue, Certainty, Settings } from "./types.ts";

export interface Guide {
  readonly catalogue: Catalogue;
  readonly allocation: Allocation;
}

/** The rounds that a loop of this kind usually has, as sure as it usually has them. */
export function usualRounds(allocation: Allocation, { company, level, role }: Pick<Settings, "company" | "level" | "role">): Record<string, Certainty> {
  const loop = allocation.loops.find((one) => one.company === company) ?? allocation.loops[0];
  const rounds: Record<string, Certainty> = {};
  for (const one of loop?.interviews ?? []) {
    if (!one.levels.includes(level) || !one.roles.includes(role)) continue;
    if (rounds[one.round] !== "sure") rounds[one.round] = one.certainty;
  }
  return rounds;
}
