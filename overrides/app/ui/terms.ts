/**
 * Terms with a tooltip, for those who do not point with a mouse. Material's script shows the definition when a term is
 * pointed at or focused; here, each term of a page can be focused where it first stands (at every place would be in
 * the way), and Escape puts a tooltip away.
 */
export function reachTerms(): void {
  const seen = new Set<string>();
  for (const term of document.querySelectorAll<HTMLElement>(".md-typeset abbr[title]")) {
    if (seen.has(term.title)) continue;
    seen.add(term.title);
    term.tabIndex = 0;
  }
}

export function watchTerms(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.activeElement instanceof HTMLElement && document.activeElement.matches("abbr")) document.activeElement.blur();
    for (const tip of document.querySelectorAll(".md-tooltip2--active")) tip.classList.remove("md-tooltip2--active");
  });
}
