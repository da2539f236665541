/** What a plan holds whatever else is worth more a minute: designs, code, mocks, and with time the core read whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { change, defaultSettings, spreadHours } from "../../overrides/app/core/plan/settings.ts";
import type { Item, Plan, Progress, Session, Settings } from "../../overrides/app/core/plan/types.ts";
import type { Guide } from "../../overrides/app/core/plan/usual.ts";
import { paidBy, tickOf } from "../../overrides/app/core/records.ts";
import { full, guideOf, real } from "./catalogues.ts";
import { TODAY } from "./settings.ts";

const NOTHING: Progress = { since: TODAY, ticks: [] };
const guide = real();
const items = new Map(guide.catalogue.items.map((item) => [item.id, item]));
const FRAMEWORK = "system-design/overview";

function settingsOf(level: string, days: number, hours: number, rounds: readonly string[] = []): Settings {
  const usual = change(defaultSettings(guide, TODAY), { level }, guide);
  const chosen = rounds.length === 0 ? {} : { rounds: Object.fromEntries(rounds.map((round) => [round, "sure" as const])) };
  return { ...usual, interview: addDays(TODAY, days), minutes: spreadHours(hours), ...chosen };
}

function planOf(settings: Settings, of: Guide = guide): Plan {
  return makePlan(of, settings, NOTHING, TODAY);
}

function sessionsOf(plan: Plan): Session[] {
  return plan.days.flatMap((day) => [...day.sessions]);
}

function minutesOf(plan: Plan, round: string): number {
  return [...plan.shares, ...plan.bookings].find((line) => line.round === round)?.planned ?? 0;
}

const isLast = ({ part, parts }: Session): boolean => part === parts;
const reads = (plan: Plan, kind: string): Session[] =>
  sessionsOf(plan).filter((one) => one.kind === "read" && !one.skim && isLast(one) && items.get(one.items[0] ?? "")?.kind === kind);
const designs = (plan: Plan): Session[] => sessionsOf(plan).filter((one) => one.kind === "design" && isLast(one));

const DESIGN_LOOPS: readonly (readonly [string, number, number, readonly string[]])[] = [
  ["senior", 1, 40, ["ml-system-design"]],
  ["senior", 1, 35, ["genai-system-design"]],
  ["mid", 2, 35, ["case-study"]],
  ["senior", 3, 35, ["ml-system-design", "genai-system-design"]],
  ["entry", 14, 15, []],
  ["mid", 14, 15, []],
  ["mid", 28, 6.75, []],
  ["senior", 28, 15, []],
  ["mid", 56, 8, []],
];

for (const [level, days, hours, rounds] of DESIGN_LOOPS)
  test(`${level}, ${days} days, ${hours} h a week, ${rounds.join(" and ") || "the usual loop"}: two hours of ML design hold a case read and a design aloud`, () => {
    const plan = planOf(settingsOf(level, days, hours, rounds));
    const minutes = ["ml-system-design", "genai-system-design", "case-study"].reduce((sum, round) => sum + minutesOf(plan, round), 0);
    const least = Math.max(1, Math.floor(minutes / 150));
    assert.ok(reads(plan, "case").length >= least, `${reads(plan, "case").length} cases in ${minutes} minutes`);
    assert.ok(designs(plan).length >= least, `${designs(plan).length} designs in ${minutes} minutes`);
  });

/** What a plan of a month with eight hours a week must not leave out, whatever else changes. */
const EXPECTED: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "staff",
    "recommendation",
    [
      "topics/recommendation/collaborative-filtering",
      "topics/recommendation/retrieval-and-two-tower",
      "topics/recommendation/ranking-models",
      "topics/recommendation/learning-to-rank",
      "topics/statistics/ab-testing",
      "topics/production-ml/monitoring-and-drift",
      "topics/production-ml/deployment-and-serving",
    ],
  ],
  [
    "senior",
    "language",
    [
      "topics/language-models/attention-and-transformers",
      "topics/language-models/retrieval-augmented-generation",
      "topics/language-models/llm-evaluation",
      "topics/language-models/fine-tuning-and-peft",
      "topics/language-models/agents-and-tools",
      "topics/statistics/ab-testing",
    ],
  ],
  ["senior", "", ["topics/statistics/ab-testing", "topics/production-ml/monitoring-and-drift", "topics/production-ml/deployment-and-serving"]],
  ["mid", "", ["topics/model-evaluation/classification-metrics", "topics/model-evaluation/bias-variance", "topics/classical-ml/regularization"]],
  ["entry", "", ["topics/classical-ml/logistic-regression", "topics/model-evaluation/bias-variance", "topics/model-evaluation/classification-metrics"]],
];

for (const [level, field, pages] of EXPECTED)
  test(`a month's plan for ${level} level${field && ` in ${field}`} holds what is asked there nearly always`, () => {
    const plan = planOf({ ...settingsOf(level, 28, 8), tracks: field === "" ? [] : [field] });
    const held = new Set(sessionsOf(plan).flatMap((one) => one.items.map((id) => items.get(id)?.page ?? id)));
    assert.deepEqual(pages.filter((page) => !held.has(page)), []);
    const cases = reads(plan, "case").map((one) => items.get(one.items[0] ?? ""));
    const own = cases.filter((page) => field === "" || page?.tracks?.includes(field)).length;
    assert.ok(own >= cases.length / 2, `${own} of ${cases.length} cases are of the field`);
  });

test("what a senior is taken to know is asked, and not read whole before it", () => {
  const plan = planOf(settingsOf("senior", 28, 12));
  const read = sessionsOf(plan).filter((one) => one.kind === "read" && !one.skim).map((one) => items.get(one.items[0] ?? ""));
  const weighed = new Set(guide.allocation.weights.flatMap((weight) => weight.pages));
  assert.deepEqual(read.filter((page) => page?.kind === "chapter" && page.level === "entry" && !weighed.has(page.id)).map((page) => page?.id), []);
});

test("a senior's software design round is designed aloud", () => {
  const plan = planOf(settingsOf("senior", 14, 15));
  assert.ok(sessionsOf(plan).some((one) => one.items.includes("activity:system-sketch")));
});

test("the ready-made plans of a weekend and longer, with two hours a day, hold designs", () => {
  for (const { id, days, minutes } of guide.allocation.ready_made.plans) {
    if (!id.endsWith("-full") || id.startsWith("one-evening")) continue;
    const plan = planOf({ ...settingsOf("mid", days, 8), minutes });
    assert.ok(designs(plan).length > 0 && reads(plan, "case").length > 0, id);
  }
});

test("a coding round is prepared by writing code", () => {
  for (const [level, days, hours] of [["entry", 14, 15], ["mid", 28, 6.75], ["senior", 56, 8]] as const) {
    const plan = planOf(settingsOf(level, days, hours));
    const code = sessionsOf(plan).filter((one) => ["code", "debug"].includes(one.kind) && isLast(one)).length;
    assert.ok(code >= Math.floor(minutesOf(plan, "coding") / 150), `${code} in ${minutesOf(plan, "coding")} minutes`);
  }
});

for (const days of [1, 2, 3])
  test(`a plan of ${days} days with an hour and a half has a mock interview on its last whole day`, () => {
    for (const rounds of [["ml-system-design"], ["ml-breadth"], ["behavioral"], []]) {
      for (const minutes of [90, 180, 300]) {
        const plan = planOf({ ...settingsOf("senior", days, 8, rounds), minutes: [minutes, minutes, minutes, minutes, minutes, minutes, minutes] });
        const whole = plan.days.filter((day) => !day.light);
        const mocks = whole.flatMap((day) => day.sessions.filter((one) => one.kind === "mock").map(() => day.date));
        assert.ok(mocks.length > 0, `${rounds.join()} ${minutes}`);
        assert.ok(mocks.every((date) => date === whole[whole.length - 1]?.date));
      }
    }
  });

test("less than an hour and a half of a single evening is not given to a mock", () => {
  const plan = planOf({ ...settingsOf("mid", 1, 8), minutes: [60, 60, 60, 60, 60, 60, 60] });
  assert.ok(sessionsOf(plan).every((one) => one.kind !== "mock"));
});

test("the framework of designs comes before the first design and the first mock of one", () => {
  const activities = new Map(guide.allocation.activities.map((one) => [`activity:${one.id}`, one.rounds]));
  const own = items.get(FRAMEWORK)?.rounds ?? [];
  const framed = (one: Session): boolean => one.items.some((id) => (activities.get(id) ?? items.get(id)?.rounds ?? []).some((round) => own.includes(round)));
  for (const level of ["entry", "mid", "senior"])
    for (const [days, hours] of [[1, 35], [3, 20], [7, 8], [14, 4], [14, 15], [28, 6.75], [56, 15]] as const) {
      const sessions = sessionsOf(planOf(settingsOf(level, days, hours)));
      const met = sessions.findIndex((one) => one.items.includes(FRAMEWORK) && one.kind !== "review");
      const first = sessions.findIndex((one) => (one.kind === "design" || one.kind === "mock") && framed(one));
      if (first >= 0) assert.ok(met >= 0 && met < first, `${level}, ${days} days, ${hours} h: ${met} and ${first}`);
    }
});

test("every page of the framework is in the guide", () => {
  for (const id of guide.allocation.floors.flatMap((floor) => floor.framework)) assert.ok(items.has(id), id);
});

test("with twenty hours the core at the reader's level is read whole, with its questions; with less, its questions come first", () => {
  const core = (plan: Plan): number => reads(plan, "chapter").filter((one) => items.get(one.items[0] ?? "")?.importance === "core").length;
  for (const [level, days, hours, least] of [["entry", 14, 15, 20], ["mid", 28, 6.75, 10], ["senior", 28, 10, 8]] as const)
    assert.ok(core(planOf(settingsOf(level, days, hours))) >= least, `${level}: ${core(planOf(settingsOf(level, days, hours)))}`);
  const short = planOf(settingsOf("mid", 14, 8));
  assert.ok(core(short) <= 2 && sessionsOf(short).filter((one) => one.title.startsWith("In short, then")).length > core(short));
});

test("with twenty hours no chapter that is asked now and then is drilled before the core of its rounds is read", () => {
  const large = guideOf(full());
  const chapters = new Map(large.catalogue.items.map((item) => [item.id, item]));
  for (const [days, hours] of [[14, 12], [28, 8], [56, 8]] as const) {
    const sessions = sessionsOf(makePlan(large, settingsOf("senior", days, hours, ["ml-breadth"]), NOTHING, TODAY));
    const read = new Set(sessions.filter((one) => one.kind === "read" && !one.skim).flatMap((one) => one.items));
    const page = (one: Session): Item | undefined => chapters.get(chapters.get(one.items.find((id) => id.includes("#")) ?? "")?.page ?? "");
    const drilled = sessions.filter((one) => one.kind === "drill" && page(one)?.importance === "occasional" && !read.has(page(one)?.id ?? ""));
    const unread = [...chapters.values()].filter((item) => item.kind === "chapter" && item.importance === "core" && item.tracks?.includes("general") && item.rounds?.includes("ml-breadth") && ["mid", "senior"].includes(item.level ?? "") && !read.has(item.id));
    assert.ok(drilled.length === 0 || unread.length === 0, `${days} days: ${drilled[0]?.title} before ${unread[0]?.title}`);
  }
});

test("a session is shown as a round of its own, and its minutes count for the round that pays", () => {
  let other = 0;
  for (const level of ["entry", "mid", "senior"])
    for (const [days, hours] of [[1, 20], [7, 15], [28, 8]] as const)
      for (const session of sessionsOf(planOf(settingsOf(level, days, hours)))) {
        assert.equal(tickOf(session, TODAY).round, paidBy(session));
        if (session.round !== paidBy(session)) other += 1;
        for (const { item } of session.entries) {
          const own = items.get(item)?.rounds;
          if (session.round !== "" && own?.some((round) => settingsOf(level, days, hours).rounds[round])) assert.ok(own.includes(session.round), `${session.title}: ${session.round}`);
        }
      }
  assert.ok(other > 0);
});
