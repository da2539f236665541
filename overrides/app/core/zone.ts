/**
 * Time zones, as far as a calendar file needs them: what the wall clock shows at an instant, and when it jumps.
 *
 * The rules come from `Intl`, which every browser and Node carry; nothing is fetched and nothing is asked of the clock.
 */

export interface Zone {
  /** `Europe/Berlin` */
  readonly id: string;
  /** Minutes that the wall clock is ahead of UTC at an instant (milliseconds since 1970). */
  offset(instant: number): number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The zone of this name, or null when the runtime does not know it. */
export function zoneOf(id: string): Zone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: id,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
  return {
    id,
    offset(instant) {
      const at = Math.floor(instant / 1000) * 1000;
      const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const get = (name: Intl.DateTimeFormatPartTypes): number => part.get(name) ?? 0;
      const wall = Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second"));
      return Math.round((wall - at) / MINUTE);
    },
  };
}

/**
 * The instant at which the wall clock shows this time (given as if it were UTC). In the hour that is skipped in spring
 * the clock before the jump counts, in the hour that comes twice in autumn the first one: as RFC 5545 says.
 */
export function instantOf(zone: Zone, wall: number): number {
  const before = zone.offset(wall - DAY);
  const guess = wall - before * MINUTE;
  if (zone.offset(guess) === before) return guess;
  const after = wall - zone.offset(guess) * MINUTE;
  return zone.offset(after) === zone.offset(guess) ? after : guess;
}

/** The wall clock at an instant, as if it were UTC. */
export function wallOf(zone: Zone, instant: number): number {
  return instant + zone.offset(instant) * MINUTE;
}

export interface Jump {
  /** When the clock jumps, and its distance to UTC before and after, in minutes. */
  readonly instant: number;
  readonly before: number;
  readonly after: number;
}

/** Every jump of the clock between two instants. */
export function jumps(zone: Zone, from: number, to: number): Jump[] {
  const found: Jump[] = [];
  for (let start = from; start < to; start += DAY) {
    const end = Math.min(start + DAY, to);
    const [before, after] = [zone.offset(start), zone.offset(end)];
    if (before === after) continue;
    let [low, high] = [start, end];
    while (high - low > MINUTE) {
      const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
      if (zone.offset(middle) === before) low = middle;
      else high = middle;
    }
    found.push({ instant: high, before, after });
  }
  return found;
}
