/**
 * The page of all multiple-choice items, answered in place: each answer gets a radio button, the control that opens the
 * explanations says whether the choice was right, and what was chosen is there the next time. A filter leaves an area, a
 * level, or what is still to be answered. The page stays what it is without a script (guide.publish.page_listings).
 */
import type { Choice } from "../core/practice/records.ts";
import { announce } from "../ui/announce";
import { matchContents } from "../ui/contents";
import { type Filter, filtering } from "../ui/filtering.ts";
import { openKept, openStore } from "./kept.ts";
import { titleOf } from "./now-place.ts";

const LETTERS = "ABCD";
const NONE = -1;

interface Item {
  readonly id: string;
  readonly level: string;
  /** Heading, answers, explanations. */
  readonly parts: readonly HTMLElement[];
  /** Of the area. */
  readonly section: HTMLElement;
  readonly right: number;
  chosen(): number;
  /** Chooses as it was chosen before; what was told then is not told again. */
  choose(at: number): void;
  leave(): void;
}

export function mount(element: HTMLElement): () => void {
  const article = element.closest("#content") ?? document.body;
  let filter: Filter | null = null;
  let gone = false;
  const keep = (id: string, chosen: number): void => {
    void openStore().then(async ({ store }) => {
      const { CHOICES } = await import("../store/index.ts");
      void store.put<Choice>(CHOICES, id, { id, chosen });
    });
    filter?.look();
  };
  const items = [...article.querySelectorAll<HTMLElement>(".tl-choice")].flatMap((heading) => enliven(heading, keep) ?? []);
  filter = filterItems(items);
  element.replaceChildren(filter.form);
  void openKept().then(async (kept) => {
    if (!kept) return;
    const { CHOICES } = await import("../store/index.ts");
    if (gone) return;
    const known = kept.store.all(CHOICES);
    for (const item of items) if (item.chosen() === NONE) item.choose(known.get(item.id)?.chosen ?? NONE);
    filter.look();
  });
  return () => {
    gone = true;
    for (const one of items) one.leave();
    element.replaceChildren();
  };
}

function filterItems(items: readonly Item[]): Filter {
  const sections = [...new Set(items.map(({ section }) => section))];
  const heading = (section: HTMLElement): HTMLElement | null => section.querySelector("h2");
  const areas = sections.flatMap((section): [string, string][] => {
    const title = heading(section);
    return title ? [[title.id, titleOf(title)]] : [];
  });
  const levels = [...new Set(items.map(({ level }) => level))].map((level): [string, string] => [level.toLowerCase(), level]);
  const yours = [["open", "Not answered yet"], ["wrong", "Answered wrong"]] as const;
  return filtering(
    "Filter the questions",
    [
      { key: "area", name: "Area", any: "Any area", values: areas },
      { key: "level", name: "Level", any: "Any level", values: levels },
      { key: "yours", name: "Your answer", any: "Answered or not", values: yours },
    ],
    (wanted) => {
      const [area, level, answer] = ["area", "level", "yours"].map((key) => wanted.get(key));
      let found = 0;
      for (const item of items) {
        const chosen = item.chosen();
        const here = !area || heading(item.section)?.id === area;
        const fits = here && (!level || item.level.toLowerCase() === level);
        const shown = fits && (!answer || (answer === "open" ? chosen === NONE : chosen !== NONE && chosen !== item.right));
        if (shown) found += 1;
        for (const part of item.parts) part.hidden = !shown;
      }
      for (const section of sections) {
        section.hidden = !items.some((item) => item.section === section && item.parts[0]?.hidden === false);
        const title = heading(section);
        if (title) title.hidden = section.hidden;
      }
      matchContents();
      return found === 0 ? "No question matches. Remove a filter." : `${found} of ${items.length} questions`;
    },
  );
}

/** The heading, the list of the four answers that follows it, and the explanations; null when they are not there. */
function enliven(heading: HTMLElement, keep: (id: string, chosen: number) => void): Item | null {
  const list = heading.nextElementSibling;
  const details = list?.nextElementSibling;
  const summary = details?.querySelector("summary");
  const first = details?.querySelector("p");
  const section = heading.closest<HTMLElement>(".tl-section");
  const right = LETTERS.indexOf(first?.querySelector("strong")?.textContent ?? "-");
  if (!(list instanceof HTMLElement) || !(details instanceof HTMLDetailsElement) || !summary || !first || !section || right < 0) return null;
  const level = /\((\w+)\)\.?\s*$/.exec(first.textContent ?? "")?.[1] ?? "";
  list.setAttribute("role", "radiogroup");
  list.setAttribute("aria-labelledby", heading.id);
  const options = [...list.children].map((line, at) => optionOf(line, heading.id, at));
  const verdict = document.createElement("b");
  const chosen = (): number => options.findIndex(({ checked }) => checked);
  const judge = (): void => {
    const at = chosen();
    const told = details.open && at >= 0;
    verdict.textContent = told ? (at === right ? "Right. The answer is " : `${LETTERS[at]} is wrong; the answer is `) : "";
    for (const [place, line] of [...list.children].entries()) {
      line.classList.toggle("tl-choice__right", told && place === right);
      line.classList.toggle("tl-choice__wrong", told && place === at && at !== right);
    }
    if (told) announce(at === right ? "Right." : `${LETTERS[at]} is wrong; the answer is ${LETTERS[right]}.`);
  };
  for (const [at, option] of options.entries())
    option.addEventListener("change", () => {
      summary.textContent = "Check your answer";
      judge();
      keep(heading.id, at);
    });
  details.addEventListener("toggle", judge);
  first.prepend(verdict);
  return {
    ...{ id: heading.id, level, parts: [heading, list, details], section, right, chosen },
    choose(at) {
      const option = options[at];
      if (!option) return;
      option.checked = true;
      summary.textContent = "Check your answer";
    },
    leave: () => details.removeEventListener("toggle", judge),
  };
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
