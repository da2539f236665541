/**
 * The story bank: which standard questions a story answers, what is missing in it by simple rules, how long it takes to tell,
 * and all of them as Markdown. The rules look at the form alone, and each can be wrong; they are told as hints.
 */
import type { Story } from "./records.ts";

export const STORY_PARTS = ["situation", "task", "action", "result", "lesson"] as const;
export type StoryPart = (typeof STORY_PARTS)[number];

export interface Tag {
  readonly id: string;
  readonly name: string;
  /** Questions of the behavioral round that such a story answers. */
  readonly questions: readonly string[];
}

export const PAGE = "rounds/behavioral";

const tag = (id: string, name: string, ...slugs: readonly string[]): Tag => ({ id, name, questions: slugs.map((slug) => `${PAGE}#${slug}`) });

export const TAGS: readonly Tag[] = [
  tag("conflict", "conflict", "conflict-with-colleague"),
  tag("failure", "failure", "project-that-failed", "experiment-proved-wrong", "wrong-call-cost-a-quarter", "error-in-my-numbers"),
  tag("ownership", "ownership", "ownership-beyond-role"),
  tag("ambiguity", "ambiguity", "project-without-goal"),
  tag("deadline", "deadline", "deadline-at-risk", "priorities-and-no"),
  tag("challenge", "hard problem", "hardest-problem"),
  tag("pride", "proudest project", "proudest-project"),
  tag("influence", "influence", "influence-without-authority", "strategy-others-funded", "disagreed-with-vp"),
  tag("leading", "leading", "settled-between-teams", "killed-popular-project", "helped-someone-grow"),
  tag("explaining", "explaining", "explain-to-non-technical"),
  tag("ethics", "ethics", "ethics-before-launch"),
  tag("feedback", "feedback", "critical-feedback"),
  tag("learning", "learning fast", "learned-quickly"),
];

/** Questions of that round which no story answers: they ask for what the reader thinks or wants. */
export const NO_STORY: readonly string[] = ["why-us", "argument-against-us", "first-ninety-days"].map((slug) => `${PAGE}#${slug}`);

/** The questions that no story has a tag for, in the order of the tags. */
export function uncovered(stories: Iterable<Story>): string[] {
  const told = new Set([...stories].flatMap(({ tags }) => tags));
  return TAGS.filter(({ id }) => !told.has(id)).flatMap(({ questions }) => questions);
}

export function words(story: Story): number {
  return STORY_PARTS.reduce((sum, part) => sum + (story[part].match(/\S+/g)?.length ?? 0), 0);
}

/** As interviews go, and as a story should last at most. */
const A_MINUTE = 150;
const MINUTES = 2;

/** Seconds to say it. */
export function spoken(story: Story): number {
  return Math.round((60 * words(story)) / A_MINUTE);
}

const NUMBER = /\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|dozens?|hundreds?|thousands?|millions?|half|halved|third|quarter|twice|doubled?|tripled?|percent)\b/i;

/** What is missing, one sentence each; nothing of a story that was not begun. */
export function hints(story: Story): string[] {
  const number = words(story);
  if (number === 0) return [];
  const empty = STORY_PARTS.filter((part) => story[part].trim() === "");
  const all = STORY_PARTS.map((part) => story[part]).join("\n");
  const count = (pattern: RegExp): number => all.match(pattern)?.length ?? 0;
  const [we, own] = [count(/\bwe\b/gi), count(/\bI\b/g)];
  return [
    ...(empty.length > 0 ? [`Empty: ${empty.join(", ")}.`] : []),
    ...(story.result.trim() !== "" && !NUMBER.test(story.result) ? ["No number in the result."] : []),
    ...(we > own ? [`“We” more often than “I” (${we} to ${own}): say what you did.`] : []),
    ...(number > A_MINUTE * MINUTES ? [`${number} words: longer than two minutes at ${A_MINUTE} words per minute.`] : []),
    ...(story.tags.length === 0 ? ["No tag, so it covers no question."] : []),
  ];
}

/** All stories as one Markdown file. What the reader wrote makes no heading and no HTML in it. */
export function asMarkdown(stories: readonly Story[]): string {
  const safe = (text: string): string => text.trim().replace(/[<\\]/g, "\\$&").replace(/^(\s*)#/gm, "$1\\#");
  const titled = (part: string): string => part.charAt(0).toUpperCase() + part.slice(1);
  const one = (story: Story): string => {
    const tags = TAGS.filter(({ id }) => story.tags.includes(id)).map(({ name }) => name);
    const parts = STORY_PARTS.filter((part) => story[part].trim() !== "").map((part) => `**${titled(part)}.** ${safe(story[part])}`);
    const title = safe(story.title.replace(/\s+/g, " ")) || "Without a title";
    return [`## ${title}`, ...(tags.length > 0 ? [`Tags: ${tags.join(", ")}`] : []), ...parts].join("\n\n");
  };
  return `${["# Stories", ...stories.map(one)].join("\n\n")}\n`;
}
