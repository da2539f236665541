/** What leaves the page and comes back: calendar file, link, file with plan and progress. Fetched when it is asked for. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Fault } from "../core/check.ts";
import { type Times, writeCalendar } from "../core/ics.ts";
import { encodeSettings } from "../core/share.ts";
import { announce } from "../ui/announce";
import { followGuide } from "./planner-news.tsx";
import { base } from "../ui/base";
import { CopyLink } from "./copy-link.tsx";
import type { Desk } from "./planner-desk.ts";
import { clock, unclock } from "./planner-parts.tsx";

interface Props {
  readonly desk: Desk;
}

function save(text: string, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
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
          are no longer planned are cancelled, and none is there twice.
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
      <p>The settings stand behind the # of the address, which browsers send to no server.</p>
    </CopyLink>
  );
}

// --- What the store could not read and put aside ----------------------------------------------------------------------

export function Damaged({ desk }: Props): JSX.Element {
  const name = "the-training-loop-unreadable.json";
  return (
    <p class="tl-plan-buttons">
      <button type="button" class="tl-button" onClick={() => save(desk.store.damagedText(), "application/json", name)}>
        Save it to a file
      </button>
      <button type="button" class="tl-button" onClick={() => void desk.store.forgetDamaged()}>
        Throw away what cannot be read
      </button>
    </p>
  );
}

// --- File -----------------------------------------------------------------------------------------------------------

const LARGEST = 20_000_000;

function refused(text: null | undefined): { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] } {
  const reason = text === null ? "The file is far too large to have been written by this guide." : "The file could not be opened.";
  return { ok: false, reason, faults: [] };
}

export function Backup({ desk }: Props): JSX.Element {
  const [said, setSaid] = useState("");
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [before, setBefore] = useState<string | null>(null);
  const say = (answer: string): void => {
    setSaid(answer);
    announce(answer);
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    // What is too large is not read into memory to be told so.
    const text = file.size > LARGEST ? null : await file.text().catch(() => undefined);
    const result = typeof text === "string" ? await desk.store.importFile(text, "replace") : refused(text);
    // One fault is told by the reason.
    const faults = result.ok || result.faults.length < 2 ? [] : result.faults;
    setFaults(faults.map(({ path, reason }) => `${path} ${reason}`));
    setBefore(result.ok ? result.before : null);
    const followed = result.ok && desk.outdated ? ` ${followGuide(desk)}` : "";
    say(result.ok ? `The file was read. Plan and progress are now those of the file.${followed}` : `${result.reason} Nothing was changed.`);
  };
  return (
    <>
        <button
          type="button"
          class="tl-button tl-button--main"
          onClick={() =>
            void desk.store.exportFile().then((text) => save(text, "application/json", `the-training-loop-${desk.today}.json`))
          }
        >
          Save plan and progress
        </button>
        <label class="tl-field">
          <span>Load a saved file; it takes the place of what is here</span>
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              void read(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </label>
        {said === "" ? null : <p>{said}</p>}
        {faults.length === 0 ? null : (
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {before === null ? null : (
          <button
            type="button"
            class="tl-button"
            onClick={() => {
              void desk.store.importFile(before, "replace");
              setBefore(null);
              say("What was here before is back.");
            }}
          >
            Undo
          </button>
        )}
    </>
  );
}
