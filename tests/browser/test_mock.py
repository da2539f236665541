"""Mock interviews end to end: a set against the clock, the rubric point by point, the trend, the interviewer's view."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Heard, Opener, Served, ready
from tests.browser.planning import Planner, day, planned
from tests.browser.planning import kept as kept_plan
from tests.browser.practice import Practice, held, mounted, records, scripts
from tests.browser.test_accessibility import AXE, RULES, clean_in_both_schemes, violations
from tests.browser.test_in_plan import agenda


def start(page: Page, round_: str = "ml-breadth") -> Page:
    page.get_by_label("Round").select_option(round_)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#mock-run")).to_be_focused()
    return page


def judge(page: Page, line: int) -> None:
    """End the interview, and say of every dimension that this line describes it, counted from 1."""
    page.get_by_role("button", name="End, and judge it").click()
    expect(page.locator("#mock-judge")).to_be_focused()
    for dimension in page.locator(".tl-mock__dimension").all():
        dimension.get_by_role("radio").nth(line - 1).check()
    page.get_by_role("button", name="Keep the result").click()


def kept(page: Page, field: str) -> Any:
    """Wait until the one interview that the disk holds has something in a field, and return that."""
    for _ in range(400):
        if value := only(page)[field]:
            return value
    raise AssertionError(f"{field} was not kept")


def weeks(page: Page) -> Locator:
    """Return the days of the plan, with all weeks open."""
    page.evaluate("for (const each of document.querySelectorAll('.tl-plan-week')) each.open = true")
    return page.locator(".tl-plan-weeks")


def only(page: Page) -> dict[str, Any]:
    """Return the one interview that the disk holds."""
    return held(page, "mocks", 1)[0]


def test_what_lies_ahead_follows_the_round_the_minutes_and_the_level(practice: Practice) -> None:
    page = practice("mock/")
    ahead = page.locator(".tl-mock__ahead")
    expect(ahead.get_by_role("listitem").last).to_have_text("42:00 your questions")
    page.get_by_label("Minutes").select_option("15")
    expect(ahead.get_by_role("listitem").last).to_have_text("14:00 your questions")
    asked = ahead.locator("dd").first.inner_text()
    page.get_by_label("Level").select_option("staff")
    expect(ahead.locator("dd").first).not_to_have_text(asked)
    page.get_by_label("Round").select_option("behavioral")
    expect(ahead.get_by_role("listitem").last).not_to_have_text("14:00 your questions")


def test_a_round_is_asked_against_its_clock_and_judged_by_its_rubric(practice: Practice, heard: Heard) -> None:
    page = start(practice("mock/"))
    expect(page.get_by_role("timer")).to_have_text("45:00")
    expect(page.locator(".tl-mock .tl-question h2")).to_be_visible()
    expect(page.locator(".tl-answers")).to_be_hidden()
    page.get_by_role("button", name="End, and judge it").click()
    expect(page.get_by_role("button", name=re.compile(r"\d points to judge"))).to_be_disabled()
    page.get_by_role("button", name="Back to the clock").click()
    judge(page, 2)
    expect(page.locator("#mock-past")).to_be_focused()
    expect(page.locator(".tl-mock__past li")).to_have_text(re.compile(r": (\d) of \1 points at the level mid or above"))
    assert {one["mark"] for one in kept(page, "marks")} == {2}
    assert heard.errors == []


def test_who_did_none_of_what_the_rubric_describes_says_so_after_reading_it(practice: Practice) -> None:
    page = start(practice("mock/"))
    page.get_by_role("button", name="End, and judge it").click()
    for dimension in page.locator(".tl-mock__dimension").all():
        last = dimension.locator("label").last
        expect(last).to_have_text("None of these yet")
        last.click()
    page.get_by_role("button", name="Keep the result").click()
    assert {one["mark"] for one in kept(page, "marks")} == {0}


def test_the_clock_says_where_the_round_would_be_and_stops_nothing(practice: Practice) -> None:
    page = start(practice("mock/"))
    # As in the room, nobody says it unasked.
    expect(page.locator(".tl-mock__signal")).to_have_count(0)
    page.get_by_role("button", name="Where should I be?").click()
    expect(page.locator(".tl-mock__signal")).to_contain_text("Now: names, team")
    page.clock.set_fixed_time("2026-11-23T08:12:00")
    expect(page.get_by_role("timer")).to_have_text("33:00")
    expect(page.locator(".tl-mock__signal")).to_contain_text("Now: rapid fire across areas")
    page.clock.set_fixed_time("2026-11-23T08:24:30")
    expect(page.locator(".tl-mock__signal")).to_contain_text("Soon: a situation")
    page.clock.set_fixed_time("2026-11-23T08:46:05")
    expect(page.get_by_role("timer")).to_have_text("over by 1:05")
    expect(page.get_by_role("button", name="Next")).to_be_enabled()


def test_an_interview_can_be_left_and_taken_up_with_its_notes(practice: Practice) -> None:
    page = start(practice("mock/"))
    page.get_by_label("Notes").fill("<b>bias</b> first")
    assert kept(page, "notes") == "<b>bias</b> first"
    items = only(page)["items"]
    page.clock.set_fixed_time("2026-11-23T08:10:00")
    page.reload()
    mounted(page).get_by_role("button", name="Continue").click()
    expect(page.get_by_role("timer")).to_have_text("35:00")
    expect(page.get_by_label("Notes")).to_have_value("<b>bias</b> first")
    expect(page.locator(".tl-drill__where")).to_have_text(f"1 of {len(items)}")


def test_on_a_phone_an_interview_stands_at_the_top_and_nothing_leads_away_from_it(practice: Practice) -> None:
    page = practice("mock/", width=390)
    onward = page.locator(".tl-dock [rel=next]")
    expect(onward).to_be_visible()
    start(page)
    expect(page.locator(".tl-mock .tl-question h2")).to_be_in_viewport()
    expect(page.locator(".tl-head")).not_to_be_in_viewport()
    expect(onward).to_be_hidden()
    page.get_by_role("button", name="End, and judge it").click()
    expect(onward).to_be_hidden()


def test_after_a_reload_what_waits_is_in_view(practice: Practice) -> None:
    page = start(practice("mock/", width=390))
    only(page)
    page.get_by_text("With an interviewer").scroll_into_view_if_needed()
    page.reload()
    expect(mounted(page).get_by_role("button", name="Continue")).to_be_in_viewport()
    expect(page.get_by_text("Its clock is still running")).to_be_in_viewport()


def test_a_reload_while_judging_shows_what_waits_too(practice: Practice) -> None:
    page = start(practice("mock/", width=390))
    page.get_by_role("button", name="End, and judge it").click()
    page.get_by_role("button", name="Back to the clock").scroll_into_view_if_needed()
    only(page)
    page.reload()
    expect(mounted(page).get_by_role("button", name="Continue")).to_be_in_viewport()


def test_an_interview_that_waits_can_be_thrown_away(practice: Practice) -> None:
    page = start(practice("mock/"))
    only(page)
    page.reload()
    mounted(page).get_by_role("button", name="Discard it").click()
    held(page, "mocks", 0)
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def test_design_begins_with_a_case_beside_the_clock(practice: Practice) -> None:
    page = start(practice("mock/"), "ml-system-design")
    link = page.get_by_role("link", name="The case, to compare afterward (new tab)")
    prompt = page.locator(".tl-mock__piece blockquote")
    expect(prompt).not_to_be_empty()
    said = prompt.inner_text()
    case = page.context.new_page()
    case.goto(str(link.get_attribute("href")))
    expect(case.locator("#the-prompt ~ blockquote").first).to_have_text(said)
    assert len(said) > 20
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".tl-mock .tl-question h2")).to_be_visible()
    expect(page.locator(".tl-drill__where")).to_be_focused()


def test_a_case_leads_to_a_mock_of_itself_that_asks_on_about_it(visit: Opener, heard: Heard) -> None:
    page = ready(visit("system-design/cases/ad-click-prediction/"))
    page.get_by_role("link", name="a mock interview").click()
    mounted(page)
    asked_for = page.get_by_role("combobox", name="Case", exact=True)
    expect(asked_for).to_have_value("system-design/cases/ad-click-prediction")
    page.get_by_label("Level").select_option("staff")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#mock-run")).to_be_focused()
    first, *rest = only(page)["items"]
    assert first == "system-design/cases/ad-click-prediction"
    assert all(one.startswith(f"{first}#") for one in rest)
    assert len(rest) == 2
    expect(page.locator(".tl-drill__bar .tl-button--main")).to_have_text("Next")
    for _ in rest:
        page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".tl-drill__bar .tl-button--main")).to_have_text("End, and judge it")
    page.get_by_role("button", name="End, and judge it").click()
    page.get_by_text("The rubric of this case").click()
    expect(page.locator(".tl-mock details[open] table th[scope=row]").first).to_be_visible()
    assert heard.errors == []


def test_the_sheet_of_a_case_is_a_script_of_the_round_at_the_level_that_is_chosen(visit: Opener, heard: Heard) -> None:
    page = ready(visit("system-design/cases/ad-click-prediction/"))
    page.get_by_role("link", name="the interviewer’s sheet for this case").click()
    sheet = mounted(page).locator(".tl-mock")
    expect(sheet.get_by_role("heading", name="The rubric of this case")).to_be_visible()
    heads = sheet.locator("h3").all_inner_texts()
    order = ["When they ask", "Where the round would be", "To ask, once the design stands", "Now imagine"]
    places = [heads.index(one) for one in [*order, "The rubric of this case"]]
    assert places == sorted(places)
    expect(sheet.locator(":scope > span table")).to_have_count(3)
    expect(sheet.locator(".tl-mock__script .tl-drill__points").first).to_be_visible()
    few = sheet.locator(".tl-mock__script > li").count()
    page.get_by_label("Level that you interview for").select_option("staff")
    expect(page.locator("#mock-script")).to_contain_text("staff")
    assert sheet.locator(".tl-mock__script > li").count() > few
    assert heard.errors == []


def test_a_case_whose_prompt_cannot_be_had_says_so(practice: Practice) -> None:
    page = practice("mock/")
    page.route(re.compile("/system-design/cases/."), lambda route: route.abort())
    start(page, "ml-system-design")
    expect(page.locator(".tl-mock__piece")).to_contain_text("The prompt could not be loaded")


def test_twists_of_a_case_come_up_by_the_clock_one_at_a_time_and_steal_no_focus(
    practice: Practice, heard: Heard
) -> None:
    page = start(practice("mock/"), "ml-system-design")
    page.get_by_role("button", name="Where should I be?").click()
    minutes = only(page)["minutes"]
    twists = page.get_by_role("region", name="Now imagine")
    expect(twists.get_by_role("listitem")).to_have_count(0)
    notes = page.get_by_label("Notes")
    notes.focus()
    for many, part in ((0, 0.4), (1, 0.55), (2, 0.75), (3, 0.95)):
        page.clock.set_fixed_time(f"2026-11-23T08:{int(part * minutes):02}:00")
        expect(page.get_by_role("timer")).to_have_text(f"{minutes - int(part * minutes)}:00")
        expect(twists.get_by_role("listitem")).to_have_count(many)
        expect(notes).to_be_focused()
        if many:
            said = twists.get_by_role("listitem").last.inner_text()
            # With the phase, which a moment later would take its place unheard.
            announced = re.compile(r"^Now: .*Now imagine: " + re.escape(said))
            expect(page.locator("[data-announce]")).to_have_text(announced)
    assert heard.errors == []


def test_a_twist_can_be_brought_up_at_once_and_is_there_after_a_reload(practice: Practice) -> None:
    page = start(practice("mock/"), "ml-system-design")
    twists = page.get_by_role("region", name="Now imagine")
    twists.get_by_role("button", name="Show one now").click()
    said = twists.get_by_role("listitem").inner_text()
    expect(page.locator("[data-announce]")).to_contain_text(said)
    assert kept(page, "twists") == 1
    page.reload()
    mounted(page).get_by_role("button", name="Continue").click()
    expect(twists.get_by_role("listitem")).to_have_text([said])
    more = twists.get_by_role("button", name="Show another now")
    while more.count():
        more.click()
    expect(twists.get_by_role("button", name="That was the last twist")).to_be_disabled()


def test_an_interviewer_sees_the_twists_with_their_times_and_answers(practice: Practice) -> None:
    page = start(practice("mock/"), "ml-system-design")
    page.clock.set_fixed_time("2026-11-23T09:30:00")
    said = page.get_by_role("region", name="Now imagine").get_by_role("listitem")
    expect(said).to_have_count(3)
    page.get_by_text("With an interviewer").click()
    friend = practice("mock/")
    friend.goto(page.get_by_label("Link for the interviewer").input_value())
    told = mounted(friend).get_by_role("region", name="Now imagine")
    booked = told.locator("dt").filter(has_text=re.compile(r" after \d+:\d\d$"))
    expect(booked).to_have_count(3)
    assert [one.rsplit(" after ", 1)[0] for one in booked.all_inner_texts()] == said.all_inner_texts()
    assert all(len(answer) > 10 for answer in told.locator("dd").all_inner_texts())


def test_a_round_without_a_case_has_no_twists_and_fetches_none(practice: Practice, heard: Heard) -> None:
    page = start(practice("mock/"))
    expect(page.get_by_role("region", name="Now imagine")).to_have_count(0)
    assert not [url for url in heard.requests if "twists" in url]


def test_an_interviewer_sees_the_same_set_with_its_answers(practice: Practice, heard: Heard) -> None:
    page = start(practice("mock/"), "behavioral")
    page.get_by_text("With an interviewer").click()
    link = page.get_by_label("Link for the interviewer").input_value()
    items = only(page)["items"]
    friend = practice("mock/")
    friend.goto(link)
    mounted(friend)
    expect(friend.locator(".tl-mock__script .tl-question h3")).to_have_count(len(items))
    expect(friend.locator(".tl-mock__script .tl-answer--short").first).to_be_visible()
    expect(friend.get_by_text("Points to listen for").first).to_be_visible()
    assert records(friend, "mocks") == []
    assert heard.errors == []


def test_a_link_that_names_nothing_known_leads_to_the_choice(practice: Practice) -> None:
    page = practice("mock/#interviewer=ml-breadth&level=mid&minutes=45&items=%3Cimg%20src%3Dx%3E")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def test_a_round_whose_page_cannot_be_had_says_so(practice: Practice) -> None:
    page = practice("mock/")
    # Another than the one that is chosen at first, whose page is fetched when the form comes.
    page.route(re.compile("/rounds/ml-depth/"), lambda route: route.abort())
    page.get_by_label("Round").select_option("ml-depth")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    assert records(page, "mocks") == []


def test_a_planned_interview_is_ticked_when_its_result_is_kept(planner: Planner, site: Served, heard: Heard) -> None:
    page = planner()
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept_plan(page, ticks=0)
    first = next(one for one in agenda(page) if one["kind"] == "mock")
    title = re.escape(first["title"])
    # In the plan the link stands where the interview is booked.
    line = page.locator(".tl-plan-weeks .tl-session").filter(has_text=re.compile(title)).first
    page.goto(str(line.locator(".tl-session__drill").get_attribute("href")))
    mounted(page)
    expect(page.get_by_label("Round")).to_have_value(first["round"])
    expect(page.get_by_text("Your plan has one of these")).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    judge(page, 2)
    (tick,) = held(page, "ticks", 1)
    assert tick["id"] == first["id"]
    page.goto(f"{site.url}plan/")
    box = weeks(planned(page)).get_by_role("checkbox", name=re.compile(f"^Done: Mock, {title}")).first
    expect(box).to_be_checked()
    box.uncheck()
    held(page, "ticks", 0)
    assert len(records(page, "mocks")) == 1
    assert heard.errors == []


def test_an_interview_ticks_no_second_session_when_the_first_was_ticked_by_hand(planner: Planner, site: Served) -> None:
    page = planner()
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept_plan(page, ticks=0)
    round_ = next(one for one in agenda(page) if one["kind"] == "mock")["round"]
    other = page.context.new_page()
    other.clock.set_fixed_time(f"{day(0).isoformat()}T08:00:00")
    other.goto(f"{site.url}practice/mock/")
    start(mounted(other), round_)
    weeks(page).get_by_role("checkbox", name=re.compile("^Done: Mock, ")).first.check()
    held(page, "ticks", 1)
    judge(other, 1)
    assert kept(other, "marks")
    held(other, "ticks", 1)


def test_a_microphone_that_is_refused_is_told_and_can_be_asked_for_again(practice: Practice) -> None:
    page = start(practice("mock/"))
    button = page.get_by_role("button", name="Record yourself")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("The microphone was refused|No microphone was found"))
    expect(button).to_be_focused()
    expect(button).to_be_enabled()
    assert records(page, "recordings") == []


def test_results_show_in_readiness(practice: Practice, site: Served) -> None:
    page = start(practice("mock/"))
    judge(page, 1)
    assert kept(page, "marks")
    page.goto(f"{site.url}practice/readiness/")
    expect(mounted(page).get_by_role("region", name="Mock interviews")).to_contain_text("ML breadth: 0 of")


def test_the_scripts_of_mock_interviews_are_light(practice: Practice, heard: Heard, site: Served) -> None:
    judge(start(practice("mock/")), 2)
    assert scripts(heard.requests) <= 60_000
    assert [url for url in heard.requests if not url.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_mock_interviews(width: int, practice: Practice) -> None:
    page = practice("mock/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    start(page)
    expect(page.locator(".tl-mock .tl-question h2")).to_be_visible()
    assert violations(page, RULES) == []
    page.get_by_role("button", name="End, and judge it").click()
    page.get_by_text("What was asked, with its answers").click()
    expect(page.locator(".tl-mock__script .tl-answer--short").first).to_be_visible()
    clean_in_both_schemes(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
