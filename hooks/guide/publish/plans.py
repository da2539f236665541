"""The ready-made plans: what the planner decides, for the pages of plans and for calendar files.

The planner is one implementation, in TypeScript, for the browser. Here Node runs it (tools/plans.mjs) over the same
catalogue and allocation as the site publishes, so a ready-made plan on paper is what the form would have given. What it
answers is cached by everything that it was made from.

A calendar file needs dates: its plan begins on the first Monday after the day of the build, and the page says so.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from guide.model.allocation import Allocation
from guide.model.catalogue import Catalogue
from guide.publish.data import allocation_data, catalogue_data
from guide.publish.place import Place
from guide.tools.history import day_of_build
from guide.tools.node import Drawing, Node, NodeMissingError

FOLDER: Final = "plan/ready-made"
# The pages of ready-made plans speak of weeks and weekdays, so any Monday does; a fixed one keeps them from changing.
SOME_MONDAY: Final = date(2026, 1, 5)


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
