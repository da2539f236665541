/** Questions that changed or vanished since they were learned: told, and offered to be learned anew. */
import type { JSX } from "preact";
import type { PracticeDesk } from "./practice-desk.ts";
import { Linked } from "./sessions.tsx";
import { count } from "./words.ts";

const FEW = 5;

export function Outdated({ desk }: { desk: PracticeDesk }): JSX.Element | null {
  const { gone, changed } = desk.changes;
  if (gone.length + changed.length === 0) return null;
  return (
    <details class="tl-fold">
      <summary>
        <span class="tl-fold__title">The guide has changed</span>{" "}
        <span class="tl-fold__said">{count(gone.length + changed.length, "question")} that you have learned</span>
      </summary>
      <div class="tl-fold__body">
        {changed.length > 0 ? (
          <>
            <p>
              {changed.length === 1 ? "One has" : `${changed.length} have`} changed since you last answered. They keep their place until
              you say otherwise.
            </p>
            <ul>
              {changed.slice(0, FEW).map((id) => {
                const item = desk.index.items.get(id);
                return (
                  <li key={id}>
                    <Linked url={item?.url ?? ""} title={plain(item?.title ?? id)} />
                  </li>
                );
              })}
              {changed.length > FEW ? <li>and {changed.length - FEW} more</li> : null}
            </ul>
            <p class="tl-plan-buttons">
              <button type="button" class="tl-button" onClick={() => desk.reset(changed)}>
                Learn {changed.length === 1 ? "it" : "them"} again
              </button>
            </p>
          </>
        ) : null}
        {gone.length > 0 ? (
          <p>
            {gone.length === 1 ? "One is" : `${gone.length} are`} no longer in the guide. What you did is kept, but it will not come up again:{" "}
            {gone.slice(0, FEW).join(", ")}
            {gone.length > FEW ? " …" : ""}.
          </p>
        ) : null}
      </div>
    </details>
  );
}

/** The title of a question without its Markdown. */
export function plain(title: string): string {
  return title.replace(/[*_`]|\$(?!\d)/g, "");
}
