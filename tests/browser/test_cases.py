"""The index of cases: whole without a script, and a filter above it with one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.browser.test_layout import SHIFTS, loaded, slow

PAGE = "system-design/cases/"
CASES = ".tl-page table:has(th:text-is('Trains')) tbody tr"


def filtered(visit: Opener, address: str = PAGE, **options: Any) -> Page:
    page = visit(address, **options)
    expect(page.get_by_role("search", name="Filter the cases")).to_be_visible()
    return page


def shown(page: Page) -> list[str]:
    return page.locator(f"{CASES}:visible").all_inner_texts()


def test_a_filter_shows_what_fits_and_says_so_in_the_address(visit: Opener, heard: Heard) -> None:
    page = filtered(visit)
    every = len(shown(page))
    page.get_by_role("combobox", name="To train", exact=True).select_option("Calibration")
    page.get_by_role("combobox", name="Level", exact=True).select_option("Mid")
    found = shown(page)
    assert 0 < len(found) < every
    assert all("alibration" in text and "Mid" in text for text in found)
    expect(page.locator(".tl-filter__said")).to_have_text(f"{len(found)} of {every} cases")
    assert "trains=Calibration" in page.url
    assert heard.errors == []


def test_an_address_brings_its_filter_along_and_what_no_case_says_is_not_asked_for(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?level=Senior&rounds=nonsense")
    expect(page.get_by_role("combobox", name="Level", exact=True)).to_have_value("Senior")
    expect(page.get_by_role("combobox", name="Round", exact=True)).to_have_value("")
    assert shown(page)
    assert all("Senior" in text for text in shown(page))
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(f"{CASES}:visible")).to_have_count(page.locator(CASES).count())
    assert "?" not in page.url


def test_a_product_without_a_case_is_not_shown(visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?level=Senior")
    left = "heads => heads.map(head => head.nextElementSibling?.querySelectorAll('tbody tr:not([hidden])').length)"
    counts = page.locator("#content h2#by-product ~ h3:visible").evaluate_all(left)
    assert counts
    assert all(counts)


def test_without_a_script_every_case_is_there_and_on_paper_the_filter_is_not(visit: Opener) -> None:
    page = visit(PAGE, java_script_enabled=False)
    assert page.locator(".tl-filter").count() == 0
    assert len(shown(page)) == page.locator(CASES).count() > 20
    page = filtered(visit)
    page.emulate_media(media="print")
    expect(page.locator(".tl-filter")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_filter_moves_nothing_when_it_comes(width: int, visit: Opener) -> None:
    page = visit("404.html", width=width)
    page.context.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: route.abort())
    slow(page)
    assert loaded(page, page.url.replace("404.html", PAGE)) == []
    expect(page.locator(".tl-filter")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_index_of_cases(width: int, visit: Opener) -> None:
    page = filtered(visit, f"{PAGE}?level=Senior", width=width, bypass_csp=True, reduced_motion="reduce")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
