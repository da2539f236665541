"""The search: nothing of it is loaded before it is used, it takes keys at once, and a keyboard is enough."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Heard, Opener, ready
from tests.browser.test_questions import told_while


def first_result(page: Page) -> Locator:
    """Return the first result."""
    return page.get_by_role("list", name="Results").get_by_role("link").first


def searching(page: Page, text: str) -> Page:
    """Open the search by its key and type, as fast as a machine types."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(first_result(page)).to_be_visible()
    return page


def test_nothing_is_loaded_before_the_search_is_used(visit: Opener, heard: Heard) -> None:
    page = ready(visit())
    page.wait_for_load_state("networkidle")
    assert [url for url in heard.requests if "search" in url] == []


def test_keys_typed_before_it_has_loaded_are_kept(visit: Opener) -> None:
    page = searching(ready(visit()), "imbalance")
    expect(page.get_by_role("searchbox")).to_have_value("imbalance")
    expect(first_result(page)).to_contain_text("mbalance")


def test_results_say_what_they_are_and_how_many(visit: Opener) -> None:
    page = searching(ready(visit()), "k means")
    kinds = page.locator(".tl-search__kind").all_inner_texts()
    assert {"Exercise", "Notebook", "Term"} <= set(kinds)
    # One word finds more than is shown, and the line says so; another finds few.
    expect(page.locator(".tl-search__status")).to_have_text(re.compile(rf"^The first {len(kinds)} of [\d,]+ results$"))
    page.get_by_role("searchbox").fill("catboost")
    expect(page.locator(".tl-search__status")).to_have_text(re.compile(r"^\d results$"))


def test_what_is_found_is_told_once_with_what_was_typed(visit: Opener) -> None:
    page = searching(ready(visit()), "k means")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("dialog [role=status]")).to_have_text("")
    page.wait_for_load_state("networkidle")
    (told,) = told_while(page, "dialog [role=status]", "dropout")
    assert told == f"For dropout: {page.locator('.tl-search__status').inner_text()}"


def test_arrows_and_enter_lead_to_a_result(visit: Opener) -> None:
    page = searching(ready(visit("rounds/")), "regularization")
    page.keyboard.press("ArrowDown")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_focus_stays_on_a_result_while_the_full_text_comes(visit: Opener) -> None:
    page = visit("rounds/")
    held: list[Route] = []
    page.route("**/search/text.json", lambda route: held.append(route))
    page.reload()
    with page.expect_request("**/search/text.json"):
        searching(ready(page), "regularization")
    # Names and titles are there, since the text is asked for after them.
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.activeElement.href !== undefined")
    target = page.evaluate("window.first = document.activeElement, window.first.href")
    held[0].continue_()
    page.wait_for_function("() => !window.first.isConnected")
    page.wait_for_function("(target) => document.activeElement.href === target", arg=target)


def test_escape_returns_to_the_page(visit: Opener) -> None:
    page = searching(ready(visit()), "auc")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_slash_in_a_field_is_a_slash(visit: Opener) -> None:
    page = searching(ready(visit()), "auc")
    page.keyboard.type("/roc")
    expect(page.get_by_role("searchbox")).to_have_value("auc/roc")


def test_what_is_typed_is_never_html(visit: Opener, heard: Heard) -> None:
    page = ready(visit())
    page.keyboard.press("/")
    page.keyboard.type("<img src=x onerror=alert(1)>")
    expect(page.locator(".tl-search__status")).not_to_be_empty()
    assert page.locator("dialog img").count() == 0
    assert heard.errors == []


def test_it_works_again_after_going_to_another_page(visit: Opener) -> None:
    page = searching(ready(visit("rounds/")), "regularization")
    target = first_result(page).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(str(target))
    searching(ready(page), "softmax")
    expect(first_result(page)).to_contain_text("oftmax")


def test_an_index_that_cannot_be_loaded_is_said_and_tried_again(visit: Opener) -> None:
    page = visit()
    # The page has to be loaded anew: what was loaded before may still ask past the route.
    page.route("**/names.json", lambda route: route.abort())
    page.reload()
    ready(page).keyboard.press("/")
    page.keyboard.type("auc")
    expect(page.locator(".tl-search__status")).to_contain_text("could not be loaded")
    page.keyboard.press("Escape")
    page.unroute("**/names.json")
    searching(page, "auc")
