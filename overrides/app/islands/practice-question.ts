/**
 * A question as it stands in its chapter, taken from there: the page is fetched, and the element moved over, so that
 * formulas, code and figures are what they are there, in both color schemes. Nothing is read as HTML that is not a page of
 * this site. The next question's page is fetched ahead.
 */
import type { Item } from "../core/plan/types.ts";
import { base } from "../ui/base.ts";

/** A question, ready to be asked. Its answers are hidden. */
export interface Prepared {
  readonly element: HTMLElement;
  /** All that is hidden until the answer is asked for. */
  readonly answers: HTMLElement;
  readonly full: HTMLDetailsElement | null;
  readonly points: readonly Point[];
}

export interface Point {
  /** Its place in the list as it is written. */
  readonly at: number;
  readonly text: string;
  readonly box: HTMLInputElement;
}

const KEPT = 8;
const pages = new Map<string, Promise<Document>>();

/** A page of this site, as it was published. */
export function page(address: string): Promise<Document> {
  const known = pages.get(address) ?? fetchPage(address);
  pages.delete(address);
  pages.set(address, known);
  known.catch(() => pages.delete(address));
  for (const oldest of pages.keys()) {
    if (pages.size <= KEPT) break;
    pages.delete(oldest);
  }
  return known;
}

async function fetchPage(address: string): Promise<Document> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function addressOf(item: Item): URL {
  const address = new URL(item.url, base);
  if (address.origin !== base.origin) throw new Error("not a page of this site");
  return address;
}

/** Fetches the page of a question ahead; whether that works is seen when it is asked. */
export function prefetch(item: Item | undefined): void {
  if (item) page(addressOf(item).href.replace(/#.*/, "")).catch(() => undefined);
}

/** Rejects when the page cannot be had or no longer has the question. `missed`: points that come first. */
export async function prepare(item: Item, missed: readonly number[]): Promise<Prepared> {
  const address = addressOf(item);
  const slug = decodeURIComponent(address.hash.slice(1));
  address.hash = "";
  const found = (await page(address.href)).getElementById(slug)?.closest(".tl-question");
  if (!found) throw new Error(`${item.id} is not on its page`);
  const element = document.importNode(found, true) as HTMLElement;
  element.removeAttribute("id");
  leadHome(element, address);
  element.querySelector(".tl-permalink")?.remove();
  retitle(element);
  return { element, ...open(element, missed) };
}

/** What an interviewer says at the beginning of a case: the quotation below *The prompt* of its page, as text. */
export async function promptOf(item: Item): Promise<string> {
  const section = (await page(addressOf(item).href)).getElementById("the-prompt")?.closest(".tl-section");
  const said = section?.querySelector("blockquote")?.textContent?.trim().replace(/\s+/g, " ");
  if (!said) throw new Error(`${item.id} has no prompt`);
  return said;
}

/** A copy of a section of a page, by its anchor. */
export async function sectionOf(item: Item, id: string): Promise<HTMLElement> {
  const address = addressOf(item);
  const found = (await page(address.href)).getElementById(id)?.closest(".tl-section");
  if (!found) throw new Error(`${item.id} has no section ${id}`);
  const copy = document.importNode(found, true) as HTMLElement;
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const sign of copy.querySelectorAll(".headerlink")) sign.remove();
  leadHome(copy, address);
  return copy;
}

/** A copy of the last table of a section: what comes before a rubric explains it. */
export async function tableOf(item: Item, section: string): Promise<HTMLElement> {
  const table = [...(await sectionOf(item, section)).querySelectorAll<HTMLElement>(".tl-scroll")].at(-1);
  if (!table) throw new Error(`${item.id} has no table in ${section}`);
  return table;
}

/** Copies of the element at an address with an anchor, and of those that follow it: so many in all, fewer at the end. */
export async function elementsAt(url: string, count: number): Promise<HTMLElement[]> {
  const address = new URL(url, base);
  const id = decodeURIComponent(address.hash.slice(1));
  address.hash = "";
  const found: HTMLElement[] = [];
  let next: Element | null | undefined = (await page(address.href)).getElementById(id);
  for (; next && found.length < count; next = next.nextElementSibling) {
    const copy = document.importNode(next, true) as HTMLElement;
    copy.removeAttribute("id");
    leadHome(copy, address);
    found.push(copy);
  }
  return found;
}

/** Addresses are relative to the page that they were written for. */
function leadHome(element: HTMLElement, address: URL): void {
  for (const link of element.querySelectorAll<HTMLAnchorElement>("a[href]")) link.href = new URL(link.getAttribute("href") ?? "", address).href;
  for (const picture of element.querySelectorAll<HTMLImageElement>("img[src]")) picture.src = new URL(picture.getAttribute("src") ?? "", address).href;
}

/** The question is the heading of the view, whatever level it has in its chapter. */
function retitle(element: HTMLElement): void {
  const title = element.querySelector(".tl-question__title");
  if (!title) return;
  const heading = document.createElement("h2");
  heading.className = title.className;
  heading.tabIndex = -1;
  heading.append(...title.childNodes);
  title.replaceWith(heading);
}

/** Takes the answers out of their one control: what opens them here is the view. */
function open(element: HTMLElement, missed: readonly number[]): Omit<Prepared, "element"> {
  const answers = document.createElement("div");
  answers.className = "tl-answers";
  answers.hidden = true;
  const control = element.querySelector(".tl-answers");
  const body = control?.querySelector(".tl-answers__body");
  if (body) answers.append(body);
  if (control) control.replaceWith(answers);
  else element.append(answers);
  const full = answers.querySelector<HTMLDetailsElement>("details.tl-answer--full");
  const list = answers.querySelector(".tl-answer--points");
  const points = list ? [...list.querySelectorAll("li")].map((one, at) => tickable(one, at, missed.includes(at))) : [];
  list?.remove();
  if (points.length > 0) answers.querySelector(".tl-answer--short")?.after(fieldset(points, missed));
  return { answers, full, points };
}

interface Made extends Point {
  readonly label: HTMLElement;
}

function tickable(written: HTMLElement, at: number, missing: boolean): Made {
  const text = written.textContent?.trim() ?? "";
  const label = document.createElement("label");
  label.className = "tl-check";
  const box = document.createElement("input");
  box.type = "checkbox";
  const said = document.createElement("span");
  if (missing) {
    const mark = document.createElement("b");
    mark.className = "tl-drill__missing";
    mark.textContent = "Missing last time: ";
    said.append(mark);
  }
  said.append(...written.childNodes);
  label.append(box, said);
  return { at, text, box, label };
}

function fieldset(points: readonly Made[], missed: readonly number[]): HTMLElement {
  const set = document.createElement("fieldset");
  set.className = "tl-drill__points";
  const legend = document.createElement("legend");
  legend.textContent = "Which of these did you say?";
  const first = points.filter(({ at }) => missed.includes(at));
  const rest = points.filter(({ at }) => !missed.includes(at));
  set.append(legend, ...[...first, ...rest].map(({ label }) => label));
  return set;
}
