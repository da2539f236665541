/** How the interviews went, round by round, the oldest first: the trend. */
import type { JSX, RefObject } from "preact";
import { judged, score } from "../core/practice/mock.ts";
import { MOCKS } from "../core/practice/records.ts";
import type { PracticeDesk } from "./practice-desk.ts";
import { Recordings, recordingsOf } from "./recordings.tsx";
import { count, shortDay } from "./words.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

export function Past({ desk, heading }: Props): JSX.Element | null {
  const all = judged(desk.store.all(MOCKS).values());
  if (all.length === 0) return null;
  const rounds = [...new Set(all.map(({ round }) => round))];
  const { names } = desk.loaded.guide.allocation;
  return (
    <section class="tl-ready" aria-labelledby="mock-past">
      <h2 id="mock-past" tabIndex={-1} ref={heading}>
        Your interviews
      </h2>
      {rounds.map((round) => (
        <div key={round}>
          <h3>{nameOf(desk, round)}</h3>
          <ol class="tl-mock__past">
            {judged(all, round)
              .reverse()
              .map((mock) => {
                const { got, of } = score(mock, levelsOf(desk));
                return (
                  <li key={mock.id}>
                    {shortDay(mock.day)}: <b>{got}</b> of {count(of, "point")} at the level {(names.levels[mock.level] ?? mock.level).toLowerCase()} or above
                    {recordingsOf(desk, mock.id).length === 0 ? null : (
                      <details class="tl-fold">
                        <summary>
                          <span class="tl-fold__title">What you said</span>
                        </summary>
                        <div class="tl-fold__body">
                          <Recordings desk={desk} of={mock.id} />
                        </div>
                      </details>
                    )}
                  </li>
                );
              })}
          </ol>
        </div>
      ))}
    </section>
  );
}

export function levelsOf(desk: PracticeDesk): string[] {
  return Object.keys(desk.loaded.guide.allocation.names.levels);
}

export function nameOf(desk: PracticeDesk, round: string): string {
  return desk.loaded.guide.catalogue.rounds.find(({ id }) => id === round)?.name ?? round;
}
