"""Readiness end to end: what was drilled and coded is counted, falls with time, and leads on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Served
from tests.browser.planning import Planner, day, kept
from tests.browser.practice import Practice, answer, begin, held, mounted, scripts, stand_at
from tests.browser.test_accessibility import AXE, RULES, violations


def table(page: Page, name: str) -> list[list[str]]:
    """Return the cells of the lines of a table, without its head."""
    rows = page.get_by_role("region", name=name).locator("tbody tr")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def drilled(page: Page, site: Served, grade: str = "Good") -> Page:
    """Answer one question, and look at readiness."""
    page.goto(f"{site.url}practice/drills/")
    begin(mounted(page))
    answer(page, grade)
    held(page, "reviews", 1)
    page.goto(f"{site.url}practice/readiness/")
    return mounted(page)


def test_who_has_done_nothing_sees_what_there_is_and_where_to_begin(practice: Practice, heard: Heard) -> None:
    page = practice("readiness/")
    rounds = table(page, "By round")
    assert len(rounds) > 10
    for _, met, today in rounds:
        assert re.fullmatch(r"0 of \d+", met)
        assert today == "–"
    first = page.get_by_role("region", name="What to do next")
    expect(first).to_contain_text("Nothing is measured yet")
    expect(first).to_contain_text("at mid level")
    expect(first.get_by_role("listitem")).to_have_count(5)
    expect(first).not_to_contain_text("Alignment")
    assert heard.errors == []


def test_what_is_met_is_counted_and_fades_without_practice(practice: Practice, site: Served) -> None:
    page = drilled(practice("readiness/"), site)
    expect(page.get_by_text("Nothing is measured yet")).to_have_count(0)
    (area,) = [line for line in table(page, "By area") if not line[1].startswith("0 ")]
    assert area[1].startswith("1 of ")
    assert area[2] == "100%"
    stand_at(page, 60)
    (area,) = [line for line in table(page, "By area") if not line[1].startswith("0 ")]
    assert int(area[2].rstrip("%")) < 90
    expect(page.get_by_role("link", name="the 1 question that came back")).to_be_visible()


def test_with_a_plan_its_rounds_are_shown_and_the_day_of_the_interview(planner: Planner, site: Served) -> None:
    page = planner()
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept(page, ticks=0)
    drilled(page, site)
    expect(page.get_by_text("in 28 days")).to_be_visible()
    (area,) = [line for line in table(page, "By area") if not line[1].startswith("0 ")]
    assert int(area[3].rstrip("%")) < int(area[2].rstrip("%"))


def test_a_page_that_lacks_most_can_be_drilled_at_once(practice: Practice) -> None:
    page = practice("readiness/")
    page.get_by_role("link", name=re.compile("^Drill ")).first.click()
    page.wait_for_selector(".tl-drill .tl-question h2")


def test_the_scripts_of_readiness_are_light(practice: Practice, heard: Heard, site: Served) -> None:
    practice("readiness/")
    assert scripts(heard.requests) <= 60_000
    assert [url for url in heard.requests if not url.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_readiness(width: int, practice: Practice, site: Served) -> None:
    page = practice("readiness/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    drilled(page, site)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("s => document.documentElement.dataset.mdColorScheme === `loop-${s}`", arg=scheme)
        assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
