/**
 * The home page of who has a plan: how many days are left, what today holds, what was missed, one next step, and where
 * they are against where they should be.
 */
import { type JSX, render } from "preact";
import { daysBetween } from "../core/plan/calendar.ts";
import { duration } from "../core/plan/today.ts";
import type { Session } from "../core/plan/types.ts";
import { addressOf, type Agenda, nextSession, standing, type StandingNow } from "../core/plan/where.ts";
import type { Kept } from "./kept.ts";
import { Linked, Sessions } from "./sessions.tsx";
import { StandingBars } from "./standing-bars.tsx";
import { count, kindOf, longDay, standingSaid, within } from "./words.ts";

/** More than that of what was missed is for the planner. */
const FEW = 3;

export function showHome(element: HTMLElement, kept: Kept, recognize: (returning: boolean) => void): () => void {
  const show = (): void => {
    const { plan, today, place } = kept;
    const ahead = plan !== undefined && plan.settings.interview >= today;
    element.hidden = !ahead && !place;
    recognize(ahead);
    render(<Home kept={kept} ahead={ahead} />, element);
  };
  show();
  const stop = kept.store.subscribe(show);
  return () => {
    stop();
    render(null, element);
  };
}

function Home({ kept, ahead }: { kept: Kept; ahead: boolean }): JSX.Element {
  const { place, agenda, plan } = kept;
  return (
    <>
      {ahead && plan ? agenda ? <Ahead kept={kept} agenda={agenda} /> : <Unknown interview={plan.settings.interview} today={kept.today} /> : null}
      {place ? (
        <p class="tl-resume__place">
          You stopped at <Linked url={place.url} title={place.title} />.
        </p>
      ) : null}
    </>
  );
}

/** The plan is being changed, or comes from before there were agendas. */
function Unknown({ interview, today }: { interview: string; today: string }): JSX.Element {
  return (
    <section class="tl-plan-today">
      <Countdown interview={interview} today={today} />
      <p>
        <a href={within("plan/")}>The planner</a> knows what is next.
      </p>
    </section>
  );
}

function Countdown({ interview, today }: { interview: string; today: string }): JSX.Element {
  const days = daysBetween(today, interview);
  return (
    <>
      <h2>{days === 0 ? "The interview is today" : days === 1 ? "The interview is tomorrow" : `${count(days, "day")} to go`}</h2>
      <p class="tl-resume__date">Interview on {longDay(interview, true)}</p>
    </>
  );
}

function Ahead({ kept, agenda }: { kept: Kept; agenda: Agenda }): JSX.Element {
  const { ticks, today } = kept;
  const now = standing(agenda, ticks, today);
  const sessions = agenda.sessions.filter((session) => session.date === today);
  const next = nextSession(agenda, ticks, undefined, today);
  const open = sessions.filter((session) => !ticks.has(session.id));
  const minutes = open.reduce((sum, session) => sum + session.minutes, 0);
  const names = new Map(agenda.rounds.map(({ id, name }) => [id, name]));
  const mark = (session: Session, done: boolean): void => kept.mark(session, done);
  const nameOf = (round: string): string => names.get(round) ?? "";
  return (
    <>
      <section class="tl-plan-today" aria-label="Your plan">
        <Countdown interview={agenda.interview} today={today} />
        <p class="tl-resume__standing">{standingSaid(now)}</p>
        {next ? <Step session={next} today={today} /> : <p>Everything that was planned is done.</p>}
      </section>
      <section class="tl-plan-today" aria-labelledby="home-today">
        <h2 id="home-today">Today</h2>
        <p>
          {sessions.length === 0
            ? "Nothing is planned for today."
            : open.length === 0
              ? "Everything for today is done."
              : `${count(open.length, "session")}, ${duration(minutes)}.`}{" "}
          <a href={within("plan/")}>The whole plan</a>
        </p>
        <Sessions sessions={sessions} ticks={ticks} nameOf={nameOf} mark={mark} />
        <Missed now={now} kept={kept} nameOf={nameOf} mark={mark} />
      </section>
      <details class="tl-resume__rounds">
        <summary>Where you are, by round</summary>
        <StandingBars now={now} />
      </details>
    </>
  );
}

/** The one thing to do now. */
function Step({ session, today }: { session: Session; today: string }): JSX.Element {
  const url = addressOf(session);
  const said = `${kindOf(session)}: ${session.title}`;
  return (
    <p class="tl-resume__next">
      <a class="tl-button tl-button--main" href={within(url === "" ? "plan/#plan-today" : url)}>
        {said}
      </a>{" "}
      <span>
        {session.minutes} min{session.date > today ? `, planned for ${longDay(session.date)}` : session.date < today ? `, missed on ${longDay(session.date)}` : ""}
      </span>
    </p>
  );
}

interface MissedProps {
  readonly now: StandingNow;
  readonly kept: Kept;
  nameOf(round: string): string;
  mark(session: Session, done: boolean): void;
}

function Missed({ now, kept, nameOf, mark }: MissedProps): JSX.Element | null {
  const { missed, behind } = now;
  if (missed.length === 0) return null;
  return (
    <>
      <h3>Missed</h3>
      <p>
        {count(missed.length, "session")} of the past days, {duration(behind)}. Tick what you did, or{" "}
        <a href={within("plan/")}>plan again from today</a>.
      </p>
      <Sessions sessions={missed.slice(-FEW)} ticks={kept.ticks} nameOf={nameOf} mark={mark} />
    </>
  );
}
