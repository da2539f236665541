/**
 * Rapid fire: a breadth round as it is. Questions from all areas, a clock on each; nothing is graded before the end. Or
 * multiple choice, as screens have it. What is under way is kept with every step, so that it can be left and taken up again.
 */
import { Component, type JSX } from "preact";
import { answered, byArea } from "../core/practice/fire.ts";
import { type Given, Run, type Target } from "./fire-run.tsx";
import { Grade } from "./fire-grade.tsx";
import { choiceTargets, questionTargets, targetsOf } from "./fire-targets.ts";
import { Select } from "./drills-choose.tsx";
import { areaTitle, areaUrl } from "./areas.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";
import { Linked } from "./sessions.tsx";
import { count, shortDay } from "./words.ts";
import { type Answered, type Fire, FIRES, type Firing } from "../core/practice/records.ts";

interface State {
  readonly kind: Fire["kind"];
  readonly number: number;
  readonly seconds: number;
  readonly round: string;
  readonly level: string;
  /** What is asked; null before it begins. */
  readonly targets: readonly Target[] | null;
  /** What was answered: all of it at the end, and before that what was there when the round was taken up. */
  readonly given: readonly Given[];
  readonly over: boolean;
  readonly fault: string;
}

const SECONDS = [30, 45, 60, 90, 120];

class RapidFire extends Component<{ readonly desk: PracticeDesk }, State> {
  override state: State = { kind: "said", number: 10, seconds: 60, round: "ml-breadth", level: this.props.desk.level, targets: null, given: [], over: false, fault: "" };
  #stop = (): void => undefined;

  override componentDidMount(): void {
    this.#stop = this.props.desk.store.subscribe(() => this.forceUpdate());
  }

  override componentWillUnmount(): void {
    this.#stop();
  }

  async #begin(): Promise<void> {
    const { kind, number, seconds, round, level } = this.state;
    const { desk } = this.props;
    try {
      const targets = kind === "said" ? questionTargets(desk, { round, level, seconds }, number) : await choiceTargets(desk, level, number);
      if (targets.length === 0) return this.setState({ fault: "There is nothing of this kind yet. Choose another level or round." });
      desk.keepFiring({ day: desk.today, kind, seconds, left: targets.map(({ id }) => id), given: [] });
      this.setState({ targets, given: [], over: false, fault: "" });
    } catch {
      this.setState({ fault: "The items could not be loaded. You may be offline; try again." });
    }
  }

  /** Goes on with the round that waits: what was answered is brought again, for the end. */
  async #goOn({ kind, seconds, left, given: before }: Firing): Promise<void> {
    const { desk } = this.props;
    try {
      const [known, next] = await Promise.all([targetsOf(desk, kind, before.map(({ id }) => id)), targetsOf(desk, kind, left)]);
      const given = await Promise.all(
        known.flatMap((target) => {
          const how = before.find(({ id }) => id === target.id);
          return how ? [target.load().then((brought): Given => ({ target, brought, chosen: how.chosen, late: how.late }))] : [];
        }),
      );
      this.setState({ kind, seconds, targets: [...given.map(({ target }) => target), ...next], given, over: next.length === 0, fault: "" });
    } catch {
      this.setState({ fault: "The round could not be loaded. You may be offline; try again." });
    }
  }

  #step(how: Omit<Answered, "id"> | null): void {
    const { desk } = this.props;
    const next = desk.firing && answered(desk.firing, how);
    if (next) desk.keepFiring(next.left.length + next.given.length > 0 ? next : null);
  }

  override render({ desk }: { desk: PracticeDesk }, { kind, seconds, targets, given, over }: State): JSX.Element {
    if (!targets) return this.#choose();
    const leave = (): void => this.setState({ targets: null });
    if (over) return <Grade desk={desk} kind={kind} seconds={seconds} given={given} again={leave} />;
    const end = (all: readonly Given[]): void => this.setState({ given: all, over: true });
    return <Run targets={targets} given={given} seconds={seconds} step={(how) => this.#step(how)} leave={leave} end={end} />;
  }

  #choose(): JSX.Element {
    const { desk } = this.props;
    const { kind, number, seconds, round, level, fault } = this.state;
    const { catalogue, allocation } = desk.loaded.guide;
    const radio = (name: string, said: string, checked: boolean, set: () => void): JSX.Element => (
      <label class="tl-check">
        <input type="radio" name={name} checked={checked} onChange={set} />
        <span>{said}</span>
      </label>
    );
    const waiting = desk.firing;
    return (
      <form
        class="tl-fire__choose"
        onSubmit={(event) => {
          event.preventDefault();
          void this.#begin();
        }}
      >
        {waiting ? <Waiting desk={desk} firing={waiting} goOn={() => void this.#goOn(waiting)} /> : null}
        <fieldset>
          <legend>How you answer</legend>
          {radio("kind", "Aloud", kind === "said", () => this.setState({ kind: "said" }))}
          {radio("kind", "Multiple choice", kind === "choice", () => this.setState({ kind: "choice" }))}
        </fieldset>
        <fieldset>
          <legend>How many questions</legend>
          {[10, 20].map((one) => radio("number", String(one), number === one, () => this.setState({ number: one })))}
        </fieldset>
        <div class="tl-plan-form__pair">
          <label class="tl-field">
            <span>Time for each</span>
            <select value={String(seconds)} onChange={(event) => this.setState({ seconds: Number(event.currentTarget.value) })}>
              {SECONDS.map((one) => (
                <option key={one} value={one}>
                  {one} seconds
                </option>
              ))}
            </select>
          </label>
          {kind === "said" ? (
            <Select label="Round" value={round} choices={catalogue.rounds.map(({ id, name }) => [id, name])} set={(value) => this.setState({ round: value })} />
          ) : null}
          <Select label="Level" value={level} choices={Object.entries(allocation.names.levels)} set={(value) => this.setState({ level: value })} />
        </div>
        <Drawn desk={desk} level={level} />
        <p class="tl-plan-buttons">
          <button class={`tl-button${waiting ? "" : " tl-button--main"}`}>Begin</button>
        </p>
        {fault === "" ? null : <p role="alert">{fault}</p>}
        <Past desk={desk} />
      </form>
    );
  }
}

/** What the plan makes of a round. */
function Drawn({ desk, level }: { desk: PracticeDesk; level: string }): JSX.Element | null {
  const { settings } = desk;
  if (!settings) return null;
  const { levels, tracks } = desk.loaded.guide.allocation.names;
  const fields = settings.tracks.flatMap((track) => tracks[track] ?? []);
  return (
    <p class="tl-mock__booked">
      Drawn for your plan: {fields.length > 0 ? `${fields.join(", ")} first, then ` : ""}what is asked most
      {level === "" ? "" : `, nothing above ${(levels[level] ?? level).toLowerCase()}`}.
    </p>
  );
}

function Waiting({ desk, firing: { left, given }, goOn }: { desk: PracticeDesk; firing: Firing; goOn(): void }): JSX.Element {
  return (
    <div class="tl-notice">
      <p>
        You have an unfinished round from today: {given.length} of {count(given.length + left.length, "question")} answered
        {left.length === 0 ? ", not judged yet" : ""}.
      </p>
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button tl-button--main" onClick={goOn}>
          Continue
        </button>
        <button type="button" class="tl-button" onClick={() => desk.keepFiring(null)}>
          Discard it
        </button>
      </p>
    </div>
  );
}

const SHOWN = 5;

/** How the last rounds went, and which areas were weakest in them. */
function Past({ desk }: { desk: PracticeDesk }): JSX.Element | null {
  const fires = [...desk.store.all(FIRES).values()].sort((a, b) => b.at - a.at).slice(0, SHOWN);
  if (fires.length === 0) return null;
  const weakest = byArea(fires.flatMap((fire) => fire.answers)).filter(({ got, of }) => of > 1 && got / of < 0.6).slice(0, 3);
  return (
    <section aria-labelledby="fire-past">
      <h2 id="fire-past">Your last rounds</h2>
      <ol class="tl-fire__past">
        {fires.map(({ id, day, kind, answers }) => (
          <li key={id}>
            {shortDay(day)}: <b>{points(answers)}</b> of {answers.length}
            {kind === "choice" ? ", multiple choice" : ""}
          </li>
        ))}
      </ol>
      {weakest.length > 0 ? (
        <p>
          Weakest:{" "}
          {weakest.map(({ area, got, of }, at) => (
            <span key={area}>
              {at > 0 ? ", " : ""}
              <Linked url={areaUrl(area)} title={areaTitle(desk, area)} /> ({got} of {of})
            </span>
          ))}
          .
        </p>
      ) : null}
    </section>
  );
}

export function points(answers: Fire["answers"]): number {
  return answers.reduce((sum, { mark }) => sum + mark / 2, 0);
}

export const mount = mountView(RapidFire);
