/** The days from today to the eve of the interview, each with its minutes; what is wrong with them is told. */
import { addDays, dayNumber, isoDay, weekday } from "./calendar.ts";
import type { History } from "./history.ts";
import type { StudyDay } from "./schedule.ts";
import type { Notices } from "./tell.ts";
import { FARTHEST } from "./today.ts";
import type { Iso, Settings } from "./types.ts";

/** More than this on one day does not stay in anybody's head. */
export const MOST_A_DAY = 600;

export function studyDays(today: Iso, settings: Settings, history: History, notices: Notices): StudyDay[] {
  const from = dayNumber(today);
  const to = dayNumber(settings.interview);
  if (from === null) throw new RangeError(`not a day: ${today}`);
  const later = { interview: addDays(today, 28) };
  if (to === null) {
    notices.warn("no-date", "The date of the interview cannot be read. Choose a day.", "Plan for four weeks from today", later);
    return [];
  }
  if (to < from) {
    const text = "The date of the interview has passed. What you have done is kept; set the next date to plan on.";
    notices.warn("past", text, "Plan for four weeks from today", later);
    return [];
  }
  const done = history.on(from);
  if (to === from) {
    notices.warn("today", "The interview is today. The plan holds one last hour at most; then stop.");
    return [{ number: from, available: 60, cap: 60, light: false }];
  }
  let first = from;
  if (to - from > FARTHEST) {
    first = to - FARTHEST;
    const text = `The interview is more than a year away. The plan begins a year before it; what you learn now is forgotten by then.`;
    notices.note("far", text);
  }
  const off = new Set(settings.daysOff);
  const week = settings.minutes.map((minutes) => (Number.isFinite(minutes) ? Math.max(0, Math.floor(minutes)) : 0));
  if (week.some((minutes) => minutes > MOST_A_DAY)) {
    const text = `More than ${MOST_A_DAY / 60} hours a day are not sustainable. The plan uses ${MOST_A_DAY / 60} and leaves the rest for sleep and walks.`;
    const change = { minutes: week.map((minutes) => Math.min(minutes, MOST_A_DAY)) };
    notices.warn("too-much", text, `Set ${MOST_A_DAY / 60} hours a day`, change);
  }
  const days: StudyDay[] = [];
  for (let number = first; number < to; number += 1) {
    const wanted = Math.min(MOST_A_DAY, week[weekday(number)] ?? 0);
    const free = off.has(isoDay(number)) ? 0 : wanted;
    const available = Math.max(0, number === from ? free - done : free);
    days.push({ number, available, cap: available, light: false });
  }
  const study = days.filter((day) => day.cap >= 5);
  if (study.length === 0) tellEmpty(days, week, settings, notices);
  const last = days[days.length - 1];
  if (last && last.cap >= 5 && study.length >= 2) {
    const most = study.length >= 5 ? 60 : 120;
    days[days.length - 1] = { ...last, cap: Math.min(Math.floor(last.available / 2), most), light: true };
  }
  return days;
}

function tellEmpty(days: readonly StudyDay[], week: readonly number[], settings: Settings, notices: Notices): void {
  const own = days.filter((day) => (week[weekday(day.number)] ?? 0) >= 5);
  const off = own.filter((day) => settings.daysOff.includes(isoDay(day.number)));
  if (week.every((minutes) => minutes < 5)) {
    const text = "No day has the five minutes that the shortest session takes. Even half an hour on five days a week makes a plan.";
    notices.warn("no-minutes", text, "Plan half an hour on workdays", { minutes: [30, 30, 30, 30, 30, 0, 0] });
  } else if (own.length === 0) {
    const minutes = [...week];
    for (const day of days) minutes[weekday(day.number)] = Math.max(60, minutes[weekday(day.number)] ?? 0);
    const text = "None of the days before the interview is one of your weekdays.";
    notices.warn("no-day", text, "Plan an hour on each of these days", { minutes });
  } else if (off.length === own.length) {
    const text = "Every day that is left is a day off. One of them has to hold a session.";
    notices.warn("all-off", text, "Plan without days off", { daysOff: [] });
  } else if (off.length > 0) {
    const text = "You have done what today had room for, and every other day that is left is a day off.";
    notices.warn("done-today", text, "Plan without days off", { daysOff: [] });
  } else {
    notices.note("done-today", "You have done what today had room for. All that is left is to rest before the interview.");
  }
}
