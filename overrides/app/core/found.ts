/** What is said aloud of a search: two searches must not sound alike, even where they find as many. Pure. */

/** `12 of 640 questions` → `For bootstrap: 12 of 640 questions` */
export function toldOf(said: string, words: string): string {
  const asked = words.trim().replaceAll(/\s+/g, " ");
  return asked === "" || said === "" ? said : `For ${asked}: ${said}`;
}

/** How many results there are; `shown` of them at most are listed. */
export function resultsSaid(found: number, shown: number): string {
  if (found > shown) return `The first ${shown} of ${found.toLocaleString("en-US")} results`;
  return found === 1 ? "1 result" : `${found} results`;
}
