/** What a job posting suggests: nothing that it does not say, and most of what it does. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import { fill, readPosting, type Suggestion } from "../../overrides/app/core/posting.ts";
import { checkSettings } from "../../overrides/app/core/records.ts";
import { postingRules, real } from "./catalogues.ts";
import { POSTINGS } from "./postings.ts";
import { TODAY } from "./settings.ts";

const rules = postingRules();
const guide = real();
const said = ({ field, value, sure }: Suggestion): string => `${field}:${value}${field === "round" && sure ? "!" : ""}`;
const read = (text: string): string[] => readPosting(text, rules).map(said);

describe("nothing is suggested that a careful reader would not take from the posting", () => {
  for (const { name, text, wants, may = [] } of POSTINGS)
    test(name, () => {
      assert.deepEqual(read(text).filter((one) => ![...wants, ...may].includes(one)), []);
    });
});

test("of what a careful reader would take, nine tenths are suggested, and of role and level all", () => {
  const missing = POSTINGS.flatMap(({ name, text, wants }) => wants.filter((one) => !read(text).includes(one)).map((one) => `${name}: ${one}`));
  const all = POSTINGS.flatMap(({ wants }) => wants).length;
  assert.deepEqual(missing.filter((one) => /: (role|level):/.test(one)), []);
  assert.ok(missing.length <= all / 10, `${missing.length} of ${all}:\n${missing.join("\n")}`);
});

test("the postings are of all roles and levels", () => {
  const { names } = guide.allocation;
  const wanted = new Set(POSTINGS.flatMap(({ wants }) => wants));
  for (const role of Object.keys(names.roles)) assert.ok(wanted.has(`role:${role}`), role);
  for (const level of Object.keys(names.levels)) assert.ok(wanted.has(`level:${level}`), level);
  assert.ok(POSTINGS.length >= 20);
});

test("every suggestion shows words that stand in the posting, and says why", () => {
  for (const { text } of POSTINGS)
    for (const { words, reason } of readPosting(text, rules)) {
      assert.ok(words.length > 0 && reason.endsWith("."));
      for (const word of words) assert.ok(text.includes(word), word);
    }
});

test("no text of any kind makes it fail, and prose about something else suggests nothing", () => {
  fc.assert(fc.property(fc.string({ maxLength: 2000, unit: "binary" }), (text) => void read(text)));
  const prose = "The harvest was late that year. My grandmother kept the books of the village shop, and wrote every debt into a ledger that nobody else could read.";
  assert.deepEqual(read(prose), []);
  assert.deepEqual(read(""), []);
});

test("a long text is read in no time that grows out of hand", () => {
  const hostile = ["senior ".repeat(6000), "a ".repeat(20_000), "engineer,".repeat(4000), "looking for a ".repeat(2800)];
  for (const text of hostile) assert.ok(read(text).length <= 3);
});

test("what is accepted fills the form, what is refused does not, and the rest stays", () => {
  const settings = { ...defaultSettings(guide, TODAY), topics: { statistics: "strong" as const }, tracks: ["vision"] };
  const example = POSTINGS.find(({ name }) => name.startsWith("LLM engineer"));
  const found = readPosting(example?.text ?? "", rules);
  const filled = fill(settings, found, guide);
  assert.equal(filled.company, "start-up");
  assert.deepEqual(filled.tracks, ["vision", "language"]);
  assert.deepEqual(filled.topics, { statistics: "strong", "language-models": "weak" });
  assert.equal(filled.rounds["take-home"], "sure");
  assert.equal(filled.rounds["genai-system-design"], "maybe");
  // The rounds that a start-up usually has are there as well.
  assert.equal(filled.rounds["ml-coding"], "maybe");
  assert.deepEqual([filled.interview, filled.minutes], [settings.interview, settings.minutes]);
  assert.ok(checkSettings(filled, "").ok);
  assert.deepEqual(fill(settings, [], guide), settings);
});

test("rounds that the reader chose stay, and a hint makes none of them unsure", () => {
  const settings = { ...defaultSettings(guide, TODAY), rounds: { "genai-system-design": "sure" as const } };
  const hint: Suggestion = { field: "round", value: "genai-system-design", sure: false, words: [], reason: "" };
  const company: Suggestion = { field: "company", value: "start-up", sure: false, words: [], reason: "" };
  assert.deepEqual(fill(settings, [hint, company], guide).rounds, { "genai-system-design": "sure" });
});
