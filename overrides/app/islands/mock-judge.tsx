/** After a mock interview: the rubric of the round, dimension by dimension, beside what was asked and what was noted. */
import { Component, createRef, type JSX } from "preact";
import type { Mock } from "../core/practice/records.ts";
import { CaseSection } from "./mock-case.tsx";
import { Script } from "./mock-script.tsx";
import type { Sheet } from "./mock-sheet.ts";
import { Recordings } from "./recordings.tsx";
import { TwistsTold } from "./mock-twists.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { takeWindow } from "./practice-window.ts";
import { count, within } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly mock: Mock;
  readonly sheet: Sheet;
  readonly name: string;
  /** Keeps what the rubric came to. */
  keep(marks: Mock["marks"]): void;
  back(): void;
}

export class Judge extends Component<Props, { readonly marks: ReadonlyMap<string, number> }> {
  override state = { marks: new Map<string, number>() as ReadonlyMap<string, number> };
  readonly #heading = createRef<HTMLHeadingElement>();

  #giveBack = (): void => undefined;

  override componentDidMount(): void {
    this.#heading.current?.focus({ preventScroll: true });
    this.#giveBack = takeWindow(this.#heading.current);
  }

  override componentWillUnmount(): void {
    this.#giveBack();
  }

  override render({ desk, mock, sheet, name, keep, back }: Props, { marks }: { readonly marks: ReadonlyMap<string, number> }): JSX.Element {
    const open = sheet.rubric.filter((dimension) => !marks.has(dimension.name)).length;
    const piece = desk.index.items.get(desk.index.resolve(mock.items[0] ?? ""));
    const mark = (of: string, value: number): void => this.setState({ marks: new Map([...marks, [of, value]]) });
    return (
      <form
        class="tl-ready tl-mock"
        aria-labelledby="mock-judge"
        onSubmit={(event) => {
          event.preventDefault();
          if (open === 0) keep(sheet.rubric.map((dimension) => ({ name: dimension.name, mark: marks.get(dimension.name) ?? 0 })));
        }}
      >
        <h2 id="mock-judge" tabIndex={-1} ref={this.#heading}>
          {name}: which line describes what you did?
        </h2>
        {sheet.rubric.map((dimension) => (
          <fieldset key={dimension.name} class="tl-mock__dimension">
            <legend>{dimension.name}</legend>
            {[...dimension.levels.map((said, at) => [at + 1, said] as const), [0, "None of these yet"] as const].map(([value, said]) => (
              <label key={value} class="tl-check">
                <input type="radio" name={`mock ${dimension.name}`} checked={marks.get(dimension.name) === value} onChange={() => mark(dimension.name, value)} />
                <span>
                  {value === 0 ? null : <b>{sheet.levels[value - 1]}: </b>}
                  {said}
                </span>
              </label>
            ))}
          </fieldset>
        ))}
        {piece?.kind === "case" ? (
          <details class="tl-fold">
            <summary>
              <span class="tl-fold__title">The rubric of this case</span> <span class="tl-fold__said">what each line means for it</span>
            </summary>
            <div class="tl-fold__body">
              <CaseSection item={piece} section="rubric" title="" lead="Read your column, and the one after it." />
              <p>
                <a href={within(`${piece.url}#rubric`)} target="_blank" rel="noopener">
                  On the page of the case (new tab)
                </a>
              </p>
            </div>
          </details>
        ) : null}
        <Recordings desk={desk} of={mock.id} />
        {mock.notes.trim() === "" ? null : (
          <div>
            <h3>Your notes</h3>
            <p class="tl-drill__own">{mock.notes}</p>
          </div>
        )}
        <details class="tl-fold">
          <summary>
            <span class="tl-fold__title">What was asked, with its answers</span>
          </summary>
          <div class="tl-fold__body">
            <TwistsTold set={mock} lead="The twists of the case, each with what a strong answer says." />
            <Script desk={desk} items={mock.items} />
          </div>
        </details>
        <p class="tl-plan-buttons">
          <button class="tl-button tl-button--main" disabled={open > 0}>
            {open > 0 ? `${count(open, "point")} to judge` : "Keep the result"}
          </button>
          <button type="button" class="tl-button" onClick={back}>
            Back to the clock
          </button>
        </p>
      </form>
    );
  }
}
