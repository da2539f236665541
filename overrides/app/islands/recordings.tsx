/** What was recorded of an interview or an answer: to be played, saved, deleted; and what the sound alone says of how it was spoken. */
import { Component, createRef, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { type Recording, RECORDINGS } from "../core/practice/records.ts";
import { openSounds } from "../store/sounds.ts";
import { announce } from "../ui/announce";
import { saveFile } from "../ui/save.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { count } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  /** Id of the interview, or of the question. */
  readonly of: string;
}

export function recordingsOf({ store }: PracticeDesk, of: string): Recording[] {
  return [...store.all(RECORDINGS).values()].filter((one) => one.of === of).sort((a, b) => a.at - b.at);
}

export function Recordings({ desk, of }: Props): JSX.Element | null {
  const found = recordingsOf(desk, of);
  if (found.length === 0) return null;
  return (
    <ul class="tl-recordings">
      {found.map((recording, at) => (
        <li key={recording.id}>
          <Played desk={desk} recording={recording} name={found.length > 1 ? `Recording ${at + 1}` : "Recording"} />
        </li>
      ))}
    </ul>
  );
}

interface PlayedProps {
  readonly desk: PracticeDesk;
  readonly recording: Recording;
  readonly name: string;
}

interface State {
  /** Null while it is looked for; undefined when it is not here. */
  readonly sound: Blob | null | undefined;
  readonly asked: boolean;
}

class Played extends Component<PlayedProps, State> {
  override state: State = { sound: null, asked: false };
  #url = "";
  readonly #first = createRef<HTMLButtonElement>();

  override componentDidMount(): void {
    openSounds()
      .then((sounds) => sounds.get(this.props.recording.id))
      .catch(() => undefined)
      .then((sound) => {
        if (sound) this.#url = URL.createObjectURL(sound);
        this.setState({ sound });
      }, console.error);
  }

  override componentWillUnmount(): void {
    URL.revokeObjectURL(this.#url);
  }

  async #delete(): Promise<void> {
    const { desk, recording, name } = this.props;
    await openSounds().then((sounds) => sounds.remove([recording.id]));
    await desk.store.remove(RECORDINGS, recording.id);
    announce(`${name}: deleted.`);
  }

  #ask(asked: boolean): void {
    this.setState({ asked }, () => this.#first.current?.focus());
  }

  override render({ recording, name }: PlayedProps, { sound, asked }: State): JSX.Element {
    return (
      <>
        {sound ? <audio controls preload="metadata" src={this.#url} aria-label={name} onLoadedMetadata={measured} /> : null}
        {sound === undefined ? <p>The audio is not in this browser: it is where it was recorded, or it was deleted.</p> : null}
        <p class="tl-recordings__said">{spoken(recording)}</p>
        <p class="tl-plan-buttons">
          {sound && !asked ? (
            <button type="button" class="tl-button" onClick={() => saveFile(sound, fileName(recording))}>
              Save to a file
            </button>
          ) : null}
          <button type="button" class="tl-button" ref={this.#first} aria-label={`${asked ? "Keep" : "Delete"}: ${name}`} onClick={() => this.#ask(!asked)}>
            {asked ? "Keep" : "Delete"}
          </button>
          {asked ? (
            <button type="button" class="tl-button" aria-label={`Yes, delete for good: ${name}`} onClick={() => void this.#delete()}>
              Yes, delete for good
            </button>
          ) : null}
        </p>
      </>
    );
  }
}

/** What a browser records carries no length; it finds out at the end. */
function measured({ currentTarget: audio }: { readonly currentTarget: HTMLAudioElement }): void {
  if (audio.duration !== Infinity) return;
  audio.addEventListener("durationchange", () => (audio.currentTime = 0), { once: true });
  audio.currentTime = 1e6;
}

export function fileName({ day, at, type }: Pick<Recording, "day" | "at" | "type">): string {
  const ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
  return `recording-${day}-${at % 100_000}.${ending}`;
}

/** `12:30, of which you spoke 9:10 (73%). 4 pauses longer than 2 seconds, the longest 7.` */
export function spoken({ seconds, speaking, pauses, longest }: Pick<Recording, "seconds" | "speaking" | "pauses" | "longest">): string {
  const share = seconds > 0 ? Math.round((100 * speaking) / seconds) : 0;
  const silent = pauses === 0 ? "No pause longer than 2 seconds." : `${count(pauses, "pause")} longer than 2 seconds, the longest ${longest}.`;
  return `${clockOf(seconds)}, of which you spoke ${clockOf(speaking)} (${share}%). ${silent}`;
}
