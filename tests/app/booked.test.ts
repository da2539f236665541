/** What drills tell the planner, and what it makes of it: what was weak comes back sooner, what was drilled is not booked anew. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addDays, daysBetween } from "../../overrides/app/core/plan/calendar.ts";
import { indexed } from "../../overrides/app/core/plan/history.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import type { Plan, Progress } from "../../overrides/app/core/plan/types.ts";
import { COMEBACK } from "../../overrides/app/core/plan/work.ts";
import { drillsOf } from "../../overrides/app/core/practice/booked.ts";
import { planned } from "../../overrides/app/core/practice/planned.ts";
import { real } from "./catalogues.ts";
import { TODAY } from "./settings.ts";
import type { Grade, Review } from "../../overrides/app/core/practice/records.ts";

const guide = real();
const index = indexed(guide.catalogue);
const PAGE = "topics/classical-ml/regularization";
const OTHER = "topics/statistics/hypothesis-testing";
const settings = { ...defaultSettings(guide, TODAY), minutes: [60, 60, 60, 60, 60, 60, 60] };
const INTERVIEW = settings.interview;

function drilled(page: string, grade: Grade, more: Partial<Review> = {}): Review[] {
  const questions = guide.catalogue.items.filter((item) => item.kind === "question" && item.page === page).slice(0, 3);
  return questions.map((item, at): Review => ({ id: `${item.id} ${grade}`, card: item.id, at: at + 1, day: TODAY, did: "grade", grade, ...more }));
}

function plan(reviews: readonly Review[], progress: Progress = { since: TODAY, ticks: [] }): Promise<Plan> {
  return planned(guide, { settings, progress, today: TODAY, reviews });
}

/** Days until a page comes back for the first time in a plan. */
function back(made: Plan, page: string): number {
  const session = made.days.flatMap((day) => day.sessions).find((one) => one.kind === "review" && one.items.includes(page));
  return session ? daysBetween(TODAY, session.date) : Infinity;
}

describe("what drills say", () => {
  test("is when each page comes back, at the day of its first question", () => {
    const { asked, back: pages } = drillsOf([...drilled(PAGE, 1), ...drilled(OTHER, 4)], index, INTERVIEW, TODAY);
    assert.equal(asked.length, 6);
    const [weak, easy] = [pages.find((one) => one.page === PAGE), pages.find((one) => one.page === OTHER)];
    assert.deepEqual([weak?.day, weak?.weak], [TODAY, true]);
    assert.equal(easy?.weak, false);
    assert.ok(daysBetween(TODAY, easy?.day ?? "") > 4);
  });

  test("names nothing that is gone", () => {
    const { asked, back: pages } = drillsOf([{ id: "r", card: "gone#q", at: 1, day: TODAY, did: "grade", grade: 1 }], index, INTERVIEW, TODAY);
    assert.deepEqual([asked, pages], [[], []]);
  });
});

describe("the plan", () => {
  test("brings a page back sooner when its answers were weak, and none before it is due", async () => {
    const [weak, good] = [await plan(drilled(PAGE, 1)), await plan(drilled(PAGE, 4))];
    assert.ok(back(weak, PAGE) < back(good, PAGE), `${back(weak, PAGE)} and ${back(good, PAGE)} days`);
    const due = drillsOf(drilled(PAGE, 4), index, INTERVIEW, TODAY).back[0];
    assert.ok(back(good, PAGE) >= daysBetween(TODAY, due?.day ?? ""));
  });

  test("counts points that were missing as weak", () => {
    const { back: pages } = drillsOf(drilled(PAGE, 3, { missed: [0] }), index, INTERVIEW, TODAY);
    assert.equal(pages[0]?.weak, true);
  });

  test("books no drill on what was drilled", async () => {
    const reviews = drilled(PAGE, 3);
    const asked = new Set(reviews.map((review) => review.card));
    const again = (await plan(reviews)).days.flatMap((day) => day.sessions).filter((one) => one.kind === "drill" && one.items.some((id) => asked.has(id)));
    assert.deepEqual(again, []);
  });

  test("is as before for who does not drill", async () => {
    const nothing = { since: TODAY, ticks: [], drills: { asked: [], back: [] } };
    assert.deepEqual(await plan([]), makePlan(guide, settings, nothing, TODAY));
  });

  test("gives a day no more than its part to what comes back", async () => {
    const pages = guide.catalogue.items.filter((item) => item.kind === "chapter").slice(0, 30);
    const made = await plan(pages.flatMap((page) => drilled(page.id, 1)));
    // What the plan had somebody read, or brought back before, comes back where time is free, and is no part of it.
    const read = new Set<string>();
    for (const day of made.days.filter((one) => !one.light && one.date < addDays(INTERVIEW, -7))) {
      const reviews = day.sessions.filter((one) => one.kind === "review");
      const minutes = reviews.reduce((sum, one) => sum + one.minutes, 0);
      const own = reviews.flatMap(({ items }) => items).filter((id) => read.has(id)).length;
      assert.ok(minutes <= day.available / 4 + COMEBACK * own, `${minutes} of ${day.available} minutes on ${day.date}`);
      for (const { items } of day.sessions) items.forEach((id) => read.add(id));
      assert.ok(day.planned <= day.available);
    }
  });
});
