/** The link that holds the settings: it comes back whole, it is short, and nothing that is wrong with it does harm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../overrides/app/core/plan/calendar.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import {
  canonical,
  decodeSettings,
  encodeSettings,
  hashOf,
  isShared,
  vocabularyOf,
} from "../../overrides/app/core/share.ts";
import { real } from "./catalogues.ts";
import { settingsFor, TODAY } from "./settings.ts";

const guide = real();
const vocabulary = vocabularyOf(guide);
const usual = { ...defaultSettings(guide, TODAY), topics: { statistics: "weak" as const }, daysOff: [addDays(TODAY, 3)] };
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

test("usual settings make a link of at most 120 characters", () => {
  const elaborate = {
    ...usual,
    minutes: [45, 60, 45, 60, 0, 150, 120],
    daysOff: [3, 4, 5, 12, 13].map((days) => addDays(TODAY, days)),
    tracks: ["language"],
    rounds: Object.fromEntries(vocabulary.rounds.slice(0, 8).map((round) => [round, "sure" as const])),
    strength: { "ml-depth": "weak" as const, coding: "strong" as const },
    topics: { statistics: "weak" as const, vision: "weak" as const, "deep-learning": "strong" as const },
    shares: { "ml-breadth": 40 },
  };
  assert.ok(encodeSettings(usual).length <= 80, encodeSettings(usual));
  assert.ok(encodeSettings(elaborate).length <= 120, encodeSettings(elaborate));
});

test("a link needs no escaping in an address", () => {
  fc.assert(
    fc.property(settingsFor(guide), (settings) => {
      assert.match(encodeSettings(settings), /^plan=[\w-]+$/);
    }),
  );
});

test("a link that lost its end is refused", () => {
  const whole = encodeSettings(usual);
  for (let length = 0; length < whole.length; length += 1) {
    const back = decodeSettings(whole.slice(0, length), vocabulary, TODAY);
    assert.ok(!back.ok && back.why === "damaged", `${length} of ${whole.length}`);
  }
});

test("a link with one character changed, added or swapped is refused", () => {
  const whole = encodeSettings(usual);
  fc.assert(
    fc.property(fc.integer({ min: 5, max: whole.length - 1 }), fc.constantFrom(...LETTERS), (at, letter) => {
      const swapped = whole.slice(0, at - 1) + whole[at] + whole[at - 1] + whole.slice(at + 1);
      for (const text of [
        whole.slice(0, at) + letter + whole.slice(at + 1),
        whole.slice(0, at) + letter + whole.slice(at),
        swapped,
      ])
        if (text !== whole) assert.equal(decodeSettings(text, vocabulary, TODAY).ok, false, text);
    }),
    { numRuns: 2000 },
  );
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
  const real = fc.array(settingsFor(guide), { minLength: 1, maxLength: 1 }).map(([settings]) => {
    return [...Buffer.from(encodeSettings(settings ?? usual).slice(5), "base64url")].slice(0, -3);
  });
  const bent = fc.tuple(real, fc.array(fc.tuple(fc.nat(200), byte), { maxLength: 4 })).map(([bytes, changes]) => {
    const out = [...bytes];
    for (const [at, value] of changes) out[at % out.length] = value;
    return out;
  });
  fc.assert(
    fc.property(fc.oneof(fc.array(byte, { maxLength: 120 }).map((rest) => [1, ...rest]), bent), (bytes) => {
      const link = forged(bytes);
      const back = decodeSettings(link, vocabulary, TODAY);
      if (!back.ok) assert.ok(back.reason.length > 20);
      // Nothing that could not have been chosen comes out of it, and no second link for the same settings.
      else if (back.notes.length === 0) {
        assert.deepEqual(canonical(back.settings), back.settings);
        if ((bytes[1] as number) < 8) assert.equal(encodeSettings(back.settings), link);
      }
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
  const back = decodeSettings(forged([2, 7, 7, 7]), vocabulary, TODAY);
  assert.ok(!back.ok && back.why === "newer");
  assert.match(back.reason, /newer version/);
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
  assert.equal(encodeSettings(settings), link);
  assert.deepEqual(settingsOf(link), settings);
});
