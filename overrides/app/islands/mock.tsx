/**
 * Mock interviews: a set is chosen, asked against the clock and judged by the rubric; and the same set as an interviewer sees
 * it, for whoever opens its link. What is under way is kept with every step, so that it can be left and taken up again.
 */
import { Component, createRef, type JSX, type RefObject } from "preact";
import { drawSet, judged, type MockSet, readSet, score, type Setting, underWay } from "../core/practice/mock.ts";
import { type Mock, MOCKS } from "../core/practice/records.ts";
import { PLAN } from "../core/records.ts";
import { announce } from "../ui/announce";
import { Judge } from "./mock-judge.tsx";
import { Run } from "./mock-run.tsx";
import { Script } from "./mock-script.tsx";
import { type Sheet, sheetOf } from "./mock-sheet.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";
import { count, shortDay } from "./words.ts";

interface State extends Setting {
  readonly doing: "choose" | "run" | "judge";
  /** Id of the interview. */
  readonly mock: string;
  readonly sheet: Sheet | null;
  readonly fault: string;
  /** Of an interviewer's link. */
  readonly script: MockSet | null;
}

const USUAL = 45;
const LENGTHS = [15, 30, 45, 60, 75, 90];

class MockInterview extends Component<{ readonly desk: PracticeDesk }, State> {
  override state: State = { ...this.#usual(), doing: "choose", mock: "", sheet: null, fault: "", script: null };
  #stop = (): void => undefined;
  readonly #past = createRef<HTMLHeadingElement>();

  override componentDidMount(): void {
    this.#stop = this.props.desk.store.subscribe(() => this.forceUpdate());
    window.addEventListener("hashchange", this.#wanted);
    this.#wanted();
  }

  override componentWillUnmount(): void {
    this.#stop();
    window.removeEventListener("hashchange", this.#wanted);
  }

  #usual(): Setting {
    const { desk } = this.props;
    const level = desk.store.get(PLAN, "current")?.settings.level ?? "mid";
    const known = level in desk.loaded.guide.allocation.names.levels ? level : "mid";
    return { round: "ml-breadth", level: known, minutes: lengthOf(desk, "ml-breadth") };
  }

  readonly #wanted = (): void => {
    const { desk } = this.props;
    this.setState({ script: readSet(location.hash, desk.index, desk.loaded.guide.catalogue.rounds.map(({ id }) => id), levelsOf(desk)) });
  };

  async #go(mock: Mock): Promise<void> {
    try {
      const sheet = await sheetOf(this.props.desk.index.items.get(`rounds/${mock.round}`)?.url ?? "");
      if (sheet.rubric.length === 0) throw new Error(`${mock.round} has no rubric`);
      if (!this.props.desk.store.get(MOCKS, mock.id)) this.#put(mock);
      this.setState({ doing: "run", mock: mock.id, sheet, fault: "" });
    } catch {
      this.setState({ fault: "The page of the round could not be loaded. You may be offline; try again." });
    }
  }

  #begin(): void {
    const { desk } = this.props;
    const { round, level, minutes } = this.state;
    const items = drawSet({ round, level, minutes }, desk.index, levelsOf(desk), Math.random);
    if (items.length === 0) return this.setState({ fault: "The guide has nothing for this round at this level yet." });
    void this.#go({ id: crypto.randomUUID(), day: desk.today, at: Date.now(), round, level, minutes, items, notes: "", marks: [] });
  }

  #put(mock: Mock): void {
    void this.props.desk.store.put(MOCKS, mock.id, mock);
  }

  override render({ desk }: { readonly desk: PracticeDesk }, { doing, mock: id, sheet, script }: State): JSX.Element {
    if (script) return <Interviewer desk={desk} set={script} />;
    const mock = desk.store.get(MOCKS, id);
    if (doing === "choose" || !mock || !sheet) return this.#choose();
    const name = nameOf(desk, mock.round);
    if (doing === "run")
      return <Run desk={desk} mock={mock} sheet={sheet} name={name} put={(next) => this.#put(next)} end={() => this.setState({ doing: "judge" })} />;
    const keep = (marks: Mock["marks"]): void => {
      this.#put({ ...mock, marks });
      this.setState({ doing: "choose" }, () => this.#past.current?.focus());
      announce("The result is kept.");
    };
    return <Judge desk={desk} mock={mock} sheet={sheet} name={name} keep={keep} back={() => this.setState({ doing: "run" })} />;
  }

  #choose(): JSX.Element {
    const { desk } = this.props;
    const { round, level, minutes, fault } = this.state;
    const { catalogue, allocation } = desk.loaded.guide;
    const waiting = underWay(desk.store.all(MOCKS).values(), desk.today);
    const status = desk.store.status().text;
    return (
      <>
        {status === "" ? null : <p class="tl-notice tl-notice--warning">{status}</p>}
        {waiting ? (
          <div class="tl-notice">
            <p>An interview of today waits: {nameOf(desk, waiting.round)}. Its clock goes on.</p>
            <p class="tl-plan-buttons">
              <button type="button" class="tl-button tl-button--main" onClick={() => void this.#go(waiting)}>
                Go on
              </button>
              <button type="button" class="tl-button" onClick={() => void desk.store.remove(MOCKS, waiting.id)}>
                Throw it away
              </button>
            </p>
          </div>
        ) : null}
        <form
          class="tl-fire__choose"
          onSubmit={(event) => {
            event.preventDefault();
            this.#begin();
          }}
        >
          <div class="tl-plan-form__pair">
            <Choice label="Round" value={round} choices={catalogue.rounds.map(({ id, name }) => [id, name])} set={(value) => this.setState({ round: value, minutes: lengthOf(desk, value) })} />
            <Choice label="Level" value={level} choices={Object.entries(allocation.names.levels)} set={(value) => this.setState({ level: value })} />
            <Choice label="Minutes" value={String(minutes)} choices={LENGTHS.map((one) => [String(one), String(one)])} set={(value) => this.setState({ minutes: Number(value) })} />
          </div>
          <p class="tl-plan-buttons">
            <button class={`tl-button${waiting ? "" : " tl-button--main"}`}>Begin</button>
          </p>
          {fault === "" ? null : <p role="alert">{fault}</p>}
        </form>
        <Past desk={desk} heading={this.#past} />
      </>
    );
  }
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  set(value: string): void;
}

function Choice({ label, value, choices, set }: ChoiceProps): JSX.Element {
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

/** The length of a round as it is reported, the longest; or what is usual. */
function lengthOf(desk: PracticeDesk, round: string): number {
  const longest = desk.loaded.guide.catalogue.rounds.find(({ id }) => id === round)?.minutes?.[1] ?? USUAL;
  return LENGTHS.includes(longest) ? longest : USUAL;
}

function levelsOf(desk: PracticeDesk): string[] {
  return Object.keys(desk.loaded.guide.allocation.names.levels);
}

function nameOf(desk: PracticeDesk, round: string): string {
  return desk.loaded.guide.catalogue.rounds.find(({ id }) => id === round)?.name ?? round;
}

/** How the interviews went, round by round, the oldest first: the trend. */
function Past({ desk, heading }: { readonly desk: PracticeDesk; readonly heading: RefObject<HTMLHeadingElement | null> }): JSX.Element | null {
  const all = judged(desk.store.all(MOCKS).values());
  if (all.length === 0) return null;
  const rounds = [...new Set(all.map(({ round }) => round))];
  const levels = levelsOf(desk);
  const { names } = desk.loaded.guide.allocation;
  return (
    <section class="tl-ready" aria-labelledby="mock-past">
      <h2 id="mock-past" tabIndex={-1} ref={heading}>Your interviews</h2>
      {rounds.map((round) => (
        <div key={round}>
          <h3>{nameOf(desk, round)}</h3>
          <ol class="tl-mock__past">
            {judged(all, round)
              .reverse()
              .map((mock) => {
                const { got, of } = score(mock, levels);
                return (
                  <li key={mock.id}>
                    {shortDay(mock.day)}: <b>{got}</b> of {count(of, "point")} at the level {(names.levels[mock.level] ?? mock.level).toLowerCase()} or above
                  </li>
                );
              })}
          </ol>
        </div>
      ))}
    </section>
  );
}

function Interviewer({ desk, set }: { readonly desk: PracticeDesk; readonly set: MockSet }): JSX.Element {
  const { names } = desk.loaded.guide.allocation;
  return (
    <section class="tl-ready tl-mock" aria-labelledby="mock-script">
      <h2 id="mock-script">
        For the interviewer: {nameOf(desk, set.round)}, {(names.levels[set.level] ?? set.level).toLowerCase()}, {set.minutes} minutes
      </h2>
      <p>
        Ask in this order, and listen for the points. Then one follow-up each. Push back once on a good answer: “Are you sure?” When
        the other person is stuck for a minute, give the smallest hint that helps.
      </p>
      <Script desk={desk} items={set.items} />
    </section>
  );
}

export const mount = mountView(MockInterview);
