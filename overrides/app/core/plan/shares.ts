/**
 * How the time is divided among the rounds: shares of the 100% and bookings beside it, with the reason for each change.
 *
 * Everything is data from docs/plan/allocation.yml; this module knows the order in which it is applied and nothing else:
 * base shares → rules that move points → only the rounds of this loop → certainty → strength → what the reader set.
 * A step is recorded as the difference that it made, so the steps of a share always add up to it.
 */
import type { Allocation, BookingLine, Catalogue, Reasoned, Settings, ShareStep, When } from "./types.ts";

export interface Shares {
  /** Rounds of the 100%, in the order of the catalogue; the percentages add up to 100 (or there are none). */
  readonly inside: readonly { readonly round: string; readonly percent: number; readonly steps: readonly ShareStep[] }[];
  /** Rounds beside the 100%, with the minutes that are booked. */
  readonly outside: readonly Pick<BookingLine, "round" | "wanted" | "reasons">[];
  /** The sliders asked for more than there is. */
  readonly overbooked: boolean;
}

/** Whether a rule applies to this reader. */
export function applies(when: When, settings: Settings): boolean {
  const within = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);
  const has = (list: readonly string[], certainty: string): boolean =>
    list.length === 0 || list.some((round) => settings.rounds[round] === certainty);
  return (
    within(when.levels, settings.level) &&
    within(when.companies, settings.company) &&
    within(when.roles, settings.role) &&
    has(when.sure, "sure") &&
    has(when.unsure, "maybe") &&
    (when.speciality === undefined || when.speciality === settings.tracks.length > 0)
  );
}

/** Divide `total` minutes, which lie within so many weeks, over the rounds of the loop. */
export function divide(
  catalogue: Catalogue,
  allocation: Allocation,
  settings: Settings,
  total: number,
  weeks: number,
): Shares {
  const faced = catalogue.rounds.map((round) => round.id).filter((id) => settings.rounds[id] !== undefined);
  const outside = (round: string): boolean => (allocation.pots[round] ?? "outside") === "outside";
  const inside = settings.split === "loop" ? faced : faced.filter((round) => !outside(round));
  const ledger = new Ledger();
  if (settings.split === "loop") byLoop(catalogue, allocation, settings, inside, ledger);
  else byPlaybook(allocation, settings, inside, ledger);
  strengthen(allocation, settings, ledger);
  const overbooked = slide(allocation, settings, ledger);
  const beside = settings.split === "loop" ? [] : faced.filter(outside);
  return {
    inside: inside.map((round) => ({ round, percent: ledger.percent(round), steps: ledger.steps(round) })),
    outside: book(allocation, settings, beside, inside.length === 0, total, weeks),
    overbooked,
  };
}

/** Percentages by round (or by `pot:` while a share has no round of its own), with the steps that led to them. */
class Ledger {
  #values = new Map<string, number>();
  #history = new Map<string, ShareStep[]>();

  percent(round: string): number {
    return this.#values.get(round) ?? 0;
  }

  keys(): string[] {
    return [...this.#values.keys()];
  }

  steps(round: string): ShareStep[] {
    return this.#history.get(round) ?? [];
  }

  /** Replace all values; what changed by at least a twentieth of a point is remembered with its reason. */
  set(next: ReadonlyMap<string, number>, rule: string, reason: Reasoned): void {
    for (const key of new Set([...this.#values.keys(), ...next.keys()])) {
      const points = (next.get(key) ?? 0) - this.percent(key);
      if (Math.abs(points) >= 0.05) this.note(key, rule, reason, points);
    }
    this.#values = new Map(next);
  }

  /** Remember a reason, also one that nothing moved by. */
  note(key: string, rule: string, reason: Reasoned, points = 0): void {
    const steps = this.#history.get(key) ?? [];
    steps.push({ rule, points, reason: reason.reason, judged: reason.judged ?? "", source: reason.source });
    this.#history.set(key, steps);
  }

  /** Multiply each value and let all of them add up to 100 again. */
  scale(factor: (key: string) => number, rule: string, reason: Reasoned): void {
    const next = new Map([...this.#values].map(([key, value]) => [key, value * factor(key)]));
    this.set(normalized(next), rule, reason);
  }
}

function normalized(values: ReadonlyMap<string, number>): Map<string, number> {
  const sum = [...values.values()].reduce((a, b) => a + b, 0);
  if (sum > 0) return new Map([...values].map(([key, value]) => [key, (value * 100) / sum]));
  // Nothing has any weight (only an unconfirmed round that gets no share, say): an equal part for each.
  return new Map([...values.keys()].map((key) => [key, 100 / values.size]));
}

function byPlaybook(allocation: Allocation, settings: Settings, inside: readonly string[], ledger: Ledger): void {
  // Where the points of a share stand: at its rounds in equal parts, or at the share itself while no round claims them.
  const holders = new Map(
    allocation.shares.map((share) => {
      const rounds = inside.filter((round) => allocation.pots[round] === share.id);
      return [share.id, rounds.length > 0 ? rounds : [`pot:${share.id}`]];
    }),
  );
  const spread = (pots: ReadonlyMap<string, number>): Map<string, number> => {
    const values = new Map<string, number>();
    for (const [pot, percent] of pots)
      for (const holder of holders.get(pot) ?? []) values.set(holder, percent / (holders.get(pot)?.length ?? 1));
    return values;
  };
  const pots = new Map(allocation.shares.map((share) => [share.id, share.percent]));
  const whole = spread(pots);
  for (const share of allocation.shares) {
    const part = new Map(ledger.keys().map((key) => [key, ledger.percent(key)]));
    for (const holder of holders.get(share.id) ?? []) part.set(holder, whole.get(holder) ?? 0);
    ledger.set(part, `share:${share.id}`, share);
  }
  for (const rule of allocation.rules) {
    if (!applies(rule.when, settings)) continue;
    const points = Math.min(rule.move.points, pots.get(rule.move.from) ?? 0);
    pots.set(rule.move.from, (pots.get(rule.move.from) ?? 0) - points);
    pots.set(rule.move.to, (pots.get(rule.move.to) ?? 0) + points);
    ledger.set(spread(pots), rule.id, rule);
    if (points === 0) for (const holder of holders.get(rule.move.to) ?? []) ledger.note(holder, rule.id, rule);
  }
  const steps = allocation.steps;
  if (inside.length === 0) return;
  const left = new Map(inside.map((round) => [round, ledger.percent(round)]));
  ledger.set(normalized(left), "faced", steps["faced"] as Reasoned);
  ledger.set(normalized(unsure(allocation, settings, inside, ledger)), "certainty", steps["certainty"] as Reasoned);
}

/**
 * Weigh each round by how sure it is. What an unsure round gives up stays in its share while a surer one can use it, so
 * a share as a whole is as sure as the surest of its rounds.
 */
function unsure(
  allocation: Allocation,
  settings: Settings,
  inside: readonly string[],
  ledger: Ledger,
): Map<string, number> {
  const weighed = new Map<string, number>();
  for (const share of allocation.shares) {
    const rounds = inside.filter((round) => allocation.pots[round] === share.id);
    const surest = Math.max(...rounds.map((round) => certainty(allocation, settings, round)));
    let [before, after] = [0, 0];
    for (const round of rounds) {
      before += ledger.percent(round);
      after += ledger.percent(round) * certainty(allocation, settings, round);
    }
    for (const round of rounds) {
      const part = ledger.percent(round) * certainty(allocation, settings, round);
      weighed.set(round, after > 0 ? (part * surest * before) / after : 0);
    }
  }
  return weighed;
}

function byLoop(
  catalogue: Catalogue,
  allocation: Allocation,
  settings: Settings,
  rounds: readonly string[],
  ledger: Ledger,
): void {
  if (rounds.length === 0) return;
  const loop = allocation.loops.find((one) => one.company === settings.company);
  const spent = new Map<string, number>();
  for (const round of rounds) {
    const asked = loop?.interviews.filter((one) => one.round === round && one.levels.includes(settings.level)) ?? [];
    const minutes = asked.reduce((sum, one) => sum + one.count * one.minutes, 0);
    spent.set(round, minutes || usualMinutes(catalogue, round));
  }
  const reason = allocation.steps["loop"] as Reasoned;
  ledger.set(normalized(spent), "loop", loop ? { ...reason, source: loop.source } : reason);
  ledger.scale(
    (round) => certainty(allocation, settings, round),
    "certainty",
    allocation.steps["certainty"] as Reasoned,
  );
}

function usualMinutes(catalogue: Catalogue, round: string): number {
  const minutes = catalogue.rounds.find((one) => one.id === round)?.minutes;
  if (!minutes || minutes.length === 0) return 45;
  return minutes.reduce((a, b) => a + b, 0) / minutes.length;
}

function certainty(allocation: Allocation, settings: Settings, round: string): number {
  return settings.rounds[round] === "maybe" ? (allocation.steps["certainty"]?.maybe ?? 1) : 1;
}

function weakness(allocation: Allocation, settings: Settings, round: string): number {
  const step = allocation.steps["strength"];
  const strength = settings.strength[round];
  if (strength === "weak") return step?.weak ?? 1;
  return strength === "strong" ? (step?.strong ?? 1) : 1;
}

function strengthen(allocation: Allocation, settings: Settings, ledger: Ledger): void {
  if (ledger.keys().length === 0) return;
  ledger.scale((round) => weakness(allocation, settings, round), "strength", allocation.steps["strength"] as Reasoned);
}

/** Apply the sliders. Returns whether they asked for more than 100%, and so had to be scaled down. */
function slide(allocation: Allocation, settings: Settings, ledger: Ledger): boolean {
  const rounds = ledger.keys().filter((key) => !key.startsWith("pot:"));
  const set = rounds.filter((round) => settings.shares[round] !== undefined);
  if (set.length === 0) return false;
  const wanted = set.reduce((sum, round) => sum + (settings.shares[round] ?? 0), 0);
  const others = rounds.filter((round) => settings.shares[round] === undefined);
  const rest = others.reduce((sum, round) => sum + ledger.percent(round), 0);
  const left = Math.max(0, 100 - wanted);
  const values = new Map<string, number>();
  for (const round of rounds) {
    const own = settings.shares[round];
    if (own !== undefined) values.set(round, own);
    else values.set(round, rest > 0 ? (ledger.percent(round) * left) / rest : left / others.length);
  }
  ledger.set(normalized(values), "slider", allocation.steps["slider"] as Reasoned);
  return wanted > 100.5 || (others.length === 0 && wanted < 99.5);
}

/**
 * Minutes for each round beside the shares. When they are all there is to prepare for, they get all the time.
 * A booking that has become too short for a useful session is dropped: seven minutes of coding help nobody.
 */
function book(
  allocation: Allocation,
  settings: Settings,
  rounds: readonly string[],
  alone: boolean,
  total: number,
  weeks: number,
): Pick<BookingLine, "round" | "wanted" | "reasons">[] {
  const lines = rounds.map((round) => {
    const booking = allocation.bookings.find((one) => one.round === round);
    const reasons: ShareStep[] = [];
    const remember = (rule: string, reason: Reasoned): void => {
      reasons.push({ rule, points: 0, reason: reason.reason, judged: reason.judged ?? "", source: reason.source });
    };
    if (!booking) return { round, wanted: alone ? total : 0, reasons };
    remember(`booking:${round}`, booking);
    let factor = certainty(allocation, settings, round) * weakness(allocation, settings, round);
    for (const rule of allocation.booking_rules) {
      if (!rule.rounds.includes(round) || !applies(rule.when, settings)) continue;
      factor *= rule.factor;
      remember(rule.id, rule);
    }
    if (settings.rounds[round] === "maybe") remember("certainty", allocation.steps["certainty"] as Reasoned);
    if (weakness(allocation, settings, round) !== 1) remember("strength", allocation.steps["strength"] as Reasoned);
    const weekly = booking.how === "weekly";
    const sessions = weekly ? Math.max(1, Math.round((booking.sessions ?? 1) * weeks * factor)) : factor;
    const wanted = Math.max(booking.least ?? 0, booking.minutes * sessions);
    if (alone) return { round, wanted, reasons };
    const least = weekly ? booking.minutes * 0.8 : (booking.least ?? 10);
    const most = Math.min(wanted, (total * booking.at_most) / 100);
    return { round, wanted: most >= least ? most : 0, reasons };
  });
  const sum = lines.reduce((all, line) => all + line.wanted, 0);
  const most = alone ? total : (total * allocation.outside_at_most) / 100;
  const factor = sum > 0 && (alone || sum > most) ? most / sum : 1;
  return lines.map((line) => ({ ...line, wanted: Math.floor(line.wanted * factor) }));
}
