/**
 * What a plan costs: `node tests/benchmarks/planner.ts`.
 *
 * Plans 26 weeks over a guide of 2,000 items, at several hours a week, as often as a slider would ask for it. Processor
 * time of the whole process, compiling and collecting garbage included, so the figures hold on a busy machine; the first
 * plan of a page is the one that has to be compiled.
 */
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings, spreadHours } from "../../overrides/app/core/plan/settings.ts";
import { grown, guideOf } from "../app/catalogues.ts";

const TODAY = "2026-11-23";
const TIMES = 30;

const guide = guideOf(grown(2000, 7));
console.log("hours a week  first  median  largest  (milliseconds of processor time)");
for (const hours of [2, 4, 8, 16, 32]) {
  const settings = { ...defaultSettings(guide, TODAY), interview: addDays(TODAY, 26 * 7), minutes: spreadHours(hours) };
  const spent = Array.from({ length: TIMES }, () => {
    const before = process.cpuUsage();
    makePlan(guide, settings, { since: TODAY, ticks: [] }, TODAY);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const [first] = spent;
  const sorted = [...spent].sort((a, b) => a - b);
  const figures = [first, sorted[TIMES / 2], sorted[TIMES - 1]].map((one) => (one as number).toFixed(0).padStart(7));
  console.log(String(hours).padStart(12), ...figures);
}
