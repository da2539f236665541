"""The plan outside the planner: the bar of a planned page, the home page of who has a plan, and the way back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Heard, Opener, Served, ready
from tests.browser.planning import MONDAY, Planner, day, kept, planned
from tests.browser.practice import answer, asked, held, mounted, records
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.browser.test_layout import SHIFTS


def with_plan(planner: Planner, **options: Any) -> Page:
    """Return the planner with a plan that is kept and of which nothing is done."""
    page = planner(**options)
    page.get_by_label("Date of the interview").fill(day(28).isoformat())
    kept(page, ticks=0)
    return page


def home(page: Page, days: int = 0) -> Page:
    page.clock.set_fixed_time(f"{day(days).isoformat()}T08:00:00")
    page.goto(page.url.split("plan/")[0])
    page.wait_for_selector(".tl-resume .tl-plan-today")
    return page


def agenda(page: Page) -> list[dict[str, Any]]:
    """Return the sessions that the planner has left for other pages."""
    (kept_plan,) = records(page, "agenda")
    return list(kept_plan["sessions"])


def open_page(page: Page, site: Served, url: str) -> Page:
    page.goto(site.url + url)
    return ready(page)


def bar(page: Page) -> Any:
    return page.locator(".tl-now__bar")


def path(session: dict[str, Any]) -> str:
    return str(session["url"]).split("#")[0]


def single(sessions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a session of one page that no earlier session is about."""
    seen: set[str] = set()
    for session in sessions:
        path = session["url"].split("#")[0]
        if path and path not in seen and len(session["entries"]) == 1:
            return session
        seen |= {entry["url"].split("#")[0] for entry in session["entries"]}
    raise AssertionError("no session of a single page")


def test_a_planned_page_ticks_and_leads_to_the_next_session(planner: Planner, site: Served, heard: Heard) -> None:
    page = with_plan(planner)
    sessions = agenda(page)
    session = single(sessions)
    # What is open of the same day comes first.
    today = [one for one in sessions if one["date"] == session["date"] and one is not session]
    following = today[0] if today and session["date"] == MONDAY.isoformat() else sessions[sessions.index(session) + 1]
    open_page(page, site, session["url"])
    expect(bar(page)).to_contain_text(f"{session['minutes']} min")
    done = bar(page).get_by_label("Done")
    expect(done).not_to_be_checked()
    done.check()
    following_page = bar(page).get_by_role("link", name="Next:")
    expect(following_page).to_contain_text(following["title"])
    following_page.click()
    expect(page).to_have_url(re.compile(re.escape(site.url + (following["url"] or following["entries"][0]["url"]))))
    page.goto(f"{site.url}plan/")
    planned(page)
    expect(page.get_by_role("checkbox", name=f"{session['title']}").first).to_be_checked()
    assert heard.errors == []


def test_the_pages_of_one_sitting_follow_each_other(planner: Planner, site: Served) -> None:
    page = with_plan(planner)
    sitting = next(session for session in agenda(page) if len(session["entries"]) > 1)
    first, second = sitting["entries"][:2]
    open_page(page, site, first["url"])
    expect(bar(page)).to_contain_text(f"page 1 of {len(sitting['entries'])}")
    expect(bar(page).get_by_role("link", name="Next:")).to_have_text(f"Next: {second['title']}")


def test_a_part_of_a_page_says_which_sections_it_is(planner: Planner, site: Served) -> None:
    # Days that are shorter than a chapter cut it into parts.
    who = "role=ml-engineer&level=mid&company=large&rounds=ml-breadth"
    page = planner(f"#plan=2&days=120&minutes=12,12,12,12,12,12,12&{who}&end")
    kept(page, ticks=0)
    found = next(one for one in agenda(page) if one["kind"] == "read" and one["parts"] > 1 and one.get("portion"))
    path = found["url"]
    before = [one for one in agenda(page) if any(entry["url"].split("#")[0] == path for entry in one["entries"])]
    open_page(page, site, path)
    for ticked, _ in enumerate(before[: before.index(found)], start=1):
        bar(page).get_by_role("checkbox").check()
        kept(page, ticks=ticked)
        page.reload()
    expect(bar(page)).to_contain_text(f"part {found['part']} of {found['parts']}: ")
    section = bar(page).locator(".tl-now__what a").first
    assert page.locator(str(section.get_attribute("href"))).count() == 1


def test_a_page_that_is_not_planned_has_no_bar(planner: Planner, site: Served, visit: Opener) -> None:
    page = with_plan(planner)
    open_page(page, site, "contributing/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".tl-now")).to_be_hidden()
    # Nor has any page for who has no plan.
    stranger = ready(visit("rounds/ml-breadth/"))
    stranger.wait_for_load_state("networkidle")
    expect(stranger.locator(".tl-now")).to_be_hidden()


def test_the_bar_of_a_phone_ticks_on_the_way_to_the_next_session(planner: Planner, site: Served) -> None:
    page = with_plan(planner, width=390)
    session = single(agenda(page))
    open_page(page, site, session["url"])
    onward = page.locator(".tl-dock").get_by_role("link", name="Done, next")
    onward.click()
    page.wait_for_url(lambda url: not url.startswith(site.url + session["url"].split("#")[0]))
    kept(page, ticks=1)


def drill(sessions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a drill of one page that begins with its short answer, of a page that no earlier session is about."""
    seen: set[str] = set()
    for one in sessions:
        if one["kind"] == "drill" and one["title"].startswith("In short") and path(one) not in seen:
            return one
        seen |= {path(entry) for entry in one["entries"]}
    raise AssertionError("no drill that begins in short")


def test_a_planned_drill_is_done_by_drilling_and_leads_to_what_comes_next(
    planner: Planner, site: Served, heard: Heard
) -> None:
    page = with_plan(planner, width=390)
    one = drill(agenda(page))
    many = sum("#" in item for item in one["items"])
    page.clock.set_fixed_time(f"{one['date']}T08:00:00")
    open_page(page, site, path(one))
    said = f"Drill {many} question{'s' if many > 1 else ''}"
    page.locator(".tl-dock").get_by_role("link", name=said).click()
    mounted(page)
    # Who comes from the page has its short answer before them.
    asked(page)
    assert records(page, "ticks") == []
    for _ in range(many):
        expect(page.get_by_role("button", name="Show the answer")).to_be_enabled()
        answer(page, "Good")
    expect(page.locator("#drill-end")).to_be_focused()
    held(page, "ticks", 1)
    expect(page.locator(".tl-drill__end .tl-button--main")).to_contain_text("Next: ")
    open_page(page, site, path(one))
    expect(page.locator(".tl-dock").get_by_role("link", name=said)).to_have_count(0)
    assert heard.errors == []


def test_a_drill_that_promises_the_short_answer_shows_it_first(planner: Planner, site: Served) -> None:
    page = with_plan(planner)
    one = drill(agenda(page))
    page.goto(f"{site.url}practice/drills/#session={one['id']}")
    card = mounted(page).locator(".tl-drill")
    expect(card.get_by_role("heading", level=2)).to_contain_text("In short")
    card.get_by_role("button", name="Ask me").click()
    asked(page)


def test_a_skim_says_what_to_skim(planner: Planner, site: Served) -> None:
    page = with_plan(planner, width=390)
    one = next(each for each in agenda(page) if each["skim"])
    entry = one["entries"][0]
    page.clock.set_fixed_time(f"{one['date']}T08:00:00")
    open_page(page, site, path(entry))
    line = page.locator(".tl-head .tl-now__skim")
    expect(line).to_contain_text("Skim: In short")
    expect(bar(page)).to_contain_text("In short")
    if entry["url"].startswith("rounds/"):
        expect(line).to_contain_text("What happens, On the day")


def test_who_reads_ahead_of_the_plan_on_a_phone_goes_on_as_the_guide_does(planner: Planner, site: Served) -> None:
    page = with_plan(planner, width=390)
    today = {path(session) for session in agenda(page) if session["date"] == MONDAY.isoformat()}
    later = next(one for one in agenda(page) if one["url"].startswith("topics/") and path(one) not in today)
    open_page(page, site, path(later))
    expect(bar(page)).to_contain_text("planned for")
    expect(page.locator(".tl-dock a[rel=next]")).to_have_text("Next")
    expect(page.locator(".tl-dock").get_by_role("link", name="Done, next")).to_have_count(0)


def test_time_is_counted_only_for_who_wants_it(planner: Planner, site: Served) -> None:
    page = with_plan(planner)
    session = single(agenda(page))
    open_page(page, site, session["url"])
    button = bar(page).get_by_role("button")
    expect(button).to_have_text("Count my time")
    button.click()
    expect(button).to_have_text(f"0 of {session['minutes']} min so far")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    page.reload()
    expect(button).to_have_text("Count my time")


def test_the_home_page_of_who_has_a_plan_is_theirs(planner: Planner) -> None:
    page = with_plan(planner)
    sessions = agenda(page)
    page = home(page)
    resume = page.locator(".tl-resume")
    expect(resume.get_by_role("heading", name="28 days to go")).to_be_visible()
    expect(resume).to_contain_text(f"0 of {len(sessions)} sessions done, none missed")
    expect(page.locator(".tl-hero__lede")).to_be_hidden()
    expect(page.locator(".tl-start")).to_be_hidden()
    today = [session for session in sessions if session["date"] == MONDAY.isoformat()]
    boxes = resume.get_by_role("checkbox")
    expect(boxes).to_have_count(len(today))
    expect(resume.locator(".tl-resume__next a")).to_contain_text(today[0]["title"])
    boxes.first.check()
    expect(resume).to_contain_text(f"1 of {len(sessions)} sessions done")
    expect(resume.locator(".tl-resume__next a")).to_contain_text(today[1]["title"])
    kept(page, ticks=1)
    page.reload()
    expect(boxes.first).to_be_checked()


def test_the_home_page_says_what_was_missed_and_by_how_much_in_each_round(planner: Planner) -> None:
    page = with_plan(planner)
    sessions = agenda(page)
    page = home(page, days=5)
    past = [session for session in sessions if session["date"] < day(5).isoformat()]
    behind = sum(session["minutes"] for session in past)
    hours = f"{behind // 60} h" + (f" {behind % 60} min" if behind % 60 else "")
    resume = page.locator(".tl-resume")
    expect(resume.locator(".tl-resume__standing")).to_contain_text(f"{hours} behind")
    expect(resume).to_contain_text(f"{len(past)} sessions of the past days, {hours}")
    resume.get_by_text("Where you are, by round").click()
    lines = resume.locator(".tl-standing li")
    assert lines.count() > 3
    expect(lines.filter(has_text="behind").first).to_be_visible()


def test_after_the_interview_the_home_page_is_everybodys_again(planner: Planner) -> None:
    page = home(with_plan(planner))
    page.clock.set_fixed_time(f"{day(29).isoformat()}T08:00:00")
    page.reload()
    expect(page.locator(".tl-start form")).to_be_visible()
    expect(page.locator(".tl-hero__lede")).to_be_visible()
    expect(page.locator(".tl-resume .tl-plan-today")).to_have_count(0)


def test_nothing_moves_when_the_home_page_of_who_has_a_plan_fills(planner: Planner) -> None:
    page = home(with_plan(planner))
    page.add_init_script(SHIFTS)
    page.reload()
    page.wait_for_selector(".tl-resume .tl-plan-today")
    # Seen by the observer once the frame in which it came is painted.
    painted = "requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved)))"
    moved = page.evaluate(f"new Promise(done => {painted})")
    assert sum(value for value, _ in moved) < 0.1, moved


@pytest.mark.parametrize("how", ["a link", "the address", "the tab"])
def test_where_the_reader_stopped_is_known_however_they_left(how: str, visit: Opener, site: Served) -> None:
    page = ready(visit("rounds/coding/"))
    page.locator("#how-to-prepare").evaluate("one => one.scrollIntoView({ behavior: 'instant' })")
    # Who reads, rests; a link may be followed at once.
    page.wait_for_selector("[data-island=now][data-ready]", state="attached")
    if how != "a link":
        held(page, "place", 1)
    if how == "a link":
        page.locator(".tl-brand").click()
        page.wait_for_url(site.url)
        ready(page)
    elif how == "the address":
        page.goto(site.url)
    else:
        other = page.context.new_page()
        page.close()
        page = other
        page.goto(site.url)
    back = page.locator(".tl-resume__place a")
    expect(back).to_have_text("The coding round: How to prepare")
    assert str(back.get_attribute("href")).endswith("rounds/coding/#how-to-prepare")


def test_who_only_looked_in_has_stopped_nowhere(visit: Opener) -> None:
    page = ready(visit("rounds/coding/"))
    page.locator(".tl-brand").click()
    page.wait_for_selector(".tl-start form")
    expect(page.locator(".tl-resume")).to_be_hidden()


def test_who_makes_a_plan_on_a_phone_sees_it_and_not_the_form_again(visit: Opener) -> None:
    page = visit("", width=390)
    page.get_by_label("Hours a week").fill("10")
    page.get_by_role("button", name="Make my plan").click()
    planned(page)
    expect(page.locator("#plan-today")).to_be_in_viewport()
    expect(page.get_by_label("Date of the interview")).to_be_hidden()
    page.get_by_text("Change", exact=True).click()
    expect(page.get_by_label("Date of the interview")).to_be_visible()
    expect(page.get_by_label("Hours a week")).to_have_value("10")
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.locator(".tl-dock").get_by_role("link", name="Today").click()
    expect(page.locator("#plan-today")).to_be_in_viewport()


def test_where_there_is_room_the_form_stands_beside_the_plan_that_was_made(visit: Opener) -> None:
    page = visit("")
    page.get_by_role("button", name="Make my plan").click()
    planned(page)
    expect(page.get_by_label("Date of the interview")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_bar_and_on_the_home_page(width: int, planner: Planner, site: Served) -> None:
    page = with_plan(planner, width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light")
    session = single(agenda(page))
    pages = [lambda: home(page, days=3), lambda: open_page(page, site, session["url"])]
    for go in pages:
        go()
        page.wait_for_selector(".tl-resume .tl-plan-today, .tl-now__bar")
        page.evaluate("for (const each of document.querySelectorAll('.tl-resume details')) each.open = true")
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.evaluate(AXE)
        assert violations(page, RULES) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
        assert violations(page, ["color-contrast", "link-in-text-block"]) == []
        page.emulate_media(color_scheme="light")


def test_what_was_kept_leads_nowhere_else(planner: Planner, site: Served, heard: Heard) -> None:
    page = with_plan(planner)
    page.locator(".tl-plan-out summary").filter(has_text="Backup").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save everything to a file").click()
    data = json.loads(download.value.path().read_text("utf-8"))
    for session in data["records"]["agenda"]["entries"]["current"]["sessions"]:
        session["title"] = "<img src=x onerror=document.title='owned'>"
        session["url"] = "javascript:document.title='owned'"
        for entry in session["entries"]:
            entry["url"] = "https://elsewhere.example/"
    page.get_by_label("Load a saved file").set_input_files(
        {"name": "file.json", "mimeType": "application/json", "buffer": json.dumps(data).encode()}
    )
    expect(page.locator(".tl-plan-out").get_by_text("The file was read")).to_be_visible()
    home(page)
    links = page.locator(".tl-resume a").evaluate_all("all => all.map(one => one.href)")
    assert links
    assert all(link.startswith(site.url) for link in links)
    assert page.locator(".tl-resume img").count() == 0
    assert page.title() != "owned"
    assert heard.errors == []


def test_the_table_of_topics_says_what_was_done(planner: Planner) -> None:
    page = with_plan(planner)
    for at in range(4):
        page.locator(".tl-plan-weeks .tl-session").nth(at).get_by_role("checkbox").check()
    kept(page, ticks=4)
    page.goto(page.url.replace("/plan/", "/topics/"))
    expect(page.get_by_role("columnheader", name="Done").first).to_be_visible()
    done = page.locator("tbody td:last-child", has_text=re.compile("read|in short|drilled"))
    expect(done.first).to_be_visible()
