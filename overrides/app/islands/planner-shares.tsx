/** The shares as a picture, with the reason for each and a slider that the others follow. */
import type { JSX } from "preact";
import { setShare } from "../core/plan/settings.ts";
import type { BookingLine, ShareLine, ShareStep } from "../core/plan/types.ts";
import { base } from "../ui/base";
import type { Desk } from "./planner-desk.ts";
import { duration, roundName } from "./planner-parts.tsx";

interface Props {
  readonly desk: Desk;
}

export function PlannerShares({ desk }: Props): JSX.Element | null {
  const { plan, settings } = desk;
  if (plan.shares.length + plan.bookings.length === 0) return null;
  const set = Object.keys(settings.shares).length > 0;
  return (
    <section class="tl-plan-shares" aria-labelledby="plan-shares">
      <h2 id="plan-shares">Where the time goes</h2>
      <fieldset class="tl-plan-shares__split">
        <legend class="tl-hidden">How the time is divided</legend>
        {(["playbook", "loop"] as const).map((split) => (
          <label class="tl-check" key={split}>
            <input type="radio" name="plan-split" checked={settings.split === split} onChange={() => desk.change({ split, shares: {} })} />
            <span>{split === "playbook" ? "By the playbook" : "By the minutes of your loop"}</span>
          </label>
        ))}
        <a href={new URL("plan/allocation/", base).href}>How this is decided, and who says so</a>
      </fieldset>
      <Picture desk={desk} />
      <ul class="tl-plan-shares__list">
        {plan.shares.map((line) => (
          <Share key={line.round} line={line} desk={desk} />
        ))}
      </ul>
      {set ? (
        <p>
          <button type="button" class="tl-button" onClick={() => desk.change({ shares: {} })}>
            Undo the sliders
          </button>
        </p>
      ) : null}
      {plan.bookings.length === 0 ? null : (
        <>
          <h3>Booked outside the shares</h3>
          <ul class="tl-plan-shares__list">
            {plan.bookings.map((line) => (
              <Booking key={line.round} line={line} desk={desk} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** All planned minutes in one bar. The list below says the same in words, so the bar is a picture only. */
function Picture({ desk }: Props): JSX.Element {
  const lines = [...desk.plan.shares, ...desk.plan.bookings].filter((line) => line.planned > 0);
  return (
    <div class="tl-plan-bar" aria-hidden="true">
      {lines.map((line) => (
        <span key={line.round} class={`tl-round--${line.round}`} style={{ flexGrow: line.planned }} title={roundName(desk.loaded.guide, line.round)} />
      ))}
    </div>
  );
}

function Share({ line, desk }: { line: ShareLine; desk: Desk }): JSX.Element {
  const name = roundName(desk.loaded.guide, line.round);
  const percent = Math.round(line.percent);
  const alone = desk.plan.shares.length < 2;
  const slide = (value: string): void => desk.change({ shares: setShare(desk.settings.shares, line.round, Number(value)) });
  return (
    <li class={`tl-plan-share tl-round--${line.round}`}>
      <span class="tl-tag tl-tag--round">{name}</span>
      <span class="tl-plan-share__figures">
        {percent}%, {duration(line.planned)}
        {line.done > 0 ? ` and ${duration(line.done)} done` : ""}
      </span>
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={percent}
        disabled={alone}
        aria-label={`Share of ${name}`}
        aria-valuetext={`${percent} percent, ${duration(line.planned)}`}
        onInput={(event) => slide(event.currentTarget.value)}
      />
      <Why steps={line.steps} name={name} desk={desk} />
    </li>
  );
}

function Booking({ line, desk }: { line: BookingLine; desk: Desk }): JSX.Element {
  const name = roundName(desk.loaded.guide, line.round);
  return (
    <li class={`tl-plan-share tl-round--${line.round}`}>
      <span class="tl-tag tl-tag--round">{name}</span>
      <span class="tl-plan-share__figures">
        {line.planned > 0 ? duration(line.planned) : "not enough time for it"}
        {line.done > 0 ? ` and ${duration(line.done)} done` : ""}
      </span>
      <Why steps={line.reasons} name={name} desk={desk} />
    </li>
  );
}

function Why({ steps, name, desk }: { steps: readonly ShareStep[]; name: string; desk: Desk }): JSX.Element | null {
  const { sources } = desk.loaded.guide.allocation;
  if (steps.length === 0) return null;
  return (
    <details class="tl-why">
      <summary>
        Why<span class="tl-hidden"> this much {name}</span>
      </summary>
      <ol>
        {steps.map((step) => (
          <li key={step.rule}>
            {step.points === 0 ? null : <b>{signed(step.points)} </b>}
            {step.reason} {step.judged === "" ? null : <i>{step.judged} </i>}
            <span class="tl-why__source">{sources[step.source]?.title ?? step.source}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function signed(points: number): string {
  const size = Math.abs(points) < 9.95 ? Math.abs(points).toFixed(1).replace(/\.0$/, "") : Math.round(Math.abs(points));
  return `${points < 0 ? "−" : "+"}${size}`;
}
