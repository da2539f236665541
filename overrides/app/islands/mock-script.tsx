/** What is asked in a mock interview: one thing at a time without its answer, or all of it with what an interviewer needs. */
import { Component, type JSX } from "preact";
import { Inserted } from "./fire-run.tsx";
import { plain } from "./practice-changes.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { prepare } from "./practice-question.ts";
import { within } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly id: string;
  /** With answers, points and follow-ups. */
  readonly answered: boolean;
}

/** A question from its page; a case or an exercise as a link, which opens beside the clock. */
export class Asked extends Component<Props, { readonly element: HTMLElement | null; readonly failed: boolean }> {
  override state = { element: null as HTMLElement | null, failed: false };

  override componentDidMount(): void {
    const { desk, id, answered } = this.props;
    const item = desk.index.items.get(desk.index.resolve(id));
    if (item?.kind !== "question") return;
    prepare(item, []).then(
      ({ element, answers, full }) => {
        answers.hidden = !answered;
        if (answered) asScript(element);
        if (full) full.open = answered;
        this.setState({ element });
      },
      () => this.setState({ failed: true }),
    );
  }

  override render({ desk, id }: Props, { element, failed }: { readonly element: HTMLElement | null; readonly failed: boolean }): JSX.Element {
    const item = desk.index.items.get(desk.index.resolve(id));
    if (!item) return <p>This is no longer in the guide.</p>;
    if (element) return <Inserted element={element} />;
    if (item.kind === "question" && !failed) return <p>Loading the question</p>;
    return (
      <div class="tl-mock__piece">
        <h3>{plain(item.title)}</h3>
        <p>
          {failed ? "The question could not be loaded. " : ""}
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
