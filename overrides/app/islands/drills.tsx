/**
 * Drills: questions that come back before they are forgotten. One sitting is chosen, asked and summed up; it is kept with
 * every step, so that it can be left and taken up again, and two tabs are at the same question.
 */
import { Component, type JSX } from "preact";
import { current } from "../core/practice/session.ts";
import { announce } from "../ui/announce";
import { Ask } from "./drills-ask.tsx";
import { Choose } from "./drills-choose.tsx";
import { End } from "./drills-end.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";

interface State {
  /** The reader has seen that a sitting waits, and goes on with it. */
  readonly going: boolean;
}

class Drills extends Component<{ readonly desk: PracticeDesk }, State> {
  override state: State = { going: false };
  #stop = (): void => undefined;

  override componentDidMount(): void {
    void this.props.desk.store.persist();
    this.#stop = this.props.desk.store.subscribe(() => this.forceUpdate());
    window.addEventListener("hashchange", this.#wanted);
    this.#wanted();
  }

  override componentWillUnmount(): void {
    this.#stop();
    window.removeEventListener("hashchange", this.#wanted);
  }

  /** An address may name a sitting: a session of the plan, or the questions of a page. */
  readonly #wanted = (): void => {
    const { desk } = this.props;
    const [, what, value = ""] = /^#(session|page|go)=?(.*)$/.exec(location.hash) ?? [];
    if (what === undefined) return;
    const id = decodeURIComponent(value);
    history.replaceState(history.state, "", location.pathname + location.search);
    if (what === "go") return this.setState({ going: true });
    if (what === "session") {
      const session = desk.session(id);
      const cards = session ? desk.questionsOf(session) : [];
      if (session && cards.length > 0 && desk.sitting?.session !== id) void desk.start(session.title, cards, id);
      if (cards.length > 0) this.setState({ going: true });
      return;
    }
    const page = desk.index.items.get(desk.index.resolve(id));
    const { due, fresh } = desk.queue({ round: "", area: "", level: "", page: page?.id ?? "none" });
    if (page && due.length + fresh.length > 0) {
      void desk.start(page.title, [...due, ...fresh]);
      this.setState({ going: true });
    }
  };

  override render({ desk }: { desk: PracticeDesk }, { going }: State): JSX.Element {
    const { sitting } = desk;
    const card = sitting ? current(sitting) : "";
    const status = desk.store.status().text;
    return (
      <>
        {status === "" ? null : <p class="tl-notice tl-notice--warning">{status}</p>}
        {sitting && going && card !== "" ? (
          <Ask key={`${sitting.id} ${card} ${sitting.done.length}`} desk={desk} sitting={sitting} leave={() => this.setState({ going: false })} />
        ) : sitting && going ? (
          <End desk={desk} sitting={sitting} again={() => this.#leave()} />
        ) : (
          <Choose
            desk={desk}
            begin={(scope, cards, session) => {
              void desk.start(scope, cards, session);
              this.setState({ going: true });
            }}
            goOn={() => this.setState({ going: true })}
          />
        )}
      </>
    );
  }

  #leave(): void {
    this.props.desk.end();
    this.setState({ going: false });
    announce("Choose what to drill.");
  }
}

export const mount = mountView(Drills);
