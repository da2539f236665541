/**
 * Rapid fire: which questions come, in an order that jumps between areas, and what a round comes to. Pure: chance comes in as
 * numbers.
 */
import type { Memory } from "./memory.ts";
import type { Answered, Firing, Grade, Mark, Marked } from "./records.ts";

export interface Target {
  readonly id: string;
  readonly area: string;
}

/**
 * So many of the candidates, by chance, no area twice in a row where that can be helped, and none of the areas much more often
 * than another. `random`: numbers below 1.
 */
export function draw<T extends Target>(candidates: readonly T[], count: number, random: () => number): T[] {
  const byArea = new Map<string, T[]>();
  for (const one of shuffled(candidates, random)) byArea.set(one.area, [...(byArea.get(one.area) ?? []), one]);
  const result: T[] = [];
  while (result.length < count && byArea.size > 0) {
    const last = result[result.length - 1]?.area;
    // One of each area, in another order each time.
    let areas = shuffled([...byArea.keys()], random);
    if (areas[0] === last && areas.length > 1) areas = [...areas.slice(1), areas[0] as string];
    for (const name of areas) {
      const left = byArea.get(name) as T[];
      result.push(left.shift() as T);
      if (left.length === 0) byArea.delete(name);
      if (result.length === count) break;
    }
  }
  return result;
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}

/** The round after its next question was answered, or (null) could not be shown and is not asked. */
export function answered(firing: Firing, how: Omit<Answered, "id"> | null): Firing {
  const [id, ...left] = firing.left;
  if (id === undefined) return firing;
  return { ...firing, left, given: how === null ? firing.given : [...firing.given, { id, ...how }] };
}

export interface AreaResult {
  readonly area: string;
  readonly got: number;
  readonly of: number;
}

/** What was said of what was asked, by area, the weakest first. A part counts half. */
export function byArea(answers: readonly Marked[]): AreaResult[] {
  const found = new Map<string, { got: number; of: number }>();
  for (const { area: name, mark } of answers) {
    const one = found.get(name) ?? { got: 0, of: 0 };
    found.set(name, { got: one.got + mark / 2, of: one.of + 1 });
  }
  return [...found].map(([name, one]) => ({ area: name, ...one })).sort((a, b) => a.got / a.of - b.got / b.of || (a.area < b.area ? -1 : 1));
}

/** What a mark is as a grade of a drill. */
export function asGrade(mark: Mark): Grade {
  return mark === 2 ? 3 : mark === 1 ? 2 : 1;
}

/**
 * The marks that count for drills too: of questions that are learned, since a round asks whether they sit. What was never
 * drilled is not begun by being asked once.
 */
export function counts(answers: readonly Marked[], memories: ReadonlyMap<string, Memory>): readonly Marked[] {
  return answers.filter(({ id }) => memories.has(id));
}
