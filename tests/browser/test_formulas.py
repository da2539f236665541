"""Formulas and diagrams as readers meet them: copied as TeX, not translated, never wider than the phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, Served, ready
from tests.builtsite import SITE

# The pages with the most formulas and with the largest diagram.
FULLEST = max(SITE.glob("topics/*/*/index.html"), key=lambda path: path.read_text("utf-8").count("<math"))
DRAWN = max(SITE.rglob("index.html"), key=lambda path: path.read_text("utf-8").count('class="tl-node'))


def address(path: Path) -> str:
    return path.relative_to(SITE).as_posix().removesuffix("index.html")


def whole(page: Page) -> Page:
    """Lay out all of the page, with its answers open."""
    page.add_style_tag(content=".tl-section { content-visibility: visible !important; }")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    return page


def test_a_formula_is_copied_once_as_it_was_written(visit: Opener) -> None:
    page = ready(visit(address(FULLEST)))
    copied, source = page.evaluate(
        """() => {
            const formula = [...document.querySelectorAll(".tl-section p math")][0];
            const paragraph = formula.closest("p");
            const range = document.createRange();
            range.selectNodeContents(paragraph);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            const options = { clipboardData: new DataTransfer(), bubbles: true, cancelable: true };
            const event = new ClipboardEvent("copy", options);
            paragraph.dispatchEvent(event);
            const sources = [...paragraph.querySelectorAll("math")].map((each) => `$${each.dataset.tex}$`);
            return [event.clipboardData.getData("text/plain"), sources];
        }"""
    )
    assert copied.count("$") == 2 * len(source)
    assert all(each in copied for each in source)
    assert page.locator(".tl-copied").count() == 0


def test_what_holds_no_formula_is_copied_by_the_browser(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("index")))
    assert (
        page.evaluate(
            """() => {
            getSelection().selectAllChildren(document.querySelector("h1"));
            const options = { clipboardData: new DataTransfer(), bubbles: true, cancelable: true };
            const event = new ClipboardEvent("copy", options);
            document.querySelector("h1").dispatchEvent(event);
            return event.defaultPrevented;
        }"""
        )
        is False
    )


def test_neither_formulas_nor_diagrams_are_translated(visit: Opener) -> None:
    page = visit(address(DRAWN))
    assert page.locator("math, .tl-diagram svg").evaluate_all(
        "all => all.every(each => each.closest('[translate=no]'))"
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_no_formula_is_wider_than_its_text(width: int, visit: Opener) -> None:
    page = whole(ready(visit(address(FULLEST), width=width, bypass_csp=True)))
    page.evaluate("document.fonts.ready")
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll("article :is(p, li) > .tl-kept > math")].filter((formula) => {
            if (formula.closest(".tl-scroll")) return false;
            return formula.getBoundingClientRect().right > formula.closest("p, li").getBoundingClientRect().right + 1;
        }).map((formula) => formula.dataset.tex)"""
        )
        == []
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_the_words_of_a_diagram_fit_their_boxes(width: int, visit: Opener) -> None:
    page = whole(ready(visit(address(DRAWN), bypass_csp=True, width=width)))
    page.evaluate("document.fonts.ready")
    widths = page.evaluate(
        """() => [...document.querySelectorAll(".tl-node")].filter((node) => node.checkVisibility()).map((node) =>
        [node.textContent, node.querySelector("text").getBBox().width, node.firstElementChild.getBBox().width])"""
    )
    assert widths
    assert [text for text, words, box in widths if words > box - 8] == []
