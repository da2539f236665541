/**
 * The home page's way back: what the plan holds for today, and the page on which the reader stopped. Who has kept nothing
 * here gets nothing, not even the store's script.
 */
import type { SavedPlan, Soon } from "../core/records.ts";
import { base } from "../ui/base";

export function mount(element: HTMLElement): () => void {
  let stop = (): void => undefined;
  let gone = false;
  void somethingKept().then(async (kept) => {
    if (!kept || gone) return;
    const { PLACE, PLAN, STANDING, store, TICKS } = await import("../store/index.ts");
    const records = store();
    await records.ready;
    if (gone) return;
    const show = (): void => {
      const plan = records.get(PLAN, "current");
      const done = new Set(records.all(TICKS).keys());
      const place = records.get(PLACE, "last");
      const soon = records.get(STANDING, "current")?.soon ?? [];
      element.replaceChildren(...(plan ? today(plan, soon, done) : []), ...(place ? [paragraph("You stopped at ", link(place.url, place.title), ".")] : []));
      element.hidden = element.childElementCount === 0;
    };
    show();
    stop = records.subscribe(show);
  });
  return () => {
    gone = true;
    stop();
    element.replaceChildren();
    element.hidden = true;
  };
}

/** Whether this browser has anything of ours. Where it cannot be asked, it may have. */
async function somethingKept(): Promise<boolean> {
  try {
    const all = await indexedDB.databases();
    return all.some(({ name }) => name?.startsWith("training-loop"));
  } catch {
    return true;
  }
}

function today(plan: SavedPlan, soon: readonly Soon[], done: ReadonlySet<string>): readonly HTMLElement[] {
  const now = new Date();
  const date = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
  if (plan.settings.interview < date) return [];
  const open = soon.filter((session) => session.date === date && !done.has(session.id));
  const any = soon.some((session) => session.date === date);
  const minutes = open.reduce((sum, session) => sum + session.minutes, 0);
  // The planner notes the next two weeks, and not while the plan is being changed.
  const noted = soon.some((session) => session.date >= date);
  const said = !any
    ? noted
      ? "Nothing is planned for today."
      : "The planner knows what is next."
    : open.length === 0
      ? "Everything for today is done."
      : `${open.length === 1 ? "One session" : `${open.length} sessions`}, ${minutes} min:`;
  const heading = document.createElement("h2");
  heading.append(link("plan/", "Your plan for today"));
  const list = document.createElement("ul");
  for (const session of open) {
    const item = document.createElement("li");
    item.append(`${session.kind} `, session.url === "" ? session.title : link(session.url, session.title), `, ${session.minutes} min`);
    list.append(item);
  }
  const box = document.createElement("section");
  box.className = "tl-plan-today";
  box.append(heading, paragraph(said), list);
  return [box];
}

function paragraph(...parts: readonly (string | Node)[]): HTMLElement {
  const made = document.createElement("p");
  made.append(...parts);
  return made;
}

/** A link within the site. Titles are text, whatever is in them. */
function link(url: string, title: string): HTMLAnchorElement {
  const made = document.createElement("a");
  const address = new URL(url, base);
  made.href = address.origin === base.origin ? address.href : base.href;
  made.textContent = title;
  return made;
}
