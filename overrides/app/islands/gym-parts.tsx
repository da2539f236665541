/** Parts of the gym: the clock, what the checks found, the attempts so far. */
import { Component, type JSX } from "preact";
import { type Attempt, clockOf, isPassed } from "../core/attempts.ts";
import type { Result } from "./gym-grade.ts";
import { count } from "./words.ts";

const HIDDEN = "tl-clock-hidden";

interface ClockProps {
  /** What it shows first. */
  readonly seconds: number;
  /** The budget. */
  readonly minutes: number;
  /** It cannot be hidden, as in an interview. */
  readonly always: boolean;
  tick(seconds: number): void;
}

/** Counts the time that the page is looked at. */
export class Clock extends Component<ClockProps, { readonly seconds: number; readonly hidden: boolean }> {
  override state = { seconds: this.props.seconds, hidden: !this.props.always && isHidden() };
  #timer = 0;

  override componentDidMount(): void {
    this.#timer = window.setInterval(() => {
      if (document.visibilityState === "hidden") return;
      const seconds = this.state.seconds + 1;
      this.setState({ seconds });
      this.props.tick(seconds);
    }, 1000);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    const hidden = !this.state.hidden;
    this.setState({ hidden });
    try {
      if (hidden) localStorage.setItem(HIDDEN, "yes");
      else localStorage.removeItem(HIDDEN);
    } catch {
      // Without storage it holds for this page.
    }
  }

  override render({ minutes, always }: ClockProps, { seconds, hidden }: { seconds: number; hidden: boolean }): JSX.Element {
    return (
      <p class="tl-gym__clock">
        {hidden ? null : (
          <span role="timer">
            {clockOf(seconds)}
            {minutes > 0 ? ` of ${minutes} min` : ""}
          </span>
        )}
        {always ? null : (
          <button type="button" class="tl-link" onClick={() => this.#turn()}>
            {hidden ? "Show the clock" : "Hide the clock"}
          </button>
        )}
      </p>
    );
  }
}

function isHidden(): boolean {
  try {
    return localStorage.getItem(HIDDEN) !== null;
  } catch {
    return false;
  }
}

const STATES: Readonly<Record<Result["state"], string>> = {
  waiting: "Waiting",
  running: "Running",
  passed: "Passed",
  failed: "Failed",
  left: "Not run",
};

/** What failed comes first, with all that there is to say. */
export function Results({ results }: { results: readonly Result[] }): JSX.Element {
  const rank = { failed: 0, running: 1, left: 2, waiting: 3, passed: 4 };
  const over = results.every(({ state }) => state !== "waiting" && state !== "running");
  const ordered = over ? [...results].sort((a, b) => rank[a.state] - rank[b.state]) : results;
  return (
    <ul class="tl-gym__results" aria-label="Checks">
      {ordered.map(({ check, state, message, printed }) => (
        <li key={check.name} class={`tl-gym__check tl-gym__check--${state}`}>
          <b>{STATES[state]}</b>
          <div>
            <p>{check.symptom}</p>
            {message === "" ? null : (
              <pre tabIndex={0} aria-label={`What the check says: ${check.symptom}`}>
                {message}
              </pre>
            )}
            {printed === "" || state === "passed" ? null : (
              <details>
                <summary>What your code printed</summary>
                <pre tabIndex={0}>{printed}</pre>
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

interface AttemptsProps {
  readonly attempts: readonly Attempt[];
  readonly total: number;
  back(code: string): void;
}

export function Attempts({ attempts, total, back }: AttemptsProps): JSX.Element | null {
  if (attempts.length === 0) return null;
  return (
    <details class="tl-gym__attempts">
      <summary>{count(attempts.length, "attempt")} so far</summary>
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.at}>
            <span>
              {new Date(attempt.at).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" })}, {clockOf(attempt.seconds)}:{" "}
              {isPassed(attempt) ? "passed" : `${attempt.passed.length} of ${Math.max(total, attempt.passed.length)} checks`}
              {attempt.interview ? ", as in an interview" : ""}
            </span>{" "}
            <button type="button" class="tl-link" onClick={() => back(attempt.code)}>
              Put it into the editor
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}
