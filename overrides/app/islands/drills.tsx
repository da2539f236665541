/**
 * Drills: questions that come back before they are forgotten. One sitting is chosen, asked and summed up; it is kept with
 * every step, so that it can be left and taken up again, and two tabs are at the same question.
 */
import { Component, type JSX } from "preact";
import { beginsInShort } from "../core/plan/where.ts";
import { current } from "../core/practice/session.ts";
import { announce } from "../ui/announce";
import { Ask } from "./drills-ask.tsx";
import { Choose } from "./drills-choose.tsx";
import { End } from "./drills-end.tsx";
import { InShort } from "./drills-short.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";

interface State {
  /** The reader has seen that a sitting waits, and goes on with it. */
  readonly going: boolean;
  /** The sitting of which the short answer was read. */
  readonly read: string;
}

class Drills extends Component<{ readonly desk: PracticeDesk }, State> {
  override state: State = { going: false, read: "" };
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

  /** An address may name a sitting: a session of the plan, whose short answer was read before or not, or all questions of a page. */
  readonly #wanted = (): void => {
    const { desk } = this.props;
    const [, what, value = ""] = /^#(session|drill|page|go)=?(.*)$/.exec(location.hash) ?? [];
    if (what === undefined) return;
    const id = decodeURIComponent(value);
    history.replaceState(history.state, "", location.pathname + location.search);
    if (what === "go") return this.setState({ going: true });
    if (what === "session" || what === "drill") {
      const session = desk.session(id);
      const cards = session ? desk.questionsOf(session) : [];
      if (session && cards.length > 0 && desk.sitting?.session !== id) void desk.start(session.title, cards, id);
      if (cards.length > 0) this.setState({ going: true, read: what === "drill" ? id : "" });
      return;
    }
    const page = desk.index.items.get(desk.index.resolve(id));
    const cards = page ? desk.questionsOn(page.id) : [];
    if (page && cards.length > 0) {
      void desk.start(page.title, cards);
      this.setState({ going: true });
    }
  };

  override render({ desk }: { desk: PracticeDesk }, { going, read }: State): JSX.Element {
    const { sitting } = desk;
    const booked = sitting && sitting.session !== "" && sitting.session !== read && sitting.done.length === 0 ? desk.session(sitting.session) : undefined;
    const short = booked && beginsInShort(booked) ? desk.index.items.get(desk.index.items.get(sitting?.left[0] ?? "")?.page ?? "") : undefined;
    const card = sitting ? current(sitting) : "";
    const status = desk.store.status().text;
    return (
      <>
        {status === "" ? null : <p class="tl-notice tl-notice--warning">{status}</p>}
        {sitting && going && card !== "" && short ? (
          <InShort
            key={sitting.id}
            page={short}
            count={sitting.left.length}
            go={() => this.setState({ read: sitting.session })}
            leave={() => this.setState({ going: false })}
          />
        ) : sitting && going && card !== "" ? (
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
