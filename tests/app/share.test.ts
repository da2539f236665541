/** The link that holds the settings: it comes back whole, it is short, and nothing that is wrong with it does harm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import { canonical, decodeSettings, encodeSettings, hashOf, isShared, vocabularyOf } from "../../overrides/app/core/share.ts";
import { real } from "./catalogues.ts";
import { settingsFor, TODAY } from "./settings.ts";

const guide = real();
const vocabulary = vocabularyOf(guide);
const usual = { ...defaultSettings(guide, TODAY), topics: { statistics: "weak" as const }, daysOff: [addDays(TODAY, 3)] };

/** Links of version 1 as they were given out on TODAY, and what they hold. */
const OLD: readonly (readonly [string, ReturnType<typeof canonical>])[] = [
  ["plan=AQ8QCQAGAAwMAnsTw41mZAJXy-YGA1ZjeL7REwKs4uZeAAABJF4AAAB3EPU", {"interview": "2026-12-01", "minutes": [45, 0, 30, 0, 60, 60, 10], "daysOff": [], "role": "ml-engineer", "level": "staff", "company": "large", "tracks": ["recommendation", "reinforcement"], "rounds": {"ai-assisted-coding": "sure", "case-study": "sure", "coding": "maybe", "ml-breadth": "maybe", "ml-system-design": "sure"}, "strength": {}, "topics": {"production-ml": "weak"}, "split": "loop", "shares": {}}],
  ["plan=AQP2K7QBAPABAB4A4gdIyh1QJ9IAAAAAAT3XAcweAAJ4vswDwWfsBAPSAyQRxs7p", {"interview": "2027-09-12", "minutes": [180, 0, 240, 0, 30, 0, 994], "daysOff": ["2026-11-30", "2026-12-17", "2027-01-22"], "role": "ml-platform-engineer", "level": "entry", "company": "research-lab", "tracks": [], "rounds": {}, "strength": {"phone-screen": "strong"}, "topics": {"model-evaluation": "weak"}, "split": "loop", "shares": {"ml-debugging": 62, "ml-system-design": 46}}],
  ["plan=AQO4KjwA8AEBFC2ABnsTw40n0gIY-FnvAz3XW5roDwMT4lZj1rsAAAABV8sAA5oCCiwJXAo", {"interview": "2027-06-09", "minutes": [60, 0, 240, 1, 20, 45, 768], "daysOff": ["2026-11-26", "2027-01-09", "2027-01-19"], "role": "ml-engineer", "level": "staff", "company": "research-lab", "tracks": ["platform", "vision"], "rounds": {"behavioral": "maybe", "case-study": "maybe", "genai-system-design": "sure", "ml-depth": "maybe", "phone-screen": "sure", "system-design": "sure"}, "strength": {}, "topics": {"recommendation": "strong"}, "split": "loop", "shares": {}}],
  ["plan=AQvWAgYDAC20AQCfC_3PHVAGtQHmBgAAAAFYsQFZ7wADE-LGBVuaoAHoD9wBAGzMmw", {"interview": "2027-05-13", "minutes": [6, 3, 0, 45, 180, 0, 1439], "daysOff": [], "role": "applied-scientist", "level": "entry", "company": "start-up", "tracks": ["reinforcement"], "rounds": {}, "strength": {"ml-coding": "strong"}, "topics": {"vision": "weak"}, "split": "loop", "shares": {"behavioral": 71, "genai-system-design": 22, "system-design": 16}}],
  ["plan=AQP0K5cLWlp4tAEAAP3P-GrifAADeL7BZ9dsA1Zj1rvmXgKs4ta7AAACWe-lYwAF0AMPAhgDXEkD", {"interview": "2027-09-11", "minutes": [1431, 90, 90, 120, 180, 0, 0], "daysOff": ["2026-12-09", "2026-12-12", "2027-01-05", "2027-01-07", "2027-01-22"], "role": "applied-scientist", "level": "mid", "company": "non-tech", "tracks": [], "rounds": {"case-study": "maybe", "coding": "maybe", "ml-debugging": "sure", "ml-depth": "maybe", "ml-system-design": "sure", "project-talk": "sure"}, "strength": {"ml-breadth": "weak", "ml-depth": "weak"}, "topics": {"data-and-features": "strong", "vision": "strong"}, "split": "loop", "shares": {}}],
  ["plan=AQL0K3gAAAA8HpcLSModUGZkAYGUAAHBZwAAAAAAAJiRvA", {"interview": "2027-09-11", "minutes": [120, 0, 0, 0, 60, 30, 1431], "daysOff": [], "role": "ml-platform-engineer", "level": "entry", "company": "large", "tracks": ["language"], "rounds": {"ml-debugging": "maybe"}, "strength": {}, "topics": {}, "split": "playbook", "shares": {}}],
];

test("links of the first version are read as they were meant", () => {
  for (const [link, settings] of OLD) assert.deepEqual(settingsOf(link), settings);
});

test("a link of the first version with one character changed or lost is refused", () => {
  for (const [link, settings] of OLD)
    for (let at = 5; at < link.length; at += 1) {
      const other = link[at] === "A" ? "B" : "A";
      for (const text of [link.slice(0, at) + other + link.slice(at + 1), link.slice(0, at)]) {
        // The last letter holds bits that mean nothing.
        const back = decodeSettings(text, vocabulary, TODAY);
        if (back.ok) assert.ok(at === link.length - 1 && text.length === link.length);
        if (back.ok) assert.deepEqual(back.settings, settings);
      }
    }
});

function settingsOf(link: string, today = TODAY): ReturnType<typeof canonical> {
  const back = decodeSettings(link, vocabulary, today);
  assert.ok(back.ok, "reason" in back ? back.reason : "");
  return back.settings;
}

test("settings come back from their link as they were, apart from what says nothing", () => {
  fc.assert(
    fc.property(settingsFor(guide, 5000), (settings) => {
      const back = decodeSettings(`#${encodeSettings(settings)}`, vocabulary, TODAY);
      assert.deepEqual(back, { ok: true, settings: canonical(settings), notes: [] });
    }),
    { numRuns: 2000 },
  );
});

test("settings that mean the same have the same link, whatever the order they were chosen in", () => {
  const one = { ...usual, rounds: { "ml-breadth": "sure" as const, coding: "maybe" as const }, strength: { coding: "fair" as const } };
  const other = { ...usual, rounds: { coding: "maybe" as const, "ml-breadth": "sure" as const }, strength: {} };
  assert.equal(encodeSettings(one), encodeSettings(other));
});

test("canonical settings are canonical", () => {
  fc.assert(
    fc.property(settingsFor(guide), (settings) => {
      assert.deepEqual(canonical(canonical(settings)), canonical(settings));
    }),
  );
});

test("a form that is half filled in can be shared", () => {
  const half = { ...usual, interview: "", minutes: [NaN, -5, 12.5, 99_999, 0, 0, 0], shares: { coding: Infinity } };
  const back = settingsOf(encodeSettings(half));
  assert.equal(back.interview, "");
  assert.deepEqual(back.minutes, [0, 0, 12, 1440, 0, 0, 0]);
});

test("a link without dates keeps the distance to the interview, and no day off", () => {
  const link = encodeSettings({ ...usual, interview: addDays(TODAY, 40) }, TODAY);
  const later = addDays(TODAY, 100);
  const back = settingsOf(link, later);
  assert.equal(back.interview, addDays(later, 40));
  assert.deepEqual(back.daysOff, []);
  // Made on another day, it is the same link: it does not say when it was made.
  assert.equal(encodeSettings({ ...usual, interview: addDays(later, 40), daysOff: [] }, later), link);
});

test("usual settings make a link that fits into a line of a message", () => {
  assert.ok(encodeSettings(usual, TODAY).length <= 240, encodeSettings(usual, TODAY));
});

test("a link can be read, and needs no escaping in an address", () => {
  fc.assert(
    fc.property(settingsFor(guide), (settings) => {
      assert.match(encodeSettings(settings), /^plan=2&[\w.,:=&-]+&end$/);
    }),
  );
  assert.ok(encodeSettings({ ...usual, level: "senior" }).includes("&level=senior&"));
});

test("a link that was changed by hand says what it then says", () => {
  const link = encodeSettings({ ...usual, interview: addDays(TODAY, 28), level: "mid" }, TODAY);
  const back = settingsOf(link.replace("days=28", "days=14").replace("level=mid", "level=staff"));
  assert.deepEqual(back, canonical({ ...usual, interview: addDays(TODAY, 14), level: "staff", daysOff: [] }));
});

test("a link that lost its end is refused", () => {
  const whole = encodeSettings(usual);
  for (let length = 0; length < whole.length; length += 1) {
    const back = decodeSettings(whole.slice(0, length), vocabulary, TODAY);
    assert.ok(!back.ok && back.why === "damaged", `${length} of ${whole.length}`);
  }
});

test("a link that says what no settings say is refused", () => {
  const whole = encodeSettings({ ...usual, shares: { coding: 20 } }, TODAY);
  for (const [from, to] of [
    [/minutes=[\d,]+/, "minutes=60,60"],
    [/minutes=\d+/, "minutes=-5"],
    [/minutes=\d+/, "minutes=1441"],
    [/minutes=\d+/, "minutes=1e3"],
    [/days=\d+/, "days=soon"],
    [/days=\d+/, "days=28&date=2026-12-21"],
    [/days=\d+/, "days=28&days=28"],
    [/&role=/, "&roll="],
    [/coding:20/, "coding:120"],
    [/coding:20/, "coding"],
    [/level=\w+/, "level="],
    [/level=\w+/, "level=<b>"],
    [/&end$/, "&split=half&end"],
  ] as const) {
    const text = whole.replace(from, to);
    assert.notEqual(text, whole);
    const back = decodeSettings(text, vocabulary, TODAY);
    assert.ok(!back.ok && back.why === "damaged", text);
  }
});

/** A link around any bytes whose checksum is right: what somebody who reads this code could make. */
function forged(bytes: readonly number[]): string {
  let crc = 0xb704ce;
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit -= 1) {
      const high = ((crc >> 23) ^ (byte >> bit)) & 1;
      crc = ((crc << 1) & 0xffffff) ^ (high ? 0x864cfb : 0);
    }
  return `plan=${Buffer.from([...bytes, crc >> 16, (crc >> 8) & 255, crc & 255]).toString("base64url")}`;
}

test("whatever is made to look like a link gives settings or a reason", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const real = fc.constantFrom(...OLD.map(([link]) => [...Buffer.from(link.slice(5), "base64url")].slice(0, -3)));
  const bent = fc.tuple(real, fc.array(fc.tuple(fc.nat(200), byte), { maxLength: 4 })).map(([bytes, changes]) => {
    const out = [...bytes];
    for (const [at, value] of changes) out[at % out.length] = value;
    return out;
  });
  const first = fc.oneof(fc.array(byte, { maxLength: 120 }).map((rest) => [1, ...rest]), bent).map(forged);
  const texts = fc.tuple(settingsFor(guide), fc.nat(300), fc.string({ maxLength: 3, unit: "binary" })).map(([settings, at, text]) => {
    const link = encodeSettings(settings);
    const place = 7 + (at % (link.length - 7));
    return link.slice(0, place) + text + link.slice(place + text.length);
  });
  fc.assert(
    fc.property(fc.oneof(first, texts), (link) => {
      const back = decodeSettings(link, vocabulary, TODAY);
      if (!back.ok) assert.ok(back.reason.length > 20);
      // Nothing that could not have been chosen comes out of it.
      else assert.deepEqual(canonical(back.settings), back.settings);
    }),
    { numRuns: 5000 },
  );
});

test("whatever stands in the address gives settings or a reason", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: "binary" }), fc.boolean(), (text, named) => {
      const back = decodeSettings(named ? `#plan=${text}` : text, vocabulary, TODAY);
      assert.equal(back.ok, false);
    }),
    { numRuns: 2000 },
  );
});

test("a link of a newer version says so", () => {
  for (const link of ["plan=3", "plan=3&all=else&end", forged([2, 7, 7, 7])]) {
    const back = decodeSettings(link, vocabulary, TODAY);
    assert.ok(!back.ok && back.why === "newer");
    assert.match(back.reason, /newer version/);
  }
});

test("what the guide no longer has is left out and told, and the rest holds", () => {
  const link = encodeSettings({
    ...usual,
    level: "gone-level",
    rounds: { "gone-round": "sure", coding: "sure" },
    topics: { "gone-area": "weak", "other-area": "weak", statistics: "weak" },
    shares: { "gone-round": 20 },
  });
  const back = decodeSettings(link, vocabulary, TODAY);
  assert.ok(back.ok);
  assert.deepEqual(back.settings.rounds, { coding: "sure" });
  assert.deepEqual(back.settings.topics, { statistics: "weak" });
  assert.deepEqual(back.settings.shares, {});
  assert.equal(back.settings.level, vocabulary.usual.level);
  assert.equal(back.notes.length, 3);
  assert.match(back.notes.join(" "), /a round that.*2 topic areas that|2 topic areas that.*a round that|level/);
});

test("only a fragment that claims to be a plan is taken for one", () => {
  assert.ok(isShared("#plan=x") && isShared("plan="));
  assert.ok(!isShared("") && !isShared("#the-plan=x") && !isShared("#week-2"));
});

test("no two ids of one list of the guide are written alike", () => {
  const { rounds, areas, levels, companies, roles, tracks } = vocabulary;
  for (const list of [rounds, areas, levels, companies, roles, tracks])
    assert.equal(new Set(list.map(hashOf)).size, list.length);
});

test("a link that is out in the world keeps its meaning", () => {
  const settings = {
    interview: "2026-12-21",
    minutes: [60, 60, 60, 60, 0, 123, 120],
    daysOff: ["2026-11-26", "2026-12-05"],
    role: "ml-engineer",
    level: "mid",
    company: "large",
    tracks: ["language"],
    rounds: { behavioral: "maybe", "ml-breadth": "sure" },
    strength: { coding: "strong" },
    topics: { statistics: "weak" },
    split: "loop",
    shares: { "ml-breadth": 37.5 },
  } as const;
  const link = "plan=AQPkJzw8PDwAe3h7E_hqZmQBgZQBrOIBE-IAAeZeAaE3AAGs4vcCAiAJQx9V";
  assert.deepEqual(settingsOf(link), settings);
  const readable =
    "plan=2&date=2026-12-21&minutes=60,60,60,60,0,123,120&off=2026-11-26,2026-12-05&role=ml-engineer&level=mid&company=large" +
    "&tracks=language&rounds=ml-breadth&maybe=behavioral&strong=coding&weak-topics=statistics&shares=ml-breadth:37.5&split=loop&end";
  assert.equal(encodeSettings(settings), readable);
  assert.deepEqual(settingsOf(readable), settings);
});
