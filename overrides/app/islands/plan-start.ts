/**
 * The home page's start: a date and hours, and the planner makes the plan. It stands on the first page that most people
 * see, so it is a form and nothing else; the planner reads what it says from the address.
 */
import { FARTHEST, HOURS } from "../core/plan/today.ts";
import { base } from "../ui/base";
import { field } from "../ui/field.ts";

export function mount(element: HTMLElement): () => void {
  const before = [...element.childNodes];
  const date = input({ type: "date", min: dayIn(0), max: dayIn(FARTHEST), value: dayIn(28) });
  const hours = input({ type: "number", min: String(HOURS.least), max: String(HOURS.most), step: "0.5", value: "8", inputmode: "decimal" });
  const button = document.createElement("button");
  button.className = "tl-button tl-button--main";
  button.textContent = "Make my plan";
  const form = document.createElement("form");
  form.className = "tl-start__form";
  form.append(field("Interview on", date), field("Hours a week", hours), button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(new URL(`plan/#start=${date.value},${hours.value}`, base));
  });
  element.replaceChildren(form);
  return () => element.replaceChildren(...before);
}

function input(values: Readonly<Record<string, string>>): HTMLInputElement {
  const made = document.createElement("input");
  made.required = true;
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
  return made;
}

/** The day so many days from now on the reader's own clock, as the form wants it. */
function dayIn(days: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + days)).toISOString().slice(0, 10);
}
