/**
 * What a round holds whatever else is worth (docs/plan/allocation.yml, `floors`): designs that are spoken with cases that
 * are read, where something is designed; code that is written, where that is asked.
 *
 * Worth a minute alone would never buy them: forty short versions are worth more than one design, and do not add up to
 * one. So such a round has quotas, which its purse fills first, as far as it can pay: how the round goes, the framework of
 * designs, the practice itself, and cases by themselves where a design is too long for what is left.
 */
import type { Index } from "./history.ts";
import type { Piece } from "./schedule.ts";
import type { Quota } from "./select.ts";
import type { Allocation, Kind } from "./types.ts";
import type { Work } from "./work.ts";

interface Reader {
  /** Rounds of the loop, in the order of the purses. */
  readonly faced: readonly string[];
  /** Minutes of a round from today on. */
  readonly part: (round: string) => number;
  /** Rounds of which a mock interview is planned. */
  readonly mocked: ReadonlySet<string>;
}

type Floor = Allocation["floors"][number];

/** Minutes of a design with its case, and of code. */
const TAKES = { design: 60, code: 45 };
const KINDS: Readonly<Record<Floor["kind"], readonly Kind[]>> = { design: ["design"], code: ["code", "debug"] };

/** How often a round of so many minutes is practiced at least; a little less than a whole time counts as one. */
function times(floor: Floor, part: number): number {
  return Math.floor((part + floor.every / 4) / floor.every);
}

/** Minutes of a round that its floor takes, about. */
export function held({ floors }: Allocation, round: string, part: number): number {
  return floors.filter((floor) => floor.rounds.includes(round)).reduce((sum, floor) => sum + times(floor, part) * TAKES[floor.kind], 0);
}

/** Whether few days leave time to read the framework and not only its short version, beside what else there is to do. */
export function framed({ floors }: Allocation, part: (round: string) => number): boolean {
  return floors.some((floor) => floor.framework.length > 0 && floor.rounds.some((round) => part(round) >= 1.5 * floor.every));
}

export function quotas(works: readonly Work[], allocation: Allocation, index: Index, reader: Reader): Quota[] {
  const served = allocation.floors.flatMap((floor) => floor.rounds.filter((round) => reader.faced.includes(round)).map((round) => ({ floor, round })));
  const lists = served.map(({ floor, round }) => ofRound(works, allocation, floor, round, index, reader));
  // Who has the least to choose from chooses first.
  return lists.sort((a, b) => a.choice - b.choice).flatMap((list) => list.quotas);
}

function ofRound(works: readonly Work[], allocation: Allocation, floor: Floor, round: string, index: Index, reader: Reader): { quotas: Quota[]; choice: number } {
  const own = works.map((_, at) => at).filter((at) => works[at]?.rounds.includes(round));
  const work = (at: number): Work => works[at] as Work;
  const kindOf = (at: number): string | undefined => index.items.get(work(at).subject)?.kind;
  /** What a work is worth a minute, with what of its page comes before it. */
  const rate = (at: number): number => {
    const group = [at, ...work(at).needs.filter((need) => work(need).subject === work(at).subject)].map(work);
    return group.reduce((sum, one) => sum + one.worth, 0) / group.reduce((sum, one) => sum + one.minutes, 0);
  };
  const best = (which: (at: number) => boolean): number[] => own.filter(which).sort((a, b) => rate(b) - rate(a) || a - b);
  const first = index.resolve(floor.framework[0] ?? "");
  const count = times(floor, reader.part(round));
  const occasional = new Set(allocation.activities.filter((one) => one.importance !== "core").map((one) => `activity:${one.id}`));
  // Code that the guide itself grades comes before what is to be found elsewhere.
  const elsewhere = (at: number): number => Number(floor.kind === "code" && work(at).subject.startsWith("activity:"));
  const practice = best((at) => KINDS[floor.kind].includes(work(at).kind)).sort((a, b) => elsewhere(a) - elsewhere(b));
  const cases = floor.kind === "design" ? best((at) => work(at).kind === "read" && kindOf(at) === "case") : [];
  const glance = own.filter((at) => work(at).skim && kindOf(at) === "round");
  // All of it, or else its short version; where all of it waits for that, the short version is what comes first.
  const depth = (at: number): number => 2 * work(at).needs.length + Number(work(at).skim);
  const framework = own.filter((at) => work(at).kind === "read" && work(at).subject === first).sort((a, b) => depth(a) - depth(b));
  const lists = [
    { of: glance, count: 1 },
    { of: framework, count: 1 },
    { of: practice.filter((at) => !occasional.has(work(at).subject)), count },
    { of: cases, count },
    { of: practice, count },
  ];
  const asked = count > 0 || reader.mocked.has(round);
  const purse = reader.faced.indexOf(round);
  return { quotas: asked ? lists.map((list) => ({ purse, ...list })) : [], choice: practice.length };
}

/**
 * Where designs come in their round: the first before the rest of it, with what it needs, and the others evenly among what
 * there is to read and drill. With few days every one comes first, since what comes last finds no room. `before`: more
 * than any rank.
 */
export function designsInPlace(pieces: readonly Piece[], before: number, brief: boolean, index: Index): Piece[] {
  const piece = (at: number): Piece => pieces[at] as Piece;
  const planned = pieces.map((_, at) => at).filter((at) => !piece(at).reserve).sort((a, b) => piece(a).rank - piece(b).rank);
  const moved = new Map<number, number>();
  /** A design with all that comes before it and has no place yet, each after what it needs. */
  const group = (design: number): number[] => {
    const found = new Set<number>();
    const stack = [design];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (found.has(top) || moved.has(top) || piece(top).reserve) continue;
      found.add(top);
      stack.push(...piece(top).needs, ...piece(top).prefers);
    }
    return planned.filter((at) => found.has(at));
  };
  const designs = new Map<string, number[]>();
  const early = (at: number): boolean => piece(at).work.kind === "design" || (brief && index.items.get(piece(at).work.subject)?.kind === "case" && piece(at).work.kind === "read");
  for (const at of planned) if (early(at)) designs.set(piece(at).round, [...(designs.get(piece(at).round) ?? []), at]);
  for (const own of designs.values())
    for (const design of brief ? own : own.slice(0, 1)) for (const at of group(design)) moved.set(at, piece(at).rank - (2 - piece(at).work.early) * before);
  if (!brief)
    for (const [round, own] of designs) {
      const groups = own.slice(1).map(group);
      const together = new Set(groups.flat());
      const others = planned.filter((at) => piece(at).round === round && !piece(at).bound && !moved.has(at) && !together.has(at) && piece(at).work.early < 2);
      groups.forEach((each, number) => {
        const next = others[Math.floor(((number + 1) * others.length) / own.length)];
        each.forEach((at, place) => {
          if (next !== undefined && !moved.has(at)) moved.set(at, Math.min(piece(at).rank, piece(next).rank - (each.length - place) / (each.length + 1)));
        });
      });
    }
  return pieces.map((each, at) => ({ ...each, rank: moved.get(at) ?? each.rank }));
}
