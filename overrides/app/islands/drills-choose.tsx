/** What to drill: what the plan and the schedule say, or a part of the guide; and the limits of a day. */
import { Component, type JSX } from "preact";
import type { Session } from "../core/plan/types.ts";
import { ANY, inTime, type Scope } from "../core/practice/scope.ts";
import { current } from "../core/practice/session.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { Outdated } from "./practice-changes.tsx";
import { count, within } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  begin(scope: string, cards: readonly string[], session?: string): void;
  goOn(): void;
}

interface State {
  /** null = what the plan and the schedule say. */
  readonly scope: Scope | null;
  /** New questions beyond the limit of the day, for this sitting. */
  readonly more: number;
}

/** So many more new ones, when the reader asks for them. */
const MORE = 10;

export class Choose extends Component<Props, State> {
  override state: State = { scope: null, more: 0 };

  override render({ desk, begin, goOn }: Props, { scope, more }: State): JSX.Element {
    const { minutes, fresh } = desk.habits;
    const asked = desk.queue(scope, fresh + more);
    const cards = [...asked.due, ...asked.fresh];
    const some = inTime(cards, minutes, desk.index);
    const all = scope?.page ? desk.questionsOn(scope.page) : [];
    const waiting = desk.sitting && current(desk.sitting) !== "" ? desk.sitting : null;
    return (
      <div class="tl-drill__choose">
        {waiting ? (
          <section class="tl-notice" aria-labelledby="drill-waiting">
            <h2 id="drill-waiting">An unfinished session</h2>
            <p>
              {waiting.scope}: {count(waiting.done.length, "answer")} given, {count(new Set(waiting.left).size, "question")} left.
            </p>
            <p class="tl-plan-buttons">
              <button type="button" class="tl-button tl-button--main" onClick={goOn}>
                Continue
              </button>
            </p>
          </section>
        ) : null}
        <Outdated desk={desk} />
        <section class="tl-drill__today" aria-labelledby="drill-today">
          <h2 id="drill-today">{scope === null ? "Today" : this.#said(scope)}</h2>
          <p class="tl-drill__figures">
            <b>{asked.due.length}</b> due, <b>{asked.fresh.length}</b> new
            {asked.beyond > 0 ? `, ${asked.beyond} more due than today's limit allows` : ""}
          </p>
          {cards.length === 0 ? (
            <Nothing asked={asked} day={desk.day} more={more} onMore={() => this.setState({ more: more + MORE })} />
          ) : (
            <div class="tl-plan-buttons">
              <button type="button" class="tl-button tl-button--main" onClick={() => begin(scope === null ? "Today" : this.#said(scope), some)}>
                Begin: {count(some.length, "question")}
              </button>
              {all.length > some.length ? (
                <button type="button" class="tl-button" onClick={() => begin(this.#said(scope as Scope), all)}>
                  All {all.length} of this page
                </button>
              ) : null}
              <label class="tl-drill__minutes">
                <span>in about</span>
                <input
                  class="tl-input"
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={600}
                  value={minutes}
                  onInput={({ currentTarget: { value } }) => {
                    const wanted = Math.round(Number(value));
                    if (wanted >= 1 && wanted <= 600) desk.setHabits({ minutes: wanted });
                  }}
                />
                <span>minutes</span>
              </label>
            </div>
          )}
          <Planned desk={desk} begin={begin} />
        </section>
        <Part desk={desk} scope={scope} set={(next) => this.setState({ scope: next })} />
        <Habits desk={desk} />
      </div>
    );
  }

  #said({ round, area, page, level }: Scope): string {
    const { catalogue, allocation } = this.props.desk.loaded.guide;
    const parts = [
      catalogue.rounds.find((one) => one.id === round)?.name,
      catalogue.areas.find((one) => one.id === area)?.title,
      this.props.desk.index.items.get(page)?.title,
      allocation.names.levels[level],
    ].filter((one) => one !== undefined);
    return parts.length > 0 ? parts.join(", ") : "The whole guide";
  }
}

interface NothingProps {
  readonly asked: { readonly next: number | null; readonly unseen: number };
  readonly day: number;
  readonly more: number;
  onMore(): void;
}

function Nothing({ asked: { next, unseen }, day, onMore }: NothingProps): JSX.Element {
  const days = next === null ? null : next - day;
  return (
    <>
      <p>
        Nothing is due here today.{" "}
        {days !== null && days > 0 ? `The next question comes back ${days === 1 ? "tomorrow" : `in ${days} days`}.` : ""}
      </p>
      {unseen > 0 ? (
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button" onClick={onMore}>
            {Math.min(MORE, unseen)} new ones beyond today's limit
          </button>
        </p>
      ) : null}
    </>
  );
}

/** Drills that the plan has booked. */
function Planned({ desk, begin }: Pick<Props, "desk" | "begin">): JSX.Element | null {
  const { planned } = desk;
  if (planned.length === 0) return null;
  const start = (session: Session): void => begin(session.title, desk.questionsOf(session), session.id);
  return (
    <>
      <h3>In your plan</h3>
      <ul class="tl-drill__planned">
        {planned.map((session) => (
          <li key={session.id}>
            <button type="button" class="tl-button" onClick={() => start(session)}>
              {session.title}
            </button>{" "}
            <span>
              {session.minutes} min{session.date < desk.today ? ", missed" : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface PartProps {
  readonly desk: PracticeDesk;
  readonly scope: Scope | null;
  set(scope: Scope | null): void;
}

function Part({ desk, scope, set }: PartProps): JSX.Element {
  const { catalogue, allocation } = desk.loaded.guide;
  const now = scope ?? ANY;
  const change = (part: Partial<Scope>): void => set({ ...now, ...part });
  const items = [...desk.index.items.values()];
  const asking = new Set(items.filter((item) => item.kind === "question").map((item) => item.page));
  const pages = items.filter((item) => asking.has(item.id) && (now.area === "" || item.area === now.area));
  return (
    <details class="tl-fold" open={scope !== null}>
      <summary>
        <span class="tl-fold__title">Choose a part</span> <span class="tl-fold__said">by round, area, chapter or level</span>
      </summary>
      <div class="tl-fold__body">
        <div class="tl-plan-form__pair">
          <Select label="Round" value={now.round} choices={catalogue.rounds.map(({ id, name }) => [id, name])} set={(round) => change({ round })} />
          <Select label="Area" value={now.area} choices={catalogue.areas.map(({ id, title }) => [id, title])} set={(area) => change({ area, page: "" })} />
          <Select label="Chapter" value={now.page} choices={pages.map(({ id, title }) => [id, title])} set={(page) => change({ page })} />
          <Select label="Level" value={now.level} choices={Object.entries(allocation.names.levels)} set={(level) => change({ level })} />
        </div>
        {scope === null ? null : (
          <p class="tl-plan-buttons">
            <button type="button" class="tl-button" onClick={() => set(null)}>
              Back to today
            </button>
          </p>
        )}
      </div>
    </details>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  set(value: string): void;
}

export function Select({ label, value, choices, set }: SelectProps): JSX.Element {
  return (
    <label class="tl-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">Any</option>
        {choices.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Habits({ desk }: { desk: PracticeDesk }): JSX.Element {
  const { fresh, most } = desk.habits;
  const field = (label: string, value: number, least: number, greatest: number, set: (value: number) => void): JSX.Element => (
    <label class="tl-field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={least}
        max={greatest}
        value={value}
        onInput={({ currentTarget: { value: typed } }) => {
          const wanted = Number(typed);
          if (typed !== "" && Number.isInteger(wanted) && wanted >= least && wanted <= greatest) set(wanted);
        }}
      />
    </label>
  );
  return (
    <details class="tl-fold">
      <summary>
        <span class="tl-fold__title">Daily limits</span>{" "}
        <span class="tl-fold__said">
          {count(most, "question")}, {fresh} of them new
        </span>
      </summary>
      <div class="tl-fold__body">
        <div class="tl-plan-form__pair">
          {field("Questions a day", most, 1, 1000, (value) => desk.setHabits({ most: value }))}
          {field("New questions a day", fresh, 0, 500, (value) => desk.setHabits({ fresh: value }))}
        </div>
        <p>
          With a date in your <a href={within("plan/")}>plan</a>, new questions come no faster than the days that are
          left can bring each of them back once more, and none comes the day before.
        </p>
      </div>
    </details>
  );
}
