"""The guide without a network: kept when asked for and not before, whole, in one version, and gone when removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import gymsite
from tests.browser.conftest import ready
from tests.browser.keepsite import PAGE, WHOLE, Host, hosted, keep, newer, offered, place
from tests.browser.practice import answer, begin, held, mounted
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.browser.test_gym import check, opened
from tests.builtsite import ROOT, SITE
from tests.guide.sitekit import page as written

OFFLINE = written(
    {"title": "Use it offline", "summary": "Keep the guide.", "template": "practice.html", "hide": "[toc]"},
    {"What it does": "It keeps the guide.\n"},
)
# A page of the tiny guide, and what one reads there.
CHAPTER = "topics/statistics/tests/"
WORDS = "Some text."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny guide, with the page that offers to keep it."""
    return gymsite.build(tmp_path_factory.mktemp("kept"), {"docs/practice/offline.md": OFFLINE})


@pytest.fixture
def tiny(built: Path) -> Iterator[Host]:
    """Serve the tiny guide."""
    with hosted(built) as host:
        yield host


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Open a new, empty profile, as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Page:
    """Open a page of the profile."""
    return profile.new_page()


def offline(page: Page, host: Host, nowhere: Path) -> None:
    """Take the network away, and the site with it."""
    page.context.set_offline(True)
    host.folder = nowhere


def caches(page: Page) -> list[str]:
    return page.evaluate("caches.keys()")  # type: ignore[no-any-return]


def workers(page: Page) -> int:
    return page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")  # type: ignore[no-any-return]


# ---- Asked for, and not before ---------------------------------------------------------------------------------------


def test_nothing_is_kept_before_it_is_asked_for_and_its_size_is_told(page: Page, tiny: Host) -> None:
    offered(page, tiny.url)
    expect(place(page)).to_contain_text("MB to download")
    expect(place(page)).to_contain_text("With Python for the exercises, 6.4 MB more")
    assert caches(page) == []
    assert workers(page) == 0
    assert tiny.kept == []


def test_a_preview_says_that_it_cannot_be_kept(page: Page, built: Path, tiny: Host, tmp_path: Path) -> None:
    tiny.folder = shutil.copytree(built, tmp_path / "site")
    (tiny.folder / "data/edition.json").unlink()
    page.goto(tiny.url + PAGE)
    expect(place(page)).to_contain_text("a preview, which cannot be kept")


@pytest.mark.parametrize(
    "bar",
    [
        "delete Navigator.prototype.serviceWorker",
        "CacheStorage.prototype.match = () => Promise.reject(new Error('no'))",
    ],
)
def test_a_window_that_keeps_nothing_is_told_so(bar: str, page: Page, tiny: Host) -> None:
    page.add_init_script(bar)
    page.goto(tiny.url + PAGE)
    expect(page.get_by_text("cannot keep a site")).to_be_visible()


def test_without_scripts_the_page_says_what_it_needs(browser: Browser, tiny: Host) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(tiny.url + PAGE)
    expect(page.get_by_text("Keeping the guide needs JavaScript")).to_be_visible()
    context.close()


# ---- A day without a network -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def train(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """Keep the real guide, as it is published, on a phone; take its network away; return its page and the address."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    with hosted(SITE) as host:
        page = keep(context.new_page(), host.url)
        offline(page, host, tmp_path_factory.mktemp("nowhere"))
        yield page, host.url
    context.close()


def test_a_chapter_is_read_from_a_deep_link_and_so_is_the_next_page(train: tuple[Page, str]) -> None:
    page, url = train
    page.goto(f"{url}topics/classical-ml/gradient-boosting/?from=mail#questions")
    ready(page, "gradient-boosting/")
    expect(page.locator("#questions")).to_be_in_viewport()
    page.evaluate("window.stayed = true")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").first.click()
    ready(page, "/topics/")
    assert page.evaluate("window.stayed")


def test_the_search_finds(train: tuple[Page, str]) -> None:
    page, url = train
    page.goto(url)
    ready(page).get_by_role("button", name="Search").click()
    page.keyboard.type("regularization")
    page.locator("ol[aria-label=Results] a[href]").first.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The Training Loop")


def test_the_plan_is_made(train: tuple[Page, str]) -> None:
    page, url = train
    page.goto(f"{url}plan/")
    expect(page.locator(".tl-plan .tl-session").first).to_be_visible()


def test_a_question_is_drilled_and_its_grade_kept(train: tuple[Page, str]) -> None:
    page, url = train
    page.goto(f"{url}practice/drills/")
    begin(mounted(page))
    answer(page, "Good")
    held(page, "reviews", 1)


@pytest.mark.parametrize("name", ["mock", "rapid-fire", "readiness", "stories", "data"])
def test_every_view_of_practice_is_there(name: str, train: tuple[Page, str]) -> None:
    page, url = train
    page.goto(f"{url}practice/{name}/")
    mounted(page)


def test_an_address_that_is_none_is_told_and_one_without_its_slash_found(train: tuple[Page, str]) -> None:
    page, url = train
    reply = page.goto(f"{url}no/such/page/")
    assert reply is not None
    assert reply.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("No page has this address")
    page.goto(f"{url}practice/drills?from=mail")
    expect(page).to_have_url(f"{url}practice/drills/?from=mail")


def test_pages_ask_for_nothing_that_is_not_kept(train: tuple[Page, str]) -> None:
    page, url = train
    failed: list[tuple[str, str | None]] = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    paths = ["", "topics/", "rounds/ml-coding/", "system-design/", "notebooks/", "resources/", "glossary/"]
    for path in [*paths, "practice/coding/", "practice/questions/", "practice/data/", "contributing/"]:
        page.goto(url + path)
        ready(page, path)
        page.wait_for_load_state("networkidle")
    # What a page still waited for when it was left is not missing.
    assert [url for url, failure in failed if failure != "net::ERR_ABORTED"] == []


def test_the_editors_python_works_without_a_network_when_it_was_ticked(page: Page, tiny: Host, tmp_path: Path) -> None:
    keep(page, tiny.url, python=True)
    expect(place(page)).to_contain_text("code can be written and checked")
    offline(page, tiny, tmp_path)
    page.goto(tiny.url + gymsite.NUMPY_URL)
    opened(page)
    page.goto(tiny.url + gymsite.PLAIN_URL)
    check(opened(page), gymsite.SOLUTION, "All 6 checks passed")


def test_the_editors_python_is_kept_when_it_was_fetched_once(page: Page, tiny: Host, tmp_path: Path) -> None:
    keep(page, tiny.url)
    page.goto(tiny.url + gymsite.PLAIN_URL)
    opened(page)
    offline(page, tiny, tmp_path)
    # Not what the browser itself still has: all that it ever fetched is out of date in an hour.
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(tiny.url + gymsite.PLAIN_URL)
    check(opened(page), gymsite.SOLUTION, "All 6 checks passed")


def test_code_is_closed_off_where_the_guide_is_kept(page: Page, tiny: Host) -> None:
    keep(page, tiny.url, python=True)
    page.goto(tiny.url + gymsite.PLAIN_URL)
    opened(page)
    room = page.frames[-1]
    assert room.url.endswith("room.html")
    assert room.evaluate("self.origin") == "null"
    assert page.evaluate("document.querySelector('iframe[title=Python]').contentDocument") is None


def test_the_room_runs_nothing_that_is_not_closed_off(page: Page, tiny: Host) -> None:
    """Without the worker's header, a frame that could be opened is refused by the room itself."""
    page.goto(tiny.url)
    said = page.evaluate(
        """(room) => new Promise((resolve) => {
          const frame = document.createElement("iframe");
          frame.sandbox = "allow-scripts allow-same-origin";
          frame.src = room;
          addEventListener("message", ({ data }) => resolve(data));
          const ran = new Blob(["postMessage('ran')"], { type: "text/javascript" });
          frame.onload = () => frame.contentWindow.postMessage({ script: ran, port: null }, "*");
          document.body.append(frame);
        })""",
        f"{tiny.url}assets/python/room.html",
    )
    assert "does not close off" in said["dead"]


# ---- In the middle ---------------------------------------------------------------------------------------------------


def test_a_network_that_goes_away_is_told_and_gone_on_with(page: Page, tiny: Host) -> None:
    offered(page, tiny.url)
    tiny.limit = 12
    page.get_by_role("button", name="Keep this guide on this device").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(place(page)).to_contain_text("Fetching: 12 of")
    page.context.set_offline(True)
    tiny.release()
    expect(place(page)).to_contain_text("The site cannot be reached. What has arrived stays here")
    expect(page.locator(".tl-keep:focus, .tl-keep :focus")).to_have_count(1)

    # The page is closed meanwhile; what is here is still here.
    page.context.set_offline(False)
    page.goto(tiny.url + PAGE)
    expect(place(page)).to_contain_text("still missing")
    before = len(tiny.kept)
    arrived = page.evaluate(
        "caches.keys().then(([name]) => caches.open(name)).then((all) => all.keys()).then((all) => all.length)"
    )
    page.get_by_role("button", name="Continue").click()
    expect(place(page)).to_contain_text("The guide is kept on this device", timeout=WHOLE)
    fetched = tiny.kept[before:]
    assert len(fetched) == len(set(fetched))
    # All but what had arrived; the list of files is no file.
    whole = page.evaluate(f"fetch('{tiny.url}data/edition.json').then((answer) => answer.json())")["guide"]["files"]
    assert len(fetched) == whole - (arrived - 1)


def test_it_is_cancelled_and_nothing_of_it_is_used(page: Page, tiny: Host) -> None:
    offered(page, tiny.url)
    tiny.limit = 5
    page.get_by_role("button", name="Keep this guide on this device").click()
    page.get_by_role("button", name="Cancel").click()
    tiny.release()
    expect(place(page)).to_contain_text("Canceled")
    page.goto(tiny.url + CHAPTER)
    assert page.evaluate("performance.getEntriesByType('navigation')[0].transferSize") > 0


def test_a_second_tab_does_not_fetch_the_same_again(page: Page, tiny: Host) -> None:
    offered(page, tiny.url)
    tiny.limit = 5
    page.get_by_role("button", name="Keep this guide on this device").click()
    expect(place(page)).to_contain_text("Fetching: 5 of")
    other = page.context.new_page()
    other.goto(tiny.url + PAGE)
    other.get_by_role("button", name="Continue").click()
    expect(place(other)).to_contain_text("Another tab is already downloading the guide")
    tiny.release()
    expect(place(page)).to_contain_text("The guide is kept on this device", timeout=WHOLE)


def test_a_full_disk_is_told(page: Page, tiny: Host) -> None:
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": tiny.url.split("/the-")[0], "quotaSize": 200_000}
    )
    offered(page, tiny.url)
    page.get_by_role("button", name="Keep this guide on this device").click()
    expect(place(page)).to_contain_text("no space left on this device")
    expect(page.get_by_role("button", name="Continue")).to_be_visible()


def test_files_of_two_versions_are_not_mixed(page: Page, built: Path, tiny: Host, tmp_path: Path) -> None:
    """The site is republished while it is fetched: that is told, and only the newer one is ever kept."""
    offered(page, tiny.url)
    tiny.limit = 12
    page.get_by_role("button", name="Keep this guide on this device").click()
    expect(place(page)).to_contain_text("Fetching: 12 of")
    tiny.folder = newer(built, tmp_path / "newer", CHAPTER, WORDS, "Other words.")
    tiny.release()
    expect(place(page)).to_contain_text("republished")
    page.get_by_role("button", name="Continue").click()
    expect(place(page)).to_contain_text("The guide is kept on this device", timeout=WHOLE)
    offline(page, tiny, tmp_path)
    page.goto(tiny.url + CHAPTER)
    expect(page.locator("#content")).to_contain_text("Other words.")


# ---- A newer version -------------------------------------------------------------------------------------------------


def test_a_newer_version_is_announced_and_swaps_no_page_until_told(
    page: Page, built: Path, tiny: Host, tmp_path: Path
) -> None:
    keep(page, tiny.url)
    page.goto(tiny.url + CHAPTER)
    tiny.folder = newer(built, tmp_path / "newer", CHAPTER, WORDS, "Other words.")
    tiny.kept.clear()
    page.reload()
    news = page.get_by_role("region", name="A newer version")
    expect(news).to_contain_text("There is a newer version of the guide.")
    expect(page.locator("[data-announce]")).to_have_text("There is a newer version of the guide.")
    # Nothing is fetched, and nothing of it shows.
    assert tiny.kept == []
    page.reload()
    expect(page.locator("#content")).to_contain_text(WORDS)
    assert page.evaluate("globalThis.newer") is None

    # Taking it fetches what changed alone, beside what is read.
    news.get_by_role("button", name="Get it").click()
    expect(news).to_contain_text("The newer version is here in full", timeout=WHOLE)
    assert {name.rsplit(".", 1)[1] for name in tiny.kept} == {"html", "js"}
    assert [name for name in tiny.kept if name.endswith(".js")] == ["assets/app.js"]
    page.reload()
    expect(page.locator("#content")).to_contain_text(WORDS)

    # Another tab reads on in the version that it was opened with.
    other = page.context.new_page()
    other.goto(tiny.url + CHAPTER)
    expect(news).to_contain_text("The newer version is here in full")
    news.get_by_role("button", name="Reload into it").click()
    expect(page.locator("#content")).to_contain_text("Other words.")
    page.wait_for_function("() => globalThis.newer === true")
    offline(page, tiny, tmp_path)
    assert "newer" not in other.evaluate("fetch(location).then((answer) => answer.text())")
    other.reload()
    expect(other.locator("#content")).to_contain_text("Other words.")


def test_who_wants_no_newer_version_now_reads_on(page: Page, built: Path, tiny: Host, tmp_path: Path) -> None:
    keep(page, tiny.url)
    tiny.folder = newer(built, tmp_path / "newer", CHAPTER, WORDS, "Other words.")
    page.goto(tiny.url + CHAPTER)
    news = page.get_by_role("region", name="A newer version")
    news.get_by_role("button", name="Not now").press("Enter")
    expect(news).to_have_count(0)
    expect(page.locator("#content")).to_be_focused()
    # Nor is it told again in this tab, but still where one looks for it.
    page.goto(tiny.url + PAGE)
    expect(place(page)).to_contain_text("There is a newer version of the guide. The changes are")
    page.goto(tiny.url + CHAPTER)
    ready(page).wait_for_load_state("networkidle")
    expect(news).to_have_count(0)


def test_what_only_an_older_version_had_is_deleted_once_no_page_needs_it(
    page: Page, built: Path, tiny: Host, tmp_path: Path
) -> None:
    keep(page, tiny.url)
    tiny.folder = newer(built, tmp_path / "newer", CHAPTER, WORDS, "Other words.")
    page.goto(tiny.url + PAGE)
    page.get_by_role("button", name="Get it").click()
    page.get_by_role("button", name="Reload into the newer version").click(timeout=WHOLE)
    page.wait_for_function("() => globalThis.newer === true")
    page.goto(tiny.url + CHAPTER)
    # The page that asked is gone now, and with it the last that needed the older version.
    page.wait_for_function(
        """() => caches.keys().then(([name]) => caches.open(name)).then((all) => all.keys())
          .then((all) => all.filter(({ url }) => url.includes("/assets/app.js?")).length === 1)"""
    )


# ---- Gone ------------------------------------------------------------------------------------------------------------


def test_it_is_removed_without_a_trace_and_what_the_reader_did_stays(page: Page, built: Path, tiny: Host) -> None:
    keep(page, tiny.url)
    page.evaluate("localStorage.setItem('tl-scheme', 'dark')")
    page.get_by_role("button", name="Remove it from this device").press("Enter")
    expect(page.get_by_role("button", name="Keep this guide on this device")).to_be_visible()
    expect(page.locator("[data-announce]")).to_have_text("Removed from this device.")
    expect(page.locator(".tl-keep:focus, .tl-keep :focus")).to_have_count(1)
    assert caches(page) == []
    page.goto(tiny.url + CHAPTER)
    assert workers(page) == 0
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert page.evaluate("localStorage.getItem('tl-scheme')") == "dark"


def test_a_preview_at_the_same_address_ends_an_old_worker(page: Page, built: Path, tiny: Host, tmp_path: Path) -> None:
    keep(page, tiny.url)
    tiny.folder = newer(built, tmp_path / "preview", CHAPTER, WORDS, "Words that were saved just now.")
    shutil.copy(ROOT / "overrides/app/keep/ending.js", tiny.folder / "service-worker.js")
    page.goto(tiny.url + CHAPTER)
    expect(page.locator("#content")).to_contain_text("Words that were saved just now.")
    page.wait_for_function("() => caches.keys().then((all) => all.length === 0)")
    assert page.evaluate("navigator.serviceWorker.controller") is None


# ---- For everybody ---------------------------------------------------------------------------------------------------


def judged(page: Page) -> None:
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
    assert violations(page, ["color-contrast", "link-in-text-block"]) == []
    page.emulate_media(color_scheme="light")


def test_what_is_offered_kept_and_told_is_accessible(browser: Browser, built: Path, tiny: Host, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    judged(offered(page, tiny.url))
    judged(keep(page, tiny.url))
    tiny.folder = newer(built, tmp_path / "newer", CHAPTER, WORDS, "Other words.")
    page.goto(tiny.url + CHAPTER)
    expect(page.get_by_role("region", name="A newer version")).to_be_visible()
    judged(page)
    context.close()


def test_it_is_kept_by_keyboard_alone(page: Page, tiny: Host) -> None:
    offered(page, tiny.url)
    page.get_by_role("checkbox", name="With Python").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(place(page)).to_contain_text("The guide is kept on this device", timeout=WHOLE)
    expect(page.locator(".tl-keep")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add Python for the exercises")).to_be_focused()
