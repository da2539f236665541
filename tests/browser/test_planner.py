"""The planner end to end, in a real browser: make a plan, change it, tick, miss days, and take it elsewhere.

Every test has an empty profile and a Monday for today, so that what is planned does not depend on the day of the test.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener, Served
from tests.browser.planning import MONDAY, Planner, day, kept, planned, stand_at
from tests.browser.practice import held, records
from tests.browser.test_accessibility import AXE, RULES, violations


def computed(page: Page) -> None:
    """Wait until the plan is that of the settings."""
    page.wait_for_selector(".tl-plan[aria-busy=false]")


def set_date(page: Page, days: int) -> None:
    page.get_by_label("Date of the interview").fill(day(days).isoformat())
    computed(page)


def head(page: Page) -> str:
    return page.locator(".tl-plan-head").inner_text()


def sessions(page: Page) -> Any:
    return page.locator(".tl-plan-weeks .tl-session")


def box(page: Page, index: int) -> Any:
    return sessions(page).nth(index).get_by_role("checkbox")


def test_a_plan_is_there_at_once_and_follows_every_change(planner: Planner, heard: Heard) -> None:
    page = planner()
    before = head(page)
    assert "in 28 days" in before
    set_date(page, 14)
    expect(page.locator(".tl-plan-head")).to_contain_text("in 14 days")
    page.get_by_label("Hours a week").fill("15")
    expect(page.locator(".tl-plan-head strong")).not_to_have_text(before.split(" in ")[0])
    assert heard.errors == []


@pytest.mark.parametrize("width", [360, 1280])
def test_for_whom_the_plan_is_made_is_said_above_it_and_changed_from_there(width: int, planner: Planner) -> None:
    page = planner(width=width)
    whom = page.locator(".tl-plan-whom")
    expect(whom).to_contain_text("Made for a mid-level ML engineer at a large tech company who faces")
    expect(whom).to_contain_text("ML system design")
    # Who comes back has the form folded away on a phone.
    box(page, 0).check()
    kept(page, 1)
    page.reload()
    planned(page)
    whom.get_by_role("button", name="Change").click()
    page.get_by_role("combobox", name="Level").select_option("entry")
    expect(whom).to_contain_text("Made for an entry-level ML engineer")
    expect(whom).not_to_contain_text("ML depth")


def test_nothing_is_asked_of_anybody_else(planner: Planner, heard: Heard, site: Served) -> None:
    planner()
    assert [url for url in heard.requests if not url.startswith(site.url)] == []


def test_no_day_is_over_its_minutes_and_none_is_off(planner: Planner) -> None:
    page = planner()
    set_date(page, 21)
    page.get_by_text("Your days").click()
    page.get_by_role("spinbutton", name="Wed").fill("0")
    page.get_by_label("A day off").fill(day(5).isoformat())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("button", name="Remove the day off on Sat 28 Nov")).to_be_visible()
    computed(page)
    days = page.locator(".tl-plan-day h4")
    expect(days.filter(has_text=re.compile("Wednesday|28 November"))).to_have_count(0)
    expect(days.first).to_be_attached()


def test_a_round_is_taken_on_and_dropped(planner: Planner) -> None:
    page = planner()
    shares = page.locator(".tl-plan-shares__list").first
    page.get_by_label("ML depth", exact=True).uncheck()
    expect(shares).not_to_contain_text("ML depth")
    page.get_by_text("more rounds").click()
    page.get_by_label("ML coding", exact=True).check()
    expect(shares).to_contain_text("ML coding")
    page.get_by_label("not sure about ML coding").check()
    expect(shares.get_by_text("Why this much ML coding")).to_be_attached()


POSTING = """Senior Data Scientist, Growth

As a Senior Data Scientist you design experiments and A/B tests, and you know causal inference.
The process: a call with our recruiter, then a take-home exercise. <b>Bring a secret word: xylophone.</b>
"""


def test_a_posting_fills_the_form_with_what_is_accepted_and_goes_nowhere(
    planner: Planner, heard: Heard, site: Served
) -> None:
    page = planner()
    page.get_by_text("Paste a job posting").click()
    page.get_by_label("Text of the posting").fill(POSTING)
    box = page.locator(".tl-posting")
    expect(box.get_by_role("checkbox", name="Role: Data scientist")).to_be_checked()
    expect(box).to_contain_text("“Senior Data Scientist”. The title says senior")
    box.get_by_role("checkbox", name="Level: Senior").uncheck()
    page.get_by_role("button", name="Fill in the form with these").click()
    expect(page.get_by_text("Mid, Data scientist")).to_be_visible()
    expect(page.locator(".tl-plan-shares")).to_contain_text("Take-home assignment")
    expect(page.locator(".tl-fold").filter(has_text="Weak and strong")).to_contain_text("1 weak")
    kept(page, ticks=0)
    open_way(page, "Backup")
    assert "xylophone" not in saved_file(page)
    assert [url for url in heard.requests if not url.startswith(site.url)] == []
    assert not any("xylophone" in url for url in heard.requests)
    page.locator(".tl-plan-form").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Mid, ML engineer")).to_be_visible()
    assert heard.errors == []


def test_a_posting_that_says_nothing_clearly_says_so(planner: Planner) -> None:
    page = planner()
    page.get_by_text("Paste a job posting").click()
    page.get_by_label("Text of the posting").fill("We are a friendly team, and there is fruit.")
    expect(page.get_by_text("Nothing in it clearly says")).to_be_visible()
    expect(page.get_by_role("button", name="Fill in the form")).to_have_count(0)


def test_a_slider_moves_the_other_shares_and_the_total_stays(planner: Planner) -> None:
    page = planner()
    slider = page.get_by_label("Share of ML breadth")
    slider.fill("70")
    expect(slider).to_have_value("70")
    values = [
        int(each) for each in page.locator(".tl-plan-share input").evaluate_all("all => all.map(one => one.value)")
    ]
    assert 99 <= sum(values) <= 101
    page.get_by_role("button", name="Undo the sliders").click()
    expect(slider).not_to_have_value("70")


def test_a_slider_is_moved_by_keyboard_and_says_what_it_did(planner: Planner) -> None:
    page = planner()
    slider = page.get_by_label("Share of ML breadth")
    slider.focus()
    before = int(slider.input_value())
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_value(str(before + 1))
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"{before + 1} percent"))


def test_every_share_tells_what_moved_it_and_who_says_so(planner: Planner) -> None:
    page = planner()
    first = page.locator(".tl-plan-share .tl-why").nth(1)
    first.locator("summary").click()
    expect(first).to_contain_text("How to ace Machine Learning Interviews")
    assert re.search(r"[+−]\d", first.inner_text())


def test_a_change_is_told_to_a_screen_reader(planner: Planner) -> None:
    page = planner()
    page.clock.resume()
    set_date(page, 10)
    expect(page.locator("[data-announce]")).to_contain_text("The plan now holds")


def test_ticks_survive_a_reload_and_leave_the_plan_where_it_is(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    titles = page.locator(".tl-plan-weeks .tl-session__title").all_inner_texts()
    box(page, 0).check()
    box(page, 2).check()
    expect(box(page, 2)).to_be_checked()
    kept(page, ticks=2)
    page.reload()
    planned(page)
    expect(box(page, 0)).to_be_checked()
    expect(box(page, 1)).not_to_be_checked()
    expect(box(page, 2)).to_be_checked()
    assert page.locator(".tl-plan-weeks .tl-session__title").all_inner_texts() == titles


def test_missed_days_are_planned_again_without_losing_what_is_done(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    done = sessions(page).first.locator(".tl-session__title a").first.inner_text()
    box(page, 0).check()
    stand_at(page, 3)
    expect(page.get_by_text("of the past days are not ticked")).to_be_visible()
    page.get_by_role("button", name="I missed some days").click()
    expect(page.get_by_text("not ticked")).to_have_count(0)
    page.get_by_text("Done so far").click()
    expect(page.locator(".tl-fold").filter(has_text="Done so far")).to_contain_text(done)
    dates = page.locator(".tl-plan-day").evaluate_all("all => all.map(one => one.getAttribute('aria-labelledby'))")
    assert min(dates) >= f"day-{day(3).isoformat()}"
    stand_at(page, 4)
    page.get_by_role("button", name="I did them").click()
    expect(page.get_by_text("not ticked")).to_have_count(0)


def planned_chapters(page: Page, site: Served) -> list[dict[str, Any]]:
    """Return the chapters that the plan leads to, as the catalogue knows them, in the order of the plan."""
    items = json.loads((site.folder / "data/catalogue.json").read_text("utf-8"))["items"]
    chapters = {item["url"]: item for item in items if item["kind"] == "chapter"}
    links = page.locator(".tl-plan-weeks .tl-session a").evaluate_all("all => all.map(one => one.href.split('#')[0])")
    found = dict.fromkeys(link.removeprefix(site.url) for link in links)
    return [chapters[url] for url in found if url in chapters]


def test_what_is_known_is_not_planned_for_reading(planner: Planner, site: Served) -> None:
    page = planner()
    # Its short version stands before its first questions, or all of it is read.
    before = r"(Read\s+|In short, then .* on )"
    title = next(
        chapter["title"]
        for chapter in planned_chapters(page, site)
        if sessions(page).filter(has_text=re.compile(before + re.escape(chapter["title"]))).count() > 0
    )
    page.get_by_text("What you know already").click()
    known = page.locator(".tl-plan-form").get_by_label(title, exact=True)
    page.evaluate("for (const each of document.querySelectorAll('.tl-plan-week')) each.open = true")
    met = sessions(page).filter(has_text=re.compile(before + re.escape(title)))
    known.check()
    expect(met).to_have_count(0)
    known.uncheck()
    expect(met.first).to_be_attached()


def test_two_tabs_stay_in_step(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    other = page.context.new_page()
    other.clock.set_fixed_time(f"{MONDAY.isoformat()}T08:00:00")
    other.goto(page.url)
    planned(other)
    box(page, 1).check()
    expect(box(other, 1)).to_be_checked()
    box(other, 0).check()
    expect(box(page, 0)).to_be_checked()
    set_date(other, 12)
    expect(page.locator(".tl-plan-head")).to_contain_text("in 12 days")


def focused(page: Page) -> str:
    """Return what has the focus: its tag, and its name or the beginning of its text."""
    return str(
        page.evaluate(
            "(one => `${one.tagName} ${one.getAttribute('aria-label') ?? one.closest('label')?.innerText ??"
            " one.innerText.slice(0, 80)}`)(document.activeElement)"
        )
    )


def press(page: Page, locator: Any) -> None:
    """Press a button by keyboard."""
    locator.focus()
    page.keyboard.press("Enter")


def test_a_round_keeps_its_row_and_the_keyboard_when_it_is_chosen(planner: Planner) -> None:
    page = planner()
    page.get_by_text("8 more rounds").click()
    choice = page.get_by_label("ML coding", exact=True)
    choice.focus()
    for checked in (True, False, True):
        page.keyboard.press("Space")
        expect(choice).to_be_checked(checked=checked)
        expect(choice).to_be_focused()
    expect(page.get_by_text("8 more rounds, 1 chosen")).to_be_visible()


def test_the_keyboard_never_falls_back_to_the_top_of_the_page(planner: Planner) -> None:
    page = planner()
    page.get_by_label("Hours a week").fill("0")
    press(page, page.get_by_role("button", name="Plan half an hour on workdays"))
    expect(page.locator(".tl-plan-head")).to_be_focused()
    page.get_by_text("Your days").click()
    page.get_by_label("A day off").fill(day(5).isoformat())
    press(page, page.get_by_role("button", name="Add", exact=True))
    assert focused(page) == "BUTTON Add"
    press(page, page.get_by_role("button", name="Remove the day off"))
    expect(page.get_by_label("A day off")).to_be_focused()
    page.get_by_label("Share of ML breadth").press("ArrowRight")
    press(page, page.get_by_role("button", name="Undo the sliders"))
    expect(page.get_by_role("heading", name="Where the time goes")).to_be_focused()
    box(page, 0).check()
    kept(page, ticks=1)
    stand_at(page, 3)
    # The very first press on a page must not be lost either.
    press(page, page.get_by_role("button", name="I missed some days"))
    expect(page.locator(".tl-plan-head")).to_be_focused()
    page.get_by_text("Done so far").click()
    page.locator(".tl-fold .tl-session--done input").press("Space")
    expect(page.get_by_text("Done so far")).to_have_count(0)
    assert not focused(page).startswith("BODY")


def test_the_keyboard_is_kept_though_what_keeps_it_comes_late(planner: Planner) -> None:
    page = planner()
    held: list[Any] = []
    page.context.route("**/chunks/planner-focus*", lambda route: held.append(route))
    page.reload()
    planned(page)
    page.get_by_label("Hours a week").fill("0")
    press(page, page.get_by_role("button", name="Plan half an hour on workdays"))
    expect(page.get_by_role("button", name="Plan half an hour on workdays")).to_have_count(0)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".tl-plan-head")).to_be_focused()


def test_hours_typed_key_by_key_give_the_week_that_they_say(planner: Planner) -> None:
    page = planner()
    page.get_by_text("Your days").click()
    hours = page.get_by_label("Hours a week")
    hours.fill("16")
    days = page.locator(".tl-plan-form__week input")
    expect(days).to_have_count(7)
    at_once = days.evaluate_all("all => all.map(one => one.value)")
    hours.fill("")
    for text in ("0.5", "16"):
        hours.press("ControlOrMeta+a")
        page.keyboard.type(text)
    expect(hours).to_have_value("16")
    assert days.evaluate_all("all => all.map(one => one.value)") == at_once


@pytest.mark.parametrize("text", ["-3", "1e9", "200", "e", "12345678901234567890"])
def test_hours_that_are_none_are_told_and_change_nothing_more(text: str, planner: Planner, heard: Heard) -> None:
    page = planner()
    hours = page.get_by_label("Hours a week")
    hours.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="0 to 168. The plan goes on with")).to_be_visible()
    expect(hours).to_have_attribute("aria-invalid", "true")
    hours.fill("9")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(hours).to_have_attribute("aria-invalid", "false")
    assert heard.errors == []


def test_what_stands_below_a_field_describes_it_and_is_no_part_of_its_name(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    date = page.get_by_label("Date of the interview")
    expect(date).to_have_accessible_name("Date of the interview")
    expect(date).to_have_accessible_description("in 28 days")
    hours = page.get_by_role("spinbutton", name="Hours a week", exact=True)
    expect(hours).to_have_accessible_description(re.compile(r"^\d+ min a day on average$"))
    hours.fill("1000")
    expect(hours).to_have_accessible_description(re.compile("^0 to 168. The plan goes on with "))


@pytest.mark.parametrize("text", ["", "0002-12-21", "9999-12-31"])
def test_a_date_that_is_none_is_told_and_the_plan_goes_on(text: str, planner: Planner, heard: Heard) -> None:
    page = planner()
    field = page.get_by_label("Date of the interview")
    field.fill(text)
    told = page.get_by_role("alert").filter(
        has_text="No day to plan for. The plan goes on with Monday, 21 December 2026"
    )
    expect(told).to_be_visible()
    expect(field).to_have_value(text)
    expect(page.locator(".tl-plan-head")).to_contain_text("in 28 days")
    set_date(page, 1)
    expect(told).to_have_count(0)
    expect(page.locator(".tl-plan-head")).to_contain_text("the interview is tomorrow")
    assert heard.errors == []


def test_the_home_page_asks_before_it_changes_a_plan(planner: Planner) -> None:
    page = planner()
    set_date(page, 58)
    kept_head = head(page)
    page.goto(f"{page.url}#start={day(12).isoformat()},7.5")
    expect(page.get_by_text("You already have a plan")).to_contain_text("5 December 2026, and 7.5 hours a week")
    assert head(page) == kept_head
    press(page, page.get_by_role("button", name="Change my plan to that"))
    expect(page.locator(".tl-plan-head")).to_contain_text("in 12 days")
    expect(page.get_by_text("You already have a plan")).to_have_count(0)
    # Who has no plan is not asked.
    other = planner(f"#start={day(12).isoformat()},9")
    expect(other.locator(".tl-plan-head")).to_contain_text("in 12 days")
    expect(other.get_by_text("You already have a plan")).to_have_count(0)


@pytest.mark.parametrize("start", ["2026-13-45,8", "2026-12-01,", "9999-01-01,8", "2026-12-01,1e9"])
def test_an_address_without_date_and_hours_says_so(start: str, planner: Planner) -> None:
    page = planner(f"#start={start}")
    expect(page.get_by_text("The address holds no date and hours to plan with")).to_be_visible()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 28 days")


def test_after_the_interview_the_plan_says_so_and_keeps_what_was_done(planner: Planner) -> None:
    page = planner()
    set_date(page, 14)
    box(page, 0).check()
    kept(page, ticks=1)
    stand_at(page, 15)
    expect(page.get_by_role("alert")).to_contain_text(
        "The date of the interview has passed. What you have done is kept"
    )
    expect(page.get_by_text("not ticked")).to_have_count(0)
    page.get_by_role("button", name="Plan for four weeks from today").click()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 28 days")
    expect(page.get_by_text("Done so far")).to_be_visible()


def test_another_plan_is_begun_only_after_a_question_that_can_be_left(planner: Planner) -> None:
    page = planner()
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept(page, ticks=0)
    start = page.get_by_role("button", name="Start a plan for another interview")
    sure = page.get_by_role("button", name=re.compile("^Yes, start a new plan"))
    start.click()
    cancel = page.get_by_role("button", name="Cancel", exact=True)
    expect(cancel).to_be_focused()
    cancel.click()
    expect(start).to_be_focused()
    expect(sure).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(start).to_be_focused()
    expect(sure).to_have_count(0)
    (plan,) = records(page, "plan")
    start.dblclick()
    expect(sure).to_be_visible()
    held(page, "plan", 1, id=plan["id"])
    sure.click()
    expect(start).to_be_focused()
    assert held(page, "plan", 1)[0]["id"] != plan["id"]


def test_a_clock_that_was_ahead_leaves_no_day_empty(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    box(page, 0).check()
    kept(page, ticks=1)
    stand_at(page, 20)
    page.get_by_role("button", name="Plan again from today", exact=True).click()
    expect(page.get_by_text("not ticked")).to_have_count(0)
    stand_at(page, 1)
    expect(page.locator(f"#day-{day(1).isoformat()}")).to_be_visible()


def open_way(page: Page, name: str) -> None:
    page.locator(".tl-plan-out summary").filter(has=page.get_by_text(name, exact=True)).click()


def test_the_calendar_file_has_the_hours_that_were_chosen(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    open_way(page, "Calendar file")
    page.get_by_label("Begin on weekdays").fill("20:15")
    with page.expect_download() as first:
        page.get_by_role("button", name="Save the calendar file").click()
    assert first.value.suggested_filename == "the-training-loop.ics"
    events = Calendar.from_ical(Path(first.value.path()).read_bytes()).walk("VEVENT")
    starts = {event["DTSTART"].dt for event in events if hasattr(event["DTSTART"].dt, "hour")}
    earliest = min(start for start in starts if start.weekday() < 5 and start.date() == MONDAY)
    assert (earliest.hour, earliest.minute) == (20, 15)
    assert str(earliest.tzinfo) == "Europe/Berlin"
    # The next file moves the same events, and cancels what is gone.
    set_date(page, 10)
    with page.expect_download() as second:
        page.get_by_role("button", name="Save the calendar file").click()
    again = {event["UID"]: event for event in Calendar.from_ical(Path(second.value.path()).read_bytes()).walk("VEVENT")}
    assert {event["UID"] for event in events} <= set(again)
    assert any(event["STATUS"] == "CANCELLED" for event in again.values())


def test_the_link_gives_the_same_settings_to_somebody_else(planner: Planner) -> None:
    page = planner()
    set_date(page, 17)
    page.get_by_text("Role, level, company").click()
    page.get_by_role("combobox", name="Level").select_option("staff")
    box(page, 0).check()
    open_way(page, "Link")
    link = page.get_by_label("Link to this plan").input_value()
    assert len(link) < 300
    assert day(17).isoformat() not in link
    friend = planner(link[link.index("#") :])
    expect(friend.locator(".tl-plan-head")).to_contain_text("in 17 days")
    friend.get_by_text("Role, level, company").click()
    expect(friend.get_by_role("combobox", name="Level")).to_have_value("staff")
    expect(box(friend, 0)).not_to_be_checked()
    expect(friend).to_have_url(re.compile("^[^#]*$"))


def test_a_link_does_not_overwrite_a_plan_without_being_asked(planner: Planner) -> None:
    page = planner()
    set_date(page, 17)
    open_way(page, "Link")
    link = page.get_by_label("Link to this plan").input_value()
    set_date(page, 40)
    page.evaluate("link => { location.hash = link.slice(link.indexOf('#')); }", link)
    expect(page.get_by_text("has different settings from your plan")).to_be_visible()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 40 days")
    page.get_by_role("button", name="Plan with the link").click()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 17 days")


@pytest.mark.parametrize("fragment", ["#plan=", "#plan=AAAA", "#plan=%E2%82%AC", "#plan=" + "x" * 20000])
def test_a_broken_link_says_so_and_gives_the_usual_settings(fragment: str, planner: Planner, heard: Heard) -> None:
    page = planner(fragment)
    expect(page.get_by_text("The link to the plan is incomplete")).to_be_visible()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 28 days")
    assert heard.errors == []


def carried(page: Page) -> str:
    """Return the fragment that carries plan and progress to another device."""
    open_way(page, "Another device")
    link = page.get_by_label("Link that carries your plan").input_value()
    return link[link.index("#") :]


def test_a_link_carries_plan_and_progress_to_another_device(planner: Planner, heard: Heard) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 1).check()
    kept(page, ticks=1)
    expect(page.locator(".tl-plan-out")).to_be_visible()
    other = planner(carried(page))
    expect(other.get_by_text("Your plan is here now, with 1 thing that you have done")).to_be_visible()
    expect(other.locator(".tl-plan-head")).to_contain_text("in 19 days")
    other.get_by_text("Done so far").click()
    expect(other.locator(".tl-fold").filter(has_text="Done so far")).to_contain_text("1 session")
    expect(other).to_have_url(re.compile("^[^#]*$"))
    assert heard.errors == []


def test_what_a_link_brings_is_added_and_nothing_is_overwritten(planner: Planner) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 1).check()
    kept(page, ticks=1)
    fragment = carried(page)
    other = planner()
    set_date(other, 40)
    box(other, 0).check()
    kept(other, ticks=1)
    other.evaluate("fragment => { location.hash = fragment; }", fragment)
    offer = other.get_by_text("The link brings 1 thing that you have done")
    expect(offer).to_contain_text("another plan, for Saturday, 12 December 2026")
    press(other, other.get_by_role("button", name="Add what was done"))
    expect(offer).to_have_count(0)
    expect(other.locator(".tl-plan-head")).to_contain_text("in 40 days")
    kept(other, ticks=2)
    # A second time there is nothing to add, and the plan is taken only when that is asked for.
    other.evaluate("fragment => { location.hash = fragment; }", fragment)
    expect(other.get_by_text("The link brings nothing new that was done")).to_be_visible()
    other.get_by_role("button", name="Use its plan").click()
    expect(other.locator(".tl-plan-head")).to_contain_text("in 19 days")
    kept(other, ticks=2)
    other.evaluate("fragment => { location.hash = fragment; }", fragment)
    expect(other.get_by_text("The link brings nothing that is not already here")).to_be_visible()


@pytest.mark.parametrize("fragment", ["#carry=", "#carry=1.AAAA", "#carry=9.AAAA", "#carry=%E2%82%AC"])
def test_a_damaged_link_from_a_device_is_refused_and_nothing_is_lost(
    fragment: str, planner: Planner, heard: Heard
) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 0).check()
    kept(page, ticks=1)
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    expect(page.get_by_text("Nothing was changed")).to_be_visible()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 19 days")
    expect(box(page, 0)).to_be_checked()
    assert heard.errors == []


def test_much_progress_is_several_codes(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    open_way(page, "Another device")
    expect(page.get_by_role("img", name="The link as a code for a camera")).to_be_visible()
    page.evaluate("for (const each of document.querySelectorAll('.tl-plan-week')) each.open = true")
    for index in range(30):
        box(page, index).check()
    code = page.get_by_role("img", name=re.compile(r"Code 1 of \d"))
    expect(code).to_be_visible()
    page.get_by_role("button", name="Next code").click()
    expect(page.get_by_role("img", name=re.compile(r"Code 2 of \d"))).to_be_visible()


def saved_file(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything to a file").click()
    return Path(download.value.path()).read_text("utf-8")


def load_file(page: Page, text: str) -> None:
    page.get_by_label("Load a saved file").set_input_files(
        {"name": "file.json", "mimeType": "application/json", "buffer": text.encode()}
    )


def test_plan_and_progress_move_to_another_browser_as_a_file(planner: Planner) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 1).check()
    open_way(page, "Backup")
    text = saved_file(page)
    other = planner()
    set_date(other, 50)
    open_way(other, "Backup")
    load_file(other, text)
    expect(other.locator(".tl-plan-out").get_by_text("The file was read")).to_be_visible()
    expect(other.locator(".tl-plan-head")).to_contain_text("in 19 days")
    expect(box(other, 1)).to_be_checked()
    other.get_by_role("button", name="Undo").click()
    expect(other.locator(".tl-plan-head")).to_contain_text("in 50 days")
    expect(box(other, 1)).not_to_be_checked()


@pytest.mark.parametrize("damage", ["cut", "text", "version", "value", "empty"])
def test_a_damaged_file_is_refused_with_a_reason_and_nothing_is_lost(damage: str, planner: Planner) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 0).check()
    open_way(page, "Backup")
    text = saved_file(page)
    data = json.loads(text)
    spoiled = {
        "cut": text[: len(text) // 2],
        "text": "Dear diary",
        "version": json.dumps(data | {"version": 99}),
        "value": text.replace('"minutes":', '"minuets":'),
        "empty": "",
    }[damage]
    load_file(page, spoiled)
    expect(page.locator(".tl-plan-out").get_by_text("Nothing was changed")).to_be_visible()
    expect(page.locator(".tl-plan-head")).to_contain_text("in 19 days")
    expect(box(page, 0)).to_be_checked()


def test_a_file_that_is_far_too_large_is_refused_unread(planner: Planner, tmp_path: Path) -> None:
    page = planner()
    open_way(page, "Backup")
    # From the disk: what a test hands over by itself goes through the browser's debugger in pieces.
    (tmp_path / "file.json").write_text('{"format": "the-training-loop",' + " " * 21_000_000, "utf-8")
    page.get_by_label("Load a saved file").set_input_files(tmp_path / "file.json")
    expect(page.locator(".tl-plan-out").get_by_text("far too large")).to_be_visible()


def test_a_file_from_another_guide_is_brought_to_this_one(planner: Planner) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 0).check()
    kept(page, ticks=1)
    open_way(page, "Backup")
    data = json.loads(saved_file(page))
    data["records"]["plan"]["entries"]["current"]["settings"]["level"] = "emperor"
    standing = data["records"]["standing"]["entries"]["current"]
    standing["guide"] = "of-then"
    standing["pages"]["topics/gone"] = "<b>A chapter of then</b>"
    load_file(page, json.dumps(data))
    told = page.locator(".tl-plan-out")
    expect(told.get_by_text("No longer in the guide: <b>A chapter of then</b>")).to_be_visible()
    expect(told.get_by_text("The level that you chose is no longer there")).to_be_visible()
    expect(page.get_by_text("Mid, ML engineer")).to_be_visible()
    expect(page.get_by_text("Done so far")).to_be_visible()


def test_a_date_that_is_missing_in_a_file_is_told_and_nothing_else(planner: Planner) -> None:
    page = planner()
    set_date(page, 19)
    open_way(page, "Backup")
    data = json.loads(saved_file(page))
    data["records"]["plan"]["entries"]["current"]["settings"]["interview"] = ""
    load_file(page, json.dumps(data))
    expect(page.get_by_role("alert")).to_contain_text("cannot be read. Choose a day")
    expect(page.locator(".tl-plan-head")).to_have_count(0)


def test_text_from_a_file_is_shown_as_text(planner: Planner, heard: Heard) -> None:
    page = planner()
    set_date(page, 19)
    box(page, 0).check()
    open_way(page, "Backup")
    data = json.loads(saved_file(page))
    evil = "<img src=x onerror=document.title='owned'>"
    ticks = data["records"]["ticks"]["entries"]
    for tick in ticks.values():
        tick["title"] = evil
    ticks["read:gone"] = dict(next(iter(ticks.values())), id="read:gone", items=["gone"])
    load_file(page, json.dumps(data))
    expect(page.locator(".tl-plan-out").get_by_text("The file was read")).to_be_visible()
    page.get_by_text("Done so far").click()
    expect(page.get_by_text(evil).first).to_be_visible()
    assert page.title() != "owned"
    assert page.locator(".tl-planner img").count() == 0


BAD = [
    ("a date that has passed", "fill", -3, "has passed", "Plan for four weeks from today"),
    ("no minutes at all", "hours", 0, "No day has the five minutes", "Plan half an hour on workdays"),
]


@pytest.mark.parametrize(("name", "how", "value", "said", "offer"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_told_with_the_next_best_thing(
    name: str, how: str, value: int, said: str, offer: str, planner: Planner
) -> None:
    page = planner()
    if how == "fill":
        set_date(page, value)
    else:
        page.get_by_label("Hours a week").fill(str(value))
    expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    page.get_by_role("button", name=offer).click()
    expect(page.get_by_role("alert").filter(has_text=said)).to_have_count(0)
    expect(sessions(page)).not_to_have_count(0)


def test_twenty_four_hours_a_day_are_cut_and_said(planner: Planner) -> None:
    page = planner()
    page.get_by_label("Hours a week").fill("168")
    expect(page.get_by_role("alert")).to_contain_text("More than 10 hours a day")
    page.get_by_role("button", name="Set 10 hours").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_without_any_round_the_usual_loop_is_planned_and_said(planner: Planner) -> None:
    page = planner()
    for _ in range(20):
        checked = page.locator(".tl-plan-form__rounds .tl-round-choice > label:first-child input:checked")
        if checked.count() == 0:
            break
        checked.first.uncheck()
    expect(page.get_by_role("alert")).to_contain_text("No round is chosen")
    page.get_by_role("button", name="Take these rounds").click()
    expect(page.get_by_label("ML breadth", exact=True)).to_be_checked()


def test_an_interview_today_still_gives_the_best_hour(planner: Planner) -> None:
    page = planner()
    set_date(page, 0)
    expect(page.get_by_role("alert")).to_contain_text("The interview is today")
    expect(sessions(page)).not_to_have_count(0)


def change_guide(page: Page, edit: str) -> None:
    """Serve another catalogue from now on: `edit` changes `items`, JavaScript."""

    def answer(route: Any) -> None:
        data = json.loads(route.fetch().text())
        # The edit runs in the page, which knows the plan's own words.
        route.fulfill(
            body=page.evaluate(f"data => {{ const items = data.items; {edit}; return JSON.stringify(data); }}", data)
        )

    page.context.route("**/data/catalogue.json", answer)


def test_a_guide_that_changed_is_told_and_what_was_done_stays(planner: Planner, site: Served) -> None:
    page = planner()
    set_date(page, 28)
    gone, moved = planned_chapters(page, site)[-2:]
    box(page, 0).check()
    kept(page, ticks=1)
    change_guide(
        page,
        f"items.splice(items.findIndex(one => one.id === '{gone['id']}'), 1);"
        f"const moved = items.find(one => one.id === '{moved['id']}');"
        f"moved.aliases = [moved.id]; moved.id = '{moved['id']}-anew'",
    )
    page.reload()
    planned(page)
    expect(page.get_by_text("The guide has changed since this plan was made")).to_be_visible()
    expect(page.get_by_text(f"No longer in the guide: {gone['title']}")).to_be_visible()
    expect(page.get_by_text("1 page got a new address")).to_be_visible()
    expect(page.get_by_text("Done so far")).to_be_visible()


def test_data_that_cannot_be_loaded_is_told(visit: Opener) -> None:
    page = visit("404.html")
    page.context.route("**/data/allocation.json", lambda route: route.abort())
    page.goto(f"{page.url.split('404.html')[0]}plan/")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")


def test_paper_shows_the_plan_as_a_checklist_and_no_form(planner: Planner) -> None:
    page = planner()
    set_date(page, 28)
    box(page, 0).check()
    page.emulate_media(media="print")
    expect(page.locator(".tl-plan-form")).to_be_hidden()
    expect(page.locator(".tl-plan-out")).to_be_hidden()
    expect(page.get_by_text("How it decides")).to_be_hidden()
    last = page.locator(".tl-plan-week").last.locator(".tl-session").last
    assert last.evaluate(
        "one => one.checkVisibility({ contentVisibilityAuto: true }) && one.getBoundingClientRect().height > 0"
    )


def test_on_paper_no_grid_holds_what_goes_over_several_pages(planner: Planner) -> None:
    # Browsers lay the rows of such a grid over each other where a page ends.
    page = planner()
    page.emulate_media(media="print")
    around = page.locator(":has(.tl-plan-week)")
    assert "grid" not in around.evaluate_all("all => all.map(one => getComputedStyle(one).display)")


def test_the_home_page_makes_a_plan_and_then_knows_what_today_holds(visit: Opener) -> None:
    page = visit("")
    page.clock.set_fixed_time(f"{MONDAY.isoformat()}T08:00:00")
    page.reload()
    page.get_by_label("Interview on").fill(day(35).isoformat())
    page.get_by_label("Hours a week").fill("10")
    page.get_by_role("button", name="Make my plan").click()
    planned(page)
    expect(page.locator(".tl-plan-head")).to_contain_text("in 35 days")
    expect(page.get_by_label("Hours a week")).to_have_value("10")
    count = page.locator(".tl-plan-today .tl-session").count()
    assert count > 0
    page.get_by_role("link", name="The Training Loop").first.click()
    page.wait_for_selector(".tl-resume .tl-plan-today")
    expect(page.locator(".tl-resume").get_by_role("checkbox")).to_have_count(count)


def test_the_planner_comes_and_goes_with_the_pages(planner: Planner, heard: Heard) -> None:
    page = planner()
    set_date(page, 28)
    page.get_by_role("link", name="How this is decided, and who says so").click()
    page.wait_for_function("() => document.title.includes('divides your time')")
    page.go_back()
    planned(page)
    expect(page.locator(".tl-plan-head")).to_contain_text("in 28 days")
    expect(page.locator(".tl-plan")).to_have_count(1)
    assert heard.errors == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_planner(width: int, planner: Planner) -> None:
    page = planner(width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    set_date(page, 28)
    box(page, 0).check()
    page.get_by_text("Paste a job posting").click()
    page.get_by_label("Text of the posting").fill(POSTING)
    for name in ("Your days", "Role, level, company", "Weak and strong", "What you know already"):
        page.locator(".tl-plan-form summary").filter(has_text=name).click()
    for name in ("Calendar file", "Link", "Another device", "Backup"):
        open_way(page, name)
    expect(page.get_by_label("Load a saved file")).to_be_visible()
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    # Wherever the page has come to rest, the header lies over something; at the top it lies over nothing.
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
    assert violations(page, ["color-contrast", "link-in-text-block"]) == []


def test_nothing_is_wider_than_a_phone(planner: Planner) -> None:
    page = planner(width=360)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    expect(page.get_by_label("Load a saved file")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_letters_twice_as_large_fit_a_phone(planner: Planner) -> None:
    page = planner(width=360)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    expect(page.get_by_label("Load a saved file")).to_be_attached()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_box_is_as_large_as_a_thumb(planner: Planner) -> None:
    page = planner(width=360)
    target = page.locator(".tl-session__tick").first
    size = target.bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= 44
    target.click(position={"x": 2, "y": 2})
    expect(target.get_by_role("checkbox")).to_be_checked()


def test_the_picture_of_the_shares_is_there_in_forced_colors(planner: Planner) -> None:
    page = planner(forced_colors="active")
    colors = page.locator(".tl-plan-bar > span").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(colors)) > 2


def test_the_whole_form_is_reached_by_keyboard(planner: Planner) -> None:
    page = planner()
    page.get_by_label("Date of the interview").focus()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.matches('.tl-planner *') ? document.activeElement.outerHTML : ''")
        )
    found = " ".join(seen)
    for part in ('type="number"', 'type="checkbox"', "<summary", 'type="radio"', 'type="range"'):
        assert part in found


def test_the_planners_scripts_weigh_little(site: Served, planner: Planner, heard: Heard) -> None:
    planner()
    own = {url for url in heard.requests if "/assets/chunks/" in url}
    sizes = {
        url: len(gzip.compress((site.folder / url.split(site.url)[1].split("?")[0]).read_bytes(), 9)) for url in own
    }
    # The planner itself is two thirds of it; the rest is what a form, a plan and the way to the store take. The store
    # knows the shapes of all that is kept, of drills and code too. What islands share with the entry is in it as well.
    # The floors of design and code, days kept for them and what is read whole took 2 KB.
    assert sum(sizes.values()) <= 51 * 1024, sizes
