"""Drills end to end, in a real browser with a clock that the test sets: what is asked, graded, kept, and comes back."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Heard, Opener, Served, ready
from tests.browser.planning import Planner, day, kept, planned
from tests.browser.practice import Practice, answer, asked, begin, held, mounted, records, scripts, stand_at, title
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.browser.test_in_plan import agenda


def figures(page: Page) -> str:
    return page.locator(".tl-drill__figures").inner_text()


def test_what_was_answered_comes_back_on_its_day_and_what_was_missing_first(practice: Practice, heard: Heard) -> None:
    page = begin(practice("drills/"))
    first = title(page)
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".tl-answer--short")).to_be_visible()
    good = page.get_by_role("button", name="Good").inner_text()
    days = int(re.findall(r"\d+", good)[0])
    boxes = page.locator(".tl-drill__points label")
    missing = boxes.last.inner_text()
    last = boxes.count() - 1
    for at in range(last):
        boxes.nth(at).get_by_role("checkbox").check()
    page.get_by_role("button", name="Good").click()
    expect(page.locator(".tl-drill .tl-question h2")).not_to_have_text(first)
    page.get_by_role("button", name="Leave").click()
    (review,) = held(page, "reviews", 1)
    assert (review["grade"], review["missed"]) == (3, [last])
    stand_at(page, days - 1)
    assert figures(page).startswith("0 due")
    stand_at(page, days)
    assert figures(page).startswith("1 due")
    begin(page)
    assert title(page) == first
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".tl-drill__points label").first).to_contain_text(f"Missing last time: {missing}")
    assert heard.errors == []


def test_keys_show_grade_and_undo_and_the_keyboard_stays_at_the_question(practice: Practice) -> None:
    page = begin(practice("drills/"))
    first = title(page)
    expect(page.locator(".tl-drill h2")).to_be_focused()
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".tl-answer--short")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("details.tl-answer--full")).to_have_attribute("open", "")
    page.keyboard.press("3")
    expect(page.locator(".tl-drill h2")).not_to_have_text(first)
    expect(page.locator(".tl-drill h2")).to_be_focused()
    held(page, "reviews", 1)
    page.keyboard.press("u")
    expect(page.locator(".tl-drill h2")).to_have_text(first)
    assert {record["did"] for record in held(page, "reviews", 2)} == {"grade", "undo"}
    page.get_by_role("button", name="Leave").click()
    assert figures(page).startswith("0 due")


def test_keys_that_are_typed_into_an_answer_are_text(practice: Practice) -> None:
    page = begin(practice("drills/"))
    box = page.get_by_label("Say it aloud")
    box.focus()
    page.keyboard.type("u 1 2")
    expect(box).to_have_value("u 1 2")
    assert records(page, "reviews") == []


def test_what_was_wrong_comes_back_in_the_same_sitting(practice: Practice) -> None:
    page = begin(practice("drills/"))
    first = title(page)
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_role("button", name="Again")).to_contain_text("today")
    page.get_by_role("button", name="Again").click()
    seen = []
    while not page.locator("#drill-end").count():
        asked(page)
        seen.append(title(page))
        answer(page, "Good")
        page.wait_for_selector(f"#drill-end, .tl-drill h2:not(:text-is({json.dumps(seen[-1])}))")
    assert first in seen
    assert first != seen[0]


def test_a_sitting_is_left_and_taken_up_again(practice: Practice) -> None:
    page = begin(practice("drills/"))
    first = title(page)
    answer(page, "Easy")
    expect(page.locator(".tl-drill h2")).not_to_have_text(first)
    second = title(page)
    held(page, "reviews", 1)
    page.reload()
    mounted(page)
    expect(page.locator(".tl-notice")).to_contain_text("1 answer given")
    page.get_by_role("button", name="Continue").click()
    asked(page)
    assert title(page) == second


def test_what_is_typed_outlasts_a_reload_and_stays_text(practice: Practice) -> None:
    page = begin(practice("drills/"))
    typed = "<img src=x onerror=alert(1)> high bias"
    page.get_by_label("Say it aloud").fill(typed)
    held(page, "sitting", 1, typed=typed)
    page.reload()
    mounted(page).get_by_role("button", name="Continue").click()
    asked(page)
    expect(page.get_by_label("Say it aloud")).to_have_value(typed)
    answer(page, "Good")
    page.wait_for_function("() => document.querySelector('.tl-drill__typed textarea')?.value === ''")


def test_on_a_phone_nothing_leads_away_from_a_sitting(practice: Practice) -> None:
    page = practice("drills/", width=390)
    expect(page.locator(".tl-dock [rel=next]")).to_be_visible()
    begin(page)
    expect(page.locator(".tl-dock [rel=next]")).to_be_hidden()
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".tl-dock [rel=next]")).to_be_visible()


def test_a_sitting_ends_with_what_to_read(practice: Practice, site: Served) -> None:
    page = practice("drills/")
    page.get_by_role("spinbutton", name="minutes").fill("1")
    begin(page)
    question = title(page)
    answer(page, "Hard", points=1)
    end = page.locator(".tl-drill__end")
    expect(end.get_by_role("heading", name="Done: 1 question")).to_be_focused()
    expect(end.get_by_role("listitem").last).to_contain_text(f"{question}, ")
    links = end.locator(".tl-drill__read a").evaluate_all("all => all.map(one => one.href)")
    assert all(link.startswith(site.url) for link in links)
    page.get_by_role("button", name="Another session").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def test_a_part_of_the_guide_is_chosen(practice: Practice) -> None:
    page = practice("drills/")
    page.get_by_text("Choose a part").click()
    page.get_by_label("Area").select_option("classical-ml")
    page.get_by_label("Chapter").select_option(label="Regularization")
    expect(page.get_by_role("heading", name="Classical ML, Regularization")).to_be_visible()
    begin(page)
    (sitting,) = held(page, "sitting", 1)
    assert all(card.startswith("topics/classical-ml/regularization#") for card in sitting["left"])


def test_a_page_can_name_what_is_drilled(practice: Practice) -> None:
    page = asked(practice("drills/#page=topics/classical-ml/regularization"))
    expect(page.locator(".tl-drill__where")).to_contain_text("Regularization")
    expect(page).to_have_url(re.compile("^[^#]*$"))


def test_a_chapter_leads_to_the_drill_of_its_questions(visit: Opener) -> None:
    page = ready(visit("topics/classical-ml/regularization/"))
    count = page.locator(".tl-question").count()
    # By key: a long page that is scrolled to its questions may still be laid out when the mouse comes down.
    page.get_by_role("link", name=f"Drill these {count}").press("Enter")
    # All that the link promises: who asks for them is not held to the limits of a day.
    expect(asked(page).locator(".tl-drill__where")).to_contain_text(f"Regularization: {count} questions left")


def test_the_prompt_of_a_case_leads_to_the_sheet_of_who_asks_it(visit: Opener) -> None:
    page = ready(visit("system-design/cases/fraud-detection/"))
    page.get_by_role("link", name="the interviewer’s sheet for this case").press("Enter")
    expect(page.get_by_role("heading", name="For the interviewer: ML system design")).to_be_visible()
    expect(page.get_by_role("heading", name="Payment fraud detection")).to_be_visible()


def test_a_typed_answer_gets_a_guess_that_can_be_corrected(practice: Practice, heard: Heard) -> None:
    page = begin(practice("drills/"))
    page.get_by_role("button", name="Show the answer").click()
    point = page.locator(".tl-drill__points label").first.inner_text()
    page.get_by_role("button", name="Again").click()
    page.get_by_role("button", name="Undo").click()
    asked(page)
    page.get_by_label("Say it aloud").fill(f"I would say: {point}")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".tl-drill__guess")).to_contain_text("A guess from your words: ")
    boxes = page.locator(".tl-drill__points").get_by_role("checkbox")
    expect(boxes.first).to_be_checked()
    boxes.first.uncheck()
    page.get_by_role("button", name="Good").click()
    last = max(held(page, "reviews", 3), key=lambda one: one["at"])
    assert 0 in last["missed"]
    assert heard.errors == []


def test_a_question_whose_page_cannot_be_had_is_told_and_not_graded(practice: Practice) -> None:
    page = practice("drills/")

    def fail(route: Route) -> None:
        route.abort()

    page.route(re.compile("/(topics|rounds|system-design)/"), fail)
    page.get_by_role("button", name="Begin: ").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    page.unroute_all()
    page.get_by_role("button", name="Continue with the next").click()
    asked(page)
    assert records(page, "reviews") == []


def test_two_tabs_are_at_the_same_question_and_count_it_once(practice: Practice) -> None:
    page = begin(practice("drills/"))
    first = title(page)
    other = page.context.new_page()
    other.clock.set_fixed_time("2026-11-23T08:00:00")
    other.goto(page.url)
    mounted(other).get_by_role("button", name="Continue").click()
    asked(other)
    assert title(other) == first
    other.get_by_role("button", name="Show the answer").click()
    answer(page, "Good")
    expect(other.locator(".tl-drill h2")).not_to_have_text(first)
    assert title(other) == title(page)
    held(page, "reviews", 1)


def test_a_question_that_has_changed_is_offered_to_be_learned_anew(practice: Practice) -> None:
    page = begin(practice("drills/"))
    answer(page, "Good")
    held(page, "reviews", 1)
    card = records(page, "reviews")[0]["card"]

    def changed(route: Route) -> None:
        data = json.loads(route.fetch().text())
        for item in data["items"]:
            if item["id"] == card:
                item["print"] = "another"
        route.fulfill(json=data)

    page.route("**/data/catalogue.json", changed)
    page.reload()
    mounted(page)
    page.get_by_text("The guide has changed").click()
    page.get_by_role("button", name="Learn it again").click()
    expect(page.get_by_text("The guide has changed")).to_have_count(0)
    assert figures(page).startswith("0 due")
    held(page, "reviews", 2)


def test_a_question_that_is_gone_is_kept_and_told(practice: Practice) -> None:
    page = begin(practice("drills/"))
    answer(page, "Good")
    card = held(page, "reviews", 1)[0]["card"]

    def without(route: Route) -> None:
        data = json.loads(route.fetch().text())
        data["items"] = [item for item in data["items"] if item["id"] != card]
        route.fulfill(json=data)

    page.route("**/data/catalogue.json", without)
    page.reload()
    mounted(page)
    page.get_by_text("The guide has changed").click()
    expect(page.locator(".tl-fold").first).to_contain_text(
        f"no longer in the guide. What you did is kept, but it will not come up again: {card}"
    )
    assert len(records(page, "reviews")) == 1


def test_a_note_on_a_question_is_kept(practice: Practice) -> None:
    page = begin(practice("drills/"))
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_text("Your note", exact=True).click()
    page.get_by_label("Your note on this question").fill("The <b>elbow</b> is where I stumbled.")
    page.get_by_label("Your note on this question").blur()
    held(page, "notes", 1)
    page.reload()
    mounted(page).get_by_role("button", name="Continue").click()
    asked(page).get_by_role("button", name="Show the answer").click()
    expect(page.get_by_label("Your note on this question")).to_have_value("The <b>elbow</b> is where I stumbled.")


def test_the_limits_of_a_day_hold(practice: Practice) -> None:
    page = practice("drills/")
    page.get_by_text("Daily limits").click()
    page.get_by_label("New questions a day").fill("1")
    expect(page.locator(".tl-drill__figures")).to_have_text("0 due, 1 new")
    begin(page)
    answer(page, "Good")
    page.get_by_role("button", name="Another session").click()
    expect(page.locator(".tl-drill__today")).to_contain_text(
        "Nothing is due here today. The next question comes back in "
    )
    page.get_by_role("button", name="new ones beyond today's limit").click()
    expect(page.locator(".tl-drill__figures")).to_have_text("0 due, 10 new")


def test_the_scripts_of_drills_are_light_and_nothing_foreign_is_asked(
    practice: Practice, heard: Heard, site: Served
) -> None:
    page = begin(practice("drills/"))
    answer(page, "Good")
    asked(page)
    assert scripts(heard.requests) <= 60_000
    assert [url for url in heard.requests if not url.startswith((site.url, "data:"))] == []
    assert heard.errors == []


def test_a_planned_drill_is_done_here_and_ticked_there(planner: Planner, site: Served, heard: Heard) -> None:
    page = planner()
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept(page, ticks=0)
    link = page.locator(".tl-plan-weeks .tl-session__drill").first
    planned_title = link.locator("xpath=..").inner_text()
    page.goto(str(link.get_attribute("href")))
    asked(page)
    left = set(records(page, "sitting")[0]["left"])
    for _ in left:
        question = title(page)
        answer(page, "Good")
        page.wait_for_selector(f"#drill-end, .tl-drill h2:not(:text-is({json.dumps(question)}))")
    expect(page.locator("#drill-end")).to_have_text(f"Done: {len(left)} question{'s' if len(left) != 1 else ''}")
    (tick,) = held(page, "ticks", 1)
    assert set(tick["items"]) >= left
    page.get_by_role("button", name="Undo the last grade").click()
    held(page, "ticks", 0)
    asked(page)
    answer(page, "Good")
    held(page, "ticks", 1)
    page.goto(f"{site.url}plan/")
    planned(page)
    done = page.locator(".tl-plan-weeks .tl-session--done")
    expect(done).to_have_count(1)
    assert done.locator(".tl-session__title").inner_text() in planned_title
    assert heard.errors == []


def test_a_weak_answer_brings_its_page_back_sooner_in_the_plan(planner: Planner, site: Served) -> None:
    page = planner()
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept(page, ticks=0)
    assert not any(one["kind"] == "review" and one["date"] <= day(1).isoformat() for one in agenda(page))
    page.goto(f"{site.url}practice/drills/#page=topics/classical-ml/regularization")
    asked(page)
    answer(page, "Again")
    held(page, "reviews", 1)
    page.goto(f"{site.url}plan/")
    planned(page)
    # The plan does not move by itself; any change of the settings takes it in.
    assert not any(one["kind"] == "review" and one["date"] <= day(1).isoformat() for one in agenda(page))
    page.get_by_label("Hours a week").fill("9")
    planned(page)
    today = page.locator(".tl-plan-weeks .tl-session").filter(has_text="Review").filter(has_text="Regularization").first
    expect(today).to_be_attached()
    held(page, "agenda", 1)
    found = [one for one in agenda(page) if one["kind"] == "review"]
    assert found[0]["date"] <= day(1).isoformat()
    assert found[0]["items"] == ["topics/classical-ml/regularization"]


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_drills(width: int, practice: Practice) -> None:
    page = practice("drills/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    page.evaluate(AXE)

    def judge() -> None:
        page.emulate_media(color_scheme="light")
        page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-light'")
        assert violations(page, RULES) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
        assert violations(page, ["color-contrast", "link-in-text-block"]) == []

    page.evaluate("for (const each of document.querySelectorAll('.tl-practice details')) each.open = true")
    judge()
    page.get_by_role("spinbutton", name="minutes").fill("1")
    begin(page)
    judge()
    page.get_by_role("button", name="Show the answer").click()
    page.evaluate("for (const each of document.querySelectorAll('.tl-practice details')) each.open = true")
    judge()
    page.get_by_role("button", name="Hard").click()
    page.wait_for_selector("#drill-end")
    judge()
