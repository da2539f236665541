/**
 * A button on each block of code that copies it, called by the heading above it as well: a page has a dozen of them.
 * Without a clipboard there is no button.
 */
import { announce } from "./announce";

export function offerCopying(): void {
  if (!navigator.clipboard) return;
  let heading = "";
  let count = 0;
  for (const code of document.querySelectorAll<HTMLElement>(".md-typeset :is(h1, h2, h3, h4, h5, h6, pre > code)")) {
    if (code.tagName !== "CODE") {
      heading = code.id || heading;
      continue;
    }
    const box = code.parentElement;
    if (!box || code.closest(".no-copy") || box.querySelector(".tl-copy")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tl-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy this code");
    button.id = `copy-${++count}`;
    if (heading) button.setAttribute("aria-labelledby", `${button.id} ${heading}`);
    button.addEventListener("click", () => void copy(code.textContent ?? "", button));
    box.append(button);
  }
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(text.trimEnd() + "\n");
  } catch {
    said = "Not allowed";
  }
  button.textContent = said;
  button.classList.add("tl-copy--done");
  announce(said);
  setTimeout(() => {
    button.textContent = "Copy";
    button.classList.remove("tl-copy--done");
  }, 1600);
}
