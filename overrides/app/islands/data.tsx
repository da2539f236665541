/** All that is kept of the reader in one place: counted, saved, loaded, deleted, brought back. Needs nothing but the store. */
import { Component, createRef, type JSX, render } from "preact";
import { amount, type Entry, entriesOf, type Part, PARTS } from "../core/holdings.ts";
import { localDay } from "../core/plan/today.ts";
import { store, type Store } from "../store/index.ts";
import { announce } from "../ui/announce";
import { RECORDINGS } from "../core/practice/records.ts";
import { sweepSounds, takeAway } from "../store/sounds.ts";
import { Backup, Unreadable } from "./backup.tsx";

export function mount(element: HTMLElement): () => void {
  let gone = false;
  const kept = store();
  void kept.ready.then(() => {
    if (gone) return;
    element.replaceChildren();
    render(<Data store={kept} />, element);
    void sweepSounds(kept.all(RECORDINGS));
  });
  return () => {
    gone = true;
    render(null, element);
  };
}

class Data extends Component<{ readonly store: Store }> {
  #stop = (): void => undefined;

  override componentDidMount(): void {
    this.#stop = this.props.store.subscribe(() => this.forceUpdate());
  }

  override componentWillUnmount(): void {
    this.#stop();
  }

  override render({ store: kept }: { readonly store: Store }): JSX.Element {
    const { text, damaged } = kept.status();
    return (
      <>
        {text === "" ? null : (
          <div class="tl-notice tl-notice--warning">
            <p>{text}</p>
            {damaged.length > 0 ? <Unreadable store={kept} /> : null}
          </div>
        )}
        <section class="tl-ready" aria-labelledby="data-kept">
          <h2 id="data-kept">What is kept in this browser</h2>
          <ul class="tl-data">
            {PARTS.map((part) => (
              <Line key={part.id} store={kept} parts={[part]} title={part.title} said={part.said} />
            ))}
            <Line store={kept} parts={PARTS} title="Everything" said="all of the above" />
          </ul>
        </section>
        <section class="tl-ready tl-data__file" aria-labelledby="data-file">
          <h2 id="data-file">In a file</h2>
          <Backup store={kept} today={localDay()} />
        </section>
      </>
    );
  }
}

interface LineProps {
  readonly store: Store;
  readonly parts: readonly Part[];
  readonly title: string;
  readonly said: string;
}

interface LineState {
  readonly asked: boolean;
  /** What was deleted here, until the reader leaves; nothing else that was done meanwhile is touched by bringing it back. */
  readonly deleted: readonly Entry[];
}

class Line extends Component<LineProps, LineState> {
  override state: LineState = { asked: false, deleted: [] };
  readonly #first = createRef<HTMLButtonElement>();
  /** Brings the sounds of recordings back. */
  #sounds: Promise<(() => Promise<void>) | null> = Promise.resolve(null);

  #delete(): void {
    const { store: kept, parts, title } = this.props;
    const deleted = entriesOf(parts, kept);
    void kept.write(deleted.map(({ namespace, key }) => ({ namespace, key })));
    const recordings = deleted.filter(({ namespace }) => namespace === RECORDINGS).map(({ key }) => key);
    // What could not be deleted at once is swept with the next visit.
    if (recordings.length > 0) this.#sounds = takeAway(recordings).catch(() => null);
    this.#say({ asked: false, deleted }, `${title}: deleted. You can bring it back until you leave this page.`);
  }

  #undo(): void {
    const { store: kept, title } = this.props;
    void kept.write(this.state.deleted);
    void this.#sounds.then((bringBack) => bringBack?.()).catch(console.error);
    this.#say({ asked: false, deleted: [] }, `${title}: back.`);
  }

  /** The keyboard stays in the line: on what undoes or refuses what was pressed. */
  #say(state: LineState, said: string): void {
    this.setState(state, () => this.#first.current?.focus());
    announce(said);
  }

  override render({ store: kept, parts, title, said }: LineProps, { asked, deleted }: LineState): JSX.Element {
    const amounts = parts.map((part) => amount(part, kept)).filter((one) => one !== "");
    const some = parts.length === 1 ? amounts.join("") : amounts.length > 0 ? "all parts" : "";
    const button = (label: string, press: () => void, first = true, name = title.toLowerCase()): JSX.Element => (
      <button type="button" class="tl-button" ref={first ? this.#first : null} aria-label={`${label}: ${name}`} onClick={press}>
        {label}
      </button>
    );
    return (
      <li>
        <p>
          <b>{title}</b> <span>{said}</span>
        </p>
        <p class="tl-data__amount">{some === "" ? "nothing" : some}</p>
        <p class="tl-plan-buttons">
          {deleted.length > 0 && !asked ? button("Undo", () => this.#undo()) : null}
          {asked ? button("Keep", () => this.#say({ asked: false, deleted }, `${title}: kept.`)) : null}
          {asked ? button("Yes, delete", () => this.#delete(), false) : null}
          {some !== "" && !asked
            ? button("Delete", () => this.#say({ asked: true, deleted: [] }, `Delete ${title.toLowerCase()} (${some})?`), deleted.length === 0)
            : null}
        </p>
      </li>
    );
  }
}
