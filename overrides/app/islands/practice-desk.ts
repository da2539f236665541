/**
 * What the views of practice stand on: the guide, the store and the day, what is known of each question, and what a
 * reader can do with it. What is known is derived from the log whenever that has changed.
 */
import { dayNumber, isoDay } from "../core/plan/calendar.ts";
import { type Index, indexed } from "../core/plan/history.ts";
import { localDay } from "../core/plan/today.ts";
import type { Item, Session, Settings } from "../core/plan/types.ts";
import { nextSession } from "../core/plan/where.ts";
import { type Changes, changes } from "../core/practice/changes.ts";
import { due } from "../core/practice/due.ts";
import { asGrade, counts } from "../core/practice/fire.ts";
import { nextTime } from "../core/practice/log.ts";
import { intervals, type Memory, replay } from "../core/practice/memory.ts";
import { bookedFor } from "../core/practice/mock.ts";
import { type Card, type Queue, queue } from "../core/practice/queue.ts";
import {
  type Fire,
  FIRES,
  type Firing,
  FIRING,
  type Grade,
  type Habits,
  HABITS,
  type Marked,
  type Mock,
  MOCKS,
  NOTES,
  type Review,
  REVIEWS,
  SITTING,
  type Sitting,
  USUAL,
} from "../core/practice/records.ts";
import { ANY, inTurns, met, type Scope, within } from "../core/practice/scope.ts";
import { begin, current, graded, skipped, undone, withTyped } from "../core/practice/session.ts";
import { type Weigh, weigher } from "../core/practice/weigh.ts";
import { AGENDA, PLAN, TICKS, tickOf } from "../core/records.ts";
import { type Change, store, type Store } from "../store/index.ts";
import { base } from "../ui/base.ts";
import { loadGuide, type Loaded } from "./guide-data.ts";

const CURRENT = "current";

/** What a reader said of one question, besides the grade. */
export interface Said {
  readonly missed?: readonly number[];
  readonly seconds?: number;
}

export class PracticeDesk {
  readonly loaded: Loaded;
  readonly store: Store;
  readonly index: Index;
  #of: ReadonlyMap<string, Review> | null = null;
  #memories: ReadonlyMap<string, Memory> = new Map();

  private constructor(loaded: Loaded, kept: Store) {
    this.loaded = loaded;
    this.store = kept;
    this.index = indexed(loaded.guide.catalogue);
  }

  static async open(): Promise<PracticeDesk> {
    const kept = store();
    const [loaded] = await Promise.all([loadGuide(), kept.ready]);
    return new PracticeDesk(loaded, kept);
  }

  // --- What there is ------------------------------------------------------------------------------------------------

  get today(): string {
    return localDay();
  }

  get day(): number {
    return dayNumber(this.today) ?? 0;
  }

  /** The day of the interview, if it is ahead. */
  get interview(): number | null {
    const day = dayNumber(this.settings?.interview ?? "");
    return day !== null && day > this.day ? day : null;
  }

  /** What the plan was made from, if there is one. */
  get settings(): Settings | undefined {
    return this.store.get(PLAN, CURRENT)?.settings;
  }

  /** The level of the plan, if the guide knows it. */
  get level(): string {
    const { level = "" } = this.settings ?? {};
    return level in this.loaded.guide.allocation.names.levels ? level : "";
  }

  /** How likely this reader is asked something at a level; "" = at any. */
  weigher(level: string): Weigh {
    const { catalogue, allocation } = this.loaded.guide;
    return weigher(catalogue, Object.keys(allocation.names.levels), level, this.settings);
  }

  get memories(): ReadonlyMap<string, Memory> {
    const log = this.store.all(REVIEWS);
    if (log !== this.#of) {
      this.#of = log;
      this.#memories = replay(log.values(), this.index.resolve);
    }
    return this.#memories;
  }

  get habits(): Habits {
    return this.store.get(HABITS, CURRENT) ?? USUAL;
  }

  get changes(): Changes {
    return changes(this.memories, this.index);
  }

  /** The sitting that was begun today and is not over; one of another day is over. */
  get sitting(): Sitting | undefined {
    const kept = this.store.get(SITTING, CURRENT);
    return kept?.day === this.today ? kept : undefined;
  }

  /** Drills that the plan holds for today or has held, and that are not done; pages that come back among them. */
  get planned(): readonly Session[] {
    return this.#sessions.filter((session) => session.date <= this.today && this.questionsOf(session).length > 0);
  }

  /** A session of the plan that is open, of whatever day. */
  session(id: string): Session | undefined {
    return this.#open.find((session) => session.id === id);
  }

  /** The session of the plan that a mock interview of a round would tick. */
  mockSession(round: string): Session | undefined {
    return bookedFor(round, this.#open, this.store.all(TICKS), this.loaded.guide.allocation.activities);
  }

  get #open(): readonly Session[] {
    const ticks = this.store.all(TICKS);
    return (this.store.get(AGENDA, CURRENT)?.sessions ?? []).filter(({ id }) => !ticks.has(id));
  }

  get #sessions(): readonly Session[] {
    return this.#open.filter(({ kind }) => kind === "drill" || kind === "review");
  }

  /** The questions that a planned session is about: those that it names, or those of its pages that are due. */
  questionsOf({ kind, items }: Session): string[] {
    const known = items.map((id) => this.index.resolve(id));
    if (kind === "drill") return known.filter((id) => this.index.items.get(id)?.kind === "question");
    const pages = new Set(known);
    const isBack = (memory: Memory): boolean => due(memory, this.interview, this.day).day <= this.day;
    const back = [...this.memories].filter(([card, memory]) => pages.has(this.index.items.get(card)?.page ?? "") && isBack(memory));
    return back.map(([card]) => card);
  }

  /** All questions of a page, in its order: who asks for them gets them, whatever the limits of the day. */
  questionsOn(page: string): string[] {
    return within({ ...ANY, page }, this.index).map(({ id }) => id);
  }

  /** The session of the plan that comes next; null when there is none. */
  get next(): Session | null {
    const agenda = this.store.get(AGENDA, CURRENT);
    return agenda ? nextSession(agenda, this.store.all(TICKS), undefined, this.today) : null;
  }

  /** What to ask today within a scope; null = what the plan and the schedule say. */
  queue(scope: Scope | null, fresh = this.habits.fresh): Queue {
    const cards = scope ? inTurns(within(scope, this.index), this.index) : this.#scheduled();
    const limits = { most: this.habits.most, fresh };
    return queue({ cards, memories: this.memories, today: this.day, interview: this.interview, limits });
  }

  /** All that was learned; and to learn: what was read or is planned, or else, for who has neither, everything. */
  #scheduled(): Card[] {
    const { memories } = this;
    const learned = [...memories.keys()].flatMap((id) => {
      const item = this.index.items.get(id);
      return item ? [{ id, page: item.page ?? "" }] : [];
    });
    const planned = this.planned.flatMap((session) => this.questionsOf(session)).map((id) => this.index.items.get(id) as Item);
    const read = met(this.store.all(TICKS).values(), this.index);
    const ahead = planned.length + read.length > 0 ? [...planned, ...read] : within(ANY, this.index);
    const known = new Set(learned.map((card) => card.id));
    const fresh = inTurns(ahead, this.index).filter((card) => !known.has(card.id) && known.add(card.id));
    return [...learned, ...fresh];
  }

  /** Days until a question comes back, for each grade. */
  back(card: string): Readonly<Record<Grade, number>> {
    const memory = this.memories.get(card);
    const days = intervals(memory, this.day);
    const of = (grade: Grade): number => {
      const first = memory?.first ?? this.day;
      const count = (memory?.days ?? 0) + (memory?.last === this.day ? 0 : 1);
      const next = { last: this.day, interval: days[grade], first, days: count } as Memory;
      return grade === 1 ? 0 : due(next, this.interview, this.day).day - this.day;
    };
    return { 1: 0, 2: of(2), 3: of(3), 4: of(4) };
  }

  /** How many questions are due on each of the next days, from tomorrow on. */
  coming(days: number): number[] {
    const counts = new Array<number>(days).fill(0);
    for (const memory of this.memories.values()) {
      const at = Math.max(1, due(memory, this.interview, this.day).day - this.day) - 1;
      if (at < days) counts[at] = (counts[at] as number) + 1;
    }
    return counts;
  }

  // --- What can be done ---------------------------------------------------------------------------------------------

  start(scope: string, cards: readonly string[], session = ""): Promise<void> {
    return this.store.write([sittingChange(begin(crypto.randomUUID(), this.today, scope, cards, session))]);
  }

  /** Keeps what is typed as an answer, so that it outlasts a reload. */
  type(card: string, text: string): void {
    const { sitting } = this;
    if (sitting && current(sitting) === card) void this.store.write([sittingChange(withTyped(sitting, text))]);
  }

  /** Grades the question that is asked. One that another tab has graded meanwhile is not graded again. */
  grade(card: string, grade: Grade, said: Said): void {
    const { sitting } = this;
    if (!sitting || current(sitting) !== card) return;
    const review = this.review(card, grade, said);
    const next = graded(sitting, grade, review.id);
    const changes: Change[] = [{ namespace: REVIEWS, key: review.id, value: review }, sittingChange(next)];
    void this.store.write([...changes, ...this.#ticked(next)]);
  }

  /** A record for the log, not yet kept. */
  review(card: string, grade: Grade, said: Said): Review {
    const known = this.memories.get(card);
    const print = this.index.items.get(card)?.print;
    return { ...this.#entry(card, "grade"), grade, after: known?.record ?? "", ...said, ...(print === undefined ? {} : { print }) };
  }

  /** Takes the last grade of the sitting back. */
  undo(): void {
    const { sitting } = this;
    const back = sitting && undone(sitting);
    if (!sitting || !back) return;
    const entry: Review = { ...this.#entry(back.sitting.left[0] ?? "", "undo"), undoes: back.record };
    const untick: Change[] = sitting.session !== "" && current(sitting) === "" ? [{ namespace: TICKS, key: sitting.session }] : [];
    void this.store.write([{ namespace: REVIEWS, key: entry.id, value: entry }, sittingChange(back.sitting), ...untick]);
  }

  skip(): void {
    const { sitting } = this;
    if (!sitting) return;
    const next = skipped(sitting);
    void this.store.write([sittingChange(next), ...this.#ticked(next)]);
  }

  end(): void {
    void this.store.remove(SITTING, CURRENT);
  }

  /** Lets questions be learned anew. */
  reset(cards: readonly string[]): void {
    let { at } = this.#entry("", "reset");
    const entries = cards.map((card): Review => ({ ...this.#entry(card, "reset"), at: at++ }));
    void this.store.write(entries.map((value) => ({ namespace: REVIEWS, key: value.id, value })));
  }

  /** The rapid round that was begun today and is not judged yet. */
  get firing(): Firing | undefined {
    const kept = this.store.get(FIRING, CURRENT);
    return kept?.day === this.today ? kept : undefined;
  }

  /** Keeps a rapid round that is under way; null = there is none any more. */
  keepFiring(firing: Firing | null): void {
    void this.store.write([firing ? { namespace: FIRING, key: CURRENT, value: firing } : { namespace: FIRING, key: CURRENT }]);
  }

  /** Keeps a rapid round; of questions that are drilled, what came of it is a grade as well. */
  keepFire(kind: Fire["kind"], seconds: number, answers: readonly Marked[]): void {
    const { id, at, day } = this.#entry("", "grade");
    const fire: Fire = { id, day, at, kind, seconds, answers };
    const graded = counts(answers, this.memories).map(({ id: card, mark }, place): Change => {
      const value = { ...this.review(card, asGrade(mark), {}), at: at + place };
      return { namespace: REVIEWS, key: value.id, value };
    });
    void this.store.write([{ namespace: FIRES, key: id, value: fire }, { namespace: FIRING, key: CURRENT }, ...graded]);
  }

  /** Keeps what the rubric came to, and ticks what the plan had booked; returns that. Judged again, it ticks nothing. */
  keepMock(mock: Mock, marks: Mock["marks"]): Session | undefined {
    const session = this.store.get(MOCKS, mock.id)?.marks.length ? undefined : this.session(mock.session);
    const tick: Change[] = session ? [{ namespace: TICKS, key: session.id, value: tickOf(session, this.today) }] : [];
    void this.store.write([{ namespace: MOCKS, key: mock.id, value: { ...mock, marks } }, ...tick]);
    return session;
  }

  /** Begins a sitting with these questions, and goes there. */
  async drill(scope: string, cards: readonly string[]): Promise<void> {
    await this.start(scope, cards);
    location.assign(new URL("practice/drills/#go", base));
  }

  setHabits(part: Partial<Habits>): void {
    void this.store.put(HABITS, CURRENT, { ...this.habits, ...part });
  }

  note(card: string): string {
    return this.store.get(NOTES, card)?.text ?? "";
  }

  setNote(card: string, text: string): void {
    if (text.trim() === "") void this.store.remove(NOTES, card);
    else void this.store.put(NOTES, card, { card, text: text.slice(0, 20_000) });
  }

  /** Drills of the plan that are done with this step. */
  #ticked(sitting: Sitting): Change[] {
    if (current(sitting) !== "" || sitting.done.length === 0) return [];
    const session = this.session(sitting.session);
    return session ? [{ namespace: TICKS, key: session.id, value: tickOf(session, this.today) }] : [];
  }

  #entry(card: string, did: Review["did"]): Review {
    const at = nextTime(this.store.all(REVIEWS).values(), Date.now());
    return { id: crypto.randomUUID(), card, at, day: isoDay(this.day), did };
  }
}

function sittingChange(value: Sitting): Change {
  return { namespace: SITTING, key: CURRENT, value };
}
