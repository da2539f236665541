/**
 * Which works fit into the time, so that what they are worth together is large.
 *
 * A knapsack with prerequisites and one purse for each round: every chosen work is paid by one purse that may pay for
 * it, no purse is overdrawn, and whatever a chosen work needs is chosen too. Exact solutions take exponential time, so it
 * is *greedy with closures*: take again and again the work with the most worth a minute, counted together with what it
 * still needs. Three variants (worth a minute, worth a root of a minute, plain worth) are tried, since the first fails
 * where one large work beats several small ones; the best one is kept.
 *
 * Exchanging chosen works for others, and searching where few are in question, was measured over 250 random settings: it
 * added nothing on a guide of full size and 0.7% of the worth on a small one, less than the values are known to.
 *
 * What a purse has to hold whatever else is worth (`Quota`) is bought before that, the first that it can pay for.
 *
 * The purses hold against each other, so no share starves another; what is left out is what is worth least a minute.
 * Last, *rounding*: minutes that no purse could use for itself may be spent where a purse is overdrawn by at most its
 * slack. tests/app/select.test.ts compares the result with the optimum, found by trying everything on small instances.
 */

export interface Candidate {
  readonly minutes: number;
  readonly worth: number;
  /** Indices of candidates that must be chosen too. */
  readonly needs: readonly number[];
  /** Indices of purses that may pay. */
  readonly purses: readonly number[];
  /** Purses that pay when those cannot: of rounds that need it for something else. */
  readonly spare: readonly number[];
  /** The candidate whose purse pays for this one too; it must be among `needs`. */
  readonly follows: number | null;
  /** It is chosen only with something that needs it. */
  readonly support?: boolean;
}

/** So many of these are bought by one purse before anything else, in this order, as far as it can pay for them. */
export interface Quota {
  readonly purse: number;
  readonly of: readonly number[];
  readonly count: number;
}

export interface Choice {
  /** The purse that pays for each candidate; -1 = left out. */
  readonly purse: readonly number[];
  /** Chosen candidates in the order in which they were taken: the most valuable first, what they need before them. */
  readonly order: readonly number[];
  readonly worth: number;
  readonly minutes: number;
}

const EXPONENTS = [1, 0.5, 0];
const BETTER = 1.05;
/** With more works than that nothing is moved to another purse to make room: something else fits as well. */
const MANY = 400;
/** What lacks more than so many works is not thought of until it lacks fewer. */
const NEAR = 12;

/** The choice for these purses; with `slack`, what is left is spent where a purse is overdrawn by at most that. */
export function select(net: Net, purses: readonly number[], slack?: readonly number[], quotas: readonly Quota[] = []): Choice {
  let best: Attempt | null = null;
  for (const exponent of EXPONENTS) {
    const attempt = new Attempt(net, purses);
    for (const quota of quotas) attempt.buy(quota);
    attempt.fill(exponent);
    // What is worth most a minute makes the plan that is easiest to follow: it gives way only to what is clearly better.
    if (best === null || attempt.worth > best.worth * BETTER) best = attempt;
    if (attempt.order.length === net.size) break;
  }
  if (slack) best?.round(slack);
  return (best as Attempt).choice();
}

/** Put each after what it needs, else keep the order. */
export function byNeed(order: readonly number[], needs: (index: number) => readonly number[]): number[] {
  const among = new Set(order);
  const placed = new Set<number>();
  const result: number[] = [];
  for (const index of order) {
    const stack = [index];
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as number;
      const missing = placed.has(top) ? [] : needs(top).filter((need) => !placed.has(need) && among.has(need));
      if (missing.length > 0) {
        stack.push(...missing);
        continue;
      }
      stack.pop();
      if (placed.has(top)) continue;
      placed.add(top);
      result.push(top);
    }
  }
  return result;
}

/** The works and what they need, both ways. */
export class Net {
  readonly size: number;
  readonly candidates: readonly Candidate[];
  /** Who needs a work directly. */
  readonly wanted: readonly (readonly number[])[];
  /** What needs itself in the end, or something that cannot be had: never chosen. */
  readonly hopeless: Uint8Array;
  /** Each work after all that it needs. */
  readonly sorted: readonly number[];

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates;
    this.size = candidates.length;
    const wanted: number[][] = candidates.map(() => []);
    const missing = candidates.map((candidate) => candidate.needs.length);
    candidates.forEach((candidate, index) => {
      for (const need of candidate.needs) wanted[need]?.push(index);
    });
    this.wanted = wanted;
    const sorted: number[] = [];
    missing.forEach((count, index) => {
      if (count === 0) sorted.push(index);
    });
    for (let at = 0; at < sorted.length; at += 1)
      for (const index of wanted[sorted[at] as number] as number[]) {
        missing[index] = (missing[index] as number) - 1;
        if (missing[index] === 0) sorted.push(index);
      }
    this.sorted = sorted;
    this.hopeless = new Uint8Array(this.size).fill(1);
    for (const index of sorted) this.hopeless[index] = 0;
    for (const index of sorted) {
      const { needs, purses, spare, follows } = this.at(index);
      if ((purses.length + spare.length === 0 && follows === null) || needs.some((need) => this.hopeless[need])) this.hopeless[index] = 1;
    }
  }

  at(index: number): Candidate {
    return this.candidates[index] as Candidate;
  }
}

class Attempt {
  readonly purse: Int16Array;
  order: number[] = [];
  worth = 0;
  minutes = 0;
  readonly #net: Net;
  readonly #room: Float64Array;
  #left: number;
  /** Minutes and worth of a work with all that it needs and that is not chosen yet. */
  readonly #cost: Float64Array;
  readonly #gain: Float64Array;
  readonly #mark: Int32Array;
  #walk = 0;
  /** Works that another purse could pay for as well, and whose purse nothing else follows. */
  readonly #movable: readonly number[];

  constructor(net: Net, purses: readonly number[]) {
    this.#net = net;
    this.purse = new Int16Array(net.size).fill(-1);
    this.#room = Float64Array.from(purses);
    this.#left = purses.reduce((sum, minutes) => sum + minutes, 0);
    this.#cost = new Float64Array(net.size).fill(Infinity);
    this.#gain = new Float64Array(net.size);
    this.#mark = new Int32Array(net.size);
    const followed = new Set(net.candidates.map((candidate) => candidate.follows));
    this.#movable = net.sorted.filter((index) => {
      const { purses, follows } = net.at(index);
      return follows === null && purses.length > 1 && !followed.has(index);
    });
    for (const index of net.sorted) if (!net.hopeless[index]) this.#measure(index);
  }

  choice(): Choice {
    const order = byNeed(this.order, (index) => this.#net.at(index).needs);
    return { purse: [...this.purse], order, worth: this.worth, minutes: this.minutes };
  }

  /** Spend what is left on works that need nothing more, where a purse is overdrawn by at most its slack. */
  round(slack: readonly number[]): void {
    const density = (index: number): number => this.#net.at(index).worth / this.#net.at(index).minutes;
    for (let found = true; found; ) {
      const open = this.#net.sorted.filter((index) => this.#isOpen(index)).sort((a, b) => density(b) - density(a) || a - b);
      found = false;
      for (const index of open) if (this.#isOpen(index) && this.#take(index, slack) !== null) found = true;
    }
  }

  #isOpen(index: number): boolean {
    const { minutes, needs, support } = this.#net.at(index);
    if (support || this.purse[index] !== -1 || this.#net.hopeless[index] || minutes > this.#left) return false;
    return needs.every((need) => this.purse[need] !== -1);
  }

  /** A work and all that it needs and that is not chosen yet, each after what it needs. */
  #closure(index: number): number[] {
    this.#walk += 1;
    const found: number[] = [];
    // A walk with its own stack: chains of prerequisites may be thousands long.
    const stack = [index];
    const path: number[] = [];
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as number;
      if (path[path.length - 1] === top) {
        path.pop();
        stack.pop();
        found.push(top);
        continue;
      }
      if (this.#mark[top] === this.#walk) {
        stack.pop();
        continue;
      }
      this.#mark[top] = this.#walk;
      path.push(top);
      for (const need of this.#net.at(top).needs)
        if (this.purse[need] === -1 && this.#mark[need] !== this.#walk) stack.push(need);
    }
    return found;
  }

  /** Minutes and worth of a work with all that it needs and that is not chosen yet, unless that is too much. */
  #measure(index: number): void {
    this.#walk += 1;
    const stack = [index];
    this.#mark[index] = this.#walk;
    let [cost, gain, count] = [0, 0, 0];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { minutes, worth, needs } = this.#net.at(top);
      cost += minutes;
      gain += worth;
      count += 1;
      if (count > NEAR) {
        cost = Infinity;
        break;
      }
      for (const need of needs) {
        if (this.purse[need] !== -1 || this.#mark[need] === this.#walk) continue;
        this.#mark[need] = this.#walk;
        stack.push(need);
      }
    }
    this.#cost[index] = cost;
    this.#gain[index] = gain;
  }

  /** Buy what a purse has to hold; what it holds already counts. */
  buy({ purse, of, count }: Quota): void {
    const none = this.#room.map(() => 0);
    let held = of.filter((index) => this.purse[index] === purse).length;
    for (const index of of) {
      if (held >= count) return;
      if (this.purse[index] !== -1 || this.#net.hopeless[index]) continue;
      const taken = this.#take(index, none, purse);
      if (taken === null) continue;
      if (this.purse[index] === purse) held += 1;
      for (const one of taken) this.#relieve(one, () => undefined);
    }
  }

  /** Take the best work again and again until nothing fits. */
  fill(exponent: number): void {
    const slack = this.#room.map(() => 0);
    const { purse } = this;
    const cost = this.#cost;
    const score = new Float64Array(this.#net.size);
    const rate = (index: number): void => {
      score[index] = (this.#gain[index] as number) / (cost[index] as number) ** exponent;
    };
    const open: number[] = [];
    for (let index = 0; index < this.#net.size; index += 1) {
      if (this.purse[index] !== -1 || this.#net.hopeless[index] || this.#net.at(index).support) continue;
      rate(index);
      open.push(index);
    }
    // Who was refused is asked again only when much of what it needs has been taken by others.
    const refused = new Float64Array(this.#net.size).fill(Infinity);
    for (;;) {
      let best = -1;
      let most = -Infinity;
      let kept = 0;
      for (let at = 0; at < open.length; at += 1) {
        const index = open[at] as number;
        if (purse[index] !== -1) continue;
        open[kept] = index;
        kept += 1;
        if ((score[index] as number) <= most) continue;
        const minutes = cost[index] as number;
        if (minutes > this.#left || minutes > 0.7 * (refused[index] as number)) continue;
        most = score[index] as number;
        best = index;
      }
      open.length = kept;
      if (best === -1) return;
      const taken = this.#take(best, slack);
      if (taken === null) {
        refused[best] = this.#cost[best] as number;
        continue;
      }
      for (const one of taken) this.#relieve(one, rate);
    }
  }

  /** What was taken no longer has to be paid by those who need it, directly or not. */
  #relieve(index: number, rate: (index: number) => void): void {
    const stack = [index];
    const met = new Set(stack);
    while (stack.length > 0) {
      for (const next of this.#net.wanted[stack.pop() as number] as readonly number[]) {
        if (met.has(next) || this.purse[next] !== -1 || this.#net.hopeless[next]) continue;
        met.add(next);
        this.#measure(next);
        rate(next);
        // Who needs something that is still too far away is still farther away.
        if (this.#cost[next] !== Infinity) stack.push(next);
      }
    }
  }

  /** Choose a work with all that it needs, if purses can pay: `own`, for what it may pay for. Returns what was chosen. */
  #take(index: number, slack: ArrayLike<number>, own = -1): number[] | null {
    const closure = this.#closure(index);
    let minutes = 0;
    for (const one of closure) minutes += this.#net.at(one).minutes;
    if (minutes > this.#left) return null;
    const moved: [number, number][] = [];
    const paid: number[] = [];
    for (const one of closure) {
      const { purses, follows } = this.#net.at(one);
      const purse = follows === null && purses.includes(own) ? this.#only(own, one) : this.#payer(one, slack, moved);
      if (purse === -1) {
        // Moves first: what was moved may have been paid for only here.
        for (const [other, by] of moved.reverse()) this.#pay(other, by);
        for (const other of paid) this.#pay(other, -1);
        return null;
      }
      this.#pay(one, purse);
      paid.push(one);
    }
    for (const one of closure) {
      this.order.push(one);
      this.worth += this.#net.at(one).worth;
      this.minutes += this.#net.at(one).minutes;
      this.#left -= this.#net.at(one).minutes;
    }
    return closure;
  }

  #only(purse: number, index: number): number {
    return (this.#room[purse] as number) >= this.#net.at(index).minutes ? purse : -1;
  }

  /** The purse that has most left of those that may pay, if need be after another work was moved to make room. */
  #payer(index: number, slack: ArrayLike<number>, moved: [number, number][]): number {
    const { minutes, follows, purses, spare } = this.#net.at(index);
    const fitting = (list: readonly number[]): number => {
      let found = -1;
      for (const purse of list) {
        if ((this.#room[purse] as number) + (slack[purse] ?? 0) < minutes) continue;
        if (found === -1 || (this.#room[purse] as number) > (this.#room[found] as number)) found = purse;
      }
      return found;
    };
    const possible = follows === null ? purses : [this.purse[follows] as number];
    const found = fitting(possible);
    if (found !== -1) return found;
    if (this.#net.size <= MANY)
      for (const purse of possible) {
        const missing = minutes - (slack[purse] ?? 0) - (this.#room[purse] as number);
        for (const other of this.#movable) {
          const candidate = this.#net.at(other);
          if (this.purse[other] !== purse || candidate.minutes < missing) continue;
          const to = candidate.purses.find(
            (one) => one !== purse && (this.#room[one] as number) + (slack[one] ?? 0) >= candidate.minutes,
          );
          if (to === undefined) continue;
          moved.push([other, purse]);
          this.#pay(other, to);
          return purse;
        }
      }
    return follows === null ? fitting(spare) : -1;
  }

  /** Let a purse pay for a work (-1 = none), and give back what another one paid. */
  #pay(index: number, purse: number): void {
    const { minutes } = this.#net.at(index);
    const before = this.purse[index] as number;
    if (before !== -1) this.#room[before] = (this.#room[before] as number) + minutes;
    if (purse !== -1) this.#room[purse] = (this.#room[purse] as number) - minutes;
    this.purse[index] = purse;
  }
}
