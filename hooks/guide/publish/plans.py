"""The ready-made plans: what the planner decides, for the pages of plans and for calendar files.

The planner is one implementation, in TypeScript, for the browser. Here Node runs it (tools/plans.mjs) over the same
catalogue and allocation as the site publishes, so a ready-made plan on paper is what the form would have given. What it
answers is cached by everything that it was made from.

A calendar file needs dates: its plan begins on the first Monday after the day of the build, and the page says so.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from guide.model.allocation import Allocation
from guide.model.catalogue import Catalogue
from guide.model.labels import counted, label
from guide.model.views import round_name
from guide.publish.data import allocation_data, catalogue_data
from guide.publish.place import Place, escape, hours, round_link, table
from guide.tools.history import day_of_build
from guide.tools.node import Drawing, Node, NodeMissingError

FOLDER: Final = "plan/ready-made"
# The pages of ready-made plans speak of weeks and weekdays, so any Monday does; a fixed one keeps them from changing.
SOME_MONDAY: Final = date(2026, 1, 5)
# So many of what was left out are named.
_LEFT_SHOWN: Final = 12


class PlanError(RuntimeError):
    """The planner could not be run; the message is Node's, or says that Node is missing."""


def first_monday(today: date | None = None) -> date:
    """Return the first Monday after `today`: by default the day of the build, or of SOURCE_DATE_EPOCH."""
    today = today or day_of_build()
    return today + timedelta(days=7 - today.weekday())


def compute(
    catalogue: Catalogue, allocation: Allocation, cache_directory: Path, start: date, site: str
) -> dict[str, Any]:
    """Return every ready-made plan that begins on `start`, with calendar file and link, and the worked example."""
    request = {
        "catalogue": catalogue_data(catalogue),
        "allocation": allocation_data(allocation, catalogue),
        "start": start.isoformat(),
        "stamp": int(datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp() * 1000),
        "site": site or "http://127.0.0.1/",
    }
    try:
        with closing(Node(cache_directory)) as node:
            (found,) = node.draw("plans", [Drawing(json.dumps(request, ensure_ascii=False))])
    except NodeMissingError as error:
        raise PlanError(str(error)) from None
    if found.error:
        raise PlanError(f"The planner cannot be run: {found.error}")
    made: dict[str, Any] = json.loads(found.html)
    return made


# What was computed last, and from which catalogue: every page of a build asks for the same.
_last: list[tuple[Catalogue, dict[str, Any]]] = []


def answer(place: Place) -> dict[str, Any]:
    """Return what the planner makes of the allocation, computed once for all pages of a build."""
    catalogue = place.catalogue
    if catalogue.allocation is None:
        return {"plans": {}}
    if not _last or _last[0][0] is not catalogue:
        made = compute(catalogue, catalogue.allocation, place.root / ".cache", SOME_MONDAY, "")
        _last[:] = [(catalogue, made)]
    return _last[0][1]


def calendars(catalogue: Catalogue, cache_directory: Path, site: str, today: date | None = None) -> dict[str, str]:
    """Return the calendar file of each ready-made plan by its path in the site; none without an allocation."""
    if catalogue.allocation is None:
        return {}
    start = first_monday(today)
    made = compute(catalogue, catalogue.allocation, cache_directory, start, site)
    return {f"{FOLDER}/{name}.ics": _movable(plan["calendar"], start) for name, plan in made["plans"].items()}


def _movable(calendar: str, start: date) -> str:
    """Name the events of a calendar file by the day of the plan, not by its date: a later file then moves them."""

    def numbered(match: re.Match[str]) -> str:
        return f"{match[1]}{(date.fromisoformat(match[2]) - start).days + 1}"

    return re.sub(r"^(UID:\S+-day:)(\d{4}-\d{2}-\d{2})(?=@)", numbered, calendar, flags=re.MULTILINE)


# ---- on their pages ------------------------------------------------------------------------------------------
# Pages name plans by week and weekday, since nobody knows at build when a reader begins.


def overview(place: Place) -> str:
    """Return all ready-made plans, with their hours and what they hold."""
    rows = []
    for name, made in answer(place)["plans"].items():
        page = place.catalogue.page(f"{FOLDER}/{name}")
        if page is not None:
            sessions = [session for day in made["plan"]["days"] for session in day["sessions"]]
            count = Counter(session["kind"] for session in sessions)
            rows.append(
                (
                    place.link(page),
                    hours(made["plan"]["totals"]["planned"]),
                    str(len(sessions)),
                    str(count["read"] + count["drill"]),
                    str(count["design"] + count["mock"]),
                )
            )
    return table(["Plan", "Time", "Sessions", "Reading and drills", "Designs aloud and mocks"], rows)


def plan(place: Place, name: str) -> str:
    """Return a whole plan: what it is for, its shares, its weeks and days, and what was left out."""
    allocation, made = place.catalogue.allocation, answer(place)["plans"].get(name)
    if allocation is None or made is None:
        return ""
    ready, found = allocation.ready_made, made["plan"]
    planner = f"{place.to('plan/index.md')}#{made['link']}"
    loop = next(loop for loop in allocation.loops if loop.company == ready.company)
    said = (
        f"{hours(found['totals']['planned'])} for a {ready.level}-level {_words(ready.role)} and the loop of a "
        f"{escape(loop.name.lower())}. [Change anything in the planner]({planner}), or take the "
        f"[calendar file]({name}.ics): it begins on the first Monday after this site was published, and importing a "
        "newer one moves the same events."
    )
    parts = [said, _shares(place, found), *_weeks(place, [day for day in found["days"] if day["sessions"]])]
    if found["left"]:
        left = [f"- {_left(place, each)}" for each in found["left"][:_LEFT_SHOWN]]
        parts += [place.heading("Left out", "left-out"), "What did not fit, the most valuable first.", "\n".join(left)]
    if (more := len(found["left"]) - _LEFT_SHOWN) > 0:
        parts.append(f"And {counted(more, 'more thing')} of less weight.")
    return "\n\n".join(parts)


def _weeks(place: Place, days: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the days that hold a session, week by week; a single day needs no heading."""
    for week, group in groupby(days, lambda day: (date.fromisoformat(day["date"]) - SOME_MONDAY).days // 7 + 1):
        inside = list(group)
        if len(days) > 1:
            yield place.heading(f"Week {week}", f"week-{week}")
            sessions = sum(len(day["sessions"]) for day in inside)
            yield f"{hours(sum(day['planned'] for day in inside))} in {counted(sessions, 'session')}."
        for day in inside:
            light = ", the day before the interview" if day["light"] else ""
            weekday = f"{date.fromisoformat(day['date']):%A}"
            yield f"**{weekday}** {{ .tl-plan-weekday }}\n: {hours(day['planned'])}{light}"
            # With an empty line between them, since some items have a second paragraph.
            yield from (_session(place, session) for session in day["sessions"])


def _shares(place: Place, plan: Mapping[str, Any]) -> str:
    rows = [
        (
            round_link(place, line["round"]),
            f"{line['percent']:.0f}%" if "percent" in line else "beside",
            hours(line["planned"]),
        )
        for line in (*plan["shares"], *plan["bookings"])
        if line["planned"]
    ]
    return table(["Round", "Share", "Planned"], rows)


def _session(place: Place, session: Mapping[str, Any]) -> str:
    kind = "Skim" if session["skim"] else label(session["kind"])
    part = f" (part {session['part']} of {session['parts']})" if session["parts"] > 1 else ""
    entries = session["entries"] if len(session["entries"]) > 1 else [session]
    title = ", ".join(_linked(place, entry["url"], entry["title"]) for entry in entries)
    said = f"- [ ] **{kind}** {title}{part}, {session['minutes']} min"
    if session["round"]:
        said += f" *{escape(round_name(place.catalogue, session['round']))}*"
    # How to do it is said for what is no page: a page says it itself.
    if session["text"] and not session["url"] and entries == [session]:
        said += f"\n\n    {escape(session['text'])}"
    return said


def _left(place: Place, left: Mapping[str, Any]) -> str:
    kind = label(left["kind"])
    return f"**{kind}** {_linked(place, left['url'], left['title'])}, {left['minutes']} min. {escape(left['why'])}"


def _linked(place: Place, url: str, title: str) -> str:
    """Return a title as a link to the page at a site address, written as an author would."""
    address, _, anchor = url.partition("#")
    page = next((page for page in place.catalogue.pages if page.url == address), None) if url else None
    return place.link(page, escape(title), anchor) if page is not None else escape(title)


def _words(name: str) -> str:
    return {"ml-engineer": "ML engineer"}.get(name, name.replace("-", " "))


def names(catalogue: Catalogue) -> list[str]:
    """Return the ids of the ready-made plans; those that have a page while the allocation cannot be read.

    Otherwise one mistake in the allocation would make the listing of every such page look misspelled.
    """
    if catalogue.allocation is not None:
        return [plan.id for plan in catalogue.allocation.ready_made.plans]
    return [page.id.removeprefix(f"{FOLDER}/") for page in catalogue.pages if page.id.startswith(f"{FOLDER}/")]
