/** A mock interview under way: the clock, the part of the round that it is in, what is asked, notes. */
import { Component, createRef, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { encodeSet, phaseAt } from "../core/practice/mock.ts";
import type { Mock } from "../core/practice/records.ts";
import { announce } from "../ui/announce";
import { CopyLink } from "./copy-link.tsx";
import { Asked } from "./mock-script.tsx";
import type { Sheet } from "./mock-sheet.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { within } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly mock: Mock;
  readonly sheet: Sheet;
  readonly name: string;
  put(mock: Mock): void;
  end(): void;
}

interface State {
  readonly at: number;
  readonly now: number;
}

export class Run extends Component<Props, State> {
  override state: State = { at: 0, now: Date.now() };
  readonly #heading = createRef<HTMLHeadingElement>();
  readonly #where = createRef<HTMLParagraphElement>();
  #timer = 0;
  #phase = -1;

  override componentDidMount(): void {
    this.#heading.current?.focus();
    this.#timer = window.setInterval(() => this.#tick(), 500);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
  }

  get #seconds(): number {
    return Math.max(0, Math.floor((this.state.now - this.props.mock.at) / 1000));
  }

  #tick(): void {
    this.setState({ now: Date.now() });
    const { sheet, mock } = this.props;
    const { at } = phaseAt(sheet.phases, mock.minutes, this.#seconds);
    if (at !== this.#phase && at >= 0) announce(`Now: ${sheet.phases[at]?.said}`);
    this.#phase = at;
  }

  /** The keyboard goes along: the button may be one that leads no further. */
  #step(at: number): void {
    this.setState({ at }, () => this.#where.current?.focus());
  }

  override render({ desk, mock, sheet, name, put, end }: Props, { at }: State): JSX.Element {
    const seconds = this.#seconds;
    const left = 60 * mock.minutes - seconds;
    const last = at === mock.items.length - 1;
    return (
      <section class="tl-ready tl-mock" aria-labelledby="mock-run">
        <h2 id="mock-run" tabIndex={-1} ref={this.#heading}>
          {name}
        </h2>
        <p class="tl-mock__clock">
          <span role="timer" class="tl-fire__clock">
            {left >= 0 ? clockOf(left) : `over by ${clockOf(-left)}`}
          </span>
          <Signal sheet={sheet} minutes={mock.minutes} seconds={seconds} />
        </p>
        <p class="tl-drill__where" tabIndex={-1} ref={this.#where}>
          {at + 1} of {mock.items.length}
        </p>
        <Asked key={mock.items[at]} desk={desk} id={mock.items[at] as string} answered={false} />
        <label class="tl-field">
          <span>Notes</span>
          <textarea
            rows={5}
            maxLength={20_000}
            value={mock.notes}
            onInput={(event) => put({ ...mock, notes: event.currentTarget.value.slice(0, 20_000) })}
          />
        </label>
        <div class="tl-drill__bar">
          <p class="tl-plan-buttons">
            <button type="button" class="tl-button" disabled={at === 0} onClick={() => this.#step(at - 1)}>
              Back
            </button>
            <button type="button" class="tl-button" disabled={last} onClick={() => this.#step(at + 1)}>
              Next
            </button>
            <button type="button" class="tl-button tl-button--main" onClick={end}>
              End, and judge it
            </button>
          </p>
        </div>
        <details class="tl-fold">
          <summary>
            <span class="tl-fold__title">Somebody interviews you</span> <span class="tl-fold__said">the same set with answers, by a link</span>
          </summary>
          <div class="tl-fold__body">
            <CopyLink label="Link for the interviewer" link={within(`practice/mock/#${encodeSet(mock)}`)}>
              <p>Open it in a second tab, or send it. It holds the set and nothing of yours.</p>
            </CopyLink>
          </div>
        </details>
      </section>
    );
  }
}

const SOON = 60;

/** Says where the round would be, and that it would move on soon; it stops nothing. */
function Signal({ sheet, minutes, seconds }: { readonly sheet: Sheet; readonly minutes: number; readonly seconds: number }): JSX.Element | null {
  const { at, left } = phaseAt(sheet.phases, minutes, seconds);
  const phase = sheet.phases[at];
  if (!phase) return null;
  const next = sheet.phases[at + 1];
  return (
    <span class="tl-mock__signal">
      <b>Now:</b> {phase.said}
      {left <= SOON && next ? (
        <>
          {" "}
          <b>Soon:</b> {next.said}
        </>
      ) : null}
    </span>
  );
}
