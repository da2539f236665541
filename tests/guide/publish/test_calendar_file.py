"""Calendar files, read by another program: the `icalendar` library, and RFC 5545 line by line."""

from __future__ import annotations

import itertools
import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from guide.tools.node import node_executable
from icalendar import Calendar

ROOT = Path(__file__).resolve().parents[3]
WEEK = [60, 60, 60, 60, 30, 180, 120]
STAMP = int(datetime(2026, 11, 20, 12, 0, tzinfo=UTC).timestamp() * 1000)

# Plans that cross a change of the clocks: north and south, a half hour, a zone without, and one on the date line.
ZONES = [
    ("Europe/Berlin", "2027-03-15"),
    ("Europe/Berlin", "2026-10-12"),
    ("America/New_York", "2027-03-01"),
    ("America/Sao_Paulo", "2027-03-01"),
    ("Australia/Lord_Howe", "2027-03-22"),
    ("Asia/Kolkata", "2027-03-15"),
    ("Pacific/Auckland", "2026-09-14"),
    ("Africa/Casablanca", "2027-02-01"),
    ("UTC", "2027-03-15"),
]


def timed(zone: str | None, **more: Any) -> dict[str, Any]:
    return {"kind": "timed", "start": [1110, 1110, 1110, 1110, 1110, 600, 600], "zone": zone, **more}


def write(*jobs: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the plan and the calendar file of each job."""
    filled = [{"today": "2026-11-23", "minutes": WEEK, "stamp": STAMP, **job} for job in jobs]
    done = subprocess.run(
        [node_executable(), "tests/app/calendar-file.ts"],
        cwd=ROOT,
        input=json.dumps(filled),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def events(text: str) -> list[Any]:
    return [event for event in Calendar.from_ical(text).walk("VEVENT") if event["STATUS"] == "CONFIRMED"]


@pytest.fixture(scope="module")
def berlin() -> dict[str, Any]:
    return write({"today": "2027-03-15", "interview": "2027-04-12", "times": timed("Europe/Berlin")})[0]


@pytest.mark.parametrize(("zone", "today"), ZONES)
def test_every_session_is_at_its_hour_on_the_clock_before_and_after_a_change(zone: str, today: str) -> None:
    interview = (date.fromisoformat(today) + timedelta(days=35)).isoformat()
    answer = write({"today": today, "interview": interview, "times": timed(zone)})[0]
    first = {}
    for event in events(answer["text"]):
        start = event["DTSTART"].dt
        if isinstance(start, datetime):
            first.setdefault(start.date(), start)
    assert len(first) > 15
    for day, start in first.items():
        hour = (18, 30) if day.weekday() < 5 else (10, 0)
        # `icalendar` reads the zone by its name; what the file itself says about it must come to the same instant.
        expected = datetime(day.year, day.month, day.day, *hour, tzinfo=ZoneInfo(zone))
        assert start.astimezone(UTC) == expected.astimezone(UTC)


@pytest.mark.parametrize(("zone", "today"), ZONES)
def test_the_zone_in_the_file_agrees_with_the_zone_of_that_name(zone: str, today: str) -> None:
    interview = (date.fromisoformat(today) + timedelta(days=35)).isoformat()
    text = write({"today": today, "interview": interview, "times": timed(zone)})[0]["text"]
    parts = [part for part in Calendar.from_ical(text).walk() if part.name in ("STANDARD", "DAYLIGHT")]
    begins = sorted((part["DTSTART"].dt, part["TZOFFSETTO"].td) for part in parts)
    for event in events(text):
        start = event["DTSTART"].dt
        if isinstance(start, datetime):
            wall = start.replace(tzinfo=None)
            offset = [after for begin, after in begins if begin <= wall][-1]
            assert offset == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_sessions_of_a_day_follow_one_another_with_a_pause_and_last_as_long_as_planned(berlin: dict[str, Any]) -> None:
    planned = [session for day in berlin["plan"]["days"] for session in day["sessions"]]
    found = [event for event in events(berlin["text"]) if isinstance(event["DTSTART"].dt, datetime)]
    assert [event["DTEND"].dt - event["DTSTART"].dt for event in found] == [
        timedelta(minutes=session["minutes"]) for session in planned
    ]
    for before, after in itertools.pairwise(found):
        if before["DTSTART"].dt.date() == after["DTSTART"].dt.date():
            assert after["DTSTART"].dt - before["DTEND"].dt == timedelta(minutes=5)


def test_text_with_signs_of_the_format_comes_back_as_it_was(berlin: dict[str, Any]) -> None:
    planned = [session for day in berlin["plan"]["days"] for session in day["sessions"]]
    found = [str(event["SUMMARY"]) for event in events(berlin["text"])]
    assert any("“L1, L2” \\ ünïcode 🎯" in title for title in found)
    for session in planned:
        assert any(title.endswith(session["title"]) or session["title"] in title for title in found)


def test_lines_are_as_rfc_5545_wants_them(berlin: dict[str, Any]) -> None:
    raw = berlin["text"].encode()
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b"END:VCALENDAR"
    for event in Calendar.from_ical(berlin["text"]).walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"} <= set(event)


def test_importing_again_updates_the_same_events() -> None:
    first = write({"interview": "2027-01-11", "times": timed("Europe/Berlin")})[0]
    second = write(
        {
            "interview": "2027-01-18",
            "times": timed("Europe/Berlin"),
            "stamp": STAMP + 1000,
            "earlier": first["events"],
        }
    )[0]
    before = {event["UID"]: event for event in events(first["text"])}
    after = {event["UID"]: event for event in Calendar.from_ical(second["text"]).walk("VEVENT")}
    assert len(before) == len(first["events"])
    assert len(after) == len(events(second["text"])) + sum(e["STATUS"] == "CANCELLED" for e in after.values())
    # Nothing of the first file is forgotten: it is there again, or it is cancelled.
    assert set(before) <= set(after)
    assert len(set(before) & {uid for uid, event in after.items() if event["STATUS"] == "CONFIRMED"}) > len(before) / 2
    for uid, event in before.items():
        assert after[uid]["SEQUENCE"] > event["SEQUENCE"]


def uids(answer: dict[str, Any], status: str) -> set[str]:
    calendar = Calendar.from_ical(answer["text"])
    return {str(event["UID"]) for event in calendar.walk("VEVENT") if event["STATUS"] == status}


def test_a_file_that_was_never_imported_leaves_nothing_behind() -> None:
    berlin = {"times": timed("Europe/Berlin")}
    first = write({"interview": "2027-01-25", **berlin})[0]
    # The second file cancels what it drops; the reader does not import it. The third still does.
    second = write({"interview": "2026-12-14", "earlier": first["events"], **berlin})[0]
    third = write({"interview": "2026-12-07", "earlier": second["events"], **berlin})[0]
    assert uids(second, "CANCELLED")
    assert uids(first, "CONFIRMED") <= uids(third, "CONFIRMED") | uids(third, "CANCELLED")
    # What comes back into the plan is no longer cancelled.
    fourth = write({"interview": "2027-01-25", "earlier": third["events"], **berlin})[0]
    assert uids(fourth, "CONFIRMED") == uids(first, "CONFIRMED")


def test_past_sessions_that_were_dropped_are_cancelled_and_ticked_ones_are_not_touched() -> None:
    berlin = {"times": timed("Europe/Berlin")}
    first = write({"interview": "2027-01-25", "ticked": 3, **berlin})[0]
    every = write({"interview": "2027-01-25", **berlin})[0]
    done = uids(every, "CONFIRMED") - uids(first, "CONFIRMED")
    assert len(done) == 3
    # Another plan, a month later: none of the old sessions is in it, nor are their names.
    later = {"today": "2026-12-28", "interview": "2027-01-04", "planId": "p2", "earlier": every["events"], **berlin}
    started = write(later)[0]
    assert uids(started, "CANCELLED") >= uids(every, "CONFIRMED") - done - {"p1-interview@training-loop"}
    ticked = write({"interview": "2027-01-25", "planId": "p2", "ticked": 3, "earlier": every["events"], **berlin})[0]
    assert not done & (uids(ticked, "CANCELLED") | uids(ticked, "CONFIRMED"))


def test_a_start_in_the_hour_that_is_skipped_makes_no_events_overlap() -> None:
    # In Berlin the clock goes from 2:00 to 3:00 on 28 March 2027, a Sunday.
    for start in (90, 120, 135, 150, 179):
        times = timed("Europe/Berlin", start=[start] * 7)
        answer = write({"today": "2027-03-27", "interview": "2027-04-02", "minutes": [180] * 7, "times": times})[0]
        found = [event for event in events(answer["text"]) if isinstance(event["DTSTART"].dt, datetime)]
        spans = sorted((event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in found)
        on_the_day = [span for span in spans if span[0].date() == date(2027, 3, 28)]
        assert len(on_the_day) > 2
        for before, after in itertools.pairwise(spans):
            assert before[1] <= after[0]
        planned = [session for day in answer["plan"]["days"] for session in day["sessions"]]
        lengths = sorted(end - begin for begin, end in spans)
        assert lengths == sorted(timedelta(minutes=session["minutes"]) for session in planned)


def test_the_same_input_gives_the_same_bytes() -> None:
    job = {"interview": "2027-01-11", "times": timed("Asia/Tokyo")}
    one, two = write(job, job)
    assert one["text"] == two["text"]


def test_links_lead_to_the_site(berlin: dict[str, Any]) -> None:
    links = [str(event["URL"]) for event in events(berlin["text"]) if "URL" in event]
    assert len(links) > 10
    assert all(link.startswith("https://example.org/guide/") for link in links)


def test_a_plan_without_hours_has_one_event_a_day() -> None:
    answer = write({"interview": "2027-01-11", "times": {"kind": "all-day"}})[0]
    found = events(answer["text"])
    days = [day for day in answer["plan"]["days"] if day["sessions"]]
    assert len(found) == len(days) + 1
    for event in found:
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    assert "BEGIN:VTIMEZONE" not in answer["text"]


def test_an_unknown_zone_gives_hours_on_the_readers_own_clock() -> None:
    answer = write({"interview": "2027-01-11", "times": timed("Mars/Olympus_Mons")})[0]
    start = next(event["DTSTART"].dt for event in events(answer["text"]))
    assert start.tzinfo is None
    assert "TZID" not in answer["text"]


def test_a_day_that_is_too_long_for_its_hour_begins_earlier_and_ends_before_midnight() -> None:
    job = {"interview": "2026-12-21", "minutes": [600] * 7, "times": timed("Europe/Berlin", start=[1380] * 7)}
    for event in events(write(job)[0]["text"]):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if isinstance(start, datetime):
            assert start.date() == end.date()
