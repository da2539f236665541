/** The place where the guide is kept on this device: how much it is, then the button, how far it is, and removing it. */
import { Component, createRef, type JSX, render } from "preact";
import { bytesOf, type Edition, megabytes } from "../core/keeping.ts";
import { canKeep, desk, type Standing } from "../keep/desk.ts";
import { Fetching, WHY } from "../keep/said.tsx";
import { announce } from "../ui/announce";
import { count } from "./words.ts";

export function mount(element: HTMLElement): () => void {
  element.replaceChildren();
  render(canKeep() ? <Offline /> : <Cannot />, element);
  return () => render(null, element);
}

function Cannot(): JSX.Element {
  return (
    <p class="tl-island-note">
      This browser, or this window, cannot keep a site. A private window often cannot, and a page that was opened from a file or without https never can.
    </p>
  );
}

interface View {
  /** Whether Python is to be fetched as well. */
  readonly python: boolean;
  /** The browser does not even let this window look at what is kept. */
  readonly barred: boolean;
}

class Offline extends Component<object, View> {
  override state: View = { python: false, barred: false };
  readonly #place = createRef<HTMLDivElement>();
  #stop = (): void => undefined;
  readonly #again = (): void => void desk.look().catch(() => this.setState({ barred: true }));

  override componentDidMount(): void {
    this.#stop = desk.subscribe(() => this.forceUpdate());
    addEventListener("online", this.#again);
    this.#again();
  }

  override componentWillUnmount(): void {
    this.#stop();
    removeEventListener("online", this.#again);
  }

  /** The button that was pressed goes away; the keyboard stays in the place. */
  async #do(work: Promise<unknown>, said: () => string): Promise<void> {
    this.#place.current?.focus();
    await work;
    announce(said());
    this.#place.current?.focus();
  }

  #keep(python: boolean): void {
    const said = (): string => (desk.work.kind === "stopped" ? WHY[desk.work.why] : desk.standing?.kept ? "The guide is kept on this device." : "");
    void this.#do(desk.keep(python), said);
  }

  async #take(name: string): Promise<void> {
    await desk.take(name);
    location.reload();
  }

  override render(): JSX.Element {
    return (
      <div class="tl-keep" role="group" aria-label="Keep this guide on this device" tabIndex={-1} ref={this.#place}>
        {this.#shown()}
      </div>
    );
  }

  #shown(): JSX.Element {
    const { work, standing } = desk;
    if (this.state.barred) return <Cannot />;
    if (!standing) return <p>Checking what is here.</p>;
    if (work.kind === "fetching") return <Fetching progress={work.progress} cancel={() => desk.cancel()} />;
    return (
      <>
        {work.kind === "stopped" ? (
          <div class="tl-notice tl-notice--warning">
            <p>{WHY[work.why]}</p>
          </div>
        ) : null}
        {standing.kept ? this.#kept(standing, standing.kept) : this.#offer(standing)}
        {standing.some ? (
          <p class="tl-plan-buttons">
            <button type="button" class="tl-button" onClick={() => void this.#do(desk.remove(), () => "Removed from this device.")}>
              {standing.kept ? "Remove it from this device" : "Remove what is here"}
            </button>
          </p>
        ) : null}
      </>
    );
  }

  #offer({ published, missing, some }: Standing): JSX.Element {
    if (published === "none") return <p class="tl-island-note">This copy of the site is a preview, which cannot be kept.</p>;
    if (published === null || missing === null) return <Unasked told={desk.work.kind === "stopped"} again={this.#again} />;
    const { guide, python } = published;
    const rest = bytesOf(missing.guide);
    return (
      <>
        <p>
          The guide is <b>{megabytes(guide.bytes)}</b> to download, in {count(guide.files, "file")}, and takes {megabytes(guide.room)} on this device.
          {some ? ` ${megabytes(rest)} of it is still missing.` : ""}
        </p>
        {this.#tick(published)}
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button tl-button--main" onClick={() => this.#keep(this.state.python)}>
            {some ? "Continue" : "Keep this guide on this device"}, {megabytes(rest + (this.state.python ? bytesOf(missing.python) : 0))}
          </button>
        </p>
        {python.files > 0 ? null : <p>This copy of the site has no Python.</p>}
      </>
    );
  }

  #tick({ python }: Edition): JSX.Element | null {
    if (python.files === 0) return null;
    return (
      <label class="tl-check">
        <input type="checkbox" checked={this.state.python} onChange={(event) => this.setState({ python: event.currentTarget.checked })} />
        <span>
          With Python for the exercises, {megabytes(python.bytes)} more ({megabytes(python.room)} on this device)
        </span>
      </label>
    );
  }

  #kept({ published, missing }: Standing, kept: NonNullable<Standing["kept"]>): JSX.Element {
    const since = new Date(kept.since).toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" });
    const newer = published !== null && published !== "none" && published.edition !== kept.edition ? published : null;
    return (
      <>
        <p>
          <b>The guide is kept on this device</b>, since {since}, in version <code>{kept.edition}</code>. It can be read, searched and practiced without a network
          {kept.python === "all" ? ", and code can be written and checked." : "."}
        </p>
        {published === null ? <p>It is not possible to check for a newer version right now.</p> : null}
        {newer && missing ? this.#newer(newer, bytesOf(missing.guide) + (kept.python === "none" ? 0 : bytesOf(missing.python)), kept.python !== "none") : null}
        {!newer && missing ? this.#rest(missing) : null}
      </>
    );
  }

  #newer({ edition }: Edition, bytes: number, python: boolean): JSX.Element {
    return (
      <div class="tl-notice">
        <p>{bytes > 0 ? `There is a newer version of the guide. The changes are ${megabytes(bytes)}.` : "The newer version is here in full. Pages change when you say so."}</p>
        <button type="button" class="tl-button tl-button--main" onClick={() => (bytes > 0 ? this.#keep(python) : void this.#take(edition))}>
          {bytes > 0 ? "Get it" : "Reload into the newer version"}
        </button>
      </div>
    );
  }

  /** What the version that is kept could have more: Python, or files that the browser has lost. */
  #rest({ guide, python }: NonNullable<Standing["missing"]>): JSX.Element | null {
    if (guide.length > 0)
      return (
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button" onClick={() => this.#keep(false)}>
            Fetch what is missing, {megabytes(bytesOf(guide))}
          </button>
        </p>
      );
    if (python.length === 0) return null;
    return (
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button" onClick={() => this.#keep(true)}>
          Add Python for the exercises, {megabytes(bytesOf(python))}
        </button>
      </p>
    );
  }
}

function Unasked({ told, again }: { told: boolean; again: () => void }): JSX.Element {
  return (
    <>
      {told ? null : <p class="tl-island-note">The site cannot be reached, so nothing can be downloaded now.</p>}
      <p class="tl-plan-buttons">
        <button type="button" class="tl-button" onClick={again}>
          Ask again
        </button>
      </p>
    </>
  );
}
