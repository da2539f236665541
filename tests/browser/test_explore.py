"""Figures that answer back, each in its chapter: by keyboard, by link, by screen reader, without scripts, on paper."""

import re
from functools import cache

import pytest
from guide.read.explore import names
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener, ready
from tests.browser.test_accessibility import AXE, RULES
from tests.builtsite import SITE


@cache
def places() -> dict[str, str]:
    """Return the page on which each figure stands, as a path of the site."""
    found = {}
    for path in sorted(SITE.glob("*/**/index.html")):
        for name in re.findall(r'data-figure="([\w-]+)"', path.read_text("utf-8")):
            found.setdefault(name, f"{path.parent.relative_to(SITE).as_posix()}/")
    return found


def alive(page: Page, name: str) -> Page:
    """Come near a figure, and wait until its controls can be used."""
    # What lies between grows when it comes into sight, so one scroll does not always arrive.
    page.wait_for_function(
        """id => {
            const figure = document.getElementById(id);
            figure.scrollIntoView();
            return figure.querySelector('.tl-explore__controls :enabled');
        }""",
        arg=name,
    )
    return page


def reading(page: Page, name: str) -> str:
    return page.locator(f"#{name} .tl-explore__reading").inner_text()


def move(page: Page, name: str, keys: tuple[str, ...] = ("ArrowRight",)) -> None:
    """Change the first control of a figure that keys change."""
    page.locator(f"#{name} :is(input[type=range], .tl-explore__item)").first.focus()
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("name", names())
def test_a_figure_answers_the_keyboard_and_its_state_is_a_link(name: str, visit: Opener, heard: Heard) -> None:
    page = alive(ready(visit(places()[name])), name)
    before = reading(page, name)
    # One way and the other, and never back to where it was, even from the end of a slider.
    move(page, name, ("ArrowLeft",) * 3 + ("ArrowRight",) * 2)
    assert page.evaluate("document.activeElement.closest('.tl-explore')?.id") == name
    expect(page.locator(f"#{name} .tl-explore__reading")).not_to_have_text(before)
    after = reading(page, name)
    expect(page.locator("[data-announce]")).to_have_text(after)
    expect(page).to_have_url(re.compile(rf"\?{name}=[\w-]+:[^%]+$"))
    page.reload()
    alive(ready(page), name)
    expect(page.locator(f"#{name} .tl-explore__reading")).to_have_text(after)
    page.get_by_role("figure").filter(has=page.locator(f"[data-figure={name}]")).get_by_role(
        "button", name="Reset"
    ).click()
    expect(page.locator(f"#{name} .tl-explore__reading")).to_have_text(before)
    expect(page).to_have_url(re.compile(r"/$"))
    assert heard.errors == []


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_a_figure(name: str, width: int, visit: Opener) -> None:
    page = alive(ready(visit(places()[name], width=width, bypass_csp=True, color_scheme="light")), name)
    page.evaluate(AXE)
    options = "{ runOnly: rules, resultTypes: ['violations'], iframes: false }"
    find = f"([rules, id]) => axe.run('#' + id, {options}).then(found => found.violations.map(each => each.id))"
    assert page.evaluate(find, [RULES, name]) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
    assert page.evaluate(find, [["color-contrast"], name]) == []
    # Nothing of it is wider than the phone.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", names())
def test_without_scripts_the_picture_is_there_and_says_what_it_is_drawn_for(name: str, visit: Opener) -> None:
    page = visit(places()[name], java_script_enabled=False)
    figure = page.locator(f"#{name}")
    expect(figure.get_by_role("img")).to_be_visible()
    expect(figure.locator(".tl-explore__reading")).to_be_visible()
    expect(figure.get_by_text("Drawn for: ")).to_be_visible()
    expect(figure.get_by_text("With JavaScript")).to_be_visible()
    expect(figure.locator(".tl-explore__controls")).to_be_hidden()


@pytest.mark.parametrize("name", names())
def test_paper_has_the_picture_as_it_was_left_and_no_controls(name: str, visit: Opener) -> None:
    page = alive(ready(visit(places()[name])), name)
    move(page, name)
    page.emulate_media(media="print")
    figure = page.locator(f"#{name}")
    expect(figure.get_by_role("img")).to_be_visible()
    expect(figure.get_by_text("Drawn for: ")).to_be_visible()
    expect(figure.locator(".tl-explore__controls")).to_be_hidden()
    expect(figure.get_by_role("button", name="Reset")).to_be_hidden()


def test_a_figure_comes_to_life_without_moving_the_page(visit: Opener) -> None:
    name = "threshold-cost"
    page = ready(visit(places()[name]))
    box = page.locator(f"#{name}")
    box.evaluate("each => each.scrollIntoView()")
    before = page.evaluate("id => document.getElementById(id).offsetHeight", name)
    alive(page, name)
    assert page.evaluate("id => document.getElementById(id).offsetHeight", name) == before


def test_the_picture_can_be_dragged(visit: Opener) -> None:
    page = alive(ready(visit(places()["threshold-cost"])), "threshold-cost")
    handle = page.locator("#threshold-cost [data-drag]").first
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.71, box["y"] + 60)
    expect(page.get_by_role("slider", name="Threshold")).to_have_attribute("aria-valuetext", "0.71")
    page.mouse.up()
    page.mouse.move(box["x"], box["y"] + 60)
    expect(page.get_by_role("slider", name="Threshold")).to_have_attribute("aria-valuetext", "0.71")


def test_a_finger_moves_the_picture(visit: Opener) -> None:
    page = alive(ready(visit(places()["threshold-cost"], width=390, has_touch=True)), "threshold-cost")
    box = page.locator("#threshold-cost [data-drag]").first.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + 40)
    expect(page.get_by_role("slider", name="Threshold")).to_have_attribute("aria-valuetext", "0.25")


def test_an_entry_of_a_ranking_is_dragged_over_another(visit: Opener) -> None:
    page = alive(ready(visit(places()["ranking-order"])), "ranking-order")
    entries = page.locator("#ranking-order .tl-explore__item")
    second = str(entries.nth(1).text_content())
    for place, act in ((1, page.mouse.down), (0, lambda: None)):
        box = entries.nth(place).bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 30, box["y"] + 20)
        act()
    expect(entries.nth(0)).to_have_text(second)
    page.mouse.up()
    # Keys move it on, and it keeps the focus on both ways.
    entries.nth(0).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(entries.nth(1)).to_have_text(second)
    expect(entries.nth(1)).to_be_focused()


def test_a_link_in_the_text_leads_to_a_state_of_the_figure(visit: Opener) -> None:
    page = ready(visit(places()["threshold-cost"]))
    page.get_by_role("link", name="0.49 at 5%").click()
    page.wait_for_url("**?threshold-cost=t:0.49,prev:0.05#threshold-cost")
    alive(page, "threshold-cost")
    expect(page.get_by_role("slider", name="Threshold")).to_have_attribute("aria-valuetext", "0.49")
    expect(page.get_by_role("slider", name="Prevalence")).to_have_attribute("aria-valuetext", "5%")


def test_a_figure_leaves_nothing_behind_when_its_page_is_left(visit: Opener, heard: Heard) -> None:
    page = visit(places()["threshold-cost"])
    page.clock.install()
    page.reload()
    move(alive(ready(page), "threshold-cost"), "threshold-cost")
    page.evaluate("document.querySelector('nav[aria-label=Sections] a[href$=\"rounds/\"]').click()")
    ready(page, "/rounds/")
    said = page.locator("[data-announce]").inner_text()
    # Longer than a figure rests before it writes to the address.
    page.clock.run_for(2000)
    assert "?" not in page.url
    assert page.locator("[data-announce]").inner_text() == said
    page.go_back()
    alive(ready(page, places()["threshold-cost"]), "threshold-cost")
    assert heard.errors == []


@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.5, 0.6, 0.66, 0.71, 0.76, 0.85, 0.95])
def test_the_name_of_the_cheapest_threshold_is_not_on_the_line_of_another(threshold: float, visit: Opener) -> None:
    page = alive(ready(visit(f"{places()['threshold-cost']}?threshold-cost=t:{threshold}")), "threshold-cost")
    panel = page.locator("#threshold-cost svg").filter(has_text="lowest at")
    name = panel.get_by_text("lowest at 0.71").bounding_box()
    line = panel.locator(".x-mark").bounding_box()
    whole = panel.bounding_box()
    assert name is not None
    assert line is not None
    assert whole is not None
    assert line["x"] < name["x"] or line["x"] > name["x"] + name["width"]
    assert whole["x"] <= name["x"] <= whole["x"] + whole["width"] - name["width"] + 6


@pytest.mark.parametrize("width", [390, 1440])
def test_the_ring_around_a_slider_does_not_cut_its_name(width: int, visit: Opener) -> None:
    page = alive(ready(visit(places()["threshold-cost"], width=width)), "threshold-cost")
    slider = page.locator("#threshold-cost input[type=range]").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    reach = slider.evaluate(
        "each => parseFloat(getComputedStyle(each).outlineOffset) + parseFloat(getComputedStyle(each).outlineWidth)"
    )
    assert reach <= 0
