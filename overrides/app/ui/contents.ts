/** Marks, in the contents of the page, the section that is being read. */

let observer: IntersectionObserver | undefined;

export function followContents(): void {
  observer?.disconnect();
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#tl-toc a")];
  const byId = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...byId.keys()].map((id) => document.getElementById(id)).filter((each) => each !== null);
  if (headings.length === 0) return;
  const above = new Set<Element>();
  const first = headings[0];
  observer = new IntersectionObserver(
    (entries) => {
      // What crossed the line upward is read or being read; the last of those is where the reader is.
      for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
        if (!isIntersecting && boundingClientRect.top < (rootBounds?.top ?? 0)) above.add(target);
        else if (isIntersecting) above.add(target);
        else above.delete(target);
      }
      const now = headings.filter((heading) => above.has(heading)).at(-1) ?? first;
      for (const [id, link] of byId) link.toggleAttribute("data-here", id === now?.id);
    },
    // The line lies a third down the window.
    { rootMargin: "0px 0px -66% 0px" },
  );
  for (const heading of headings) observer.observe(heading);
}
