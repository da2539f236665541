/**
 * The bar on a page that is in the plan: what is planned here, a box to tick, and what comes next. On a phone the bar
 * that the thumb reaches (partials/dock.html) leads on as the plan does, and ticks on the way.
 */
import { Component, type JSX, render } from "preact";
import { type Section, sectionsOf } from "../core/plan/parts.ts";
import type { Session } from "../core/plan/types.ts";
import { type PagePlace, placeOfPage, questionsIn } from "../core/plan/where.ts";
import type { Kept } from "./kept.ts";
import { titleOf } from "./now-place.ts";
import { count, kindOf, shortDay, within } from "./words.ts";

const PLAN = "plan/#plan-today";

export function showBar(element: HTMLElement, path: string, kept: Kept): () => void {
  const dock = new Dock();
  let held = "";
  const show = (): void => {
    const place = kept.agenda ? placeOfPage(kept.agenda, path, kept.ticks, held, kept.today) : null;
    held = place?.session.id ?? "";
    showSkim(place?.session);
    element.hidden = place === null;
    render(place && <Bar place={place} path={path} kept={kept} />, element);
    // Who reads ahead of the plan goes on as the guide does.
    dock.show(place && place.session.date <= kept.today ? place : null, kept);
  };
  show();
  const stop = kept.store.subscribe(show);
  return () => {
    stop();
    showSkim(undefined);
    render(null, element);
  };
}

function Bar({ place, path, kept }: { place: PagePlace; path: string; kept: Kept }): JSX.Element {
  const { session, done, step, steps, next } = place;
  const { date } = session;
  const day = done || date === kept.today ? "" : date > kept.today ? `, planned for ${shortDay(date)}` : `, missed on ${shortDay(date)}`;
  return (
    <div class={`tl-now__bar${session.skim ? " tl-now__bar--skim" : ""}${session.round ? ` tl-round--${session.round}` : ""}`}>
      <p class="tl-now__what">
        <b>{kindOf(session)}</b> {session.minutes} min
        {steps > 1 ? `, page ${step} of ${steps}` : ""}
        {day}
        <Part session={session} />
        {session.skim ? <Skim /> : null}
      </p>
      {!done && questionsIn(session) > 0 ? (
        <a class="tl-now__drill" href={drillOf(session)}>
          {drillSaid(session)}
        </a>
      ) : null}
      <Timer path={path} minutes={session.minutes} kept={kept} />
      <label class="tl-check">
        <input type="checkbox" checked={done} onChange={(event) => kept.mark(session, event.currentTarget.checked)} />
        <span>Done{steps > 1 ? ` with all ${steps}` : ""}</span>
      </label>
      {next ? (
        <a class="tl-now__next" href={within(next.url || PLAN)}>
          Next: {next.together ? "" : `${kindOf(next)}, `}
          {next.title}
        </a>
      ) : (
        <a class="tl-now__next" href={within(PLAN)}>
          Nothing else is open in your plan
        </a>
      )}
    </div>
  );
}

/** The drill of a planned page. Who comes from the page has its short answer before them. */
function drillOf({ id }: Session): string {
  return within(`practice/drills/#drill=${encodeURIComponent(id)}`);
}

function drillSaid(session: Session): string {
  return `Drill ${count(questionsIn(session), "question")}`;
}

/** What a skim is: of a round, what happens in it and its checklist; of any page, what one would say of it. */
const SHORT = ["in-short", "what-happens", "on-the-day"];

function skimmed(): readonly HTMLElement[] {
  const round = document.querySelector("#content.tl-page--round") !== null;
  return SHORT.slice(0, round ? undefined : 1).flatMap((id) => document.querySelector<HTMLElement>(`#content h2#${id}`) ?? []);
}

function Skim(): JSX.Element {
  return (
    <>
      {skimmed().map((heading, at) => (
        <span key={heading.id}>
          {at === 0 ? ": " : ", "}
          <a href={`#${heading.id}`}>{titleOf(heading)}</a>
        </span>
      ))}
    </>
  );
}

/** On a phone the bar stands at the end of the page: what to skim is said at its beginning, too. */
function showSkim(session: Session | undefined): void {
  const head = document.querySelector("#content .tl-head");
  const before = head?.querySelector(".tl-now__skim");
  if (!session?.skim || skimmed().length === 0) return before?.remove();
  if (!head || before) return;
  const line = document.createElement("p");
  line.className = "tl-now__skim";
  head.append(line);
  render(
    <>
      <b>Skim</b>
      <Skim />
    </>,
    line,
  );
}

/** Which part of the page it is, by its sections. */
function Part({ session: { part, parts, portion, kind } }: { session: Session }): JSX.Element | null {
  if (parts === 1 || !portion) return null;
  const found = kind === "read" ? sectionsOf(portion, sections()) : null;
  return (
    <>
      {`, part ${part} of ${parts}`}
      {found ? (
        <>
          {": "}
          <a href={`#${found.from.id}`}>{found.from.title}</a>
          {found.to === found.from ? null : (
            <>
              {" to "}
              <a href={`#${found.to.id}`}>{found.to.title}</a>
            </>
          )}
        </>
      ) : null}
    </>
  );
}

/** What there is to read on this page: its sections, without the questions and what comes after them. */
function sections(): readonly Section[] {
  const headings = [...document.querySelectorAll<HTMLElement>("#content h2[id]")];
  const end = headings.findIndex((one) => one.id === "questions");
  return (end < 0 ? headings : headings.slice(0, end)).map((heading) => {
    return { id: heading.id, title: titleOf(heading), length: heading.closest(".tl-section")?.textContent?.length ?? lengthFrom(heading) };
  });
}

function lengthFrom(heading: Element): number {
  let length = 0;
  for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) length += next.textContent?.length ?? 0;
  return length;
}

// --- Time, if the reader wants it -------------------------------------------------------------------------------------

const WANTED = "tl-timing";
/** Who has not moved for so long is elsewhere, in seconds. */
const IDLE = 90;
const SAVE = 15;

interface TimerProps {
  readonly path: string;
  readonly minutes: number;
  readonly kept: Kept;
}

/** Counts the time that the page is looked at, in this browser alone. Off until it is wanted. */
class Timer extends Component<TimerProps, { readonly wanted: boolean; readonly seconds: number }> {
  override state = { wanted: isWanted(), seconds: this.props.kept.reading(this.props.path) };
  #ticking = 0;
  #idle = 0;
  readonly #moved = (): void => void (this.#idle = 0);

  override componentDidMount(): void {
    for (const event of ["scroll", "pointermove", "keydown"]) document.addEventListener(event, this.#moved, { passive: true });
    this.#ticking = window.setInterval(() => this.#tick(), 1000);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#ticking);
    for (const event of ["scroll", "pointermove", "keydown"]) document.removeEventListener(event, this.#moved);
    this.#save();
  }

  #tick(): void {
    this.#idle += 1;
    if (!this.state.wanted || document.visibilityState === "hidden" || this.#idle > IDLE) return;
    const seconds = this.state.seconds + 1;
    this.setState({ seconds });
    if (seconds % SAVE === 0) this.#save();
  }

  #save(): void {
    const { path, kept } = this.props;
    if (this.state.wanted && this.state.seconds > kept.reading(path)) kept.read(path, this.state.seconds);
  }

  #turn(): void {
    const wanted = !this.state.wanted;
    this.#save();
    this.setState({ wanted });
    try {
      if (wanted) localStorage.setItem(WANTED, "yes");
      else localStorage.removeItem(WANTED);
    } catch {
      // Without storage it holds for this page.
    }
  }

  override render({ minutes }: TimerProps, { wanted, seconds }: { readonly wanted: boolean; readonly seconds: number }): JSX.Element {
    return (
      <button type="button" class="tl-now__time" aria-pressed={wanted} onClick={() => this.#turn()}>
        {wanted ? `${Math.floor(seconds / 60)} of ${minutes} min so far` : "Count my time"}
      </button>
    );
  }
}

function isWanted(): boolean {
  try {
    return localStorage.getItem(WANTED) !== null;
  } catch {
    return false;
  }
}

// --- The bar of a phone ------------------------------------------------------------------------------------------------

/**
 * Where the phone's bar says Next, it leads on as the plan does; while the session is open, it ticks on the way. A drill is
 * done by drilling: until then, the bar leads to it.
 */
class Dock {
  readonly #link = document.querySelector<HTMLAnchorElement>(".tl-dock a[rel=next]") ?? document.querySelector(".tl-dock")?.appendChild(document.createElement("a"));
  readonly #text = this.#link?.querySelector("span") ?? this.#link?.appendChild(document.createElement("span"));
  readonly #usual = { href: this.#link?.getAttribute("href") ?? "", text: this.#text?.textContent ?? "" };

  show(place: PagePlace | null, kept: Kept): void {
    const link = this.#link;
    const text = this.#text;
    if (!link || !text) return;
    link.onclick = null;
    const drills = place !== null && !place.done && questionsIn(place.session) > 0;
    link.classList.toggle("tl-dock__drill", drills);
    link.hidden = place === null && this.#usual.href === "";
    if (place === null) {
      link.setAttribute("href", this.#usual.href);
      link.removeAttribute("aria-label");
      text.textContent = this.#usual.text;
      return;
    }
    const { session, done, next } = place;
    if (drills) {
      link.href = drillOf(session);
      text.textContent = drillSaid(session);
      link.removeAttribute("aria-label");
      return;
    }
    const ticks = !done && !next?.together;
    link.href = within(next?.url || PLAN);
    text.textContent = ticks ? "Done, next" : "Next";
    link.setAttribute("aria-label", `${ticks ? "Done, next" : "Next"}: ${next?.title ?? "your plan"}`);
    if (ticks) link.onclick = () => kept.mark(session, true);
  }
}
