/** The box for a job posting: what its words suggest, to accept or refuse. The text stays in the field and nowhere else. */
import { Component, type JSX } from "preact";
import { fill, type PostingRule, readPosting, type Suggestion } from "../core/posting.ts";
import type { Settings } from "../core/plan/types.ts";
import { announce } from "../ui/announce";
import { base } from "../ui/base";
import type { Desk } from "./planner-desk.ts";
import { count, roundName } from "./planner-parts.tsx";

interface Props {
  readonly desk: Desk;
}

interface State {
  readonly rules: readonly PostingRule[] | null;
  readonly failed: boolean;
  readonly found: readonly Suggestion[] | null;
  readonly refused: ReadonlySet<Suggestion>;
  /** The settings before the form was filled. */
  readonly before: Settings | null;
}

export class Posting extends Component<Props, State> {
  override state: State = { rules: null, failed: false, found: null, refused: new Set(), before: null };
  #text = "";

  override componentDidMount(): void {
    fetch(new URL("data/postings.json", base))
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
      .then(
        (rules: readonly PostingRule[]) => this.setState({ rules }, () => this.#read()),
        () => this.setState({ failed: true }),
      );
  }

  #read(): void {
    const { rules } = this.state;
    if (!rules) return;
    const found = this.#text.trim() === "" ? null : readPosting(this.#text, rules);
    this.setState({ found, refused: new Set() });
    if (found) announce(`${count(found.length, "suggestion")} from the posting.`);
  }

  #take(): void {
    const { desk } = this.props;
    const { found, refused } = this.state;
    const before = desk.settings;
    desk.change(fill(before, (found ?? []).filter((one) => !refused.has(one)), desk.loaded.guide));
    this.setState({ before });
    announce("The form is filled in from the posting.");
  }

  override render({ desk }: Props, { failed, found, refused, before }: State): JSX.Element {
    const toggle = (one: Suggestion): void => {
      const next = new Set(refused);
      if (!next.delete(one)) next.add(one);
      this.setState({ refused: next });
    };
    return (
      <>
        <label class="tl-field">
          <span>Text of the posting, all of it</span>
          <textarea
            rows={6}
            maxLength={40_000}
            autocomplete="off"
            onInput={(event) => {
              this.#text = event.currentTarget.value;
              this.#read();
            }}
          />
        </label>
        <p>It is read here, in your browser: none of it is sent or kept.</p>
        {failed ? <p role="alert">The rules could not be loaded. Reload the page to try again.</p> : null}
        {found === null ? null : found.length === 0 ? (
          <p>Nothing in it clearly says what to prepare for. Fill in the form by hand.</p>
        ) : (
          <>
            <ul class="tl-posting">
              {found.map((one) => (
                <li key={one.field + one.value}>
                  <label class="tl-check">
                    <input type="checkbox" checked={!refused.has(one)} onChange={() => toggle(one)} />
                    <span>{saidOf(one, desk)}</span>
                  </label>
                  <p>
                    {one.words.map((word) => `“${word}”`).join(", ")}. {one.reason}
                  </p>
                </li>
              ))}
            </ul>
            <button type="button" class="tl-button tl-button--main" disabled={refused.size === found.length} onClick={() => this.#take()}>
              Fill in the form with these
            </button>
          </>
        )}
        {before === null ? null : (
          <p class="tl-plan-buttons">
            <span>The form is filled.</span>
            <button
              type="button"
              class="tl-button"
              onClick={() => {
                desk.change(before);
                this.setState({ before: null });
              }}
            >
              Undo
            </button>
          </p>
        )}
      </>
    );
  }
}

/** What a suggestion would set, in words. */
function saidOf({ field, value, sure }: Suggestion, { loaded }: Desk): string {
  const { names } = loaded.guide.allocation;
  if (field === "role") return `Role: ${names.roles[value] ?? value}`;
  if (field === "level") return `Level: ${names.levels[value] ?? value}`;
  if (field === "company") return `Company: ${names.companies[value] ?? value}`;
  if (field === "track") return `Field: ${names.tracks[value] ?? value}`;
  if (field === "topic") return `More time for ${loaded.guide.catalogue.areas.find((area) => area.id === value)?.title ?? value} (marks it weak)`;
  return `Round: ${roundName(loaded.guide, value)}${sure ? "" : ", not sure"}`;
}
