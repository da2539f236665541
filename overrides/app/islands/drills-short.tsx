/** Before the questions of a planned drill, where the plan says so: the short answer of their page, to say from memory first. */
import { Component, createRef, type JSX } from "preact";
import type { Item } from "../core/plan/types.ts";
import { announce } from "../ui/announce";
import { sectionOf } from "./practice-question.ts";
import { takeWindow } from "./practice-window.ts";
import { count, within } from "./words.ts";

interface Props {
  readonly page: Item;
  /** How many questions follow. */
  readonly count: number;
  go(): void;
  leave(): void;
}

export class InShort extends Component<Props> {
  readonly #card = createRef<HTMLDivElement>();
  readonly #place = createRef<HTMLDivElement>();
  #giveBack = (): void => undefined;
  #gone = false;

  override componentDidMount(): void {
    void this.#load();
  }

  override componentWillUnmount(): void {
    this.#gone = true;
    this.#giveBack();
  }

  async #load(): Promise<void> {
    const { page, go } = this.props;
    try {
      const section = await sectionOf(page, "in-short");
      if (this.#gone) return;
      const heading = section.querySelector<HTMLElement>("h2");
      heading?.prepend(`${page.title}: `);
      if (heading) heading.tabIndex = -1;
      this.#place.current?.replaceChildren(section);
      heading?.focus({ preventScroll: true });
      this.#giveBack = takeWindow(this.#card.current);
    } catch {
      if (this.#gone) return;
      announce("The short answer could not be loaded. Here are the questions.");
      go();
    }
  }

  override render({ page, count: many, go, leave }: Props): JSX.Element {
    return (
      <div class="tl-drill" ref={this.#card}>
        <p class="tl-drill__where">
          <span>First, in short; then {count(many, "question")}</span>
          <a class="tl-drill__quiet" href={within(page.url)}>
            Whole page
          </a>
          <button type="button" class="tl-drill__quiet" onClick={leave}>
            Leave
          </button>
        </p>
        <div class="tl-drill__question" ref={this.#place}>
          <p>Loading</p>
        </div>
        <div class="tl-drill__bar">
          <button type="button" class="tl-button tl-button--main" onClick={go}>
            Ask me
          </button>
        </div>
      </div>
    );
  }
}
