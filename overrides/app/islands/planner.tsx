/** The planner's island: the form, the plan, and what can be done with it. */
import { Component, type ComponentType, type JSX, render } from "preact";
import { daysBetween } from "../core/plan/calendar.ts";
import { localDay } from "../core/plan/today.ts";
import type { Iso, Notice } from "../core/plan/types.ts";
import { store } from "../store/index.ts";
import { announce } from "../ui/announce";
import { loadGuide } from "./guide-data.ts";
import { startComputing } from "./planner-compute.ts";
import { Desk } from "./planner-desk.ts";
import { PlannerDays, PlannerLeft, Today } from "./planner-days.tsx";
import { more, PlannerForm } from "./planner-form.tsx";
import type { News } from "./planner-news.tsx";
import { PlannerShares } from "./planner-shares.tsx";
import { count, duration, Lazy, LazyFold, longDay, readerSaid, roundName, standingSaid } from "./planner-parts.tsx";

/** Whether the address brings something along. */
const addressed = (): boolean => /^#(start|plan|carry)=/.test(location.hash);
const news = (): Promise<typeof import("./planner-news.tsx")> => import("./planner-news.tsx");

export function mount(element: HTMLElement): () => void {
  let gone = false;
  const kept = store();
  void kept.persist();
  let leave = (): void => undefined;
  // Fetched at the first focus; until it is there, the latest one is remembered for it.
  let path: EventTarget[] = [];
  let keeper: Promise<void> | undefined;
  const entered = (event: Event): void => {
    path = event.composedPath();
    keeper ??= import("./planner-focus.ts").then(({ keepFocus }) => {
      element.removeEventListener("focusin", entered);
      if (!gone) leave = keepFocus(element, path);
    });
  };
  element.addEventListener("focusin", entered);
  const worker = new URL(element.dataset["worker"] ?? "", document.baseURI).href;
  const begun = loadGuide().then((loaded) => ({ loaded, computing: startComputing(loaded.guide, worker) }));
  let end = (): void => undefined;
  Promise.all([begun, kept.ready, addressed() ? news() : null]).then(
    async ([{ loaded, computing }]) => {
      end = computing.end;
      const openDesk = (today: Iso): Promise<Desk> => Desk.open(loaded, kept, today, computing.compute);
      const desk = await openDesk(localDay());
      if (gone) return end();
      element.replaceChildren();
      // What the page is for need not be said to who comes for today.
      if (desk.saved || addressed()) document.querySelector(".tl-plan-lede")?.remove();
      render(<Planner desk={desk} openDesk={openDesk} />, element);
    },
    () => {
      if (gone) return;
      render(<Unreachable />, element);
    },
  );
  return () => {
    gone = true;
    leave();
    render(null, element);
    end();
  };
}

function Unreachable(): JSX.Element {
  return (
    <p class="tl-island-note" role="alert">
      The guide's data could not be loaded. What you have done is kept. Reload the page to try again.
    </p>
  );
}

interface Props {
  readonly desk: Desk;
  readonly openDesk: (today: Iso) => Promise<Desk>;
}

interface State extends News {
  readonly desk: Desk;
  /** How many slices of the page are there: they come one after another, so that none of them blocks the others. */
  readonly slices: number;
}

const SLICES = 3;

class Planner extends Component<Props, State> {
  override state: State = { desk: this.props.desk, messages: [], offer: null, slices: 0 };
  readonly #leave: (() => void)[] = [];
  #said = "";
  /**
   * Who has a plan, or brings one along, comes for today, who has none for the form; that does not change while they look
   * at it.
   */
  readonly #returning = this.state.desk.saved !== undefined || addressed();
  #speaking = 0;

  override componentDidMount(): void {
    const stop = this.props.desk.store.subscribe(() => this.setState({}));
    this.#show(this.props.desk);
    // The page may be closed before a change has come to rest; a new day has begun, perhaps while the page slept.
    const look = (): void => {
      this.state.desk.settle();
      const today = localDay();
      if (today !== this.state.desk.today) void this.props.openDesk(today).then((desk) => this.#show(desk));
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
    void this.#followGuide();
    read();
    this.#slice();
    this.#speak();
  }

  override componentDidUpdate(): void {
    this.#speak();
  }

  #slice(): void {
    const { slices } = this.state;
    if (slices === SLICES) return;
    const next = setTimeout(() => this.setState({ slices: slices + 1 }, () => this.#slice()));
    this.#leave.push(() => clearTimeout(next));
  }

  #show(desk: Desk): void {
    desk.onPlan = () => this.setState({});
    this.setState({ desk });
  }

  override componentWillUnmount(): void {
    this.state.desk.settle();
    for (const one of this.#leave) one();
  }

  /** The guide may have changed since the plan was computed. */
  async #followGuide(): Promise<void> {
    const { desk } = this.state;
    if (!desk.outdated) return;
    const { followGuide } = await news();
    this.setState({ messages: [followGuide(desk)] });
  }

  async #readAddress(): Promise<void> {
    if (!addressed()) return;
    const { hash } = location;
    history.replaceState(history.state, "", location.pathname + location.search);
    const { readAddress } = await news();
    this.setState(await readAddress(hash, this.state.desk, () => this.setState({ offer: null })));
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
    const { desk, messages, offer, slices } = this.state;
    const { plan } = desk;
    const told = (
      <div class="tl-plan__news">
        <Status desk={desk} />
        {messages.map((text) => (
          <p key={text} class="tl-notice" role="status">
            {text}
          </p>
        ))}
        {offer}
        <Head desk={desk} summary={this.#summary()} />
        <Whom desk={desk} />
        {plan.notices.map((notice) => (
          <NoticeLine key={notice.code + notice.text} notice={notice} desk={desk} />
        ))}
        {desk.missed.length > 0 ? <Lazy load={kept("Missed")} desk={desk} /> : null}
        <Today desk={desk} />
        {desk.saved ? <LazyFold title="Where you are" said={standingSaid(desk.now)} load={kept("Stand")} desk={desk} /> : null}
      </div>
    );
    return (
      <>
        {this.#returning ? told : null}
        <div class="tl-plan" aria-busy={desk.pending || slices < SLICES}>
          {this.#returning ? (
            <Change desk={desk} />
          ) : (
            <div class="tl-plan__form">
              <PlannerForm desk={desk} />
            </div>
          )}
          <div class="tl-plan__result">
            {this.#returning ? null : told}
            {slices > 0 ? <PlannerShares desk={desk} /> : null}
            {slices > 1 ? <PlannerDays desk={desk} /> : null}
            {slices > 2 ? <Rest desk={desk} /> : null}
          </div>
        </div>
      </>
    );
  }
}

/** On a phone the form of who comes for today is folded; where there is room it stands beside the plan. */
class Change extends Component<{ readonly desk: Desk }> {
  readonly #wide = matchMedia("(min-width: 62em)");
  readonly #resized = (): void => this.setState({});

  override componentDidMount(): void {
    this.#wide.addEventListener("change", this.#resized);
  }

  override componentWillUnmount(): void {
    this.#wide.removeEventListener("change", this.#resized);
  }

  override render(): JSX.Element {
    const { desk } = this.props;
    const form = <PlannerForm desk={desk} />;
    if (this.#wide.matches) return <div class="tl-plan__form">{form}</div>;
    return (
      <details class="tl-plan__form tl-fold">
        <summary>
          <span class="tl-fold__title">Change</span> <span class="tl-fold__said">date, hours, rounds, level</span>
        </summary>
        <div class="tl-fold__body">{form}</div>
      </details>
    );
  }
}

/** What comes below the days. */
function Rest({ desk }: { desk: Desk }): JSX.Element {
  return (
    <>
      <Done desk={desk} />
      <PlannerLeft desk={desk} />
      <Out desk={desk} />
      {desk.saved ? <Lazy load={kept("Again")} desk={desk} /> : null}
    </>
  );
}

function Head({ desk, summary }: { desk: Desk; summary: string }): JSX.Element | null {
  const { plan, today } = desk;
  const days = daysBetween(today, plan.interview);
  if (days < 0 || plan.interview === "") return null;
  const busy = plan.days.filter((day) => day.sessions.length > 0).length;
  return (
    <p class="tl-plan-head">
      <strong>{summary}</strong> on {count(busy, "day")}; the interview is {days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${count(days, "day")}`}, on{" "}
      {longDay(plan.interview, true)}.
    </p>
  );
}

/** For whom the plan is made: what was assumed is said where the plan is, and can be changed from there. */
function Whom({ desk }: { desk: Desk }): JSX.Element | null {
  const { plan, loaded } = desk;
  const rounds = [...plan.shares, ...plan.bookings].map(({ round }) => roundName(loaded.guide, round));
  if (rounds.length === 0) return null;
  return (
    <p class="tl-plan-whom">
      Made for {readerSaid(desk.settings, loaded.guide.allocation.names)} who faces {rounds.join(", ")}.{" "}
      <button type="button" class="tl-plan-whom__change" onClick={openForm}>
        Change<span class="tl-hidden"> for whom the plan is made</span>
      </button>
    </p>
  );
}

/** Open what says who the reader is, in the form, which on a phone is folded itself. */
function openForm(): void {
  const fold = document.querySelector<HTMLDetailsElement>("#plan-who");
  for (let outer: Element | null = fold; outer; outer = outer.parentElement) if (outer instanceof HTMLDetailsElement) outer.open = true;
  fold?.querySelector("summary")?.focus();
  fold?.scrollIntoView({ block: "center" });
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

/** Whether what the reader does is kept. */
function Status({ desk }: { desk: Desk }): JSX.Element | null {
  const { text, damaged } = desk.store.status();
  if (text === "") return null;
  return (
    <div class="tl-notice tl-notice--warning" role="alert">
      <p>{text}</p>
      {damaged.length === 0 ? null : <LazyFold title="What cannot be read" said="" load={way("Damaged")} desk={desk} />}
    </div>
  );
}

function Done({ desk }: { desk: Desk }): JSX.Element | null {
  const { done } = desk;
  const minutes = done.reduce((sum, tick) => sum + tick.minutes, 0);
  const said = `${count(done.length, "session")}, ${duration(minutes)}`;
  return done.length === 0 ? null : <LazyFold title="Done so far" said={said} load={more("Done")} desk={desk} />;
}

/** What only a reader with a plan sees. */
const kept = (name: "Missed" | "Again" | "Stand") => (): Promise<ComponentType<{ readonly desk: Desk }>> =>
  import("./planner-kept.tsx").then((module) => module[name]);

const way = (name: "Damaged" | "Calendar" | "Share" | "Backup") => (): Promise<ComponentType<{ readonly desk: Desk }>> =>
  import("./planner-out.tsx").then((module) => module[name]);

const carry = (): Promise<ComponentType<{ readonly desk: Desk }>> => import("./planner-carry.tsx").then((module) => module.Carry);

function Out({ desk }: { desk: Desk }): JSX.Element {
  return (
    <section class="tl-plan-out" aria-labelledby="plan-out">
      <h2 id="plan-out">Take it with you</h2>
      <div>
        <LazyFold title="Calendar file" said="events that move when the plan does" load={way("Calendar")} desk={desk} />
        <LazyFold title="Link" said="holds your settings, nothing that you did" load={way("Share")} desk={desk} />
        <LazyFold title="Another device" said="a link or a code that carries plan and progress" load={carry} desk={desk} />
        <LazyFold title="Backup" said="plan and progress in a file, to keep or to move" load={way("Backup")} desk={desk} />
      </div>
      <button type="button" class="tl-button" onClick={() => window.print()}>
        Print as a checklist
      </button>
    </section>
  );
}
