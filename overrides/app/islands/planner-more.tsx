/** What is folded and fetched when it is opened: days, who the reader is, strengths, what is known, what is done. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { dayNumber } from "../core/plan/calendar.ts";
import type { Strength, Tick } from "../core/plan/types.ts";
import { TICKS } from "../core/records.ts";
import type { Desk } from "./planner-desk.ts";
import { KINDS, NumberField, shortDay, WEEKDAYS } from "./planner-parts.tsx";

interface Props {
  readonly desk: Desk;
}

// --- Days -----------------------------------------------------------------------------------------------------------

export function Days({ desk }: Props): JSX.Element {
  const [day, setDay] = useState("");
  const [said, setSaid] = useState("");
  const { settings, today } = desk;
  const { minutes, daysOff } = settings;
  return (
    <>
      <fieldset class="tl-plan-form__week">
        <legend>Minutes on each weekday</legend>
        {WEEKDAYS.map((name, at) => (
          <NumberField
            key={name}
            label={name.slice(0, 3)}
            value={minutes[at] ?? 0}
            max={1440}
            step={5}
            onValue={(value) => desk.change({ minutes: minutes.map((one, index) => (index === at ? Math.round(value) : one)) })}
          />
        ))}
      </fieldset>
      <fieldset class="tl-plan-form__off">
        <legend>Days off</legend>
        <div class="tl-plan-form__add">
          <label class="tl-field">
            <span class="tl-hidden">A day off</span>
            <input
              type="date"
              value={day}
              min={today}
              max={settings.interview}
              onInput={(event) => setDay(event.currentTarget.value)}
            />
          </label>
          <button
            type="button"
            class="tl-button"
            onClick={() => {
              // Never disabled: the button that was pressed keeps the focus.
              const known = daysOff.includes(day);
              setSaid(dayNumber(day) === null ? "Choose a day first." : known ? `${shortDay(day)} is off already.` : "");
              if (dayNumber(day) === null || known) return;
              desk.change({ daysOff: [...daysOff, day].sort() });
              setDay("");
            }}
          >
            Add
          </button>
        </div>
        <p role="status">{said}</p>
        <ul class="tl-chips">
          {daysOff.map((one) => (
            <li key={one}>
              <span>{shortDay(one)}</span>
              <button
                type="button"
                aria-label={`Remove the day off on ${shortDay(one)}`}
                onClick={() => desk.change({ daysOff: daysOff.filter((other) => other !== one) })}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      </fieldset>
    </>
  );
}

// --- Who ------------------------------------------------------------------------------------------------------------

function Select(props: {
  label: string;
  value: string;
  options: Readonly<Record<string, string>>;
  onValue: (value: string) => void;
}): JSX.Element {
  return (
    <label class="tl-field">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onValue(event.currentTarget.value)}>
        {Object.entries(props.options).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Who({ desk }: Props): JSX.Element {
  const { settings } = desk;
  const { names } = desk.loaded.guide.allocation;
  return (
    <>
      <Select label="Level" value={settings.level} options={names.levels} onValue={(level) => desk.change({ level })} />
      <Select label="Role" value={settings.role} options={names.roles} onValue={(role) => desk.change({ role })} />
      <Select label="Company" value={settings.company} options={names.companies} onValue={(company) => desk.change({ company })} />
      <fieldset>
        <legend>Specialties that you are asked about, beyond the general topics</legend>
        <ul class="tl-plan-form__fields">
          {Object.entries(names.tracks)
            .filter(([track]) => track !== "general")
            .map(([track, name]) => (
              <li key={track}>
                <label class="tl-check">
                  <input
                    type="checkbox"
                    checked={settings.tracks.includes(track)}
                    onChange={(event) => {
                      const others = settings.tracks.filter((one) => one !== track);
                      desk.change({ tracks: event.currentTarget.checked ? [...others, track].sort() : others });
                    }}
                  />
                  <span>{name}</span>
                </label>
              </li>
            ))}
        </ul>
      </fieldset>
    </>
  );
}

// --- Strengths ------------------------------------------------------------------------------------------------------

const STRENGTHS: Readonly<Record<Strength, string>> = { weak: "Weak", fair: "Fair", strong: "Strong" };

export function Strengths({ desk }: Props): JSX.Element {
  const { settings } = desk;
  const { catalogue } = desk.loaded.guide;
  const set = (key: "strength" | "topics", id: string, value: string): void => {
    const others = Object.fromEntries(Object.entries(settings[key]).filter(([one]) => one !== id));
    desk.change({ [key]: value === "fair" ? others : { ...others, [id]: value as Strength } });
  };
  return (
    <>
      <fieldset class="tl-plan-form__strengths">
        <legend>By round</legend>
        {catalogue.rounds
          .filter(({ id }) => id in settings.rounds)
          .map(({ id, name }) => (
            <Select key={id} label={name} value={settings.strength[id] ?? "fair"} options={STRENGTHS} onValue={(value) => set("strength", id, value)} />
          ))}
      </fieldset>
      <fieldset class="tl-plan-form__strengths">
        <legend>By topic</legend>
        {catalogue.areas.map(({ id, title }) => (
          <Select key={id} label={title} value={settings.topics[id] ?? "fair"} options={STRENGTHS} onValue={(value) => set("topics", id, value)} />
        ))}
      </fieldset>
    </>
  );
}

// --- Known ----------------------------------------------------------------------------------------------------------

/** Mark a chapter as known before the plan, or take that back. */
function know(desk: Desk, { id, title }: { readonly id: string; readonly title: string }, known: boolean): void {
  const key = `read:${id}`;
  const value: Tick = { id: key, date: desk.today, kind: "read", title, minutes: 0, round: "", items: [id] };
  const others = [...desk.ticks.keys()].filter((one) => one !== key);
  desk.replan([known ? { namespace: TICKS, key, value } : { namespace: TICKS, key }], known ? [...others, key] : others);
}

export function Known({ desk }: Props): JSX.Element {
  const { catalogue } = desk.loaded.guide;
  const chapters = catalogue.items.filter((item) => item.kind === "chapter");
  const areas = catalogue.areas.filter((area) => chapters.some((item) => item.area === area.id));
  return (
    <>
      <p>What you mark is not planned for reading; its questions still are, and it may come back for review.</p>
      {areas.map((area) => (
        <fieldset key={area.id} class="tl-plan-form__known">
          <legend>{area.title}</legend>
          <ul>
            {chapters
              .filter((item) => item.area === area.id)
              .map((item) => (
                <li key={item.id}>
                  <label class="tl-check">
                    <input
                      type="checkbox"
                      checked={desk.ticks.has(`read:${item.id}`)}
                      onChange={(event) => know(desk, item, event.currentTarget.checked)}
                    />
                    <span>{item.title}</span>
                  </label>
                </li>
              ))}
          </ul>
        </fieldset>
      ))}
    </>
  );
}

// --- Done -----------------------------------------------------------------------------------------------------------

export function Done({ desk }: Props): JSX.Element {
  const sorted = [...desk.done].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.id < b.id ? -1 : 1));
  return (
    <ul class="tl-plan-sessions">
      {sorted.map((tick) => (
        <DoneLine key={tick.id} tick={tick} desk={desk} />
      ))}
    </ul>
  );
}

function DoneLine({ tick, desk }: Props & { tick: Tick }): JSX.Element {
  return (
    <li class="tl-session tl-session--done">
      <label class="tl-session__tick">
        <input type="checkbox" checked aria-label={`Done: ${KINDS[tick.kind]}, ${tick.title}`} onChange={() => desk.untick(tick.id)} />
      </label>
      <p class="tl-session__title">
        <b class="tl-session__kind">{tick.skim ? "Skim" : KINDS[tick.kind]}</b> {tick.title}
      </p>
      <span class="tl-session__facts">{tick.minutes > 0 ? `${shortDay(tick.date)}, ${tick.minutes} min` : "known before"}</span>
    </li>
  );
}
