/**
 * The planner, run at build: the same code as in the browser, for the ready-made plans and for the worked example.
 *
 * From `{catalogue, allocation, start, stamp, site}`, all as the site publishes it, `readyMade` makes
 * `{plans: {id: {plan, calendar, link}}, examples: [{hours by round}]}`. Node runs the TypeScript as it is.
 */
import { calendarFile } from "../../../overrides/app/core/ics.ts";
import { addDays } from "../../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../../overrides/app/core/plan/plan.ts";
import { usualRounds } from "../../../overrides/app/core/plan/usual.ts";
import { divide } from "../../../overrides/app/core/plan/shares.ts";
import { encodeSettings } from "../../../overrides/app/core/share.ts";

export function readyMade(request) {
  const { catalogue, allocation, start, stamp, site } = request;
  const guide = { catalogue, allocation };
  const names = Object.fromEntries(catalogue.rounds.map((round) => [round.id, round.name]));
  const known = (rounds) => Object.fromEntries(Object.entries(rounds).filter(([round]) => round in names));

  function settingsFor({ role, level, company }, more) {
    const rounds = known(usualRounds(allocation, { company, level, role }));
    const none = { daysOff: [], tracks: [], strength: {}, topics: {}, split: "playbook", shares: {} };
    return { ...none, role, level, company, rounds, minutes: [0, 0, 0, 0, 0, 0, 0], interview: start, ...more };
  }

  const plans = {};
  for (const { id, days, minutes } of allocation.ready_made.plans) {
    const settings = settingsFor(allocation.ready_made, { minutes, interview: addDays(start, days) });
    const plan = makePlan(guide, settings, { since: start, ticks: [] }, start);
    const times = { kind: "all-day" };
    const name = "The Training Loop";
    const calendar = calendarFile(plan, { planId: id, times, site, name, stamp, rounds: names });
    plans[id] = { plan, calendar, link: encodeSettings(settings, start) };
  }

  // Forty hours, five weeks: one case after another, each with one thing changed.
  const theory = { "ml-breadth": "sure", "ml-depth": "sure", "ml-system-design": "sure" };
  const middle = { role: "ml-engineer", level: "mid", company: "large" };
  const cases = [
    ["The three rounds of the playbook", middle, { rounds: theory }],
    ["At entry level", { ...middle, level: "entry" }, { rounds: theory }],
    ["ML coding is confirmed", middle, { rounds: { ...theory, "ml-coding": "sure" } }],
    ["Weak on design", middle, { rounds: theory, strength: { "ml-system-design": "weak" } }],
    ["No depth round", middle, { rounds: { "ml-breadth": "sure", "ml-system-design": "sure" } }],
    ["Coding and behavioral rounds as well", middle, { rounds: { ...theory, coding: "sure", behavioral: "sure" } }],
    ["The same by loop", middle, { rounds: { ...theory, coding: "sure", behavioral: "sure" }, split: "loop" }],
  ];
  const total = 40 * 60;
  const examples = cases.map(([name, who, more]) => {
    const settings = settingsFor(who, { ...more, rounds: known(more.rounds) });
    const { inside, outside } = divide(catalogue, allocation, settings, total, 5);
    const beside = outside.reduce((sum, line) => sum + line.wanted, 0);
    const minutes = Object.fromEntries([
      ...inside.map(({ round, percent }) => [round, ((total - beside) * percent) / 100]),
      ...outside.map(({ round, wanted }) => [round, wanted]),
    ]);
    const percent = Object.fromEntries(inside.map((line) => [line.round, line.percent]));
    return { name, minutes, percent };
  });

  return { plans, examples };
}
