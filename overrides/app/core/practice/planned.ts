/**
 * A plan with what the drills say: what the planner is asked for, in its worker or without one. What reads the drills is
 * fetched for who has drilled.
 */
import { indexed } from "../plan/history.ts";
import { makePlan } from "../plan/plan.ts";
import type { Iso, Plan, Progress, Settings } from "../plan/types.ts";
import type { Guide } from "../plan/usual.ts";
import type { Review } from "./records.ts";

export interface PlanAsked {
  readonly settings: Settings;
  readonly progress: Progress;
  readonly today: Iso;
  /** What was drilled, as far as the plan is to know of it. */
  readonly reviews: readonly Review[];
}

export async function planned(guide: Guide, { settings, progress, today, reviews }: PlanAsked): Promise<Plan> {
  if (reviews.length === 0) return makePlan(guide, settings, progress, today);
  const { drillsOf } = await import("./booked.ts");
  const drills = drillsOf(reviews, indexed(guide.catalogue), settings.interview, today);
  return makePlan(guide, settings, { ...progress, drills }, today);
}
