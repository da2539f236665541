/**
 * An answer said aloud: recorded while the question stands alone, if the reader wants that, and heard beside the answer. The
 * code for both is fetched when there is something to record or to hear.
 */
import { Component, type JSX } from "preact";
import { RECORDINGS } from "../core/practice/records.ts";
import type { PracticeDesk } from "./practice-desk.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly card: string;
  /** The answer is shown. */
  readonly shown: boolean;
}

interface State {
  readonly wanted: boolean;
  readonly parts: Parts | null;
}

type Parts = Pick<typeof import("./record.tsx"), "RecordYourself"> & Pick<typeof import("./recordings.tsx"), "Recordings">;

export class Voice extends Component<Props, State> {
  override state: State = { wanted: false, parts: null };

  override componentDidMount(): void {
    this.#load();
  }

  override componentDidUpdate(): void {
    this.#load();
  }

  #load(): void {
    const { desk, card, shown } = this.props;
    const some = shown && [...desk.store.all(RECORDINGS).values()].some(({ of }) => of === card);
    if (this.state.parts || !(some || this.state.wanted)) return;
    void Promise.all([import("./record.tsx"), import("./recordings.tsx")]).then(
      ([{ RecordYourself }, { Recordings }]) => this.setState({ parts: { RecordYourself, Recordings } }),
      () => this.setState({ wanted: false }),
    );
  }

  override render({ desk, card, shown }: Props, { wanted, parts }: State): JSX.Element | null {
    if (shown) return parts && <parts.Recordings desk={desk} of={card} />;
    if (parts && wanted) return <parts.RecordYourself desk={desk} of={card} begin />;
    return (
      <p>
        <button type="button" class="tl-drill__quiet" aria-disabled={wanted} onClick={() => this.setState({ wanted: true })}>
          Record what you say
        </button>
      </p>
    );
  }
}
