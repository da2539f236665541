/** What the shell decides without a document: the color scheme, and which addresses are pages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isPage, isSamePage } from "../../overrides/app/core/route.ts";
import { other, remember, shown } from "../../overrides/app/core/scheme.ts";

const base = new URL("https://example.org/guide/");
const at = (path: string): URL => new URL(path, base);

test("a reader's choice goes before the system's, and anything else is no choice", () => {
  assert.equal(shown("dark", "light"), "dark");
  assert.equal(shown("sepia", "light"), "light");
  assert.equal(shown(null, "dark"), "dark");
});

test("choosing what the system shows is remembered as nothing", () => {
  assert.equal(remember("dark", "light"), "dark");
  assert.equal(remember("light", "light"), null);
});

test("the other scheme of the other scheme is the scheme", () => {
  assert.equal(other(other("dark")), "dark");
});

test("pages of the guide can be swapped in", () => {
  for (const path of ["", "topics/statistics/", "topics/statistics/?x=1#y", "404.html"]) assert.ok(isPage(at(path), base), path);
});

test("files, other folders and other sites cannot", () => {
  for (const path of ["data/catalogue.json", "notebooks/x.ipynb", "/other/", "/guidebook/", "https://example.com/guide/"])
    assert.ok(!isPage(at(path), base), path);
});

test("addresses that differ in their fragment are one page", () => {
  assert.ok(isSamePage(at("a/#one"), at("a/#two")));
  assert.ok(!isSamePage(at("a/"), at("b/")));
  assert.ok(!isSamePage(at("a/?x=1"), at("a/")));
});
