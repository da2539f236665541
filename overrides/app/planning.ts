/**
 * The planner off the page's own path: a worker that is given the guide once, and then settings and progress as often as
 * they change. While it computes, the page paints, scrolls and takes keys.
 */
import type { Guide } from "./core/plan/usual.ts";
import { type PlanAsked, planned } from "./core/practice/planned.ts";

export interface Asked extends PlanAsked {
  readonly number: number;
}

let guide: Guide | null = null;

addEventListener("message", ({ data }: MessageEvent<Guide | Asked>) => {
  if ("catalogue" in data) guide = data;
  else if (guide) void planned(guide, data).then((plan) => postMessage({ number: data.number, plan }));
});
