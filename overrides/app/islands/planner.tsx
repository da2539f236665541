/** The planner's island: the form, the plan, and what can be done with it. */
import { Component, type ComponentType, type JSX, render } from "preact";
import { dayNumber, daysBetween } from "../core/plan/calendar.ts";
import { spreadHours } from "../core/plan/settings.ts";
import { localDay } from "../core/plan/today.ts";
import type { Notice, Settings } from "../core/plan/types.ts";
import { type Store, store } from "../store/index.ts";
import { announce } from "../ui/announce";
import { loadGuide, type Loaded } from "./guide-data.ts";
import { Desk } from "./planner-desk.ts";
import { PlannerDays, PlannerLeft, Today } from "./planner-days.tsx";
import { more, PlannerForm } from "./planner-form.tsx";
import { PlannerShares } from "./planner-shares.tsx";
import { count, duration, LazyFold, longDay } from "./planner-parts.tsx";

export function mount(element: HTMLElement): () => void {
  let gone = false;
  const kept = store();
  void kept.persist();
  Promise.all([loadGuide(), kept.ready]).then(
    ([loaded]) => {
      if (gone) return;
      element.replaceChildren();
      render(<Planner loaded={loaded} store={kept} />, element);
    },
    () => {
      if (gone) return;
      render(<Unreachable />, element);
    },
  );
  return () => {
    gone = true;
    render(null, element);
  };
}

function Unreachable(): JSX.Element {
  return (
    <p class="tl-island-note" role="alert">
      The guide's data could not be loaded, so no plan can be made just now. What you have done is kept. Reload the page to try again.
    </p>
  );
}

interface Props {
  readonly loaded: Loaded;
  readonly store: Store;
}

interface State {
  readonly desk: Desk;
  readonly messages: readonly string[];
  /** Settings of a link that was opened while there is a plan. */
  readonly offered: Settings | null;
}

class Planner extends Component<Props, State> {
  override state: State = { desk: new Desk(this.props.loaded, this.props.store, localDay()), messages: [], offered: null };
  readonly #leave: (() => void)[] = [];
  #said = "";
  /** Who has a plan comes for today, who has none for the form; that does not change while they look at it. */
  readonly #returning = this.state.desk.saved !== undefined;
  #speaking = 0;

  override componentDidMount(): void {
    const stop = this.props.store.subscribe(() => this.setState({}));
    // A new day has begun, perhaps while the page slept.
    const look = (): void => {
      const today = localDay();
      if (today !== this.state.desk.today) this.setState({ desk: new Desk(this.props.loaded, this.props.store, today) });
    };
    const read = (): void => void this.#readAddress();
    const timer = setInterval(look, 60_000);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("hashchange", read);
    this.#leave.push(
      stop,
      () => clearInterval(timer),
      () => document.removeEventListener("visibilitychange", look),
      () => window.removeEventListener("hashchange", read),
      () => clearTimeout(this.#speaking),
    );
    this.#followGuide();
    read();
    this.#speak();
  }

  override componentDidUpdate(): void {
    this.#speak();
  }

  override componentWillUnmount(): void {
    this.state.desk.settle();
    for (const one of this.#leave) one();
  }

  /** The guide may have changed since the plan was computed. */
  #followGuide(): void {
    const { desk } = this.state;
    const { changes } = desk;
    if (!changes) return;
    const { renamed, gone } = changes;
    const said = ["The guide has changed since this plan was made, so the rest of it was planned again from today."];
    if (renamed > 0) said.push(`${count(renamed, "page")} got a new address; what you did with it is kept.`);
    if (gone.length > 0) said.push(`No longer in the guide: ${gone.join(", ")}. Its time went to other things.`);
    this.setState({ messages: [said.join(" ")] });
    desk.replan();
  }

  /** What the address brings along: a date and hours from the home page, or settings from a link. */
  async #readAddress(): Promise<void> {
    const { hash } = location;
    const { desk } = this.state;
    const start = /^#start=([\d-]+),([\d.]+)$/.exec(hash);
    if (!start && !hash.startsWith("#plan=")) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    if (start) {
      const [, day = "", hours] = start;
      const minutes = Number(hours) > 0 ? spreadHours(Number(hours), desk.settings.minutes) : desk.settings.minutes;
      desk.change(dayNumber(day) === null ? { minutes } : { interview: day, minutes });
      return;
    }
    const { decodeSettings, vocabularyOf } = await import("../core/share.ts");
    const found = decodeSettings(hash, vocabularyOf(this.props.loaded.guide), desk.today);
    if (!found.ok) {
      this.setState({ messages: [`${found.reason} ${desk.saved ? "Your plan is as it was." : "These are the usual settings."}`] });
      return;
    }
    this.setState({ messages: found.notes, offered: desk.saved ? found.settings : null });
    if (!desk.saved) desk.begin(found.settings);
  }

  /** Tell a screen reader what a change made of the plan, once it has come to rest. */
  #speak(): void {
    const summary = this.#summary();
    if (summary === this.#said) return;
    this.#said = summary;
    clearTimeout(this.#speaking);
    this.#speaking = window.setTimeout(() => announce(`The plan now holds ${summary}.`), 700);
  }

  #summary(): string {
    const { plan } = this.state.desk;
    const sessions = plan.days.reduce((sum, day) => sum + day.sessions.length, 0);
    return `${duration(plan.totals.planned)} in ${count(sessions, "session")}`;
  }

  override render(): JSX.Element {
    const { desk, messages, offered } = this.state;
    const { plan } = desk;
    const news = (
      <div class="tl-plan__news">
        <Status desk={desk} />
        {messages.map((text) => (
          <p key={text} class="tl-notice" role="status">
            {text}
          </p>
        ))}
        {offered === null ? null : (
          <div class="tl-notice" role="status">
            <p>The link that you opened holds other settings than your plan.</p>
            <p class="tl-plan-buttons">
              <button
                type="button"
                class="tl-button tl-button--main"
                onClick={() => {
                  this.setState({ offered: null });
                  desk.begin(offered);
                }}
              >
                Plan with the link
              </button>
              <button type="button" class="tl-button" onClick={() => this.setState({ offered: null })}>
                Keep my plan
              </button>
            </p>
          </div>
        )}
        <Head desk={desk} summary={this.#summary()} />
        {plan.notices.map((notice) => (
          <NoticeLine key={notice.code + notice.text} notice={notice} desk={desk} />
        ))}
        <Missed desk={desk} />
        <Today desk={desk} />
      </div>
    );
    return (
      <>
        {this.#returning ? news : null}
        <div class="tl-plan">
          <div class="tl-plan__form">
            <PlannerForm desk={desk} />
          </div>
          <div class="tl-plan__result">
            {this.#returning ? null : news}
            <PlannerShares desk={desk} />
            <PlannerDays desk={desk} />
            <Done desk={desk} />
            <PlannerLeft desk={desk} />
            <Out desk={desk} />
            <Again desk={desk} />
          </div>
        </div>
      </>
    );
  }
}

function Head({ desk, summary }: { desk: Desk; summary: string }): JSX.Element {
  const { plan, today } = desk;
  const days = daysBetween(today, plan.interview);
  if (days < 0) return <></>;
  const busy = plan.days.filter((day) => day.sessions.length > 0).length;
  return (
    <p class="tl-plan-head">
      <strong>{summary}</strong> on {count(busy, "day")}; the interview is {days === 0 ? "today" : `in ${count(days, "day")}`}, on{" "}
      {longDay(plan.interview, true)}.
    </p>
  );
}

function NoticeLine({ notice, desk }: { notice: Notice; desk: Desk }): JSX.Element {
  const { offer } = notice;
  return (
    <div class={`tl-notice tl-notice--${notice.tone}`} role={notice.tone === "warning" ? "alert" : undefined}>
      <p>{notice.text}</p>
      {offer ? (
        <button type="button" class="tl-button" onClick={() => desk.change(offer.change)}>
          {offer.label}
        </button>
      ) : null}
    </div>
  );
}

/** Days that have passed with something left on them. */
function Missed({ desk }: { desk: Desk }): JSX.Element | null {
  const { missed } = desk;
  if (missed.length === 0) return null;
  const minutes = missed.reduce((sum, session) => sum + session.minutes, 0);
  return (
    <div class="tl-notice" role="status">
      <p>
        {count(missed.length, "session")} of the past days {missed.length === 1 ? "is" : "are"} not ticked ({duration(minutes)}).
      </p>
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button tl-button--main" onClick={() => desk.replan()}>
          I missed some days: plan again from today
        </button>
        <button type="button" class="tl-button" onClick={() => desk.tickMissed()}>
          I did them: tick them all
        </button>
      </p>
    </div>
  );
}

/** Whether what the reader does is kept. */
function Status({ desk }: { desk: Desk }): JSX.Element | null {
  const { text, damaged } = desk.store.status();
  if (text === "") return null;
  return (
    <div class="tl-notice tl-notice--warning" role="alert">
      <p>{text}</p>
      {damaged.length === 0 ? null : (
        <button type="button" class="tl-button" onClick={() => void desk.store.forgetDamaged()}>
          Throw away what cannot be read
        </button>
      )}
    </div>
  );
}

function Done({ desk }: { desk: Desk }): JSX.Element | null {
  const { done } = desk;
  const minutes = done.reduce((sum, tick) => sum + tick.minutes, 0);
  const said = `${count(done.length, "session")}, ${duration(minutes)}`;
  return done.length === 0 ? null : <LazyFold title="Done so far" said={said} load={more("Done")} desk={desk} />;
}

const way = (name: "Calendar" | "Share" | "Backup") => (): Promise<ComponentType<{ readonly desk: Desk }>> =>
  import("./planner-out.tsx").then((module) => module[name]);

function Out({ desk }: { desk: Desk }): JSX.Element {
  return (
    <section class="tl-plan-out" aria-labelledby="plan-out">
      <h2 id="plan-out">Take it with you</h2>
      <div>
        <LazyFold title="Calendar file" said="events that move when the plan does" load={way("Calendar")} desk={desk} />
        <LazyFold title="Link" said="holds your settings, nothing that you did" load={way("Share")} desk={desk} />
        <LazyFold title="Backup" said="plan and progress in a file, to keep or to move" load={way("Backup")} desk={desk} />
      </div>
      <button type="button" class="tl-button" onClick={() => window.print()}>
        Print as a checklist
      </button>
    </section>
  );
}

class Again extends Component<{ desk: Desk }, { asked: boolean }> {
  override state = { asked: false };

  override render({ desk }: { desk: Desk }, { asked }: { asked: boolean }): JSX.Element | null {
    if (!desk.saved) return null;
    return (
      <section class="tl-plan-again" aria-labelledby="plan-again">
        <h2 id="plan-again">Begin again</h2>
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button" onClick={() => desk.replan()}>
            Plan again from today
          </button>
          {asked ? (
            <button
              type="button"
              class="tl-button"
              onClick={() => {
                this.setState({ asked: false });
                desk.begin(desk.settings);
              }}
            >
              Yes, begin a new plan; what I did stays
            </button>
          ) : (
            <button type="button" class="tl-button" onClick={() => this.setState({ asked: true })}>
              Begin a plan for another interview
            </button>
          )}
        </p>
      </section>
    );
  }
}
