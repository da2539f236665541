/**
 * The round itself: one question after the other, each with its clock. When the time is over the next one comes, as the
 * interviewer would go on. Nothing is told before the end.
 */
import { Component, createRef, type JSX } from "preact";
import type { Answered } from "../core/practice/records.ts";
import { announce } from "../ui/announce";
import { takeWindow } from "./practice-window.ts";

/** A question as it was brought from its page. */
export interface Brought {
  readonly element: HTMLElement;
  readonly answers: HTMLElement;
  /** Of a multiple-choice item, in the order in which they are shown. */
  readonly options: readonly { readonly text: HTMLElement; readonly why: HTMLElement }[];
  /** Which of them is right; -1 = it has none. */
  readonly right: number;
}

export interface Target {
  readonly id: string;
  readonly area: string;
  readonly url: string;
  load(): Promise<Brought>;
}

/** A question that was asked. One whose page could not be had was not. */
export interface Given {
  readonly target: Target;
  readonly brought: Brought;
  /** Which answer was chosen; -1 = none. */
  readonly chosen: number;
  /** The time was over. */
  readonly late: boolean;
}

interface Props {
  readonly targets: readonly Target[];
  /** Those that were answered before, when the round is taken up again: the first of the targets. */
  readonly given: readonly Given[];
  readonly seconds: number;
  /** The question that was asked is behind; null = it could not be shown. */
  step(how: Omit<Answered, "id"> | null): void;
  leave(): void;
  end(given: readonly Given[]): void;
}

interface State {
  readonly at: number;
  readonly brought: Brought | null;
  readonly left: number;
  readonly chosen: number;
}

const WARNING = 10;

export class Run extends Component<Props, State> {
  override state: State = { at: this.props.given.length, brought: null, left: this.props.seconds, chosen: -1 };
  readonly #place = createRef<HTMLDivElement>();
  readonly #card = createRef<HTMLDivElement>();
  readonly #given: Given[] = [...this.props.given];
  #giveBack = (): void => undefined;
  #until = 0;
  #ticking = 0;
  #warned = false;
  #gone = false;

  override componentDidMount(): void {
    this.#ticking = window.setInterval(() => this.#tick(), 250);
    void this.#load();
  }

  override componentWillUnmount(): void {
    this.#gone = true;
    this.#giveBack();
    clearInterval(this.#ticking);
  }

  async #load(): Promise<void> {
    const { targets, seconds } = this.props;
    const { at } = this.state;
    const target = targets[at];
    if (!target) return;
    let brought: Brought;
    try {
      brought = await target.load();
    } catch {
      if (this.#gone) return;
      announce("A question's page could not be loaded. Here is the next one.");
      this.props.step(null);
      this.#advance();
      return;
    }
    if (this.#gone) return;
    this.setState({ brought, left: seconds, chosen: -1 }, () => {
      this.#place.current?.replaceChildren(brought.element);
      this.#place.current?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
      this.#giveBack = takeWindow(this.#card.current);
      this.#until = Date.now() + seconds * 1000;
      this.#warned = false;
    });
  }

  #tick(): void {
    if (!this.state.brought || this.#until === 0) return;
    const left = Math.ceil((this.#until - Date.now()) / 1000);
    if (left <= 0) return this.#next(true);
    if (left !== this.state.left) this.setState({ left });
    if (left <= WARNING && !this.#warned && this.props.seconds > 2 * WARNING) {
      this.#warned = true;
      announce(`${WARNING} seconds.`);
    }
  }

  #next(late: boolean): void {
    const { brought, at, chosen } = this.state;
    const target = this.props.targets[at];
    if (!brought || !target) return;
    this.#given.push({ target, brought, chosen, late });
    this.props.step({ chosen, late });
    this.#advance();
  }

  #advance(): void {
    this.#until = 0;
    const at = this.state.at + 1;
    if (at >= this.props.targets.length) this.props.end(this.#given);
    else this.setState({ at, brought: null }, () => void this.#load());
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement) || target.closest("button, a")) return;
    const { brought } = this.state;
    const option = brought?.options.length ? "1234".indexOf(key) : -1;
    if (option >= 0) this.setState({ chosen: option });
    else if ((key === " " && !target.closest("input")) || key === "Enter") this.#next(false);
    else return;
    event.preventDefault();
  };

  override render({ targets, seconds, leave }: Props, { at, brought, left, chosen }: State): JSX.Element {
    const last = at === targets.length - 1;
    return (
      <div class="tl-drill" ref={this.#card} onKeyDown={this.#key}>
        <p class="tl-drill__where">
          <span>
            Question {at + 1} of {targets.length}
          </span>
          <span class={`tl-fire__clock${left <= WARNING ? " tl-fire__clock--short" : ""}`} role="timer">
            {left} s
          </span>
          <button type="button" class="tl-drill__quiet" onClick={leave}>
            Leave
          </button>
        </p>
        <div class="tl-fire__bar" aria-hidden="true">
          <span style={`width: ${(100 * left) / seconds}%`} />
        </div>
        <div class="tl-drill__question" ref={this.#place}>
          <p>Loading</p>
        </div>
        {brought && brought.options.length > 0 ? (
          <fieldset class="tl-fire__options">
            <legend class="tl-hidden">Your answer</legend>
            {brought.options.map(({ text }, option) => (
              <label key={`${at} ${option}`} class="tl-check">
                <input type="radio" name="option" checked={chosen === option} onChange={() => this.setState({ chosen: option })} />
                <Inserted element={text} />
              </label>
            ))}
          </fieldset>
        ) : null}
        <div class="tl-drill__bar">
          <button type="button" class="tl-button tl-button--main" disabled={!brought} onClick={() => this.#next(false)}>
            {last ? "Finish" : "Next"}
          </button>
        </div>
      </div>
    );
  }
}

/** An element of the guide within a view. */
export class Inserted extends Component<{ readonly element: HTMLElement }> {
  readonly #place = createRef<HTMLSpanElement>();

  override componentDidMount(): void {
    this.#place.current?.replaceChildren(this.props.element);
  }

  override render(): JSX.Element {
    return <span ref={this.#place} />;
  }
}
