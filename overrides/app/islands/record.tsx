/**
 * Record yourself: one button, the time while it runs, and what became of it. The sound stays in this browser, apart from
 * everything that is exported.
 */
import { Component, createRef, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { type Recording, RECORDINGS } from "../core/practice/records.ts";
import { measure } from "../core/practice/speech.ts";
import { openSounds } from "../store/sounds.ts";
import { announce } from "../ui/announce";
import { NoMicrophone, Recorder, STEP, type Take } from "../ui/recorder.ts";
import { saveFile } from "../ui/save.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { fileName, spoken } from "./recordings.tsx";

/** In seconds. */
const SHORTEST = 1;
const LIMITS = { seconds: 60 * 60, bytes: 30_000_000 };

interface Props {
  readonly desk: PracticeDesk;
  /** Id of the interview, or of the question. */
  readonly of: string;
  /** Begin at once: the reader has asked for it already. */
  readonly begin?: boolean;
}

interface State {
  readonly doing: "nothing" | "asking" | "recording" | "keeping";
  readonly seconds: number;
  readonly said: string;
  readonly failed: string;
  /** What could not be kept, for a file. */
  readonly left: { readonly sound: Blob; readonly name: string } | null;
}

const LABELS: Readonly<{ [doing in State["doing"]]: string }> = {
  nothing: "Record yourself",
  asking: "Waiting for the microphone",
  recording: "Stop recording",
  keeping: "Keeping it",
};

/** One button, so that the keyboard stays on it. */
export class RecordYourself extends Component<Props, State> {
  override state: State = { doing: "nothing", seconds: 0, said: "", failed: "", left: null };
  #recorder: Recorder | null = null;
  #timer = 0;
  #gone = false;
  readonly #button = createRef<HTMLButtonElement>();

  override componentDidMount(): void {
    if (!this.props.begin) return;
    this.#button.current?.focus();
    void this.#begin();
  }

  override componentWillUnmount(): void {
    this.#gone = true;
    clearInterval(this.#timer);
    // What was said so far is kept.
    this.#recorder?.stop();
  }

  #press(): void {
    if (this.state.doing === "nothing") void this.#begin();
    else if (this.state.doing === "recording") this.#recorder?.stop();
  }

  async #begin(): Promise<void> {
    this.setState({ doing: "asking", said: "", failed: "", left: null });
    try {
      const recorder = await Recorder.begin(LIMITS, (take) => void this.#keep(take));
      if (this.#gone) return recorder.stop();
      this.#recorder = recorder;
      this.#timer = window.setInterval(() => this.setState({ seconds: recorder.seconds }), 250);
      this.setState({ doing: "recording", seconds: 0 });
      announce("Recording.");
    } catch (error) {
      this.setState({ doing: "nothing", failed: error instanceof NoMicrophone ? error.message : "Recording failed." });
    }
  }

  async #keep({ sound, levels, ended }: Take): Promise<void> {
    clearInterval(this.#timer);
    if (levels.length * STEP < SHORTEST) return this.setState({ doing: "nothing", said: "That was too short to keep." });
    this.setState({ doing: "keeping" });
    const { desk, of } = this.props;
    const { total, speaking, pauses, longest } = measure(levels, STEP);
    const [seconds, spoke, silent] = [total, speaking, longest].map(Math.round) as [number, number, number];
    const told = { seconds, speaking: Math.min(spoke, seconds), pauses, longest: silent };
    const recording: Recording = { id: crypto.randomUUID(), of, day: desk.today, at: Date.now(), bytes: sound.size, type: sound.type, ...told };
    try {
      await (await openSounds()).put(recording.id, sound);
      await desk.store.put(RECORDINGS, recording.id, recording);
      void desk.store.persist();
      const why = { asked: "", long: "It was stopped after an hour. ", large: "It was stopped at 30 MB. " }[ended];
      const said = `${why}Kept in this browser: ${spoken(recording)}`;
      this.setState({ doing: "nothing", said });
      announce(said);
    } catch (error) {
      const full = error instanceof Error && error.name === "QuotaExceededError";
      const why = full ? "There is no space left in this browser for the recording." : "This browser does not let the page keep the recording.";
      const failed = `${why} Save it to a file now: it is gone when you leave this page.`;
      this.setState({ doing: "nothing", failed, left: { sound, name: fileName(recording) } });
    }
  }

  override render(_: Props, { doing, seconds, said, failed, left }: State): JSX.Element {
    return (
      <div class="tl-record">
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button" ref={this.#button} aria-disabled={doing === "asking" || doing === "keeping"} onClick={() => this.#press()}>
            {LABELS[doing]}
          </button>
          {doing === "recording" ? (
            <span role="timer" class="tl-record__time">
              {clockOf(seconds)}
            </span>
          ) : (
            <span class="tl-record__said">{said === "" ? "The audio stays in this browser; recording ends when you leave the page or after an hour." : said}</span>
          )}
        </p>
        {failed === "" ? null : <p role="alert">{failed}</p>}
        {left ? (
          <p class="tl-plan-buttons">
            <button type="button" class="tl-button tl-button--main" onClick={() => saveFile(left.sound, left.name)}>
              Save the recording to a file
            </button>
          </p>
        ) : null}
      </div>
    );
  }
}
