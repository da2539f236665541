/**
 * What is said in thirty seconds is the product: beside *In short* stand a button that hides it and runs a clock while
 * the reader says it aloud, and one that copies it. Without a script the text simply stands there.
 */
import { announce } from "./announce";

/** The time of a short answer, in seconds (its contract: docs/contributing/adding.md). */
const TIME = 30;

export function offerShort(): void {
  const heading = document.getElementById("in-short");
  const card = heading?.closest<HTMLElement>(".tl-section");
  if (!heading || !card || card.querySelector(".tl-short__tools")) return;
  const tools = document.createElement("div");
  tools.className = "tl-short__tools tl-needs-js";
  const clock = document.createElement("span");
  clock.className = "tl-short__clock";
  tools.append(sayIt(card, clock));
  if (navigator.clipboard) tools.append(copyIt(card));
  tools.append(clock);
  card.append(tools);
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tl-button";
  made.textContent = text;
  return made;
}

function sayIt(card: HTMLElement, clock: HTMLElement): HTMLButtonElement {
  const say = button("Say it");
  let ticking = 0;
  const end = (said: string): void => {
    clearInterval(ticking);
    ticking = 0;
    say.textContent = "Say it";
    card.classList.remove("tl-short--hidden");
    clock.textContent = said;
    announce(said);
  };
  say.addEventListener("click", () => {
    const since = Number(say.dataset["since"]);
    const seconds = (): number => Math.round((performance.now() - since) / 1000);
    if (ticking) return end(`${seconds()} s. Compare.`);
    say.dataset["since"] = String(performance.now());
    say.textContent = "Done";
    card.classList.add("tl-short--hidden");
    clock.textContent = `${TIME} s`;
    announce(`Say it. ${TIME} seconds.`);
    ticking = window.setInterval(() => {
      if (!card.isConnected) return clearInterval(ticking);
      const left = TIME - Math.round((performance.now() - Number(say.dataset["since"])) / 1000);
      clock.textContent = left > 0 ? `${left} s` : `${-left} s over`;
    }, 250);
  });
  return say;
}

function copyIt(card: HTMLElement): HTMLButtonElement {
  const copy = button("Copy");
  copy.addEventListener("click", () => {
    const text = [...card.children].filter((each) => !each.matches("#in-short, .tl-short__tools"));
    const plain = text.map((each) => (each as HTMLElement).innerText.trim()).join("\n\n");
    navigator.clipboard.writeText(plain).then(
      () => flash(copy, "Copied"),
      () => flash(copy, "Not allowed"),
    );
  });
  return copy;
}

function flash(on: HTMLButtonElement, said: string): void {
  on.textContent = said;
  announce(said);
  setTimeout(() => (on.textContent = "Copy"), 1600);
}
