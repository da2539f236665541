/** What several views of the planner use: how things are said, and two kinds of fields. */
import { Component, type ComponentChildren, type ComponentType, type JSX } from "preact";
import type { Allocation, Settings } from "../core/plan/types.ts";
import type { Guide } from "../core/plan/usual.ts";
import type { Desk } from "./planner-desk.ts";

export { duration } from "../core/plan/today.ts";
export { clock, count, kindOf, KINDS, longDay, shortDay, standingSaid, unclock, WEEKDAYS } from "./words.ts";

export function roundName(guide: Guide, round: string): string {
  return guide.catalogue.rounds.find((one) => one.id === round)?.name ?? round;
}

const FIRST: Readonly<Record<string, string>> = { entry: "an entry-level", mid: "a mid-level" };

/** "a mid-level ML engineer at a large tech company". */
export function readerSaid({ level, role, company }: Settings, names: Allocation["names"]): string {
  // An abbreviation stays as it is.
  const lower = (name: string): string => name.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  const [own, who, where] = [FIRST[level] ?? `a ${level}`, names.roles[role] ?? role, names.companies[company] ?? company].map(lower);
  return `${own} ${who} at a ${where}`;
}

interface NumberProps {
  readonly label: string;
  readonly said?: string;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly onValue: (value: number) => void;
}

/** Says beside a field why what it holds is not taken. */
export function Wrong({ id, children }: { id?: string; children: ComponentChildren }): JSX.Element {
  return (
    <span class="tl-field__said" id={id} role="alert">
      {children}
    </span>
  );
}

interface Typed {
  readonly typed: string | null;
  /** The value that was there when something was typed that is none; null while all is well. */
  readonly besides: number | null;
}

let fields = 0;

/**
 * A number that may be half typed: what is no number in range changes nothing, stays to be seen, and is told. What is said
 * below it describes the field, and is no part of its name.
 */
export class NumberField extends Component<NumberProps, Typed> {
  override state: Typed = { typed: null, besides: null };
  readonly #id = `plan-number-${++fields}`;

  override render({ label, said, value, max, step, onValue }: NumberProps, { typed, besides }: Typed): JSX.Element {
    const wrong = besides === value;
    const [name, below] = [`${this.#id}-name`, `${this.#id}-said`];
    return (
      <label class="tl-field">
        <span id={name}>{label}</span>
        <input
          type="number"
          inputMode="decimal"
          min={0}
          max={max}
          step={step}
          value={(besides === null || wrong ? typed : null) ?? String(value)}
          aria-invalid={wrong}
          aria-labelledby={name}
          aria-describedby={wrong || said !== undefined ? below : undefined}
          onBlur={() => wrong || this.setState({ typed: null })}
          onInput={({ currentTarget: { value: text, validity } }) => {
            const fine = text !== "" && Number(text) >= 0 && Number(text) <= max;
            // Nothing at all is what comes before something; letters are nothing to the field's value as well.
            this.setState({ typed: text, besides: !fine && (text !== "" || validity.badInput) ? value : null });
            if (fine) onValue(Number(text));
          }}
        />
        {wrong ? (
          <Wrong id={below}>
            0 to {max}. The plan goes on with {value}.
          </Wrong>
        ) : said === undefined ? null : (
          <span class="tl-field__said" id={below}>
            {said}
          </span>
        )}
      </label>
    );
  }
}

type Inside = ComponentType<{ readonly desk: Desk }>;

interface LazyProps {
  readonly desk: Desk;
  readonly load: () => Promise<Inside>;
}

/** A part of the page whose code is fetched when it is needed. */
export class Lazy extends Component<LazyProps, { readonly inside: Inside | null; readonly failed: boolean }> {
  override state = { inside: null as Inside | null, failed: false };

  override componentDidMount(): void {
    this.props.load().then(
      (inside) => this.setState({ inside }),
      () => this.setState({ failed: true }),
    );
  }

  override render(): JSX.Element {
    const { inside: Shown, failed } = this.state;
    return Shown ? <Shown desk={this.props.desk} /> : <p>{failed ? "This part could not be loaded. Reload the page to try again." : "Loading"}</p>;
  }
}

/** A fold whose inside is fetched when it is opened for the first time. */
export class LazyFold extends Component<LazyProps & { id?: string; title: string; said: string }, { readonly opened: boolean }> {
  override state = { opened: false };

  override render(): JSX.Element {
    const { id, title, said, desk, load } = this.props;
    return (
      <details class="tl-fold" id={id} onToggle={(event) => event.currentTarget.open && this.setState({ opened: true })}>
        <summary>
          <span class="tl-fold__title">{title}</span> <span class="tl-fold__said">{said}</span>
        </summary>
        <div class="tl-fold__body">{this.state.opened ? <Lazy desk={desk} load={load} /> : null}</div>
      </details>
    );
  }
}
