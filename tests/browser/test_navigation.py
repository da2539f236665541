"""Going from page to page without a reload, with a mouse and with the keyboard, and on a phone."""

import pytest
from guide.publish.data import redirect_page
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener, Served, ready
from tests.browser.planning import planned


def test_a_link_swaps_the_page_without_a_reload(visit: Opener, site: Served) -> None:
    page = ready(visit())
    page.evaluate("window.kept = true")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Topics").click()
    ready(page, "/topics/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Topics")
    assert page.evaluate("window.kept") is True
    assert page.title().startswith("Topics")


def test_the_planner_is_styled_for_who_comes_from_a_chapter(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    sheets = page.locator("link[rel=stylesheet]")
    expect(sheets).to_have_count(1)
    for _ in range(2):  # The second time, it is there already.
        page.get_by_role("navigation", name="Sections").get_by_role("link", name="Plan").click()
        ready(page, "/plan/")
        expect(page.locator(".tl-planner fieldset").first).to_have_css("border-top-width", "0px")
        expect(sheets).to_have_count(2)
        page.get_by_role("navigation", name="Sections").get_by_role("link", name="Topics").click()
        ready(page, "/topics/")


def test_the_section_that_is_being_read_is_marked_after_a_swap(visit: Opener) -> None:
    page = ready(visit())
    sections = page.get_by_role("navigation", name="Sections")
    sections.get_by_role("link", name="Rounds").click()
    ready(page, "/rounds/")
    expect(sections.locator("[aria-current]")).to_have_text(["Rounds"])


def test_focus_and_screen_reader_follow_to_the_new_page(visit: Opener) -> None:
    page = ready(visit("rounds/"))
    page.get_by_role("navigation", name="Previous and next page").get_by_role("link").last.click()
    page.wait_for_function("() => !location.pathname.endsWith('/rounds/')")
    expect(page.locator("#content")).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text(page.title())


def test_going_back_returns_to_the_place_that_was_left(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => scrollY === 900")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Rounds").click()
    ready(page, "/rounds/")
    page.go_back()
    ready(page, site.of("chapter"))
    page.wait_for_function("() => Math.abs(scrollY - 900) < 2")


AT = "() => [document.activeElement.textContent, Math.round(document.activeElement.getBoundingClientRect().top)]"


def test_going_back_returns_the_keyboard_to_where_it_was(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    term = page.locator("abbr[tabindex]:visible").last
    term.scroll_into_view_if_needed()
    term.focus()
    text, top = page.evaluate(AT)
    page.keyboard.press("Enter")
    ready(page, "/glossary/")
    page.go_back()
    ready(page, site.of("chapter"))
    page.wait_for_function(
        f"at => {{ const [text, top] = ({AT})(); return text === at[0] && Math.abs(top - at[1]) < 3 }}", arg=[text, top]
    )
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")


def test_going_back_to_a_list_that_is_filtered_returns_to_its_link(visit: Opener) -> None:
    page = visit("practice/questions/?round=ml-breadth")
    link = page.locator(".tl-filter__round li:visible a").nth(4)
    address = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    ready(page, str(address).split("#")[0].removeprefix("../.."))
    page.go_back()
    # The filter comes after the list, and moves the lines.
    expect(page.locator(f'.tl-filter__round a[href="{address}"]')).to_be_focused()


def test_a_walk_through_all_kinds_breaks_nothing(visit: Opener, site: Served, heard: Heard) -> None:
    page = ready(visit())
    for kind in ("chapter", "notebook", "round", "case", "exercise", "glossary", "resources", "index"):
        path = site.of(kind)
        page.evaluate(
            """url => {
                const link = document.createElement("a");
                link.href = url;
                document.getElementById("content").append(link);
                link.click();
            }""",
            site.url + path,
        )
        ready(page, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert heard.missing == []
    assert heard.errors == []


def test_a_link_to_a_question_leads_to_it_and_leaves_its_answers_closed(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    question = page.locator(".tl-question").last
    page.goto(f"{page.url}#{question.get_attribute('id')}")
    expect(question).to_be_in_viewport()
    assert question.locator("details[open]").count() == 0


def test_the_contents_mark_what_is_being_read(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="Common mistakes").click()
    expect(contents.locator("a[aria-current]")).to_have_text("Common mistakes")
    expect(page.get_by_role("heading", name="Common mistakes")).to_be_in_viewport()


def test_the_first_tab_stop_leads_past_the_header(visit: Opener) -> None:
    page = ready(visit("rounds/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_answers_open_and_close_with_the_keyboard(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter")))
    answer = page.locator(".tl-answers").first
    answer.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(answer.locator(".tl-answer--short")).to_be_visible()
    page.keyboard.press("Space")
    expect(answer.locator(".tl-answer--short")).to_be_hidden()


def test_on_a_phone_the_menu_opens_by_keyboard_and_closes_with_escape(visit: Opener) -> None:
    page = ready(visit("rounds/", width=360))
    menu = page.get_by_role("button", name="Menu")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(menu).to_be_focused()


@pytest.mark.parametrize("kind", ["home", "chapter", "glossary"])
def test_on_a_phone_the_menu_is_reached_before_the_text(kind: str, visit: Opener, site: Served) -> None:
    page = ready(visit(site.of(kind), width=390))
    menu = page.get_by_role("button", name="Menu")
    for _ in range(6):
        page.keyboard.press("Tab")
        if menu.evaluate("menu => menu === document.activeElement"):
            break
    expect(menu).to_be_focused()


COVERED = """() => {
    const here = document.activeElement;
    const bar = document.querySelector(".tl-dock");
    if (bar.contains(here) || here === document.body) return "";
    return here.getBoundingClientRect().top < bar.getBoundingClientRect().top ? "" : here.outerHTML.slice(0, 200);
}"""


@pytest.mark.parametrize("kind", ["chapter", "glossary", "plan"])
def test_on_a_phone_the_bar_never_covers_what_has_the_focus(kind: str, visit: Opener, site: Served) -> None:
    page = ready(visit(site.of(kind), width=390))
    if kind == "plan":
        # What comes above the focus moves it.
        planned(page)
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(COVERED) == ""


@pytest.mark.parametrize(("width", "name", "list_"), [(1280, "More", "#tl-more"), (390, "Menu", "#tl-nav")])
def test_a_sheet_takes_the_keyboard_and_closes_when_it_leaves(width: int, name: str, list_: str, visit: Opener) -> None:
    page = ready(visit("rounds/", width=width))
    sheet = page.locator(list_)
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("link").first).to_be_focused()
    sheet.get_by_role("link").last.focus()
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    expect(sheet).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")


def test_on_a_phone_the_menu_leads_to_another_section_and_is_gone(visit: Opener) -> None:
    page = ready(visit("rounds/", width=360))
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Glossary").click()
    ready(page, "/glossary/")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")


def test_on_a_phone_the_contents_lead_to_a_place_and_close(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("chapter"), width=360))
    page.get_by_role("button", name="On this page").click()
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="Questions").click()
    expect(contents).to_be_hidden()
    expect(page.get_by_role("heading", name="Questions", exact=True)).to_be_in_viewport()


def test_a_wrong_address_offers_a_way_on_at_any_depth(visit: Opener, site: Served) -> None:
    page = visit("no/such/page/at/all/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No page has this address")
    page.get_by_role("article").get_by_role("link", name="Topics").click()
    expect(page).to_have_url(f"{site.url}topics/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Topics")


def former(page: Page, site: Served) -> str:
    """Put a page at a former address of a chapter, and return the address."""
    target = site.of("chapter")
    body = redirect_page("topics/a-former-place/", target, "A chapter")
    page.route("**/topics/a-former-place/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    return f"{site.url}topics/a-former-place/"


def test_a_former_address_leads_on_to_the_place_that_a_link_names(visit: Opener, site: Served, heard: Heard) -> None:
    page = ready(visit(site.of("chapter")))
    place = page.locator(".tl-question").last.get_attribute("id")
    page.goto(f"{former(page, site)}?from=mail#{place}")
    page.wait_for_url(f"{site.url}{site.of('chapter')}?from=mail#{place}")
    expect(page.locator(f"#{place}")).to_be_in_viewport()
    assert heard.errors == []


def test_a_former_address_leads_on_without_scripts_too(visit: Opener, site: Served) -> None:
    page = visit(java_script_enabled=False)
    page.goto(former(page, site))
    page.wait_for_url(f"{site.url}{site.of('chapter')}")


def test_copying_gives_the_code_and_says_so(visit: Opener, site: Served) -> None:
    page = ready(visit(site.of("exercise"), permissions=["clipboard-read", "clipboard-write"]))
    block = page.locator("pre:has(> .tl-copy)").first
    block.get_by_role("button", name="Copy this code").click()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").strip() == block.locator("code").inner_text().strip()
