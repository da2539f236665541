"""The ready-made plans as Markdown.

Pages name plans by week and weekday, since nobody knows at build when a reader begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from guide.model.catalogue import Catalogue
from guide.model.labels import counted, label
from guide.model.views import round_name
from guide.model.vocabulary import ITEM_KINDS
from guide.publish import plans
from guide.publish.place import Place, escape, hours, round_link, table
from guide.publish.plans import FOLDER, SOME_MONDAY

_LEFT_SHOWN: Final = 12


def overview(place: Place) -> str:
    """Return all ready-made plans, with their hours and what they hold."""
    made = plans.answer(place)
    rows = []
    for ready in made[0].ready_made.plans if made else ():
        page = place.catalogue.page(f"{FOLDER}/{ready.id}")
        if page is None or made is None:
            continue
        found = made[1]["plans"][ready.id]["plan"]
        sessions = [session for day in found["days"] for session in day["sessions"]]
        count = {kind: sum(session["kind"] == kind for session in sessions) for kind in ITEM_KINDS}
        rows.append(
            (
                place.link(page),
                hours(found["totals"]["planned"]),
                str(len(sessions)),
                str(count["read"] + count["drill"]),
                str(count["design"] + count["mock"]),
            )
        )
    head = ["Plan", "Time", "Sessions", "Reading and drills", "Designs aloud and mocks"]
    return table(head, rows) if rows else "The plans are being computed."


def plan(place: Place, name: str) -> str:
    """Return a whole plan: what it is for, its shares, its weeks and days, and what was left out."""
    made = plans.answer(place)
    if made is None or name not in made[1]["plans"]:
        return "This plan is being computed."
    allocation, answer = made
    ready = allocation.ready_made
    found, link = answer["plans"][name]["plan"], answer["plans"][name]["link"]
    planner = f"{place.to('plan/index.md')}#{link}"
    loop = next(loop for loop in allocation.loops if loop.company == ready.company)
    parts = [
        f"{hours(found['totals']['planned'])} for a {ready.level}-level {_words(ready.role)} and the loop of a "
        f"{escape(loop.name.lower())}. [Change anything in the planner]({planner}), or take the "
        f"[calendar file]({name}.ics): it begins on the first Monday after this site was published, and importing a "
        "newer one moves the same events.",
        _shares(place, found),
    ]
    monday = SOME_MONDAY
    weeks: dict[int, list[dict[str, Any]]] = {}
    for day in found["days"]:
        if day["sessions"]:
            weeks.setdefault((date.fromisoformat(day["date"]) - monday).days // 7, []).append(day)
    for week, entries in weeks.items():
        minutes = sum(day["planned"] for day in entries)
        if len(weeks) > 1 or len(entries) > 1:
            parts.append(place.heading(f"Week {week + 1}", f"week-{week + 1}"))
            parts.append(f"{hours(minutes)} in {counted(sum(len(day['sessions']) for day in entries), 'session')}.")
        for day in entries:
            weekday = f"{date.fromisoformat(day['date']):%A}"
            light = ", the day before the interview" if day["light"] else ""
            parts.append(f"**{weekday}** {{ .tl-plan-weekday }}\n: {hours(day['planned'])}{light}")
            # With an empty line between them, since some items have a second paragraph.
            parts.append("\n\n".join(_session(place, session) for session in day["sessions"]))
    if found["left"]:
        parts.append(place.heading("Left out", "left-out"))
        parts.append("What did not fit, the most valuable first.")
        shown = found["left"][:_LEFT_SHOWN]
        parts.append("\n".join(f"- {_left(place, left)}" for left in shown))
        if len(found["left"]) > len(shown):
            parts.append(f"And {counted(len(found['left']) - len(shown), 'more thing')} of less weight.")
    return "\n\n".join(parts)


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
