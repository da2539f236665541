/**
 * Islands: parts of a page that need a script. Each stands in an element with `data-island="name"`, whose content is
 * what a reader without scripts gets; it is fetched when a page has it (with `data-near`, when the reader comes near it),
 * and told when its element is gone.
 */

/** What an island's module exports. The function that `mount` may return is called when the element has left. */
export interface Island {
  mount(element: HTMLElement): void | (() => void);
}

export type Islands = Readonly<Record<string, () => Promise<Island>>>;

const mounted = new Map<HTMLElement, () => void>();

/** Mounts what is new on the page and unmounts what has left it. */
export function refreshIslands(islands: Islands): void {
  for (const [element, unmount] of mounted) {
    if (element.isConnected) continue;
    mounted.delete(element);
    unmount();
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-island]")) {
    const load = islands[element.dataset["island"] ?? ""];
    if (load && !mounted.has(element)) void mount(element, load);
  }
}

async function mount(element: HTMLElement, load: () => Promise<Island>): Promise<void> {
  // Held from the start, so that a second refresh does not mount it twice.
  mounted.set(element, () => undefined);
  try {
    if ("near" in element.dataset) await near(element);
    const island = await load();
    if (!element.isConnected) {
      mounted.delete(element);
      return;
    }
    mounted.set(element, island.mount(element) ?? (() => undefined));
    element.dataset["ready"] = "";
  } catch (error) {
    // The static form stays; what went wrong is for the console.
    mounted.delete(element);
    console.error(error);
  }
}

/** Waits until the reader is within a screen of an element; for one that leaves the page before, forever. */
function near(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: "100%" },
    );
    observer.observe(element);
    mounted.set(element, () => observer.disconnect());
  });
}
