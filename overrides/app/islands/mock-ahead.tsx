/** What lies ahead, before the clock runs: the parts of the round, and what its rubric asks at the level that is chosen. */
import { Component, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { type Setting, startsOf } from "../core/practice/mock.ts";
import { type Sheet, sheetOf } from "./mock-sheet.ts";
import type { PracticeDesk } from "./practice-desk.ts";

interface Props extends Setting {
  readonly desk: PracticeDesk;
}

interface State {
  readonly round: string;
  readonly sheet: Sheet | null;
}

/** As in practice.css: from here on, the text of the page stands beside the work, and this pushes none of it away. */
const BESIDE = "(min-width: 62em)";

export class Ahead extends Component<Props, State> {
  override state: State = { round: "", sheet: null };
  readonly #open = matchMedia(BESIDE).matches;

  override componentDidMount(): void {
    this.#fetch();
  }

  override componentDidUpdate({ round }: Props): void {
    if (round !== this.props.round) this.#fetch();
  }

  #fetch(): void {
    const { desk, round } = this.props;
    void sheetOf(desk.index.items.get(`rounds/${round}`)?.url ?? "").then(
      (sheet) => this.setState({ round, sheet }),
      () => undefined, // "Begin" says that the page cannot be had
    );
  }

  override render({ desk, round, level, minutes }: Props, { round: fetched, sheet }: State): JSX.Element {
    const known = fetched === round ? sheet : null;
    const column = Object.keys(desk.loaded.guide.allocation.names.levels).indexOf(level);
    return (
      <details class="tl-fold tl-mock__ahead" open={this.#open}>
        <summary>What lies ahead</summary>
        {known ? <Parts sheet={known} minutes={minutes} column={column} /> : null}
      </details>
    );
  }
}

interface PartsProps {
  readonly sheet: Sheet;
  readonly minutes: number;
  readonly column: number;
}

function Parts({ sheet, minutes, column }: PartsProps): JSX.Element {
  const starts = startsOf(sheet.phases, minutes);
  return (
    <div class="tl-fold__body">
      {starts.length === 0 ? null : (
        <ol>
          {sheet.phases.map(({ said }, at) => (
            <li key={at}>
              <b>{clockOf(starts[at] as number)}</b> <span>{said}</span>
            </li>
          ))}
        </ol>
      )}
      <p>Then you judge yourself. At the level that you chose, the rubric asks:</p>
      <dl>
        {sheet.rubric.map(({ name, levels }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{levels[column]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
