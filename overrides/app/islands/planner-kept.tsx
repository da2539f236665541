/** What only a reader with a plan sees: days that were missed, and another beginning. Fetched when there is a plan. */
import { Component, createRef, type JSX } from "preact";
import type { Desk } from "./planner-desk.ts";
import { count, duration } from "./planner-parts.tsx";
import { StandingBars } from "./standing-bars.tsx";

/** Days that have passed with something left on them. */
export function Missed({ desk }: { desk: Desk }): JSX.Element {
  const { missed } = desk;
  const minutes = missed.reduce((sum, session) => sum + session.minutes, 0);
  return (
    <div class="tl-notice" role="status">
      <p>
        {count(missed.length, "session")} of the past days {missed.length === 1 ? "is" : "are"} not ticked ({duration(minutes)}).
      </p>
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button tl-button--main" onClick={() => desk.replan()}>
          I missed some days: plan again from today
        </button>
        <button type="button" class="tl-button" onClick={() => desk.tickMissed()}>
          I did them: tick them all
        </button>
      </p>
    </div>
  );
}

/** Where the reader should be against where they are. */
export function Stand({ desk }: { desk: Desk }): JSX.Element {
  return <StandingBars now={desk.now} />;
}

export class Again extends Component<{ desk: Desk }, { asked: boolean }> {
  override state = { asked: false };
  readonly #start = createRef<HTMLButtonElement>();
  readonly #cancel = createRef<HTMLButtonElement>();

  /** The keyboard goes to the way back, and nothing comes to lie under the mouse: who presses twice begins nothing. */
  #ask(): void {
    this.setState({ asked: true }, () => this.#cancel.current?.focus());
  }

  #leave(): void {
    this.setState({ asked: false }, () => this.#start.current?.focus());
  }

  #begin(): void {
    const { desk } = this.props;
    this.#leave();
    desk.begin(desk.settings);
  }

  override render({ desk }: { desk: Desk }, { asked }: { asked: boolean }): JSX.Element {
    return (
      <section class="tl-plan-again" aria-labelledby="plan-again" onKeyDown={({ key }) => asked && key === "Escape" && this.#leave()}>
        <h2 id="plan-again">Begin again</h2>
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button" onClick={() => desk.replan()}>
            Plan again from today
          </button>
          {asked ? null : (
            <button key="start" type="button" class="tl-button" ref={this.#start} onClick={() => this.#ask()}>
              Start a plan for another interview
            </button>
          )}
        </p>
        {asked ? (
          <>
            <p>Start a plan for another interview? What you did stays.</p>
            <p class="tl-plan-buttons">
              <button type="button" class="tl-button" ref={this.#cancel} onClick={() => this.#leave()}>
                Cancel
              </button>
              <button type="button" class="tl-button" onClick={() => this.#begin()}>
                Yes, start a new plan
              </button>
            </p>
          </>
        ) : null}
      </section>
    );
  }
}
