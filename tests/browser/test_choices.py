"""Multiple choice on its page: answered in place by mouse or keyboard, explained, and readable without a script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Heard, Opener, ready
from tests.browser.practice import held
from tests.browser.test_accessibility import AXE, clean_in_both_schemes
from tests.browser.test_layout import SHIFTS
from tests.builtsite import SITE

ITEMS: list[dict[str, Any]] = json.loads((SITE / "data/choices.json").read_text("utf-8"))
PAGE = "practice/choices/"


def opened(visit: Opener, **options: Any) -> Page:
    page = ready(visit(PAGE, **options))
    expect(page.get_by_role("radio")).to_have_count(4 * len(ITEMS))
    return page


def item(page: Page, id_: str) -> tuple[Locator, Locator]:
    """Return the answers of an item, and what explains them."""
    answers = page.locator(f"#{id_} + ol")
    return answers, page.locator(f"#{id_} + ol + details")


def test_an_answer_is_judged_where_it_stands(visit: Opener, heard: Heard) -> None:
    page = opened(visit)
    one = next(each for each in ITEMS if each["right"] != 0)
    answers, details = item(page, one["id"])
    answers.locator("li").first.click()
    expect(answers.get_by_role("radio").first).to_be_checked()
    expect(details.locator("p").first).to_be_hidden()
    details.get_by_text("Check your answer").click()
    expect(details.locator("p").first).to_contain_text(f"A is wrong; the answer is {'ABCD'[one['right']]}")
    expect(page.locator("[data-announce]")).to_have_text(f"A is wrong; the answer is {'ABCD'[one['right']]}.")
    expect(answers.locator(".tl-choice__wrong")).to_have_count(1)
    answers.get_by_role("radio").nth(one["right"]).check()
    expect(details.locator("p").first).to_contain_text("Right. The answer is")
    expect(answers.locator(".tl-choice__wrong")).to_have_count(0)
    assert heard.errors == []


def test_the_keyboard_chooses_and_judges(visit: Opener) -> None:
    page = opened(visit)
    one = next(each for each in ITEMS if each["right"] == 1)
    answers, details = item(page, one["id"])
    expect(page.locator(f"#{one['id']} + [role=radiogroup]")).to_have_count(1)
    answers.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(answers.get_by_role("radio").nth(1)).to_be_checked()
    expect(answers.locator(".tl-choice__right")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(details.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(answers.locator(".tl-choice__right")).to_have_count(1)
    expect(page.locator("[data-announce]")).to_have_text("Right.")


def test_who_opens_an_answer_without_a_choice_is_not_judged(visit: Opener) -> None:
    page = opened(visit)
    answers, details = item(page, ITEMS[0]["id"])
    details.locator("summary").click()
    expect(details.locator("li")).to_have_count(4)
    expect(answers.locator(".tl-choice__right")).to_have_count(0)


def test_an_area_is_chosen_and_an_answer_is_there_the_next_time(visit: Opener) -> None:
    page = opened(visit)
    area = next(one["area"] for one in ITEMS if one["area"] != ITEMS[0]["area"])
    own = [one for one in ITEMS if one["area"] == area]
    page.get_by_role("combobox", name="Area", exact=True).select_option(area)
    expect(page.locator(".tl-filter__said")).to_have_text(f"{len(own)} of {len(ITEMS)} questions")
    expect(page.locator("h2:visible")).to_have_count(1)
    answers, details = item(page, own[0]["id"])
    answers.get_by_role("radio").nth((own[0]["right"] + 1) % 4).check()
    expect(details.locator("summary")).to_have_text("Check your answer")
    held(page, "choices", 1, id=own[0]["id"])
    page.reload()
    expect(answers.get_by_role("radio").nth((own[0]["right"] + 1) % 4)).to_be_checked()
    expect(page.locator(".tl-filter__said")).to_have_text(f"{len(own)} of {len(ITEMS)} questions")
    page.get_by_label("Your answer").select_option("wrong")
    expect(page.locator(".tl-filter__said")).to_have_text(f"1 of {len(ITEMS)} questions")
    page.get_by_label("Your answer").select_option("open")
    expect(page.locator(".tl-filter__said")).to_have_text(f"{len(own) - 1} of {len(ITEMS)} questions")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".tl-choice:visible")).to_have_count(len(ITEMS))


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_buttons_come(width: int, visit: Opener, site: Any) -> None:
    page = visit("404.html", width=width)
    page.context.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(site.url + PAGE)
    expect(page.get_by_role("radio")).to_have_count(4 * len(ITEMS))
    assert page.evaluate("window.moved") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_multiple_choice(width: int, visit: Opener) -> None:
    page = opened(visit, width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    answers, details = item(page, ITEMS[0]["id"])
    answers.get_by_role("radio").first.check()
    details.locator("summary").click()
    page.evaluate(AXE)
    clean_in_both_schemes(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
