/**
 * Where the reader is against where they should be, by round. The bar is a picture; beside it stands the same in words.
 */
import type { JSX } from "preact";
import { duration } from "../core/plan/today.ts";
import type { RoundStanding, StandingNow } from "../core/plan/where.ts";

export function StandingBars({ now }: { now: StandingNow }): JSX.Element {
  return (
    <ul class="tl-standing">
      {now.rounds.map((line) => (
        <Bar key={line.round} line={line} />
      ))}
    </ul>
  );
}

function Bar({ line: { round, name, done, due, whole } }: { line: RoundStanding }): JSX.Element {
  const behind = due - done;
  const percent = (minutes: number): string => `${Math.min(100, (100 * minutes) / whole)}%`;
  return (
    <li class={round === "" ? "" : `tl-round--${round}`}>
      <span class="tl-standing__name">{name || "For the day itself"}</span>
      <span class="tl-standing__said">
        {duration(done)} of {duration(whole)}
        {behind > 0 ? `, ${duration(behind)} behind` : ""}
      </span>
      <span class="tl-standing__bar" aria-hidden="true">
        <span style={{ width: percent(done) }} />
        {due > 0 && due < whole ? <i style={{ left: percent(due) }} /> : null}
      </span>
    </li>
  );
}
