/** What leaves the page and comes back: calendar file, link, the file with everything. Fetched when it is asked for. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Times, writeCalendar } from "../core/ics.ts";
import { encodeSettings } from "../core/share.ts";
import { followGuide } from "./planner-news.tsx";
import { base } from "../ui/base";
import { save } from "../ui/save.ts";
import { Backup as File, Unreadable } from "./backup.tsx";
import { CopyLink } from "./copy-link.tsx";
import type { Desk } from "./planner-desk.ts";
import { clock, unclock } from "./planner-parts.tsx";

interface Props {
  readonly desk: Desk;
}

// --- Calendar -------------------------------------------------------------------------------------------------------

export function Calendar({ desk }: Props): JSX.Element {
  const { weekday, weekend, allDay } = desk.standing;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;
  const time = (label: string, value: number, set: (minutes: number) => void): JSX.Element => (
    <label class="tl-field">
      <span>{label}</span>
      <input
        type="time"
        value={clock(value)}
        disabled={allDay}
        onChange={(event) => {
          const minutes = unclock(event.currentTarget.value);
          if (minutes !== null) set(minutes);
        }}
      />
    </label>
  );
  return (
    <>
        <div class="tl-plan-form__pair">
          {time("Begin on weekdays", weekday, (minutes) => desk.setStanding({ weekday: minutes }))}
          {time("Begin on weekends", weekend, (minutes) => desk.setStanding({ weekend: minutes }))}
        </div>
        <label class="tl-check">
          <input type="checkbox" checked={allDay} onChange={(event) => desk.setStanding({ allDay: event.currentTarget.checked })} />
          <span>One event for each day, without a time</span>
        </label>
        <p>
          {zone === null ? "" : `Times are those of ${zone}. `}Import the file again after a change of the plan: events move, those that
          are no longer planned are canceled, and none appears twice.
        </p>
        <button
          type="button"
          class="tl-button tl-button--main"
          onClick={() => save(calendarOf(desk, zone), "text/calendar", "the-training-loop.ics")}
        >
          Save the calendar file
        </button>
    </>
  );
}

/** The file; what it holds is remembered, so that the next one can cancel what is no longer planned. */
function calendarOf(desk: Desk, zone: string | null): string {
  const { weekday, weekend, allDay, given } = desk.standing;
  const start = [weekday, weekday, weekday, weekday, weekday, weekend, weekend];
  const times: Times = allDay ? { kind: "all-day" } : { kind: "timed", start, zone };
  const rounds = Object.fromEntries(desk.loaded.guide.catalogue.rounds.map((round) => [round.id, round.name]));
  // The plan is kept, since something of it is given away.
  if (!desk.saved) desk.replan();
  const planId = desk.saved?.id ?? "";
  const { today } = desk;
  const done = [...desk.ticks.values()];
  const options = { planId, times, site: base.href, name: "The Training Loop", stamp: Date.now(), rounds, earlier: given, done, today };
  const { text, events } = writeCalendar(desk.plan, options);
  desk.setStanding({ given: events });
  return text;
}

// --- Link -----------------------------------------------------------------------------------------------------------

export function Share({ desk }: Props): JSX.Element {
  const [dated, setDated] = useState(false);
  const { settings, today } = desk;
  const code = dated ? encodeSettings(settings) : encodeSettings({ ...settings, daysOff: [] }, today);
  const link = new URL(`plan/#${code}`, base).href;
  return (
    <CopyLink label="Link to this plan" link={link}>
      <label class="tl-check">
        <input type="checkbox" checked={dated} onChange={(event) => setDated(event.currentTarget.checked)} />
        <span>With the date and the days off</span>
      </label>
      <p>The settings are behind the # of the address, which browsers never send to a server.</p>
    </CopyLink>
  );
}

// --- File -----------------------------------------------------------------------------------------------------------

export function Backup({ desk }: Props): JSX.Element {
  return (
    <>
      <File store={desk.store} today={desk.today} after={() => (desk.outdated ? followGuide(desk) : "")} />
      <p>
        All that is kept here, counted, and how to delete it: <a href={new URL("practice/data/", base).href}>your data</a>.
      </p>
    </>
  );
}

export function Damaged({ desk }: Props): JSX.Element {
  return <Unreadable store={desk.store} />;
}
