/**
 * Chosen works → days. Days are filled one after another; at each moment the round that is furthest behind its part of
 * the work goes next, so that the rounds are interleaved and every prefix of the plan keeps the shares.
 *
 * What holds by construction, whatever comes in:
 * - a day never gets more minutes than it has, and the day before the interview gets only light things;
 * - a work is placed only after all that it needs; drills and designs, on a later day than the reading, if there are days;
 * - a page is read only if its questions have room within two days (or, without questions, if a later day has room for it
 *   to come back), and that room is taken at once;
 * - mock interviews lie in the last third and are put there first, so that nothing crowds them out;
 * - what was begun is finished: a work of which a part found no place is taken out again.
 */
import { cut, type Span } from "./history.ts";
import { COMEBACK, SESSION, type Work } from "./work.ts";

export interface StudyDay {
  /** Days since 1970. */
  readonly number: number;
  readonly available: number;
  /** Minutes that may be planned: fewer than are available on the light day. */
  readonly cap: number;
  readonly light: boolean;
}

/** A work as it was chosen: with the round that pays, and what is one sitting joined into one. */
export interface Piece {
  readonly work: Work;
  readonly minutes: number;
  readonly round: string;
  /** Positions in the list of pieces: what must come before it, and what must if it is planned. */
  readonly needs: readonly number[];
  readonly prefers: readonly number[];
  readonly rank: number;
  /** Position of the questions that follow at once; -1 = none. */
  readonly companion: number;
  /** It has no place of its own: it is put where what it belongs to is. */
  readonly bound: boolean;
  /** It was not chosen, and is only used where time is left over. */
  readonly reserve: boolean;
}

export interface Placed {
  /** Position in the list of pieces, or -1 for what is no piece. */
  readonly piece: number;
  readonly work: Work;
  round: string;
  readonly minutes: number;
  /** Which minutes of its unit. */
  readonly spans: readonly Span[];
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
/** Questions follow what was read within so many days, or on the next day that there is. */
const SOON = 2;

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
  /** Which day is kept for a piece that had no room on the day on which it was due. */
  readonly #promised = new Map<number, number>();
  /** There is more time than work. */
  #unhurried = false;
  /** All that was chosen and fits has its place. */
  #filled = false;
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
  }

  isPlaced(piece: number): boolean {
    return (this.#finished[piece] ?? -1) >= 0;
  }

  /** What is free on a day and kept for nothing. */
  room(day: number): number {
    return (this.#free[day] ?? 0) - this.#kept(day);
  }

  #kept(day: number): number {
    let minutes = 0;
    for (const [index, kept] of this.#promised) if (kept === day) minutes += (this.#pieces[index] as Piece).minutes;
    return minutes;
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

  /** Let a page come back on a day on which its questions are due. */
  bringBack(day: number, page: string, round: string, worth: number, minutes: number): void {
    this.back(day, page, round, minutes);
    this.#meet(page, round, worth, (this.days[day] as StudyDay).number);
  }

  /** Put something that is no piece (a mock interview, a checklist) on a day. */
  fix(day: number, work: Work, round: string, minutes: number): void {
    this.#put(day, { piece: -1, work, round, minutes, spans: cut(work.open, minutes)[0], part: 1, parts: 1 });
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
    const open = this.#pieces.map((piece) => piece.work.open);
    const parts = this.#pieces.map(() => 0);
    const queues = new Map<string, number[]>();
    this.#pieces
      .map((_, index) => index)
      .filter((index) => !this.#pieces[index]?.reserve && !this.#pieces[index]?.bound)
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
        // Two in a row are enough, if something else can be done.
        const tired = streak.length === 2 && streak[0] === streak[1] ? streak[0] : undefined;
        const order = rounds
          .filter((round) => (queues.get(round)?.length ?? 0) > 0)
          .map((round) => {
            const lag = ((weight.get(round) ?? 0) * (total + 20)) / all - (done.get(round) ?? 0);
            return { round, tired: round === tired, lag };
          })
          .sort((a, b) => Number(a.tired) - Number(b.tired) || b.lag - a.lag)
          .map((one) => one.round);
        const next = this.#next(day, order, queues, rest, limit - total, tired);
        if (next === null) break;
        const { index, minutes } = next;
        const { work, round } = this.#pieces[index] as Piece;
        parts[index] = (parts[index] ?? 0) + 1;
        const whole = minutes === rest[index];
        this.#promised.delete(index);
        const [spans, later] = cut(open[index] ?? [], minutes);
        open[index] = later;
        this.#put(day, { piece: index, work, round, minutes, spans, part: parts[index] ?? 1, parts: 1 });
        rest[index] = (rest[index] ?? 0) - minutes;
        total += minutes;
        done.set(round, (done.get(round) ?? 0) + minutes);
        streak = [...streak, round].slice(-2);
        if (whole) {
          queues.set(round, queues.get(round)?.filter((one) => one !== index) ?? []);
          this.#finish(index, day, work, round);
        }
      }
    }
    this.#promised.clear();
    this.#withdraw(parts);
    this.#filled = true;
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
    tired: string | undefined,
  ): { index: number; minutes: number } | null {
    const due = this.#redeem(day, rest);
    if (due !== null && this.#pieces[due.index]?.round !== tired) return due;
    const free = this.room(day);
    if (free < 3) return due;
    const quiet = (this.placed[day] as Placed[]).length === 0;
    let divided: { index: number; minutes: number } | null = null;
    for (const round of order) {
      let looked = 0;
      for (const index of queues.get(round) ?? []) {
        if (!this.#ready(index, day) || this.#tiring(index, day)) continue;
        const minutes = rest[index] ?? 0;
        if (!quiet && minutes / 2 > allowed) continue;
        if (quiet && allowed < 0) continue;
        if (minutes <= free && minutes <= SESSION && this.#canReturn(index, day, minutes)) return { index, minutes };
        if (looked === 0) this.#promise(index, day, minutes, free);
        const most = this.#roomFrom(day);
        const part = this.#divide(index, minutes, free, day, most);
        // A work that is larger than any day is begun at once: waiting would not make the days longer.
        if (part !== null && minutes > most) return part;
        divided ??= part;
        looked += 1;
        if (looked >= SEARCH) break;
      }
    }
    return due ?? divided;
  }

  /**
   * Practice that is next in its round and too long for what is left of a day gets the next day that has room for it. On
   * short days it would have none: what is read keeps room on the days after it for its questions.
   */
  #promise(index: number, day: number, minutes: number, free: number): void {
    const { kind } = (this.#pieces[index] as Piece).work;
    if ((kind !== "design" && kind !== "code") || minutes <= free || minutes > SESSION || minutes !== this.#pieces[index]?.minutes || this.#promised.has(index)) return;
    for (let later = day + 1; later < this.days.length; later += 1)
      if (!this.days[later]?.light && this.room(later) >= minutes) {
        this.#promised.set(index, later);
        return;
      }
  }

  /** What this day was kept for, if it can be done. */
  #redeem(day: number, rest: readonly number[]): { index: number; minutes: number } | null {
    for (const [index, kept] of [...this.#promised]) {
      if (kept > day) continue;
      const minutes = rest[index] ?? 0;
      if (kept === day && minutes > 0 && minutes <= (this.#free[day] ?? 0) && this.#ready(index, day) && !this.#tiring(index, day)) return { index, minutes };
      this.#promised.delete(index);
    }
    return null;
  }

  /** The longest session that a day from this one on has room for. */
  #roomFrom(day: number): number {
    let most = 0;
    for (let later = day; later < this.days.length; later += 1)
      if (!this.days[later]?.light) most = Math.max(most, this.room(later));
    return Math.min(SESSION, most);
  }

  /** A first part of a piece that does not fit whole. `most`: what fits whole on some day. */
  #divide(index: number, minutes: number, free: number, day: number, most: number): { index: number; minutes: number } | null {
    const { grain, kind } = (this.#pieces[index] as Piece).work;
    if (grain === 0) return null;
    // With time to spare nothing is cut that a day can hold whole, and a design against the clock never is.
    if (minutes <= most && (this.#unhurried || kind === "design")) return null;
    // What would fit whole on another day is cut only where both parts are worth sitting down for.
    if (minutes <= most && (free < 20 || minutes < 30)) return null;
    const least = Math.min(grain, minutes);
    // Equal parts, rounded up to what can be done in one go, are kinder than a long one and a crumb.
    const count = Math.ceil(minutes / Math.max(least, Math.min(free, SESSION)));
    if (count < 2) return null;
    const part = Math.max(least, Math.ceil(minutes / count));
    if (part > free || part < least || part >= minutes) return null;
    // The rest must have somewhere to go.
    let open = 0;
    for (let later = day + 1; later < this.days.length && open < minutes - part; later += 1)
      if (!this.days[later]?.light && this.room(later) >= least) open += this.room(later);
    return open >= minutes - part ? { index, minutes: part } : null;
  }

  #ready(index: number, day: number): boolean {
    const { work, needs, prefers } = this.#pieces[index] as Piece;
    const today = this.days[day] as StudyDay;
    if (today.light && !this.#isLight(work)) return false;
    if (today.number > work.latest) return false;
    for (const need of needs) {
      const at = this.#finished[need] ?? -1;
      if (at < 0 || at > day) return false;
      if (work.later && !this.#brief && at === day) return false;
      if (work.every > 0 && today.number < (this.days[at] as StudyDay).number + work.every) return false;
    }
    for (const before of prefers) {
      const at = this.#finished[before] ?? -1;
      // Once all that was chosen has its place, what has none is not waited for.
      if (at > day || (at < 0 && !this.#filled && !this.#pieces[before]?.reserve)) return false;
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

  /** Whether what is read on this day can be drilled, or come back, on a later one. */
  #canReturn(index: number, day: number, minutes: number): boolean {
    const { work, companion } = this.#pieces[index] as Piece;
    if (companion !== -1) return this.#companionDay(companion, day, minutes) >= 0;
    return !work.comeback || this.#returnDay(day) >= 0;
  }

  /**
   * The day within two days, or else the next one, on which the questions of what is read on this day have room.
   * `besides`: minutes that this day is still to give to something else.
   */
  #companionDay(companion: number, day: number, besides: number): number {
    const { minutes } = (this.#pieces[companion] as Piece).work;
    const { number } = this.days[day] as StudyDay;
    let met = 0;
    for (let later = day + 1; later < this.days.length; later += 1) {
      const next = this.days[later] as StudyDay;
      if (next.light && !this.#brief) break;
      if (next.number > number + SOON && met > 0) break;
      met += 1;
      if (this.room(later) >= minutes) return later;
    }
    // Where no other day can take them, they follow on the same one.
    return this.room(day) >= minutes + besides ? day : -1;
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
    if ((kind === "read" && !work.skim) || kind === "drill" || kind === "design") this.#meet(subject, round, worth, number);
    const companion = this.#pieces[index]?.companion ?? -1;
    if (companion !== -1) {
      const later = this.#companionDay(companion, day, 0);
      if (later < 0) return;
      const piece = this.#pieces[companion] as Piece;
      this.#put(later, { piece: companion, work: piece.work, round, minutes: piece.work.minutes, spans: [], part: 1, parts: 1 });
      this.#finish(companion, later, piece.work, round);
    } else if (work.comeback) {
      const later = this.#returnDay(day);
      if (later < 0) return;
      this.back(later, subject, round, COMEBACK);
      this.#seen.get(subject)?.days.push((this.days[later] as StudyDay).number);
    }
  }

  #meet(subject: string, round: string, worth: number, number: number): void {
    if (subject === "" || subject.startsWith("activity:")) return;
    const seen = this.#seen.get(subject);
    if (seen) seen.days.push(number);
    else this.#seen.set(subject, { page: subject, round, worth, days: [number] });
  }

  /** Take out what was begun and found no place for its end, and number the parts of the rest. */
  #withdraw(parts: readonly number[]): void {
    for (let day = 0; day < this.days.length; day += 1) {
      const kept: Placed[] = [];
      for (const one of this.placed[day] as Placed[]) {
        if (one.piece < 0) kept.push(one);
        else if (this.isPlaced(one.piece)) {
          const { begun } = one.work;
          kept.push({ ...one, part: one.part + begun, parts: Math.max(1, parts[one.piece] ?? 1) + begun });
        } else this.#spend(day, one.round, -one.minutes);
      }
      this.placed[day] = kept;
    }
  }

  /** Take out short versions of pages of other rounds whose dependents found no place: they are for nothing by themselves. */
  dropUnneeded(): void {
    for (let found = true; found; ) {
      const needed = new Set(this.#pieces.flatMap((piece, index) => (this.isPlaced(index) ? piece.needs : [])));
      const idle = (one: Placed): boolean => one.piece >= 0 && one.work.support && one.work.skim && !needed.has(one.piece);
      found = false;
      this.placed.forEach((placed, day) => {
        for (const one of placed.filter(idle)) {
          this.#finished[one.piece] = -1;
          this.#spend(day, one.round, -one.minutes);
          found = true;
        }
        this.placed[day] = placed.filter((one) => !idle(one));
      });
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

  // --- Afterward --------------------------------------------------------------------------------------------------

  /**
   * Use what is still free for pieces without a place, in the order given. `payer` names the round that still may pay for
   * so many minutes of a piece, or "". Days are tried from the first on, so what others wait for is there in time.
   */
  topUp(order: readonly number[], payer: (work: Work, minutes: number, round: string) => string): void {
    for (const index of order) {
      const { work, minutes, round, companion, bound } = this.#pieces[index] as Piece;
      if (bound || work.support || this.isPlaced(index)) continue;
      const all = minutes + (companion === -1 ? 0 : (this.#pieces[companion] as Piece).minutes);
      this.#squeeze(index, work, minutes, payer(work, all, round));
    }
  }

  /** Put a work on the first day that has room for it; a long one in equal parts, all of them or none. */
  #squeeze(index: number, work: Work, minutes: number, round: string): void {
    if (round === "") return;
    const least = Math.ceil(minutes / SESSION);
    if (this.#inParts(index, work, minutes, round, least)) return;
    // Where no day has room for all of it, two parts that are worth sitting down for are better than none.
    if (least === 1 && work.kind !== "design" && minutes >= 30) this.#inParts(index, work, minutes, round, 2);
  }

  #inParts(index: number, work: Work, minutes: number, round: string, count: number): boolean {
    if (count > 1 && work.grain === 0) return false;
    // Two parts of what is no longer than a session are for two days.
    const apart = count > Math.ceil(minutes / SESSION);
    const taken: { readonly day: number; readonly minutes: number }[] = [];
    let left = minutes;
    for (let day = 0; day < this.days.length && left > 0; day += 1) {
      if (!this.#ready(index, day)) continue;
      let here = 0;
      while (left > 0 && !(apart && here > 0)) {
        const part = Math.min(left, Math.ceil(minutes / count));
        if (this.room(day) < here + part || (part === left && !this.#canReturn(index, day, here + part))) break;
        taken.push({ day, minutes: part });
        here += part;
        left -= part;
      }
    }
    if (left > 0) return false;
    let open = work.open;
    taken.forEach((one, at) => {
      const [spans, later] = cut(open, one.minutes);
      open = later;
      this.#put(one.day, { piece: index, work, round, minutes: one.minutes, spans, part: work.begun + at + 1, parts: work.begun + count });
    });
    this.#finish(index, (taken[taken.length - 1] as { day: number }).day, work, round);
    return true;
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
      const all = countByRound(open.filter((one) => !one.work.skim));
      const ordered: Placed[] = [];
      const waits = (one: Placed): boolean =>
        one.piece >= 0 &&
        open.some(
          (other) =>
            (other.piece === one.piece && other.part < one.part) ||
            this.#pieces[one.piece]?.needs.includes(other.piece) ||
            this.#pieces[one.piece]?.prefers.includes(other.piece),
        );
      while (open.length > 0) {
        const left = countByRound(open.filter((one) => !one.work.skim));
        // The round of which the largest part of the day is still to come.
        const share = ({ round }: Placed): number => (left.get(round) ?? 0) / (all.get(round) ?? 1);
        const ready = open.filter((one) => !waits(one));
        // Short versions are looked at together, so they do not count.
        const best = (one: Placed, other: Placed): Placed => (share(other) > share(one) ? other : one);
        const next = ready.find((one) => one.work.skim) ?? ready.reduce(best, ready[0] ?? (open[0] as Placed));
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
