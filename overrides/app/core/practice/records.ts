/**
 * What practice leaves behind, as records of the store: the log of drills, the sitting that is under way, the reader's limits and
 * notes, rapid rounds, stories, mock interviews. Shapes and checks alone, since every page that opens the store carries them.
 */
import { bad, type Check, day, fieldsOf, flag, integer, listOf, object, oneOf, text } from "../check.ts";
import type { Iso } from "../plan/types.ts";
import type { Namespace } from "../records.ts";

const LONGEST = 300;

/** Again, hard, good, easy. */
export type Grade = 1 | 2 | 3 | 4;

export interface Review {
  readonly id: string;
  /** The id that the question had. */
  readonly card: string;
  /** Milliseconds since 1970, and later than every record that was known, whatever the clock says. */
  readonly at: number;
  /** The day on the reader's own clock. */
  readonly day: Iso;
  readonly did: "grade" | "undo" | "reset";
  readonly grade?: Grade;
  /** The record of this question that came before it, for who graded; "" = none was known. */
  readonly after?: string;
  /** The record that is taken back. */
  readonly undoes?: string;
  /** Key points that were not said, by their place in the list; absent = they were not ticked. */
  readonly missed?: readonly number[];
  /** Tells the question as it was answered from the question as it is. */
  readonly print?: string;
  /** From the question's appearance to its grade. */
  readonly seconds?: number;
}

const grade: Check<Grade> = (value, path) => {
  const whole = integer(1, 4)(value, path);
  return whole.ok ? { ok: true, value: whole.value as Grade } : whole;
};

const fields = object<Review>(
  {
    id: text(1, 100),
    card: text(1, LONGEST),
    at: integer(0, Number.MAX_SAFE_INTEGER),
    day,
    did: oneOf(["grade", "undo", "reset"]),
    grade,
    after: text(0, 100),
    undoes: text(1, 100),
    missed: listOf(integer(0, 20), 0, 20),
    print: text(0, 40),
    seconds: integer(0, 86_400),
  },
  ["grade", "after", "undoes", "missed", "print", "seconds"],
);

const checkReview: Check<Review> = (value, path) => {
  const checked = fields(value, path);
  if (!checked.ok) return checked;
  const { did } = checked.value;
  if (did === "grade" && checked.value.grade === undefined) return bad(`${path}.grade`, "is missing");
  return did === "undo" && checked.value.undoes === undefined ? bad(`${path}.undoes`, "is missing") : checked;
};

/** Key: the id of the record. */
export const REVIEWS: Namespace<Review> = {
  name: "reviews",
  version: 1,
  check: checkReview,
  migrations: {},
  keyOf: (review) => review.id,
};

// --- The sitting that is under way ---------------------------------------------------------------------------------------

export const LONGEST_ANSWER = 20_000;

export interface Done {
  readonly card: string;
  readonly grade: Grade;
  /** The record in the log. */
  readonly record: string;
}

export interface Sitting {
  /** Random, so that a sitting is known from the one that took its place. */
  readonly id: string;
  readonly day: Iso;
  /** What was chosen, as the reader is told. */
  readonly scope: string;
  /** Of the plan, if it is one. */
  readonly session: string;
  /** Ids of the questions that are left, the one that is asked first. */
  readonly left: readonly string[];
  /** In order; a question that came back is there again. */
  readonly done: readonly Done[];
  /** Questions that could not be shown, or that the reader did not want. */
  readonly skipped: readonly string[];
  /** What the reader has typed as an answer to the question that is asked. */
  readonly typed?: string;
}

const checkDone: Check<Done> = object<Done>({
  card: text(1, LONGEST),
  grade: (value, path) => integer(1, 4)(value, path) as ReturnType<Check<Grade>>,
  record: text(1, 100),
});

/** One, under the key "current". */
export const SITTING: Namespace<Sitting> = {
  name: "sitting",
  version: 1,
  check: object<Sitting>(
    {
      id: text(1, 100),
      day,
      scope: text(0, 1000),
      session: text(0, LONGEST),
      left: listOf(text(1, LONGEST), 0, 5000),
      done: listOf(checkDone, 0, 5000),
      skipped: listOf(text(1, LONGEST), 0, 5000),
      typed: text(0, LONGEST_ANSWER),
    },
    ["typed"],
  ),
  migrations: {},
  keyOf: () => "current",
};

// --- What the reader set and noted --------------------------------------------------------------------------------------

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

// --- Rapid rounds --------------------------------------------------------------------------------------------------------

/** Did not have it, said a part of it, said it. */
export type Mark = 0 | 1 | 2;

export interface Marked {
  /** Id of a question, or of a multiple-choice item. */
  readonly id: string;
  readonly area: string;
  readonly mark: Mark;
}

/** One round that was graded. */
export interface Fire {
  readonly id: string;
  readonly day: Iso;
  readonly at: number;
  readonly kind: "said" | "choice";
  /** Seconds for a question. */
  readonly seconds: number;
  readonly answers: readonly Marked[];
}

const area: Check<string> = text(0, 64);

/** Key: the id of the round. */
export const FIRES: Namespace<Fire> = {
  name: "fires",
  version: 1,
  check: object<Fire>({
    id: text(1, 100),
    day,
    at: integer(0, Number.MAX_SAFE_INTEGER),
    kind: oneOf(["said", "choice"]),
    seconds: integer(1, 3600),
    answers: listOf(object<Marked>({ id: text(1, 300), area, mark: (value, path) => integer(0, 2)(value, path) as ReturnType<Check<Mark>> }), 1, 200),
  }),
  migrations: {},
  keyOf: ({ id }) => id,
};

/** What was done with one question of a round that is under way. */
export interface Answered {
  readonly id: string;
  /** Which answer was chosen; -1 = none. */
  readonly chosen: number;
  /** The time was over. */
  readonly late: boolean;
}

/** The round that was begun and is not judged yet. */
export interface Firing {
  readonly day: Iso;
  readonly kind: Fire["kind"];
  readonly seconds: number;
  /** Ids of what is still to be asked, the next one first. */
  readonly left: readonly string[];
  readonly given: readonly Answered[];
}

const checkAnswered: Check<Answered> = object<Answered>({ id: text(1, LONGEST), chosen: integer(-1, 9), late: flag });

/** One, under the key "current". */
export const FIRING: Namespace<Firing> = {
  name: "firing",
  version: 1,
  check: object<Firing>({
    day,
    kind: oneOf(["said", "choice"]),
    seconds: integer(1, 3600),
    left: listOf(text(1, LONGEST), 0, 200),
    given: listOf(checkAnswered, 0, 200),
  }),
  migrations: {},
  keyOf: () => "current",
};

// --- Multiple choice, on its page ------------------------------------------------------------------------------------------

/** What was chosen last, of an item's four answers. */
export interface Choice {
  readonly id: string;
  readonly chosen: number;
}

/** Key: the id of the item. */
export const CHOICES: Namespace<Choice> = {
  name: "choices",
  version: 1,
  check: object<Choice>({ id: text(1, LONGEST), chosen: integer(0, 9) }),
  migrations: {},
  keyOf: ({ id }) => id,
};

// --- Stories -------------------------------------------------------------------------------------------------------------

export interface Story {
  readonly id: string;
  /** When it was begun: their order. */
  readonly at: number;
  readonly title: string;
  readonly tags: readonly string[];
  readonly situation: string;
  readonly task: string;
  readonly action: string;
  readonly result: string;
  readonly lesson: string;
  /** How long it took to tell it the last time; 0 = never timed. */
  readonly seconds: number;
}

const prose = text(0, 10_000);

/** Key: the id of the story. */
export const STORIES: Namespace<Story> = {
  name: "stories",
  version: 1,
  check: object<Story>({
    id: text(1, 100),
    at: integer(0, Number.MAX_SAFE_INTEGER),
    title: text(0, 200),
    tags: listOf(text(1, 64), 0, 50),
    situation: prose,
    task: prose,
    action: prose,
    result: prose,
    lesson: prose,
    seconds: integer(0, 86_400),
  }),
  migrations: {},
  keyOf: ({ id }) => id,
};

// --- Mock interviews -----------------------------------------------------------------------------------------------------

export interface Mock {
  readonly id: string;
  readonly day: Iso;
  /** When it began. */
  readonly at: number;
  readonly round: string;
  readonly level: string;
  readonly minutes: number;
  readonly items: readonly string[];
  readonly notes: string;
  /** The session of the plan that it takes the place of; "" = none. */
  readonly session: string;
  /** How many twists were brought up at once, or had been when another was. */
  readonly twists: number;
  /** The points of the rubric; 0 = below the first column, 1 = as in the first. None before it is judged. */
  readonly marks: readonly { readonly name: string; readonly mark: number }[];
}

/** Until version 1 an interview belonged to no plan, and had no twists. */
function beforeTwists(value: unknown): unknown {
  return { ...fieldsOf(value), session: "", twists: 0 };
}

/** Key: the id of the interview. */
export const MOCKS: Namespace<Mock> = {
  name: "mocks",
  version: 2,
  check: object<Mock>({
    id: text(1, 100),
    day,
    at: integer(0, Number.MAX_SAFE_INTEGER),
    round: text(1, 64),
    level: text(1, 64),
    minutes: integer(1, 240),
    items: listOf(text(1, LONGEST), 1, 50),
    notes: text(0, 20_000),
    session: text(0, LONGEST),
    twists: integer(0, 100),
    marks: listOf(object<Mock["marks"][number]>({ name: text(1, 200), mark: integer(0, 10) }), 0, 50),
  }),
  migrations: { 1: beforeTwists },
  keyOf: ({ id }) => id,
};

/** What is told of a recording. The sound itself is kept apart, in the browser that made it (store/sounds.ts). */
export interface Recording {
  readonly id: string;
  /** Id of the interview in which it was made, or of the question that it answers. */
  readonly of: string;
  readonly day: Iso;
  readonly at: number;
  readonly bytes: number;
  /** The media type. */
  readonly type: string;
  /** How long it is, how much of that is speech, how many silences were long, and the longest, in seconds. */
  readonly seconds: number;
  readonly speaking: number;
  readonly pauses: number;
  readonly longest: number;
}

const length = integer(0, 86_400);

/** Key: the id of the recording. */
export const RECORDINGS: Namespace<Recording> = {
  name: "recordings",
  version: 1,
  check: object<Recording>({
    id: text(1, 100),
    of: text(1, LONGEST),
    day,
    at: integer(0, Number.MAX_SAFE_INTEGER),
    bytes: integer(0, 1_000_000_000),
    type: text(0, 100),
    seconds: length,
    speaking: length,
    pauses: integer(0, 86_400),
    longest: length,
  }),
  migrations: {},
  keyOf: ({ id }) => id,
};
