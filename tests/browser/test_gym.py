"""The coding gym in a real browser, with the real Python: what a reader writes, right, wrong and hostile."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.browser import gymsite
from tests.browser.conftest import Served, _handler, ready
from tests.browser.practice import held
from tests.browser.test_accessibility import AXE, RULES, violations
from tests.builtsite import ROOT, base
from tests.guide.sitekit import SOLUTION as TWICE

# Python starts in two seconds on a machine that has nothing else to do.
START = 120_000
ANSWER = 60_000
Gym = Callable[..., Page]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the tiny guide with an exercise in plain Python and one with the stand-in for NumPy."""
    folder = gymsite.build(tmp_path_factory.mktemp("gym"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    origin = f"http://127.0.0.1:{server.server_port}"
    server.RequestHandlerClass = _handler(folder, origin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(folder, f"{origin}{base()}")
    server.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a new, empty profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def alive(page: Page) -> Page:
    """Wait until the button leads somewhere: its script is fetched after that of the page."""
    ready(page).wait_for_selector("[data-island=gym][data-ready]")
    return page


def opened(page: Page) -> Page:
    """Press the button, and wait for the editor and for Python."""
    alive(page).locator("[data-gym-open]").click()
    expect(page.locator(".cm-content")).to_be_visible(timeout=ANSWER)
    expect(said(page)).to_have_text("Python is ready.", timeout=START)
    return page


@pytest.fixture(scope="module")
def bench(browser: Browser, tiny: Served) -> Iterator[Page]:
    """Open an exercise and its editor once, for programs that leave nothing behind that another would notice."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    yield opened(page)
    context.close()


@pytest.fixture
def gym(context: BrowserContext, tiny: Served) -> Gym:
    """Return a function that opens an exercise of the tiny guide and its editor."""

    def open_(path: str = gymsite.PLAIN_URL) -> Page:
        page = context.new_page()
        page.goto(tiny.url + path)
        return opened(page)

    return open_


def write(page: Page, code: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def said(page: Page) -> Any:
    return page.locator(".tl-gym__said")


def printed(page: Page) -> Any:
    return page.locator(".tl-gym__printed")


def check(page: Page, code: str, outcome: str) -> Page:
    """Check code, and wait for what the page says in the end."""
    write(page, code)
    page.get_by_role("button", name="Check").click()
    expect(said(page)).to_contain_text(outcome, timeout=START)
    return page


def run(page: Page, code: str, outcome: str = "The program ended") -> Page:
    """Run code, and wait for what the page says in the end."""
    write(page, code)
    page.get_by_role("button", name="Run").click()
    expect(said(page)).to_contain_text(outcome, timeout=ANSWER)
    return page


# ---- What a reader of the page pays ----------------------------------------------------------------------------------


def test_nothing_of_it_is_fetched_before_it_is_wanted(context: BrowserContext, tiny: Served) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(tiny.url + gymsite.PLAIN_URL)
    alive(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "python" in url or "gym.json" in url or "gym-desk" in url] == []


def test_the_page_says_how_much_it_will_fetch(context: BrowserContext, tiny: Served) -> None:
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    expect(page.locator(".tl-gym")).to_contain_text("this fetches 6.")


def test_without_scripts_the_page_is_whole_and_offers_the_file(browser: Browser, tiny: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    expect(page.get_by_role("button", name="Write it here")).to_be_hidden()
    expect(page.locator(".tl-gym").get_by_role("link", name="one file")).to_be_visible()
    expect(page.locator("#solution")).to_be_visible()
    expect(page.get_by_text("Reference solution")).to_be_visible()
    context.close()


# ---- Before Python is there ------------------------------------------------------------------------------------------


def starting(context: BrowserContext, tiny: Served) -> tuple[Page, Callable[[], None]]:
    """Open the editor while Python is held back; return what lets it come."""
    page = context.new_page()
    held: list[Route] = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    page.goto(tiny.url + gymsite.PLAIN_URL)
    with page.expect_request("**/pyodide.asm.wasm"):
        alive(page).locator("[data-gym-open]").click()
    expect(page.locator(".cm-content")).to_be_visible(timeout=ANSWER)
    write(page, gymsite.SOLUTION)
    return page, lambda: held[0].continue_()


def test_what_is_pressed_while_python_starts_is_done_when_it_is_there(context: BrowserContext, tiny: Served) -> None:
    page, let_it_come = starting(context, tiny)
    button = page.get_by_role("button", name="Check")
    expect(button).to_have_attribute("aria-disabled", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Python is starting. The checks begin as soon as it is ready.")
    let_it_come()
    expect(said(page)).to_contain_text("All 6 checks passed", timeout=START)


def test_what_was_pressed_while_python_starts_can_be_taken_back(context: BrowserContext, tiny: Served) -> None:
    page, let_it_come = starting(context, tiny)
    page.get_by_role("button", name="Run").click()
    expect(said(page)).to_have_text("Python is starting. Your program runs as soon as it is ready.")
    page.get_by_role("button", name="Stop").click()
    expect(said(page)).to_have_text("Stopped.")
    let_it_come()
    expect(said(page)).to_have_text("Python is ready.", timeout=START)
    expect(page.get_by_role("button", name="Run")).to_have_attribute("aria-disabled", "false")


# ---- Grading ---------------------------------------------------------------------------------------------------------


def test_right_code_passes_every_check(bench: Page) -> None:
    page = check(bench, gymsite.SOLUTION, "All 6 checks passed")
    # Plain Python waits for no package.
    assert not page.evaluate("performance.getEntriesByType('resource').some(each => each.name.includes('numpy'))")
    expect(page.locator(".tl-gym__check--passed")).to_have_count(6)


def test_wrong_code_is_told_its_symptom_and_what_was_expected(bench: Page) -> None:
    page = check(bench, gymsite.SOLUTION.replace("sums.append(total)", "sums.append(value)"), "of 6 checks passed.")
    first = page.locator(".tl-gym__check").first
    expect(first).to_contain_text("The sums are not those of the values so far.")
    expect(first).to_contain_text("expected  [1.0, 3.0, 6.0]")
    expect(first).to_contain_text("got       [1.0, 2.0, 3.0]")


def test_code_that_crashes_shows_its_own_lines_and_no_others(bench: Page) -> None:
    broken = gymsite.SOLUTION.replace(
        "return max(running_sum(values))", "return helper(values)\n\n\ndef helper(values):\n    return values[99]"
    )
    page = check(bench, broken, "4 of 6 checks passed.")
    message = page.locator(".tl-gym__check--failed pre").first
    expect(message).to_contain_text("IndexError: list index out of range")
    expect(message).to_contain_text("in helper")
    expect(message).not_to_contain_text("harness.py")
    expect(message).not_to_contain_text("checks.py")


def test_code_that_cannot_be_read_is_not_graded(bench: Page) -> None:
    page = check(bench, "def running_sum(:\n", "does not run")
    expect(printed(page)).to_contain_text("SyntaxError")
    expect(page.locator(".tl-gym__check")).to_have_count(0)


def test_a_check_that_stands_still_costs_its_own_seconds_alone(bench: Page) -> None:
    slow = gymsite.SOLUTION.replace("    total, sums", "    while len(values) > 99:\n        pass\n    total, sums")
    page = check(bench, slow, "5 of 6 checks passed.")
    expect(page.locator(".tl-gym__check--failed")).to_contain_text("still running after 2 seconds")


def test_code_that_never_ends_is_not_tried_for_ever(bench: Page) -> None:
    page = check(
        bench, "def running_sum(values):\n    while True:\n        pass\n\n\nlargest = running_sum\n", "0 of 6"
    )
    expect(page.locator(".tl-gym__check--left")).to_have_count(3)


# ---- Hostile programs ------------------------------------------------------------------------------------------------


def test_an_endless_loop_is_stopped_by_hand_and_python_comes_back(bench: Page) -> None:
    page = bench
    write(page, "print('before')\nwhile True:\n    pass\n")
    page.get_by_role("button", name="Run").click()
    expect(printed(page)).to_have_text("before\n", timeout=ANSWER)
    # The page takes keys meanwhile.
    page.get_by_role("button", name="Hide the clock").click()
    expect(page.get_by_role("button", name="Show the clock")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(said(page)).to_have_text("Stopped.")
    run(page, "print('again')")
    expect(printed(page)).to_have_text("again\n")


def test_an_endless_loop_is_stopped_at_its_limit(bench: Page) -> None:
    run(bench, "while True:\n    pass\n", "still running after 10 seconds")


def test_output_without_an_end_is_cut(bench: Page) -> None:
    page = run(bench, "while True:\n    print('x' * 100)\n", "still running after 10 seconds")
    expect(printed(page)).to_contain_text("The rest of the output is not shown")
    assert len(printed(page).inner_text()) < 21_000


@pytest.mark.parametrize("code", ["x = [0] * 10**9", "x = []\nwhile True:\n    x.append('a' * 10**6)"])
def test_a_list_without_an_end_meets_the_limit_of_memory(code: str, bench: Page) -> None:
    page = run(bench, code, "ended with an error")
    expect(printed(page)).to_contain_text("MemoryError")


def test_files_meet_a_limit_as_well(bench: Page) -> None:
    page = run(
        bench, "with open('/tmp/x', 'wb') as f:\n    for _ in range(10**4):\n        f.write(b'a' * 10**6)", "an error"
    )
    expect(printed(page)).to_contain_text("OSError")


def test_deep_recursion_is_an_error_like_any_other(bench: Page) -> None:
    page = run(bench, "def f(n):\n    return f(n + 1)\nf(0)", "ended with an error")
    expect(printed(page)).to_contain_text("RecursionError")


def test_recursion_without_pythons_limit_ends_python_alone(bench: Page) -> None:
    code = "import sys\nsys.setrecursionlimit(10**8)\ndef f(n):\n    return f(n + 1)\nf(0)"
    page = run(bench, code, "ran out of stack")
    run(page, "print('again')")
    expect(printed(page)).to_have_text("again\n")


def test_a_program_that_ends_python_ends_nothing_else(bench: Page) -> None:
    page = run(bench, "import os\nos._exit(1)", "was restarted")
    run(page, "print('again')")
    expect(printed(page)).to_have_text("again\n")


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("input()", "input() gets no answer here"),
        ("import js", "cannot reach the page"),
        ("from pyodide.http import pyfetch", "cannot reach the page"),
        ("import pyodide_js", "cannot reach the page"),
        ("import ctypes\nctypes.memset(0, 1, 10**6)", "it reaches into the memory of Python itself"),
        ("import asyncio\nasync def f():\n    pass\nasyncio.run(f())", "no event loop of its own in a browser"),
        ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1/')", "there is no network here"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 80))", "there is no network here"),
    ],
)
def test_what_is_not_to_be_had_is_refused_in_plain_words(code: str, answer: str, bench: Page) -> None:
    page = run(bench, code, "ended with an error")
    expect(printed(page)).to_contain_text(answer)


def test_a_program_that_takes_what_is_printed_leaves_it_to_the_next(bench: Page) -> None:
    page = run(bench, "import io, sys\nsys.stdout = sys.stderr = io.StringIO()\nsys.stdin = None\nprint('mine')")
    expect(printed(page)).to_have_count(0)
    run(page, "import sys\nprint('again', repr(sys.stdin.read()))")
    expect(printed(page)).to_have_text("again ''\n")


# What a program could do that has found its way from Python to JavaScript: here it is given the way.
ESCAPE = """
import sys
emit = sys.stdout._emit
Function = emit.constructor
try:
    Function("return 1")
    print("text became code")
except Exception as error:
    print("refused:", type(error).__name__)
"""


def test_text_does_not_become_a_script(bench: Page) -> None:
    page = run(bench, ESCAPE)
    expect(printed(page)).to_contain_text("refused: JsException")


# Tried in a worker that has everything that a browser gives to one, in the room that Python runs in.
PROBE = """
const tell = (name, value) => port.postMessage(name + ": " + value);
let port;
addEventListener("message", async ({ data }) => {
  port = data;
  tell("origin", self.origin);
  await fetch(ADDRESS).then(() => tell("fetch", "open"), () => tell("fetch", "refused"));
  await new Promise((done) => {
    const request = new XMLHttpRequest();
    request.onload = () => { tell("XMLHttpRequest", "open"); done(); };
    request.onerror = () => { tell("XMLHttpRequest", "refused"); done(); };
    request.open("GET", ADDRESS);
    request.send();
  });
  await new Promise((done) => {
    try {
      const socket = new WebSocket(ADDRESS.replace("http", "ws"));
      socket.onopen = () => { tell("WebSocket", "open"); done(); };
      socket.onerror = () => { tell("WebSocket", "refused"); done(); };
    } catch { tell("WebSocket", "refused"); done(); }
  });
  await import(ADDRESS).then(() => tell("import", "open"), () => tell("import", "refused"));
  try { importScripts(ADDRESS); tell("importScripts", "open"); } catch { tell("importScripts", "refused"); }
  try { indexedDB.open("x"); tell("indexedDB", "open"); } catch { tell("indexedDB", "refused"); }
  try { await caches.open("x"); tell("caches", "open"); } catch { tell("caches", "refused"); }
  try { eval("1"); tell("eval", "open"); } catch { tell("eval", "refused"); }
  tell("document", typeof document);
  port.postMessage(null);
});
"""


def test_the_room_lets_nothing_out_even_when_a_program_has_left_python(context: BrowserContext, tiny: Served) -> None:
    reached: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reached.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    ear = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    script = PROBE.replace("ADDRESS", json.dumps(f"http://127.0.0.1:{ear.server_port}/"))
    told = page.evaluate(
        """async ([script, room]) => {
          const frame = document.createElement("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          frame.src = room;
          const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
          document.body.append(frame);
          await loaded;
          const { port1, port2 } = new MessageChannel();
          const told = [];
          const over = new Promise((resolve) => {
            port1.onmessage = ({ data }) => data === null ? resolve() : told.push(data);
          });
          const given = { script: new Blob([script], { type: "text/javascript" }), port: port2 };
          frame.contentWindow.postMessage(given, "*", [port2]);
          await over;
          return told;
        }""",
        [script, f"{tiny.url}assets/python/room.html"],
    )
    ear.shutdown()
    assert told == [
        "origin: null",
        *(f"{name}: refused" for name in ("fetch", "XMLHttpRequest", "WebSocket", "import", "importScripts")),
        *(f"{name}: refused" for name in ("indexedDB", "caches", "eval")),
        "document: undefined",
    ]
    assert reached == []


# ---- What is kept ----------------------------------------------------------------------------------------------------


def test_a_reload_in_the_middle_loses_neither_draft_nor_attempts(gym: Gym) -> None:
    page = check(gym(), gymsite.SOLUTION, "All 6 checks passed")
    write(page, "half = 'written'")
    held(page, "drafts", 1, code="half = 'written'")
    page.reload()
    again = page.get_by_role("button", name="Continue what you wrote")
    expect(again).to_be_visible()
    opened(page)
    expect(page.locator(".cm-content")).to_contain_text("half = 'written'")
    page.get_by_text("1 attempt so far").click()
    page.get_by_role("button", name="Put it into the editor").click()
    expect(page.locator(".cm-content")).to_contain_text("Running sums of a list.")
    (attempt,) = held(page, "attempts", 1)
    assert attempt["code"] == gymsite.SOLUTION
    assert len(attempt["passed"]) == 6
    assert attempt["failed"] == []


# An agenda as the planner leaves it: one session to write this exercise, and one to read its page.
AGENDA = """async ([url, title]) => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const [found] = await indexedDB.databases();
  const database = await answer(indexedDB.open(found.name));
  const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const entry = { item: "practice/coding/running-sum", title, url, round: "ml-coding", minutes: 30 };
  const session = (kind) => ({
    id: `${kind}:running-sum`, date: day(0), kind, title, url, text: "", minutes: 30, round: "ml-coding",
    entries: [entry], items: [entry.item], skim: false, part: 1, parts: 1,
  });
  const rounds = [{ id: "ml-coding", name: "ML coding" }];
  const value = { interview: day(20), since: day(-1), rounds, sessions: [session("read"), session("code")] };
  const store = database.transaction("records", "readwrite").objectStore("records");
  await answer(store.put({ ns: "agenda", key: "current", v: 1, stamp: Date.now(), by: "a-test", value }));
  database.close();
}"""


def test_code_that_passes_ticks_what_was_planned(gym: Gym) -> None:
    page = gym()
    write(page, "x = 1")
    page.get_by_role("button", name="Check").click()
    expect(said(page)).to_contain_text("0 of 6 checks passed.", timeout=ANSWER)
    page.evaluate(AGENDA, [gymsite.PLAIN_URL, "Running sums"])
    page.reload()
    check(opened(page), gymsite.SOLUTION, "All 6 checks passed")
    # The code is ticked, and that the page was read is not.
    assert [tick["id"] for tick in held(page, "ticks", 1)] == ["code:running-sum"]
    expect(page.locator(".tl-now__bar").get_by_role("checkbox")).not_to_be_checked()
    page.reload()
    assert [tick["id"] for tick in held(page, "ticks", 1)] == ["code:running-sum"]


def test_reset_can_be_undone(gym: Gym) -> None:
    page = gym()
    write(page, "mine = 1")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator(".cm-content")).to_contain_text("raise NotImplementedError")
    expect(page.get_by_role("timer")).to_contain_text("0:0")
    page.keyboard.press("Control+z")
    expect(page.locator(".cm-content")).to_have_text("mine = 1")


def test_python_is_there_without_a_network_once_it_was_fetched(gym: Gym, context: BrowserContext) -> None:
    page = gym()
    context.set_offline(True)
    page.get_by_role("button", name="Run").click()
    expect(said(page)).to_contain_text("The program ended", timeout=ANSWER)
    context.set_offline(False)


# ---- What may be missing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda route: route.fulfill(status=404, body="gone"), "the site has no pyodide.asm.wasm (404)"),
        (lambda route: route.fulfill(body="cut off"), "pyodide.asm.wasm arrived damaged"),
        (lambda route: route.abort(), "the site cannot be reached"),
    ],
)
def test_a_download_that_fails_is_told_with_the_way_out(
    answer: Callable[[Route], None], why: str, context: BrowserContext, tiny: Served
) -> None:
    page = context.new_page()
    page.route("**/pyodide.asm.wasm", answer)
    page.goto(tiny.url + gymsite.PLAIN_URL)
    alive(page).get_by_role("button", name="Write it here").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(why, timeout=ANSWER)
    href = alert.get_by_role("link", name="one file").get_attribute("href")
    assert page.request.get(f"{tiny.url}{gymsite.PLAIN_URL}{href}").ok
    page.unroute("**/pyodide.asm.wasm")
    alert.get_by_role("button", name="Try again").click()
    expect(said(page)).to_have_text("Python is ready.", timeout=START)


def test_an_exercise_with_numpy_is_graded_where_the_site_has_its_wheel(gym: Gym) -> None:
    page = check(gym(gymsite.NUMPY_URL), TWICE, "All 6 checks passed")
    assert any("numpy" in url for url in page.evaluate("performance.getEntriesByType('resource').map(e => e.name)"))


def test_every_solution_passes_in_the_page_or_the_page_says_that_it_has_no_numpy(visit: Any, site: Served) -> None:
    wheels = json.loads((site.folder / "data/python.json").read_text("utf-8"))["packages"]
    for file in sorted((ROOT / "docs/practice/coding").glob("*/solution.py")):
        solution, address = file.read_text("utf-8"), f"practice/coding/{file.parent.name}/"
        page = ready(visit(address))
        if wheels or "import numpy" not in solution:
            check(opened(page), solution, "All ")
        else:
            expect(page.locator(".tl-gym")).to_contain_text("has no NumPy for the browser")
            expect(page.get_by_role("button", name="Write it here")).to_have_count(0)
            for name in ("one file", "a notebook"):
                href = page.locator(".tl-gym").get_by_role("link", name=name, exact=True).get_attribute("href")
                assert page.request.get(f"{site.url}{address}{href}").ok
        page.close()


# ---- The page around it ----------------------------------------------------------------------------------------------


def test_hints_come_one_at_a_time_and_the_solution_after_a_question(context: BrowserContext, tiny: Served) -> None:
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    alive(page)
    hints = page.locator(".tl-hints > li")
    expect(hints.nth(0)).to_be_visible()
    expect(hints.nth(1)).to_be_hidden()
    hints.nth(0).locator("summary").click()
    expect(hints.nth(1)).to_be_visible()
    expect(hints.nth(2)).to_be_hidden()
    solution = page.get_by_text("Reference solution")
    expect(solution).to_be_hidden()
    page.get_by_role("button", name="Show the solution").click()
    page.get_by_role("button", name="Not yet").click()
    expect(solution).to_be_hidden()
    page.get_by_role("button", name="Show the solution").click()
    page.get_by_role("button", name="Yes, show it").click()
    expect(solution).to_be_visible()


def test_how_to_leave_the_editor_is_said_above_it_and_with_it(gym: Gym) -> None:
    page = gym()
    way = page.get_by_text("press Escape and then Tab")
    editor = page.get_by_role("textbox", name="Your code")
    expect(editor).to_have_accessible_description(way.inner_text())
    above, below = way.bounding_box(), editor.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_the_keyboard_gets_into_the_editor_and_out_again(gym: Gym) -> None:
    page = gym()
    write(page, "x")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_have_text("    x")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("does not run", timeout=ANSWER)
    expect(page.get_by_role("button", name="Check")).to_be_focused()


CARET_ABOVE_BUTTONS = """() => {
  const { shadowRoot } = document.querySelector(".tl-gym__editor");
  const caret = shadowRoot.querySelector(".cm-cursor").getBoundingClientRect();
  const buttons = document.querySelector(".tl-gym__buttons").getBoundingClientRect();
  return caret.top > 0 && caret.bottom <= buttons.top;
}"""


def test_on_a_phone_the_line_that_is_written_is_not_under_the_buttons(browser: Browser, tiny: Served) -> None:
    # As high as a phone is above its keyboard.
    phone: ViewportSize = {"width": 390, "height": 450}
    context = browser.new_context(viewport=phone, is_mobile=True, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    write(opened(page), "def f():\n" + "    x = 1\n" * 60)
    page.keyboard.press("Enter")
    page.keyboard.type("y = 2")
    page.wait_for_function(CARET_ABOVE_BUTTONS)
    page.keyboard.press("Control+Home")
    page.wait_for_function(CARET_ABOVE_BUTTONS)
    context.close()


def test_leaving_the_page_leaves_nothing_behind(gym: Gym) -> None:
    page = gym()
    write(page, "while True:\n    pass\n")
    page.get_by_role("button", name="Run").click()
    expect(said(page)).to_have_text("Running")
    page.locator(".tl-path a, .tl-brand").last.click()
    page.wait_for_function("() => !document.querySelector('[data-island=gym]')")
    expect(page.locator("iframe")).to_have_count(0)


def test_an_interview_has_no_hints_and_a_blank_screen(gym: Gym, tiny: Served) -> None:
    page = gym(f"{gymsite.PLAIN_URL}?interview")
    expect(page.locator("#hints")).to_be_hidden()
    expect(page.locator("#solution")).to_be_hidden()
    expect(page.locator(".cm-content")).not_to_contain_text("Return the sums")
    expect(page.locator(".cm-content")).to_contain_text("def running_sum(values: list[float]) -> list[float]:")
    expect(page.get_by_role("button", name="Hide the clock")).to_have_count(0)
    check(page, gymsite.SOLUTION, "All 6 checks passed")
    page.goto(f"{tiny.url}practice/coding/")
    row = page.get_by_role("row").filter(has_text="Running sums")
    expect(row).to_contain_text("Passed, ")
    expect(row).to_contain_text("as in an interview")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_gym(width: int, browser: Browser, tiny: Served) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(tiny.url + gymsite.PLAIN_URL)
    check(opened(page), "print('x')\ndef running_sum(values):\n    return values\n", "of 6 checks passed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("1 attempt so far").click()
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.mdColorScheme === 'loop-dark'")
    assert violations(page, ["color-contrast", "link-in-text-block"]) == []
    context.close()
