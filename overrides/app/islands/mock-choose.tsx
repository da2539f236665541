/** Which mock interview: one that waits, one that the plan has booked, or any round, level and length. */
import { Component, type JSX } from "preact";
import { hasCase, underWay, type Wish } from "../core/practice/mock.ts";
import { type Mock, MOCKS } from "../core/practice/records.ts";
import type { Session } from "../core/plan/types.ts";
import { Ahead } from "./mock-ahead.tsx";
import { nameOf } from "./mock-past.tsx";
import { plain } from "./practice-changes.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { shortDay } from "./words.ts";

const USUAL = 45;
const LENGTHS = [15, 30, 45, 60, 75, 90];

interface Props {
  readonly desk: PracticeDesk;
  /** A session of the plan that was asked for; "" = none. */
  readonly session: string;
  /** The case that was asked for; "" = none. */
  readonly piece: string;
  readonly fault: string;
  begin(wish: Wish, session: string): void;
  goOn(mock: Mock): void;
}

export class Choose extends Component<Props, Wish> {
  override state: Wish = this.#wished();

  get #asked(): Session | undefined {
    return this.props.desk.session(this.props.session);
  }

  override componentDidUpdate({ session, piece }: Props): void {
    if ((session !== this.props.session && this.#asked) || (piece !== this.props.piece && this.props.piece !== "")) this.setState(this.#wished());
  }

  /** A session of the plan, or a case, of the first of its rounds that is about one. */
  #wished(): Wish {
    const { desk, piece } = this.props;
    const round = desk.index.items.get(piece)?.rounds?.find(hasCase);
    return this.#asked || round === undefined
      ? { ...settingOf(desk, this.#asked?.round ?? "ml-breadth", this.#asked?.minutes), piece: "" }
      : { ...settingOf(desk, round), piece };
  }

  override render({ desk, fault, begin, goOn }: Props, wish: Wish): JSX.Element {
    const { round, level, minutes, piece = "" } = wish;
    const cases = hasCase(round) ? [...desk.index.items.values()].filter(({ kind, rounds }) => kind === "case" && rounds?.includes(round)) : [];
    const { catalogue, allocation } = desk.loaded.guide;
    const booked = this.#asked?.round === round ? this.#asked : desk.mockSession(round);
    const waiting = underWay(desk.store.all(MOCKS).values(), desk.today);
    return (
      <>
        {waiting ? <Waiting desk={desk} mock={waiting} goOn={goOn} /> : null}
        <form
          class="tl-fire__choose"
          onSubmit={(event) => {
            event.preventDefault();
            begin(wish, booked?.id ?? "");
          }}
        >
          <div class="tl-plan-form__pair">
            <Choice
              label="Round"
              value={round}
              choices={catalogue.rounds.map(({ id, name }) => [id, name])}
              set={(value) => this.setState({ round: value, minutes: lengthOf(desk, value), piece: "" })}
            />
            <Choice label="Level" value={level} choices={Object.entries(allocation.names.levels)} set={(value) => this.setState({ level: value })} />
            <Choice
              label="Minutes"
              value={String(minutes)}
              choices={LENGTHS.map((one) => [String(one), String(one)])}
              set={(value) => this.setState({ minutes: Number(value) })}
            />
            {cases.length > 0 ? (
              <Choice
                label="Case"
                value={piece}
                choices={[["", "Drawn for you"], ...cases.map(({ id, title }): [string, string] => [id, plain(title)]).sort(([, a], [, b]) => (a < b ? -1 : 1))]}
                set={(value) => this.setState({ piece: value })}
              />
            ) : null}
          </div>
          {booked ? (
            <p class="tl-mock__booked">
              Your plan has one of these for {shortDay(booked.date)}. It is ticked when you keep the result.
            </p>
          ) : null}
          <p class="tl-plan-buttons">
            <button class={`tl-button${waiting ? "" : " tl-button--main"}`}>Begin</button>
          </p>
          {fault === "" ? null : <p role="alert">{fault}</p>}
        </form>
        <Ahead desk={desk} round={round} level={level} minutes={minutes} />
      </>
    );
  }
}

interface WaitingProps {
  readonly desk: PracticeDesk;
  readonly mock: Mock;
  goOn(mock: Mock): void;
}

function Waiting({ desk, mock, goOn }: WaitingProps): JSX.Element {
  return (
    <div class="tl-notice">
      <p>You have an unfinished interview from today: {nameOf(desk, mock.round)}. Its clock is still running.</p>
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button tl-button--main" onClick={() => goOn(mock)}>
          Continue
        </button>
        <button type="button" class="tl-button" onClick={() => void desk.store.remove(MOCKS, mock.id)}>
          Discard it
        </button>
      </p>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  set(value: string): void;
}

export function Choice({ label, value, choices, set }: ChoiceProps): JSX.Element {
  return (
    <label class="tl-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        {choices.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A round at the level of the plan, as long as it is, or as near to so many minutes as can be chosen. */
function settingOf(desk: PracticeDesk, round: string, minutes?: number): Wish {
  const length = minutes === undefined ? lengthOf(desk, round) : [...LENGTHS].sort((a, b) => Math.abs(a - minutes) - Math.abs(b - minutes) || b - a)[0];
  return { round, level: desk.level || "mid", minutes: length ?? USUAL };
}

/** The length of a round as it is reported, the longest; or what is usual. */
function lengthOf(desk: PracticeDesk, round: string): number {
  const longest = desk.loaded.guide.catalogue.rounds.find(({ id }) => id === round)?.minutes?.[1] ?? USUAL;
  return LENGTHS.includes(longest) ? longest : USUAL;
}
