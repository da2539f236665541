/**
 * Placed pieces → the sessions of a day, as a reader ticks them off: what is one sitting is one session, each under an id
 * that says what it is, and each is shown as a round that it is for.
 *
 * No session holds more than four links: one box for ten pages says nothing about any of them.
 */
import { free, type History, type Index, listsId, type Span } from "./history.ts";
import type { Back, Placed } from "./schedule.ts";
import type { Entry, Iso, Session } from "./types.ts";
import type { Work } from "./work.ts";

/** `a`, `b` → "a and b". */
export function listed(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}` : (parts[0] ?? "");
}

/** A list as a short text that names its first entry and tells it from every other list. */
function contentOf(entries: readonly string[]): string {
  const [first = ""] = entries;
  if (entries.length < 2) return first;
  let hash = 0x811c9dc5;
  const all = entries.join("\n");
  for (let at = 0; at < all.length; at += 1) hash = Math.imul(hash ^ all.charCodeAt(at), 0x01000193);
  return `${first}+${entries.length - 1}.${(hash >>> 0).toString(36)}`;
}

/** Short versions in one sitting. */
const SITTING = { pages: 4, minutes: 25 };
/** Pages that come back in one sitting, and lists for the day of the interview. */
const REVIEWED = 4;

/** Placed pieces → sessions that a reader can follow, each under an id that says what it is. */
export class Writer {
  readonly #index: Index;
  readonly #history: History;
  readonly #interview: Iso;
  readonly #faced: readonly string[];
  /** For which times pages have come back, in the history and in the days that are written. */
  readonly #times = new Map<string, Set<number>>();

  /** `faced`: the rounds of the loop, in the order of the catalogue. */
  constructor(index: Index, history: History, interview: Iso, faced: readonly string[]) {
    this.#faced = faced;
    this.#index = index;
    this.#history = history;
    this.#interview = interview;
  }

  /** Reviews first, to warm up; then the work; a mock interview last. */
  day(date: Iso, placed: readonly Placed[], backs: readonly Back[]): Session[] {
    const lists = placed.filter((one) => one.piece === -1 && one.work.kind === "review" && !one.work.subject.startsWith("activity:"));
    const mocks = placed.filter((one) => one.piece === -1 && one.work.kind === "mock");
    const last = placed.filter((one) => one.piece === -1 && !lists.includes(one) && !mocks.includes(one));
    const work = placed.filter((one) => one.piece !== -1);
    const sessions: Session[] = [];
    for (let from = 0; from < backs.length; from += REVIEWED) sessions.push(this.#review(date, backs.slice(from, from + REVIEWED)));
    const written = new Set<Placed>();
    for (const one of work) {
      if (written.has(one)) continue;
      const together = this.#together(one, work.filter((other) => !written.has(other)));
      for (const other of together) written.add(other);
      sessions.push(together.length > 1 ? this.#shorts(date, together) : this.#session(date, one));
    }
    for (let from = 0; from < lists.length; from += REVIEWED) sessions.push(this.#lists(date, lists.slice(from, from + REVIEWED), from === 0));
    sessions.push(...[...mocks, ...last].map((one) => this.#session(date, one)));
    return sessions;
  }

  /** Short versions of the same kind of page are one sitting, up to the next page that others may build on. */
  #together(first: Placed, open: readonly Placed[]): Placed[] {
    if (!first.work.skim) return [first];
    const kind = this.#index.items.get(first.work.subject)?.kind;
    const found: Placed[] = [];
    let minutes = 0;
    for (const one of open) {
      if (!one.work.skim && one.work.items.includes(one.work.subject) && this.#index.items.has(one.work.subject)) break;
      if (!one.work.skim || this.#index.items.get(one.work.subject)?.kind !== kind) continue;
      if (found.length === SITTING.pages || minutes + one.minutes > SITTING.minutes) break;
      minutes += one.minutes;
      found.push(one);
    }
    return found.length > 0 ? found : [first];
  }

  #shorts(date: Iso, placed: readonly Placed[]): Session {
    const entries = placed.map(({ work, round, minutes }): Entry => {
      return { item: work.subject, title: work.title, url: work.url, round, minutes };
    });
    const text = "The short version of each: read it, look away, say it in half a minute.";
    const id = `skim:${contentOf(entries.map((entry) => entry.item))}`;
    return { ...this.#joined(date, id, entries, text), kind: "read", skim: true };
  }

  #review(date: Iso, backs: readonly Back[]): Session {
    const entries = backs.map(({ page, round, minutes }): Entry => {
      const item = this.#index.items.get(page);
      return { item: page, title: item?.title ?? page, url: item?.url ?? "", round, minutes };
    });
    const times = backs.map(({ page }) => {
      const taken = this.#times.get(page) ?? new Set(this.#history.seen(page).times);
      const time = free(taken, 1)[0] as number;
      this.#times.set(page, taken.add(time));
      return time;
    });
    const text = "From memory first: the short answer, one number, one way it fails. Then look, and mark what was missing.";
    const id = `review:${contentOf(entries.map((entry, at) => `${entry.item}~${times[at]}`))}`;
    return { ...this.#joined(date, id, entries, text), times };
  }

  #lists(date: Iso, placed: readonly Placed[], first: boolean): Session {
    const entries = placed.map(({ work, round, minutes }): Entry => {
      return { item: work.subject, title: work.title, url: work.url, round, minutes };
    });
    const text = "The list for the day of each round: read it once more, then let it rest.";
    const own = listsId(this.#interview);
    const more = !first || this.#history.listed(this.#interview).size > 0;
    const id = more ? `${own}:${contentOf(entries.map((entry) => entry.item))}` : own;
    const session = this.#joined(date, id, entries, text);
    return { ...session, title: `Lists for the day: ${session.title}` };
  }

  #joined(date: Iso, id: string, entries: readonly Entry[], text: string): Session {
    const payers = entries.map((entry) => entry.round);
    const own = entries.map((entry) => this.#own(entry.item, [entry.round]));
    const round = shown(this.#faced.filter((one) => own.every((rounds) => rounds.includes(one))), payers);
    const titles = entries.map((entry) => entry.title);
    const named = titles.length > 3 ? [...titles.slice(0, 2), `${titles.length - 2} more`] : titles;
    return {
      id: this.#unused(id),
      date,
      kind: "review",
      title: listed(named),
      url: entries.length === 1 ? (entries[0]?.url ?? "") : "",
      text,
      minutes: sum(entries.map((entry) => entry.minutes)),
      round,
      entries,
      items: entries.map((entry) => entry.item),
      skim: false,
      part: 1,
      parts: 1,
    };
  }

  #session(date: Iso, { work, minutes, spans, round, part, parts }: Placed): Session {
    const { kind, title, url, text, items, skim, time, of } = work;
    const whole = work.unit === "" || (spans.length === 1 && spans[0]?.[0] === 0 && spans[0][1] === of);
    return {
      id: this.#unused(idOf(work, whole ? [] : spans)),
      date,
      kind,
      title,
      url,
      text,
      minutes,
      round: shown(this.#purposes(work), [round]),
      entries: [{ item: work.subject, title, url, round, minutes }],
      items,
      skim,
      ...(whole ? {} : { portion: { spans, of } }),
      ...(time > 0 ? { times: items.map(() => time) } : {}),
      part,
      parts,
    };
  }

  /** The rounds of a page that the reader faces; of what is no page, `others`. */
  #own(subject: string, others: readonly string[]): readonly string[] {
    const rounds = this.#index.items.get(subject)?.rounds ?? others;
    return this.#faced.filter((round) => rounds.includes(round));
  }

  /** What a work is for: the rounds that ask for it, of those of its page. */
  #purposes({ subject, rounds, support }: Work): readonly string[] {
    const asked = support ? [] : rounds;
    const own = this.#own(subject, asked);
    const both = own.filter((round) => asked.includes(round));
    return both.length > 0 ? both : own.length > 0 ? own : asked;
  }

  /** Whatever a file brought along: what is planned is not what is done. */
  #unused(id: string): string {
    return this.#history.has(id) ? this.#unused(`${id}'`) : id;
  }
}

/** What a session is shown as: the round that pays, if it is one of its own, or else the first of those. */
function shown(own: readonly string[], payers: readonly string[]): string {
  return payers.find((payer) => own.includes(payer)) ?? own[0] ?? "";
}

/** What a session is: which questions, the short version of which page, which minutes of which unit. */
function idOf(work: Work, spans: readonly Span[]): string {
  if (work.skim) return `skim:${work.subject}`;
  if (work.kind === "drill" && work.unit === "") return `drill:${contentOf(work.items.filter((id) => id !== work.subject))}`;
  if (work.unit === "") return work.id;
  const unit = work.unit.replace(":activity:", ":");
  return spans.length === 0 ? unit : `${unit}@${spans.map(([from, to]) => `${from}-${to}`).join(",")}/${work.of}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
