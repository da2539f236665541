/** The story bank: stories part by part, what is missing in each, which standard questions are open, and a clock for telling. */
import { Component, createRef, type JSX } from "preact";
import { clockOf } from "../core/attempts.ts";
import { type Story, STORIES } from "../core/practice/records.ts";
import { asMarkdown, hints, spoken, STORY_PARTS, type StoryPart, TAGS, uncovered, words } from "../core/practice/stories.ts";
import { announce } from "../ui/announce";
import { save } from "../ui/save.ts";
import { plain } from "./practice-changes.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { mountView } from "./practice-mount.tsx";
import { Linked } from "./sessions.tsx";
import { StoryClock } from "./story-clock.tsx";
import { count } from "./words.ts";

const ASKED: Readonly<Record<StoryPart, string>> = {
  situation: "Situation: where, when, what was at stake",
  task: "Task: what was yours to do or decide",
  action: "Action: what you did, and why",
  result: "Result: how it ended, with a number",
  lesson: "Lesson: what you have done differently since",
};

interface State {
  /** The story that was added last, which is open. */
  readonly opened: string;
  readonly deleted: Story | null;
}

class Stories extends Component<{ readonly desk: PracticeDesk }, State> {
  override state: State = { opened: "", deleted: null };
  #stop = (): void => undefined;
  readonly #undo = createRef<HTMLButtonElement>();

  override componentDidMount(): void {
    void this.props.desk.store.persist();
    this.#stop = this.props.desk.store.subscribe(() => this.forceUpdate());
  }

  override componentWillUnmount(): void {
    this.#stop();
  }

  get #stories(): Story[] {
    return [...this.props.desk.store.all(STORIES).values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  #put(story: Story): void {
    void this.props.desk.store.put(STORIES, story.id, story);
  }

  #add(): void {
    const id = crypto.randomUUID();
    this.#put({ id, at: Date.now(), title: "", tags: [], situation: "", task: "", action: "", result: "", lesson: "", seconds: 0 });
    this.setState({ opened: id });
  }

  #delete(story: Story): void {
    void this.props.desk.store.remove(STORIES, story.id);
    this.setState({ deleted: story }, () => this.#undo.current?.focus());
    announce("The story is deleted. You can bring it back until you leave this page.");
  }

  #restore(story: Story): void {
    this.#put(story);
    this.setState({ deleted: null, opened: story.id });
    announce("The story is back.");
  }

  override render({ desk }: { readonly desk: PracticeDesk }, { opened, deleted }: State): JSX.Element {
    const stories = this.#stories;
    const status = desk.store.status().text;
    return (
      <>
        {status === "" ? null : <p class="tl-notice tl-notice--warning">{status}</p>}
        <section class="tl-ready" aria-labelledby="stories-yours">
          <h2 id="stories-yours">Your stories</h2>
          {stories.length === 0 ? <p>None yet. Start with the one that you would tell first.</p> : null}
          <div class="tl-stories">
            {stories.map((story) => (
              <Card key={story.id} story={story} open={story.id === opened} put={(next) => this.#put(next)} remove={() => this.#delete(story)} />
            ))}
          </div>
          {deleted ? (
            <p class="tl-plan-buttons">
              <span>“{deleted.title || "Without a title"}” is deleted.</span>
              <button type="button" class="tl-button" ref={this.#undo} onClick={() => this.#restore(deleted)}>
                Undo
              </button>
            </p>
          ) : null}
          <p class="tl-plan-buttons">
            <button type="button" class="tl-button tl-button--main" onClick={() => this.#add()}>
              Add a story
            </button>
            {stories.length > 0 ? (
              <button type="button" class="tl-button" onClick={() => save(asMarkdown(stories), "text/markdown", "stories.md")}>
                Save as Markdown
              </button>
            ) : null}
          </p>
        </section>
        <Uncovered desk={desk} stories={stories} />
      </>
    );
  }
}

function Uncovered({ desk, stories }: { readonly desk: PracticeDesk; readonly stories: readonly Story[] }): JSX.Element {
  const open = uncovered(stories).flatMap((id) => desk.index.items.get(desk.index.resolve(id)) ?? []);
  return (
    <section class="tl-ready" aria-labelledby="stories-open">
      <h2 id="stories-open">Questions without a story</h2>
      {open.length === 0 ? <p>Every standard question has a story.</p> : <p>{count(open.length, "standard question")} that no story of yours has a tag for:</p>}
      <ul class="tl-stories__open">
        {open.map(({ id, url, title }) => (
          <li key={id}>
            <Linked url={url} title={plain(title)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CardProps {
  readonly story: Story;
  readonly open: boolean;
  put(story: Story): void;
  remove(): void;
}

class Card extends Component<CardProps> {
  readonly #title = createRef<HTMLInputElement>();

  override componentDidMount(): void {
    if (this.props.open) this.#title.current?.focus();
  }

  override render({ story, open, put, remove }: CardProps): JSX.Element {
    const said = hints(story);
    const number = words(story);
    return (
      <details class="tl-fold tl-story" open={open}>
        <summary>
          <span class="tl-fold__title">{story.title || "Without a title"}</span>{" "}
          <span class="tl-fold__said">{number === 0 ? "empty" : said.length === 0 ? "nothing missing" : count(said.length, "hint")}</span>
        </summary>
        <div class="tl-fold__body">
          <label class="tl-field">
            <span>Title</span>
            <input
              type="text"
              ref={this.#title}
              maxLength={200}
              value={story.title}
              onInput={(event) => put({ ...story, title: event.currentTarget.value.slice(0, 200) })}
            />
          </label>
          <Tags story={story} put={put} />
          {STORY_PARTS.map((part) => (
            <label key={part} class="tl-field">
              <span>{ASKED[part]}</span>
              <textarea
                rows={part === "action" ? 6 : 3}
                maxLength={10_000}
                value={story[part]}
                onInput={(event) => put({ ...story, [part]: event.currentTarget.value.slice(0, 10_000) })}
              />
            </label>
          ))}
          <p class="tl-story__length">
            {count(number, "word")}, about {clockOf(spoken(story))} aloud.
          </p>
          {said.length > 0 ? (
            <ul class="tl-story__hints" aria-label="Hints">
              {said.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          ) : null}
          <StoryClock seconds={story.seconds} set={(seconds) => put({ ...story, seconds })} />
          <p class="tl-plan-buttons">
            <button type="button" class="tl-button" onClick={remove}>
              Delete this story
            </button>
          </p>
        </div>
      </details>
    );
  }
}

function Tags({ story, put }: Pick<CardProps, "story" | "put">): JSX.Element {
  const toggle = (id: string, on: boolean): void =>
    put({ ...story, tags: on ? [...story.tags, id] : story.tags.filter((one) => one !== id) });
  return (
    <fieldset class="tl-story__tags">
      <legend>What it shows</legend>
      {TAGS.map(({ id, name }) => (
        <label key={id} class="tl-check">
          <input type="checkbox" checked={story.tags.includes(id)} onChange={(event) => toggle(id, event.currentTarget.checked)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

export const mount = mountView(Stories);
