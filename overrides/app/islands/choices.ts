/**
 * The page of all multiple-choice items, answered in place: each answer gets a radio button, and the control that opens the
 * explanations says whether the choice was right. The page stays what it is without a script (guide.publish.page_listings).
 */
import { announce } from "../ui/announce";

const LETTERS = "ABCD";

export function mount(element: HTMLElement): () => void {
  const article = element.closest("#content") ?? document.body;
  const leave = [...article.querySelectorAll<HTMLElement>(".tl-choice")].map(enliven);
  return () => {
    for (const one of leave) one();
  };
}

/** The heading, the list of the four answers that follows it, and the explanations. */
function enliven(heading: HTMLElement): () => void {
  const list = heading.nextElementSibling;
  const details = list?.nextElementSibling;
  const summary = details?.querySelector("summary");
  const first = details?.querySelector("p");
  const right = LETTERS.indexOf(first?.querySelector("strong")?.textContent ?? "-");
  if (!list || !(details instanceof HTMLDetailsElement) || !summary || !first || right < 0) return () => undefined;
  list.setAttribute("role", "radiogroup");
  list.setAttribute("aria-labelledby", heading.id);
  const options = [...list.children].map((line, at) => optionOf(line, heading.id, at));
  const verdict = document.createElement("b");
  const chosen = (): number => options.findIndex(({ checked }) => checked);
  const judge = (): void => {
    const at = chosen();
    const told = details.open && at >= 0;
    verdict.textContent = told ? (at === right ? "Yes. " : `No, not ${LETTERS[at]}. `) : "";
    for (const [place, line] of [...list.children].entries()) {
      line.classList.toggle("tl-choice__right", told && place === right);
      line.classList.toggle("tl-choice__wrong", told && place === at && at !== right);
    }
    if (told) announce(at === right ? "Right." : `Wrong: ${LETTERS[right]} is right.`);
  };
  for (const option of options)
    option.addEventListener("change", () => {
      summary.textContent = "Check your answer";
      judge();
    });
  details.addEventListener("toggle", judge);
  first.prepend(verdict);
  return () => details.removeEventListener("toggle", judge);
}

/** Puts a radio button before an answer; the answer is its label. */
function optionOf(line: Element, name: string, at: number): HTMLInputElement {
  const option = document.createElement("input");
  option.type = "radio";
  option.name = name;
  option.value = String(at);
  // The letter of the list is seen and not told.
  const letter = document.createElement("span");
  letter.className = "tl-hidden";
  letter.textContent = `${LETTERS[at]}: `;
  const label = document.createElement("label");
  label.append(option, letter, ...line.childNodes);
  line.setAttribute("role", "presentation");
  line.append(label);
  return option;
}
