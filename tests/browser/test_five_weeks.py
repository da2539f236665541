"""Five weeks of one reader: a plan, reading, drills, a rapid round, a mock interview, a browser that forgets.

One story with a clock that moves from visit to visit. At each step: nothing is lost, nothing counts twice, nothing
comes before its day.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Heard, Served
from tests.browser.planning import MONDAY, Planner, day, kept, planned
from tests.browser.practice import held, records
from tests.browser.reader import AGAIN, EASY, GOOD, HARD, KEPT, Reader
from tests.browser.test_data import load, part, saved
from tests.browser.test_in_plan import agenda
from tests.browser.test_mock import judge as judge_interview
from tests.browser.test_mock import start as start_interview
from tests.browser.test_rapid_fire import finish
from tests.browser.test_rapid_fire import judge as judge_round
from tests.browser.test_rapid_fire import start as start_round

INTERVIEW = 35
# Within these last days, everything that was learned is seen once more.
WINDOW = 14
# The reader takes up little a day, so that the story is short.
NEW_A_DAY = 6


def mixed(new: bool, at: int) -> str:
    """Of three new questions one is wrong at first; of what comes back, one in five is hard."""
    return (AGAIN, GOOD, EASY)[at % 3] if new else (HARD if at % 5 == 4 else GOOD)


def on(session: dict[str, Any]) -> int:
    """Return the day of a session of the plan, counted from the first of the story."""
    return (date.fromisoformat(session["date"]) - MONDAY).days


def begins(planner: Planner, site: Served) -> Reader:
    """Make a plan of five weeks, which books drills in each of them; nothing is met yet."""
    page = planner()
    page.get_by_label("Date of the interview").fill(day(INTERVIEW).isoformat())
    kept(page, ticks=0)
    assert {on(one) // 7 for one in agenda(page) if one["kind"] == "drill"} == set(range(5))
    reader = Reader(page, site)
    assert reader.readiness().met == 0
    page = reader.come(0, "practice/drills/")
    page.get_by_text("Daily limits").click()
    page.get_by_label("New questions a day").fill(str(NEW_A_DAY))
    page.get_by_role("spinbutton", name="minutes").fill("600")
    held(page, "habits", 1)
    return reader


def drills(reader: Reader, days: int) -> None:
    """Drill on a day. Nothing comes before its day; until two weeks before the interview, all comes that is due."""
    reader.come(days, "practice/drills/")
    due, unknown = reader.due(), reader.unpromised()
    back = set(reader.drill(mixed)) - unknown
    assert back == due if days < INTERVIEW - WINDOW else back <= due


def learns(reader: Reader) -> None:
    """Spend the first days: reading is ticked, a planned drill is done, and what was weak returns sooner."""
    page = reader.come(0, "plan/")
    reader.tick(2)
    page.get_by_role("link", name="Drill now").first.click()
    reader.sit(mixed, planned=True)
    drills(reader, 0)
    for days in (1, 2):
        reader.come(days, "plan/")
        reader.tick(1)
        drills(reader, days)
    weak, strong = (
        [one.wait for one in reader.cards.values() if (one.first == AGAIN) is wrong] for wrong in (True, False)
    )
    assert max(weak) < min(strong)
    assert reader.readiness().met == len(reader.cards)


def misses_days(reader: Reader) -> None:
    """Come back after five days: the plan moves, what was done stays, and weak pages are booked first."""
    page = reader.come(8, "plan/")
    page.get_by_role("button", name="I missed some days").click()
    planned(page)
    held(page, "agenda", 1)
    reader.hold()
    pages = {card.split("#")[0] for card, one in reader.cards.items() if one.first == AGAIN}
    booked = [one for one in agenda(page) if one["kind"] == "review" and on(one) >= 8]
    assert pages <= {item for one in booked for item in one["items"] if on(one) < 15}
    reader.tick(1)
    drills(reader, 8)


def loses_the_browser(reader: Reader) -> None:
    """Save everything, lose it, and load it again: nothing is missing, and loading it twice adds nothing."""
    page = reader.come(9, "practice/data/")
    text = saved(page)
    everything = part(page, "Everything")
    everything.get_by_role("button", name="Delete: everything").click()
    everything.get_by_role("button", name="Yes, delete: everything").click()
    for namespace in KEPT:
        held(page, namespace, 0)
    assert reader.readiness().met == 0
    reader.looked.pop()
    for _ in range(2):
        page = reader.come(9, "practice/data/")
        load(page, text)
        expect(page.locator(".tl-data__file > p").first).to_contain_text("The file was read.")
        reader.hold()
    again = saved(page)
    assert json.loads(again)["records"] == json.loads(text)["records"]
    drills(reader, 9)


def is_asked_at_random(reader: Reader) -> None:
    """Take a rapid round: it counts once, and for those of its questions that are drilled as a grade each."""
    page = start_round(reader.come(15, "practice/rapid-fire/"))
    finish(page)
    judge_round(page, ("Said it", "Did not have it"))
    reader.counts["fires"] += 1
    (fire,) = held(page, "fires", 1)
    for card in {one["id"] for one in fire["answers"]} & set(reader.cards):
        reader.counts["reviews"] += 1
        reader.cards[card].days += [15]
        reader.cards[card].promised = None
    reader.hold()
    drills(reader, 15)


def is_interviewed(reader: Reader) -> None:
    """Take the first mock interview that the plan has booked: it is judged, kept once, and ticked."""
    page = reader.come(22, "plan/")
    first = next(one for one in agenda(page) if one["kind"] == "mock")
    page = start_interview(reader.come(on(first), "practice/mock/"), first["round"])
    (mock,) = held(page, "mocks", 1)
    late = datetime.fromisoformat(f"{first['date']}T08:00:00") + timedelta(minutes=mock["minutes"] - 1)
    page.clock.set_fixed_time(late.isoformat())
    expect(page.get_by_role("timer")).to_have_text("1:00")
    judge_interview(page, 2)
    reader.counts["mocks"] += 1
    reader.counts["ticks"] += 1
    reader.hold()
    assert first["id"] in {one["id"] for one in records(page, "ticks")}
    reader.come(on(first), "plan/")
    reader.hold()


def test_five_weeks(
    planner: Planner, site: Served, heard: Heard, record_property: Callable[[str, object], None]
) -> None:
    reader = begins(planner, site)
    learns(reader)
    misses_days(reader)
    loses_the_browser(reader)
    is_asked_at_random(reader)
    drills(reader, 17)
    before = reader.readiness()
    is_interviewed(reader)
    for days in (24, 26, 28, 30, 32, 33, 34):
        drills(reader, days)
    # Everything that was learned was seen again, and within the last two weeks.
    assert all(len(one.days) > 1 and one.days[-1] >= INTERVIEW - WINDOW for one in reader.cards.values())
    after = reader.readiness()
    assert (after.met, after.remembered >= 90) == (len(reader.cards), True)
    assert after.met > before.met
    record_property("figures", reader.figures())
    assert heard.errors == []
