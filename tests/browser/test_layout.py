"""Nothing moves while a page loads, nothing is cut off on a phone, and paper shows the answers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import KINDS, Opener, Served, ready

SHIFTS = """
    window.moved = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            window.moved.push([entry.value, entry.sources.map((each) => each.node?.outerHTML?.slice(0, 120))]);
    }).observe({ type: "layout-shift", buffered: true });
"""
KINDS_SEEN_WHOLE = [kind for kind in KINDS if kind != "404"]


def slow(page: Page) -> None:
    """Give a page the network of a bad day, so that fonts arrive after the text has been painted."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 120, "downloadThroughput": 200_000, "uploadThroughput": 100_000},
    )


def loaded(page: Page, url: str) -> list[list[object]]:
    """Open a page to its end and return what moved meanwhile."""
    page.goto(url, wait_until="load")
    ready(page)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    moved: list[list[object]] = page.evaluate("window.moved")
    return moved


@pytest.mark.parametrize("kind", KINDS_SEEN_WHOLE)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads(kind: str, width: int, visit: Opener, site: Served) -> None:
    page = visit("404.html", width=width)
    page.context.add_init_script(SHIFTS)
    slow(page)
    moved = loaded(page, site.url + site.of(kind))
    # The fonts come late here, and the faces that stand in for them break a line elsewhere now and then. 0.1 is where
    # a shift begins to be called bad.
    assert sum(float(str(value)) for value, _ in moved) < 0.1, moved
    # Everything but the fonts has to hold still: where none comes, nothing moves.
    page.route("**/*.woff2", lambda route: route.abort())
    assert loaded(page, site.url + site.of(kind)) == []


@pytest.mark.parametrize("name", ["drills", "mock", "rapid-fire", "readiness", "stories", "data"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_form_of_practice_moves_nothing_when_it_comes_and_leaves_no_hole(
    name: str, width: int, visit: Opener, site: Served
) -> None:
    page = visit("404.html", width=width)
    page.context.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: route.abort())
    slow(page)
    assert loaded(page, f"{site.url}practice/{name}/") == []
    page.wait_for_selector(".tl-practice > :not(.tl-island-note)")
    expect(page.locator(".tl-practice ~ h2, .tl-practice ~ * h2").first).to_be_visible()
    below = "one => one.getBoundingClientRect().bottom - one.lastElementChild.getBoundingClientRect().bottom"
    assert page.locator(".tl-practice").evaluate(below) < 1


def test_what_follows_a_form_that_never_comes_is_there_after_a_while(visit: Opener) -> None:
    page = visit("404.html")
    page.route("**/data/catalogue.json", lambda route: None)
    page.goto(page.url.replace("404.html", "practice/mock/"))
    expect(page.locator(".tl-practice ~ h2, .tl-practice ~ * h2").first).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("kind", KINDS_SEEN_WHOLE)
def test_a_phone_need_not_scroll_sideways(kind: str, visit: Opener, site: Served) -> None:
    page = ready(visit(site.of(kind), width=360))
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_table_of_words_stands_on_a_phone_row_by_row_and_is_read_as_a_table(visit: Opener) -> None:
    page = ready(visit("notebooks/", width=360))
    table = page.get_by_role("table").first
    box = table.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360
    assert table.get_by_role("columnheader").count() > 2
    label = "cell => getComputedStyle(cell, '::before').content"
    assert table.get_by_role("cell").nth(1).evaluate(label) == '"What it shows"'


@pytest.mark.parametrize("path", ["topics/classical-ml/gradient-boosting/", "notebooks/l1-against-l2/"])
def test_a_plot_is_seen_whole_on_a_phone(path: str, visit: Opener) -> None:
    page = ready(visit(path, width=360, bypass_csp=True))
    page.add_style_tag(content=".tl-section { content-visibility: visible !important; }")
    cut = "frames => frames.filter(frame => frame.scrollWidth > frame.clientWidth).length"
    frames = page.locator(".tl-page figure > .tl-plot-frame")
    expect(frames).not_to_have_count(0)
    assert frames.evaluate_all(cut) == 0


def test_a_diagram_is_seen_whole_on_a_phone_and_met_once_everywhere(visit: Opener) -> None:
    page = ready(visit("system-design/cases/tool-using-agent/", width=390, bypass_csp=True))
    page.add_style_tag(content=".tl-section { content-visibility: visible !important; }")
    figure = page.locator("figure.tl-diagram").first
    shown = figure.get_by_role("img")
    expect(shown).to_have_count(1)
    expect(shown).to_have_class("tl-diagram__phone")
    cut = "frame => frame.scrollWidth > frame.clientWidth"
    assert not figure.locator(".tl-diagram__frame").evaluate(cut)
    page.emulate_media(media="print")
    expect(shown).to_have_class("tl-diagram__column")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(shown).to_have_class("tl-diagram__column")


@pytest.mark.parametrize("name", ["drills", "mock", "rapid-fire", "readiness", "stories", "data", "offline"])
def test_what_a_page_of_practice_says_stands_beside_the_work_where_there_is_room(name: str, visit: Opener) -> None:
    page = ready(visit(f"practice/{name}/"))
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        work, said = (page.locator(f".tl-{each}").bounding_box() for each in ("practice", "beside__text"))
        assert work is not None
        assert said is not None
        assert said["x"] > work["x"] + work["width"]
        assert said["y"] == work["y"]
        assert said["x"] + said["width"] <= width
    page.set_viewport_size({"width": 768, "height": 800})
    # The work grows while what it shows is fetched: both are measured at once.
    page.wait_for_function(
        """() => document.querySelector(".tl-beside__text").getBoundingClientRect().top >
        document.querySelector(".tl-practice").getBoundingClientRect().bottom - 1"""
    )


def test_the_areas_of_the_multiple_choice_stand_beside_it(visit: Opener) -> None:
    page = ready(visit("practice/choices/"))
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents.get_by_role("link")).to_have_count(page.locator("#content h2").count())


@pytest.mark.parametrize("width", [740, 768, 864, 1100, 1280])
def test_the_names_of_the_rounds_stay_within_the_margins_of_the_home_page(width: int, visit: Opener) -> None:
    page = visit("", width=width)
    edges = page.locator(".tl-loop__name").evaluate_all("all => all.map(each => each.getBoundingClientRect().toJSON())")
    start = page.locator(".tl-home h1").bounding_box()
    assert start is not None
    shown = [edge for edge in edges if edge["width"] > 0]
    assert len(shown) > 10
    assert min(edge["left"] for edge in shown) >= start["x"] - 1
    assert max(edge["right"] for edge in shown) <= width


def test_what_is_on_its_way_shows_where_it_will_stand(visit: Opener) -> None:
    page = visit("404.html")
    page.route("**/data/catalogue.json", lambda route: None)
    page.goto(page.url.replace("404.html", "plan/"))
    drawn = "getComputedStyle(document.querySelector('.tl-planner'), '::before')"
    page.wait_for_function(f"() => {drawn}.opacity === '1' && parseFloat({drawn}.height) > 300")


def test_a_place_in_what_is_folded_away_is_opened_and_reached(visit: Opener) -> None:
    page = ready(visit("resources/"))
    folded = page.locator(".tl-fold dt[id]").first
    expect(folded).to_be_hidden()
    page.evaluate("id => { location.hash = id }", folded.get_attribute("id"))
    expect(folded).to_be_in_viewport()


def test_what_is_wider_than_a_phone_scrolls_and_is_reached_by_keyboard(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("case"), width=360))
    first = "document.querySelectorAll('.tl-scroll, .tl-math, pre > code')"
    wide = f"[...{first}].find(box => box.checkVisibility() && box.scrollWidth > box.clientWidth)"
    page.evaluate(f"{wide}.focus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def test_what_fits_is_no_stop_for_the_keyboard(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter"), width=1280, bypass_csp=True))
    boxes = page.locator(".tl-math, .tl-scroll, pre > code")
    # Laid out, and told about it.
    page.add_style_tag(content=".tl-section { content-visibility: visible !important; }")
    page.wait_for_function(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
    fits = "boxes => boxes.filter(box => box.checkVisibility() && box.scrollWidth <= box.clientWidth)"
    assert set(boxes.evaluate_all(f"boxes => ({fits})(boxes).map(box => box.getAttribute('tabindex'))")) == {None}


def test_tab_reaches_the_end_of_a_page_and_never_stands_on_nothing(visit: Opener) -> None:
    # Its tables and formulas are laid out only when Tab comes to them, and most of them then turn out to fit.
    page = ready(visit("topics/production-ml/cost-and-capacity/", width=360))
    last = page.locator("a[rel=license]")
    for _ in range(400):
        page.keyboard.press("Tab")
        laid_out = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        page.evaluate(laid_out)
        assert page.evaluate("document.activeElement !== document.body")
        if last.evaluate("link => link === document.activeElement"):
            break
    expect(last).to_be_focused()


def test_paper_shows_the_answers_and_leaves_out_the_controls(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    page.emulate_media(media="print")
    expect(page.locator(".tl-answer--full .tl-answer__body").first).to_be_visible()
    for control in (".tl-header", ".tl-nav", ".tl-toc", ".tl-dock", ".tl-pager"):
        expect(page.locator(control)).to_be_hidden()


def test_on_paper_an_output_stays_with_its_label(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    page.emulate_media(media="print")
    rule = "each => getComputedStyle(each).breakAfter"
    assert set(page.locator(".tl-output__label").evaluate_all(f"all => all.map({rule})")) == {"avoid"}


def test_paper_is_light_even_in_the_dark(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter"), color_scheme="dark"))
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(17, 17, 17)")


def test_who_wants_no_motion_gets_none(visit: Opener) -> None:
    page = ready(visit(reduced_motion="reduce"))
    moving = "each => parseFloat(getComputedStyle(each).transitionDuration) > 0"
    assert page.evaluate(f"[...document.querySelectorAll('*')].filter({moving}).length") == 0
