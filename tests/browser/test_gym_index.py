"""The index of exercises: a filter leaves those of a round or a level, by mouse, by keyboard and by address."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener

PAGE = "practice/coding/"
EXERCISES = ".tl-page tbody tr:has(td a)"


def filtered(visit: Opener, address: str = PAGE, **options: Any) -> Page:
    page = visit(address, **options)
    expect(page.get_by_role("search", name="Filter the exercises")).to_be_visible()
    return page


def test_a_filter_leaves_the_exercises_of_a_level_and_says_how_many(visit: Opener, heard: Heard) -> None:
    page = filtered(visit)
    every = page.locator(EXERCISES).count()
    page.get_by_role("combobox", name="Level", exact=True).select_option("Senior")
    found = page.locator(f"{EXERCISES}:visible").all_inner_texts()
    assert 0 < len(found) < every
    assert all("Senior" in text for text in found)
    expect(page.locator(".tl-filter__said")).to_have_text(f"{len(found)} of {every} exercises")
    # A pattern of which nothing is left has no heading either.
    headings = page.locator("#content h2:visible").all_inner_texts()
    assert len(page.locator(".tl-scroll:visible").all()) <= len(headings)
    assert heard.errors == []


def test_what_was_never_tried_is_all_of_it_at_first_and_what_was_tried_is_none(visit: Opener) -> None:
    page = filtered(visit)
    every = page.locator(EXERCISES).count()
    yours = page.get_by_role("combobox", name="You", exact=True)
    yours.select_option("Not tried")
    expect(page.locator(f"{EXERCISES}:visible")).to_have_count(every)
    assert "yours=open" in page.url


def test_an_address_brings_its_filter_along_and_the_keyboard_takes_it_away(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?level=Senior&round=nonsense")
    expect(page.get_by_role("combobox", name="Level", exact=True)).to_have_value("Senior")
    expect(page.get_by_role("combobox", name="Round", exact=True)).to_have_value("")
    page.get_by_role("button", name="Clear").press("Enter")
    expect(page.locator(f"{EXERCISES}:visible")).to_have_count(page.locator(EXERCISES).count())
    expect(page.get_by_role("combobox", name="Round", exact=True)).to_be_focused()
    assert "?" not in page.url


def test_without_a_script_every_exercise_is_there(visit: Opener) -> None:
    page = visit(PAGE, java_script_enabled=False)
    assert page.locator(".tl-filter").count() == 0
    assert page.locator(f"{EXERCISES}:visible").count() == page.locator(EXERCISES).count() > 0
