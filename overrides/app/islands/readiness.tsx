/** Readiness: one table by round, with a bar in each line, the same by area; what to do next; and code that was solved. */
import { Component, type JSX } from "preact";
import { isoDay } from "../core/plan/calendar.ts";
import { judged, score } from "../core/practice/mock.ts";
import { beginnings, byArea, byRound, type Gap, gaps, type Known, type Measure, solved, weights } from "../core/practice/readiness.ts";
import { MOCKS } from "../core/practice/records.ts";
import { AGENDA, ATTEMPTS, PLAN, TICKS } from "../core/records.ts";
import { areaTitle, areaUrl } from "./areas.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";
import { Linked } from "./sessions.tsx";
import { count, longDay, within } from "./words.ts";

const NEXT = 5;

interface Props {
  readonly desk: PracticeDesk;
}

class Readiness extends Component<Props> {
  #stop = (): void => undefined;

  override componentDidMount(): void {
    this.#stop = this.props.desk.store.subscribe(() => this.forceUpdate());
  }

  override componentWillUnmount(): void {
    this.#stop();
  }

  override render({ desk }: Props): JSX.Element {
    const { catalogue } = desk.loaded.guide;
    const known: Known = { memories: desk.memories, today: desk.day, interview: desk.interview };
    const worth = weights(desk.store.get(AGENDA, "current"), desk.store.all(TICKS));
    const rounds = catalogue.rounds.filter(({ id }) => worth === null || worth.has(id));
    const lines = byRound(rounds.map(({ id }) => id), desk.index, known).map((measure) => {
      const name = rounds.find(({ id }) => id === measure.id)?.name ?? measure.id;
      const url = desk.index.items.get(`rounds/${measure.id}`)?.url ?? "";
      return { measure, name, url, round: measure.id };
    });
    const areas = byArea(catalogue.areas.map(({ id }) => id), desk.index, known).map((measure) => {
      return { measure, name: areaTitle(desk, measure.id), url: areaUrl(measure.id), round: "" };
    });
    return (
      <>
        <Next desk={desk} known={known} worth={worth} />
        <section class="tl-ready" aria-labelledby="ready-rounds">
          <h2 id="ready-rounds">By round</h2>
          <p>{said(desk, worth !== null)}</p>
          <Table lines={lines} noun="Round" known={known} />
        </section>
        <Code desk={desk} rounds={rounds} />
        <Mocks desk={desk} />
        <section class="tl-ready" aria-labelledby="ready-areas">
          <h2 id="ready-areas">By area</h2>
          <Table lines={areas} noun="Area" known={known} />
        </section>
      </>
    );
  }
}

function said({ interview, day }: PracticeDesk, planned: boolean): string {
  const rounds = planned ? "The rounds of your plan." : "All rounds; with a plan, those that you face.";
  if (interview === null) return rounds;
  return `${rounds} Your interview is on ${longDay(isoDay(interview))}, in ${count(interview - day, "day")}.`;
}

interface Line {
  readonly measure: Measure;
  readonly name: string;
  readonly url: string;
  readonly round: string;
}

function Table({ lines, noun, known }: { lines: readonly Line[]; noun: string; known: Known }): JSX.Element {
  const dated = known.interview !== null;
  return (
    <table class="tl-ready__table">
      <thead>
        <tr>
          <th scope="col">{noun}</th>
          <th scope="col">Met</th>
          <th scope="col">Today</th>
          {dated ? <th scope="col">On the day</th> : null}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ measure, name, url, round }) => (
          <tr key={measure.id} class={round === "" ? "" : `tl-round--${round}`}>
            <th scope="row">
              <Linked url={url} title={name} />
              <Bar measure={measure} />
            </th>
            <td>
              {measure.met} of {measure.questions}
            </td>
            <td>{percent(measure.now)}</td>
            {dated ? <td>{percent(measure.then)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A picture of what stands beside it: met, and of that, remembered. */
function Bar({ measure: { met, questions, now } }: { measure: Measure }): JSX.Element {
  const share = (100 * met) / questions;
  return (
    <span class="tl-ready__bar" aria-hidden="true">
      <span style={{ width: `${share}%` }} />
      <b style={{ width: `${share * (now ?? 0)}%` }} />
    </span>
  );
}

function percent(chance: number | null): string {
  return chance === null ? "–" : `${Math.round(100 * chance)}%`;
}

function Next({ desk, known, worth }: Props & { known: Known; worth: ReadonlyMap<string, number> | null }): JSX.Element {
  const { due } = desk.queue(null);
  const all = gaps(desk.index, known, worth, desk.weigher(desk.level));
  const first = known.memories.size === 0 ? firstOf(desk, all, worth) : [];
  const most = (first.length > 0 ? first : all).slice(0, NEXT);
  return (
    <section class="tl-ready tl-ready__next" aria-labelledby="ready-next">
      <h2 id="ready-next">What to do next</h2>
      {due.length > 0 ? (
        <p>
          First, <a href={within("practice/drills/")}>the {count(due.length, "question")} that came back</a>: what you know takes the least effort to keep.
        </p>
      ) : null}
      {known.memories.size === 0 ? <p>Nothing is measured yet: your first drill begins it.</p> : null}
      <p>{lead(desk, first.length > 0, due.length > 0)}</p>
      <ol>
        {most.map(({ page, met, questions }) => {
          const item = desk.index.items.get(page);
          return (
            <li key={page}>
              <Linked url={item?.url ?? ""} title={item?.title ?? page} />
              <span>
                {first.length > 0 ? count(questions, "question") : `${met} of ${count(questions, "question")} met`}.{" "}
                <a href={within(`practice/drills/#page=${encodeURIComponent(page)}`)} aria-label={`Drill ${item?.title ?? page}`}>
                  Drill
                </a>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function lead(desk: PracticeDesk, first: boolean, due: boolean): string {
  const { names } = desk.loaded.guide.allocation;
  const level = levelOf(desk);
  if (first) return `Begin with what is expected most at ${(names.levels[level] ?? level).toLowerCase()} level, and what most else builds on:`;
  return `${due ? "Then the" : "The"} pages with the most to gain:`;
}

/** The level of the plan; without a plan, as mock interviews have it. */
function levelOf(desk: PracticeDesk): string {
  return desk.store.get(PLAN, "current")?.settings.level ?? "mid";
}

/** Where to begin when nothing is measured; nowhere in particular when the plan has no round that asks a chapter. */
function firstOf(desk: PracticeDesk, all: readonly Gap[], worth: ReadonlyMap<string, number> | null): Gap[] {
  const levels = Object.keys(desk.loaded.guide.allocation.names.levels);
  const pages = beginnings(desk.index, levels.slice(0, levels.indexOf(levelOf(desk)) + 1), worth, desk.weigher(""));
  return pages.flatMap((page) => all.find((one) => one.page === page) ?? []);
}

function Code({ desk, rounds }: Props & { rounds: readonly { readonly id: string; readonly name: string }[] }): JSX.Element {
  const attempts = [...desk.store.all(ATTEMPTS).values()];
  const lines = rounds.map(({ id, name }) => ({ id, name, ...solved(id, desk.index, attempts) })).filter(({ exercises }) => exercises > 0);
  const all = solved("", desk.index, attempts);
  return (
    <section class="tl-ready" aria-labelledby="ready-code">
      <h2 id="ready-code">Code</h2>
      <p>
        {all.passed} of {count(all.exercises, "exercise")} passed, {all.asInInterview} of them as in an interview.{" "}
        {all.tried > all.passed ? `${all.tried - all.passed} tried and not passed yet. ` : ""}
        <a href={within("practice/coding/")}>All exercises</a>
      </p>
      {lines.length > 1 ? (
        <ul class="tl-ready__code">
          {lines.map(({ id, name, passed, exercises }) => (
            <li key={id}>
              {name}: {passed} of {exercises}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** The last interview of each round; nothing for who had none. */
function Mocks({ desk }: Props): JSX.Element | null {
  const { catalogue, allocation } = desk.loaded.guide;
  const levels = Object.keys(allocation.names.levels);
  const last = catalogue.rounds.flatMap(({ id, name }) => {
    const [mock] = judged(desk.store.all(MOCKS).values(), id);
    return mock ? [{ id, name, level: mock.level, ...score(mock, levels) }] : [];
  });
  if (last.length === 0) return null;
  return (
    <section class="tl-ready" aria-labelledby="ready-mocks">
      <h2 id="ready-mocks">Mock interviews</h2>
      <p>
        The last of each round, judged by you. <a href={within("practice/mock/")}>All of them</a>
      </p>
      <ul class="tl-ready__code">
        {last.map(({ id, name, level, got, of }) => (
          <li key={id}>
            {name}: {got} of {count(of, "point")} at the level {(allocation.names.levels[level] ?? level).toLowerCase()} or above
          </li>
        ))}
      </ul>
    </section>
  );
}

export const mount = mountView(Readiness);
