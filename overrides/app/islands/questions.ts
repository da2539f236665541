/**
 * The filter above the list of all questions. The list is the page's own: a filter hides what is not wanted and shows the
 * rest, some at a time, so that formulas in a question stay as they were set at build and a reader without scripts has
 * everything. With a round chosen, all that it asks is moved below its heading, area by area; else each stands in its place.
 */
import { toldOf } from "../core/found.ts";
import { areasOf, ANY, fromAddress, type Group, grouped, KEYS, questionsOf, select, toAddress, type Wanted } from "../core/questions.ts";
import type { Catalogue } from "../core/plan/types.ts";
import { announceSettled } from "../ui/announce";
import { base } from "../ui/base";
import { matchContents } from "../ui/contents";
import { button, choice, field, filterForm } from "../ui/field.ts";
import { loadGuide } from "./guide-data.ts";
import { openKept } from "./kept.ts";

/** How many are shown at first, and more with each press. */
const FEW = 60;

interface Line {
  readonly id: string;
  readonly element: HTMLElement;
  /** The list in which it stands when no round is chosen. */
  readonly home: Element;
}

export function mount(element: HTMLElement): () => void {
  const article = element.closest<HTMLElement>("#content") ?? document.body;
  let leave = (): void => undefined;
  let gone = false;
  void Promise.all([loadGuide(), openKept()]).then(([{ guide }, kept]) => {
    if (gone) return;
    const seen = new Set([...(kept?.ticks.values() ?? [])].flatMap((tick) => (tick.kind === "drill" ? tick.items : [])));
    leave = filterList(element, article, guide.catalogue, seen);
  }, console.error);
  return () => {
    gone = true;
    leave();
  };
}

function filterList(element: HTMLElement, article: HTMLElement, catalogue: Catalogue, seen: ReadonlySet<string>): () => void {
  const written = linesOf(article, catalogue);
  let lines: readonly Line[] = written;
  let round = "";
  const before = [...element.childNodes];
  let wanted = fromAddress(location.search);
  let shown = FEW;

  const fields = fieldsOf(catalogue, seen.size > 0);
  const { form, said, clear } = filterForm("Filter the questions", [...fields.values()].map(({ label }) => label));
  const more = button("Show more");
  more.classList.add("tl-filter__more");

  const show = (): void => {
    if (wanted.round !== round) {
      round = wanted.round;
      lines = arrange(written, article, round === "" ? [] : grouped(catalogue, round), round);
    }
    const chosen = select(catalogue, wanted, seen);
    const found = lines.filter(({ id }) => chosen.has(id));
    const visible = new Set(found.slice(0, shown).map(({ element: line }) => line));
    for (const { element: line } of lines) line.hidden = !visible.has(line);
    hideEmpty(article, KEYS.some((key) => wanted[key]));
    said.textContent = found.length === 0 ? "No question matches. Remove a filter." : `${number(found.length)} of ${number(lines.length)} questions`;
    more.hidden = visible.size === found.length;
    more.textContent = `Show ${Math.min(FEW, found.length - visible.size)} more of ${number(found.length - visible.size)}`;
    clear.hidden = KEYS.every((key) => !wanted[key]);
    for (const [key, { control }] of fields) if (control.value !== wanted[key]) control.value = wanted[key];
  };
  const follow = (): void => {
    wanted = { ...ANY, ...Object.fromEntries([...fields].map(([key, { control }]) => [key, control.value])) } as Wanted;
    shown = FEW;
    history.replaceState(history.state, "", location.pathname + toAddress(wanted) + location.hash);
    show();
    announceSettled(toldOf(said.textContent ?? "", wanted.words));
  };
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    for (const { control } of fields.values()) control.value = "";
    follow();
    fields.get("round")?.control.focus();
  });
  more.addEventListener("click", () => {
    const next = lines.find(({ element: line }) => line.hidden && select(catalogue, wanted, seen).has(line.dataset["id"] ?? ""));
    shown += FEW;
    show();
    // Whoever came by keyboard goes on where the new ones begin.
    next?.element.querySelector("a")?.focus();
  });
  element.replaceChildren(form);
  article.append(more);
  show();
  return () => {
    arrange(written, article, [], "");
    for (const { element: line } of lines) line.hidden = false;
    hideEmpty(article, false);
    more.remove();
    element.replaceChildren(...before);
  };
}

const ROUND = "tl-filter__round";

/** Puts every question in its place, then those of a round below its heading; returns them in the order of the page. */
function arrange(written: readonly Line[], article: HTMLElement, groups: readonly Group[], round: string): readonly Line[] {
  article.querySelector(`.${ROUND}`)?.remove();
  for (const { element, home } of written) home.append(element);
  const heading = document.getElementById(round);
  if (!heading || groups.length === 0) return written;
  const known = new Map(written.map((line) => [line.id, line]));
  const place = document.createElement("div");
  place.className = ROUND;
  const moved: Line[] = [];
  for (const { area, pages } of groups) {
    const title = document.createElement("h3");
    title.textContent = area;
    const list = document.createElement("dl");
    for (const { questions } of pages) {
      const own = questions.flatMap((id) => known.get(id) ?? []);
      const term = own[0]?.home.closest("dd")?.previousElementSibling?.cloneNode(true);
      if (!term) continue;
      const text = document.createElement("dd");
      const ul = document.createElement("ul");
      ul.append(...own.map(({ element }) => element));
      text.append(ul);
      list.append(term, text);
      moved.push(...own);
    }
    place.append(title, list);
  }
  heading.after(place);
  const here = new Set(moved);
  return [...moved, ...written.filter((line) => !here.has(line))];
}

/** Every question that the page lists, by the address that its link leads to. */
function linesOf(article: HTMLElement, catalogue: Catalogue): Line[] {
  const ids = new Map(questionsOf(catalogue).map((question) => [new URL(question.url, base).href, question.id]));
  return [...article.querySelectorAll<HTMLElement>("dd li")].flatMap((element) => {
    const id = ids.get(element.querySelector("a")?.href ?? "");
    if (id === undefined) return [];
    element.dataset["id"] = id;
    const home = element.parentElement;
    return home ? [{ id, element, home }] : [];
  });
}

/** A heading without a question below it, and what points to other rounds, goes with what it stood for. */
function hideEmpty(article: HTMLElement, filtered: boolean): void {
  for (const list of article.querySelectorAll("dl")) {
    for (const page of list.querySelectorAll("dd")) {
      page.hidden = !page.querySelector("li:not([hidden])");
      if (page.previousElementSibling instanceof HTMLElement) page.previousElementSibling.hidden = page.hidden;
    }
    list.hidden = !list.querySelector("li:not([hidden])");
  }
  for (const heading of article.querySelectorAll<HTMLElement>("h2")) {
    let any = false;
    const also: HTMLElement[] = [];
    for (let next = heading.nextElementSibling; next instanceof HTMLElement && next.tagName !== "H2"; next = next.nextElementSibling) {
      if (next.matches(`dl, .${ROUND}`)) any ||= next.querySelector("li:not([hidden])") !== null;
      else if (next.tagName === "P") also.push(next);
    }
    heading.hidden = !any;
    for (const text of also) text.hidden = filtered || !any;
  }
  for (const area of article.querySelectorAll<HTMLElement>(`.${ROUND} > h3`)) area.hidden = !area.nextElementSibling?.querySelector("li:not([hidden])");
  matchContents();
}

interface Field {
  readonly label: HTMLLabelElement;
  readonly control: HTMLInputElement | HTMLSelectElement;
}

function fieldsOf(catalogue: Catalogue, anySeen: boolean): Map<keyof Wanted, Field> {
  const questions = questionsOf(catalogue);
  const has = (key: (question: (typeof questions)[number]) => string | null | undefined): [string, string][] =>
    [...new Set(questions.map(key))].filter((value) => typeof value === "string").map((value) => [value, spoken(value)]);
  const levels = ["entry", "mid", "senior", "staff"];
  const rounds = catalogue.rounds.map(({ id, name }): [string, string] => [id, name]);
  const words = document.createElement("input");
  words.type = "search";
  const fields: [keyof Wanted, string, HTMLInputElement | HTMLSelectElement][] = [
    ["round", "Round", choice("Any round", rounds)],
    ["area", "Area", choice("Any area", areasOf(catalogue))],
    ["level", "Level", choice("Any level", has(({ level }) => level).sort((a, b) => levels.indexOf(a[0]) - levels.indexOf(b[0])))],
    ["kind", "Kind", choice("Any kind", has(({ questionKind }) => questionKind).sort())],
    ["words", "Words in it", words],
  ];
  if (anySeen) fields.splice(4, 0, ["seen", "Seen", choice("Seen or not", [["no", "Not drilled yet"], ["yes", "Drilled before"]])]);
  return new Map(fields.map(([key, name, control]) => [key, { label: field(name, control), control }]));
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** `find-the-bug` → `Find the bug` */
function spoken(value: string): string {
  const text = value.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
