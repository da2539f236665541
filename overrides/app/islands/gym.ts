/**
 * The page of an exercise, as long as nobody writes: hints one at a time, the solution and what is said of it behind a
 * question, and the button that fetches the rest. Small, because every reader of an exercise gets it.
 */
import { base } from "../ui/base";
import { openKept } from "./kept.ts";

const INTERVIEW = "tl-interview";

export function mount(element: HTMLElement): () => void {
  const root = document.documentElement;
  const interview = new URLSearchParams(location.search).has("interview");
  root.classList.toggle(INTERVIEW, interview);
  orderHints();
  coverSolution();
  const toggle = element.querySelector<HTMLAnchorElement>("[data-gym-mode]");
  if (toggle) {
    toggle.href = interview ? location.pathname : "?interview";
    toggle.textContent = interview ? "Leave interview mode" : "As in an interview: no hints, no solution, and the clock runs";
  }
  const button = element.querySelector<HTMLButtonElement>("[data-gym-open]");
  let leave = (): void => undefined;
  let gone = false;
  const open = async (): Promise<void> => {
    if (!button) return;
    button.disabled = true;
    button.textContent = "Fetching the editor";
    try {
      const { openGym } = await import("./gym-desk.tsx");
      if (!gone) leave = await openGym(element, interview);
    } catch (error) {
      console.error(error);
      button.disabled = false;
      button.textContent = "The editor could not be fetched. Try again";
    }
  };
  button?.addEventListener("click", () => void open());
  if (button) void tellKept(button, interview);
  return () => {
    gone = true;
    leave();
    root.classList.remove(INTERVIEW);
  };
}

/** Who wrote something here before is told that it is kept. */
async function tellKept(button: HTMLButtonElement, interview: boolean): Promise<void> {
  const exercise = decodeURI(location.pathname.slice(base.pathname.length)).replace(/\/$/, "");
  const kept = await openKept();
  if (!kept) return;
  const { draftKey, DRAFTS } = await import("../store/index.ts");
  if (kept.store.get(DRAFTS, draftKey(exercise, interview)) && !button.disabled) button.textContent = "Continue what you wrote";
}

/** A hint can be opened when the one before it has been. */
function orderHints(): void {
  const hints = [...document.querySelectorAll<HTMLDetailsElement>("#content .tl-hints details")];
  hints.forEach((hint, at) => {
    const next = hints[at + 1]?.closest("li");
    if (!next) return;
    next.hidden = !hint.open;
    hint.addEventListener("toggle", () => {
      if (hint.open) next.hidden = false;
    });
  });
}

/** Covers what stands below the heading, which a search in the page still finds. */
function coverSolution(): void {
  const section = document.querySelector("#solution")?.closest<HTMLElement>(".tl-section");
  if (!section || section.querySelector(".tl-cover")) return;
  const cover = document.createElement("div");
  cover.className = "tl-cover";
  cover.setAttribute("hidden", "until-found");
  cover.append(...[...section.children].slice(1));
  const ask = document.createElement("p");
  ask.className = "tl-cover__ask";
  const show = button("Show the solution");
  ask.append(show);
  section.append(ask, cover);
  const uncover = (): void => {
    ask.remove();
    cover.removeAttribute("hidden");
  };
  cover.addEventListener("beforematch", uncover);
  show.addEventListener("click", () => {
    const yes = button("Yes, show it");
    const no = button("Not yet");
    ask.replaceChildren("Have you tried it yourself? Once you have seen it, you can no longer find it yourself. ", yes, " ", no);
    yes.addEventListener("click", () => {
      uncover();
      cover.tabIndex = -1;
      cover.focus();
    });
    no.addEventListener("click", () => {
      ask.replaceChildren(show);
      show.focus();
    });
    no.focus();
  });
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tl-button";
  made.textContent = text;
  return made;
}
