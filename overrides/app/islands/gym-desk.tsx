/**
 * The gym, once the reader wants to write: editor, buttons, clock, what the program prints, what the checks find, and the
 * attempts so far. Everything that comes from the program is shown as text.
 */
import { Component, createRef, type JSX, render } from "preact";
import { clockOf } from "../core/attempts.ts";
import { base } from "../ui/base";
import { type Editor, openEditor } from "./gym-editor.ts";
import { fetchFiles, FetchError } from "./gym-files.ts";
import { type Exercise, endSaid, grade, type Result, unchecked } from "./gym-grade.ts";
import { Bench } from "./gym-kept.ts";
import { Attempts, Clock, Results } from "./gym-parts.tsx";
import { Ended, Python } from "./gym-python.ts";
import { count } from "./words.ts";

/** Opens the gym in its place. Resolves when the editor is there, with what leaves it. */
export async function openGym(element: HTMLElement, interview: boolean): Promise<() => void> {
  const { gym = "", python = "", file = "", minutes = "0" } = element.dataset;
  const response = await fetch(new URL(gym, base));
  if (!response.ok) throw new Error(`${gym}: ${response.status}`);
  const exercise = (await response.json()) as Exercise;
  const bench = await Bench.open(exercise.id, interview);
  const place = document.createElement("div");
  element.replaceChildren(place);
  render(<Gym exercise={exercise} bench={bench} list={python} file={file} minutes={Number(minutes)} />, place);
  return () => render(null, place);
}

interface Props {
  readonly exercise: Exercise;
  readonly bench: Bench;
  /** The address of the list of Python's files, and of the exercise as a file, without its ending. */
  readonly list: string;
  readonly file: string;
  readonly minutes: number;
}

type Task = "run" | "check";

const WAITING: Readonly<Record<Task, string>> = {
  run: "Python is starting. Your program runs as soon as it is ready.",
  check: "Python is starting. The checks begin as soon as it is ready.",
};

interface State {
  /** Python: the share that is fetched, then whether it is there, or why it is not. */
  readonly share: number;
  readonly ready: boolean;
  readonly fault: string;
  readonly busy: "" | Task;
  /** What begins as soon as Python is there. */
  readonly wanted: "" | Task;
  readonly said: string;
  readonly printed: string;
  readonly results: readonly Result[];
  /** How often the reader has begun anew. */
  readonly round: number;
}

class Gym extends Component<Props, State> {
  override state: State = { share: 0, ready: false, fault: "", busy: "", wanted: "", said: "", printed: "", results: [], round: 0 };
  readonly #place = createRef<HTMLDivElement>();
  readonly #buttons = createRef<HTMLDivElement>();
  #editor: Editor | null = null;
  #python: Python | null = null;
  #seconds = this.props.bench.draft?.seconds ?? 0;
  #printed = "";
  #painting = 0;
  #forget = (): void => undefined;
  readonly #hide = (): void => this.props.bench.keep();

  override componentDidMount(): void {
    const { bench } = this.props;
    const code = bench.draft?.code ?? this.#begin;
    if (this.#place.current) this.#editor = openEditor(this.#place.current, code, () => this.#keep(), () => this.#covered());
    this.#editor?.focus();
    this.#forget = bench.store.subscribe(() => this.forceUpdate());
    document.addEventListener("visibilitychange", this.#hide);
    addEventListener("pagehide", this.#hide);
    void this.#fetch();
  }

  override componentWillUnmount(): void {
    this.props.bench.keep();
    this.#forget();
    cancelAnimationFrame(this.#painting);
    this.#editor?.destroy();
    this.#python?.leave();
    document.removeEventListener("visibilitychange", this.#hide);
    removeEventListener("pagehide", this.#hide);
  }

  get #begin(): string {
    const { exercise, bench } = this.props;
    return bench.interview ? exercise.signatures : exercise.starter;
  }

  #keep(): void {
    if (this.#editor) this.props.bench.write(this.#editor.text, this.#seconds);
  }

  /** On a phone the buttons stay at the lower end of the window, and may lie over the editor. */
  #covered(): number {
    const editor = this.#place.current?.getBoundingClientRect();
    const buttons = this.#buttons.current?.getBoundingClientRect();
    if (!editor || !buttons || buttons.top >= editor.bottom) return 0;
    return Math.max(0, (visualViewport?.height ?? innerHeight) - buttons.top);
  }

  async #fetch(): Promise<void> {
    this.setState({ share: 0, fault: "", ready: false });
    try {
      const files = await fetchFiles(this.props.list, this.props.exercise.packages, (share) => this.setState({ share }));
      this.#python = new Python(files);
      await this.#python.start();
      const { wanted } = this.state;
      this.setState({ ready: true, wanted: "", said: "Python is ready." });
      if (wanted !== "") void this.#do(wanted);
    } catch (error) {
      // Who has left the page has stopped it.
      if (error instanceof Ended && error.why === "stopped") return;
      const fault = error instanceof FetchError ? error.message : error instanceof Ended ? endSaid(error, 0) : String(error);
      this.#python?.leave();
      this.#python = null;
      this.setState({ fault, wanted: "", said: "" });
    }
  }

  /** The button that was pressed goes away, and the focus with it. */
  #again(): void {
    this.#editor?.focus();
    void this.#fetch();
  }

  /** Begins now, or when Python is there: what was pressed is not lost. */
  #start(task: Task): void {
    if (this.state.ready) void this.#do(task);
    else this.setState({ wanted: task, said: WAITING[task] });
  }

  #do(task: Task): Promise<void> {
    return task === "run" ? this.#run() : this.#check();
  }

  #stop(): void {
    if (this.state.busy !== "") this.#python?.stop();
    else this.setState({ wanted: "", said: "Stopped." });
  }

  async #run(): Promise<void> {
    const { exercise } = this.props;
    const code = this.#editor?.text ?? "";
    let printed = "";
    await this.#work("run", async (python) => {
      await python.start();
      const fault = await python.ask({ kind: "run", code }, exercise.limit, (text) => {
        printed += text;
        this.#show(printed);
      });
      this.#show(printed + (fault === "" ? "" : `${printed === "" || printed.endsWith("\n") ? "" : "\n"}${fault}\n`));
      return fault !== "" ? "The program ended with an error." : printed === "" ? "The program ended and printed nothing." : "The program ended.";
    });
  }

  async #check(): Promise<void> {
    const { exercise, bench } = this.props;
    const code = this.#editor?.text ?? "";
    const seconds = this.#seconds;
    this.setState({ results: unchecked(exercise) });
    await this.#work("check", async (python) => {
      const found = await grade(python, exercise, code, (results) => this.setState({ results }));
      if (typeof found === "string") this.#show(found);
      const results = typeof found === "string" ? [] : found;
      if (typeof found === "string") this.setState({ results: [] });
      const passed = results.filter(({ state }) => state === "passed").map(({ check }) => check.name);
      const failed = exercise.names.map(({ name }) => name).filter((name) => !passed.includes(name));
      await bench.attempt({ seconds, code, passed, failed });
      if (typeof found === "string") return "The code does not run, so nothing could be checked.";
      return failed.length === 0 ? `All ${passed.length} checks passed, in ${clockOf(seconds)}.` : `${passed.length} of ${count(exercise.names.length, "check")} passed.`;
    });
  }

  /** What is printed, painted once a frame however fast it comes. */
  #show(printed: string): void {
    this.#printed = printed;
    this.#painting ||= requestAnimationFrame(() => {
      this.#painting = 0;
      this.setState({ printed: this.#printed });
    });
  }

  async #work(busy: "run" | "check", work: (python: Python) => Promise<string>): Promise<void> {
    const python = this.#python;
    if (!python || this.state.busy !== "") return;
    this.props.bench.keep();
    this.#show("");
    this.setState({ busy, said: busy === "run" ? "Running" : "Checking", ...(busy === "run" ? { results: [] } : {}) });
    let said: string;
    try {
      said = await work(python);
    } catch (error) {
      said = error instanceof Ended ? endSaid(error, this.props.exercise.limit) : String(error);
      if (busy === "check") this.setState({ results: [] });
    }
    this.setState({ busy: "", said });
    // What was thrown away is there again for the next time.
    void python.start().catch(() => undefined);
  }

  #reset(): void {
    this.#editor?.replace(this.#begin);
    this.#editor?.focus();
    this.#seconds = 0;
    this.#keep();
    const said = "Editor and clock are as they were at the beginning. Undo brings back what you wrote.";
    this.setState(({ round }) => ({ said, round: round + 1 }));
  }

  override render({ exercise, bench, file, minutes }: Props, { share, ready, fault, busy, wanted, said, printed, results, round }: State): JSX.Element {
    const able = fault === "" && busy === "" && wanted === "";
    const stoppable = busy !== "" || wanted !== "";
    return (
      <div class="tl-gym__desk">
        <Clock
          key={round}
          seconds={this.#seconds}
          minutes={minutes}
          always={bench.interview}
          tick={(seconds) => {
            this.#seconds = seconds;
            // Of who has only opened the editor, nothing was written.
            if (seconds % 15 === 0 && (bench.draft || this.#editor?.text !== this.#begin)) this.#keep();
          }}
        />
        <div class="tl-gym__editor" ref={this.#place} />
        <div class="tl-gym__buttons" ref={this.#buttons}>
          <button type="button" class="tl-button tl-button--main" aria-disabled={!able} onClick={() => able && this.#start("check")}>
            Check
          </button>
          <button type="button" class="tl-button" aria-disabled={!able} onClick={() => able && this.#start("run")}>
            Run
          </button>
          <button type="button" class="tl-button" aria-disabled={!stoppable} onClick={() => stoppable && this.#stop()}>
            Stop
          </button>
          <button type="button" class="tl-button" aria-disabled={busy !== ""} onClick={() => busy === "" && this.#reset()}>
            Reset
          </button>
          <p class="tl-gym__said" role="status">
            {said}
          </p>
        </div>
        {fault === "" ? <Coming share={share} ready={ready} /> : <Missing fault={fault} file={file} again={() => this.#again()} />}
        {printed === "" ? null : (
          <pre class="tl-gym__printed" tabIndex={0} aria-label="What the program printed">
            {printed}
          </pre>
        )}
        {results.length === 0 ? null : <Results results={results} />}
        <Attempts attempts={bench.attempts} total={exercise.names.length} back={(code) => this.#editor?.replace(code)} />
        <p class="tl-gym__kept">{bench.store.status().text}</p>
      </div>
    );
  }
}

/** How far Python is. */
function Coming({ share, ready }: { share: number; ready: boolean }): JSX.Element | null {
  if (ready) return null;
  const percent = Math.floor(share * 100);
  return (
    <p class="tl-gym__coming">
      <label>
        {share < 1 ? `Fetching Python: ${percent}%` : "Starting Python"} <progress value={percent} max={100} />
      </label>
    </p>
  );
}

function Missing({ fault, file, again }: { fault: string; file: string; again: () => void }): JSX.Element {
  return (
    <div class="tl-notice tl-notice--warning" role="alert">
      <p>Python could not be fetched: {fault}. What you write here is kept anyway.</p>
      <p>
        <button type="button" class="tl-button" onClick={again}>
          Try again
        </button>{" "}
        Or continue elsewhere: take the exercise as{" "}
        <a href={`${file}.py`} download>
          one file
        </a>{" "}
        or as{" "}
        <a href={`${file}.ipynb`} download>
          a notebook
        </a>
        .
      </p>
    </div>
  );
}
