/**
 * The planner off the page's own path: a worker that is given the guide once, and then settings and progress as often as
 * they change. While it computes, the page paints, scrolls and takes keys.
 */
import { makePlan } from "./core/plan/plan.ts";
import type { Iso, Progress, Settings } from "./core/plan/types.ts";
import type { Guide } from "./core/plan/usual.ts";

export interface Asked {
  readonly number: number;
  readonly settings: Settings;
  readonly progress: Progress;
  readonly today: Iso;
}

let guide: Guide | null = null;

addEventListener("message", ({ data }: MessageEvent<Guide | Asked>) => {
  if ("catalogue" in data) guide = data;
  else if (guide) postMessage({ number: data.number, plan: makePlan(guide, data.settings, data.progress, data.today) });
});
