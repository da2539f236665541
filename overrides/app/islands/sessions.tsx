/** Sessions as a list with a box to tick for each: in the planner, and on the home page of who has a plan. */
import type { JSX } from "preact";
import type { Session } from "../core/plan/types.ts";
import type { Ticks } from "../core/plan/where.ts";
import { kindOf, within } from "./words.ts";

interface Props {
  readonly ticks: Ticks;
  nameOf(round: string): string;
  mark(session: Session, done: boolean): void;
}

export function Sessions({ sessions, ...props }: Props & { sessions: readonly Session[] }): JSX.Element {
  return (
    <ul>
      {sessions.map((session) => (
        <Line key={session.id} session={session} {...props} />
      ))}
    </ul>
  );
}

function Line({ session, ticks, nameOf, mark }: Props & { session: Session }): JSX.Element {
  const ticked = ticks.has(session.id);
  const part = session.parts > 1 ? `, part ${session.part} of ${session.parts}` : "";
  const several = session.entries.length > 1;
  // How to do it is said for what is no page of its own; a page says it itself.
  const how = session.items[0]?.startsWith("activity:") && session.text !== "" && !several;
  return (
    <li class={`tl-session${ticked ? " tl-session--done" : ""}${session.round ? ` tl-round--${session.round}` : ""}`}>
      <label class="tl-session__tick">
        <input
          type="checkbox"
          checked={ticked}
          aria-label={`Done: ${kindOf(session)}, ${session.title}${part}`}
          onChange={(event) => mark(session, event.currentTarget.checked)}
        />
      </label>
      <div class="tl-session__body">
        <p class="tl-session__title">
          <b class="tl-session__kind">{kindOf(session)}</b>{" "}
          {several ? (
            session.entries.map((entry, at) => (
              <span key={entry.item}>
                {at > 0 ? ", " : ""}
                <Linked url={entry.url} title={entry.title} />
              </span>
            ))
          ) : (
            <Linked url={session.url} title={session.title} />
          )}
          {part}
          {session.kind === "drill" && !ticked && session.items.some((id) => id.includes("#")) ? (
            <>
              {" "}
              <a class="tl-session__drill" href={within(`practice/drills/#session=${encodeURIComponent(session.id)}`)}>
                Drill now
              </a>
            </>
          ) : null}
          {session.kind === "mock" && !ticked ? (
            <>
              {" "}
              <a class="tl-session__drill" href={within(`practice/mock/#session=${encodeURIComponent(session.id)}`)}>
                Begin now
              </a>
            </>
          ) : null}
        </p>
        {how ? <p class="tl-session__how">{session.text}</p> : null}
      </div>
      <span class="tl-session__facts">
        <span>{session.minutes} min</span>
        {session.round ? <span class="tl-tag tl-tag--round">{nameOf(session.round)}</span> : null}
      </span>
    </li>
  );
}

interface LinkedProps {
  readonly url: string;
  readonly title: string;
  /** Its id, and that of the heading by which it is called as well where many have the same title. */
  readonly id?: string;
  readonly of?: string;
}

/** A link within the site. */
export function Linked({ url, title, id, of }: LinkedProps): JSX.Element {
  if (url === "") return <>{title}</>;
  return (
    <a href={within(url)} id={id} aria-labelledby={of && `${id} ${of}`}>
      {title}
    </a>
  );
}
