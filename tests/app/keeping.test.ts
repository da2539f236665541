/** Keeping the guide, as far as it is computed: which file answers, what is missing, how far it is, what is believed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  bytesOf, edition, fileList, IDLE, megabytes, milestone, missing, next, percent, type Progress, share, type Work,
} from "../../overrides/app/core/keeping.ts";
import { cacheName, fileAt, keyOf, type Listed, listKey, printOf, stateKey } from "../../overrides/app/core/kept.ts";

const BASE = new URL("https://example.org/loop/");
const at = (path: string): URL => new URL(path, BASE);

function file(url: string, bytes = 100, print = "0123456789abcdef"): Listed {
  return { url, print, bytes };
}

const FILES = [file("index.html"), file("topics/a/index.html", 300), file("404.html", 50), file("assets/app.js", 200, "feedfeedfeedfeed")];
const VERSION = new Map(FILES.map((one) => [one.url, one]));

describe("an address", () => {
  const found = (path: string): string | undefined => fileAt(at(path), BASE, VERSION)?.url;

  test("of a folder is answered by its page, whatever follows it", () => {
    assert.equal(found(""), "index.html");
    assert.equal(found("topics/a/"), "topics/a/index.html");
    assert.equal(found("topics/a/?interview#questions"), "topics/a/index.html");
    assert.equal(found("topics/a/index.html"), "topics/a/index.html");
  });

  test("that is not of this guide is not answered", () => {
    assert.equal(found("topics/b/"), undefined);
    assert.equal(found("/another/index.html"), undefined);
    assert.equal(found("https://example.com/loop/index.html"), undefined);
  });

  test("that names a content is answered by no other", () => {
    assert.equal(found("assets/app.js?v=feedfeedfe"), "assets/app.js");
    assert.equal(found("assets/app.js?v=0000000000"), undefined);
    assert.equal(found("assets/app.js"), "assets/app.js");
  });
});

describe("the cache", () => {
  test("keeps guides on one origin apart", () => {
    assert.notEqual(cacheName(BASE), cacheName(new URL("https://example.org/other/")));
  });

  test("has a key for each content, and others for the lists and the state", () => {
    const keys = [keyOf(BASE, file("a", 1, "1".repeat(16))), keyOf(BASE, file("a", 1, "2".repeat(16))), listKey(BASE, "x"), listKey(BASE, "y"), stateKey(BASE)];
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keys.every((key) => key.startsWith(BASE.href)));
  });

  test("names a content by the beginning of its SHA-256", async () => {
    assert.equal(await printOf(new TextEncoder().encode("abc").buffer as ArrayBuffer), "ba7816bf8f01cfea");
  });
});

describe("what is missing", () => {
  test("is what is not here in this very content, the largest first", () => {
    const here = new Set([keyOf(BASE, file("index.html")), keyOf(BASE, { ...file("assets/app.js"), print: "a".repeat(16) })]);
    assert.deepEqual(missing(FILES, here, BASE).map(({ url }) => url), ["topics/a/index.html", "assets/app.js", "404.html"]);
    assert.equal(bytesOf(missing(FILES, here, BASE)), 550);
  });

  test("is nothing when all is here", () => {
    assert.deepEqual(missing(FILES, new Set(FILES.map((one) => keyOf(BASE, one))), BASE), []);
  });

  test("may be a part, or all of what there is", () => {
    const key = (one: Listed): string => keyOf(BASE, one);
    assert.equal(share(FILES, new Set(), BASE), "none");
    assert.equal(share(FILES, new Set(FILES.slice(1).map(key)), BASE), "some");
    assert.equal(share(FILES, new Set(FILES.map(key)), BASE), "all");
    assert.equal(share([], new Set(), BASE), "none");
  });
});

describe("the work", () => {
  const begun = next(IDLE, { kind: "begin", files: FILES });

  test("counts files and bytes until all is here", () => {
    const work = FILES.reduce<Work>((now, one) => next(now, { kind: "arrived", file: one }), begun);
    assert.deepEqual(work, { kind: "fetching", progress: { files: 4, bytes: 650, allFiles: 4, allBytes: 650 } });
    assert.deepEqual(next(work, { kind: "complete" }), IDLE);
  });

  test("stays stopped when a file arrives late", () => {
    const stopped = next(begun, { kind: "stop", why: "cancelled" });
    assert.deepEqual(next(stopped, { kind: "arrived", file: FILES[0] as Listed }), { kind: "stopped", why: "cancelled" });
  });

  test("begins anew with what is left", () => {
    const again = next(next(begun, { kind: "stop", why: "away" }), { kind: "begin", files: FILES.slice(2) });
    assert.deepEqual(again, { kind: "fetching", progress: { files: 0, bytes: 0, allFiles: 2, allBytes: 250 } });
  });

  test("is over when everything was removed", () => {
    assert.deepEqual(next({ kind: "stopped", why: "full" }, { kind: "removed" }), IDLE);
  });
});

describe("how far it is", () => {
  const progress = (bytes: number, allBytes = 1000): Progress => ({ files: 1, bytes, allFiles: 9, allBytes });

  test("is told in whole percents, and a hundred only when all is here", () => {
    assert.equal(percent(progress(999)), 99);
    assert.equal(percent(progress(1000)), 100);
    assert.equal(percent(progress(0, 0)), 0);
  });

  test("is said aloud a quarter at a time", () => {
    assert.equal(milestone(progress(240), progress(260)), 25);
    assert.equal(milestone(progress(260), progress(490)), null);
    assert.equal(milestone(progress(490), progress(800)), 75);
    assert.equal(milestone(progress(800), progress(1000)), null);
  });

  test("is told in megabytes, of which little is not nothing", () => {
    assert.equal(megabytes(7_884_773), "7.9 MB");
    assert.equal(megabytes(49_000), "less than 0.1 MB");
    assert.equal(megabytes(50_000), "0.1 MB");
    assert.equal(megabytes(0), "0.0 MB");
  });
});

describe("what the site says", () => {
  const amount = { files: 3, bytes: 10, room: 20 };

  test("is believed when it has the form", () => {
    assert.ok(edition({ edition: "ab", guide: amount, python: amount }, "").ok);
    assert.ok(fileList({ edition: "ab", guide: FILES, python: [] }, "").ok);
  });

  test("is not, when it is something else", () => {
    for (const wrong of [null, [], {}, { edition: "", guide: amount, python: amount }, { edition: "ab", guide: { ...amount, bytes: -1 }, python: amount }])
      assert.ok(!edition(wrong, "").ok);
    assert.ok(!fileList({ edition: "ab", guide: [file("a", 1, "short")], python: [] }, "").ok);
    assert.ok(!fileList({ edition: "ab", guide: "all", python: [] }, "").ok);
  });
});
