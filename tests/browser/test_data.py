"""Your data: counted, saved, joined with a file, deleted with a question before it, and brought back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Heard, Served
from tests.browser.practice import Practice, answer, begin, held, mounted, records, scripts
from tests.browser.test_accessibility import AXE, RULES, violations


def drilled(practice: Practice, site: Served) -> Page:
    """Grade one question, and go to the data."""
    page = begin(practice("drills/"))
    answer(page, "Good")
    held(page, "reviews", 1)
    return at_data(page, site)


def at_data(page: Page, site: Served) -> Page:
    page.goto(f"{site.url}practice/data/")
    page.wait_for_selector(".tl-data")
    return page


def part(page: Page, title: str) -> Locator:
    return page.locator(".tl-data > li").filter(has=page.get_by_text(title, exact=True))


def saved(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything to a file").click()
    return Path(download.value.path()).read_text("utf-8")


def load(page: Page, text: str) -> None:
    page.get_by_label("Load a saved file").set_input_files(
        {"name": "file.json", "mimeType": "application/json", "buffer": text.encode()}
    )


def test_what_is_kept_is_counted(practice: Practice, site: Served, heard: Heard) -> None:
    page = drilled(practice, site)
    expect(part(page, "Drills").locator(".tl-data__amount")).to_have_text("1 grade")
    expect(part(page, "Notes").locator(".tl-data__amount")).to_have_text("nothing")
    expect(part(page, "Notes").get_by_role("button")).to_have_count(0)
    assert heard.errors == []


def test_a_part_is_deleted_after_a_question_and_can_be_brought_back(practice: Practice, site: Served) -> None:
    page = drilled(practice, site)
    drills = part(page, "Drills")
    drills.get_by_role("button", name="Delete: drills").click()
    expect(drills.get_by_role("button", name="Keep: drills")).to_be_focused()
    page.keyboard.press("Enter")
    held(page, "reviews", 1)
    drills.get_by_role("button", name="Delete: drills").click()
    drills.get_by_role("button", name="Yes, delete: drills").click()
    expect(drills.locator(".tl-data__amount")).to_have_text("nothing")
    held(page, "reviews", 0)
    expect(drills.get_by_role("button", name="Undo: drills")).to_be_focused()
    page.keyboard.press("Enter")
    held(page, "reviews", 1)


def test_everything_is_deleted_at_once(practice: Practice, site: Served) -> None:
    page = drilled(practice, site)
    line = part(page, "Everything")
    line.get_by_role("button", name="Delete: everything").click()
    line.get_by_role("button", name="Yes, delete: everything").click()
    held(page, "reviews", 0)
    assert records(page, "sitting") == []
    expect(page.locator(".tl-data__amount")).to_have_text(["nothing"] * page.locator(".tl-data__amount").count())


def test_a_file_is_added_to_what_is_here_and_counts_nothing_twice(practice: Practice, site: Served) -> None:
    here = drilled(practice, site)
    text = saved(here)
    there = drilled(practice, site)
    load(there, text)
    expect(there.locator(".tl-data__file > p").first).to_contain_text("The file was read.")
    held(there, "reviews", 2)
    load(there, text)
    expect(there.locator(".tl-data__file > p").first).to_contain_text("It holds nothing that was not here.")
    held(there, "reviews", 2)


def test_a_file_can_take_the_place_of_what_is_here(practice: Practice, site: Served) -> None:
    text = saved(drilled(practice, site))
    there = drilled(practice, site)
    (before,) = records(there, "reviews")
    there.get_by_label("Replace what is here").check()
    load(there, text)
    expect(there.locator(".tl-data__file > p").first).to_contain_text("nothing else")
    (now,) = held(there, "reviews", 1)
    assert now["id"] != before["id"]
    there.get_by_role("button", name="Undo", exact=True).click()
    expect(there.locator(".tl-data__file > p").first).to_have_text("What was here before is back.")
    assert held(there, "reviews", 1) == [before]


def test_a_damaged_file_changes_nothing(practice: Practice, site: Served) -> None:
    page = drilled(practice, site)
    data = json.loads(saved(page))
    for review in data["records"]["reviews"]["entries"].values():
        review["grade"] = 9
    load(page, json.dumps(data))
    expect(page.locator(".tl-data__file > p").first).to_contain_text("Nothing was changed.")
    held(page, "reviews", 1)


def test_another_tab_is_counted_at_once(practice: Practice, site: Served) -> None:
    page = begin(practice("drills/"))
    other = at_data(page.context.new_page(), site)
    expect(part(other, "Drills").get_by_role("button")).to_be_visible()
    answer(page, "Good")
    expect(part(other, "Drills").locator(".tl-data__amount")).to_have_text("1 grade")


def test_the_page_needs_nothing_of_the_guide_and_is_light(practice: Practice, heard: Heard, site: Served) -> None:
    page = practice("data/")
    assert scripts(heard.requests) <= 60_000
    assert not [url for url in heard.requests if re.search("/data/(catalogue|allocation)", url)]
    assert page.locator(".tl-practice").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_where_data_is_kept(width: int, practice: Practice, site: Served) -> None:
    page = practice("drills/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    begin(page)
    at_data(page, site)
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("s => document.documentElement.dataset.mdColorScheme === `loop-${s}`", arg=scheme)
        assert violations(mounted(page), RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
