/** What is asked in a mock interview: one thing at a time without its answer, or all of it with what an interviewer needs. */
import { Component, type JSX } from "preact";
import { Inserted } from "./fire-run.tsx";
import { plain } from "./practice-changes.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { prepare, promptOf } from "./practice-question.ts";
import { within } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly id: string;
  /** With answers, points and follow-ups. */
  readonly answered: boolean;
}

interface State {
  readonly element: HTMLElement | null;
  /** What opens a case. */
  readonly prompt: string;
  readonly failed: boolean;
}

/** A question from its page; a case with its prompt, or an exercise, with a link that opens beside the clock. */
export class Asked extends Component<Props, State> {
  override state: State = { element: null, prompt: "", failed: false };

  override componentDidMount(): void {
    void this.#load().catch(() => this.setState({ failed: true }));
  }

  async #load(): Promise<void> {
    const { desk, id, answered } = this.props;
    const item = desk.index.items.get(desk.index.resolve(id));
    if (item?.kind === "case") this.setState({ prompt: await promptOf(item) });
    if (item?.kind !== "question") return;
    const { element, answers, full } = await prepare(item, []);
    answers.hidden = !answered;
    if (answered) asScript(element);
    if (full) full.open = answered;
    this.setState({ element });
  }

  override render({ desk, id }: Props, { element, prompt, failed }: State): JSX.Element {
    const item = desk.index.items.get(desk.index.resolve(id));
    if (!item) return <p>This is no longer in the guide.</p>;
    if (element) return <Inserted element={element} />;
    if (item.kind === "question" && !failed) return <p>Loading the question</p>;
    return (
      <div class="tl-mock__piece">
        <h3>{plain(item.title)}</h3>
        {item.kind === "case" && !failed ? <blockquote>{prompt}</blockquote> : null}
        <p>
          {failed ? `The ${item.kind === "case" ? "prompt" : "question"} could not be loaded. ` : ""}
          <a href={within(item.url)} target="_blank" rel="noopener">
            {item.kind === "exercise" ? "The exercise, with its editor" : item.kind === "case" ? "The case, to compare afterward" : "Its page"} (new tab)
          </a>
        </p>
      </div>
    );
  }
}

/** One of many now, below the heading of all; and its points are to be listened for. */
function asScript(element: HTMLElement): void {
  const title = element.querySelector("h2");
  const lower = document.createElement("h3");
  if (title) {
    lower.className = title.className;
    lower.append(...title.childNodes);
    title.replaceWith(lower);
  }
  const legend = element.querySelector(".tl-drill__points legend");
  if (legend) legend.textContent = "Points to listen for";
}

export function Script({ desk, items }: { readonly desk: PracticeDesk; readonly items: readonly string[] }): JSX.Element {
  return (
    <ol class="tl-mock__script">
      {items.map((id) => (
        <li key={id}>
          <Asked desk={desk} id={id} answered />
        </li>
      ))}
    </ol>
  );
}
