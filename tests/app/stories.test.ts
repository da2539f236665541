/** The story bank: what is covered, what is pointed out, and what an export keeps. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Story, STORIES } from "../../overrides/app/core/practice/records.ts";
import { asMarkdown, hints, NO_STORY, PAGE, spoken, TAGS, uncovered } from "../../overrides/app/core/practice/stories.ts";
import { real } from "./catalogues.ts";

const STORY: Story = {
  id: "s",
  at: 1,
  title: "Schema",
  tags: ["conflict"],
  situation: "The schema changed weekly.",
  task: "I owned the pipeline.",
  action: "I asked him why, and I put a test into his pipeline.",
  result: "Failures fell from 12 a month to 1.",
  lesson: "I ask first.",
  seconds: 0,
};

describe("what is covered", () => {
  test("every behavioral question of the round has a tag, or asks for no story", () => {
    const questions = real().catalogue.items.filter(({ kind, page }) => kind === "question" && page === PAGE).map(({ id }) => id);
    const known = [...TAGS.flatMap((tag) => tag.questions), ...NO_STORY];
    assert.deepEqual([...known].sort(), questions.sort());
  });

  test("a tag covers its questions and no others", () => {
    const left = uncovered([STORY]);
    assert.ok(!left.includes(`${PAGE}#conflict-with-colleague`));
    assert.equal(left.length, TAGS.flatMap(({ questions }) => questions).length - 1);
  });
});

describe("what is pointed out", () => {
  test("nothing of a good story, and nothing of one that was not begun", () => {
    assert.deepEqual(hints(STORY), []);
    assert.deepEqual(hints({ ...STORY, situation: "", task: "", action: "", result: "", lesson: " ", tags: [] }), []);
  });

  test("empty parts, by name", () => {
    assert.deepEqual(hints({ ...STORY, task: "", lesson: "\n" }), ["Empty: task, lesson."]);
  });

  test("a result without a number, in digits or words", () => {
    assert.deepEqual(hints({ ...STORY, result: "It went well." }), ["No number in the result."]);
    assert.deepEqual(hints({ ...STORY, result: "It took half the time." }), []);
  });

  test("we more often than I", () => {
    assert.match(hints({ ...STORY, task: "We owned it. We ran it, we fixed it; we're sorry, we were late." })[0] ?? "", /^“We” more often than “I” \(5 to 3\)/);
    assert.deepEqual(hints({ ...STORY, task: "I'd say we met once." }), []);
  });

  test("more than two minutes", () => {
    const long = { ...STORY, action: `I ${"word ".repeat(300)}` };
    assert.equal(hints(long).length, 1);
    assert.ok(spoken(long) > 120);
    assert.ok(spoken(STORY) < 20);
  });
});

describe("an export", () => {
  test("holds every part, and lets no text become a heading or HTML", () => {
    const text = asMarkdown([{ ...STORY, title: "A <b>\ntitle", situation: "# Not a heading\n<script>" }]);
    assert.deepEqual(text.match(/^#+ .*/gm), ["# Stories", "## A \\<b> title"]);
    assert.ok(text.includes("\\# Not a heading\n\\<script>"));
    assert.ok(text.includes("Tags: conflict"));
    assert.ok(text.includes("**Lesson.** I ask first."));
  });
});

test("a story is a record of the store", () => {
  assert.ok(STORIES.check(STORY, "stories.s").ok);
  assert.ok(!STORIES.check({ ...STORY, action: 3 }, "stories.s").ok);
});
