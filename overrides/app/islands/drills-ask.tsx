/**
 * One question: it is asked as an interviewer would ask it, answered in the head, aloud or in writing, compared, ticked
 * point by point, and graded. Keys act while the keyboard is in the view: Space or Enter shows the answer, 1 to 4 grade, U takes the
 * last grade back.
 */
import { Component, createRef, type JSX } from "preact";
import { stillMissed } from "../core/practice/changes.ts";
import type { Guess } from "../core/practice/points.ts";
import { announce } from "../ui/announce";
import { base } from "../ui/base.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { type Point, type Prepared, prefetch, prepare } from "./practice-question.ts";
import { plain } from "./practice-changes.tsx";
import { takeWindow } from "./practice-window.ts";
import { Voice } from "./drills-voice.tsx";
import { count } from "./words.ts";
import { type Grade, LONGEST_ANSWER, type Sitting } from "../core/practice/records.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly sitting: Sitting;
  leave(): void;
}

interface State {
  readonly prepared: Prepared | null;
  readonly failed: boolean;
  readonly shown: boolean;
  readonly typed: string;
  /** What was guessed of a typed answer: how many points; null = nothing was typed. */
  readonly guessed: number | null;
}

const GRADES: readonly (readonly [Grade, string])[] = [
  [1, "Again"],
  [2, "Hard"],
  [3, "Good"],
  [4, "Easy"],
];

export class Ask extends Component<Props, State> {
  override state: State = { prepared: null, failed: false, shown: false, typed: this.props.sitting.typed ?? "", guessed: null };
  readonly #card = createRef<HTMLDivElement>();
  readonly #place = createRef<HTMLDivElement>();
  readonly #since = Date.now();
  /** Whether any point was ticked: else nothing is known of what is missing. */
  #ticked = false;
  #gone = false;
  #giveBack = (): void => undefined;

  get #id(): string {
    return this.props.sitting.left[0] ?? "";
  }

  override componentDidMount(): void {
    void this.#load();
  }

  override componentWillUnmount(): void {
    this.#gone = true;
    this.#giveBack();
  }

  async #load(): Promise<void> {
    const { desk, sitting } = this.props;
    const item = desk.index.items.get(this.#id);
    try {
      if (!item) throw new Error(`${this.#id} is gone`);
      const prepared = await prepare(item, stillMissed(desk.memories.get(this.#id), item.print));
      if (this.#gone) return;
      this.setState({ prepared }, () => {
        this.#place.current?.replaceChildren(prepared.element);
        prepared.element.addEventListener("change", () => (this.#ticked = true));
        this.#focus();
      });
    } catch {
      if (this.#gone) return;
      this.setState({ failed: true });
      announce("This question's page could not be loaded.");
    }
    prefetch(desk.index.items.get(sitting.left[1] ?? ""));
  }

  /** The keyboard begins at the question, unless the reader is elsewhere on the page. */
  #focus(): void {
    this.#place.current?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    this.#giveBack = takeWindow(this.#card.current);
  }

  #type(typed: string): void {
    this.setState({ typed });
    this.props.desk.type(this.#id, typed);
  }

  async #show(): Promise<void> {
    const { prepared, typed } = this.state;
    if (!prepared || this.state.shown) return;
    prepared.answers.hidden = false;
    const guessed = typed.trim() === "" || prepared.points.length === 0 ? null : await this.#guess(typed, prepared.points);
    this.setState({ shown: true, guessed });
    announce("The answer is shown. Tick what you said, then grade.");
  }

  async #guess(typed: string, points: readonly Point[]): Promise<number> {
    const held = (await guess())(typed, points.map(({ text }) => text));
    for (const [at, { box }] of points.entries()) box.checked = held[at] ?? false;
    this.#ticked = true;
    return held.filter(Boolean).length;
  }

  #grade(grade: Grade): void {
    const { prepared, shown } = this.state;
    if (!shown || !prepared) return;
    const seconds = Math.min(86_400, Math.max(0, Math.round((Date.now() - this.#since) / 1000)));
    const missed = prepared.points.filter(({ box }) => !box.checked).map(({ at }) => at);
    this.props.desk.grade(this.#id, grade, { seconds, ...(this.#ticked ? { missed } : {}) });
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    if (target.closest("textarea, input:not([type=checkbox])")) return;
    const grade = GRADES.find(([number]) => String(number) === key)?.[0];
    if (grade && this.state.shown) this.#grade(grade);
    else if (key === "u" || key === "U") this.props.desk.undo();
    else if ((key === " " || key === "Enter") && !target.closest("a, button, summary, label, input, audio")) {
      const { prepared, shown } = this.state;
      if (!shown) void this.#show();
      else if (prepared?.full) prepared.full.open = !prepared.full.open;
    } else return;
    event.preventDefault();
  };

  override render({ desk, sitting, leave }: Props, { failed, shown, typed, guessed, prepared }: State): JSX.Element {
    const left = new Set(sitting.left).size;
    const item = desk.index.items.get(this.#id);
    return (
      <div class="tl-drill" ref={this.#card} onKeyDown={this.#key}>
        <p class="tl-drill__where">
          <span>
            {sitting.scope}: {count(left, "question")} left
          </span>
          <button type="button" class="tl-drill__quiet" disabled={sitting.done.length === 0} onClick={() => desk.undo()}>
            Undo
          </button>
          <button type="button" class="tl-drill__quiet" onClick={() => desk.skip()}>
            Skip
          </button>
          <button type="button" class="tl-drill__quiet" onClick={leave}>
            Leave
          </button>
        </p>
        <div class="tl-drill__question" ref={this.#place}>
          {failed ? <Failed title={item?.title ?? this.#id} /> : <p>Loading</p>}
        </div>
        {prepared && !shown ? (
          <label class="tl-field tl-drill__typed">
            <span>Say it aloud, or type it</span>
            <textarea rows={3} maxLength={LONGEST_ANSWER} value={typed} onInput={(event) => this.#type(event.currentTarget.value)} />
          </label>
        ) : null}
        {prepared ? <Voice desk={desk} card={this.#id} shown={shown} /> : null}
        {shown ? <Compare typed={typed} guessed={guessed} points={prepared?.points.length ?? 0} /> : null}
        {shown ? <Note desk={desk} card={this.#id} /> : null}
        <div class="tl-drill__bar">
          {failed ? (
            <button type="button" class="tl-button tl-button--main" onClick={() => desk.skip()}>
              Continue with the next
            </button>
          ) : shown ? (
            <Grades back={desk.back(this.#id)} onGrade={(grade) => this.#grade(grade)} />
          ) : (
            <button type="button" class="tl-button tl-button--main" disabled={!prepared} onClick={() => void this.#show()}>
              Show the answer
            </button>
          )}
        </div>
      </div>
    );
  }
}

function Failed({ title }: { title: string }): JSX.Element {
  return (
    <div class="tl-notice tl-notice--warning" role="alert">
      <h2>{plain(title)}</h2>
      <p>The page of this question could not be loaded: you may be offline, or it was removed. The question stays as it is, and is not graded.</p>
    </div>
  );
}

function Compare({ typed, guessed, points }: { typed: string; guessed: number | null; points: number }): JSX.Element | null {
  if (typed.trim() === "") return null;
  return (
    <div class="tl-drill__compare">
      <p class="tl-answer__name">What you typed</p>
      <p class="tl-drill__own">{typed}</p>
      {guessed === null ? null : (
        <p class="tl-drill__guess">
          A guess from your words: {guessed} of {points} points. It reads words, not meaning; correct the ticks.
        </p>
      )}
    </div>
  );
}

function Grades({ back, onGrade }: { back: Readonly<Record<Grade, number>>; onGrade(grade: Grade): void }): JSX.Element {
  const said = (days: number): string => (days <= 0 ? "today" : days === 1 ? "1 day" : `${days} days`);
  return (
    <div class="tl-drill__grades" role="group" aria-label="How did it go?">
      {GRADES.map(([grade, name]) => (
        <button key={grade} type="button" class={`tl-button tl-drill__grade tl-drill__grade--${grade}`} onClick={() => onGrade(grade)}>
          <b>{name}</b> <span>{said(back[grade])}</span>
        </button>
      ))}
    </div>
  );
}

/** What the reader wants to remember of a question. Kept while it is typed. */
function Note({ desk, card }: { desk: PracticeDesk; card: string }): JSX.Element {
  const note = desk.note(card);
  return (
    <details class="tl-fold tl-drill__note" open={note !== ""}>
      <summary>
        <span class="tl-fold__title">Your note</span>
      </summary>
      <div class="tl-fold__body">
        <label class="tl-field">
          <span class="tl-hidden">Your note on this question</span>
          <textarea rows={2} defaultValue={note} onChange={(event) => desk.setNote(card, event.currentTarget.value)} />
        </label>
      </div>
    </details>
  );
}

let guessing: Promise<Guess> | null = null;

/** The guesser, with the names of the glossary; without them, where they cannot be had. */
function guess(): Promise<Guess> {
  guessing ??= (async () => {
    const names = fetch(new URL("data/synonyms.json", base)).then((response) => (response.ok ? (response.json() as Promise<string[][]>) : []));
    const [{ guesser }, synonyms] = await Promise.all([import("../core/practice/points.ts"), names.catch(() => [])]);
    return guesser(synonyms);
  })();
  return guessing;
}
