"""The list of all questions: whole without a script, and a filter above it with one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener
from tests.browser.test_accessibility import AXE, RULES, violations

PAGE = "practice/questions/"


def lines(page: Page) -> list[str]:
    """Return what is shown of the questions, with their kind and level."""
    # Not `all_inner_texts`: what lies far below is not laid out.
    return [text.strip() for text in page.locator("#content dd li:visible").all_text_contents()]


def filtered(visit: Opener, address: str = PAGE, **options: Any) -> Page:
    page = visit(address, **options)
    expect(page.get_by_role("search", name="Filter the questions")).to_be_visible()
    return page


def test_a_filter_shows_what_fits_and_says_so_in_the_address(visit: Opener, heard: Heard) -> None:
    page = filtered(visit)
    page.get_by_role("combobox", name="Level", exact=True).select_option("Senior")
    page.get_by_role("combobox", name="Kind", exact=True).select_option("Compute")
    expect(page.locator(".tl-filter__said")).to_contain_text(" of ")
    expect(page).to_have_url(re.compile(r"\?level=senior&kind=compute$"))
    shown = lines(page)
    assert shown
    assert all(text.endswith("Compute, senior") for text in shown)
    assert heard.errors == []


def told_while(page: Page, line: str, typed: str) -> list[str]:
    """Return what a status line says while something is typed, until it has been said."""
    page.evaluate(
        """line => {
            window.told = [];
            const place = document.querySelector(line);
            new MutationObserver(() => window.told.push(place.textContent)).observe(place, { childList: true });
        }""",
        line,
    )
    page.keyboard.type(typed, delay=20)
    expect(page.locator(line)).to_contain_text(typed)
    return [text for text in page.evaluate("window.told") if text]


def test_what_is_found_is_told_once_with_what_was_typed(visit: Opener) -> None:
    page = filtered(visit)
    page.get_by_role("searchbox", name="Words in it").focus()
    (told,) = told_while(page, "[data-announce]", "bootstrap")
    assert told == f"For bootstrap: {page.locator('.tl-filter__said').inner_text()}"
    assert re.search(r"\d of [\d,]+ questions$", told)


def test_an_address_brings_its_filter_along(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?round=behavioral&words=conflict")
    expect(page.get_by_role("combobox", name="Round", exact=True)).to_have_value("behavioral")
    assert all("conflict" in text.lower() for text in lines(page))
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("combobox", name="Round", exact=True)).to_have_value("")
    expect(page).to_have_url(re.compile(r"^[^?]*$"))


def test_a_heading_without_a_question_is_not_shown(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?round=behavioral&kind=behavioral&level=staff")
    headings = page.locator("#content h2:visible").all()
    for heading in headings:
        assert heading.evaluate(
            "head => { let next = head; while ((next = next.nextElementSibling) && next.tagName !== 'H2')"
            " if (next.querySelector('li:not([hidden])')) return true; return false; }"
        )
    # Nor is it in the contents.
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    assert links.evaluate_all("all => all.map(link => link.hash.slice(1))") == [
        heading.get_attribute("id") for heading in headings
    ]


def test_a_round_is_shown_below_its_own_heading_area_by_area(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?round=ml-breadth")
    expect(page.locator("#content h2:visible")).to_have_text(re.compile("^ML breadth"))
    expect(page.locator("#content h3:visible").first).to_have_text("Classical ML")
    assert len(lines(page)) == 60
    more = page.get_by_role("button", name=re.compile("^Show .* more"))
    while more.is_visible():
        more.click()
    (number,) = re.findall(r"^(\d+) of", page.locator(".tl-filter__said").inner_text())
    assert len(lines(page)) == int(number)
    areas = page.locator("#content h3:visible").all_inner_texts()
    assert len(areas) == len(set(areas)) > 10


def test_without_a_round_every_question_is_back_in_its_place(visit: Opener) -> None:
    every = "all => all.map(each => each.querySelector('a').href)"
    page = visit(PAGE, java_script_enabled=False)
    written = page.locator("#content dd li").evaluate_all(every)
    page = filtered(visit, f"{PAGE}?round=ml-breadth")
    assert page.locator("#content dd li").evaluate_all(every) != written
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#content h3")).to_have_count(0)
    assert page.locator("#content dd li").evaluate_all(every) == written


def test_nothing_found_is_said(visit: Opener) -> None:
    page = filtered(visit)
    page.get_by_label("Words in it").fill("zyzzyva")
    expect(page.locator(".tl-filter__said")).to_contain_text("No question matches")
    assert lines(page) == []


def test_more_is_shown_on_request_and_focus_goes_on_where_it_begins(visit: Opener) -> None:
    page = filtered(visit)
    before = len(lines(page))
    page.get_by_role("button", name=re.compile("^Show .* more")).click()
    expect(page.locator("#content dd li:visible")).to_have_count(2 * before)
    assert page.evaluate("document.activeElement.closest('li') !== null")


def test_paper_says_which_questions_it_has(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?round=ml-breadth")
    said = page.locator(".tl-filter__said")
    after = "each => getComputedStyle(each, '::after').content"
    assert said.evaluate(after) == "none"
    page.emulate_media(media="print")
    expect(said).to_be_visible()
    assert "those that the list showed" in said.evaluate(after)
    expect(page.locator(".tl-field").first).to_be_hidden()
    expect(page.get_by_role("button", name="Show 60 more")).to_be_hidden()


def test_without_a_script_every_question_is_there(visit: Opener) -> None:
    page = visit(PAGE, java_script_enabled=False)
    assert page.locator(".tl-filter").count() == 0
    assert len(lines(page)) == page.locator("#content dd li").count() > 500


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_filter(width: int, visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?level=senior", width=width, bypass_csp=True, reduced_motion="reduce")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
