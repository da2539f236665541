/** The end of a rapid round: every question with its answer, to be judged; then what it comes to, by area. */
import { Component, createRef, type JSX } from "preact";
import { byArea } from "../core/practice/fire.ts";
import { announce } from "../ui/announce";
import { type Given, Inserted } from "./fire-run.tsx";
import { areaTitle, areaUrl } from "./areas.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { takeWindow } from "./practice-window.ts";
import { points } from "./rapid-fire.tsx";
import { Linked } from "./sessions.tsx";
import { count } from "./words.ts";
import type { Fire, Mark, Marked } from "../core/practice/records.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly kind: Fire["kind"];
  readonly seconds: number;
  readonly given: readonly Given[];
  again(): void;
}

interface State {
  readonly marks: ReadonlyMap<string, Mark>;
  readonly kept: readonly Marked[] | null;
}

const MARKS: readonly (readonly [Mark, string])[] = [
  [2, "Said it"],
  [1, "A part"],
  [0, "Did not have it"],
];

export class Grade extends Component<Props, State> {
  // A choice judges itself.
  override state: State = {
    marks: new Map(
      this.props.given
        .filter(({ brought }) => brought.right >= 0)
        .map(({ target, brought, chosen }) => [target.id, chosen === brought.right ? 2 : 0]),
    ),
    kept: null,
  };
  readonly #heading = createRef<HTMLHeadingElement>();
  #giveBack = (): void => undefined;

  override componentDidMount(): void {
    for (const [at, { brought }] of this.props.given.entries()) {
      brought.answers.hidden = false;
      // One of many now, below the heading of all.
      const title = brought.element.querySelector("h2");
      const lower = document.createElement("h3");
      if (title) {
        lower.className = title.className;
        lower.id = titleOf(at);
        lower.append(...title.childNodes);
        title.replaceWith(lower);
      }
    }
    if (this.props.kind === "choice") this.#keep();
    this.#heading.current?.focus({ preventScroll: true });
    this.#giveBack = takeWindow(this.#heading.current);
  }

  override componentWillUnmount(): void {
    this.#giveBack();
  }

  #keep(): void {
    const { desk, kind, seconds, given } = this.props;
    const answers = given.map(({ target: { id, area } }): Marked => ({ id, area, mark: this.state.marks.get(id) ?? 0 }));
    if (answers.length > 0) desk.keepFire(kind, seconds, answers);
    this.setState({ kept: answers });
    announce(`${points(answers)} of ${answers.length}.`);
  }

  override render({ desk, given, kind, again }: Props, { marks, kept }: State): JSX.Element {
    const open = given.filter(({ target }) => !marks.has(target.id)).length;
    const missed = kept?.filter(({ mark }) => mark < 2).map(({ id }) => id) ?? [];
    return (
      <section class="tl-drill__end" aria-labelledby="fire-end">
        <h2 id="fire-end" tabIndex={-1} ref={this.#heading}>
          {kept ? `${points(kept)} of ${kept.length}` : `${count(given.length, "question")}: judge each`}
        </h2>
        {given.length === 0 ? <p>None of the questions could be loaded. You may be offline.</p> : null}
        {kept ? <Areas desk={desk} answers={kept} /> : null}
        <ol class="tl-fire__answers">
          {given.map((one, at) => (
            <li key={one.target.id}>
              <Inserted element={one.brought.element} />
              {one.brought.right >= 0 ? (
                <Explained given={one} />
              ) : (
                <Judge given={one} at={at} mark={marks.get(one.target.id)} fixed={kept !== null} set={(mark) => this.setState({ marks: new Map(marks).set(one.target.id, mark) })} />
              )}
              <p class="tl-fire__more">
                <Linked url={one.target.url} title={kind === "choice" ? "With its chapter" : "The full answer"} id={`fire-more-${at}`} of={titleOf(at)} />
                {one.late ? ", out of time" : ""}
              </p>
            </li>
          ))}
        </ol>
        <div class="tl-drill__bar">
          {kept ? (
            <p class="tl-plan-buttons">
              <button type="button" class="tl-button tl-button--main" onClick={again}>
                Another round
              </button>
              {kind === "said" && missed.length > 0 ? (
                <button type="button" class="tl-button" onClick={() => void desk.drill("Missed in rapid fire", missed)}>
                  Drill the {missed.length === 1 ? "one" : missed.length} you missed
                </button>
              ) : null}
            </p>
          ) : (
            <button type="button" class="tl-button tl-button--main" disabled={open > 0} onClick={() => this.#keep()}>
              {open > 0 ? `${count(open, "question")} to judge` : "Show the result"}
            </button>
          )}
        </div>
      </section>
    );
  }
}

/** The id of a question's heading, by which everything below it is called as well. */
function titleOf(at: number): string {
  return `fire-title-${at}`;
}

function Areas({ desk, answers }: { desk: PracticeDesk; answers: readonly Marked[] }): JSX.Element {
  return (
    <ul class="tl-fire__areas">
      {byArea(answers).map(({ area, got, of }) => (
        <li key={area}>
          <Linked url={areaUrl(area)} title={areaTitle(desk, area)} />{" "}
          <span>
            {got} of {of}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface JudgeProps {
  readonly given: Given;
  readonly at: number;
  readonly mark: Mark | undefined;
  readonly fixed: boolean;
  set(mark: Mark): void;
}

function Judge({ given, at, mark, fixed, set }: JudgeProps): JSX.Element {
  return (
    <fieldset class="tl-fire__judge" disabled={fixed} aria-labelledby={`fire-judge-${at} ${titleOf(at)}`}>
      <legend class="tl-hidden" id={`fire-judge-${at}`}>
        How did it go?
      </legend>
      {MARKS.map(([value, said]) => (
        <label key={value} class="tl-check">
          <input type="radio" name={`mark ${given.target.id}`} checked={mark === value} onChange={() => set(value)} />
          <span>{said}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Explained({ given: { brought, chosen } }: { given: Given }): JSX.Element {
  return (
    <ol class="tl-fire__why">
      {brought.options.map(({ text, why }, at) => (
        <li key={at} class={at === brought.right ? "tl-fire__right" : chosen === at ? "tl-fire__wrong" : ""}>
          <Inserted element={text} />
          {at === chosen ? <b> Your answer.</b> : null}
          <p>
            <Inserted element={why} />
          </p>
        </li>
      ))}
    </ol>
  );
}
