/** A mock interview under way: the clock, the part of the round that it is in, what is asked, notes. */
import { Component, createRef, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { encodeSet, phaseAt } from "../core/practice/mock.ts";
import type { Mock } from "../core/practice/records.ts";
import { type Planned, upBy } from "../core/practice/twists.ts";
import { announce } from "../ui/announce";
import { CopyLink } from "./copy-link.tsx";
import { Asked } from "./mock-script.tsx";
import type { Sheet } from "./mock-sheet.ts";
import { TwistsUp } from "./mock-twists.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { takeWindow } from "./practice-window.ts";
import { RecordYourself } from "./record.tsx";
import { within } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly mock: Mock;
  readonly sheet: Sheet;
  readonly twists: readonly Planned[];
  readonly name: string;
  put(mock: Mock): void;
  end(): void;
}

interface State {
  readonly at: number;
  readonly now: number;
  /** Where the round would be is shown: an interviewer would not say it. */
  readonly guided: boolean;
}

export class Run extends Component<Props, State> {
  override state: State = { at: 0, now: Date.now(), guided: false };
  readonly #section = createRef<HTMLElement>();
  readonly #heading = createRef<HTMLHeadingElement>();
  readonly #where = createRef<HTMLParagraphElement>();
  #giveBack = (): void => undefined;
  #timer = 0;
  #phase = -1;
  /** Twists that have come up; what was up when the reader came back is not told again. */
  #up = this.#upNow;

  override componentDidMount(): void {
    this.#heading.current?.focus({ preventScroll: true });
    this.#giveBack = takeWindow(this.#section.current);
    this.#timer = window.setInterval(() => this.#tick(), 500);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
    this.#giveBack();
  }

  #since(now: number): number {
    return Math.max(0, Math.floor((now - this.props.mock.at) / 1000));
  }

  #tick(): void {
    const now = Date.now();
    this.setState({ now });
    const { sheet, mock } = this.props;
    // By the same moment as the twists: the state has the moment before until it is drawn.
    const { at } = phaseAt(sheet.phases, mock.minutes, this.#since(now));
    const up = this.#upNow;
    // Told together: of two things that are told at once, only the last is heard.
    const told = [
      ...(this.state.guided && at !== this.#phase && at >= 0 ? [`Now: ${sheet.phases[at]?.said}`] : []),
      ...this.props.twists.slice(this.#up, up).map(({ said }) => `Now imagine: ${said}`),
    ];
    if (told.length > 0) announce(told.join(". "));
    this.#phase = at;
    this.#up = up;
  }

  get #upNow(): number {
    const { twists, mock } = this.props;
    return upBy(twists, this.#since(Date.now()), mock.twists);
  }

  #more(): void {
    const { mock, put } = this.props;
    put({ ...mock, twists: this.#upNow + 1 });
  }

  /** The keyboard goes along: the button may be one that leads no further. */
  #step(at: number): void {
    this.setState({ at }, () => this.#where.current?.focus());
  }

  override render({ desk, mock, sheet, twists, name, put, end }: Props, { at, guided }: State): JSX.Element {
    const seconds = this.#since(this.state.now);
    const left = 60 * mock.minutes - seconds;
    const last = at === mock.items.length - 1;
    return (
      <section class="tl-ready tl-mock" aria-labelledby="mock-run" ref={this.#section}>
        <h2 id="mock-run" tabIndex={-1} ref={this.#heading}>
          {name}
        </h2>
        <p class="tl-mock__clock">
          <span role="timer" class="tl-fire__clock">
            {left >= 0 ? clockOf(left) : `over by ${clockOf(-left)}`}
          </span>
          {sheet.phases.length > 0 ? (
            <button type="button" class="tl-drill__quiet" aria-expanded={guided} onClick={() => this.setState({ guided: !guided })}>
              Where should I be?
            </button>
          ) : null}
          {guided ? <Signal sheet={sheet} minutes={mock.minutes} seconds={seconds} twists={twists} /> : null}
        </p>
        <p class="tl-drill__where" tabIndex={-1} ref={this.#where}>
          {at + 1} of {mock.items.length}
        </p>
        <Asked key={mock.items[at]} desk={desk} id={mock.items[at] as string} answered={false} />
        <TwistsUp twists={twists} up={upBy(twists, seconds, mock.twists)} more={() => this.#more()} />
        <RecordYourself desk={desk} of={mock.id} />
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
            <button type="button" class={`tl-button${last ? "" : " tl-button--main"}`} disabled={last} onClick={() => this.#step(at + 1)}>
              Next
            </button>
            <button type="button" class={`tl-button${last ? " tl-button--main" : ""}`} onClick={end}>
              End, and judge it
            </button>
          </p>
        </div>
        <details class="tl-fold">
          <summary>
            <span class="tl-fold__title">With an interviewer</span> <span class="tl-fold__said">the same set with answers, by a link</span>
          </summary>
          <div class="tl-fold__body">
            <CopyLink label="Link for the interviewer" link={within(`practice/mock/#${encodeSet(mock)}`)}>
              <p>Open it in a second tab, or send it. It holds the set and nothing that you wrote.</p>
            </CopyLink>
          </div>
        </details>
      </section>
    );
  }
}

const SOON = 60;

interface SignalProps {
  readonly sheet: Sheet;
  readonly minutes: number;
  readonly seconds: number;
  readonly twists: readonly Planned[];
}

/** Says where the round would be, that it would move on soon, and which twist has just come up; it stops nothing. */
function Signal({ sheet, minutes, seconds, twists }: SignalProps): JSX.Element | null {
  const fresh = twists.find((one) => one.at !== null && seconds >= one.at && seconds < one.at + SOON);
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
      {fresh ? (
        <>
          {" "}
          <b>Now imagine:</b> {fresh.said}
        </>
      ) : null}
    </span>
  );
}
