/** Weeks, days and sessions, with a box to tick for each; what was left out. */
import { Component, type JSX } from "preact";
import { dayNumber, weekday } from "../core/plan/calendar.ts";
import type { Day, Left, Session } from "../core/plan/types.ts";
import type { Desk } from "./planner-desk.ts";
import { count, duration, KINDS, longDay, roundName, shortDay } from "./planner-parts.tsx";
import { Linked, Sessions } from "./sessions.tsx";
import { within } from "./words.ts";

interface Props {
  readonly desk: Desk;
}

/** What today holds, or what comes next. */
export function Today({ desk }: Props): JSX.Element | null {
  const { plan, today } = desk;
  const now = plan.days.find((day) => day.date === today && day.sessions.length > 0);
  const next = plan.days.find((day) => day.date > today && day.sessions.length > 0);
  const day = now ?? next;
  if (!day) return null;
  const open = day.sessions.filter((session) => !desk.ticks.has(session.id));
  const rest = open.reduce((sum, session) => sum + session.minutes, 0);
  const said = !now
    ? `Nothing for today. Next is ${longDay(day.date)}, ${duration(day.planned)}.`
    : open.length === 0
      ? "Everything for today is done."
      : `${count(open.length, "session")}, ${duration(rest)}.`;
  return (
    <section class="tl-plan-today" aria-labelledby="plan-today">
      <h2 id="plan-today">Today</h2>
      <p>{said}</p>
      {now ? <Planned sessions={now.sessions} desk={desk} /> : null}
    </section>
  );
}

export function PlannerDays({ desk }: Props): JSX.Element | null {
  const { plan, today } = desk;
  const weeks = byWeek(plan.days);
  if (weeks.length === 0) return null;
  const current = Math.max(0, weeks.findIndex((week) => (week[week.length - 1] as Day).date >= today));
  return (
    <section class="tl-plan-weeks" aria-labelledby="plan-weeks">
      <h2 id="plan-weeks">Day by day</h2>
      <p>
        A question of a drill takes about five minutes: said aloud, compared, followed up.{" "}
        <a href={within("plan/allocation/#how-long-things-take")}>How long things take</a>
      </p>
      {weeks.map((week, at) => (
        <Week key={(week[0] as Day).date} week={week} number={at + 1} open={at === current || at === current + 1} desk={desk} />
      ))}
    </section>
  );
}

/** Days that hold something, in calendar weeks. */
function byWeek(days: readonly Day[]): Day[][] {
  const weeks = new Map<number, Day[]>();
  for (const day of days) {
    const number = dayNumber(day.date);
    if (number === null || day.sessions.length === 0) continue;
    const monday = number - weekday(number);
    weeks.set(monday, [...(weeks.get(monday) ?? []), day]);
  }
  return [...weeks.values()];
}

function Week({ week, number, open, desk }: Props & { week: readonly Day[]; number: number; open: boolean }): JSX.Element {
  const sessions = week.flatMap((day) => day.sessions);
  const done = sessions.filter((session) => desk.ticks.has(session.id)).length;
  const minutes = week.reduce((sum, day) => sum + day.planned, 0);
  return (
    <details class="tl-plan-week" open={open}>
      <summary>
        <h3>Week {number}</h3>
        <span class="tl-plan-week__said">
          {shortDay((week[0] as Day).date)} to {shortDay((week[week.length - 1] as Day).date)}, {duration(minutes)},{" "}
          {done > 0 ? `${done} of ${count(sessions.length, "session")} done` : count(sessions.length, "session")}
        </span>
      </summary>
      {week.map((day) => (
        <section key={day.date} class={`tl-plan-day${day.date < desk.today ? " tl-plan-day--past" : ""}`} aria-labelledby={`day-${day.date}`}>
          <h4 id={`day-${day.date}`}>
            {longDay(day.date)}
            {day.date === desk.today ? ", today" : ""}
            <span class="tl-plan-day__said">
              {duration(day.planned)}
              {day.light ? ", light: the interview is tomorrow" : ""}
            </span>
          </h4>
          <Planned sessions={day.sessions} desk={desk} />
        </section>
      ))}
    </details>
  );
}

/** The sessions of a day, ticked in the plan. */
function Planned({ sessions, desk }: Props & { sessions: readonly Session[] }): JSX.Element {
  const mark = (session: Session, done: boolean): void => (done ? desk.tick(session) : desk.untick(session.id));
  return <Sessions sessions={sessions} ticks={desk.ticks} nameOf={(round) => roundName(desk.loaded.guide, round)} mark={mark} />;
}

// --- Left out -------------------------------------------------------------------------------------------------------

const FEW = 8;

export class PlannerLeft extends Component<Props, { readonly all: boolean }> {
  override state = { all: false };

  override render({ desk }: Props, { all }: { readonly all: boolean }): JSX.Element | null {
    const { left } = desk.plan;
    if (left.length === 0) return null;
    return (
      <section class="tl-plan-left" aria-labelledby="plan-left">
        <h2 id="plan-left">Left out</h2>
        <p>What did not fit, the most valuable first.</p>
        <ul>
          {(all ? left : left.slice(0, FEW)).map((one) => (
            <LeftLine key={one.id} left={one} />
          ))}
        </ul>
        {left.length <= FEW ? null : (
          <button type="button" class="tl-button" aria-expanded={all} onClick={() => this.setState({ all: !all })}>
            {all ? "Show the first ones only" : `Show all ${left.length}`}
          </button>
        )}
      </section>
    );
  }
}

function LeftLine({ left }: { left: Left }): JSX.Element {
  return (
    <li>
      <b class="tl-session__kind">{KINDS[left.kind]}</b> <Linked url={left.url} title={left.title} />, {left.minutes} min.{" "}
      <span class="tl-plan-left__why">{left.why}</span>
    </li>
  );
}
