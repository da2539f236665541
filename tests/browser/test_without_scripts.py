"""Pages are complete without JavaScript."""

from guide.model.vocabulary import ROUNDS
from playwright.sync_api import expect

from tests.browser.conftest import Opener, Served


def test_a_chapter_can_be_read_and_its_answers_opened(visit: Opener, site: Served) -> None:
    page = visit(site.of("chapter"), java_script_enabled=False)
    answer = page.locator(".tl-answers").first
    expect(answer.locator(".tl-answer--short")).to_be_hidden()
    answer.locator("summary").first.click()
    expect(answer.locator(".tl-answer--short")).to_be_visible()


def test_the_menu_of_a_phone_opens_and_leads_on(visit: Opener, site: Served) -> None:
    page = visit(site.of("chapter"), width=360, java_script_enabled=False)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")


def test_the_colors_of_the_system_are_used(visit: Opener) -> None:
    page = visit(java_script_enabled=False, color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(25, 23, 20)")


def test_what_needs_a_script_is_not_offered(visit: Opener) -> None:
    page = visit(java_script_enabled=False)
    expect(page.get_by_role("button", name="Dark colors")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_hidden()


def test_the_home_page_leads_to_the_plan_and_to_every_round(visit: Opener, site: Served) -> None:
    page = visit(java_script_enabled=False)
    expect(page.get_by_role("link", name="Make a plan for your interview")).to_be_visible()
    assert page.get_by_role("navigation", name="The interview loop").get_by_role("link").count() == len(ROUNDS)
