/**
 * A job posting → what it suggests for the form, each with the words that suggested it. The rules are data
 * (docs/plan/postings.yml); this is how they are read. Nothing is guessed: without its words there is no suggestion.
 */
import { type Guide, usualRounds } from "./plan/usual.ts";
import { change } from "./plan/settings.ts";
import type { Certainty, Settings } from "./plan/types.ts";

export type Field = "role" | "level" | "company" | "track" | "topic" | "round";

export interface PostingRule {
  readonly id: string;
  readonly suggests: Readonly<Partial<Record<Field, string>>> & { readonly ignore?: boolean };
  readonly where: "title" | "anywhere";
  readonly words: readonly string[];
  readonly unless: readonly string[];
  readonly least: number;
  readonly sure: boolean;
  readonly reason: string;
}

export interface Suggestion {
  readonly field: Field;
  readonly value: string;
  /** Of a round: whether the posting says so, or only hints at it. */
  readonly sure: boolean;
  /** As they stand in the posting. */
  readonly words: readonly string[];
  readonly reason: string;
}

const ONE: readonly Field[] = ["role", "level", "company"];
/** Far longer than any posting. */
const LONGEST = 40_000;
const SHOWN = 4;
/** A title is a short line near the top. */
const TITLE = { lines: 4, words: 12 };
/** What names the title in the middle of a text, and how many words of it count. */
const SEEKING = /\b(?:(?:looking for|seeking|hiring|hire|searching for|join us as|join \w+ as|as|for) an?|job title:?|title:|position:|role:|the role of|for the position of) +((?:[^\s.,;:!?]+[ ,]+){0,6}[^\s.,;:!?]+)/gi;
/** In its title a posting names the reader; these name somebody else. */
const OTHERS = /\b(?:report\w* to|work\w* (?:closely )?with|alongside|collaborat\w+ with|partner\w* with|mentor\w*|support\w*)\b/i;

/** Suggestions in the order of the rules; of role, level and company the first that applies. */
export function readPosting(posting: string, rules: readonly PostingRule[]): Suggestion[] {
  const lines = posting
    .slice(0, LONGEST)
    .replaceAll(/[\u2010-\u2015]/g, "-")
    .replaceAll("\u2019", "'")
    .split(/[\r\n]+|(?<=[.!?;])\s+(?=[A-Z])/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const ignored = rules.filter((rule) => rule.suggests.ignore).flatMap((rule) => rule.words.map(pattern));
  const read = lines.filter((line) => !ignored.some((one) => line.search(one) >= 0));
  const titles = titlesOf(read);
  const found: Suggestion[] = [];
  for (const rule of rules) {
    const [field, value] = (Object.entries(rule.suggests) as [Field, string][])[0] ?? [];
    if (field === undefined || value === undefined || rule.suggests.ignore) continue;
    if (found.some((one) => one.field === field && (one.value === value || ONE.includes(field)))) continue;
    const words = wordsOf(rule, rule.where === "title" ? titles : read);
    if (words !== null) found.push({ field, value, sure: rule.sure, words: words.slice(0, SHOWN), reason: rule.reason });
  }
  return found;
}

/** The first short lines, and what stands after "we are looking for a …". */
function titlesOf(lines: readonly string[]): string[] {
  const short = lines.slice(0, TITLE.lines).filter((line) => line.split(/\s+/).length <= TITLE.words && !OTHERS.test(line));
  const named = lines.flatMap((line) => [...line.matchAll(SEEKING)].filter((match) => !OTHERS.test(line.slice(0, match.index))).map((match) => match[1] as string));
  return [...short, ...named];
}

/** What of a rule's words a text holds, as it stands there; null when that is too little. */
function wordsOf(rule: PostingRule, lines: readonly string[]): string[] | null {
  const unless = rule.unless.map(pattern);
  const open = lines.filter((line) => !unless.some((one) => line.search(one) >= 0));
  const words: string[] = [];
  for (const phrase of rule.words) {
    const one = pattern(phrase);
    const match = open.map((line) => one.exec(line)?.[0]).find((text) => text !== undefined);
    if (match !== undefined && !words.some((word) => word.toLowerCase() === match.toLowerCase())) words.push(match);
  }
  return words.length >= rule.least ? words : null;
}

const patterns = new Map<string, RegExp>();

/** A phrase as it is found in a text: a space or a hyphen between its words, whole words only. */
function pattern(phrase: string): RegExp {
  const known = patterns.get(phrase);
  if (known) return known;
  const literal = (word: string): string => word.replaceAll(/[.+?^${}()[\]\\/]/g, "\\$&").replaceAll("*", "[\\p{L}\\p{N}]*");
  const parts = phrase.split(" ").map((word) => (word === "..." ? "..." : `(?:${word.split("|").map(literal).join("|")})`));
  let source = "";
  parts.forEach((part, at) => {
    if (part === "...") source += "(?:[\\s,/&-]+[^\\s.,;:!?]+){0,3}?";
    else source += (at === 0 ? "" : "[\\s,/&-]+") + part;
  });
  const made = new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, "iu");
  patterns.set(phrase, made);
  return made;
}

/**
 * Settings with suggestions taken over. Role, level and company bring the rounds that such a loop usually has; what the
 * posting says of rounds comes on top, and a hint never makes a certain round unsure.
 */
export function fill(settings: Settings, taken: readonly Suggestion[], guide: Guide): Settings {
  const of = (field: Field): readonly Suggestion[] => taken.filter((one) => one.field === field);
  const one = (field: "role" | "level" | "company"): Partial<Settings> => {
    const [found] = of(field);
    return found ? { [field]: found.value } : {};
  };
  const who = { ...one("role"), ...one("level"), ...one("company") };
  const next = change(settings, who, guide);
  const usual = Object.keys(settings.rounds).length === 0 ? usualRounds(guide.allocation, next) : next.rounds;
  const rounds: Record<string, Certainty> = { ...usual };
  for (const { value, sure } of of("round")) if (sure || !(value in rounds)) rounds[value] = sure ? "sure" : "maybe";
  const tracks = [...new Set([...next.tracks, ...of("track").map(({ value }) => value)])];
  const topics = { ...next.topics, ...Object.fromEntries(of("topic").map(({ value }) => [value, "weak" as const])) };
  return { ...next, rounds, tracks, topics };
}
