"""Rapid fire end to end: the clock of each question, what is judged at the end, and what it counts for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Heard, Served
from tests.browser.practice import Practice, answer, asked, begin, held, mounted, records, scripts, title
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.builtsite import SITE

ITEMS: list[dict[str, Any]] = json.loads((SITE / "data/choices.json").read_text("utf-8"))


def start(page: Page, *, choice: bool = False) -> Page:
    if choice:
        page.get_by_label("Multiple choice").check()
    page.get_by_role("button", name="Begin").click()
    return asked(page)


def where(page: Page) -> str:
    return page.locator(".tl-drill__where").inner_text()


def go_on(page: Page) -> None:
    """Go on to the next question, or to the end."""
    before = where(page)
    page.locator(".tl-drill__bar button:not([disabled])").click()
    page.wait_for_function(
        "before => document.querySelector('#fire-end') || (document.querySelector('.tl-drill h2')"
        " && !document.querySelector('.tl-drill__where').innerText.startsWith(before))",
        arg=before[:14],
    )


def finish(page: Page) -> None:
    while not page.locator("#fire-end").count():
        go_on(page)


def judge(page: Page, marks: tuple[str, ...]) -> None:
    for at, one in enumerate(page.locator(".tl-fire__judge").all()):
        one.get_by_label(marks[at % len(marks)], exact=True).check()
    page.get_by_role("button", name="Show the result").click()


def test_ten_questions_jump_between_areas_and_are_judged_at_the_end(practice: Practice, heard: Heard) -> None:
    page = start(practice("rapid-fire/"))
    expect(page.locator(".tl-drill__where")).to_contain_text("Question 1 of 10")
    expect(page.locator(".tl-answers")).to_be_hidden()
    finish(page)
    expect(page.locator("#fire-end")).to_be_focused()
    expect(page.locator(".tl-fire__answers .tl-answer--short")).to_have_count(10)
    expect(page.get_by_role("button", name="10 questions to judge")).to_be_disabled()
    # Ten times the same would tell nobody which question is meant.
    for heading in page.locator(".tl-fire__answers h3").all():
        entry = page.locator(".tl-fire__answers > li").filter(has=page.locator(f"#{heading.get_attribute('id')}"))
        for part, name in (
            (entry.get_by_role("group"), "How did it go?"),
            (entry.get_by_role("link").last, "The full answer"),
        ):
            own = str(part.get_attribute("aria-labelledby")).split()
            assert own[1:] == [heading.get_attribute("id")]
            expect(part).to_have_accessible_name(re.compile(f"^{re.escape(name)} ."))
    judge(page, ("Said it", "Did not have it"))
    expect(page.locator("#fire-end")).to_have_text("5 of 10")
    (fire,) = held(page, "fires", 1)
    areas = [one["area"] for one in fire["answers"]]
    assert len(set(areas)) > 1
    expect(page.locator(".tl-fire__areas li")).to_have_count(len(set(areas)))
    page.get_by_role("button", name="Another round").click()
    expect(page.locator(".tl-fire__past li")).to_contain_text("5 of 10")
    assert heard.errors == []


def test_when_its_time_is_over_the_next_question_comes(practice: Practice) -> None:
    page = practice("rapid-fire/")
    page.get_by_label("Time for each").select_option("30")
    start(page)
    first = title(page)
    page.clock.set_fixed_time("2026-11-23T08:00:21")
    expect(page.get_by_role("timer")).to_have_text("9 s")
    page.clock.set_fixed_time("2026-11-23T08:00:31")
    expect(page.locator(".tl-drill__where")).to_contain_text("Question 2 of 10")
    asked(page)
    assert title(page) != first
    expect(page.get_by_role("timer")).to_have_text("30 s")
    finish(page)
    expect(page.locator(".tl-fire__answers > li").first).to_contain_text("out of time")


def test_keys_go_on(practice: Practice) -> None:
    page = start(practice("rapid-fire/"))
    expect(page.locator(".tl-drill h2")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".tl-drill__where")).to_contain_text("Question 2 of 10")
    expect(page.locator(".tl-drill h2")).to_be_focused()


def test_what_was_missed_is_drilled(practice: Practice) -> None:
    page = start(practice("rapid-fire/"))
    finish(page)
    judge(page, ("Said it", "Said it", "Did not have it", "Said it", "Said it"))
    missed = [one["id"] for one in held(page, "fires", 1)[0]["answers"] if one["mark"] < 2]
    # Being asked once begins nothing.
    assert records(page, "reviews") == []
    page.get_by_role("button", name="Drill the 2 you missed").click()
    page.wait_for_url(re.compile("practice/drills/"))
    asked(page)
    assert records(page, "sitting")[0]["left"] == missed


def test_a_question_that_is_drilled_comes_back_sooner_when_it_was_missed(practice: Practice, site: Served) -> None:
    page = begin(practice("drills/"))
    answer(page, "Easy")
    card = held(page, "reviews", 1)[0]["card"]

    def only(route: Route) -> None:
        data = json.loads(route.fetch().text())
        data["items"] = [one for one in data["items"] if one["kind"] != "question" or one["id"] == card]
        for one in data["items"]:
            if one["id"] == card:
                one |= {"rounds": ["ml-breadth"], "questionKind": "explain"}
        route.fulfill(json=data)

    page.route("**/data/catalogue.json", only)
    page.goto(f"{site.url}practice/rapid-fire/")
    start(mounted(page))
    finish(page)
    judge(page, ("Did not have it",))
    held(page, "reviews", 2)
    page.goto(f"{site.url}practice/drills/")
    expect(mounted(page).locator(".tl-drill__figures")).to_have_text("1 due, 0 new")


def test_multiple_choice_judges_itself_and_explains_every_answer(practice: Practice, heard: Heard) -> None:
    some = [one for one in ITEMS if one["chapter"].endswith("/regularization")][:5]
    right = {one["question"].replace("`", "")[:25]: one["right"] for one in some}
    page = practice("rapid-fire/")
    page.route("**/data/choices.json", lambda route: route.fulfill(json=some))
    start(page, choice=True)
    asked_for = 0
    while not page.locator("#fire-end").count():
        expect(page.get_by_role("radio")).to_have_count(4)
        place = right[title(page)[:25]]
        # The first answer is wrong, all others are right.
        page.get_by_role("radio").nth((place + 1) % 4 if asked_for == 0 else place).check()
        asked_for += 1
        go_on(page)
    assert asked_for == len(some)
    expect(page.locator("#fire-end")).to_have_text(f"{asked_for - 1} of {asked_for}")
    first = page.locator(".tl-fire__why").first
    expect(first.locator("li")).to_have_count(4)
    expect(first.locator(".tl-fire__wrong")).to_contain_text("Your answer.")
    expect(first.locator(".tl-fire__right")).to_contain_text("Right.")
    held(page, "fires", 1)
    assert heard.errors == []


def test_a_question_whose_page_cannot_be_had_is_passed_over(practice: Practice) -> None:
    page = practice("rapid-fire/")
    page.route(re.compile("/(topics|rounds|system-design)/"), lambda route: route.abort())
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#fire-end")).to_have_text("0 questions: judge each")
    expect(page.get_by_text("None of the questions could be loaded")).to_be_visible()
    assert records(page, "fires") == []


def test_on_a_phone_all_answers_are_in_view_while_the_clock_runs_and_nothing_leads_away(practice: Practice) -> None:
    page = practice("rapid-fire/", width=390)
    onward = page.locator(".tl-dock [rel=next]")
    expect(onward).to_be_visible()
    some = [one for one in ITEMS if one["id"] == "gradient-of-a-quadratic-form"]
    page.route("**/data/choices.json", lambda route: route.fulfill(json=some))
    start(page, choice=True)
    expect(onward).to_be_hidden()
    expect(page.locator(".tl-drill h2")).to_be_in_viewport()
    page.wait_for_function(
        "() => document.querySelector('.tl-fire__options label:last-child').getBoundingClientRect().bottom"
        " <= document.querySelector('.tl-drill__bar').getBoundingClientRect().top"
    )


def test_a_round_that_was_left_is_taken_up_again(practice: Practice, heard: Heard) -> None:
    page = start(practice("rapid-fire/"))
    first = title(page)
    for _ in range(2):
        before = title(page)
        go_on(page)
        expect(page.locator(".tl-drill h2")).not_to_have_text(before, use_inner_text=True)
    third = title(page)
    (firing,) = held(page, "firing", 1)
    assert (len(firing["given"]), len(firing["left"])) == (2, 8)
    page.reload()
    expect(mounted(page).locator(".tl-notice")).to_contain_text("2 of 10 questions answered")
    page.get_by_role("button", name="Continue").click()
    asked(page)
    assert title(page) == third
    expect(page.locator(".tl-drill__where")).to_contain_text("Question 3 of 10")
    finish(page)
    expect(page.locator(".tl-fire__answers > li")).to_have_count(10)
    expect(page.locator(".tl-fire__answers h3").first).to_have_text(first)
    # Nor is what was answered lost before it is judged.
    page.reload()
    mounted(page).get_by_role("button", name="Continue").click()
    expect(page.locator(".tl-fire__judge")).to_have_count(10)
    judge(page, ("Said it",))
    held(page, "fires", 1)
    held(page, "firing", 0)
    assert heard.errors == []


def test_choices_that_were_made_count_when_the_round_is_taken_up_again(practice: Practice) -> None:
    some = [one for one in ITEMS if one["chapter"].endswith("/regularization")][:2]
    right = {one["question"].replace("`", "")[:25]: one["right"] for one in some}
    page = practice("rapid-fire/")
    page.route("**/data/choices.json", lambda route: route.fulfill(json=some))
    start(page, choice=True)
    page.get_by_role("radio").nth(right[title(page)[:25]]).check()
    go_on(page)
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Continue").click()
    asked(page)
    page.get_by_role("radio").nth(right[title(page)[:25]]).check()
    finish(page)
    expect(page.locator("#fire-end")).to_have_text("2 of 2")


def test_a_round_that_waits_can_be_thrown_away(practice: Practice) -> None:
    page = start(practice("rapid-fire/"))
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Discard it").click()
    held(page, "firing", 0)
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def test_the_items_can_be_read_without_a_script(visit: Any) -> None:
    page = visit("practice/choices/", java_script_enabled=False)
    details = page.locator(".tl-choice + ol + details")
    expect(details).to_have_count(len(ITEMS))
    expect(details.first.locator("ol")).to_be_hidden()
    details.first.locator("summary").click()
    expect(details.first.locator("li")).to_have_count(4)


def test_the_scripts_of_rapid_fire_are_light(practice: Practice, heard: Heard, site: Served) -> None:
    page = start(practice("rapid-fire/"))
    finish(page)
    assert scripts(heard.requests) <= 60_000
    assert [url for url in heard.requests if not url.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("choice", [False, True], ids=["aloud", "choice"])
def test_axe_finds_nothing_in_rapid_fire(width: int, choice: bool, practice: Practice) -> None:
    page = practice("rapid-fire/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    start(page, choice=choice)
    assert violations(page, RULES) == []
    finish(page)
    # A term that comes to lie under the mouse would explain itself.
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("s => document.documentElement.dataset.mdColorScheme === `loop-${s}`", arg=scheme)
        assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
