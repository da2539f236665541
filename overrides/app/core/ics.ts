/**
 * A plan as a calendar file (RFC 5545).
 *
 * Times are local with `TZID` and a `VTIMEZONE` that spells out every jump of the clock within the plan: half past six in
 * the evening stays half past six after the clocks change, in every calendar, also in one that does not know the zone by
 * its name. UTC would be as exact an instant, but calendars show it to a traveler as another hour; times without a zone
 * are read as UTC by some importers, so they are written only where the zone is unknown. A ready-made plan, which is for
 * everybody everywhere, has all-day events.
 *
 * Importing again updates: an event's UID is made of the plan and of what is done in the session, not of its date, and
 * SEQUENCE grows from file to file. Nobody knows which files were imported, so every event that was ever given is
 * remembered for a year, and every file cancels those that are no longer planned, also sessions that were missed and
 * dropped. What is ticked is never touched: the calendar keeps it where it was done. The same input gives the same bytes.
 */
import { addDays, dayNumber, weekday } from "./plan/calendar.ts";
import type { Day, Iso, Plan, Session, Tick } from "./plan/types.ts";
import { instantOf, jumps, wallOf, type Zone, zoneOf } from "./zone.ts";

export type Times =
  /** One event a session; those of a day follow one another from the start of that weekday. */
  | {
      readonly kind: "timed";
      /** Minutes after midnight for Monday … Sunday: 19:30 is 1170. */
      readonly start: readonly number[];
      /** IANA name of the zone; null = floating, the same time on the clock wherever the reader is. */
      readonly zone: string | null;
      /** Minutes between two sessions; usually 5. */
      readonly pause?: number;
    }
  /** One event a day, without a time; its sessions are listed in it. */
  | { readonly kind: "all-day" };

export interface CalendarOptions {
  /** Stays the same for as long as importing again shall update: `SavedPlan.id`, or the id of a ready-made plan. */
  readonly planId: string;
  readonly times: Times;
  /** Absolute address of the site, with a slash at the end. */
  readonly site: string;
  /** What calendars call it. */
  readonly name: string;
  /** When the file is made, in milliseconds since 1970 (DTSTAMP). */
  readonly stamp: number;
  /** Grows from file to file; default: derived from `stamp`, so nothing has to be remembered. */
  readonly sequence?: number;
  /** Names of rounds by id, for the text of the events. */
  readonly rounds?: Readonly<Record<string, string>>;
  /** All events that were given so far; those that are neither planned nor done are written as cancelled. */
  readonly earlier?: readonly GivenEvent[];
  /** What is done: it is neither written nor cancelled. */
  readonly done?: readonly Pick<Tick, "id" | "date">[];
  /** What lies before this day has passed; default: the first day of the plan. */
  readonly today?: Iso;
}

/** What has to be remembered of an event to cancel it later. */
export interface GivenEvent {
  readonly uid: string;
  readonly title: string;
  /** `20261120T183000` or `20261120` */
  readonly start: string;
  readonly end: string;
}

/** How the kinds of work are called in a calendar. A mock interview says by itself what it is. */
const KINDS: Readonly<Record<string, string>> = {
  read: "Read: ",
  run: "Run: ",
  drill: "Drill: ",
  code: "Code: ",
  debug: "Debug: ",
  design: "Design: ",
  mock: "",
  story: "Story: ",
  review: "Review: ",
};
const PAUSE = 5;
const INTERVIEW = "interview";
const WHOLE_DAY = "day:";
/** Days for which an event that is gone is remembered, and how many of them at most. */
const REMEMBERED = 365;
const MOST = 15_000;
/** From here SEQUENCE counts seconds: 1 January 2026. It fits 31 bits, as importers want it. */
const EPOCH = 1_767_225_600;

export function calendarFile(plan: Plan, options: CalendarOptions): string {
  return writeCalendar(plan, options).text;
}

/** The file, and what has to be remembered of it so that a later one can cancel what it drops. */
export function writeCalendar(plan: Plan, options: CalendarOptions): { readonly text: string; readonly events: readonly GivenEvent[] } {
  const { times, earlier = [], done = [] } = options;
  const zone = times.kind === "timed" && times.zone !== null ? zoneOf(times.zone) : null;
  const today = compact(options.today ?? plan.from);
  const ticked = new Set(done.map((tick) => tick.id));
  const days = plan.days.filter((day) => day.sessions.length > 0);
  const events = days.flatMap((day) => (times.kind === "timed" ? timed(day, times, zone, options, ticked) : whole(day, options, ticked)));
  events.push(interviewEvent(plan, options));
  const kept = new Set(events.map((event) => event.uid));
  const gone = earlier.filter((event) => !kept.has(event.uid));
  const settled = settledBy(done, today);
  const dropped = gone.filter((event) => !settled(event));
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//The Training Loop//Planner//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escape(options.name)}`,
    ...(zone === null ? [] : timezone(plan, zone, dropped)),
    ...events.flatMap((event) => vevent(event, zone, options, "CONFIRMED")),
    ...dropped.flatMap((event) => vevent({ ...event, description: "", url: "", category: "" }, zone, options, "CANCELLED")),
    "END:VCALENDAR",
  ];
  const remembered = gone.filter((event) => (dayNumber(isoOf(event.start)) ?? 0) > (dayNumber(isoOf(today)) ?? 0) - REMEMBERED);
  const given = [...events.map(({ uid, title, start, end }) => ({ uid, title, start, end })), ...remembered].slice(0, MOST);
  return { text: `${lines.map(fold).join("\r\n")}\r\n`, events: given };
}

const MINUTE = 60_000;
const DAY = 1440;

interface Event extends GivenEvent {
  readonly description: string;
  readonly url: string;
  readonly category: string;
}

/** Which events of earlier files a later one leaves alone: what is done, days on which something was, past interviews. */
function settledBy(done: readonly Pick<Tick, "id" | "date">[], today: string): (event: GivenEvent) => boolean {
  const names = new Set(done.map((tick) => named(tick.id)));
  const days = new Set(done.map((tick) => compact(tick.date)));
  return ({ uid, start }) => {
    const past = start.slice(0, 8) < today;
    const [whole = ""] = uid.split("@training-loop");
    // The plan may have been another one then: its id ends at one of the hyphens.
    for (let at = whole.indexOf("-"); at >= 0; at = whole.indexOf("-", at + 1)) {
      const name = whole.slice(at + 1);
      if (names.has(name) || (past && (name === INTERVIEW || (name.startsWith(WHOLE_DAY) && days.has(start))))) return true;
    }
    return false;
  };
}

/**
 * The sessions of a day, one after another. They end before midnight: a long evening begins earlier. Each begins when the
 * one before has ended, on the clock that is there: a start in the hour that is skipped in spring is an hour later.
 */
function timed(day: Day, times: Times & { kind: "timed" }, zone: Zone | null, options: CalendarOptions, done: ReadonlySet<string>): Event[] {
  const number = dayNumber(day.date) ?? 0;
  const pause = (times.pause ?? PAUSE) * MINUTE;
  const length = day.planned * MINUTE + pause * (day.sessions.length - 1);
  const first = (number * DAY + Math.max(0, Math.min(times.start[weekday(number)] ?? 0, DAY - 1 - length / MINUTE))) * MINUTE;
  const shown = (at: number): string => clock(zone === null ? at : wallOf(zone, at));
  let at = zone === null ? first : instantOf(zone, first);
  return day.sessions.flatMap((session) => {
    const start = at;
    const end = start + session.minutes * MINUTE;
    at = end + pause;
    if (done.has(session.id)) return [];
    return [
      {
        uid: uidOf(session.id, options.planId),
        title: titleOf(session),
        start: shown(start),
        end: shown(end),
        description: describe(session, options),
        url: session.url === "" ? "" : new URL(session.url, options.site).href,
        category: options.rounds?.[session.round] ?? session.round,
      },
    ];
  });
}

/** All of a day in one event, without what is done. */
function whole(day: Day, options: CalendarOptions, done: ReadonlySet<string>): Event[] {
  const open = day.sessions.filter((session) => !done.has(session.id));
  const [first] = open;
  if (first === undefined) return [];
  const minutes = open.reduce((sum, session) => sum + session.minutes, 0);
  const more = open.length - 1;
  return [
    {
      uid: uidOf(WHOLE_DAY + day.date, options.planId),
      title: `${titleOf(first)}${more > 0 ? ` and ${more} more` : ""} (${minutes} min)`,
      start: compact(day.date),
      end: compact(addDays(day.date, 1)),
      description: open.map((one) => `${titleOf(one)}\n${describe(one, options)}`).join("\n\n"),
      url: "",
      category: "",
    },
  ];
}

function interviewEvent(plan: Plan, options: CalendarOptions): Event {
  const [start, end] = [compact(plan.interview), compact(addDays(plan.interview, 1))];
  return { uid: uidOf(INTERVIEW, options.planId), title: "Interview", start, end, description: "", url: "", category: "" };
}

/** What an event of a session is called in every file of a plan. */
export function uidOf(session: string, planId: string): string {
  return `${planId}-${named(session)}@training-loop`;
}

function named(session: string): string {
  return session.replace(/[^A-Za-z0-9~:._-]/g, ".");
}

function titleOf(session: Session): string {
  const kind = session.skim ? "Skim: " : (KINDS[session.kind] ?? "");
  const part = session.parts > 1 ? ` (${session.part} of ${session.parts})` : "";
  return `${kind}${session.title}${part}`;
}

function describe(session: Session, options: CalendarOptions): string {
  const address = (url: string): string => (url === "" ? "" : new URL(url, options.site).href);
  const links = session.entries
    .filter((entry) => entry.url !== "" && session.entries.length > 1)
    .map((entry) => `${entry.title}: ${address(entry.url)}`);
  const round = options.rounds?.[session.round];
  const lines = [`${session.minutes} minutes${round ? `, ${round}` : ""}`, session.text, ...links, address(session.url)];
  return lines.filter((line) => line !== "").join("\n");
}

function vevent(event: Event, zone: Zone | null, options: CalendarOptions, status: string): string[] {
  const allDay = event.start.length === 8;
  const value = allDay ? ";VALUE=DATE" : zone === null ? "" : `;TZID=${zone.id}`;
  const stamp = `${clock(options.stamp)}Z`;
  const sequence = options.sequence ?? Math.max(0, Math.floor(options.stamp / 1000) - EPOCH);
  return [
    "BEGIN:VEVENT",
    `UID:${escape(event.uid)}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequence}`,
    `DTSTART${value}:${event.start}`,
    `DTEND${value}:${event.end}`,
    `SUMMARY:${escape(event.title)}`,
    ...(event.description === "" ? [] : [`DESCRIPTION:${escape(event.description)}`]),
    ...(event.url === "" ? [] : [`URL:${event.url}`]),
    ...(event.category === "" ? [] : [`CATEGORIES:${escape(event.category)}`]),
    `STATUS:${status}`,
    // A day on which something is to be done is not a day on which the reader is away.
    `TRANSP:${allDay ? "TRANSPARENT" : "OPAQUE"}`,
    "END:VEVENT",
  ];
}

/** The zone, from the day before the first event to the day after the last. */
function timezone(plan: Plan, zone: Zone, dropped: readonly GivenEvent[]): string[] {
  const numbers = [plan.from, plan.interview, ...dropped.map((event) => isoOf(event.start))]
    .map((day) => dayNumber(day))
    .filter((number) => number !== null);
  const from = (Math.min(...numbers) - 2) * DAY * MINUTE;
  const to = (Math.max(...numbers) + 2) * DAY * MINUTE;
  const first = zone.offset(from);
  const part = (name: string, wall: number, before: number, after: number): string[] => [
    `BEGIN:${name}`,
    `DTSTART:${clock(wall)}`,
    `TZOFFSETFROM:${offset(before)}`,
    `TZOFFSETTO:${offset(after)}`,
    `TZNAME:UTC${offset(after)}`,
    `END:${name}`,
  ];
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${zone.id}`,
    ...part("STANDARD", wallOf(zone, from), first, first),
    ...jumps(zone, from, to).flatMap((jump) =>
      part(jump.after > jump.before ? "DAYLIGHT" : "STANDARD", jump.instant + jump.before * MINUTE, jump.before, jump.after),
    ),
    "END:VTIMEZONE",
  ];
}

// --- The text of the format -----------------------------------------------------------------------------------------

function compact(iso: Iso): string {
  return iso.replaceAll("-", "");
}

function isoOf(start: string): Iso {
  return `${start.slice(0, 4)}-${start.slice(4, 6)}-${start.slice(6, 8)}`;
}

/** A wall clock (given as if it were UTC) as `20261120T183000`. */
function clock(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, "");
}

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** Text as a value: what has a meaning is escaped, what is no text is dropped. */
function escape(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

/** Lines of at most 75 octets, never cut within a character. */
function fold(line: string): string {
  let folded = "";
  let length = 0;
  for (const letter of line) {
    const code = letter.codePointAt(0) as number;
    const octets = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (length + octets > 75) {
      folded += "\r\n ";
      length = 1;
    }
    folded += letter;
    length += octets;
  }
  return folded;
}
