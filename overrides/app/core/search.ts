/**
 * Finding the right page while the reader types.
 *
 * Three indexes, made at build by `buildIndexes`, fetched one after the other and searched as far as they have come:
 * the names of pages and terms, which lead to a subject and stay small however many questions there are; then
 * questions, headings and resources; then the full text, which adds what only the text says. All are MiniSearch indexes;
 * this module holds what makes them fit interview vocabulary (stems, ranking by what a thing is, terms that lead to the
 * chapter that explains them). It has no DOM, no clock and fetches nothing, and runs in Node as it stands: only syntax
 * that can be stripped is used here.
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
  /** Of a term: its other names, and the address of the page that explains it. */
  readonly aliases?: readonly string[];
  readonly leads?: string;
}

/** A result as it is shown. */
export interface Hit {
  readonly url: string;
  readonly kind: Kind;
  readonly title: string;
  readonly page: string;
  readonly excerpt: string;
  /** The words that were found, as `marks` reads them. */
  readonly words: readonly string[];
}

/** What is shown of what was found, and how many were found. */
export interface Found {
  readonly hits: readonly Hit[];
  readonly all: number;
}

/** So many results are shown; whoever looks at more types another word. */
export const SHOWN = 12;

/** The indexes, in the order in which they are fetched. */
export const PARTS = ["names", "titles", "text"] as const;
export type Part = (typeof PARTS)[number];

/** The indexes as they are published. */
export type Indexes = Record<Part, unknown>;

const STOP = new Set("a an and are as at be by can do does for from has have how i in is it its my of on or than that the to was what when which who why with you your vs versus".split(" "));

/** What a thing is decides between equals: a chapter is a better landing than a remark inside one. */
const WEIGHT: Record<Kind, number> = {
  chapter: 1.6, round: 1.4, case: 1.4, exercise: 1.3, notebook: 1.15, term: 1, question: 1, page: 0.9, section: 0.8, resource: 0.6,
};

const EXCERPT = 180;

function tokenize(text: string): string[] {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** The words of a name, and those that a hyphen joins as one word too: whoever looks for t-SNE or a take-home types "tsne" and "takehome". */
function tokenizeName(text: string): string[] {
  const joined = text.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu) ?? [];
  return [...tokenize(text), ...joined.flatMap((word) => tokenize(word.replaceAll("-", "")))];
}

function processTerm(term: string): string | null {
  return STOP.has(term) ? null : stemmer(term);
}

const STORED = ["url", "kind", "title", "page", "excerpt", "aliases", "leads"];
const TITLES: Options = { fields: ["title", "keywords", "page"], storeFields: STORED, tokenize: tokenizeName, processTerm, searchOptions: { tokenize } };
const TEXT: Options = { fields: ["text"], storeFields: STORED, tokenize, processTerm };
const OPTIONS: Record<Part, Options> = { names: TITLES, titles: TITLES, text: TEXT };
/** What stands in the first index: where somebody who types the name of a subject wants to land. */
const NAMED = new Set<Kind>(["chapter", "round", "case", "exercise", "notebook", "page", "term"]);

function shorten(text: string): string {
  if (text.length <= EXCERPT) return text;
  return text.slice(0, text.lastIndexOf(" ", EXCERPT)) + " …";
}

/** Make the indexes from the entries; the same entries give the same indexes. */
export function buildIndexes(entries: readonly Entry[]): Indexes {
  const names = new MiniSearch(TITLES);
  const titles = new MiniSearch(TITLES);
  const text = new MiniSearch(TEXT);
  for (const entry of entries) {
    const stored = { ...entry, excerpt: shorten(entry.text) };
    // A term's definition is the answer itself; elsewhere the small index does without excerpts.
    const named = { ...stored, excerpt: entry.kind === "term" ? stored.excerpt : "" };
    if (!entry.generic) (NAMED.has(entry.kind) ? names : titles).add(named);
    if (entry.text) text.add(stored);
  }
  return { names: names.toJSON(), titles: titles.toJSON(), text: text.toJSON() };
}

/** Words without what tells their forms apart, in one text: two names are the same when these are. */
function folded(text: string): string {
  return tokenize(text).map(processTerm).filter(Boolean).join(" ");
}

/** Cut a text into pieces, in order, of which those that hold a found word are marked. */
export function marks(text: string, words: readonly string[]): [text: string, marked: boolean][] {
  const found = new Set(words);
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .filter(Boolean)
    .map((piece) => [piece, tokenize(piece).some((word) => found.has(processTerm(word) ?? ""))]);
}

/** How much an index counts beside the others. */
const FACTOR: Record<Part, number> = { names: 1, titles: 1, text: 0.35 };

/** A result while it is being weighed. */
interface Weighed {
  id: number;
  hit: Hit;
  score: number;
  leads: string;
}

/** Searches over the indexes that have arrived so far. */
export class Finder {
  readonly #indexes = new Map<Part, MiniSearch>();

  /** Take in an index, as JSON text. */
  add(part: Part, json: string): void {
    this.#indexes.set(part, MiniSearch.loadJSON(json, OPTIONS[part]));
  }

  /** Return at most `most` hits, the best first, and how many there are; what a title says comes before what only a text says. */
  search(query: string, most = SHOWN): Found {
    const found = new Map<string, Weighed>();
    const words = tokenize(query).filter((word) => !STOP.has(word));
    if (words.length === 0) return { hits: [], all: 0 };
    const asked = folded(query);
    const options = {
      prefix: (term: string, index: number, terms: string[]) => index === terms.length - 1 && term.length > 1,
      fuzzy: (term: string) => (term.length > 7 ? 2 : term.length > 4 ? 1 : false),
      weights: { prefix: 0.6, fuzzy: 0.3 },
      boostDocument: (_id: unknown, _term: string, stored?: Record<string, unknown>) => WEIGHT[(stored?.kind ?? "page") as Kind],
    };
    for (const [part, index] of this.#indexes) {
      const boost = part === "text" ? {} : { boost: { title: 4, keywords: 2, page: 0.7 } };
      for (const result of index.search(query, { ...options, ...boost })) weigh(found, result, FACTOR[part], asked, words.length);
    }
    // Whoever types the name of a term wants the chapter that explains it at least as much as its definition.
    for (const { leads, score } of [...found.values()]) {
      const chapter = leads ? found.get(leads) : undefined;
      if (chapter) chapter.score = Math.max(chapter.score, score * 1.01);
    }
    const hits = [...found.values()]
      .sort((a, b) => b.score - a.score || a.hit.url.localeCompare(b.hit.url))
      .slice(0, most)
      .map(({ id, hit }) => (hit.excerpt ? hit : { ...hit, excerpt: this.#excerpt(id) }));
    return { hits, all: found.size };
  }

  /** How its text begins, of a thing that was found by its name alone; empty until the text has come. */
  #excerpt(id: number): string {
    return String(this.#indexes.get("text")?.getStoredFields(id)?.excerpt ?? "");
  }
}

function weigh(found: Map<string, Weighed>, result: SearchResult, factor: number, asked: string, words: number): void {
  const names = [String(result.title), ...((result.aliases ?? []) as string[])];
  const exact = names.some((name) => folded(name) === asked);
  const score = result.score * factor * (exact ? 2 : 1) * coverage(result, words);
  const excerpt = String(result.excerpt);
  const known = found.get(String(result.url));
  if (known) {
    known.score += score;
    known.hit = { ...known.hit, excerpt: known.hit.excerpt || excerpt, words: [...new Set([...known.hit.words, ...result.terms])] };
    return;
  }
  const { url, kind, title, page } = result as unknown as Hit;
  const leads = exact && result.leads ? String(result.leads) : "";
  found.set(url, { id: Number(result.id), hit: { url, kind, title, page, excerpt, words: result.terms }, score, leads });
}

/** Things that hold all words asked for are far better than things that hold one of them often. */
function coverage(result: SearchResult, words: number): number {
  return (Math.min(result.queryTerms.length, words) / words) ** 3;
}
