"""The ready-made plans and the allocation page: what the planner decides, as Markdown and calendar files.

The planner is one implementation, in TypeScript, for the browser. Here it runs in Node (plans.mjs) over the same
catalogue and allocation as the site publishes, so a ready-made plan on paper is what the form would have given. What it
answers is cached by everything that it was made from.

Pages name plans by week and weekday, since nobody knows at build when a reader begins. A calendar file needs dates: its
plan begins on the first Monday after the day of the build, and the page says so.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from guide.model.catalogue import Catalogue
from guide.model.problems import Problem
from guide.model.views import round_name
from guide.model.vocabulary import AREAS
from guide.publish.data import catalogue_data
from guide.publish.listings import Place, escape, listing, table
from guide.read.allocation import VALUES, Allocation, Reasoned, When, allocation_data, check_against, read_allocation
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.node import REPOSITORY, NodeMissingError, node_executable

FOLDER: Final = "plan/ready-made"
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KINDS: Final[Mapping[str, str]] = {
    "read": "Read",
    "run": "Run",
    "drill": "Drill",
    "code": "Code",
    "debug": "Debug",
    "design": "Design",
    "mock": "Mock",
    "story": "Story",
    "review": "Review",
}
# The pages of ready-made plans speak of weeks and weekdays, so any Monday does; a fixed one keeps them from changing.
_SOME_MONDAY: Final = date(2026, 1, 5)
_LEFT_SHOWN: Final = 12


class PlanError(RuntimeError):
    """The planner could not be run; the message is Node's, or says that Node is missing."""


def problems(catalogue: Catalogue, root: Path) -> list[Problem]:
    """Return what is wrong with docs/plan/allocation.yml, by itself and against the rest of the guide."""
    allocation, found = read_allocation(root)
    return found if allocation is None else check_against(allocation, catalogue)


# --- Running the planner ------------------------------------------------------------------------------------------


def first_monday(today: date | None = None) -> date:
    """Return the first Monday after `today`: by default the day of the build, or of SOURCE_DATE_EPOCH."""
    if today is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        today = datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
    return today + timedelta(days=7 - today.weekday())


def compute(catalogue: Catalogue, allocation: Allocation, root: Path, start: date, site: str) -> dict[str, Any]:
    """Return every ready-made plan that begins on `start`, with calendar file and link, and the worked example."""
    request = {
        "catalogue": catalogue_data(catalogue),
        "allocation": allocation_data(allocation, catalogue),
        "start": start.isoformat(),
        "stamp": int(datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp() * 1000),
        "site": site or "http://127.0.0.1/",
    }
    text = json.dumps(request, ensure_ascii=False)
    cache = Cache(root / ".cache", "plans", hash_of_files(_sources()))
    key = key_of(text)
    kept = cache.get(key)
    if kept is None:
        kept = _run(text)
        cache.put(key, kept)
    answer: dict[str, Any] = json.loads(kept)
    return answer


def _sources() -> list[Path]:
    core = REPOSITORY / "overrides/app/core"
    return [Path(__file__).with_name("plans.mjs"), *sorted((core / "plan").glob("*.ts")), *sorted(core.glob("*.ts"))]


def _run(request: str) -> bytes:
    try:
        command = [node_executable(), str(Path(__file__).with_name("plans.mjs"))]
    except NodeMissingError as error:
        raise PlanError(str(error)) from None
    done = subprocess.run(command, input=request.encode(), capture_output=True)
    if done.returncode:
        raise PlanError(f"The planner cannot be run:\n{done.stderr.decode(errors='replace').strip()}")
    return done.stdout


# What was computed last: every page of a build asks for the same.
_last: list[tuple[Catalogue, int, Allocation, dict[str, Any]]] = []


def _answer(place: Place) -> tuple[Allocation, dict[str, Any]] | None:
    """Return the allocation and what the planner made of it, computed once for all pages of a build."""
    try:
        stamp = (place.root / "docs/plan/allocation.yml").stat().st_mtime_ns
    except OSError:
        return None
    if not _last or _last[0][0] is not place.catalogue or _last[0][1] != stamp:
        allocation, _ = read_allocation(place.root)
        if allocation is None:
            return None
        made = compute(place.catalogue, allocation, place.root, _SOME_MONDAY, "")
        _last[:] = [(place.catalogue, stamp, allocation, made)]
    return _last[0][2], _last[0][3]


def calendars(catalogue: Catalogue, root: Path, site: str, today: date | None = None) -> dict[str, str]:
    """Return the calendar file of each ready-made plan by its path in the site."""
    allocation, _ = read_allocation(root)
    if allocation is None:
        return {}
    start = first_monday(today)
    made = compute(catalogue, allocation, root, start, site)
    return {f"{FOLDER}/{name}.ics": _movable(plan["calendar"], start) for name, plan in made["plans"].items()}


def _movable(calendar: str, start: date) -> str:
    """Name the events of a calendar file by the day of the plan, not by its date: a later file then moves them."""

    def numbered(match: re.Match[str]) -> str:
        return f"{match[1]}{(date.fromisoformat(match[2]) - start).days + 1}"

    return re.sub(r"^(UID:\S+-day:)(\d{4}-\d{2}-\d{2})(?=@)", numbered, calendar, flags=re.MULTILINE)


# --- The ready-made plans -----------------------------------------------------------------------------------------


@listing("ready-made-plans")
def _overview(place: Place) -> str:
    """Return all ready-made plans, with their hours and what they hold."""
    made = _answer(place)
    rows = []
    for plan in made[0].ready_made.plans if made else ():
        page = place.catalogue.page(f"{FOLDER}/{plan.id}")
        if page is None or made is None:
            continue
        found = made[1]["plans"][plan.id]["plan"]
        sessions = [session for day in found["days"] for session in day["sessions"]]
        count = {kind: sum(session["kind"] == kind for session in sessions) for kind in KINDS}
        rows.append(
            (
                place.link(page),
                _hours(found["totals"]["planned"]),
                str(len(sessions)),
                str(count["read"] + count["drill"]),
                str(count["design"] + count["mock"]),
            )
        )
    head = ["Plan", "Time", "Sessions", "Reading and drills", "Designs aloud and mocks"]
    return table(head, rows) if rows else "The plans are being computed."


def _plan(place: Place, name: str) -> str:
    """Return a whole plan: what it is for, its shares, its weeks and days, and what was left out."""
    made = _answer(place)
    if made is None or name not in made[1]["plans"]:
        return "This plan is being computed."
    allocation, answer = made
    ready = allocation.ready_made
    found, link = answer["plans"][name]["plan"], answer["plans"][name]["link"]
    planner = f"{place.to('plan/index.md')}#{link}"
    loop = next(loop for loop in allocation.loops if loop.company == ready.company)
    parts = [
        f"{_hours(found['totals']['planned'])} for a {ready.level}-level {_words(ready.role)} and the loop of a "
        f"{escape(loop.name.lower())}. [Change anything in the planner]({planner}), or take the "
        f"[calendar file]({name}.ics): it begins on the first Monday after this site was published, and importing a "
        "newer one moves the same events.",
        _shares(place, found),
    ]
    monday = _SOME_MONDAY
    weeks: dict[int, list[dict[str, Any]]] = {}
    for day in found["days"]:
        if day["sessions"]:
            weeks.setdefault((date.fromisoformat(day["date"]) - monday).days // 7, []).append(day)
    for week, entries in weeks.items():
        minutes = sum(day["planned"] for day in entries)
        if len(weeks) > 1 or len(entries) > 1:
            parts.append(place.heading(f"Week {week + 1}", f"week-{week + 1}"))
            parts.append(f"{_hours(minutes)} in {_count(sum(len(day['sessions']) for day in entries), 'session')}.")
        for day in entries:
            weekday = WEEKDAYS[date.fromisoformat(day["date"]).weekday()]
            light = ", the day before the interview" if day["light"] else ""
            parts.append(f"**{weekday}** {{ .tl-plan-weekday }}\n: {_hours(day['planned'])}{light}")
            # With an empty line between them, since some items have a second paragraph.
            parts.append("\n\n".join(_session(place, session) for session in day["sessions"]))
    if found["left"]:
        parts.append(place.heading("Left out", "left-out"))
        parts.append("What did not fit, the most valuable first.")
        shown = found["left"][:_LEFT_SHOWN]
        parts.append("\n".join(f"- {_left(place, left)}" for left in shown))
        if len(found["left"]) > len(shown):
            parts.append(f"And {_count(len(found['left']) - len(shown), 'more thing')} of less weight.")
    return "\n\n".join(parts)


def _shares(place: Place, plan: Mapping[str, Any]) -> str:
    rows = [
        (
            _round(place, line["round"]),
            f"{line['percent']:.0f}%" if "percent" in line else "beside",
            _hours(line["planned"]),
        )
        for line in (*plan["shares"], *plan["bookings"])
        if line["planned"]
    ]
    return table(["Round", "Share", "Planned"], rows)


def _session(place: Place, session: Mapping[str, Any]) -> str:
    kind = "Skim" if session["skim"] else KINDS.get(session["kind"], session["kind"])
    part = f" (part {session['part']} of {session['parts']})" if session["parts"] > 1 else ""
    if len(session["entries"]) > 1:
        title = ", ".join(_linked(place, entry["url"], entry["title"]) for entry in session["entries"])
    else:
        title = _linked(place, session["url"], session["title"])
    said = f"- [ ] **{kind}** {title}{part}, {session['minutes']} min"
    if session["round"]:
        said += f" *{escape(round_name(place.catalogue, session['round']))}*"
    # How to do it is said for what is no page: a page says it itself.
    if session["text"] and not session["url"] and len(session["entries"]) == 1:
        said += f"\n\n    {escape(session['text'])}"
    return said


def _left(place: Place, left: Mapping[str, Any]) -> str:
    kind = KINDS.get(left["kind"], left["kind"])
    return f"**{kind}** {_linked(place, left['url'], left['title'])}, {left['minutes']} min. {escape(left['why'])}"


def _linked(place: Place, url: str, title: str) -> str:
    """Return a title as a link to the page at a site address, written as an author would."""
    address, _, anchor = url.partition("#")
    page = next((page for page in place.catalogue.pages if page.url == address), None) if url else None
    return place.link(page, escape(title), anchor) if page is not None else escape(title)


def _round(place: Place, name: str) -> str:
    chapter = place.catalogue.round_chapter(name)
    title = escape(round_name(place.catalogue, name))
    text = place.link(chapter, title) if chapter is not None else f"**{title}**"
    return f"{text}{{ .tl-tag .tl-tag--round .tl-round--{name} }}"


def _hours(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _words(name: str) -> str:
    return {"ml-engineer": "ML engineer"}.get(name, name.replace("-", " "))


def names(root: Path) -> list[str]:
    """Return the ids of the ready-made plans; those that have a page while the allocation cannot be read.

    Otherwise one slip in the allocation would make the listing of every such page look misspelled.
    """
    allocation, _ = read_allocation(root)
    if allocation is not None:
        return [plan.id for plan in allocation.ready_made.plans]
    return sorted(path.stem for path in (root / "docs" / FOLDER).glob("*.md") if path.stem != "index")


def _register() -> None:
    """Register a listing for each ready-made plan of this repository: `plan-4-weeks-light`."""
    for plan in names(REPOSITORY):

        def made(place: Place, name: str = plan) -> str:
            return _plan(place, name)

        made.__doc__ = f"Return the ready-made plan {plan}."
        listing(f"plan-{plan}")(made)


_register()


# --- The allocation page ------------------------------------------------------------------------------------------


def _allocation(place: Place) -> Allocation | None:
    return read_allocation(place.root)[0]


def _why(allocation: Allocation, entry: Reasoned) -> str:
    """Return reason, what of it is ours, and the source as a link to the list of sources."""
    judged = f" *{escape(entry.judged)}*" if entry.judged else ""
    source = allocation.sources[entry.source]
    return f"{escape(entry.reason)}{judged} ([{escape(_short(source.by, source.title))}](#source-{entry.source}))"


def _short(by: str, title: str) -> str:
    return by if by[:1].isupper() else title


def _when(place: Place, when: When) -> str:
    """Return the conditions of a rule in words."""
    said = []
    if when.levels:
        said.append(f"{_either(when.levels)} level")
    if when.companies:
        said.append(f"{_either(when.companies)} company".replace("start-up company", "start-up"))
    if when.roles:
        said.append(_either(name.replace("-", " ").replace("ml ", "ML ") for name in when.roles))
    if when.sure:
        said.append(f"{_either(round_name(place.catalogue, name) for name in when.sure)} is certain")
    if when.unsure:
        said.append(f"{_either(round_name(place.catalogue, name) for name in when.unsure)} is possible")
    if when.speciality is not None:
        said.append(f"{'a' if when.speciality else 'no'} speciality is chosen")
    text = escape("; ".join(said) or "always")
    return text[:1].upper() + text[1:]


def _either(words: Iterable[str]) -> str:
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} or {found[-1]}"


def _listed(name: str, made: Any) -> None:
    """Register a listing that needs the allocation; without one it says so."""

    def listed(place: Place) -> str:
        allocation = _allocation(place)
        return "The allocation is being written." if allocation is None else str(made(place, allocation))

    listed.__doc__ = made.__doc__
    listing(name)(listed)


def _share_table(place: Place, allocation: Allocation) -> str:
    """Return the base shares, the rounds that each pays for, and why."""
    rows = []
    for share in allocation.shares:
        rounds = [facts.id for facts in place.catalogue.rounds if facts.allocation == share.id]
        named = ", ".join(escape(round_name(place.catalogue, name)) for name in rounds) or "–"
        rows.append((f"**{escape(share.name)}**", f"{share.percent:g}%", named, _why(allocation, share)))
    return table(["Share", "Of the time", "Pays for", "Why, and who says so"], rows)


def _rule_table(place: Place, allocation: Allocation) -> str:
    """Return the rules that move points between shares."""
    names = {share.id: share.name for share in allocation.shares}
    rows = [
        (
            _when(place, rule.when),
            f"{rule.move.points:g} points from {escape(names[rule.move.from_])} to {escape(names[rule.move.to])}"
            if rule.move.points
            else "nothing",
            _why(allocation, rule),
        )
        for rule in allocation.rules
    ]
    return table(["When", "What moves", "Why, and who says so"], rows)


def _step_list(place: Place, allocation: Allocation) -> str:
    """Return what happens to all shares alike."""
    steps = allocation.steps
    factor = {
        "certainty": f" A possible round counts {steps['certainty'].maybe:g} of a certain one.",
        "strength": f" Weak counts {steps['strength'].weak:g}, strong {steps['strength'].strong:g}.",
    }
    order = ("faced", "certainty", "strength", "slider")
    return "\n".join(f"1. {_why(allocation, steps[name])}{escape(factor.get(name, ''))}" for name in order)


def _weight_table(place: Place, allocation: Allocation) -> str:
    """Return what counts more within a share."""
    rows = []
    titles = {activity.id: f"“{activity.title}”" for activity in allocation.activities}
    for weight in allocation.weights:
        what = ", ".join([*(AREAS[name] for name in weight.areas), *(titles[name] for name in weight.activities)])
        what = what or ("your field" if weight.tracks == "chosen" else "other fields")
        rows.append((_when(place, weight.when), f"{escape(what)} × {weight.factor:g}", _why(allocation, weight)))
    return table(["When", "What weighs", "Why, and who says so"], rows)


def _booking_table(place: Place, allocation: Allocation) -> str:
    """Return how the rounds beside the shares are booked."""
    rows = []
    for booking in allocation.bookings:
        often = f"{booking.sessions:g} × {booking.minutes} min a week" if booking.sessions else _hours(booking.minutes)
        limit = f"at most {booking.at_most:g}% of the time"
        rows.append((_round(place, booking.round), f"{often}, {limit}", _why(allocation, booking)))
    return table(["Round", "How it is booked", "Why, and who says so"], rows)


def _booking_rule_table(place: Place, allocation: Allocation) -> str:
    """Return what makes bookings longer or shorter."""
    rows = [
        (
            _when(place, rule.when),
            f"{escape(', '.join(round_name(place.catalogue, name) for name in rule.rounds))} × {rule.factor:g}",
            _why(allocation, rule),
        )
        for rule in allocation.booking_rules
    ]
    return table(["When", "What changes", "Why, and who says so"], rows)


def _loop_parts(place: Place, allocation: Allocation) -> str:
    """Return how a loop divides the time, and the loop of each kind of company."""
    parts = [_why(allocation, allocation.steps["loop"])]
    for loop in allocation.loops:
        parts.append(place.heading(escape(loop.name), f"loop-{loop.company}"))
        parts.append(_why(allocation, loop))
        rows = [
            (
                _round(place, each.round),
                f"{each.count} × {each.minutes} min",
                "usual" if each.certainty == "sure" else "possible",
                "all" if len(each.levels) == 4 else ", ".join(each.levels),
            )
            for each in loop.interviews
        ]
        parts.append(table(["Round", "Interviews", "How sure", "Levels"], rows))
    return "\n\n".join(parts)


def _value_table(place: Place, allocation: Allocation) -> str:
    """Return what a session of each kind is worth, with weeks to go and on the last days."""
    rows = [
        (escape(VALUES[name]), f"{value.usual:g}", f"{value.brief:g}", _why(allocation, value))
        for name, value in allocation.values.items()
    ]
    return table(["What", "Points", "On the last days", "Why, and who says so"], rows)


def _activity_table(place: Place, allocation: Allocation) -> str:
    """Return what a plan books that is no page of the guide, and how much of it are mock interviews."""
    rows = []
    for each in allocation.activities:
        rounds = ", ".join(escape(round_name(place.catalogue, name)) for name in each.rounds) or "every loop"
        often = f"up to {each.times} times, {each.every} days apart" if each.times > 1 else "once"
        rows.append(
            (
                f"**{KINDS[each.kind]}** {escape(each.title)}. {escape(each.text)}",
                f"{each.minutes} min, {often}",
                rounds,
            )
        )
    mocks = allocation.mocks
    said = (
        f"A certain round with at least {_hours(mocks.from_)} left gets {_count(mocks.certain, 'mock interview')}; "
        f"more take up to {mocks.share:g}% of the last third of a plan, at most {mocks.a_week:g} a week. "
        f"{_why(allocation, mocks)}"
    )
    return f"{table(['What', 'How long, how often', 'For'], rows)}\n\n{said}"


def _source_list(place: Place, allocation: Allocation) -> str:
    """Return the sources; each can be linked to."""
    return "\n\n".join(
        f"{escape(source.title)} {{ #source-{name} }}\n:   {escape(source.by)}; {escape(source.date)}."
        for name, source in allocation.sources.items()
    )


def _example_table(place: Place, allocation: Allocation) -> str:
    """Return the worked example: forty hours, one thing changed at a time, computed by the planner."""
    made = _answer(place)
    if made is None:
        return "The example is being computed."
    examples = made[1]["examples"]
    rounds = list(dict.fromkeys(name for example in examples for name in example["minutes"]))
    rounds.sort(key=[facts.id for facts in place.catalogue.rounds].index)
    rows = []
    for example in examples:
        cells = []
        for name in rounds:
            minutes = example["minutes"].get(name)
            percent = example["percent"].get(name)
            share = f" ({percent:.0f}%)" if percent is not None else ""
            cells.append("–" if minutes is None else f"{_hours(minutes)}{share}")
        rows.append((escape(example["name"]), *cells))
    return table(["Forty hours in five weeks", *(escape(round_name(place.catalogue, name)) for name in rounds)], rows)


for _name, _function in (
    ("allocation-shares", _share_table),
    ("allocation-rules", _rule_table),
    ("allocation-steps", _step_list),
    ("allocation-weights", _weight_table),
    ("allocation-bookings", _booking_table),
    ("allocation-booking-rules", _booking_rule_table),
    ("allocation-loops", _loop_parts),
    ("allocation-values", _value_table),
    ("allocation-activities", _activity_table),
    ("allocation-sources", _source_list),
    ("allocation-example", _example_table),
):
    _listed(_name, _function)
