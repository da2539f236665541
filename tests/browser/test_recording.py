"""Recording oneself in a mock interview: a microphone that beeps, one that is refused, a disk that is full."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Heard, Served
from tests.browser.practice import Practice, begin, held, records, scripts
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.browser.test_data import at_data, part, saved
from tests.browser.test_mock import judge, start
from tests.browser.test_store import ORIGIN, bundle
from tests.browsers import FLAGS, find

SOUNDS = """async () => {
  const found = (await indexedDB.databases()).find(({ name }) => name.endsWith("#sounds"));
  if (!found) return [];
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await answer(indexedDB.open(found.name));
  const all = await answer(database.transaction("sounds").objectStore("sounds").getAll());
  database.close();
  return all.map((sound) => sound.size);
}"""


@pytest.fixture(scope="module")
def talkative(browser: Browser) -> Iterator[Browser]:
    """Start a browser with a microphone that beeps, and that asks nobody."""
    flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    talking = browser.browser_type.launch(executable_path=find(), args=flags)
    yield talking
    talking.close()


@pytest.fixture
def visit_browser(talkative: Browser) -> Browser:
    """Return the browser that `practice` opens pages in."""
    return talkative


def record(page: Page, seconds: int) -> None:
    """Record for so many seconds, as the page counts them."""
    page.get_by_role("button", name="Record yourself").click()
    expect(page.locator(".tl-record").get_by_role("timer")).to_have_text(re.compile(f"0:0[{seconds}-9]"))
    stop = page.get_by_role("button", name="Stop recording")
    expect(stop).to_be_focused()
    stop.click()


def sounds(page: Page, count: int) -> list[int]:
    """Wait until so many sounds are kept, and return their sizes."""
    # Not `wait_for_function`: it takes the promise of an asynchronous function for its answer.
    waiting = f"""async (count) => {{
      const read = {SOUNDS};
      for (let attempt = 0; ; attempt += 1) {{
        const sizes = await read();
        if (sizes.length === count || attempt === 400) return sizes;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }}
    }}"""
    return list(page.evaluate(waiting, count))


def test_what_was_said_is_kept_measured_and_heard_beside_the_notes(practice: Practice, heard: Heard) -> None:
    page = start(practice("mock/"))
    record(page, 3)
    expect(page.locator(".tl-record__said")).to_have_text(
        re.compile(r"Kept in this browser: 0:0\d, of which you spoke 0:0\d \(\d+%\)\. No pause longer than 2 seconds\.")
    )
    (kept,) = held(page, "recordings", 1)
    assert sounds(page, 1) == [kept["bytes"]]
    assert kept["bytes"] > 1000
    assert 3 <= kept["seconds"] <= 9
    # The microphone beeps twice a second, which is as dense as speech.
    assert 0 < kept["speaking"] <= kept["seconds"]
    judge(page, 2)
    page.get_by_text("What you said").click()
    sound = page.locator("audio")
    page.wait_for_function("() => document.querySelector('audio').duration > 1")
    sound.evaluate("one => one.play()")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.2")
    assert heard.errors == []


def test_a_recording_is_deleted_for_good_where_it_is_heard(practice: Practice) -> None:
    page = start(practice("mock/"))
    record(page, 1)
    held(page, "recordings", 1)
    page.get_by_role("button", name="End, and judge it").click()
    page.get_by_role("button", name="Delete: Recording").click()
    expect(page.get_by_role("button", name="Keep: Recording")).to_be_focused()
    page.get_by_role("button", name="Yes, delete for good: Recording").click()
    held(page, "recordings", 0)
    assert sounds(page, 0) == []
    expect(page.locator("audio")).to_have_count(0)


def test_who_ends_the_interview_while_it_records_loses_nothing(practice: Practice) -> None:
    page = start(practice("mock/"))
    page.get_by_role("button", name="Record yourself").click()
    expect(page.locator(".tl-record").get_by_role("timer")).to_have_text(re.compile("0:0[2-9]"))
    page.get_by_role("button", name="End, and judge it").click()
    expect(page.locator("audio")).to_be_visible()
    held(page, "recordings", 1)


def test_an_answer_that_was_said_aloud_is_heard_beside_the_answer(practice: Practice, heard: Heard) -> None:
    page = begin(practice("drills/"))
    assert not [url for url in heard.requests if "record" in url]
    page.get_by_role("button", name="Record what you say").click()
    expect(page.get_by_role("button", name="Stop recording")).to_be_focused()
    expect(page.locator(".tl-record").get_by_role("timer")).to_have_text(re.compile("0:0[2-9]"))
    # The answer ends the recording.
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("audio")).to_be_visible()
    (kept,) = held(page, "recordings", 1)
    page.get_by_role("button", name="Good").click()
    (review,) = held(page, "reviews", 1)
    assert kept["of"] == review["card"]
    expect(page.locator("audio")).to_have_count(0)
    assert heard.errors == []


def test_recordings_are_counted_in_no_file_and_deleted_all_at_once(practice: Practice, site: Served) -> None:
    page = start(practice("mock/"))
    record(page, 1)
    held(page, "recordings", 1)
    (size,) = sounds(page, 1)
    at_data(page, site)
    line = part(page, "Recordings")
    expect(line.locator(".tl-data__amount")).to_have_text("1 recording")
    text = saved(page)
    (told,) = json.loads(text)["records"]["recordings"]["entries"].values()
    assert set(told) == {"id", "of", "day", "at", "bytes", "type", "seconds", "speaking", "pauses", "longest"}
    line.get_by_role("button", name="Delete: recordings").click()
    line.get_by_role("button", name="Yes, delete: recordings").click()
    held(page, "recordings", 0)
    assert sounds(page, 0) == []
    # Until the page is left, it can be brought back.
    line.get_by_role("button", name="Undo: recordings").click()
    assert sounds(page, 1) == [size]
    held(page, "recordings", 1)


def test_a_sound_without_a_record_is_swept(practice: Practice, site: Served) -> None:
    page = start(practice("mock/"))
    record(page, 1)
    held(page, "recordings", 1)
    at_data(page, site)
    empty = '{"format":"the-training-loop","version":1,"written":"2026-11-23T08:00:00.000Z","records":{}}'
    page.get_by_label("Replace what is here").check()
    page.get_by_label("Load a saved file").set_input_files(
        {"name": "file.json", "mimeType": "application/json", "buffer": empty.encode()}
    )
    held(page, "recordings", 0)
    page.reload()
    assert sounds(page, 0) == []


def test_with_a_full_disk_the_recording_can_be_saved_to_a_file(practice: Practice, site: Served) -> None:
    page = practice("mock/")
    session = page.context.new_cdp_session(page)
    origin = "/".join(site.url.split("/")[:3])
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    record(start(page), 1)
    expect(page.get_by_role("alert")).to_contain_text("There is no space left in this browser for the recording.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the recording to a file").click()
    assert Path(download.value.path()).stat().st_size > 1000
    assert records(page, "recordings") == []


LIMITED = """async (limits) => {
  const take = await new Promise((resolve, reject) => { Recorder.begin(limits, resolve).catch(reject); });
  return [take.ended, take.levels.length * STEP, take.sound.size];
}"""


@pytest.mark.parametrize(
    ("limits", "ended"), [({"seconds": 2, "bytes": 10**9}, "long"), ({"seconds": 60, "bytes": 3000}, "large")]
)
def test_a_recording_ends_by_itself_when_it_is_too_long_or_too_large(
    limits: dict[str, int], ended: str, talkative: Browser
) -> None:
    context = talkative.new_context()
    entry = (
        'import { Recorder, STEP } from "./overrides/app/ui/recorder.ts"; Object.assign(window, { Recorder, STEP });'
    )
    document = f'<!doctype html><title>Microphone</title><script type="module">{bundle(entry)}</script>'
    context.route(f"{ORIGIN}/**", lambda route: route.fulfill(body=document, content_type="text/html"))
    page = context.new_page()
    page.goto(ORIGIN)
    page.wait_for_function("() => window.Recorder !== undefined")
    why, seconds, size = page.evaluate(LIMITED, limits)
    assert why == ended
    assert seconds >= 2 or size > 3000
    assert size > 0
    context.close()


def test_the_scripts_stay_light_with_a_recording(practice: Practice, heard: Heard) -> None:
    page = start(practice("mock/"))
    record(page, 1)
    held(page, "recordings", 1)
    judge(page, 2)
    assert scripts(heard.requests) <= 60_000


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_recordings(width: int, practice: Practice) -> None:
    page = start(practice("mock/", width=width, bypass_csp=True, reduced_motion="reduce", color_scheme="light"))
    page.evaluate(AXE)
    record(page, 1)
    held(page, "recordings", 1)
    assert violations(page, RULES) == []
    page.get_by_role("button", name="End, and judge it").click()
    expect(page.locator("audio")).to_be_visible()
    assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
