/** Every input that the form lets through, and progress of every kind, as fast-check arbitraries. */
import fc from "fast-check";
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import type { Guide } from "../../overrides/app/core/plan/usual.ts";
import type { Kind, Progress, Settings, Tick } from "../../overrides/app/core/plan/types.ts";

export const TODAY = "2026-11-23";

export function settingsFor(guide: Guide, longest = 200): fc.Arbitrary<Settings> {
  const { names } = guide.allocation;
  const rounds = guide.catalogue.rounds.map((round) => round.id);
  const strength = fc.constantFrom("weak" as const, "fair" as const, "strong" as const);
  const some = <T>(keys: readonly string[], value: fc.Arbitrary<T>, most: number): fc.Arbitrary<Record<string, T>> =>
    fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: most, noNullPrototype: true });
  const minutes = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 0, 20, 30, 45, 60, 90, 120, 180, 240) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 1440 }) },
  );
  return fc.record({
    interview: fc
      .oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: longest }) }, { weight: 1, arbitrary: fc.integer({ min: -5, max: 500 }) })
      .map((days) => addDays(TODAY, days)),
    minutes: fc.array(minutes, { minLength: 7, maxLength: 7 }),
    daysOff: fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map((days) => addDays(TODAY, days)), { maxLength: 12 }),
    role: fc.constantFrom(...Object.keys(names.roles)),
    level: fc.constantFrom(...Object.keys(names.levels)),
    company: fc.constantFrom(...Object.keys(names.companies)),
    tracks: fc.uniqueArray(fc.constantFrom(...Object.keys(names.tracks).filter((track) => track !== "general")), { maxLength: 2 }),
    rounds: some(rounds, fc.constantFrom("sure" as const, "sure" as const, "maybe" as const), 7),
    strength: some(rounds, strength, 4),
    topics: some(guide.catalogue.areas.map((area) => area.id), strength, 4),
    split: fc.constantFrom("playbook" as const, "loop" as const),
    shares: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some(rounds, fc.integer({ min: 0, max: 100 }), 3) }),
  });
}

/** Ticks of the last weeks: pages read, skimmed or known, questions drilled, activities, and things that are gone. */
export function progressFor(guide: Guide): fc.Arbitrary<Progress> {
  const pages = guide.catalogue.items.filter((item) => ["chapter", "case", "exercise", "notebook", "round"].includes(item.kind));
  const questions = guide.catalogue.items.filter((item) => item.kind === "question");
  const rounds = guide.catalogue.rounds.map((round) => round.id);
  const kinds: Record<string, Kind> = { chapter: "read", case: "read", round: "read", exercise: "code", notebook: "run" };
  const common = fc.record({
    date: fc.integer({ min: -40, max: 0 }).map((days) => addDays(TODAY, days)),
    round: fc.constantFrom(...rounds),
    minutes: fc.constantFrom(0, 5, 10, 20, 45),
  });
  const drafts: fc.Arbitrary<Omit<Tick, "id">>[] = [
    common.map((base) => ({ ...base, kind: "read" as const, title: "Gone", items: ["topics/statistics/gone"] })),
    fc.tuple(common, fc.constantFrom(...guide.allocation.activities)).map(([base, activity]) => {
      return { ...base, kind: activity.kind, title: activity.title, items: [`activity:${activity.id}`] };
    }),
  ];
  if (pages.length > 0)
    drafts.push(
      fc.tuple(common, fc.constantFrom(...pages), fc.boolean()).map(([base, page, skim]) => {
        const kind = kinds[page.kind] ?? "read";
        return { ...base, kind, title: page.title, items: [page.id], ...(skim && kind === "read" ? { skim } : {}) };
      }),
      fc.tuple(common, fc.constantFrom(...pages)).map(([base, page]) => {
        return { ...base, kind: "review" as const, title: page.title, items: [page.id] };
      }),
    );
  if (questions.length > 0)
    drafts.push(
      fc.tuple(common, fc.constantFrom(...questions)).map(([base, question]) => {
        return { ...base, kind: "drill" as const, title: question.title, items: [question.id] };
      }),
    );
  const asking = pages.filter((page) => page.kind === "chapter");
  const returning = fc.record({
    page: asking.length > 0 ? fc.constantFrom(...asking.map((page) => page.id), "topics/statistics/gone") : fc.constant("gone"),
    day: fc.integer({ min: -10, max: 40 }).map((days) => addDays(TODAY, days)),
    minutes: fc.integer({ min: 5, max: 15 }),
    weak: fc.boolean(),
  });
  const drills = fc.record({
    asked: questions.length > 0 ? fc.uniqueArray(fc.constantFrom(...questions.map((question) => question.id)), { maxLength: 30 }) : fc.constant([]),
    back: fc.uniqueArray(returning, { maxLength: 25, selector: ({ page }) => page }),
  });
  const since = fc.integer({ min: -40, max: 0 }).map((days) => addDays(TODAY, days));
  const ticks = fc
    .oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.oneof(...drafts), { maxLength: 25 }) })
    .map((list) => list.map((draft, at): Tick => ({ ...draft, id: `${draft.kind}:${draft.items[0]}~t${at}` })));
  return fc.record({ since, ticks, drills }, { requiredKeys: ["since", "ticks"] });
}
