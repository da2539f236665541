/**
 * What an interviewer needs, in the order in which it is needed: what to say first, what to answer when asked, where the
 * round would be by when, what to ask on and what to listen for, the twists, and the rubric to judge by.
 */
import type { JSX } from "preact";
import { encodeSet, type MockSet, probes } from "../core/practice/mock.ts";
import type { Item } from "../core/plan/types.ts";
import { Choice } from "./mock-choose.tsx";
import { levelsOf, nameOf } from "./mock-past.tsx";
import { CaseSection } from "./mock-case.tsx";
import { Asked, Script } from "./mock-script.tsx";
import { TwistsTold } from "./mock-twists.tsx";
import type { PracticeDesk } from "./practice-desk.ts";

interface Props {
  readonly desk: PracticeDesk;
  readonly set: MockSet;
}

export function Interviewer({ desk, set }: Props): JSX.Element {
  const { names } = desk.loaded.guide.allocation;
  const [main = "", ...rest] = set.items;
  const item = desk.index.items.get(main);
  return (
    <section class="tl-ready tl-mock" aria-labelledby="mock-script">
      <h2 id="mock-script">
        For the interviewer: {nameOf(desk, set.round)}, {(names.levels[set.level] ?? set.level).toLowerCase()}, {set.minutes} minutes
      </h2>
      {item?.kind === "case" ? (
        <OfCase desk={desk} set={set} item={item} drawn={rest} />
      ) : (
        <>
          <p>Ask in this order, and listen for the points. Then one follow-up each. {HOW}</p>
          <Script desk={desk} items={set.items} />
        </>
      )}
    </section>
  );
}

const HOW = "Push back once on a good answer: “Are you sure?” When the other person is stuck for a minute, give the smallest hint that helps.";

/** `drawn`: the questions that the other screen has; none for a sheet of the case alone, which is for any level. */
function OfCase({ desk, set, item, drawn }: Props & { readonly item: Item; readonly drawn: readonly string[] }): JSX.Element {
  const { names } = desk.loaded.guide.allocation;
  const levels = levelsOf(desk);
  const asked = drawn.length > 0 ? drawn : probes(item, set.level, { index: desk.index, levels }).map(({ id }) => id);
  const alone = drawn.length === 0;
  return (
    <>
      {alone ? (
        <Choice
          label="Level that you interview for"
          value={set.level}
          choices={Object.entries(names.levels)}
          set={(level) => location.replace(`#${encodeSet({ ...set, level })}`)}
        />
      ) : null}
      <p>Say the prompt, then let the other person lead. {HOW}</p>
      <Asked desk={desk} id={item.id} answered />
      <CaseSection item={item} section="clarifying-questions" title="When they ask" lead="“Assumed here” is your answer. Do not volunteer what nobody asks." />
      <CaseSection item={item} section="timeline" title="Where the round would be" lead="Move on when a part has taken twice its time." />
      <h3>{alone ? "To ask, once the design stands" : "Questions"}</h3>
      <p>{alone ? "The hardest first; two or three fit." : "After the design, as on the other screen."} Listen for the points; then one follow-up each.</p>
      <Script key={asked.join()} desk={desk} items={asked} />
      <TwistsTold set={set} lead={alone ? "Say one from the middle on, and listen for what is below it." : "Each comes up on the other screen at its time. Say it, and listen for what is below it."} />
      <CaseSection item={item} section="rubric" title="The rubric of this case" lead="For each line, the last column that describes what you heard." />
    </>
  );
}
