/** The invariants of a plan, for every input that the form lets through, over guides of every shape. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Guide, makePlan } from "../../overrides/app/core/plan/plan.ts";
import { chain, grown, guideOf, real } from "./catalogues.ts";
import { violations } from "./invariants.ts";
import { progressFor, settingsFor, TODAY } from "./settings.ts";

const RUNS = Number(process.env["RUNS"] ?? 1000);

const GUIDES: Readonly<Record<string, () => Guide>> = {
  "the real guide": real,
  "an empty guide": () => guideOf([]),
  "a guide with one chapter": () => guideOf(chain(1)),
  "a guide of 200 items": () => guideOf(grown(200)),
  "a chain of 60 chapters": () => guideOf(chain(60)),
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
