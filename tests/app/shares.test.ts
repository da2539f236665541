/** The shares: the playbook's figures, the rules that move them, and steps that add up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { setShare, spreadHours, weekHours } from "../../overrides/app/core/plan/settings.ts";
import { divide, type Shares } from "../../overrides/app/core/plan/shares.ts";
import type { Settings } from "../../overrides/app/core/plan/types.ts";
import { real } from "./catalogues.ts";
import { settingsFor, TODAY } from "./settings.ts";

const { catalogue, allocation } = real();
const FORTY_HOURS = 2400;
const THEORY = { "ml-breadth": "sure", "ml-depth": "sure", "ml-system-design": "sure" } as const;

function settings(more: Partial<Settings> = {}): Settings {
  const base = { interview: TODAY, minutes: spreadHours(8), daysOff: [], tracks: [], strength: {}, topics: {}, shares: {} };
  return { ...base, role: "ml-engineer", level: "mid", company: "large", rounds: THEORY, split: "playbook", ...more };
}

function split(more: Partial<Settings> = {}): Shares {
  return divide(catalogue, allocation, settings(more), FORTY_HOURS, 5);
}

function percent(shares: Shares): Record<string, number> {
  return Object.fromEntries(shares.inside.map((line) => [line.round, Math.round(line.percent * 10) / 10]));
}

test("the playbook's rounds get the playbook's shares", () => {
  assert.deepEqual(percent(split()), { "ml-breadth": 35, "ml-depth": 25, "ml-system-design": 40 });
});

test("entry level moves depth towards breadth", () => {
  assert.deepEqual(percent(split({ level: "entry" })), { "ml-breadth": 50, "ml-depth": 10, "ml-system-design": 40 });
});

test("ML coding is taken out of breadth where it is confirmed or the company is a start-up", () => {
  const sure = percent(split({ rounds: { ...THEORY, "ml-coding": "sure" } }));
  assert.deepEqual(sure, { "ml-breadth": 25, "ml-depth": 25, "ml-coding": 10, "ml-system-design": 40 });
  const startUp = percent(split({ company: "start-up", rounds: { ...THEORY, "ml-coding": "maybe" } }));
  const large = percent(split({ rounds: { ...THEORY, "ml-coding": "maybe" } }));
  assert.ok((startUp["ml-coding"] ?? 0) > 0);
  assert.equal(large["ml-coding"], 0);
  const reasons = split({ rounds: { ...THEORY, "ml-coding": "maybe" } }).inside.find((line) => line.round === "ml-coding")?.steps;
  assert.ok(reasons?.some((step) => step.rule === "ml-coding-unconfirmed" && step.points === 0));
});

test("rounds of one share divide it", () => {
  const shares = percent(split({ rounds: { ...THEORY, "genai-system-design": "sure" } }));
  assert.equal(shares["ml-system-design"], 20);
  assert.equal(shares["genai-system-design"], 20);
});

test("an unsure round gives up half of its part to the sure rounds of its share, or to all where there is none", () => {
  const phone = percent(split({ rounds: { ...THEORY, "phone-screen": "maybe" } }));
  assert.equal(phone["ml-depth"], 25);
  assert.equal(phone["ml-system-design"], 40);
  assert.ok(Math.abs((phone["ml-breadth"] ?? 0) - 2 * (phone["phone-screen"] ?? 0)) < 0.2);
  // Depth as a whole is unsure: 12.5 of the 87.5 that are left.
  const depth = percent(split({ rounds: { ...THEORY, "ml-depth": "maybe" } }));
  assert.deepEqual(depth, { "ml-breadth": 40, "ml-depth": 14.3, "ml-system-design": 45.7 });
});

test("weak gets more and strong less, and the others follow in proportion", () => {
  const weak = percent(split({ strength: { "ml-depth": "weak" } }));
  assert.ok((weak["ml-depth"] ?? 0) > 25);
  assert.ok(Math.abs((weak["ml-breadth"] ?? 0) / (weak["ml-system-design"] ?? 1) - 35 / 40) < 0.01);
  assert.ok((percent(split({ strength: { "ml-depth": "strong" } }))["ml-depth"] ?? 0) < 25);
});

test("coding is booked by the week, beside the shares, and less outside tech", () => {
  const rounds = { ...THEORY, coding: "sure", behavioral: "sure" } as const;
  const minutes = (more: Partial<Settings>): number => split({ rounds, ...more }).outside.find((line) => line.round === "coding")?.wanted ?? 0;
  assert.equal(minutes({}), 500);
  assert.equal(minutes({ company: "non-tech" }), 250);
  assert.deepEqual(percent(split({ rounds })), { "ml-breadth": 35, "ml-depth": 25, "ml-system-design": 40 });
});

test("by loop, every round has the part of the minutes that the loop spends on it", () => {
  const shares = percent(split({ split: "loop", rounds: { coding: "sure", "ml-breadth": "sure", behavioral: "sure" } }));
  assert.deepEqual(shares, { coding: 50, "ml-breadth": 25, behavioral: 25 });
});

test("a slider has its way, and the others share the rest as before", () => {
  assert.deepEqual(percent(split({ shares: { "ml-breadth": 70 } })), { "ml-breadth": 70, "ml-depth": 11.5, "ml-system-design": 18.5 });
});

test("for all settings: 100 % inside, steps that add up, bookings within the limit, a source for every step", () => {
  fc.assert(
    fc.property(settingsFor({ catalogue, allocation }), fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 52 }), (given, total, weeks) => {
      const shares = divide(catalogue, allocation, given, total, weeks);
      const sum = shares.inside.reduce((all, line) => all + line.percent, 0);
      if (shares.inside.length > 0) assert.ok(Math.abs(sum - 100) < 1e-6);
      for (const line of shares.inside) {
        assert.ok(line.percent >= 0);
        const steps = line.steps.reduce((all, step) => all + step.points, 0);
        // Steps too small to show are left out.
        assert.ok(Math.abs(steps - line.percent) < 0.4, `${line.round}: ${steps} of ${line.percent}`);
        for (const step of line.steps) assert.ok(allocation.sources[step.source] && step.reason !== "");
      }
      const booked = shares.outside.reduce((all, line) => all + line.wanted, 0);
      const most = shares.inside.length === 0 ? total : (total * allocation.outside_at_most) / 100;
      assert.ok(booked <= most + 1e-6);
    }),
    { numRuns: 2000 },
  );
});

test("hours a week keep their pattern and their sum", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 240 }), fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 7, maxLength: 7 }), (halves, pattern) => {
      const hours = halves / 2;
      const minutes = spreadHours(hours, pattern);
      assert.equal(minutes.length, 7);
      assert.ok(minutes.every((one) => Number.isInteger(one) && one >= 0 && one <= 1440 && one % 5 === 0));
      const busy = pattern.filter((one) => one > 0).length || 6;
      if (hours <= busy * 24) assert.ok(Math.abs(weekHours(minutes) - hours) < 0.05);
      pattern.forEach((one, at) => {
        if (one === 0 && pattern.some((other) => other > 0)) assert.equal(minutes[at], 0);
      });
    }),
    { numRuns: 2000 },
  );
});

test("sliders never ask for more than there is", () => {
  const rounds = Object.keys(THEORY);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...rounds), fc.integer({ min: 0, max: 100 })), { maxLength: 12 }), (moves) => {
      let shares: Record<string, number> = {};
      for (const [round, percentage] of moves) {
        shares = setShare(shares, round, percentage);
        assert.equal(shares[round], percentage);
        assert.ok(Object.values(shares).reduce((a, b) => a + b, 0) <= 100.5);
      }
    }),
    { numRuns: 1000 },
  );
});
