/**
 * Mock interviews: a set is chosen, asked against the clock and judged by the rubric; and the same set as an interviewer sees
 * it, for whoever opens its link. What is under way is kept with every step, so that it can be left and taken up again.
 */
import { Component, createRef, type JSX } from "preact";
import { drawSet, type MockSet, readSet, type Wish } from "../core/practice/mock.ts";
import { type Mock, MOCKS } from "../core/practice/records.ts";
import type { Planned } from "../core/practice/twists.ts";
import { announce } from "../ui/announce";
import { Choose } from "./mock-choose.tsx";
import { Judge } from "./mock-judge.tsx";
import { levelsOf, nameOf, Past } from "./mock-past.tsx";
import { Run } from "./mock-run.tsx";
import { Interviewer } from "./mock-interviewer.tsx";
import { type Sheet, sheetOf } from "./mock-sheet.ts";
import { twistsOf } from "./mock-twists.tsx";
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
  /** The case that the address named. */
  readonly piece: string;
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

  /** An address may hold the set of an interviewer, or name a session of the plan, or a case. */
  #read(): Pick<State, "session" | "piece" | "script"> {
    const { desk } = this.props;
    const rounds = desk.loaded.guide.catalogue.rounds.map(({ id }) => id);
    const given = new URLSearchParams(location.hash.slice(1));
    const id = given.get("session") ?? "";
    const named = desk.session(id);
    const piece = desk.index.resolve(given.get("case") ?? "");
    return { session: named?.kind === "mock" ? id : "", piece, script: readSet(location.hash, desk.index, rounds, levelsOf(desk)) };
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

  #begin(wish: Wish, session: string): void {
    const { desk } = this.props;
    const { piece: _, ...setting } = wish;
    const source = { index: desk.index, levels: levelsOf(desk), weigh: desk.weigher(setting.level), random: Math.random };
    const items = drawSet(wish, source);
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
    const { session, piece, fault } = this.state;
    const status = desk.store.status().text;
    return (
      <>
        {status === "" ? null : <p class="tl-notice tl-notice--warning">{status}</p>}
        <Choose
          desk={desk}
          session={session}
          piece={piece}
          fault={fault}
          begin={(wish, booked) => this.#begin(wish, booked)}
          goOn={(mock) => void this.#go(mock)}
        />
        <Past desk={desk} heading={this.#past} />
      </>
    );
  }
}

export const mount = mountView(MockInterview);
