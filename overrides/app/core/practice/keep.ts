/** What else practice keeps: the reader's limits, and their own notes on questions. */
import { integer, object, text } from "../check.ts";
import type { Namespace } from "../records.ts";

export interface Habits {
  /** Minutes of a sitting, new questions a day, and questions a day. */
  readonly minutes: number;
  readonly fresh: number;
  readonly most: number;
}

export const USUAL: Habits = { minutes: 20, fresh: 12, most: 40 };

/** One, under the key "current". */
export const HABITS: Namespace<Habits> = {
  name: "habits",
  version: 1,
  check: object<Habits>({ minutes: integer(1, 600), fresh: integer(0, 500), most: integer(1, 1000) }),
  migrations: {},
  keyOf: () => "current",
};

export interface Note {
  readonly card: string;
  readonly text: string;
}

/** Key: the id of the question. */
export const NOTES: Namespace<Note> = {
  name: "notes",
  version: 1,
  check: object<Note>({ card: text(1, 300), text: text(1, 20_000) }),
  migrations: {},
  keyOf: ({ card }) => card,
};
