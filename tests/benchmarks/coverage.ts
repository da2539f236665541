/**
 * What a plan covers: `node tests/benchmarks/coverage.ts`, or with the name of a plan to see it whole.
 *
 * For a guide of full size and the usual loop of a large company: how many of the core chapters that are asked from entry
 * level are read, only skimmed, drilled or untouched, and where the minutes go. The values of docs/plan/allocation.yml are
 * judged by this table.
 */
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings, spreadHours } from "../../overrides/app/core/plan/settings.ts";
import type { Plan } from "../../overrides/app/core/plan/types.ts";
import { full, guideOf } from "../app/catalogues.ts";

const TODAY = "2026-11-30";
const guide = guideOf(full());
const items = new Map(guide.catalogue.items.map((item) => [item.id, item]));
const core = guide.catalogue.items.filter((item) => item.kind === "chapter" && item.importance === "core" && item.level === "entry");

const week = (minutes: readonly number[]): readonly number[] => minutes;
const PLANS: Readonly<Record<string, readonly [number, readonly number[]]>> = {
  "one evening of 3 h": [1, week([180, 0, 0, 0, 0, 0, 0])],
  "a weekend of 11 h": [7, week([0, 0, 0, 0, 0, 360, 300])],
  "1 week × 8 h": [7, spreadHours(8)],
  "2 weeks × 8 h": [14, spreadHours(8)],
  "4 weeks × 8 h": [28, spreadHours(8)],
  "5 weeks × 8 h": [35, spreadHours(8)],
  "8 weeks × 8 h": [56, spreadHours(8)],
  "12 weeks × 8 h": [84, spreadHours(8)],
};

/** Plans of today, and of before: ids of what the sessions are about say what they do with a chapter. */
function coverage(plan: Plan): string {
  const read = new Set<string>();
  const skimmed = new Set<string>();
  const drilled = new Map<string, number>();
  for (const session of plan.days.flatMap((day) => day.sessions))
    for (const id of session.items) {
      const item = items.get(id);
      if (item?.kind === "question") drilled.set(item.page ?? "", (drilled.get(item.page ?? "") ?? 0) + 1);
      else if (session.kind === "drill" || (session.kind === "read" && session.skim)) skimmed.add(id);
      else if (session.kind === "read") read.add(id);
    }
  const count = (test: (id: string) => boolean): number => core.filter((item) => test(item.id)).length;
  const minutes: Record<string, number> = {};
  for (const session of plan.days.flatMap((day) => day.sessions)) minutes[session.kind] = (minutes[session.kind] ?? 0) + session.minutes;
  const mocks = plan.days.flatMap((day) => day.sessions).filter((one) => one.kind === "mock").length;
  const figures = [
    count((id) => read.has(id)),
    count((id) => !read.has(id) && skimmed.has(id) && !drilled.has(id)),
    count((id) => (drilled.get(id) ?? 0) >= 3),
    count((id) => !read.has(id) && !skimmed.has(id) && !drilled.has(id)),
    [...drilled.values()].reduce((a, b) => a + b, 0),
    mocks,
  ];
  const spent = Object.entries(minutes).map(([kind, one]) => `${kind} ${one}`).join(", ");
  return `${figures.map((one) => String(one).padStart(5)).join("")}   ${plan.totals.planned} of ${plan.totals.available} min: ${spent}`;
}

const [only] = process.argv.slice(2);
if (only === undefined) console.log(`${"plan".padEnd(22)} read skim dril none  qus mock   (of ${core.length} core chapters; drilled: at least three questions)`);
for (const [name, [days, minutes]] of Object.entries(PLANS)) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const settings = { ...defaultSettings(guide, TODAY), interview: addDays(TODAY, days), minutes: [...minutes] };
  const plan = makePlan(guide, settings, { since: TODAY, ticks: [] }, TODAY);
  if (only === undefined) console.log(name.padEnd(22), coverage(plan));
  else {
    for (const notice of plan.notices) console.log(`! ${notice.text}`);
    for (const line of [...plan.shares, ...plan.bookings]) console.log(`  ${line.round}: ${line.planned} of ${line.target}`);
    for (const day of plan.days.filter((one) => one.sessions.length > 0)) {
      console.log(`${day.date} ${day.planned} of ${day.available}${day.light ? ", light" : ""}`);
      for (const one of day.sessions) console.log(`   ${String(one.minutes).padStart(3)} ${one.skim ? "skim" : one.kind} ${one.title}${one.parts > 1 ? ` (${one.part}/${one.parts})` : ""} [${one.round}]`);
    }
    for (const left of plan.left.slice(0, 15)) console.log(`- ${left.kind} ${left.title}, ${left.minutes} min: ${left.why}`);
    console.log(`- … ${plan.left.length} in all`);
  }
}
