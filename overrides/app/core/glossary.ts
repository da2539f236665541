/**
 * Which terms of the glossary a reader means. Who types `precision` wants the terms that are called so, not every
 * definition that uses the word; only a word that names nothing is looked for in the definitions. Pure.
 */
export interface Term {
  /** What it is called, with its other names. */
  readonly name: string;
  readonly definition: string;
}

export interface Found {
  /** Positions in the list of terms, in its order. */
  readonly at: readonly number[];
  readonly by: "name" | "definition";
}

/** The terms that have every word in a name, or, where none has, in the definition. Nothing typed finds all. */
export function findTerms(terms: readonly Term[], typed: string): Found {
  const words = plain(typed).split(" ").filter(Boolean);
  const having = (text: (term: Term) => string): number[] =>
    terms.flatMap((term, at) => (words.every((word) => text(term).includes(word)) ? [at] : []));
  const named = having(({ name }) => plain(name));
  if (named.length > 0) return { at: named, by: "name" };
  return { at: having(({ name, definition }) => plain(`${name} ${definition}`)), by: "definition" };
}

/** `One-Hot  encoding` → `one hot encoding`, since nobody knows where the hyphens are. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s‐-–-]+/g, " ").trim();
}
