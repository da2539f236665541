"""axe on one page of every kind, in both schemes, on a phone and on a desk: WCAG 2.2 AA and good practice."""

import re
from pathlib import Path
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import KINDS, Opener, Served, ready

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# The entries of a long list are all made by one template, so the first ones stand for all: how long the tests take may
# not depend on how much the guide holds.
SHORTEN = """() => {
    const shorten = (box, most) => {
        while (box.children.length > most) box.lastElementChild.remove();
        while (box.lastElementChild?.matches("dt, h2, h3")) box.lastElementChild.remove();
    };
    for (const list of document.querySelectorAll("main :is(ul, ol, dl, tbody)")) shorten(list, 20);
    for (const page of document.querySelectorAll("main .tl-page--page")) shorten(page, 60);
}"""


def clean_in_both_schemes(page: Page) -> None:
    """Assert that axe, which the page has, finds nothing in light colors and in dark ones."""
    page.mouse.move(0, 0)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("s => document.documentElement.dataset.mdColorScheme === `loop-${s}`", arg=scheme)
        assert violations(page, RULES) == []


def violations(page: Page, rules: list[str]) -> list[Any]:
    """Return what axe finds: rule, and the HTML of the first places."""
    # What is out of sight is judged as well.
    page.add_style_tag(content=".tl-section { content-visibility: visible !important; }")
    page.evaluate(SHORTEN)
    # Laid out, and the scripts told about it: they let the keyboard reach boxes that scroll.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
    # Axe takes a formula for no text, and a heading of a table that is one for an empty heading.
    apart = "{ exclude: [['th:has(math)']] }"
    options = "{ runOnly: rules, resultTypes: ['violations'], iframes: false }"
    found = page.evaluate(f"rules => axe.run({apart}, {options})", rules)
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found["violations"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(kind: str, width: int, visit: Opener, site: Served) -> None:
    page = ready(visit(site.of(kind), width=width, color_scheme="light", bypass_csp=True, reduced_motion="reduce"))
    if width > 1000:
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    # The scheme changes nothing but colors.
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
    assert violations(page, ["color-contrast", "link-in-text-block"]) == []


@pytest.mark.parametrize("sheet", ["Menu", "On this page"])
def test_axe_finds_nothing_in_the_sheets_of_a_phone(sheet: str, visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter"), width=360, bypass_csp=True, reduced_motion="reduce"))
    # High enough for all of the sheet: what is half scrolled away counts as too small to be hit.
    page.set_viewport_size({"width": 360, "height": 1600})
    page.get_by_role("button", name=sheet).click()
    page.evaluate(AXE)
    assert violations(page, RULES) == []


def test_everything_that_has_the_focus_shows_it(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("exercise")))
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
        )
        assert style == ["solid", "2px"], page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_term_explains_itself_to_the_keyboard_and_escape_puts_it_away(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("case")))
    term = page.locator("abbr[tabindex]:visible").first
    meaning = term.get_attribute("title")
    term.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(str(meaning))
    expect(tip.get_by_role("link")).to_have_attribute("href", re.compile(r"/glossary/#."))
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)


def test_a_term_is_a_link_to_whoever_has_no_pointer(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("case")))
    term = page.locator("abbr[tabindex]:visible").first
    expect(term).to_have_role("link")
    # A mouse or a finger opens the definition and nothing else; a screen reader clicks without either.
    term.click()
    expect(page.get_by_role("tooltip")).to_be_visible()
    term.evaluate("term => term.click()")
    page.wait_for_url(re.compile(r"/glossary/#."))


def test_what_every_question_and_block_of_code_has_is_called_by_it(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter"), permissions=["clipboard-read", "clipboard-write"]))
    questions = page.locator(".tl-question__title").all_inner_texts()
    links = page.locator(".tl-permalink")
    for at, question in enumerate(questions):
        expect(links.nth(at)).to_have_accessible_name(" ".join(question.split()))
    for css in (".tl-permalink", ".tl-answers > summary"):
        meant = page.locator(css).evaluate_all("all => all.map(each => each.getAttribute('aria-labelledby'))")
        assert len(set(meant)) == len(questions)
        assert page.evaluate("ids => ids.every(id => document.getElementById(id))", " ".join(meant).split())
    for button in page.locator(".tl-copy:visible").all():
        expect(button).to_have_accessible_name(re.compile("^Copy this code ."))


def test_a_term_explains_itself_to_the_mouse(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("case")))
    term = page.locator("abbr[title]:visible").first
    meaning = term.get_attribute("title")
    term.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(str(meaning))
    tip.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/glossary/#."))
