/** Plan and progress in a link: what goes in comes out, and what was damaged on its way is refused as a whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";
import { pack, titlesOf, unpack } from "../../overrides/app/core/carry.ts";
import { makePlan } from "../../overrides/app/core/plan/plan.ts";
import { defaultSettings } from "../../overrides/app/core/plan/settings.ts";
import type { Tick } from "../../overrides/app/core/plan/types.ts";
import { type SavedPlan, tickOf } from "../../overrides/app/core/records.ts";
import { canonical } from "../../overrides/app/core/share.ts";
import { real } from "./catalogues.ts";
import { progressFor, settingsFor, TODAY } from "./settings.ts";

const guide = real();
const titleOf = titlesOf(guide);
const plan: SavedPlan = { id: "1f0c6a2e-6a0e-4d7e-9a52-5d1b0c0a7f11", since: TODAY, settings: canonical(defaultSettings(guide, TODAY)) };
const sessions = makePlan(guide, plan.settings, { since: TODAY, ticks: [] }, TODAY).days.flatMap((day) => day.sessions);
const done = sessions.map((session) => tickOf(session, session.date));

async function only(ticks: readonly Tick[]): Promise<string> {
  const [packed] = await pack(plan, ticks, titleOf);
  return packed as string;
}

test("plan and ticks come back as they were, titles as well", async () => {
  await fc.assert(
    fc.asyncProperty(settingsFor(guide), progressFor(guide), async (settings, { since, ticks }) => {
      const own = { ...plan, since, settings: canonical(settings) };
      const [packed] = await pack(own, ticks, titleOf);
      assert.match(packed as string, /^carry=1\.[\w-]+$/);
      assert.deepEqual(await unpack(`#${packed}`, titleOf), { ok: true, plan: own, ticks });
    }),
    { numRuns: 200 },
  );
  assert.deepEqual(await unpack(`#${await only(done)}`, titleOf), { ok: true, plan, ticks: done });
});

test("a title that the guide does not know is carried, one that it knows is not", async () => {
  const strange = { ...(done[0] as Tick), title: "Quite another title" };
  const back = await unpack(`#${await only([strange])}`, titleOf);
  assert.ok(back.ok && back.ticks[0]?.title === "Quite another title");
  const renamed = await unpack(`#${await only(done)}`, () => "As it is called now");
  assert.ok(renamed.ok && renamed.ticks.some((tick) => tick.title === "As it is called now"));
});

test("a link that lost its end, or was changed, is refused", async () => {
  const packed = await only(done.slice(0, 5));
  for (let length = 0; length < packed.length; length += 7) assert.equal((await unpack(packed.slice(0, length), titleOf)).ok, false);
  for (let at = "carry=1.".length; at < packed.length; at += 5) {
    const other = packed[at] === "A" ? "B" : "A";
    const spoiled = packed.slice(0, at) + other + packed.slice(at + 1);
    assert.equal((await unpack(spoiled, titleOf)).ok, false, `changed at ${at}`);
  }
  for (const text of ["", "#", "#carry=", "#carry=1.", "#carry=1.€€", "#carry=x", `#carry=1.${"A".repeat(50_000)}`])
    assert.equal((await unpack(text, titleOf)).ok, false, text.slice(0, 20));
});

test("a newer link is told from a damaged one", async () => {
  const newer = await unpack("#carry=2.whatever", titleOf);
  assert.ok(!newer.ok);
  assert.match(newer.reason, /newer version/);
});

async function deflated(value: unknown): Promise<string> {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("deflate"));
  return `#carry=1.${Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url")}`;
}

test("whatever was put into it, only a plan and ticks come out", async () => {
  const row = ["read:x", 0, "read", 5, "ml-breadth", ["x"]];
  assert.equal((await unpack(await deflated([plan, row]), titleOf)).ok, true);
  const bad: readonly unknown[] = [
    {},
    [],
    [row],
    [{ ...plan, more: 1 }],
    [plan, "x"],
    [plan, ["", ...row.slice(1)]],
    [plan, ["read:x", "soon", "read", 5, "", ["x"]]],
    [plan, ["read:x", 0, "reed", 5, "", ["x"]]],
    [plan, ["read:x", 0, "read", 1e9, "", ["x"]]],
    [plan, ["read:x", 0, "read", 5, "", [7]]],
    [plan, ["read:x", 0, "read", 5, "", ["x"], 0, [[[9, 3]], 20]]],
  ];
  for (const value of bad) {
    const found = await unpack(await deflated(value), titleOf);
    assert.ok(!found.ok, JSON.stringify(value).slice(-80));
    assert.match(found.reason, /^The link that carries a plan .*\.$/);
  }
});

test("a link that inflates without end is refused", async () => {
  const found = await unpack(await deflated([plan, "x".repeat(6_000_000)]), titleOf);
  assert.equal(found.ok, false);
});

test("pieces are short enough for a camera, can be read one by one, and are all of it together", async () => {
  const pieces = await pack(plan, done, titleOf, 900);
  assert.ok(pieces.length > 1 && pieces.every((piece) => piece.length <= 900), String(pieces.map((piece) => piece.length)));
  const read: Tick[] = [];
  for (const piece of pieces) {
    const found = await unpack(piece, titleOf);
    assert.ok(found.ok);
    assert.deepEqual(found.plan, plan);
    read.push(...found.ticks);
  }
  assert.deepEqual(read, done);
});

test("a code is read back by a camera as it was written", async () => {
  for (const piece of await pack(plan, done.slice(0, 12), titleOf, 900)) {
    const text = `https://guide.example/the-training-loop/plan/#${piece}`;
    const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
    const scale = 4;
    const size = rows.length * scale;
    const data = new Uint8Array(size * size * 4).fill(255);
    for (let y = 0; y < size; y += 1)
      for (let x = 0; x < size; x += 1)
        if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)]) data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    assert.equal(decodeQR({ width: size, height: size, data }), text);
  }
});
