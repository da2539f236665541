/**
 * Tells who keeps the guide of a newer version, and takes it when asked to. The page that is being read stays as it is:
 * what changed is fetched beside it, and only a reload that the reader asks for shows it.
 */
import { Component, type JSX, render } from "preact";
import { bytesOf, megabytes } from "../core/keeping.ts";
import { announce } from "../ui/announce";
import { desk } from "./desk.ts";
import { Fetching, WHY } from "./said.tsx";

/** Where a tab remembers which version its reader did not want now. */
const LATER = "tl-later";
const SAID = "There is a newer version of the guide.";
/** Milliseconds between two questions of a page that stays open. */
const PAUSE = 3_600_000;

/** Asks now, and again when the reader comes back to the page after a while or to the network. */
export function watch(): void {
  let asked = 0;
  let shown = false;
  const ask = async (now: number): Promise<void> => {
    asked = now;
    if (shown || !navigator.onLine || !(await desk.isOutdated())) return;
    const { published, missing } = await desk.look();
    if (shown || !missing || published === null || published === "none" || isLater(published.edition)) return;
    shown = true;
    show(published.edition);
  };
  addEventListener("online", ({ timeStamp }) => void ask(timeStamp));
  document.addEventListener("visibilitychange", ({ timeStamp }) => {
    if (document.visibilityState === "visible" && timeStamp - asked > PAUSE) void ask(timeStamp);
  });
  void ask(performance.now());
}

function show(name: string): void {
  const place = document.createElement("section");
  place.className = "tl-news";
  place.setAttribute("aria-label", "A newer version");
  // Outside of what instant navigation swaps.
  document.body.append(place);
  const close = (): void => {
    render(null, place);
    place.remove();
    document.getElementById("content")?.focus({ preventScroll: true });
    try {
      sessionStorage.setItem(LATER, name);
    } catch {
      // It is told again, then.
    }
  };
  render(<News close={close} />, place);
  announce(SAID);
}

function isLater(name: string): boolean {
  try {
    return sessionStorage.getItem(LATER) === name;
  } catch {
    return false;
  }
}

class News extends Component<{ close(): void }> {
  #stop = (): void => undefined;

  override componentDidMount(): void {
    this.#stop = desk.subscribe(() => this.forceUpdate());
  }

  override componentWillUnmount(): void {
    this.#stop();
  }

  async #take(): Promise<void> {
    await desk.keep((desk.standing?.kept?.python ?? "none") !== "none");
    announce(desk.work.kind === "stopped" ? WHY[desk.work.why] : "The newer version is here. Reload to read it.");
  }

  async #reload(): Promise<void> {
    const { published = null } = desk.standing ?? {};
    if (published === null || published === "none") return;
    await desk.take(published.edition);
    location.reload();
  }

  override render({ close }: { close(): void }): JSX.Element | null {
    const { work, standing } = desk;
    if (!standing?.kept || !standing.missing) return null;
    const { kept, missing } = standing;
    const bytes = bytesOf(missing.guide) + (kept.python === "none" ? 0 : bytesOf(missing.python));
    if (work.kind === "fetching") return <Fetching progress={work.progress} cancel={() => desk.cancel()} />;
    return (
      <>
        <p>{work.kind === "stopped" ? WHY[work.why] : bytes > 0 ? SAID : "The newer version is here in full. This page stays as it is until you reload it."}</p>
        <p class="tl-plan-buttons">
          <button type="button" class="tl-button tl-button--main" onClick={() => void (bytes > 0 ? this.#take() : this.#reload())}>
            {bytes > 0 ? `Get it, ${megabytes(bytes)}` : "Reload into it"}
          </button>
          <button type="button" class="tl-button" onClick={close}>
            Not now
          </button>
        </p>
      </>
    );
  }
}
