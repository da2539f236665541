"""The page of an exercise before anybody writes: the ways to its editor, and what paper has of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, ready

REAL = "practice/coding/lru-cache/"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_editor_is_reached_from_the_top_and_from_the_contents(width: int, visit: Opener) -> None:
    page = ready(visit(REAL, width=width))
    page.get_by_role("link", name="To the editor").click()
    expect(page.get_by_role("button", name="Write it here")).to_be_in_viewport()
    order = page.locator("#content h2").evaluate_all("heads => heads.map(head => head.id)")
    assert order.index("write") == order.index("starter") + 1 == order.index("take-it-to-your-own-machine") - 1
    listed = page.locator("#tl-toc > ul > li > a").evaluate_all("links => links.map(link => link.hash.slice(1))")
    assert [each for each in order if each in listed] == listed
    assert "write" in listed


def test_paper_has_the_hints_and_the_solution_that_the_screen_covers(visit: Opener) -> None:
    page = ready(visit(REAL))
    code = page.locator("#solution ~ .tl-cover").locator("code").first
    expect(page.get_by_role("button", name="Show the solution")).to_be_visible()
    expect(code).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show the solution")).to_be_hidden()
    expect(code).to_be_visible()
    for hint in page.locator(".tl-hints > li").all():
        expect(hint).to_be_visible()
