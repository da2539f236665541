/** What several views of the planner use: how things are said, and two kinds of fields. */
import { Component, type ComponentType, type JSX } from "preact";
import { dayNumber, weekday } from "../core/plan/calendar.ts";
import type { Guide } from "../core/plan/plan.ts";
import type { Iso, Kind, Session } from "../core/plan/types.ts";
import type { Desk } from "./planner-desk.ts";

export { duration } from "../core/plan/today.ts";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export const KINDS: Readonly<Record<Kind, string>> = {
  read: "Read",
  run: "Run",
  drill: "Drill",
  code: "Code",
  debug: "Debug",
  design: "Design",
  mock: "Mock",
  story: "Story",
  review: "Review",
};

export function kindOf(session: Pick<Session, "kind" | "skim">): string {
  return session.skim ? "Skim" : KINDS[session.kind];
}

/** `Monday, 4 January` */
export function longDay(iso: Iso, withYear = false): string {
  const number = dayNumber(iso);
  if (number === null) return iso;
  const [year, month, day] = iso.split("-").map(Number) as [number, number, number];
  return `${WEEKDAYS[weekday(number)]}, ${day} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}`;
}

export function shortDay(iso: Iso): string {
  const number = dayNumber(iso);
  if (number === null) return iso;
  const [, month, day] = iso.split("-").map(Number) as [number, number, number];
  return `${(WEEKDAYS[weekday(number)] ?? "").slice(0, 3)} ${day} ${(MONTHS[month - 1] ?? "").slice(0, 3)}`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

export function roundName(guide: Guide, round: string): string {
  return guide.catalogue.rounds.find((one) => one.id === round)?.name ?? round;
}

/** `18:30` ⇄ minutes after midnight. */
export function clock(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function unclock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes < 24 * 60 ? minutes : null;
}

interface NumberProps {
  readonly label: string;
  readonly said?: string;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly onValue: (value: number) => void;
}

/** A number that may be half typed: what is no number yet changes nothing, and leaving the field puts it right. */
export class NumberField extends Component<NumberProps, { readonly typed: string | null }> {
  override state = { typed: null };

  override render({ label, said, value, max, step, onValue }: NumberProps, { typed }: { readonly typed: string | null }): JSX.Element {
    return (
      <label class="tl-field">
        <span>{label}</span>
        <input
          type="number"
          inputMode="decimal"
          min={0}
          max={max}
          step={step}
          value={typed ?? String(value)}
          onBlur={() => this.setState({ typed: null })}
          onInput={(event) => {
            const text = event.currentTarget.value;
            this.setState({ typed: text });
            const number = Number(text);
            if (text !== "" && Number.isFinite(number) && number >= 0 && number <= max) onValue(number);
          }}
        />
        {said === undefined ? null : <span class="tl-field__said">{said}</span>}
      </label>
    );
  }
}

type Inside = ComponentType<{ readonly desk: Desk }>;

interface FoldProps {
  readonly title: string;
  readonly said: string;
  readonly desk: Desk;
  readonly load: () => Promise<Inside>;
}

/** A fold whose inside is fetched when it is opened for the first time. */
export class LazyFold extends Component<FoldProps, { readonly inside: Inside | null; readonly failed: boolean }> {
  override state = { inside: null as Inside | null, failed: false };

  #toggled(open: boolean): void {
    if (!open || this.state.inside) return;
    this.props.load().then(
      (inside) => this.setState({ inside, failed: false }),
      () => this.setState({ failed: true }),
    );
  }

  override render(): JSX.Element {
    const { title, said, desk } = this.props;
    const { inside: Shown, failed } = this.state;
    return (
      <details class="tl-fold" onToggle={(event) => this.#toggled(event.currentTarget.open)}>
        <summary>
          <span class="tl-fold__title">{title}</span> <span class="tl-fold__said">{said}</span>
        </summary>
        <div class="tl-fold__body">
          {Shown ? <Shown desk={desk} /> : <p>{failed ? "This part could not be loaded. Close it and open it to try again." : "Loading"}</p>}
        </div>
      </details>
    );
  }
}
