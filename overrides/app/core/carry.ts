/**
 * Plan and progress as a piece of a link, for a second device: `#carry=1.…`. What it brings is added to what is there.
 *
 * The number is the version. After it stands, deflated and as base64url, a list: the plan, and a row for each tick. A
 * checksum is part of the deflated form, so a link that lost its end is told from a whole one. Titles that the guide
 * knows are left out. What is read back goes through the same checks as a file.
 */
import { dayNumber, isoDay } from "./plan/calendar.ts";
import { indexed } from "./plan/history.ts";
import type { Guide } from "./plan/usual.ts";
import type { Tick } from "./plan/types.ts";
import { counted } from "./plan/today.ts";
import { bring, PLAN, type SavedPlan, TICKS } from "./records.ts";

const NAME = "carry=";
const VERSION = 1;
/** Inflated, in bytes: far beyond years of practice. */
const LARGEST = 4_000_000;
/** Of the ticks and the plan in this version of links; later records are brought up to date from these. */
const WRITTEN = { plan: 1, ticks: 2 } as const;

export type Carried =
  | { readonly ok: true; readonly plan: SavedPlan; readonly ticks: readonly Tick[] }
  /** `reason` is one sentence for the reader. */
  | { readonly ok: false; readonly reason: string };

/** What a tick is called, from what it is about. */
export type TitleOf = (tick: Pick<Tick, "items" | "kind">) => string;

export function titlesOf({ catalogue, allocation }: Guide): TitleOf {
  const index = indexed(catalogue);
  return ({ items }) => {
    const known = items.map((id) => index.items.get(index.resolve(id)));
    const asked = known.filter((item) => item?.kind === "question");
    if (asked.length > 0) return `${counted(asked.length)} on ${index.items.get(asked[0]?.page ?? "")?.title ?? ""}`;
    const activity = (id: string): string => allocation.activities.find((one) => `activity:${one.id}` === id)?.title ?? "";
    const titles = items.map((id, at) => known[at]?.title ?? activity(id));
    return titles.length > 3 ? `${titles.slice(0, 2).join(", ")} and ${titles.length - 2} more` : titles.join(", ");
  };
}

/**
 * `carry=1.…`, to be put behind `#`. With `most`, as many pieces as it takes for none to be longer; each can be read by
 * itself, and in any order, since what they bring is added.
 */
export async function pack(plan: SavedPlan, ticks: readonly Tick[], titleOf: TitleOf, most = Infinity): Promise<string[]> {
  const text = JSON.stringify([plan, ...ticks.map((tick) => rowOf(tick, plan.since, titleOf))]);
  const packed = `${NAME}${VERSION}.${base64(await through(new TextEncoder().encode(text), new CompressionStream("deflate"), Infinity))}`;
  if (packed.length <= most || ticks.length < 2) return [packed];
  const half = Math.ceil(ticks.length / 2);
  return [...(await pack(plan, ticks.slice(0, half), titleOf, most)), ...(await pack(plan, ticks.slice(half), titleOf, most))];
}

/** Takes `location.hash` as it is. Never throws. */
export async function unpack(fragment: string, titleOf: TitleOf): Promise<Carried> {
  const [, version = "", body = ""] = /^#?carry=(\d{1,3})\.([\w-]*)$/.exec(fragment) ?? [];
  if (Number(version) > VERSION) return NEWER;
  if (Number(version) !== VERSION) return CUT_OFF;
  let parsed: unknown;
  try {
    const bytes = await through(bytesOf(body), new DecompressionStream("deflate"), LARGEST);
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return CUT_OFF;
  }
  if (!Array.isArray(parsed)) return CUT_OFF;
  const [given, ...rows] = parsed as readonly unknown[];
  const plan = bring(PLAN, WRITTEN.plan, "current", given, "plan");
  if (!plan.ok) return refused(`${plan.fault.path} ${plan.fault.reason}`);
  const ticks: Tick[] = [];
  for (const [at, row] of rows.entries()) {
    const tick = tickOf(row, plan.value.since, titleOf);
    const checked = tick === null ? null : bring(TICKS, WRITTEN.ticks, tick.id, tick, `tick ${at + 1}`);
    if (!checked?.ok) return refused(checked ? `${checked.fault.path} ${checked.fault.reason}` : `tick ${at + 1} is none`);
    ticks.push(checked.value);
  }
  return { ok: true, plan: plan.value, ticks };
}

const CUT_OFF: Carried = {
  ok: false,
  reason: "The link that carries a plan is incomplete or was changed on the way. Make it again on the other device, and copy all of it.",
};
const NEWER: Carried = {
  ok: false,
  reason: "The link that carries a plan was made by a newer version of this guide. Reload the page, then open it again.",
};

function refused(fault: string): Carried {
  return { ok: false, reason: `The link that carries a plan is damaged: ${fault}.` };
}

// --- Ticks as rows -----------------------------------------------------------------------------------------------------

/** In this order, without the empty ones at the end. */
function rowOf(tick: Tick, since: string, titleOf: TitleOf): readonly unknown[] {
  const { id, date, kind, title, minutes, round, items, skim, portion, times } = tick;
  const day = (dayNumber(date) ?? 0) - (dayNumber(since) ?? 0);
  const own = title === titleOf(tick) ? "" : title;
  const row = [id, day, kind, minutes, round, items, skim ? 1 : 0, portion ? [portion.spans, portion.of] : 0, times ?? 0, own];
  while (!row[row.length - 1]) row.pop();
  return row;
}

/** A row as a tick that is still to be checked; null when it is no row. */
function tickOf(row: unknown, since: string, titleOf: TitleOf): Tick | null {
  if (!Array.isArray(row)) return null;
  const [id, day, kind, minutes = 0, round = "", items = [], skim, portion, times, title] = row as unknown[];
  const date = typeof day === "number" && Number.isInteger(day) && Math.abs(day) < 100_000 ? isoDay((dayNumber(since) ?? 0) + day) : "";
  if (!Array.isArray(items) || !items.every((item) => typeof item === "string")) return null;
  const [spans, of] = Array.isArray(portion) ? (portion as unknown[]) : [];
  const made: Record<string, unknown> = {
    id,
    date,
    kind,
    title: title || titleOf({ items, kind: kind as Tick["kind"] }),
    minutes,
    round,
    items,
    ...(skim ? { skim: true } : {}),
    ...(portion ? { portion: { spans, of } } : {}),
    ...(times ? { times } : {}),
  };
  return made as unknown as Tick;
}

// --- Bytes ---------------------------------------------------------------------------------------------------------------

/** Bytes through a stream; rejects what comes to more than `most`. */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      void reader.cancel();
      throw new RangeError("too large");
    }
    parts.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Throws on what is no base64url. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}
