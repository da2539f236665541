/**
 * Where the keyboard was on a page that was left, in words that find it again on the same page, loaded anew. Only what
 * leads elsewhere is worth finding: links, terms, the buttons of sheets that hold links, and whatever has an id. Pure.
 */

/** Which of the elements that a selector finds. */
export interface Place {
  readonly selector: string;
  readonly at: number;
}

/** What tells an element from others: its name, and its attributes. */
export interface Told {
  readonly tag: string;
  attribute(name: string): string | null;
}

const TELLING = ["id", "href", "data-term", "popovertarget"] as const;

/** A selector that finds an element, perhaps among others; null for what nothing tells apart. */
export function selectorOf({ tag, attribute }: Told): string | null {
  const name = TELLING.find((one) => attribute(one));
  return name === undefined ? null : `${tag}[${name}=${quoted(attribute(name) ?? "")}]`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\\n]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;
}
