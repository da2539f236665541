/**
 * One sitting of drills: which questions are left, what was graded, what comes back. Plain data, so that it can be kept,
 * left and taken up again, also in another tab. Every step gives another sitting and changes none.
 */
import type { Iso } from "../plan/types.ts";
import { type Grade, LONGEST_ANSWER, type Sitting } from "./records.ts";

/** What was wrong comes back after so many others, and so often in one sitting. */
const BACK = 4;
const TIMES = 3;

export function begin(id: string, today: Iso, scope: string, cards: readonly string[], session = ""): Sitting {
  return { id, day: today, scope, session, left: cards, done: [], skipped: [] };
}

/** The question that is asked, "" when none is left. */
export function current({ left }: Sitting): string {
  return left[0] ?? "";
}

export function graded(sitting: Sitting, grade: Grade, record: string): Sitting {
  const [card = "", ...left] = sitting.left;
  if (card === "") return sitting;
  const done = [...sitting.done, { card, grade, record }];
  const wrong = done.filter((one) => one.card === card && one.grade === 1).length;
  if (grade === 1 && wrong < TIMES) left.splice(Math.min(BACK, left.length), 0, card);
  return step(sitting, { left, done });
}

/** The sitting before its last grade, and the record that is to be taken back; null when there is nothing to undo. */
export function undone(sitting: Sitting): { readonly sitting: Sitting; readonly record: string } | null {
  const last = sitting.done[sitting.done.length - 1];
  if (!last) return null;
  const left = [last.card, ...sitting.left.filter((card) => card !== last.card)];
  return { sitting: step(sitting, { left, done: sitting.done.slice(0, -1) }), record: last.record };
}

/** Goes on without the question that is asked. */
export function skipped(sitting: Sitting): Sitting {
  const card = current(sitting);
  if (card === "") return sitting;
  return step(sitting, { left: sitting.left.filter((one) => one !== card), skipped: [...sitting.skipped, card] });
}

/** With what the reader types as an answer to the question that is asked. */
export function withTyped(sitting: Sitting, text: string): Sitting {
  return text === "" ? step(sitting, {}) : { ...sitting, typed: text.slice(0, LONGEST_ANSWER) };
}

/** Another question is asked: what was typed was an answer to the one before. */
function step({ typed: _, ...sitting }: Sitting, changed: Partial<Sitting>): Sitting {
  return { ...sitting, ...changed };
}

/** Without questions that are done elsewhere meanwhile, or gone. */
export function without(sitting: Sitting, gone: ReadonlySet<string>): Sitting {
  return gone.size === 0 ? sitting : { ...sitting, left: sitting.left.filter((card) => !gone.has(card)) };
}

/** The last grade of each question of the sitting, in the order in which they came first. */
export function results({ done }: Sitting): ReadonlyMap<string, Grade> {
  const found = new Map<string, Grade>();
  for (const { card, grade } of done) found.set(card, grade);
  return found;
}
