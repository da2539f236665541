"""Light and dark: the system's choice, the reader's, and what is remembered of it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, ready


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


LIGHT, DARK = "rgb(250, 247, 240)", "rgb(25, 23, 20)"


def test_the_system_is_followed_until_the_reader_chooses(visit: Opener) -> None:
    page = ready(visit(color_scheme="light"))
    assert paper(page) == LIGHT
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => getComputedStyle(document.body).backgroundColor === 'rgb(25, 23, 20)'")


def test_a_choice_holds_on_the_next_page_and_after_a_reload(visit: Opener) -> None:
    page = ready(visit(color_scheme="light"))
    page.get_by_role("button", name="Dark colors").click()
    assert paper(page) == DARK
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Topics").click()
    ready(page, "/topics/")
    assert paper(page) == DARK
    page.reload()
    assert paper(page) == DARK


def test_the_switch_says_which_colors_are_on(visit: Opener) -> None:
    page = ready(visit(color_scheme="dark"))
    switch = page.get_by_role("button", name="Dark colors")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_choosing_what_the_system_shows_is_no_choice(visit: Opener) -> None:
    page = ready(visit(color_scheme="light"))
    switch = page.get_by_role("button", name="Dark colors")
    switch.click()
    switch.click()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => getComputedStyle(document.body).backgroundColor === 'rgb(25, 23, 20)'")


def test_the_frame_of_the_browser_takes_the_color_of_the_paper(visit: Opener) -> None:
    page = ready(visit(color_scheme="light"))
    page.get_by_role("button", name="Dark colors").click()
    colors = page.locator('meta[name="theme-color"]').evaluate_all("metas => metas.map(meta => meta.content)")
    assert set(colors) == {DARK}
