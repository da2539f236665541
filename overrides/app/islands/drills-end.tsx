/** The end of a sitting: how it went, what to read, and what comes next. */
import { Component, createRef, type JSX } from "preact";
import type { Item, Session } from "../core/plan/types.ts";
import { addressOf, questionsIn } from "../core/plan/where.ts";
import { results } from "../core/practice/session.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { plain } from "./practice-changes.tsx";
import { Linked } from "./sessions.tsx";
import { count, kindOf, within } from "./words.ts";
import type { Grade, Sitting } from "../core/practice/records.ts";

const NAMES: Readonly<Record<Grade, string>> = { 1: "again", 2: "hard", 3: "good", 4: "easy" };

interface Props {
  readonly desk: PracticeDesk;
  readonly sitting: Sitting;
  again(): void;
}

export class End extends Component<Props> {
  readonly #heading = createRef<HTMLHeadingElement>();

  override componentDidMount(): void {
    this.#heading.current?.focus();
  }

  override render({ desk, sitting, again }: Props): JSX.Element {
    const graded = results(sitting);
    const grades = [...graded.values()];
    const said = ([1, 2, 3, 4] as const).flatMap((grade) => {
      const number = grades.filter((one) => one === grade).length;
      return number > 0 ? [`${number} ${NAMES[grade]}`] : [];
    });
    const planned = sitting.session !== "";
    const tomorrow = desk.coming(1)[0] ?? 0;
    return (
      <section class="tl-drill__end" aria-labelledby="drill-end">
        <h2 id="drill-end" tabIndex={-1} ref={this.#heading}>
          Done: {count(graded.size, "question")}
        </h2>
        <p>
          {said.length > 0 ? `${said.join(", ")}. ` : "Nothing was graded. "}
          {tomorrow > 0 ? `${count(tomorrow, "question")} ${tomorrow === 1 ? "comes" : "come"} back tomorrow.` : "Nothing comes back tomorrow."}
        </p>
        <ToRead desk={desk} graded={graded} />
        {sitting.skipped.length > 0 ? <p>{count(sitting.skipped.length, "question")} skipped and left unchanged.</p> : null}
        <p class="tl-plan-buttons">
          {planned ? <Onward next={desk.next} leave={again} /> : null}
          <button type="button" class={`tl-button${planned ? "" : " tl-button--main"}`} onClick={again}>
            Another session
          </button>
          <button type="button" class="tl-button" onClick={() => desk.undo()}>
            Undo the last grade
          </button>
        </p>
      </section>
    );
  }
}

/** After a drill of the plan: what the plan has next. */
function Onward({ next, leave }: { readonly next: Session | null; leave(): void }): JSX.Element {
  if (!next)
    return (
      <a class="tl-button tl-button--main" href={within("plan/#plan-today")}>
        Back to your plan
      </a>
    );
  const address = questionsIn(next) > 0 ? `practice/drills/#session=${encodeURIComponent(next.id)}` : addressOf(next) || "plan/#plan-today";
  return (
    <a class="tl-button tl-button--main" href={within(address)} onClick={leave}>
      Next: {kindOf(next)}, {next.title}
    </a>
  );
}

/** What was weak, by page: wrong, hard, or with points missing. */
function ToRead({ desk, graded }: { desk: PracticeDesk; graded: ReadonlyMap<string, Grade> }): JSX.Element {
  const pages = new Map<string, { readonly item: Item; readonly missing: number }[]>();
  for (const [card, grade] of graded) {
    const item = desk.index.items.get(card);
    const missing = desk.memories.get(card)?.missed.length ?? 0;
    if (!item || (grade > 2 && missing === 0)) continue;
    pages.set(item.page ?? "", [...(pages.get(item.page ?? "") ?? []), { item, missing }]);
  }
  if (pages.size === 0) return <p>Nothing to reread.</p>;
  const most = [...pages].sort(([, a], [, b]) => b.length - a.length);
  return (
    <>
      <h3>To read</h3>
      <ul class="tl-drill__read">
        {most.map(([page, weak]) => {
          const { url = "", title = page } = desk.index.items.get(page) ?? {};
          return (
            <li key={page}>
              <Linked url={url} title={title} />
              <ul>
                {weak.map(({ item, missing }) => (
                  <li key={item.id}>
                    <Linked url={item.url} title={plain(item.title)} />
                    {missing > 0 ? `, ${count(missing, "point")} missing` : ""}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </>
  );
}
