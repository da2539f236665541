/** What a plan says about itself follows from what was computed: every sentence is held against the plan that it is about. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addDays, dayNumber } from "../../overrides/app/core/plan/calendar.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { type Guide, usualRounds } from "../../overrides/app/core/plan/usual.ts";
import { defaultSettings, spreadHours } from "../../overrides/app/core/plan/settings.ts";
import { duration } from "../../overrides/app/core/plan/today.ts";
import type { Item, Plan, Progress, Session, Settings } from "../../overrides/app/core/plan/types.ts";
import { chain, full, grown, guideOf, real } from "./catalogues.ts";
import { progressFor, settingsFor, TODAY } from "./settings.ts";

const RUNS = Number(process.env["RUNS"] ?? 200);
const NOTHING: Progress = { since: TODAY, ticks: [] };

function usual(guide: Guide, more: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(guide, TODAY), ...more };
}

function sessionsOf(plan: Plan): Session[] {
  return plan.days.flatMap((day) => [...day.sessions]);
}

function said(plan: Plan, code: string): string {
  return plan.notices.find((one) => one.code === code)?.text ?? "";
}

const waits = (plan: Plan): boolean => plan.left.some(({ reason }) => reason === "no-room" || reason === "no-time" || reason === "skimmed");

/** Sentences of a plan that the plan itself contradicts. */
function untrue(guide: Guide, settings: Settings, progress: Progress, plan: Plan): string[] {
  const found: string[] = [];
  const sessions = sessionsOf(plan);
  const items = new Map(guide.catalogue.items.map((item) => [item.id, item]));
  const days = plan.days.filter((day) => !day.light);
  const room = Math.max(0, ...days.map((day) => day.available - day.planned));
  const longest = Math.max(0, ...days.map((day) => day.available));

  const more = said(plan, "more-time");
  if (/Everything is planned/.test(more) && waits(plan)) found.push("everything is planned, and something is left out");
  if (/comes back at growing intervals/.test(more) && !sessions.some((one) => one.kind === "review" && one.times)) found.push("nothing comes back");
  const brief = said(plan, "brief");
  if (/questions aloud/.test(brief) && !sessions.some((one) => one.kind === "drill")) found.push("no question is drilled");
  if (/lists for the day/.test(brief) && !sessions.some((one) => one.id.startsWith("review:on-the-day"))) found.push("no list is planned");
  if (/short versions/.test(brief) && !sessions.some((one) => one.skim || one.title.startsWith("In short"))) found.push("no short version is planned");
  for (const notice of plan.notices.filter((one) => one.code === "thin")) {
    const line = plan.shares.find((one) => notice.text.startsWith(`${guide.catalogue.rounds.find((round) => round.id === one.round)?.name}:`));
    if (!line) found.push(`no share is meant by: ${notice.text}`);
    else if (!notice.text.includes(duration(line.planned + line.done))) found.push(`not what is planned: ${notice.text}`);
    else if (/the guide has/.test(notice.text)) {
      const open = plan.left.filter((one) => one.rounds.includes(line.round) && one.reason !== "above-level" && one.reason !== "other-track");
      if (open.length > 0) found.push(`the guide has more for ${line.round}: ${open[0]?.id}`);
    } else if (!plan.left.some((one) => one.rounds.includes(line.round))) found.push(`nothing of ${line.round} is listed`);
  }
  if (sessions.length === 0 && plan.notices.length === 0) found.push("nothing is planned, and nothing is said");

  for (const left of plan.left) {
    if (/room left for it/.test(left.why) && left.reason === "no-room" && left.minutes <= room && /^No day before/.test(left.why) && left.kind !== "drill" && left.kind !== "read")
      found.push(`${left.id}: ${left.minutes} minutes would fit into ${room}`);
    if (/long enough/.test(left.why) && left.kind !== "mock" && left.minutes <= longest && left.minutes <= 60) found.push(`${left.id}: a day has ${longest} minutes`);
    if (/first questions are planned/.test(left.why)) {
      const page = left.id.slice("read:".length);
      if (!sessions.some((one) => one.kind === "drill" && one.items.includes(page))) found.push(`${left.id}: no cover`);
    }
    if (/worth more per minute/.test(left.why) && left.minutes > 0 && left.kind !== "drill" && left.kind !== "read" && left.minutes <= room)
      found.push(`${left.id}: ${room} minutes are free`);
    if (left.title === "" || left.why === "") found.push(`${left.id} says nothing`);
  }

  // What is not planned of the loop is listed: mocks and questions too.
  const listed = new Set(plan.left.map((one) => one.id));
  const planned = new Set(sessions.flatMap((one) => one.items));
  if (sessions.length > 0) {
    const done = new Set([...progress.ticks.flatMap((tick) => tick.items), ...(progress.drills?.asked ?? [])]);
    const faced = (rounds: readonly string[] | undefined): boolean => (rounds ?? []).some((round) => loop(guide, settings)[round] !== undefined);
    for (const one of guide.allocation.activities) {
      const fits = [one.levels, one.companies, one.roles].every((list, at) => list.length === 0 || list.includes([settings.level, settings.company, settings.role][at] as string));
      if (one.kind === "mock" && fits && faced(one.rounds) && !planned.has(`activity:${one.id}`) && !done.has(`activity:${one.id}`) && !listed.has(`mock:${one.id}:1`))
        found.push(`${one.id} is neither planned nor listed`);
    }
    for (const item of guide.catalogue.items)
      if (item.kind === "question" && faced(item.rounds) && !planned.has(item.id) && !done.has(item.id) && items.has(item.page ?? "") && !listed.has(`drill:${item.page}`))
        found.push(`${item.id} is neither planned nor listed`);
  }
  return found;
}

function loop(guide: Guide, settings: Settings): Readonly<Record<string, string>> {
  const known = new Set(guide.catalogue.rounds.map((round) => round.id));
  const chosen = Object.entries(settings.rounds).filter(([round]) => known.has(round));
  return chosen.length > 0 ? Object.fromEntries(chosen) : usualRounds(guide.allocation, settings);
}

describe("whatever is planned, what is said about it is so", () => {
  const guides: Readonly<Record<string, () => Guide>> = {
    "the real guide": real,
    "a guide of full size": () => guideOf(full()),
    "a guide of 200 items": () => guideOf(grown(200)),
    "three chapters": () => guideOf(chain(3)),
  };
  for (const [name, make] of Object.entries(guides))
    test(`in ${name}`, () => {
      const guide = make();
      fc.assert(
        fc.property(settingsFor(guide), progressFor(guide), (settings, progress) => {
          const plan = makePlan(guide, settings, progress, TODAY);
          assert.deepEqual(untrue(guide, settings, progress, plan), []);
        }),
        { numRuns: RUNS },
      );
    });
});

/** The loops that the form starts from, in weeks that people have. */
function ordinary(guide: Guide): Settings[] {
  const { names } = guide.allocation;
  const all: Settings[] = [];
  for (const company of Object.keys(names.companies))
    for (const level of Object.keys(names.levels))
      for (const days of [7, 14, 28, 56])
        for (const hours of [5, 8, 15]) {
          const rounds = usualRounds(guide.allocation, { company, level, role: "ml-engineer" });
          all.push(usual(guide, { company, level, rounds, interview: addDays(TODAY, days), minutes: spreadHours(hours) }));
        }
  return all;
}

test("in every ordinary loop a recruiter screen, sure or not, has its two-minute introduction", () => {
  for (const guide of [real(), guideOf(full())])
    for (const settings of ordinary(guide)) {
      const plan = makePlan(guide, settings, NOTHING, TODAY);
      // From about five hours on; an evening before an onsite is for the onsite.
      if (settings.rounds["recruiter-screen"] === undefined || plan.totals.available < 330) continue;
      const has = sessionsOf(plan).some((one) => one.items.includes("activity:recruiter-story"));
      assert.ok(has, `${settings.company}, ${settings.level}, ${plan.totals.available} min`);
    }
});

test("a take-home is rehearsed to its end or not begun", () => {
  for (const guide of [real(), guideOf(full())])
    for (const settings of ordinary(guide)) {
      const plan = makePlan(guide, settings, NOTHING, TODAY);
      const parts = sessionsOf(plan).filter((one) => one.items.includes("activity:take-home-rehearsal"));
      const minutes = parts.reduce((sum, one) => sum + one.minutes, 0);
      assert.ok(minutes === 0 || minutes === 100, String(minutes));
    }
});

test("a light week with coding interviews holds coding", () => {
  for (const guide of [real(), guideOf(full())])
    for (const minutes of [[45, 45, 45, 45, 0, 90, 60], [30, 30, 30, 30, 30, 30, 30], [40, 40, 40, 40, 40, 0, 0]])
      for (const days of [7, 14]) {
        const plan = makePlan(guide, usual(guide, { minutes, interview: addDays(TODAY, days) }), NOTHING, TODAY);
        const coding = sessionsOf(plan).filter((one) => one.kind === "code" || one.kind === "debug");
        assert.ok(coding.length > 0, `${minutes.join()}, ${days} days`);
      }
});

test("days too short for anything are told, with an offer that makes a plan", () => {
  const guide = guideOf(full());
  for (const most of [3, 6, 9, 14]) {
    const settings = usual(guide, { minutes: Array.from({ length: 7 }, () => most) });
    const plan = makePlan(guide, settings, NOTHING, TODAY);
    const notice = plan.notices.find((one) => one.code === "short-days" || one.code === "no-minutes");
    assert.equal(notice?.tone, "warning", `${most} minutes a day`);
    assert.ok(sessionsOf(makePlan(guide, { ...settings, ...notice?.offer?.change }, NOTHING, TODAY)).length > 0);
  }
});

test("a round that the days, and not the guide, leave short is not called thin for want of material", () => {
  const guide = guideOf(full());
  const settings = usual(guide, { minutes: [12, 12, 12, 12, 12, 12, 12], interview: addDays(TODAY, 60) });
  const plan = makePlan(guide, settings, NOTHING, TODAY);
  assert.ok(!plan.notices.some((one) => /the guide has/.test(one.text)), said(plan, "thin"));
});

const position = (plan: Plan, id: string): number => sessionsOf(plan).findIndex((one) => one.items.includes(id));

test("six stories are written before three of them are chosen", () => {
  for (const guide of [real(), guideOf(full())])
    for (const settings of ordinary(guide)) {
      const plan = makePlan(guide, settings, NOTHING, TODAY);
      const [six, three] = [position(plan, "activity:six-stories"), position(plan, "activity:recall-stories")];
      assert.ok(six === -1 || three === -1 || six < three);
    }
});

test("what to ask the recruiter does not come on the last days before other rounds", () => {
  fc.assert(
    fc.property(settingsFor(guideOf(full())), (settings) => {
      const plan = makePlan(guideOf(full()), settings, NOTHING, TODAY);
      const faced = Object.keys(settings.rounds);
      if (faced.length === 0 || faced.every((round) => round === "recruiter-screen")) return;
      for (const one of sessionsOf(plan))
        if (one.items.includes("activity:recruiter-questions"))
          assert.ok((dayNumber(settings.interview) ?? 0) - (dayNumber(one.date) ?? 0) >= 4);
    }),
    { numRuns: 300 },
  );
});

test("nothing is drilled whose page is neither met nor faced", () => {
  const guide = guideOf(full());
  const items = new Map<string, Item>(guide.catalogue.items.map((item) => [item.id, item]));
  fc.assert(
    fc.property(settingsFor(guide), progressFor(guide), (settings, progress) => {
      const plan = makePlan(guide, settings, progress, TODAY);
      const met = new Set(progress.ticks.flatMap((tick) => tick.items.flatMap((id) => [id, items.get(id)?.page ?? ""])));
      for (const session of sessionsOf(plan)) {
        if (session.kind !== "drill") for (const id of session.items) met.add(id);
        else
          for (const id of session.items) {
            if (id.startsWith("activity:")) continue;
            const item = items.get(id);
            if (item?.kind === "question") assert.ok(met.has(item.page ?? ""), `${id} before its page`);
            else met.add(id);
          }
      }
    }),
    { numRuns: 300 },
  );
});

test("a case is read and spoken for a round of its own", () => {
  const guide = guideOf(full());
  const items = new Map<string, Item>(guide.catalogue.items.map((item) => [item.id, item]));
  fc.assert(
    fc.property(settingsFor(guide), (settings) => {
      for (const session of sessionsOf(makePlan(guide, settings, NOTHING, TODAY))) {
        const item = items.get(session.items[0] ?? "");
        if (item?.kind === "case" && session.kind !== "review") assert.ok(item.rounds?.includes(session.round), `${session.id} for ${session.round}`);
      }
    }),
    { numRuns: 300 },
  );
});

// --- What a coach would do ------------------------------------------------------------------------------------------

const CORE = (guide: Guide): Item[] => guide.catalogue.items.filter((item) => item.kind === "chapter" && item.importance === "core" && item.level === "entry");

test("on a full guide eighteen hours drill core chapters and read none in full, and thirty read the first of them", () => {
  const guide = guideOf(full());
  const core = CORE(guide);
  const part = (hours: number, kind: string): number => {
    const sessions = sessionsOf(makePlan(guide, usual(guide, { minutes: spreadHours(hours) }), NOTHING, TODAY));
    return core.filter(({ id }) => sessions.some((one) => one.kind === kind && !one.skim && one.items.includes(id))).length / core.length;
  };
  assert.ok(part(4.5, "drill") >= 0.3 && part(4.5, "read") === 0, `${part(4.5, "drill")} covered, ${part(4.5, "read")} read`);
  assert.ok(part(8, "read") >= 0.35, `${part(8, "read")} read`);
});

test("one evening looks at the short version of nearly every core chapter, bias and variance among them", () => {
  const guide = guideOf(full());
  const plan = makePlan(guide, usual(guide, { interview: addDays(TODAY, 1), minutes: [180, 0, 0, 0, 0, 0, 0] }), NOTHING, TODAY);
  const looked = new Set(sessionsOf(plan).filter((one) => one.skim).flatMap((one) => one.items));
  for (const id of ["model-evaluation/bias-variance", "model-evaluation/classification-metrics", "classical-ml/regularization"])
    assert.ok(looked.has(`topics/${id}`), id);
  assert.ok(CORE(guide).filter(({ id }) => looked.has(id)).length >= 0.8 * CORE(guide).length);
  const rounds = sessionsOf(plan).filter((one) => one.kind !== "drill" && one.items.every((id) => id.startsWith("rounds/"))).reduce((sum, one) => sum + one.minutes, 0);
  assert.ok(rounds <= 60, `${rounds} minutes about rounds`);
});

test("a certain round with two hours gets two mocks while the last third has days for them", () => {
  const guide = guideOf(full());
  for (const days of [28, 56]) {
    const settings = usual(guide, { interview: addDays(TODAY, days) });
    const plan = makePlan(guide, settings, NOTHING, TODAY);
    for (const line of [...plan.shares, ...plan.bookings]) {
      if (settings.rounds[line.round] !== "sure" || line.target < 130) continue;
      const mocks = sessionsOf(plan).filter((one) => one.kind === "mock" && one.round === line.round);
      assert.ok(mocks.length >= 2, `${line.round}: ${mocks.length} of ${line.target} minutes`);
    }
  }
});

test("the first design is spoken in the first half of the days", () => {
  const guide = guideOf(full());
  for (const days of [14, 28, 56]) {
    const plan = makePlan(guide, usual(guide, { interview: addDays(TODAY, days) }), NOTHING, TODAY);
    const study = plan.days.filter((day) => day.available > 0);
    const first = study.findIndex((day) => day.sessions.some((one) => one.kind === "design"));
    assert.ok(first >= 0 && first < study.length / 2, `${days} days: day ${first + 1} of ${study.length}`);
  }
});
