/** What must hold of every plan, checked from the outside: from the plan and its inputs alone. */
import { dayNumber, weekday } from "../../overrides/app/core/plan/calendar.ts";
import type { Guide } from "../../overrides/app/core/plan/usual.ts";
import type { Day, Item, Plan, Progress, Session, Settings } from "../../overrides/app/core/plan/types.ts";
import { paidBy } from "../../overrides/app/core/records.ts";

const day = (iso: string): number => dayNumber(iso) as number;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The longest session: what "within one session" means. */
export const ONE_SESSION = 60;
/** The most links behind one box. */
const LINKS = 4;
/** So many minutes a day outside the last third has to have for a mock. */
const SLOT = 90;
/** So many sessions of a round may follow each other. */
const RUN = 6;

export function violations(guide: Guide, settings: Settings, progress: Progress, today: string, plan: Plan): string[] {
  const found: string[] = [];
  const items = new Map(guide.catalogue.items.map((item) => [item.id, item]));
  const sessions = plan.days.flatMap((one) => one.sessions);
  const study = plan.days.filter((one) => one.available >= 5);
  const doneToday = sum(progress.ticks.filter((tick) => tick.date === today).map((tick) => tick.minutes));

  // Time.
  for (const one of plan.days) {
    const sameDay = settings.interview === today && one.date === today;
    const own = settings.minutes[weekday(day(one.date))] ?? 0;
    const most = sameDay ? 60 : Math.max(0, Math.min(600, own) - (one.date === today ? doneToday : 0));
    if (one.available > most) found.push(`${one.date} has ${most} minutes, not ${one.available}`);
    if (one.planned > one.available) found.push(`${one.date} is overfull: ${one.planned} of ${one.available}`);
    if (one.planned !== sum(one.sessions.map((session) => session.minutes))) found.push(`${one.date} does not add up`);
    if (one.sessions.length === 0) continue;
    if (settings.daysOff.includes(one.date) && !sameDay) found.push(`${one.date} is off`);
    if (day(one.date) < day(today)) found.push(`${one.date} has passed`);
    if (day(one.date) >= day(settings.interview) && !sameDay) found.push(`${one.date} is not before the interview`);
  }
  for (const session of sessions) {
    if (!Number.isInteger(session.minutes) || session.minutes < 1 || session.minutes > ONE_SESSION)
      found.push(`${session.id} takes ${session.minutes} minutes`);
    if (sum(session.entries.map((entry) => entry.minutes)) !== session.minutes) found.push(`${session.id} does not add up`);
    if (session.entries.length > LINKS) found.push(`${session.id} has ${session.entries.length} links behind one box`);
    if (session.title === "" || session.entries.some((entry) => entry.title === "")) found.push(`${session.id} has no title`);
  }

  // No session twice, and nothing that is done.
  const ids = sessions.map((session) => session.id);
  if (new Set(ids).size !== ids.length) found.push(`twice: ${ids.filter((id, at) => ids.indexOf(id) !== at)[0]}`);
  const ticked = new Set(progress.ticks.map((tick) => tick.id));
  for (const id of ids) if (ticked.has(id)) found.push(`${id} is done already`);

  // Prerequisites first. A session counts for what it is about once its last part is over.
  const position = new Map<string, number>();
  const start = new Map<string, number>();
  sessions.forEach((session, at) => {
    if (session.kind === "review" || session.kind === "mock") return;
    session.items.forEach((id, order) => {
      // A drill that begins with the short version of its page reads that first.
      const key = `${session.kind === "drill" && items.get(id)?.kind === "chapter" ? "read" : session.kind}:${id}`;
      const place = at + order / 1000;
      if (!start.has(key)) start.set(key, place);
      if ((session.part === session.parts || session.kind === "drill") && !position.has(key)) position.set(key, place);
    });
  });
  const touched = new Set(
    progress.ticks.filter((tick) => tick.kind !== "review").flatMap((tick) => tick.items),
  );
  const before = (id: string): number => {
    const item = items.get(id);
    if (!item || touched.has(id)) return -1;
    const kind = item.kind === "exercise" ? "code" : item.kind === "notebook" ? "run" : "read";
    if (!["chapter", "case", "round", "exercise", "notebook"].includes(item.kind) || (item.minutes ?? 20) <= 2) return -1;
    return position.get(`${kind}:${id}`) ?? Infinity;
  };
  for (const [key, at] of start) {
    const [kind, id] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    const item = items.get(id);
    if (!item) continue;
    const needs = item.kind === "question" ? [] : [...(item.prerequisites ?? [])];
    for (const need of needs) {
      if (settings.topics[items.get(need)?.area ?? ""] === "strong" || isAssumed(items.get(need), settings)) continue;
      if (before(need) >= at && need !== id) found.push(`${key} comes before ${need}`);
    }
    if (kind === "design" && before(id) >= at) found.push(`${key} comes before its case was read`);
    if (kind === "debug" && before(id) >= at) found.push(`${key} comes before its code was written`);
    if (kind === "drill" && before(item.page ?? "") >= at && wouldBeRead(item, items, guide, settings))
      found.push(`${key} comes before its page`);
  }

  // What was read comes back: on a later day, or in its questions within two days or on the next day that there is.
  sessions.forEach((session, at) => {
    if (session.kind !== "read" || session.skim || session.part !== session.parts || study.length < 2) return;
    const page = session.items[0] ?? "";
    if (items.get(page)?.kind !== "chapter") return;
    const after = sessions.slice(at + 1).filter((other) => other.kind === "drill" && other.items.some((id) => items.get(id)?.page === page));
    const again = sessions.some((other) => other.date > session.date && other.kind === "review" && other.items.includes(page));
    if (!again && after.length === 0) found.push(`${session.id} on ${session.date} does not come back`);
    const first = after[0];
    const next = study.find((one) => one.date > session.date && (study.length <= 3 || !one.light));
    if (first && day(first.date) > day(session.date) + 2 && first.date !== next?.date) found.push(`${session.id} on ${session.date} is drilled on ${first.date}`);
  });

  // Mocks in the last third, or on the last whole day where that holds none; a light last day.
  const whole = study.map((one, at) => ({ one, at })).filter(({ one }) => !one.light);
  const last = whole[whole.length - 1];
  for (const session of sessions) {
    if (session.kind !== "mock") continue;
    const at = study.findIndex((one) => one.date === session.date);
    const only = last !== undefined && last.at < (study.length * 2) / 3 && at === last.at && last.one.available >= SLOT;
    if (at < (study.length * 2) / 3 && !only) found.push(`${session.id} is on study day ${at + 1} of ${study.length}`);
  }
  const eve = plan.days.find((one) => day(one.date) === day(settings.interview) - 1);
  if (eve && study.length >= 2 && eve.available >= 5) {
    if (!eve.light) found.push("the last day is not light");
    if (eve.planned > eve.available / 2 || eve.planned > (study.length >= 5 ? 60 : 120)) found.push("the last day is full");
    const allowed = study.length <= 3 ? ["review", "drill"] : ["review"];
    for (const session of eve.sessions) if (!allowed.includes(session.kind)) found.push(`${session.id} on the last day`);
  }

  found.push(...unfair(guide, plan, items), ...inBlocks(sessions, items, plan, (item) => !isAbove(guide, settings, item) && !isAssumed(item, settings)), ...misnamed(guide, sessions, items, plan));
  return found;
}

function isAbove(guide: Guide, settings: Settings, item: Item): boolean {
  const levels = Object.keys(guide.allocation.names.levels);
  return levels.indexOf(item.level ?? "") > levels.indexOf(settings.level);
}

/** A session is shown as a round that the reader faces and that its pages are for, whoever pays. */
function misnamed(guide: Guide, sessions: readonly Session[], items: ReadonlyMap<string, Item>, plan: Plan): string[] {
  const faced = new Set([...plan.shares, ...plan.bookings].map((line) => line.round));
  const activities = new Map(guide.allocation.activities.map((one) => [`activity:${one.id}`, one.rounds]));
  return sessions.flatMap((session) => {
    if (session.round === "") return [];
    if (!faced.has(session.round)) return [`${session.id} is shown as ${session.round}, which is not faced`];
    return session.entries.flatMap(({ item }) => {
      const asked = session.items.flatMap((id) => items.get(id)?.rounds ?? []);
      const own = (items.get(item)?.rounds ?? activities.get(item) ?? []).filter((round) => faced.has(round));
      return (own.length > 0 ? own : asked).includes(session.round) ? [] : [`${session.id} is shown as ${session.round}, which ${item} is not for`];
    });
  });
}

/** Whether the page of a question could be planned at all. */
function wouldBeRead(question: Item, items: ReadonlyMap<string, Item>, guide: Guide, settings: Settings): boolean {
  const page = items.get(question.page ?? "");
  if (!page || !["chapter", "case", "round"].includes(page.kind)) return false;
  return page.kind !== "round" || (page.rounds ?? []).some((round) => settings.rounds[round] !== undefined) || guide === null;
}

/**
 * Each round is within one session of its share, when the guide has enough for it. A round that is short by more has
 * enough if one of its works that needs nothing else would fit into free time, or in place of a session of a round that
 * has more than its share.
 */
function unfair(guide: Guide, plan: Plan, items: ReadonlyMap<string, Item>): string[] {
  const found: string[] = [];
  const lines = [...plan.shares, ...plan.bookings];
  const days = plan.days.filter((one) => !one.light);
  // What comes back on the last day takes no place that anything else could have.
  const eve = plan.days.filter((one) => one.light).flatMap((one) => one.sessions.flatMap((session) => session.entries));
  const last = (round: string): number => sum(eve.filter((entry) => entry.round === round).map((entry) => entry.minutes));
  const over = new Map(lines.map((line) => [line.round, line.planned - last(line.round) - line.target]));
  for (const line of lines) {
    if (line.planned > line.target + ONE_SESSION) found.push(`${line.round}: ${line.planned} of ${line.target} minutes`);
    if (line.planned >= line.target - ONE_SESSION) continue;
    const room = (among: readonly Day[]): number =>
      Math.max(
        ...among.map((one) => one.available - one.planned),
        ...among.flatMap((one) => one.sessions.filter((session) => (over.get(paidBy(session)) ?? 0) >= session.minutes).map((session) => session.minutes)),
      );
    // A day holds one design, a long one more.
    const rested = days.filter((one) => one.sessions.filter(({ kind }) => kind === "design").length <= Math.floor(one.available / 180));
    const fits = plan.left.find((left) => {
      const most = room(left.id.startsWith("design:") ? rested : days);
      return left.rounds.includes(line.round) && left.minutes <= most && isFree(left.id, guide, items);
    });
    if (fits) found.push(`${line.round}: ${line.planned} of ${line.target} minutes, and ${fits.id} would fit`);
  }
  return found;
}

/** Whether a work needs nothing else and must not be early, so that it could be done at any time. */
function isFree(id: string, guide: Guide, items: ReadonlyMap<string, Item>): boolean {
  const item = items.get(id.slice(id.indexOf(":") + 1));
  if (item) return (item.kind === "exercise" || item.kind === "notebook") && !id.startsWith("debug:") && (item.prerequisites ?? []).length === 0;
  const activity = guide.allocation.activities.find((one) => id === `${one.kind}:${one.id}:1`);
  return activity !== undefined && activity.after === undefined && activity.lead === undefined && activity.kind !== "mock";
}

/**
 * Rounds alternate. What a round needs is never done in one block while other rounds wait: between its first session and
 * its last there are others. And no more than six sessions of a round that have a place of their own follow each other
 * while another of the plan could have been done instead; a round that has much of the time cannot help following itself.
 * The questions of what was read have the place that the reading gives them, so they do not lengthen such a run.
 */
function inBlocks(sessions: readonly Session[], items: ReadonlyMap<string, Item>, plan: Plan, due: (item: Item) => boolean): string[] {
  // What comes back, and the lists of the last day, have places of their own, and so have mocks.
  const own = sessions.filter(({ items: about, kind, part }) => {
    return (kind !== "review" || (about[0] ?? "").startsWith("activity:")) && kind !== "mock" && part === 1;
  });
  const found: string[] = [];
  // Questions follow what was read, wherever that is; what is done again keeps its distance in days; short versions are
  // looked at together, at the start of a day.
  const read = new Set<string>();
  const free = own.filter((one) => {
    if (one.kind === "read" && !one.skim) for (const id of one.items) read.add(id);
    const follows = one.kind === "drill" && one.items.some((id) => read.has(items.get(id)?.page ?? ""));
    return !one.skim && (one.times?.[0] ?? 1) === 1 && !follows;
  });
  // With far more time than material, what there is is spread as it is ready.
  const paced = plan.totals.planned < 0.8 * plan.totals.available;
  for (const round of paced ? [] : new Set(free.map(paidBy))) {
    const places = free.flatMap((session, at) => (paidBy(session) === round ? [at] : []));
    const [first, last] = [places[0] ?? 0, places[places.length - 1] ?? 0];
    const asked = [...plan.shares, ...plan.bookings].some((line) => line.round === round && line.target > 0);
    if (asked && places.length >= 6 && last - first === places.length - 1 && free.length >= 2 * places.length)
      found.push(`all of ${round} is one block`);
  }
  // Skims of five minutes fill what is left of a day, whatever their round.
  const works = own.filter((session) => session.kind !== "review" && !session.skim);
  const much = sum(works.map((session) => session.minutes)) / 3;
  const placeable = new Set(free);
  let run = 0;
  for (const [at, next] of works.entries()) {
    const round = paidBy(next);
    const before = works[at - 1];
    if (before === undefined || round !== paidBy(before)) run = 0;
    if (!placeable.has(next)) continue;
    run += 1;
    if (run <= RUN) continue;
    if (sum(works.filter((one) => paidBy(one) === round).map((one) => one.minutes)) > much) continue;
    const could = works.slice(at + 1).find((later) => {
      if (paidBy(later) === round || later.parts > 1 || later.minutes > next.minutes) return false;
      // A core chapter of the reader's level to cover that has no prerequisites; reading it waits for that and for room for its questions, and
      // what is of less weight may have been put where time was left over.
      const item = items.get(later.items[0] ?? "");
      return later.kind === "drill" && item?.kind === "chapter" && item.importance === "core" && due(item) && (item.prerequisites ?? []).length === 0;
    });
    if (could && !paced) found.push(`${next.id} is one too many of ${round} in a row, ${could.id} could be there`);
  }
  return found;
}

/** Whether a senior is taken to know a page: then nothing waits for it. */
function isAssumed(item: Item | undefined, settings: Settings): boolean {
  return item?.level === "entry" && ["senior", "staff"].includes(settings.level) && settings.topics[item.area ?? ""] !== "weak";
}
