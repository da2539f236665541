/**
 * Plans that are lived with: random sessions are ticked in random order on random days, then the rest is planned anew.
 * What is done stays done, under an id that nothing else has; no kind of session is exempt.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addDays, daysBetween } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import type { Guide } from "../../overrides/app/core/plan/usual.ts";
import { defaultSettings, spreadHours } from "../../overrides/app/core/plan/settings.ts";
import type { Plan, Progress, Session, Settings, Tick } from "../../overrides/app/core/plan/types.ts";
import { bring, progressOf, tickOf, TICKS } from "../../overrides/app/core/records.ts";
import { chain, full, grown, growing, guideOf, real } from "./catalogues.ts";
import { violations } from "./invariants.ts";
import { settingsFor, TODAY } from "./settings.ts";

const RUNS = Number(process.env["RUNS"] ?? 100);

const GUIDES: Readonly<Record<string, () => Guide>> = {
  "the real guide": real,
  "the real guide with 40 more chapters": () => growing(40, 6),
  "a guide of full size": () => guideOf(full()),
  "a guide of 300 items": () => guideOf(grown(300, 3)),
  "a chain of 40 chapters": () => guideOf(chain(40)),
};

function sessionsOf(plan: Plan): Session[] {
  return plan.days.flatMap((day) => [...day.sessions]);
}

/** Numbers below 1 that come one after another, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Step {
  /** Days until the next replan. */
  readonly days: number;
  /** How much of what is planned so far is ticked, and of what is ahead. */
  readonly past: number;
  readonly ahead: number;
  readonly seed: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    days: fc.constantFrom(0, 1, 1, 2, 3, 7),
    past: fc.constantFrom(0, 0.3, 0.6, 0.9, 1),
    ahead: fc.constantFrom(0, 0, 0.1, 0.5),
    seed: fc.nat(1_000_000),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Ticks of a part of what is planned, in random order, each on a random day until today. */
function someTicks(plan: Plan, { past, ahead, seed }: Step, today: string): Tick[] {
  const next = numbers(seed);
  const chosen = sessionsOf(plan).filter((session) => next() < (session.date <= today ? past : ahead));
  const shuffled = chosen.map((session) => ({ session, at: next() })).sort((a, b) => a.at - b.at);
  const span = Math.max(0, daysBetween(plan.from, today));
  return shuffled.map(({ session }) => ({ ...tickOf(session, today), date: addDays(today, -Math.floor(next() * (span + 1))) }));
}

/** What a plan does again although it is done. */
function again(guide: Guide, ticks: readonly Tick[], plan: Plan): string[] {
  const found: string[] = [];
  const drilled = new Set(ticks.filter((tick) => tick.kind === "drill").flatMap((tick) => tick.items));
  const minutes = new Map<string, number>();
  const times = new Set<string>();
  const count = (kind: string, one: Pick<Session, "items" | "times" | "portion" | "minutes">): void => {
    one.items.forEach((id, at) => {
      const time = one.times?.[at];
      if (one.portion) {
        const unit = `${kind}:${id}:${time ?? ""}/${one.portion.of}`;
        minutes.set(unit, (minutes.get(unit) ?? 0) + one.minutes);
        if (one.portion.of > 0 && (minutes.get(unit) ?? 0) > one.portion.of) found.push(`${unit}: ${minutes.get(unit)} minutes`);
      } else if (time !== undefined) {
        const key = `${kind}:${id}:${time}`;
        if (times.has(key)) found.push(`${key} twice`);
        times.add(key);
      }
    });
  };
  for (const tick of ticks) count(tick.kind, tick);
  for (const session of sessionsOf(plan)) {
    count(session.kind, session);
    if (session.kind === "drill")
      for (const id of session.items) if (drilled.has(id) && id.includes("#")) found.push(`${id} is drilled again`);
    const whole = ticks.some((tick) => tick.kind === session.kind && !tick.skim && !tick.portion && tick.items.join() === session.items.join());
    if (whole && ["read", "run", "code", "debug", "design"].includes(session.kind) && session.times === undefined)
      found.push(`${session.id} is done again`);
  }
  return found;
}

describe("whatever is ticked, in whatever order, nothing that is done is planned and nothing that is planned is done", () => {
  for (const [name, make] of Object.entries(GUIDES))
    test(`in ${name}`, (context) => {
      const guide = make();
      let replans = 0;
      fc.assert(
        fc.property(settingsFor(guide, 90), steps, (settings, path) => {
          let today = TODAY;
          let progress: Progress = { since: TODAY, ticks: [] };
          let plan = makePlan(guide, settings, progress, today);
          for (const step of path) {
            today = addDays(today, step.days);
            const ticks = someTicks(plan, step, today);
            const keys = new Set([...progress.ticks, ...ticks].map((tick) => tick.id));
            assert.equal(keys.size, progress.ticks.length + ticks.length, "two ticks share a key");
            progress = progressOf(TODAY, [...progress.ticks, ...ticks]);
            plan = makePlan(guide, settings, progress, today);
            replans += 1;
            assert.deepEqual(violations(guide, settings, progress, today, plan), []);
            assert.deepEqual(again(guide, progress.ticks, plan), []);
          }
        }),
        { numRuns: RUNS },
      );
      context.diagnostic(`${replans} replans`);
    });
});

test("one problem that was left out is planned on, and no later one is taken for done", () => {
  // Everything until 7 December was done except one session of 1 December; on the 8th the rest is planned again.
  const guide = guideOf(full());
  const from = "2026-11-30";
  const settings: Settings = { ...defaultSettings(guide, from), interview: addDays(from, 28), minutes: spreadHours(7) };
  const first = makePlan(guide, settings, { since: from, ticks: [] }, from);
  const before = sessionsOf(first).filter((session) => session.date <= "2026-12-07");
  const missed = before.find((session) => session.items.includes("activity:timed-problems"));
  assert.ok(missed);
  const ticks = before.filter((session) => session !== missed).map((session) => tickOf(session, session.date));
  const second = makePlan(guide, settings, { since: from, ticks }, "2026-12-08");
  const ids = sessionsOf(second).map((session) => session.id);
  assert.ok(ids.includes(missed.id));
  assert.ok(!ids.some((id) => ticks.some((tick) => tick.id === id)));
});

test("a page of which the middle was read is read to both its ends, and no further", () => {
  const guide = guideOf(chain(1).map((item) => ({ ...item, minutes: 100, importance: "core" as const })));
  const settings = { ...defaultSettings(guide, TODAY), rounds: { "ml-breadth": "sure" as const }, minutes: [40, 40, 40, 40, 40, 40, 40] };
  const page = "topics/statistics/step-0";
  const tick: Tick = { id: `read:${page}@30-60/100`, date: TODAY, kind: "read", title: "", minutes: 30, round: "ml-breadth", items: [page], portion: { spans: [[30, 60]], of: 100 } };
  const plan = makePlan(guide, settings, { since: TODAY, ticks: [tick] }, TODAY);
  const spans = sessionsOf(plan).filter((one) => one.kind === "read").flatMap((one) => one.portion?.spans ?? []);
  assert.deepEqual(spans.map(([from]) => from).sort((a, b) => a - b)[0], 0);
  assert.equal(spans.reduce((sum, [from, to]) => sum + to - from, 0), 70);
  assert.ok(spans.every(([from, to]) => to <= 30 || from >= 60));
  const parts = sessionsOf(plan).filter((one) => one.kind === "read").map((one) => [one.part, one.parts]);
  assert.deepEqual(parts, parts.map((_, at) => [at + 2, parts.length + 1]));
});

test("a round that is short of a whole piece of work gets it, though that is a little more than its part", () => {
  const guide = guideOf(full());
  const settings: Settings = {
    ...defaultSettings(guide, TODAY),
    interview: addDays(TODAY, 2),
    minutes: [344, 463, 0, 0, 0, 0, 0],
    level: "entry",
    company: "start-up",
    rounds: {},
    split: "loop",
  };
  const first = makePlan(guide, settings, { since: TODAY, ticks: [] }, TODAY);
  const ticks = sessionsOf(first).filter((session) => session.date === TODAY).map((session) => tickOf(session, TODAY));
  const progress = { since: TODAY, ticks };
  const second = makePlan(guide, settings, progress, TODAY);
  assert.deepEqual(violations(guide, settings, progress, TODAY, second), []);
});

test("the lists for the day are looked at once for each interview", () => {
  const guide = real();
  const settings = { ...defaultSettings(guide, TODAY), interview: addDays(TODAY, 1), minutes: [300, 0, 0, 0, 0, 0, 0] };
  const lists = (plan: Plan): Session[] => sessionsOf(plan).filter((one) => /^review:(on-the-day|day-before)/.test(one.id));
  const first = lists(makePlan(guide, settings, { since: TODAY, ticks: [] }, TODAY));
  assert.ok(first.length >= 2);
  const ticks = first.map((session) => ({ ...tickOf(session, TODAY), minutes: 0 }));
  assert.deepEqual(lists(makePlan(guide, settings, { since: TODAY, ticks }, TODAY)), []);
  const next = { ...settings, interview: addDays(TODAY, 2), minutes: [300, 300, 0, 0, 0, 0, 0] };
  assert.ok(lists(makePlan(guide, next, { since: TODAY, ticks }, TODAY)).length > 0);
});

// --- Ticks that were made while ids were counters -------------------------------------------------------------------

function migrated(tick: object & { readonly id: string }): Tick {
  const brought = bring(TICKS, 1, tick.id, tick, "tick");
  assert.ok(brought.ok, JSON.stringify(brought));
  return brought.value;
}

const page = "topics/statistics/step-0";
const old = { date: TODAY, title: "", round: "ml-breadth", minutes: 20 };

test("a part of a page that was ticked under a counter still counts by its minutes", () => {
  const guide = guideOf(chain(1).map((item) => ({ ...item, minutes: 60 })));
  const settings = { ...defaultSettings(guide, TODAY), rounds: { "ml-breadth": "sure" as const } };
  const ticks = [1, 2].map((part) => migrated({ ...old, id: `read:${page}~${part}`, kind: "read", items: [page] }));
  const plan = makePlan(guide, settings, { since: TODAY, ticks }, addDays(TODAY, 1));
  const left = sessionsOf(plan).filter((one) => one.kind === "read").reduce((sum, one) => sum + one.minutes, 0);
  assert.equal(left, 20);
});

test("times, questions and reviews that were ticked under counters stay done", () => {
  const guide = guideOf(full());
  const settings = { ...defaultSettings(guide, TODAY), minutes: spreadHours(20) };
  const questions = guide.catalogue.items.filter((item) => item.page === "topics/model-evaluation/bias-variance").map((item) => item.id);
  const ticks = [
    migrated({ ...old, id: "code:timed-problems:2", kind: "code", items: ["activity:timed-problems"] }),
    migrated({ ...old, id: "story:six-stories:1~1", kind: "story", items: ["activity:six-stories"] }),
    migrated({ ...old, id: "drill:topics/model-evaluation/bias-variance:1", kind: "drill", items: questions.slice(0, 8) }),
    migrated({ ...old, id: "review:1", kind: "review", items: ["topics/model-evaluation/bias-variance"] }),
  ];
  const plan = makePlan(guide, settings, { since: TODAY, ticks }, TODAY);
  assert.deepEqual(again(guide, ticks, plan), []);
  assert.deepEqual(violations(guide, settings, { since: TODAY, ticks }, TODAY, plan), []);
  const sessions = sessionsOf(plan);
  assert.ok(sessions.some((one) => one.id === "code:timed-problems:1") && !sessions.some((one) => one.id === "code:timed-problems:2"));
  const stories = sessions.filter((one) => one.items.includes("activity:six-stories")).reduce((sum, one) => sum + one.minutes, 0);
  assert.equal(stories, 40);
  const back = sessions.filter((one) => one.kind === "review" && one.items.includes("topics/model-evaluation/bias-variance"));
  const counts = back.flatMap((one) => one.items.flatMap((id, at) => (id === "topics/model-evaluation/bias-variance" ? [one.times?.[at]] : [])));
  assert.ok(!counts.includes(1));
});

test("every tick of version 1 is brought up to date without loss", () => {
  for (const id of ["read:a", "read:a~1", "skim:a", "drill:a:3", "drill:a:3~2", "review:9", "review:on-the-day", "mock:mock-depth:2", "debug:plant-a-bug:2~1"]) {
    const kind = id.startsWith("skim") ? "read" : (id.split(":")[0] as string);
    const items = /mock|plant/.test(id) ? [`activity:${id.split(":")[1]}`] : ["a"];
    const tick = { ...old, id, kind, items };
    const { portion: _portion, times: _times, ...rest } = migrated(tick);
    assert.deepEqual(rest, tick);
  }
});
