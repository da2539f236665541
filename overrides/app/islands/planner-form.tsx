/** The form: three questions first, everything else folded (planner-more.tsx). Every change is the next plan; there is no button to press. */
import { Component, type ComponentType, type JSX } from "preact";
import { addDays, daysBetween } from "../core/plan/calendar.ts";
import { usualRounds } from "../core/plan/usual.ts";
import { dateFault, FARTHEST, HOURS } from "../core/plan/today.ts";
import type { Certainty, Settings } from "../core/plan/types.ts";
import type { Desk } from "./planner-desk.ts";
import { count, LazyFold, longDay, NumberField, Wrong } from "./planner-parts.tsx";

interface Props {
  readonly desk: Desk;
}

type Change = (patch: Partial<Settings>) => void;

/** What is folded is fetched when it is opened. */
export const more = (name: "Days" | "Who" | "Strengths" | "Known" | "Done") => (): Promise<ComponentType<Props>> =>
  import("./planner-more.tsx").then((module) => module[name]);

const posting = (): Promise<ComponentType<Props>> => import("./planner-posting.tsx").then((module) => module.Posting);

export function PlannerForm({ desk }: Props): JSX.Element {
  const { settings } = desk;
  const change: Change = (patch) => desk.change(patch);
  return (
    <form class="tl-plan-form" aria-labelledby="plan-form" onSubmit={(event) => event.preventDefault()}>
      <h2 id="plan-form">Your interview</h2>
      <LazyFold title="Paste a job posting" said="fills the form; stays in this browser" load={posting} desk={desk} />
      <Dates desk={desk} change={change} />
      <Rounds desk={desk} change={change} />
      <div>
        <LazyFold title="Your days" said={daysSaid(settings)} load={more("Days")} desk={desk} />
        <LazyFold id="plan-who" title="Role, level, company" said={whoSaid(desk)} load={more("Who")} desk={desk} />
        <LazyFold title="Weak and strong" said={strengthSaid(settings)} load={more("Strengths")} desk={desk} />
        <LazyFold title="What you know already" said={knownSaid(desk)} load={more("Known")} desk={desk} />
      </div>
    </form>
  );
}

// --- Date and hours -------------------------------------------------------------------------------------------------

/** What the field holds while it is no day: a year that is half typed, or nothing. Until the plan has another date. */
interface Odd {
  readonly typed: string;
  readonly besides: string | null;
}

class Dates extends Component<Props & { change: Change }, Odd> {
  override state: Odd = { typed: "", besides: null };

  override render({ desk, change }: Props & { change: Change }, { typed, besides }: Odd): JSX.Element {
    const { today } = desk;
    const { interview } = desk.settings;
    const days = daysBetween(today, interview);
    const wrong = besides === interview;
    return (
      <div class="tl-plan-form__pair">
        <label class="tl-field">
          <span id="plan-date">Date of the interview</span>
          <input
            type="date"
            aria-labelledby="plan-date"
            value={wrong ? typed : interview}
            min={today}
            max={addDays(today, FARTHEST)}
            required
            aria-invalid={wrong}
            aria-describedby="plan-in-days"
            onInput={({ currentTarget: { value } }) => {
              const fine = dateFault(value, today) === "";
              this.setState({ typed: value, besides: fine ? null : interview });
              if (fine) change({ interview: value });
            }}
          />
          {wrong ? (
            <Wrong id="plan-in-days">{dateFault(typed, today)} The plan goes on with {longDay(interview, true)}.</Wrong>
          ) : (
            <span class="tl-field__said" id="plan-in-days">
              {days > 0 ? `in ${count(days, "day")}` : days < 0 ? "in the past" : interview && "today"}
            </span>
          )}
        </label>
        <NumberField
          label="Hours a week"
          said={`${Math.round((desk.hours / 7) * 60)} min a day on average`}
          value={desk.hours}
          max={HOURS.most}
          step={0.5}
          onValue={(hours) => desk.setHours(hours)}
        />
      </div>
    );
  }
}

// --- Rounds ---------------------------------------------------------------------------------------------------------

/** A round keeps its row when it is chosen or dropped: what moves away under a finger or a cursor is lost. */
class Rounds extends Component<Props & { change: Change }> {
  #near: ReadonlySet<string> = new Set();
  #for = "";

  override render({ desk, change }: Props & { change: Change }): JSX.Element {
    const { settings } = desk;
    const { catalogue, allocation } = desk.loaded.guide;
    const { company, level, role } = settings;
    const usual = usualRounds(allocation, settings);
    // Another role, level or company brings other rows.
    const who = company + level + role;
    if (this.#for !== who) this.#near = new Set([...Object.keys(usual), ...Object.keys(settings.rounds)]);
    this.#for = who;
    const near = catalogue.rounds.filter((round) => this.#near.has(round.id));
    const far = catalogue.rounds.filter((round) => !near.includes(round));
    const chosen = far.filter((round) => round.id in settings.rounds).length;
    const set = (round: string, certainty: Certainty | null): void => {
      const rounds = Object.fromEntries(Object.entries(settings.rounds).filter(([id]) => id !== round));
      change({ rounds: certainty === null ? rounds : { ...rounds, [round]: certainty } });
    };
    const row = ({ id, name }: { id: string; name: string }): JSX.Element => {
      const certainty = settings.rounds[id];
      return (
        <li key={id} class="tl-round-choice">
          <label class={`tl-check tl-round--${id}`}>
            <input
              type="checkbox"
              checked={certainty !== undefined}
              onChange={(event) => set(id, event.currentTarget.checked ? (usual[id] ?? "sure") : null)}
            />
            <span class="tl-tag tl-tag--round">{name}</span>
          </label>
          {certainty === undefined ? null : (
            <label class="tl-check tl-check--small">
              <input
                type="checkbox"
                checked={certainty === "maybe"}
                onChange={(event) => set(id, event.currentTarget.checked ? "maybe" : "sure")}
              />
              <span>
                not sure<span class="tl-hidden"> about {name}</span>
              </span>
            </label>
          )}
        </li>
      );
    };
    return (
      <fieldset class="tl-plan-form__rounds">
        <legend>Rounds that you face</legend>
        <ul>{near.map(row)}</ul>
        {far.length === 0 ? null : (
          <details class="tl-more">
            <summary>
              {count(far.length, "more round")}
              {chosen > 0 ? `, ${chosen} chosen` : ""}
            </summary>
            <ul>{far.map(row)}</ul>
          </details>
        )}
      </fieldset>
    );
  }
}

// --- What the folds say while they are closed --------------------------------------------------------------------------

function daysSaid({ minutes, daysOff }: Settings): string {
  const busy = minutes.filter((one) => one > 0).length;
  return `${count(busy, "day")} a week${daysOff.length > 0 ? `, ${count(daysOff.length, "day")} off` : ""}`;
}

function whoSaid({ settings, loaded }: Desk): string {
  const { names } = loaded.guide.allocation;
  const said = [names.levels[settings.level], names.roles[settings.role], names.companies[settings.company]];
  return said.filter(Boolean).join(", ");
}

function strengthSaid({ strength, topics }: Settings): string {
  const all = [...Object.values(strength), ...Object.values(topics)];
  const [weak, strong] = [all.filter((one) => one === "weak").length, all.filter((one) => one === "strong").length];
  if (weak + strong === 0) return "all fair";
  return [weak > 0 ? `${weak} weak` : "", strong > 0 ? `${strong} strong` : ""].filter(Boolean).join(", ");
}

function knownSaid(desk: Desk): string {
  const known = desk.loaded.guide.catalogue.items.filter((item) => item.kind === "chapter" && desk.ticks.has(`read:${item.id}`));
  return known.length === 0 ? "nothing marked" : count(known.length, "chapter");
}

