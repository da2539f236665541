"""The ready-made plans as Markdown.

Pages name plans by week and weekday, since nobody knows at build when a reader begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from guide.model.catalogue import Catalogue
from guide.model.labels import counted, label
from guide.model.views import round_name
from guide.publish.place import Place, escape, hours, round_link, table
from guide.publish.plans import FOLDER, SOME_MONDAY, answer

_LEFT_SHOWN: Final = 12


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
