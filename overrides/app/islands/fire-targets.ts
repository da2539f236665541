/** What a rapid round asks: questions of the guide, or multiple-choice items, each brought from its page when its turn comes. */
import type { Item as GuideItem } from "../core/plan/types.ts";
import { draw, sayable } from "../core/practice/fire.ts";
import type { Fire } from "../core/practice/records.ts";
import { ANY, areaOf, within } from "../core/practice/scope.ts";
import { base } from "../ui/base.ts";
import type { Target } from "./fire-run.tsx";
import type { PracticeDesk } from "./practice-desk.ts";
import { elementsAt, prepare } from "./practice-question.ts";

/** A multiple-choice item of data/choices.json, as far as it is used here. */
interface Item {
  readonly id: string;
  readonly url: string;
  readonly area: string;
  readonly chapter: string;
  readonly level: string;
  readonly right: number;
}

export function questionTargets(desk: PracticeDesk, { round, level, seconds }: { round: string; level: string; seconds: number }, count: number): Target[] {
  const weigh = desk.weigher(level);
  const items = within({ ...ANY, round }, desk.index).filter(({ questionKind = "" }) => sayable(questionKind, seconds));
  const candidates = items.map((item) => {
    const { id, page, level: own } = item;
    return { id, area: areaOf(item, desk.index), item, weight: weigh({ page: page ?? "", level: own ?? "" }) };
  });
  return draw(candidates, count, Math.random).map(({ item }) => questionTarget(desk, item));
}

function questionTarget(desk: PracticeDesk, item: GuideItem): Target {
  return {
    id: item.id,
    area: areaOf(item, desk.index),
    url: item.url,
    async load() {
      const { element, answers } = await prepare(item, []);
      for (const set of answers.querySelectorAll(".tl-drill__points, .tl-answer:not(.tl-answer--short)")) set.remove();
      return { element, answers, options: [], right: -1 };
    },
  };
}

/** Those of a round that was begun before; what is gone from the guide is left out. */
export async function targetsOf(desk: PracticeDesk, kind: Fire["kind"], ids: readonly string[]): Promise<Target[]> {
  if (kind === "said") return ids.flatMap((id) => desk.index.items.get(desk.index.resolve(id)) ?? []).map((item) => questionTarget(desk, item));
  const items = new Map((await published()).map((item) => [item.id, item]));
  return ids.flatMap((id) => items.get(id) ?? []).map(choiceTarget);
}

let loading: Promise<readonly Item[]> | null = null;

async function fetchItems(): Promise<readonly Item[]> {
  const response = await fetch(new URL("data/choices.json", base));
  if (!response.ok) throw new Error(`choices: ${response.status}`);
  return (await response.json()) as Item[];
}

function published(): Promise<readonly Item[]> {
  loading ??= fetchItems();
  loading.catch(() => (loading = null));
  return loading;
}

export async function choiceTargets(desk: PracticeDesk, level: string, count: number): Promise<Target[]> {
  const weigh = desk.weigher(level);
  const items = (await published()).map((item) => ({ ...item, weight: weigh({ page: item.chapter, level: item.level }) }));
  return draw(items, count, Math.random).map(choiceTarget);
}

function choiceTarget(item: Item): Target {
  return { id: item.id, area: item.area, url: item.url, load: () => loadChoice(item) };
}

/** The heading, its answers and its explanations, as the page of all items has them (guide.publish.page_listings). */
async function loadChoice(item: Item): ReturnType<Target["load"]> {
  const [heading, list, details] = await elementsAt(item.url, 3);
  const written = [...(list?.querySelectorAll(":scope > li") ?? [])];
  const why = [...(details?.querySelectorAll("li") ?? [])];
  if (!heading || written.length !== 4 || why.length !== 4) throw new Error(`${item.id} is not on its page`);
  const element = document.createElement("section");
  element.className = "tl-question";
  const title = document.createElement("h2");
  title.className = "tl-question__title tl-heading";
  title.tabIndex = -1;
  heading.querySelector(".headerlink")?.remove();
  title.append(...heading.childNodes);
  const answers = document.createElement("div");
  answers.className = "tl-answers";
  answers.hidden = true;
  element.append(title);
  const options = written.map((one, at) => {
    const text = document.createElement("span");
    text.append(...one.childNodes);
    const reason = document.createElement("span");
    reason.append(...(why[at]?.childNodes ?? []));
    return { text, why: reason };
  });
  return { element, answers, options, right: item.right };
}
