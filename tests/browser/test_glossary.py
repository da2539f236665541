"""The glossary: whole without a script, and a field above it with one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener, ready
from tests.browser.test_accessibility import AXE, RULES, violations

PAGE = "glossary/"


def field(page: Page) -> None:
    expect(page.get_by_role("searchbox", name="Find a term")).to_be_visible()


def shown(page: Page) -> list[str]:
    """Return the terms that are not hidden."""
    return [text.strip() for text in page.locator("#content dt:visible").all_text_contents()]


def test_a_word_leaves_the_terms_that_are_called_so_below_their_letters(visit: Opener, heard: Heard) -> None:
    page = visit(PAGE)
    field(page)
    page.get_by_role("searchbox", name="Find a term").fill("one hot enc")
    expect(page.locator(".tl-filter__said")).to_contain_text("1 of ")
    assert shown(page) == ["one-hot encoding"]
    assert page.locator("#content h2:visible").count() == 1
    expect(page).to_have_url(re.compile(r"\?words=one\+hot\+enc$"))
    assert heard.errors == []


def test_the_contents_list_the_letters_that_are_shown_and_mark_the_one_that_is_read(visit: Opener) -> None:
    page = visit(PAGE)
    field(page)
    letters = page.get_by_role("navigation", name="On this page").get_by_role("listitem")
    all_letters = page.locator("#content h2").count()
    expect(letters).to_have_count(all_letters)
    page.get_by_role("searchbox", name="Find a term").fill("one hot enc")
    expect(letters).to_have_text(["O"])
    expect(letters.get_by_role("link")).to_have_attribute("aria-current", "location")
    page.get_by_role("searchbox", name="Find a term").fill("")
    expect(letters).to_have_count(all_letters)


def test_a_word_that_names_nothing_is_found_in_definitions_and_nonsense_is_told(visit: Opener) -> None:
    page = visit(f"{PAGE}?words=randomized")
    field(page)
    expect(page.locator(".tl-filter__said")).to_contain_text("No term is called that.")
    assert "A/B test" in shown(page)
    page.get_by_role("searchbox", name="Find a term").fill("<b>xyzzy</b>")
    expect(page.locator(".tl-filter__said")).to_have_text("No term and no definition has these words.")
    assert shown(page) == []
    page.get_by_role("searchbox", name="Find a term").fill("")
    expect(page.locator("#content dt:visible")).not_to_have_count(0)
    expect(page).to_have_url(re.compile(r"^[^?]*$"))


def test_a_search_without_results_hands_its_words_to_the_glossary(visit: Opener) -> None:
    page = ready(visit())
    page.keyboard.press("/")
    page.keyboard.type("zzqqy")
    page.get_by_role("link", name="the glossary").click()
    expect(page.get_by_role("searchbox", name="Find a term")).to_have_value("zzqqy")


def test_without_a_script_every_term_is_there_and_no_field(visit: Opener) -> None:
    page = visit(PAGE, java_script_enabled=False)
    assert page.locator("#content dt").count() == page.locator("#content dt:visible").count() > 0
    assert page.get_by_role("searchbox", name="Find a term").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_at_the_field(width: int, visit: Opener) -> None:
    page = visit(PAGE, width=width, bypass_csp=True, reduced_motion="reduce")
    field(page)
    page.evaluate(AXE)
    assert violations(page, RULES) == []
