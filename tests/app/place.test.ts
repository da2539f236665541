/** How the place of the keyboard is told, so that it is found again on the way back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { selectorOf } from "../../overrides/app/core/place.ts";

const told = (tag: string, attributes: Readonly<Record<string, string>>): string | null =>
  selectorOf({ tag, attribute: (name) => attributes[name] ?? null });

test("a link is told by where it leads", () => assert.equal(told("a", { href: "../glossary/" }), 'a[href="../glossary/"]'));

test("an id tells more than anything else", () => assert.equal(told("a", { href: "#x", id: "copy-1" }), 'a[id="copy-1"]'));

test("a term is told by its name", () => assert.equal(told("abbr", { "data-term": "naive-bayes" }), 'abbr[data-term="naive-bayes"]'));

test("signs that would end the selector are written otherwise", () =>
  assert.equal(told("a", { href: 'a"]\\b' }), 'a[href="a\\22 ]\\5c b"]'));

test("what nothing tells apart is not looked for", () => assert.equal(told("button", { class: "tl-button" }), null));
