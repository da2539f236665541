/**
 * Mock interviews: a set is chosen, asked against the clock and judged by the rubric; and the same set as an interviewer sees
 * it, for whoever opens its link. What is under way is kept with every step, so that it can be left and taken up again.
 */
import { Component, createRef, type JSX } from "preact";
import { drawSet, type MockSet, readSet, type Setting } from "../core/practice/mock.ts";
import { type Mock, MOCKS } from "../core/practice/records.ts";
import type { Planned } from "../core/practice/twists.ts";
import { announce } from "../ui/announce";
import { Choose } from "./mock-choose.tsx";
import { Judge } from "./mock-judge.tsx";
import { levelsOf, nameOf, Past } from "./mock-past.tsx";
import { Run } from "./mock-run.tsx";
import { Script } from "./mock-script.tsx";
import { type Sheet, sheetOf } from "./mock-sheet.ts";
import { TwistsTold, twistsOf } from "./mock-twists.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";

interface State {
  readonly doing: "choose" | "run" | "judge";
  /** Id of the interview. */
  readonly mock: string;
  readonly sheet: Sheet | null;
  readonly twists: readonly Planned[];
  readonly fault: string;
  /** The session of the plan that the address named. */
  readonly session: string;
  /** Of an interviewer's link. */
  readonly script: MockSet | null;
}

class MockInterview extends Component<{ readonly desk: PracticeDesk }, State> {
  override state: State = { doing: "choose", mock: "", sheet: null, twists: [], fault: "", ...this.#read() };
  #stop = (): void => undefined;
  readonly #past = createRef<HTMLHeadingElement>();

  override componentDidMount(): void {
    this.#stop = this.props.desk.store.subscribe(() => this.forceUpdate());
    window.addEventListener("hashchange", this.#wanted);
  }

  override componentWillUnmount(): void {
    this.#stop();
    window.removeEventListener("hashchange", this.#wanted);
  }

  readonly #wanted = (): void => this.setState(this.#read());

  /** An address may hold the set of an interviewer, or name a session of the plan. */
  #read(): Pick<State, "session" | "script"> {
    const { desk } = this.props;
    const rounds = desk.loaded.guide.catalogue.rounds.map(({ id }) => id);
    const id = new URLSearchParams(location.hash.slice(1)).get("session") ?? "";
    const named = desk.session(id);
    return { session: named?.kind === "mock" ? id : "", script: readSet(location.hash, desk.index, rounds, levelsOf(desk)) };
  }

  async #go(mock: Mock): Promise<void> {
    try {
      const address = this.props.desk.index.items.get(`rounds/${mock.round}`)?.url ?? "";
      const [sheet, twists] = await Promise.all([sheetOf(address), twistsOf(mock)]);
      if (sheet.rubric.length === 0) throw new Error(`${mock.round} has no rubric`);
      if (!this.props.desk.store.get(MOCKS, mock.id)) this.#put(mock);
      this.setState({ doing: "run", mock: mock.id, sheet, twists, fault: "" });
    } catch {
      this.setState({ fault: "The page of the round could not be loaded. You may be offline; try again." });
    }
  }

  #begin(setting: Setting, session: string): void {
    const { desk } = this.props;
    const items = drawSet(setting, desk.index, levelsOf(desk), Math.random);
    if (items.length === 0) return this.setState({ fault: "The guide has nothing for this round at this level yet." });
    const begun = { id: crypto.randomUUID(), day: desk.today, at: Date.now(), session, twists: 0, notes: "", marks: [] };
    void this.#go({ ...begun, ...setting, items });
  }

  #put(mock: Mock): void {
    void this.props.desk.store.put(MOCKS, mock.id, mock);
  }

  override render({ desk }: { readonly desk: PracticeDesk }, { doing, mock: id, sheet, twists, script }: State): JSX.Element {
    if (script) return <Interviewer desk={desk} set={script} />;
    const mock = desk.store.get(MOCKS, id);
    if (doing === "choose" || !mock || !sheet) return this.#choose();
    const name = nameOf(desk, mock.round);
    const shared = { desk, mock, sheet, name };
    if (doing === "run") return <Run {...shared} twists={twists} put={(next) => this.#put(next)} end={() => this.setState({ doing: "judge" })} />;
    const keep = (marks: Mock["marks"]): void => {
      const ticked = desk.keepMock(mock, marks);
      this.setState({ doing: "choose" }, () => this.#past.current?.focus());
      announce(ticked ? "The result is kept, and ticked in your plan." : "The result is kept.");
    };
    return <Judge {...shared} keep={keep} back={() => this.setState({ doing: "run" })} />;
  }

  #choose(): JSX.Element {
    const { desk } = this.props;
    const { session, fault } = this.state;
    const status = desk.store.status().text;
    return (
      <>
        {status === "" ? null : <p class="tl-notice tl-notice--warning">{status}</p>}
        <Choose
          desk={desk}
          session={session}
          fault={fault}
          begin={(setting, booked) => this.#begin(setting, booked)}
          goOn={(mock) => void this.#go(mock)}
        />
        <Past desk={desk} heading={this.#past} />
      </>
    );
  }
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
      <TwistsTold set={set} lead="Each comes up on the other screen at its time. Say it, and listen for what is below it." />
      <Script desk={desk} items={set.items} />
    </section>
  );
}

export const mount = mountView(MockInterview);
