/**
 * Writes calendar files to standard output as JSON, for tests that read them with another program: one for each
 * `{interview, zone, start, minutes}` on standard input.
 */
import { readFileSync } from "node:fs";
import { type GivenEvent, type Times, writeCalendar } from "../../overrides/app/core/ics.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import { tickOf } from "../../overrides/app/core/records.ts";
import { grown, guideOf } from "./catalogues.ts";

interface Job {
  readonly today: string;
  readonly interview: string;
  readonly times: Times;
  readonly minutes: readonly number[];
  readonly stamp: number;
  readonly earlier?: readonly GivenEvent[];
  /** So many sessions from the first on are ticked, each on its own day. */
  readonly ticked?: number;
  readonly planId?: string;
}

const jobs = JSON.parse(readFileSync(0, "utf8")) as readonly Job[];
const guide = guideOf(grown(300));
const nasty = guide.catalogue.items.map((item) => (item.kind === "chapter" ? { ...item, title: `${item.title}; “L1, L2” \\ ünïcode 🎯 ${"long ".repeat(30)}` } : item));
const rounds = Object.fromEntries(guide.catalogue.rounds.map((round) => [round.id, round.name]));

const answers = jobs.map(({ today, interview, times, minutes, stamp, earlier, ticked = 0, planId = "p1" }) => {
  const settings = { ...defaultSettings(guide, today), interview, minutes };
  const plan = makePlan({ ...guide, catalogue: { ...guide.catalogue, items: nasty } }, settings, { since: today, ticks: [] }, today);
  const done = plan.days.flatMap((day) => day.sessions).slice(0, ticked).map((session) => tickOf(session, session.date));
  const options = { planId, times, site: "https://example.org/guide/", name: "The Training Loop", stamp, rounds, done };
  return { plan, done: done.map((tick) => tick.id), ...writeCalendar(plan, earlier ? { ...options, earlier } : options) };
});
process.stdout.write(JSON.stringify(answers));
