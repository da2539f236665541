/**
 * Chosen works → days. Days are filled one after another; at each moment the round that is furthest behind its part of
 * the work goes next, so that the rounds are interleaved and every prefix of the plan keeps the shares.
 *
 * What holds by construction, whatever comes in:
 * - a day never gets more minutes than it has, and the day before the interview gets only light things;
 * - a work is placed only after all that it needs; drills and designs, on a later day than the reading, if there are days;
 * - a page is read only if a later day has room for it to come back, and that room is reserved at once;
 * - mock interviews lie in the last third and are put there first, so that nothing crowds them out;
 * - what was begun is finished: a work of which a part found no place is taken out again.
 */
import { COMEBACK, QUESTION, SESSION, type Work } from "./works.ts";

export interface StudyDay {
  /** Days since 1970. */
  readonly number: number;
  readonly available: number;
  /** Minutes that may be planned: fewer than are available on the light day. */
  readonly cap: number;
  readonly light: boolean;
}

/** A work as it was chosen: with the round that pays, and skimming and reading on joined into one. */
export interface Piece {
  readonly work: Work;
  readonly minutes: number;
  readonly round: string;
  /** Positions in the list of pieces. */
  readonly needs: readonly number[];
  readonly rank: number;
  /** The skim alone, for when a page to read cannot come back any more. */
  readonly short: Work | null;
  /** It was not chosen, and is only used where time is left over. */
  readonly reserve: boolean;
}

export interface Placed {
  /** Position in the list of pieces, or -1 for what is no piece. */
  readonly piece: number;
  readonly work: Work;
  round: string;
  readonly minutes: number;
  part: number;
  parts: number;
}

/** A page that comes back: part of a review session. */
export interface Back {
  readonly page: string;
  readonly round: string;
  readonly minutes: number;
}

/** A page that was read, and when it came back so far. */
interface Seen {
  readonly page: string;
  readonly round: string;
  readonly worth: number;
  /** Days since 1970. */
  readonly days: number[];
}

/** Days between two meetings with a page, each longer than the one before. */
const SPACING = [2, 4, 7, 12, 21, 35, 60];
/** Where a page that was just read comes back first, if there is room. */
const FIRST_BACK = 6;
/** With less work than time, new things come in the first part of the days and the rest belongs to review. */
const LEARNING = 0.8;
const UNHURRIED = 0.85;
const SEARCH = 14;
/** So much may a round be over its part by what comes back on the last day. */
const OVER = 40;
/** Fewer than three questions are no drill. */
const CRUMB = 3 * QUESTION;

export class Schedule {
  readonly days: readonly StudyDay[];
  readonly placed: Placed[][];
  readonly backs: Back[][];
  readonly #pieces: readonly Piece[];
  readonly #free: number[];
  /** The day on which a piece was finished; -1 = not placed. */
  readonly #finished: number[];
  readonly #seen = new Map<string, Seen>();
  readonly #planned = new Map<string, number>();
  readonly #brief: boolean;
  readonly #largest: number;
  /** There is more time than work. */
  #unhurried = false;
  readonly #lastDone: (activity: string) => number | null;

  constructor(
    days: readonly StudyDay[],
    pieces: readonly Piece[],
    brief: boolean,
    lastDone: (activity: string) => number | null,
  ) {
    this.days = days;
    this.#pieces = pieces;
    this.#brief = brief;
    this.#lastDone = lastDone;
    this.#free = days.map((day) => day.cap);
    this.placed = days.map(() => []);
    this.backs = days.map(() => []);
    this.#finished = pieces.map(() => -1);
    this.#largest = Math.min(SESSION, Math.max(0, ...days.filter((day) => !day.light).map((day) => day.cap)));
  }

  isPlaced(piece: number): boolean {
    return (this.#finished[piece] ?? -1) >= 0;
  }

  room(day: number): number {
    return this.#free[day] ?? 0;
  }

  /** Ids of the works that have a place, as they were placed. */
  works(): Set<string> {
    return new Set(this.placed.flat().map((one) => one.work.id));
  }

  minutesOf(round: string): number {
    return this.#planned.get(round) ?? 0;
  }

  /** A page that was read before this plan, on a day that may lie in the past. */
  remember(page: string, round: string, worth: number, days: readonly number[]): void {
    this.#seen.set(page, { page, round, worth, days: [...days] });
  }

  /** Put something that is no piece (a mock interview, a checklist) on a day. */
  fix(day: number, work: Work, round: string, minutes: number): void {
    this.#put(day, { piece: -1, work, round, minutes, part: 1, parts: 1 });
  }

  /** Let a page come back on a day. */
  back(day: number, page: string, round: string, minutes: number): void {
    this.backs[day]?.push({ page, round, minutes });
    this.#spend(day, round, minutes);
  }

  #put(day: number, placed: Placed): void {
    this.placed[day]?.push(placed);
    this.#spend(day, placed.round, placed.minutes);
  }

  #spend(day: number, round: string, minutes: number): void {
    this.#free[day] = (this.#free[day] ?? 0) - minutes;
    this.#planned.set(round, this.minutesOf(round) + minutes);
  }

  // --- The main pass ----------------------------------------------------------------------------------------------

  fill(): void {
    const rest = this.#pieces.map((piece) => piece.minutes);
    const parts = this.#pieces.map(() => 0);
    const queues = new Map<string, number[]>();
    this.#pieces
      .map((_, index) => index)
      .filter((index) => !this.#pieces[index]?.reserve)
      .sort((a, b) => (this.#pieces[a] as Piece).rank - (this.#pieces[b] as Piece).rank)
      .forEach((index) => {
        const round = (this.#pieces[index] as Piece).round;
        const queue = queues.get(round) ?? [];
        queue.push(index);
        queues.set(round, queue);
      });
    const rounds = [...queues.keys()];
    const weight = new Map(rounds.map((round) => [round, sum(queues.get(round)?.map((index) => rest[index] ?? 0) ?? [])]));
    const all = sum([...weight.values()]);
    const done = new Map<string, number>();
    const pace = this.#pace(all);
    let total = 0;
    let streak: string[] = [];

    for (let day = 0; day < this.days.length; day += 1) {
      const limit = pace[day] ?? Infinity;
      for (;;) {
        const order = rounds
          .filter((round) => (queues.get(round)?.length ?? 0) > 0)
          .map((round) => {
            const lag = ((weight.get(round) ?? 0) * (total + 20)) / all - (done.get(round) ?? 0);
            // Two in a row are enough, if something else can be done.
            return { round, tired: streak.length === 2 && streak.every((one) => one === round), lag };
          })
          .sort((a, b) => Number(a.tired) - Number(b.tired) || b.lag - a.lag)
          .map((one) => one.round);
        const next = this.#next(day, order, queues, rest, limit - total);
        if (next === null) break;
        const { index, minutes } = next;
        const piece = this.#pieces[index] as Piece;
        parts[index] = (parts[index] ?? 0) + 1;
        const whole = minutes === rest[index];
        this.#put(day, { piece: index, work: piece.work, round: piece.round, minutes, part: parts[index] ?? 1, parts: 1 });
        rest[index] = (rest[index] ?? 0) - minutes;
        total += minutes;
        done.set(piece.round, (done.get(piece.round) ?? 0) + minutes);
        streak = [...streak, piece.round].slice(-2);
        if (whole) {
          queues.set(piece.round, queues.get(piece.round)?.filter((one) => one !== index) ?? []);
          this.#finish(index, day, piece.work, piece.round);
        }
      }
    }
    this.#withdraw(parts);
  }

  /** How many minutes of new work may be placed up to each day, when there is more time than work. */
  #pace(all: number): readonly number[] {
    const caps = this.#free.map((minutes, day) => (this.days[day]?.light ? 0 : Math.max(0, minutes)));
    const time = sum(caps);
    if (time === 0 || all >= time * UNHURRIED) return caps.map(() => Infinity);
    this.#unhurried = true;
    let before = 0;
    return caps.map((minutes) => {
      before += minutes;
      return before >= time * LEARNING ? Infinity : (all * before) / (time * LEARNING) + 15;
    });
  }

  /** The next piece for a day, and how many of its minutes. */
  #next(
    day: number,
    order: readonly string[],
    queues: ReadonlyMap<string, readonly number[]>,
    rest: readonly number[],
    allowed: number,
  ): { index: number; minutes: number } | null {
    const free = this.room(day);
    if (free < 3) return null;
    const quiet = (this.placed[day] as Placed[]).length === 0;
    let divided: { index: number; minutes: number } | null = null;
    for (const round of order) {
      let looked = 0;
      for (const index of queues.get(round) ?? []) {
        if (!this.#ready(index, day) || this.#tiring(index, day)) continue;
        const minutes = rest[index] ?? 0;
        if (!quiet && minutes / 2 > allowed) continue;
        if (quiet && allowed < 0) continue;
        if (minutes <= free && minutes <= SESSION && this.#canReturn(index, day)) return { index, minutes };
        const part = this.#divide(index, minutes, free, day);
        // A work that is larger than any day is begun at once: waiting would not make the days longer.
        if (part !== null && minutes > this.#largest) return part;
        divided ??= part;
        looked += 1;
        if (looked >= SEARCH) break;
      }
    }
    return divided;
  }

  /** A first part of a piece that does not fit whole. */
  #divide(index: number, minutes: number, free: number, day: number): { index: number; minutes: number } | null {
    const { grain, kind } = (this.#pieces[index] as Piece).work;
    if (grain === 0) return null;
    const questions = grain === QUESTION;
    // With time to spare nothing is cut that a day can hold whole, and a design against the clock never is.
    if (minutes <= this.#largest && (this.#unhurried || kind === "design")) return null;
    // What would fit whole on another day is cut only where both parts are worth sitting down for.
    if (minutes <= this.#largest && (questions ? free < CRUMB || minutes < 2 * CRUMB : free < 20 || minutes < 30)) return null;
    const least = Math.min(grain, minutes);
    // Equal parts, rounded up to what can be done in one go, are kinder than a long one and a crumb.
    const count = Math.ceil(minutes / Math.max(least, Math.min(free, SESSION)));
    if (count < 2) return null;
    let part = Math.max(least, Math.ceil(minutes / count));
    if (questions) part = Math.floor(Math.min(free, SESSION, Math.max(QUESTION, minutes - CRUMB)) / QUESTION) * QUESTION;
    if (part > free || part < least || part >= minutes) return null;
    // The rest must have somewhere to go.
    let open = 0;
    for (let later = day + 1; later < this.days.length && open < minutes - part; later += 1)
      if (!this.days[later]?.light && this.room(later) >= least) open += this.room(later);
    return open >= minutes - part ? { index, minutes: part } : null;
  }

  #ready(index: number, day: number): boolean {
    const { work, needs } = this.#pieces[index] as Piece;
    const today = this.days[day] as StudyDay;
    if (today.light && !this.#isLight(work)) return false;
    for (const need of needs) {
      const at = this.#finished[need] ?? -1;
      if (at < 0 || at > day) return false;
      if (work.later && !this.#brief && at === day) return false;
      if (work.every > 0 && today.number < (this.days[at] as StudyDay).number + work.every) return false;
    }
    if (work.every > 0) {
      const last = this.#lastDone(work.subject);
      if (last !== null && today.number < last + work.every) return false;
    }
    return true;
  }

  /** What new work may be done on the day before the interview, besides what comes back by itself. */
  #isLight(work: Work): boolean {
    return this.#brief && work.kind === "drill" && !work.subject.startsWith("activity:");
  }

  /** One design a day is enough, a second one only on a long day. */
  #tiring(index: number, day: number): boolean {
    if (this.#pieces[index]?.work.kind !== "design") return false;
    const before = (this.placed[day] as Placed[]).filter((one) => one.work.kind === "design").length;
    return before > Math.floor((this.days[day] as StudyDay).cap / 180);
  }

  /** Whether what is read on this day can come back on a later one. On the last day nothing can, and nothing has to. */
  #canReturn(index: number, day: number): boolean {
    if (!(this.#pieces[index] as Piece).work.comeback) return true;
    return this.#returnDay(day) >= 0 || this.days.length === 1;
  }

  #returnDay(day: number): number {
    const wanted = (this.days[day] as StudyDay).number + FIRST_BACK;
    let found = -1;
    let distance = Infinity;
    for (let later = day + 1; later < this.days.length; later += 1) {
      if (this.room(later) < COMEBACK) continue;
      const off = Math.abs((this.days[later] as StudyDay).number - wanted);
      if (off < distance) [found, distance] = [later, off];
    }
    return found;
  }

  #finish(index: number, day: number, work: Work, round: string): void {
    this.#finished[index] = day;
    const { subject, kind, worth } = work;
    const { number } = this.days[day] as StudyDay;
    if (kind === "read" && !work.skim && subject !== "" && !subject.startsWith("activity:")) {
      this.#seen.set(subject, { page: subject, round, worth, days: [number] });
    } else if (kind === "drill" || kind === "design") {
      this.#seen.get(subject)?.days.push(number);
    }
    if (!work.comeback) return;
    const later = this.#returnDay(day);
    if (later < 0) return;
    this.back(later, subject, round, COMEBACK);
    this.#seen.get(subject)?.days.push((this.days[later] as StudyDay).number);
  }

  /** Take out what was begun and found no place for its end, and number the parts of the rest. */
  #withdraw(parts: readonly number[]): void {
    for (let day = 0; day < this.days.length; day += 1) {
      const kept: Placed[] = [];
      for (const one of this.placed[day] as Placed[]) {
        if (one.piece < 0) kept.push(one);
        else if (this.isPlaced(one.piece)) kept.push({ ...one, parts: parts[one.piece] ?? 1 });
        else this.#spend(day, one.round, -one.minutes);
      }
      this.placed[day] = kept;
    }
  }

  /**
   * Let other rounds pay for placed works where that brings the rounds nearer to their parts. Nothing moves but labels:
   * a chapter that serves two rounds is booked on the one that has too little.
   */
  balance(short: (round: string) => number): void {
    const byPiece = new Map<number, Placed[]>();
    for (const one of this.placed.flat()) {
      if (one.piece < 0 || one.work.rounds.length < 2) continue;
      byPiece.set(one.piece, [...(byPiece.get(one.piece) ?? []), one]);
    }
    for (const parts of byPiece.values()) {
      const first = parts[0] as Placed;
      const minutes = sum(parts.map((one) => one.minutes));
      const from = short(first.round);
      for (const round of first.work.rounds) {
        const to = short(round);
        if (Math.abs(from + minutes) + Math.abs(to - minutes) > Math.abs(from) + Math.abs(to) - 5) continue;
        this.#planned.set(first.round, this.minutesOf(first.round) - minutes);
        this.#planned.set(round, this.minutesOf(round) + minutes);
        for (const one of parts) one.round = round;
        break;
      }
    }
  }

  // --- Afterwards -------------------------------------------------------------------------------------------------

  /**
   * Use what is still free for pieces without a place, in the order given. `payer` names the round that still may pay for
   * so many minutes of a piece, or "". Days are tried from the first on, so what others wait for is there in time.
   */
  topUp(order: readonly number[], payer: (work: Work, minutes: number, round: string) => string): void {
    for (const index of order) {
      const { work, minutes, round, short } = this.#pieces[index] as Piece;
      if (this.isPlaced(index) || this.#squeeze(index, work, minutes, payer(work, minutes, round))) continue;
      if (short !== null) this.#squeeze(index, short, short.minutes, payer(short, short.minutes, round));
    }
  }

  /** Put a work on the first day that has room for it. */
  #squeeze(index: number, work: Work, minutes: number, round: string): boolean {
    if (round === "" || minutes > SESSION) return false;
    for (let day = 0; day < this.days.length; day += 1) {
      if (this.room(day) < minutes || !this.#ready(index, day)) continue;
      if (work.comeback && !this.#canReturn(index, day)) continue;
      this.#put(day, { piece: index, work, round, minutes, part: 1, parts: 1 });
      this.#finish(index, day, work, round);
      return true;
    }
    return false;
  }

  /**
   * Fill what is free with pages that come back, at growing intervals, the most valuable first. On the light day they
   * come back whenever they were met last, those of the round that is shortest of time first.
   */
  review(may: (round: string, minutes: number) => boolean, short: (round: string) => number): void {
    const last = this.days.length - 1;
    if (this.days[last]?.light) {
      const { number } = this.days[last] as StudyDay;
      const open = (): Seen[] =>
        [...this.#seen.values()].filter(
          (page) => page.days.some((met) => met < number) && !page.days.includes(number) && short(page.round) > -OVER,
        );
      for (let due = open(); this.room(last) >= COMEBACK && due.length > 0; due = open()) {
        due.sort((a, b) => short(b.round) - short(a.round) || byWorth(a, b));
        this.#comeBack(last, due[0] as Seen);
      }
    }
    for (let day = 0; day < this.days.length; day += 1) {
      if (this.room(day) < COMEBACK) continue;
      const { number } = this.days[day] as StudyDay;
      for (const page of [...this.#seen.values()].filter((one) => isDue(one.days, number)).sort(byWorth))
        if (this.room(day) >= COMEBACK && may(page.round, COMEBACK)) this.#comeBack(day, page);
    }
  }

  /** Within each day, let the rounds alternate, each as evenly as its part of the day and what must come first allow. */
  alternate(): void {
    for (let day = 0; day < this.days.length; day += 1) {
      const open = [...(this.placed[day] as Placed[])];
      const all = countByRound(open);
      const ordered: Placed[] = [];
      const waits = (one: Placed): boolean =>
        one.piece >= 0 &&
        open.some(
          (other) =>
            (other.piece === one.piece && other.part < one.part) || this.#pieces[one.piece]?.needs.includes(other.piece),
        );
      while (open.length > 0) {
        const left = countByRound(open);
        // The round of which the largest part of the day is still to come.
        const share = ({ round }: Placed): number => (left.get(round) ?? 0) / (all.get(round) ?? 1);
        const ready = open.filter((one) => !waits(one));
        const next = ready.reduce((best, one) => (share(one) > share(best) ? one : best), ready[0] ?? (open[0] as Placed));
        open.splice(open.indexOf(next), 1);
        ordered.push(next);
      }
      this.placed[day] = ordered;
    }
  }

  #comeBack(day: number, page: Seen): void {
    this.back(day, page.page, page.round, COMEBACK);
    page.days.push((this.days[day] as StudyDay).number);
  }
}

function countByRound(placed: readonly Placed[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { round } of placed) counts.set(round, (counts.get(round) ?? 0) + 1);
  return counts;
}

function byWorth(a: Seen, b: Seen): number {
  return b.worth - a.worth || (a.page < b.page ? -1 : 1);
}

/** Whether a page that was met on these days should come back on this one, and is not about to anyway. */
function isDue(days: readonly number[], today: number): boolean {
  const before = days.filter((day) => day <= today);
  if (before.length === 0) return false;
  const last = Math.max(...before);
  const gap = SPACING[Math.min(before.length, SPACING.length) - 1] as number;
  return today - last >= gap && !days.some((day) => day > today && day - today < gap);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
