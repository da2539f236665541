/** A clock for telling a story: started, stopped, and the last time kept. */
import { Component, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { announce } from "../ui/announce";

interface Props {
  /** Of the last time; 0 = none. */
  readonly seconds: number;
  set(seconds: number): void;
}

interface State {
  /** When it was started; 0 = it stands. */
  readonly since: number;
  readonly now: number;
}

const TWO_MINUTES = 120;

export class StoryClock extends Component<Props, State> {
  override state: State = { since: 0, now: 0 };
  #timer = 0;

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
  }

  #start(): void {
    const now = Date.now();
    this.setState({ since: now, now });
    this.#timer = window.setInterval(() => this.setState({ now: Date.now() }), 250);
  }

  #stop(): void {
    clearInterval(this.#timer);
    const seconds = Math.min(86_400, Math.max(1, Math.round((Date.now() - this.state.since) / 1000)));
    this.setState({ since: 0 });
    this.props.set(seconds);
    announce(`Told in ${clockOf(seconds)}.`);
  }

  override render({ seconds }: Props, { since, now }: State): JSX.Element {
    const passed = Math.max(0, Math.floor((now - since) / 1000));
    const over = seconds > TWO_MINUTES ? ", longer than two minutes" : "";
    return (
      <p class="tl-plan-buttons tl-story__clock">
        <button type="button" class="tl-button" onClick={() => (since > 0 ? this.#stop() : this.#start())}>
          {since > 0 ? "Stop the clock" : "Tell it against the clock"}
        </button>
        {since > 0 ? (
          <span role="timer" class="tl-fire__clock">
            {clockOf(passed)}
          </span>
        ) : seconds > 0 ? (
          <span>
            Told in {clockOf(seconds)}
            {over}.
          </span>
        ) : null}
      </p>
    );
  }
}
