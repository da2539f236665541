/**
 * Finding the right page while the reader types.
 *
 * Two indexes, made at build by `buildIndexes` and read in the browser by `search`: a small one of titles, headings,
 * questions and terms, which answers almost everything and is there within a request, and one of the full text, which is
 * fetched after it and adds what only the text says. Both are MiniSearch indexes; this module holds what makes them
 * fit interview vocabulary (stems, ranking by what a thing is). It has no DOM, no clock and
 * fetches nothing, and runs in Node as it stands: only syntax that can be stripped is used here.
 */
import MiniSearch, { type Options, type SearchResult } from "minisearch";
import { stemmer } from "stemmer";

/** What can be found. */
export type Kind = "chapter" | "round" | "case" | "exercise" | "notebook" | "question" | "section" | "term" | "resource" | "page";

/** One thing that can be found: a page, a section of it, a question, a term, a resource. */
export interface Entry {
  readonly id: number;
  readonly url: string;
  readonly kind: Kind;
  readonly title: string;
  /** Title of the page it stands on; empty for a page. */
  readonly page: string;
  /** Other names: aliases, the area, summaries. */
  readonly keywords: string;
  readonly text: string;
  /** True for a heading that every page of a kind has: it is no name for what stands below it. */
  readonly generic?: boolean;
}

/** A result as it is shown. */
export interface Hit {
  readonly url: string;
  readonly kind: Kind;
  readonly title: string;
  readonly page: string;
  readonly excerpt: string;
}

/** The two indexes as they are published. */
export interface Indexes {
  readonly titles: unknown;
  readonly text: unknown;
}

const STOP = new Set("a an and are as at be by can do does for from has have how i in is it its my of on or than that the to was what when which who why with you your vs versus".split(" "));

/** What a thing is decides between equals: a chapter is a better landing than a remark inside one. */
const WEIGHT: Record<Kind, number> = {
  chapter: 1.6, round: 1.4, case: 1.4, exercise: 1.3, notebook: 1.15, term: 1, question: 1, page: 0.9, section: 0.8, resource: 0.6,
};

const EXCERPT = 180;

function tokenize(text: string): string[] {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function processTerm(term: string): string | null {
  return STOP.has(term) ? null : stemmer(term);
}

const STORED = ["url", "kind", "title", "page", "excerpt"];
const TITLES: Options = { fields: ["title", "keywords", "page"], storeFields: STORED, tokenize, processTerm };
const TEXT: Options = { fields: ["text"], storeFields: STORED, tokenize, processTerm };

function shorten(text: string): string {
  if (text.length <= EXCERPT) return text;
  return text.slice(0, text.lastIndexOf(" ", EXCERPT)) + " …";
}

/** Make both indexes from the entries; the same entries give the same indexes. */
export function buildIndexes(entries: readonly Entry[]): Indexes {
  const titles = new MiniSearch(TITLES);
  const text = new MiniSearch(TEXT);
  for (const entry of entries) {
    const stored = { ...entry, excerpt: shorten(entry.text) };
    // A term's definition is the answer itself; elsewhere the small index does without excerpts.
    if (!entry.generic) titles.add({ ...stored, excerpt: entry.kind === "term" ? stored.excerpt : "" });
    if (entry.text) text.add(stored);
  }
  return { titles: titles.toJSON(), text: text.toJSON() };
}

/** Searches over the indexes that have arrived so far. */
export class Finder {
  #titles: MiniSearch | undefined;
  #text: MiniSearch | undefined;

  /** Take in the small index, as JSON text. */
  addTitles(json: string): void {
    this.#titles = MiniSearch.loadJSON(json, TITLES);
  }

  /** Take in the index of the full text, as JSON text. */
  addText(json: string): void {
    this.#text = MiniSearch.loadJSON(json, TEXT);
  }

  /** Return at most `most` hits, the best first; what a title says comes before what only a text says. */
  search(query: string, most = 12): Hit[] {
    const found = new Map<string, { hit: Hit; score: number }>();
    const words = tokenize(query).filter((word) => !STOP.has(word));
    if (words.length === 0) return [];
    const asked = words.map(processTerm).join(" ");
    const add = (results: SearchResult[], factor: number): void => {
      for (const result of results) {
        const url = String(result.url);
        const exact = tokenize(String(result.title)).map(processTerm).filter(Boolean).join(" ") === asked ? 2 : 1;
        const score = result.score * factor * exact * coverage(result, words.length);
        const known = found.get(url);
        if (known) {
          known.score += score;
          if (!known.hit.excerpt) known.hit = { ...known.hit, excerpt: String(result.excerpt) };
        } else found.set(url, { hit: result as unknown as Hit, score });
      }
    };
    const options = {
      prefix: (term: string, index: number, terms: string[]) => index === terms.length - 1 && term.length > 1,
      fuzzy: (term: string) => (term.length > 7 ? 2 : term.length > 4 ? 1 : false),
      weights: { prefix: 0.6, fuzzy: 0.3 },
      boostDocument: (_id: unknown, _term: string, stored?: Record<string, unknown>) => WEIGHT[(stored?.kind ?? "page") as Kind],
    };
    if (this.#titles) add(this.#titles.search(query, { ...options, boost: { title: 4, keywords: 2, page: 0.7 } }), 1);
    if (this.#text) add(this.#text.search(query, options), 0.35);
    return [...found.values()]
      .sort((a, b) => b.score - a.score || a.hit.url.localeCompare(b.hit.url))
      .slice(0, most)
      .map(({ hit }) => ({ url: hit.url, kind: hit.kind, title: hit.title, page: hit.page, excerpt: hit.excerpt }));
  }
}

/** Things that hold all words asked for are far better than things that hold one of them often. */
function coverage(result: SearchResult, words: number): number {
  return (Math.min(result.queryTerms.length, words) / words) ** 3;
}
