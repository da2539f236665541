/** Where a reader is in a plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import { dateFault } from "../../overrides/app/core/plan/today.ts";
import type { Session, Tick } from "../../overrides/app/core/plan/types.ts";
import { agendaOf, beginsInShort, nextSession, placeOfPage, questionsIn, sessionAt, standing, type Ticks } from "../../overrides/app/core/plan/where.ts";
import { AGENDA, bring, tickOf } from "../../overrides/app/core/records.ts";
import { full, guideOf, real } from "./catalogues.ts";
import { TODAY } from "./settings.ts";

const guide = guideOf(full());
const plan = makePlan(guide, defaultSettings(guide, TODAY), { since: TODAY, ticks: [] }, TODAY);
const sessions = plan.days.flatMap((day) => [...day.sessions]);
const agenda = agendaOf(plan, TODAY, (round) => `The round ${round}`);
const done = (...list: Session[]): Ticks => new Map(list.map((session) => [session.id, tickOf(session, session.date)]));
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test("a page belongs to its first open session, then to the last that is done", () => {
  const about = (page: string): Session[] => sessions.filter((session) => session.entries.some((entry) => entry.url.startsWith(page)));
  const page = sessions.map((session) => session.url.replace(/#.*/, "")).find((url) => url !== "" && about(url).length > 1) as string;
  const own = about(page);
  assert.ok(own.length > 1);
  assert.equal(sessionAt(agenda, page, done())?.id, own[0]?.id);
  assert.equal(sessionAt(agenda, page, done(own[0] as Session))?.id, own[1]?.id);
  assert.equal(sessionAt(agenda, page, done(...own))?.id, own[own.length - 1]?.id);
  assert.equal(sessionAt(agenda, "topics/model-evaluation/bias/", done()), null);
  assert.equal(sessionAt(agenda, "", done()), null);
});

test("within a sitting the next page of it comes next, then the next session", () => {
  const sitting = sessions.find((session) => session.entries.length > 2) as Session;
  const at = (index: number) => placeOfPage(agenda, sitting.entries[index]?.url.replace(/#.*/, "") as string, done());
  const last = sitting.entries.length - 1;
  assert.deepEqual([at(0)?.step, at(0)?.steps], [1, last + 1]);
  assert.equal(at(0)?.next?.url, sitting.entries[1]?.url);
  assert.equal(at(0)?.next?.together, true);
  const end = at(last);
  assert.equal(end?.next?.together, false);
  assert.equal(end?.next?.title, nextSession(agenda, done(), sitting)?.title);
});

test("a page is done when its session is, and says so with what comes next", () => {
  const session = sessions.find((one) => one.url !== "") as Session;
  const path = session.url.replace(/#.*/, "");
  const others = sessions.filter((one) => one !== session && one.entries.some((entry) => entry.url.startsWith(path)));
  assert.equal(placeOfPage(agenda, path, done(...others))?.done, false);
  const after = placeOfPage(agenda, path, done(session, ...others));
  assert.equal(after?.done, true);
  assert.ok(after?.next);
  // It stays the session of the page while the reader is there, though the page is planned again later.
  const [first, second] = sessions.filter((one) => one.url !== "" && sessions.some((other) => other !== one && other.entries.some((entry) => entry.url === one.url)));
  assert.ok(first && second);
  const held = placeOfPage(agenda, first.url.replace(/#.*/, ""), done(first), first.id);
  assert.deepEqual([held?.session.id, held?.done], [first.id, true]);
});

test("an agenda is kept and comes back as it was", () => {
  const brought = bring(AGENDA, 1, "current", JSON.parse(JSON.stringify(agenda)), "agenda");
  assert.ok(brought.ok, JSON.stringify(brought));
  assert.deepEqual(brought.value, agenda);
});

test("what has no page of its own leads to the best that there is", () => {
  for (const session of makePlan(real(), defaultSettings(real(), TODAY), { since: TODAY, ticks: [] }, TODAY).days.flatMap((day) => day.sessions))
    if (!session.id.startsWith("review:day-before")) assert.notEqual(session.url || session.entries[0]?.url, "", session.id);
});

test("next is the first session without a tick, after the one that is being done", () => {
  const [first, second, third] = sessions as [Session, Session, Session];
  assert.equal(nextSession(agenda, done())?.id, first.id);
  assert.equal(nextSession(agenda, done(first))?.id, second.id);
  assert.equal(nextSession(agenda, done(), second)?.id, third.id);
  // At the end it goes back to what was left out.
  assert.equal(nextSession(agenda, done(...sessions.slice(1)), sessions[sessions.length - 1])?.id, first.id);
  assert.equal(nextSession(agenda, done(...sessions)), null);
});

test("who is at a session of today has the rest of today first, whichever was done out of its turn", () => {
  const day = (plan.days.find((one) => one.sessions.length > 2) ?? { date: "", sessions: [] });
  const own = [...day.sessions];
  const last = own[own.length - 1] as Session;
  assert.equal(nextSession(agenda, done(last), last, day.date)?.id, own[0]?.id);
  assert.equal(nextSession(agenda, done(last, own[0] as Session), last, day.date)?.id, own[1]?.id);
  const later = sessions[sessions.indexOf(last) + 1] as Session;
  assert.equal(nextSession(agenda, done(...own), last, day.date)?.id, later.id);
  // Who reads ahead goes on from there.
  const after = sessions[sessions.indexOf(later) + 1] as Session;
  assert.equal(nextSession(agenda, done(), later, day.date)?.id, after.id);
});

test("a drill says how many questions it has, and whether a short answer comes first", () => {
  const drill = { ...(sessions[0] as Session), kind: "drill" as const, title: "In short, then 2 questions on A", items: ["topics/a", "topics/a#x", "topics/a#y"] };
  assert.deepEqual([questionsIn(drill), beginsInShort(drill)], [2, true]);
  assert.deepEqual([questionsIn({ ...drill, kind: "read" }), beginsInShort({ ...drill, kind: "read" })], [0, false]);
  assert.equal(beginsInShort({ ...drill, title: "2 questions on A" }), false);
});

test("standing adds up: what is done, what is due and what is missed, by round", () => {
  const today = addDays(TODAY, 7);
  const past = sessions.filter((session) => session.date < today);
  const ticked = past.filter((_, at) => at % 2 === 0);
  const earlier: Tick = { id: "story:earlier:1", date: TODAY, kind: "story", title: "", minutes: 30, round: "behavioral", items: ["activity:earlier"] };
  const now = standing(agenda, new Map([...done(...ticked), [earlier.id, earlier]]), today);
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
