"""The story bank end to end: written, kept, looked over, timed, covered, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Served
from tests.browser.practice import Practice, held, mounted, scripts
from tests.browser.test_accessibility import AXE, RULES, violations

EVIL = "<img src=x onerror=document.title='owned'>"


def add(page: Page, title: str = "The schema") -> Page:
    page.get_by_role("button", name="Add a story").click()
    expect(page.get_by_label("Title")).to_be_focused()
    page.get_by_label("Title").fill(title)
    return page


def write(page: Page) -> None:
    page.get_by_label("Situation:").fill("The schema changed weekly.")
    page.get_by_label("Task:").fill("I owned the pipeline.")
    page.get_by_label("Action:").fill("We asked, we tried, and we put a test in.")
    page.get_by_label("Result:").fill("It went well.")


def written(page: Page, result: str) -> dict[str, Any]:
    """Wait until the disk holds a story with this result, and return it."""
    for _ in range(400):
        for story in held(page, "stories", 1):
            if story["result"] == result:
                return story
    raise AssertionError("the story was not kept")


def test_a_story_is_kept_with_every_word(practice: Practice, heard: Heard) -> None:
    page = add(practice("stories/"))
    write(page)
    expect(page.get_by_text("21 words, about 0:08 aloud.")).to_be_visible()
    story = written(page, "It went well.")
    page.reload()
    mounted(page).locator(".tl-story summary").click()
    expect(page.get_by_label("Result:")).to_have_value("It went well.")
    assert story["title"] == "The schema"
    assert heard.errors == []


def test_what_is_missing_is_pointed_out_until_it_is_there(practice: Practice) -> None:
    page = add(practice("stories/"))
    expect(page.get_by_role("list", name="Hints")).to_have_count(0)
    write(page)
    hints = page.get_by_role("list", name="Hints").get_by_role("listitem")
    expect(hints).to_have_text(
        [
            "Empty: lesson.",
            "No number in the result.",
            "“We” more often than “I” (3 to 1): say what you did.",
            "No tag, so it covers no question.",
        ]
    )
    page.get_by_label("Lesson:").fill("I ask first.")
    page.get_by_label("Result:").fill("Failures fell by half.")
    page.get_by_label("Action:").fill("I asked.")
    page.get_by_label("conflict").check()
    expect(hints).to_have_count(0)
    expect(page.locator(".tl-story .tl-fold__said")).to_have_text("nothing missing")


def test_a_tag_covers_its_question(practice: Practice) -> None:
    page = add(practice("stories/"))
    conflict = page.get_by_role("link", name="Tell me about a conflict with a colleague.")
    expect(conflict).to_be_visible()
    page.get_by_label("conflict").check()
    expect(conflict).to_have_count(0)
    page.get_by_label("conflict").uncheck()
    expect(conflict).to_be_visible()


def test_a_story_is_told_against_the_clock(practice: Practice) -> None:
    page = add(practice("stories/"))
    page.get_by_role("button", name="Tell it against the clock").click()
    page.clock.set_fixed_time("2026-11-23T08:02:05")
    expect(page.get_by_role("timer")).to_have_text("2:05")
    page.get_by_role("button", name="Stop the clock").click()
    expect(page.locator(".tl-story__clock")).to_contain_text("Told in 2:05, longer than two minutes.")


def test_a_deleted_story_can_be_brought_back(practice: Practice) -> None:
    page = add(practice("stories/"))
    held(page, "stories", 1)
    page.get_by_role("button", name="Delete this story").click()
    held(page, "stories", 0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    held(page, "stories", 1)
    expect(page.locator(".tl-story .tl-fold__title")).to_have_text("The schema")


def test_what_is_written_stays_text_here_and_in_the_file(practice: Practice, heard: Heard) -> None:
    page = add(practice("stories/"), EVIL)
    page.get_by_label("Situation:").fill(EVIL)
    expect(page.locator(".tl-story .tl-fold__title")).to_have_text(EVIL)
    assert page.locator(".tl-practice img").count() == 0
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as Markdown").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert text.startswith("# Stories\n\n## \\<img")
    assert page.title() != "owned"
    assert heard.errors == []


def test_stories_are_counted_among_what_is_kept(practice: Practice, site: Served) -> None:
    page = add(practice("stories/"))
    held(page, "stories", 1)
    page.goto(f"{site.url}practice/data/")
    expect(page.locator(".tl-data > li").filter(has_text="story bank").locator(".tl-data__amount")).to_have_text(
        "1 story"
    )


def test_the_scripts_of_the_story_bank_are_light(practice: Practice, heard: Heard, site: Served) -> None:
    add(practice("stories/"))
    assert scripts(heard.requests) <= 60_000
    assert [url for url in heard.requests if not url.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_story_bank(width: int, practice: Practice) -> None:
    page = practice("stories/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    write(add(page))
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("s => document.documentElement.dataset.mdColorScheme === `loop-${s}`", arg=scheme)
        assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
