/** Where a reader is in a plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import { dateFault } from "../../overrides/app/core/plan/today.ts";
import type { Progress, Session, Tick } from "../../overrides/app/core/plan/types.ts";
import { nextSession, sessionOfPage, standing } from "../../overrides/app/core/plan/where.ts";
import { tickOf } from "../../overrides/app/core/records.ts";
import { full, guideOf } from "./catalogues.ts";
import { TODAY } from "./settings.ts";

const guide = guideOf(full());
const plan = makePlan(guide, defaultSettings(guide, TODAY), { since: TODAY, ticks: [] }, TODAY);
const sessions = plan.days.flatMap((day) => [...day.sessions]);
const done = (...list: Session[]): Progress => ({ since: TODAY, ticks: list.map((session) => tickOf(session, session.date)) });
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test("a page belongs to its first open session, then to the last that is done", () => {
  const page = "topics/model-evaluation/bias-variance";
  const own = sessions.filter((session) => session.items.some((id) => id.startsWith(page)));
  assert.ok(own.length > 0);
  assert.equal(sessionOfPage(plan, page)?.id, own[0]?.id);
  assert.equal(sessionOfPage(plan, page, done(own[0] as Session))?.id, (own[1] ?? own[0])?.id);
  assert.equal(sessionOfPage(plan, page, done(...own))?.id, own[own.length - 1]?.id);
  assert.equal(sessionOfPage(plan, "topics/model-evaluation/bias"), null);
});

test("next is the first session without a tick, after the one that is being done", () => {
  const [first, second, third] = sessions as [Session, Session, Session];
  assert.equal(nextSession(plan, done())?.id, first.id);
  assert.equal(nextSession(plan, done(first))?.id, second.id);
  assert.equal(nextSession(plan, done(), second)?.id, third.id);
  // At the end it goes back to what was left out.
  assert.equal(nextSession(plan, done(...sessions.slice(1)), sessions[sessions.length - 1])?.id, first.id);
  assert.equal(nextSession(plan, done(...sessions)), null);
});

test("standing adds up: what is done, what is due and what is missed, by round", () => {
  const today = addDays(TODAY, 7);
  const past = sessions.filter((session) => session.date < today);
  const ticked = past.filter((_, at) => at % 2 === 0);
  const earlier: Tick = { id: "story:earlier:1", date: TODAY, kind: "story", title: "", minutes: 30, round: "behavioral", items: ["activity:earlier"] };
  const progress = { since: TODAY, ticks: [...done(...ticked).ticks, earlier] };
  const now = standing(plan, progress, today);
  assert.equal(now.done, ticked.length + 1);
  assert.equal(now.all, sessions.length + 1);
  assert.deepEqual(now.missed, past.filter((session) => !ticked.includes(session)));
  assert.equal(now.behind, sum(now.missed.map((session) => session.minutes)));
  assert.equal(sum(now.rounds.map((line) => line.whole)), plan.totals.planned + 30);
  assert.equal(sum(now.rounds.map((line) => line.done)), sum(ticked.map((session) => session.minutes)) + 30);
  assert.equal(sum(now.rounds.map((line) => line.due)) - sum(now.rounds.map((line) => line.done)), now.behind);
  for (const line of now.rounds) assert.ok(line.done <= line.whole && line.due <= line.whole);
});

test("a day that cannot be planned for is refused in words", () => {
  assert.equal(dateFault(addDays(TODAY, 28), TODAY), "");
  assert.equal(dateFault(addDays(TODAY, -3), TODAY), "");
  assert.equal(dateFault(addDays(TODAY, 364), TODAY), "");
  assert.match(dateFault(addDays(TODAY, 365), TODAY), /More than a year/);
  for (const text of ["", "2026-02-30", "soon"]) assert.match(dateFault(text, TODAY), /No day/);
});
