/** The invariants of a plan, for every input that the form lets through, over guides of every shape. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addDays, daysBetween } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { type Guide, usualRounds } from "../../overrides/app/core/plan/usual.ts";
import { change, defaultSettings, spreadHours } from "../../overrides/app/core/plan/settings.ts";
import type { Item, Plan, Progress, Session, Settings, Tick } from "../../overrides/app/core/plan/types.ts";
import { tickOf } from "../../overrides/app/core/records.ts";
import { chain, full, grown, growing, guideOf, real } from "./catalogues.ts";
import { violations } from "./invariants.ts";
import { progressFor, settingsFor, TODAY } from "./settings.ts";

// Of each guide, so several thousand in all; RUNS=20000 looks longer.
const RUNS = Number(process.env["RUNS"] ?? 300);
const NOTHING: Progress = { since: TODAY, ticks: [] };

const GUIDES: Readonly<Record<string, () => Guide>> = {
  "the real guide": real,
  "the real guide with 10 more chapters": () => growing(10, 1),
  "the real guide with 40 more chapters": () => growing(40, 2),
  "the real guide with 120 more chapters": () => growing(120, 3),
  "an empty guide": () => guideOf([]),
  "a guide with one chapter": () => guideOf(chain(1)),
  "a guide of 200 items": () => guideOf(grown(200)),
  "a guide of full size": () => guideOf(full()),
  "a guide of 2,000 items": () => guideOf(grown(2000, 7)),
  "a chain of 60 chapters": () => guideOf(chain(60)),
  "a chain of 500 chapters": () => guideOf(chain(500)),
};

describe("whatever the form lets through, the plan holds", () => {
  for (const [name, make] of Object.entries(GUIDES)) {
    test(`for ${name}`, () => {
      const guide = make();
      fc.assert(
        fc.property(settingsFor(guide), progressFor(guide), (settings, progress) => {
          const plan = makePlan(guide, settings, progress, TODAY);
          assert.deepEqual(violations(guide, settings, progress, TODAY, plan), []);
        }),
        { numRuns: RUNS },
      );
    });
  }
});

function usual(guide: Guide, more: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(guide, TODAY), ...more };
}

function sessionsOf(plan: Plan): Session[] {
  return plan.days.flatMap((day) => [...day.sessions]);
}

/** The same value with the fields of every object in another order. */
function shuffled<T>(value: T): T {
  if (Array.isArray(value)) return value.map(shuffled) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, one]) => [key, shuffled(one)])) as T;
}

test("the same input gives the same plan, in whatever order its fields are written", () => {
  const guide = guideOf(grown(200));
  fc.assert(
    fc.property(settingsFor(guide), progressFor(guide), (settings, progress) => {
      const plan = makePlan(guide, settings, progress, TODAY);
      assert.deepEqual(makePlan(guide, settings, progress, TODAY), plan);
      const { rounds, strength, topics, shares } = settings;
      const mixed = { ...settings, rounds: shuffled(rounds), strength: shuffled(strength), topics: shuffled(topics), shares: shuffled(shares) };
      assert.deepEqual(makePlan(guide, shuffled(mixed), shuffled(progress), TODAY), plan);
    }),
    { numRuns: 200 },
  );
});

test("a debug twin comes after its code, and an exercise whose task is to debug is planned once", () => {
  const common = { kind: "exercise", rounds: ["ml-coding"], level: "mid", importance: "core", tracks: ["general"], minutes: 30, debug: true } as const;
  const twin: Item = { ...common, id: "twin", url: "twin/", title: "Twin", pattern: "array" };
  const repair: Item = { ...common, id: "repair", url: "repair/", title: "Repair", pattern: "debugging" };
  const guide = guideOf([twin, repair]);
  const settings = usual(guide, { rounds: { "ml-coding": "sure" } });
  const kinds = (of: Item): string[] => sessionsOf(makePlan(guide, settings, NOTHING, TODAY)).filter(({ items }) => items.includes(of.id)).map(({ kind }) => kind);
  assert.ok(kinds(twin).indexOf("debug") > kinds(twin).indexOf("code"));
  assert.ok(kinds(repair).includes("code"));
  assert.ok(!kinds(repair).includes("debug"));
});

test("the plan changes nothing that it is given", () => {
  const freeze = <T>(value: T): T => {
    if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  const guide = freeze(structuredClone(guideOf(grown(200))));
  makePlan(guide, freeze(structuredClone(usual(guide))), freeze(structuredClone(NOTHING)), TODAY);
});

test("scarce time is used: little of it is left free while something is left out", () => {
  const guide = guideOf(grown(2000));
  for (const hours of [3, 6, 10, 20])
    for (const days of [7, 14, 35, 90]) {
      const settings = usual(guide, { interview: addDays(TODAY, days), minutes: spreadHours(hours) });
      const plan = makePlan(guide, settings, NOTHING, TODAY);
      const before = plan.days.filter((day) => !day.light);
      const available = before.reduce((sum, day) => sum + day.available, 0);
      const planned = before.reduce((sum, day) => sum + day.planned, 0);
      assert.ok(planned >= 0.92 * available, `${hours} h a week, ${days} days: ${planned} of ${available}`);
    }
});

test("what is done is never planned again, and what is left is planned forward", () => {
  const guide = guideOf(grown(300));
  const settings = usual(guide, { interview: addDays(TODAY, 28) });
  const first = makePlan(guide, settings, NOTHING, TODAY);
  // Half of the first week was done; then three days were missed.
  const done = sessionsOf(first).filter((session) => session.date < addDays(TODAY, 7)).filter((_, at) => at % 2 === 0);
  const ticks = done.map((session) => tickOf(session, session.date));
  const today = addDays(TODAY, 7);
  const second = makePlan(guide, settings, { since: TODAY, ticks }, today);
  assert.deepEqual(violations(guide, settings, { since: TODAY, ticks }, today, second), []);
  const again = new Set(sessionsOf(second).map((session) => session.id));
  for (const tick of ticks) assert.ok(!again.has(tick.id), `${tick.id} again`);
  assert.ok(sessionsOf(second).every((session) => session.date >= today));
  const missed = sessionsOf(first).find((session) => session.date < today && session.kind === "read" && !done.includes(session));
  assert.ok(missed);
  const planned = new Set(sessionsOf(second).flatMap((session) => session.items));
  for (const id of missed.items) assert.ok(planned.has(id), `${id} was missed and is planned`);
});

test("what was done for a round counts towards its share", () => {
  const guide = guideOf(grown(600));
  const settings = usual(guide, { rounds: { "ml-breadth": "sure", "ml-system-design": "sure" } });
  const part = (progress: Progress): number =>
    makePlan(guide, settings, progress, TODAY).shares.find((line) => line.round === "ml-breadth")?.planned ?? 0;
  const tick: Tick = { id: "x", date: addDays(TODAY, -1), kind: "story", title: "", minutes: 300, round: "ml-breadth", items: [] };
  assert.ok(part({ since: addDays(TODAY, -2), ticks: [tick] }) < part(NOTHING) - 100);
  // Before this plan was begun it was another matter.
  assert.equal(part({ since: TODAY, ticks: [tick] }), part(NOTHING));
});

test("a page that is known is not read, and what needs it may come", () => {
  const guide = guideOf(chain(10));
  const settings = usual(guide, { rounds: { "ml-breadth": "sure" } });
  const known: Tick[] = [0, 1, 2].map((at) => {
    const id = `topics/statistics/step-${at}`;
    return { id: `read:${id}`, date: TODAY, kind: "read", title: id, minutes: 0, round: "", items: [id] };
  });
  const titles = sessionsOf(makePlan(guide, settings, { since: TODAY, ticks: known }, TODAY)).filter((one) => one.kind === "read");
  assert.ok(!titles.some((one) => known.some((tick) => one.items.includes(tick.items[0] as string))));
  assert.ok(titles.some((one) => one.items.includes("topics/statistics/step-3")));
});

test("a renamed page stays read, and one that is gone does no harm", () => {
  const items = chain(4);
  const renamed = items.map((item, at) => (at === 1 ? { ...item, aliases: ["topics/statistics/old-name"] } : item));
  const ticks: Tick[] = ["topics/statistics/old-name", "topics/statistics/never-was"].map((id) => {
    return { id: `read:${id}`, date: TODAY, kind: "read", title: id, minutes: 25, round: "ml-breadth", items: [id] };
  });
  const guide = guideOf(renamed);
  const plan = makePlan(guide, usual(guide, { rounds: { "ml-breadth": "sure" } }), { since: TODAY, ticks }, TODAY);
  assert.ok(!sessionsOf(plan).some((one) => one.kind === "read" && one.items.includes("topics/statistics/step-1")));
});

test("mock interviews of one kind keep their distance, wherever the last third has days for it", () => {
  const guide = guideOf(full());
  const every = new Map(guide.allocation.activities.map((one) => [`activity:${one.id}`, one.every]));
  for (const days of [42, 56, 84]) {
    const plan = makePlan(guide, usual(guide, { interview: addDays(TODAY, days) }), NOTHING, TODAY);
    const met = new Map<string, string>();
    for (const { kind, items, date } of sessionsOf(plan)) {
      const subject = items[0] ?? "";
      if (kind !== "mock") continue;
      const before = met.get(subject);
      if (before) assert.ok(daysBetween(before, date) >= (every.get(subject) as number), `${subject} on ${before} and ${date}`);
      met.set(subject, date);
    }
    assert.ok(met.size >= 5);
  }
});

test("with little time most of the theory is said aloud, not read", () => {
  const guide = guideOf(full());
  const part = (days: number, minutes: readonly number[]): number => {
    const settings = usual(guide, { interview: addDays(TODAY, days), minutes });
    const sessions = sessionsOf(makePlan(guide, settings, NOTHING, TODAY));
    const spent = (kind: string): number => sessions.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.minutes, 0);
    const aloud = spent("drill") + spent("mock") + spent("design");
    return aloud / (spent("read") + aloud);
  };
  assert.ok(part(1, [180, 0, 0, 0, 0, 0, 0]) > 0.44, "an evening");
  assert.ok(part(7, [0, 0, 0, 0, 0, 360, 300]) > 0.65, "a weekend");
  assert.ok(part(14, spreadHours(8)) > 0.68, "two weeks");
});

test("a recruiter screen that is only possible gets its introduction, also with little time", () => {
  const guide = guideOf(full());
  for (const [days, hours] of [[5, 8], [7, 6], [14, 4], [28, 8]] as const) {
    const settings = usual(guide, { interview: addDays(TODAY, days), minutes: spreadHours(hours) });
    assert.equal(settings.rounds["recruiter-screen"], "maybe");
    const titles = sessionsOf(makePlan(guide, settings, NOTHING, TODAY)).flatMap((one) => one.items);
    assert.ok(titles.includes("activity:recruiter-story"), `${days} days, ${hours} h a week`);
  }
});

test("under scarcity the core of the chosen rounds and weak areas is what stays", () => {
  const weak = "statistics";
  // Over several guides: one of them may have little to offer in the weak area.
  const planned: Item[] = [];
  const serving: Item[] = [];
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const guide = guideOf(grown(2000, seed));
    const items = new Map(guide.catalogue.items.map((item) => [item.id, item]));
    const settings = usual(guide, {
      interview: addDays(TODAY, 21),
      minutes: spreadHours(6),
      rounds: { "ml-breadth": "sure" },
      topics: { [weak]: "weak" },
    });
    const ids = sessionsOf(makePlan(guide, settings, NOTHING, TODAY)).flatMap((one) => one.items);
    planned.push(...ids.map((id) => items.get(id)).filter((item) => item?.kind === "chapter") as Item[]);
    serving.push(...guide.catalogue.items.filter((item) => item.kind === "chapter" && item.rounds?.includes("ml-breadth")));
  }
  const rate = (list: readonly Item[], which: (item: Item) => boolean): number => list.filter(which).length / list.length;
  const core = (item: Item): boolean => item.importance === "core";
  const weakOne = (item: Item): boolean => item.area === weak;
  assert.ok(rate(planned, core) > rate(serving, core) + 0.2);
  assert.ok(rate(planned, weakOne) > rate(serving, weakOne));
});

for (const [name, guide] of Object.entries({ "the real guide": real(), "a grown one": growing(40, 4), "a much grown one": growing(120, 5) }))
  test(`in ${name} a page of another round is planned only with what needs it`, () => {
  const settings = usual(guide, { interview: addDays(TODAY, 1), minutes: [120, 120, 120, 120, 120, 120, 120], rounds: { "ml-breadth": "sure" } });
  const plan = makePlan(guide, settings, NOTHING, TODAY);
  const items = new Map(guide.catalogue.items.map((item) => [item.id, item]));
  const drilled = new Set(sessionsOf(plan).filter((one) => one.kind === "drill").flatMap((one) => one.items.map((id) => items.get(id)?.page)));
  const planned = sessionsOf(plan).flatMap((one) => one.items);
  const needed = new Set(planned.flatMap((id) => items.get(items.get(id)?.page ?? id)?.prerequisites ?? []));
  const read = sessionsOf(plan).filter((one) => one.kind === "read").flatMap((one) => one.items);
  assert.ok(read.length > 2);
  for (const id of read) assert.ok(items.get(id)?.rounds?.includes("ml-breadth") || drilled.has(id) || needed.has(id), id);
});

test("a page of another round that nothing planned needs takes no time, however much there is", () => {
  const [first, second, third] = chain(3);
  assert.ok(first && second && third);
  // The third is for this round and needs the second; nothing at its length fits, so the second would be for nothing.
  const items = [{ ...first, prerequisites: [] }, { ...second, rounds: ["coding"], short: 2, prerequisites: [] }, { ...third, short: 200, minutes: 300, prerequisites: [second.id] }];
  const guide = guideOf(items);
  const settings = usual(guide, { interview: addDays(TODAY, 1), minutes: [120, 120, 120, 120, 120, 120, 120], rounds: { "ml-breadth": "sure" } });
  const planned = new Set(sessionsOf(makePlan(guide, settings, NOTHING, TODAY)).flatMap((one) => one.items));
  assert.ok(planned.has(first.id) && !planned.has(third.id));
  assert.ok(!planned.has(second.id));
});

test("what is left out is told with a reason, the most valuable first", () => {
  const guide = guideOf(grown(600));
  const plan = makePlan(guide, usual(guide), NOTHING, TODAY);
  assert.ok(plan.left.length > 20);
  for (const left of plan.left) assert.match(left.why, /\w.*\.$/);
  // What comes first is something else: not the short version of the same page.
  for (const left of plan.left) assert.ok(!left.why.includes(`needs ${left.title} `), `${left.title}: ${left.why}`);
  const planned = new Set(sessionsOf(plan).map((session) => session.id));
  for (const left of plan.left) assert.ok(!planned.has(left.id), left.id);
});

test("with more time than material it says so, and books review", () => {
  const guide = guideOf(chain(3));
  const settings = usual(guide, { interview: addDays(TODAY, 80), rounds: { "ml-breadth": "sure" } });
  const plan = makePlan(guide, settings, NOTHING, TODAY);
  assert.ok(plan.notices.some((notice) => notice.code === "more-time"));
  const backs = sessionsOf(plan).filter((one) => one.kind === "review" && one.items.includes("topics/statistics/step-0"));
  assert.ok(backs.length >= 3);
});

const OFFERS: readonly (readonly [string, Partial<Settings>])[] = [
  ["past", { interview: addDays(TODAY, -1) }],
  ["no-date", { interview: "" }],
  ["no-minutes", { minutes: [0, 0, 0, 0, 0, 0, 0] }],
  ["all-off", { interview: addDays(TODAY, 3), daysOff: [0, 1, 2].map((day) => addDays(TODAY, day)), minutes: [60, 60, 60, 60, 60, 60, 60] }],
  ["no-day", { interview: addDays(TODAY, 2), minutes: [0, 0, 0, 0, 0, 120, 120] }],
];

for (const [code, more] of OFFERS)
  test(`"${code}" is told, and what it offers gives a plan`, () => {
    const guide = guideOf(grown(200));
    const settings = usual(guide, more);
    const plan = makePlan(guide, settings, NOTHING, TODAY);
    assert.equal(sessionsOf(plan).length, 0);
    const notice = plan.notices.find((one) => one.code === code);
    assert.equal(notice?.tone, "warning");
    const better = makePlan(guide, { ...settings, ...notice?.offer?.change }, NOTHING, TODAY);
    assert.ok(sessionsOf(better).length > 0);
  });

test("too much is cut, no round is replaced, today is the last hour: each is told and planned", () => {
  const guide = guideOf(grown(200));
  const codes = (more: Partial<Settings>): string[] => {
    const plan = makePlan(guide, usual(guide, more), NOTHING, TODAY);
    assert.ok(sessionsOf(plan).length > 0);
    return plan.notices.map((notice) => notice.code);
  };
  assert.ok(codes({ minutes: [1440, 0, 0, 0, 0, 0, 0] }).includes("too-much"));
  assert.ok(codes({ rounds: {} }).includes("no-rounds"));
  assert.ok(codes({ rounds: { "a-round-that-is-gone": "sure" } }).includes("no-rounds"));
  assert.ok(codes({ interview: TODAY }).includes("today"));
  assert.ok(codes({ interview: addDays(TODAY, 500) }).includes("far"));
  assert.ok(codes({ shares: { "ml-breadth": 90, "ml-depth": 90 } }).includes("overbooked"));
});

test("the usual loop of every company, level and role names rounds that the guide knows", () => {
  const { allocation, catalogue } = real();
  const known = new Set(catalogue.rounds.map((round) => round.id));
  for (const company of Object.keys(allocation.names.companies))
    for (const level of Object.keys(allocation.names.levels))
      for (const role of Object.keys(allocation.names.roles)) {
        const rounds = Object.keys(usualRounds(allocation, { company, level, role }));
        assert.ok(rounds.length >= 4);
        assert.ok(rounds.every((round) => known.has(round)));
      }
});

test("a role brings its rounds and its field, and takes them away again, unless the reader chose otherwise", () => {
  const guide = real();
  const usual = defaultSettings(guide, TODAY);
  const llm = change(usual, { role: "llm-engineer" }, guide);
  assert.equal(llm.rounds["genai-system-design"], "sure");
  assert.deepEqual(llm.tracks, ["language"]);
  assert.deepEqual(change(llm, { role: usual.role }, guide), usual);
  const own = change({ ...usual, tracks: ["vision"], rounds: { coding: "sure" } }, { role: "llm-engineer" }, guide);
  assert.deepEqual([own.tracks, own.rounds], [["vision"], { coding: "sure" }]);
});
