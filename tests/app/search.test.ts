// What the search finds first, on a small guide made here; the real guide's queries are judged in tests/content.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildIndexes, Finder, marks, PARTS, type Entry } from "../../overrides/app/core/search.ts";

const entry = (id: number, kind: Entry["kind"], title: string, rest: Partial<Entry> = {}): Entry => ({
  id, kind, title, url: `u${id}/`, page: "", keywords: "", text: "", ...rest,
});
const GUIDE: Entry[] = [
  entry(0, "chapter", "Gradient boosting", { keywords: "GBDT GBM", text: "Add small trees to lower the loss." }),
  entry(1, "section", "Early stopping", { page: "Gradient boosting", text: "Stop when validation loss rises." }),
  entry(2, "question", "Why does boosting overfit?", { page: "Gradient boosting", text: "Every tree lowers training loss." }),
  entry(3, "term", "overfitting", { page: "Glossary", text: "Fitting what is peculiar to the training data." }),
  entry(4, "section", "How it fails", { page: "Gradient boosting", text: "It extrapolates as a constant.", generic: true }),
  entry(5, "exercise", "k-means with k-means++"),
  entry(6, "term", "area under the curve", { aliases: ["AUC"], keywords: "AUC", leads: "u7/" }),
  entry(7, "chapter", "Classification metrics", { keywords: "precision recall AUC ROC and much else besides" }),
];

function finder(withText = true): Finder {
  const made = buildIndexes(GUIDE);
  const one = new Finder();
  for (const part of withText ? PARTS : PARTS.slice(0, 2)) one.add(part, JSON.stringify(made[part]));
  return one;
}
const first = (query: string, withText = true): string | undefined => finder(withText).search(query).hits[0]?.url;

test("a page is found by its title", () => assert.equal(first("gradient boosting"), "u0/"));
test("a page is found by another name", () => assert.equal(first("gbdt"), "u0/"));
test("the last word may be unfinished", () => assert.equal(first("gradient boo"), "u0/"));
test("a slip of the keyboard is forgiven", () => assert.equal(first("gradiant bosting"), "u0/"));
test("another form of the word is the same word", () => assert.equal(first("overfit"), "u3/"));
test("hyphens and signs do not matter", () => assert.equal(first("k means init"), "u5/"));
test("what a hyphen joins is found as one word", () => assert.equal(first("kmeans", false), "u5/"));
test("words that say nothing are passed over", () => assert.equal(first("what is the early stopping"), "u1/"));
test("the full text finds what no title says", () => assert.equal(first("extrapolates"), "u4/"));
test("before the full text has arrived titles already answer", () => assert.equal(first("boosting gradient", false), "u0/"));
test("a heading that every page has is no name", () => assert.deepEqual(finder(false).search("fails").hits, []));
test("nothing is found for nothing", () => assert.deepEqual(finder().search("  the ?").hits, []));
test("before any index has arrived nothing is found", () => assert.deepEqual(new Finder().search("boosting").hits, []));
test("a result says what it is and where it stands", () => {
  assert.deepEqual(finder().search("early stopping").hits[0], {
    url: "u1/", kind: "section", title: "Early stopping", page: "Gradient boosting", excerpt: "Stop when validation loss rises.",
    words: ["earli", "stop"],
  });
});
test("what is found by another name says how its text begins once the text has come", () => {
  assert.equal(finder().search("gbdt").hits[0]?.excerpt, "Add small trees to lower the loss.");
  assert.equal(finder(false).search("gbdt").hits[0]?.excerpt, "");
});
test("a url is listed once although both indexes know it", () => {
  const urls = finder().search("boosting").hits.map((hit) => hit.url);
  assert.equal(new Set(urls).size, urls.length);
});
test("another name of a term leads to the chapter that explains it", () => assert.equal(first("auc"), "u7/"));
test("found words are marked in whatever form they stand", () => {
  assert.deepEqual(marks("Boosted trees", ["boost"]), [["Boosted", true], [" ", false], ["trees", false]]);
});
