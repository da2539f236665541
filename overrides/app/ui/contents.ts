/** Marks, in the contents of the page, the section that is being read: the last that began above a third of the window. */

let links = new Map<HTMLElement, HTMLAnchorElement>();
let waiting = false;

/** Finds the sections of a page that has just come. */
export function followContents(): void {
  links = new Map();
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#tl-toc a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  mark([...links.values()][0]);
}

export function watchContents(): void {
  document.addEventListener("scroll", later, { passive: true });
}

/** Leaves out the sections that are hidden on the page, and brings back those that are not. */
export function matchContents(): void {
  for (const [heading, link] of links) if (link.parentElement) link.parentElement.hidden = heading.hidden;
  later();
}

/** Looks once a frame, when the page is laid out anyway. */
function later(): void {
  if (waiting || links.size === 0) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const line = innerHeight / 3;
    const entries = [...links].filter(([heading]) => !heading.hidden);
    const begun = entries.filter(([heading]) => heading.getBoundingClientRect().top < line);
    mark((begun.at(-1) ?? entries[0])?.[1]);
  });
}

function mark(here: HTMLAnchorElement | undefined): void {
  for (const link of links.values()) {
    if (link === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}
