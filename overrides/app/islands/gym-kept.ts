/** What the gym keeps of an exercise: the draft, every attempt, and the tick of the session that it was planned for. */
import { type Attempt, attemptsAt, type Draft, isPassed, keyOfAttempt } from "../core/attempts.ts";
import { ATTEMPTS, draftKey, DRAFTS, store, type Store } from "../store/index.ts";
import { base } from "../ui/base";
import { openStore } from "./kept.ts";

/** Milliseconds without a key, after which a draft is kept. */
const RESTED = 400;

export class Bench {
  readonly store: Store;
  readonly exercise: string;
  readonly interview: boolean;
  #timer = 0;
  #draft: Draft | null = null;

  private constructor(exercise: string, interview: boolean) {
    this.store = store();
    this.exercise = exercise;
    this.interview = interview;
  }

  static async open(exercise: string, interview: boolean): Promise<Bench> {
    const bench = new Bench(exercise, interview);
    await bench.store.ready;
    return bench;
  }

  get draft(): Draft | undefined {
    return this.#draft ?? this.store.get(DRAFTS, draftKey(this.exercise, this.interview));
  }

  get attempts(): readonly Attempt[] {
    return attemptsAt(this.store.all(ATTEMPTS).values(), this.exercise);
  }

  /** Keeps what stands in the editor, when the reader rests or leaves. */
  write(code: string, seconds: number): void {
    const { exercise, interview } = this;
    this.#draft = { exercise, code: code.slice(0, 100_000), seconds, interview };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.keep(), RESTED);
  }

  keep(): void {
    clearTimeout(this.#timer);
    if (this.#draft) void this.store.put(DRAFTS, draftKey(this.exercise, this.interview), this.#draft);
    this.#draft = null;
  }

  /** Keeps an attempt; one that passed ticks what was planned. */
  async attempt(given: Omit<Attempt, "exercise" | "interview" | "at">): Promise<void> {
    const { exercise, interview } = this;
    // Two attempts have two times, whatever the clock says.
    const last = this.attempts[0]?.at ?? 0;
    const attempt = { ...given, code: given.code.slice(0, 100_000), exercise, interview, at: Math.max(Date.now(), last + 1) };
    void this.store.put(ATTEMPTS, keyOfAttempt(attempt), attempt);
    if (!isPassed(attempt)) return;
    const kept = await openStore();
    const path = decodeURI(location.pathname.slice(base.pathname.length));
    for (const session of kept.agenda?.sessions ?? []) {
      const here = session.kind === "code" && session.entries.some(({ url }) => url.replace(/#.*/, "") === path);
      if (here && !kept.ticks.has(session.id)) kept.mark(session, true);
    }
  }
}
