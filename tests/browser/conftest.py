"""What the browser tests share: the built site behind a server, one browser a worker, and a page with ears.

The site is served gzipped below the path that it was built for, as GitHub Pages serves a project, and not from the root
where wrong addresses happen to work. It is the one that `make test` has built (tests.builtsite).
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.planning import MONDAY, Planner, planned
from tests.browser.practice import Practice, mounted
from tests.browsers import FLAGS, find
from tests.builtsite import SITE, address, base

# A busy machine is no fault, so what is to come is waited for longer than the five seconds that Playwright waits.
expect.set_options(timeout=30_000)

# The kinds of pages: every one is looked at in both schemes and at both widths.
KINDS = (
    *("home", "index", "plan", "round", "chapter", "case", "exercise", "notebook"),
    *("questions", "resources", "glossary", "page", "404"),
)


@dataclass(frozen=True)
class Served:
    """The site as it is served."""

    folder: Path
    url: str

    def of(self, kind: str) -> str:
        """Return the path of one page of a kind, relative to the site: the one with the shortest text."""
        fixed = {
            "home": "",
            "index": "rounds/",
            "plan": "plan/",
            "questions": "practice/questions/",
            "resources": "resources/",
            "glossary": "glossary/",
            "page": "contributing/",
            "404": "no/such/page/",
        }
        if kind in fixed:
            return fixed[kind]
        items = json.loads((self.folder / "data/catalogue.json").read_text("utf-8"))["items"]
        urls = [item["url"] for item in items if item["kind"] == kind]
        return str(min(urls, key=lambda url: (self.folder / url / "index.html").stat().st_size))


def _handler(folder: Path, origin: str) -> type[BaseHTTPRequestHandler]:
    built_for = address().encode()
    path_of_all = base()

    @lru_cache(maxsize=512)
    def answer(path: str) -> tuple[int, str, bytes]:
        name = path.removeprefix(path_of_all) if path.startswith(path_of_all) else None
        file = folder / (name or "") if name is not None else None
        if file is not None and file.is_dir():
            file = file / "index.html"
        status = 200
        if file is None or not file.is_file():
            file, status = folder / "404.html", 404
        data = file.read_bytes()
        if file.suffix in (".html", ".xml"):
            # The site was built for another address; what it says of its own must be this one.
            data = data.replace(built_for, f"{origin}{path_of_all}".encode())
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return status, kind, gzip.compress(data, 6, mtime=0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, kind, body = answer(urlsplit(self.path).path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    """Serve the built site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    origin = f"http://127.0.0.1:{server.server_port}"
    server.RequestHandlerClass = _handler(SITE, origin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(SITE, f"{origin}{base()}")
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Heard:
    """What a page said and asked for while it was open."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


Opener = Callable[..., Page]


@pytest.fixture
def heard() -> Heard:
    """Collect what pages say."""
    return Heard()


@pytest.fixture
def visit_browser(browser: Browser) -> Browser:
    """Return the browser that pages are opened in; a file of tests may need another."""
    return browser


@pytest.fixture
def visit(visit_browser: Browser, site: Served, heard: Heard) -> Iterator[Opener]:
    """Return a function that opens a path of the site in a new, empty profile; options go to the profile."""
    contexts = []

    def open_(path: str = "", width: int = 1280, **options: Any) -> Page:
        context = visit_browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on("request", lambda request: heard.requests.append(request.url))
        page.on("response", lambda reply: heard.missing.append(reply.url) if reply.status >= 400 else None)
        page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def planner(visit: Opener) -> Planner:
    """Return a function that opens the planner on the Monday, in a new profile."""

    def open_(fragment: str = "", **options: Any) -> Page:
        page = visit("404.html", timezone_id="Europe/Berlin", **options)
        page.clock.set_fixed_time(f"{MONDAY.isoformat()}T08:00:00")
        base = page.evaluate("document.documentElement.dataset.base ?? '/'")
        page.goto(f"{page.url.split('404.html')[0]}plan/{fragment}")
        assert base
        return planned(page)

    return open_


@pytest.fixture
def practice(visit: Opener) -> Practice:
    """Return a function that opens a page of practice on the Monday, in a new profile."""

    def open_(name: str, **options: Any) -> Page:
        page = visit("404.html", timezone_id="Europe/Berlin", **options)
        page.clock.set_fixed_time(f"{MONDAY.isoformat()}T08:00:00")
        page.goto(f"{page.url.split('404.html')[0]}practice/{name}")
        return mounted(page)

    return open_


def ready(page: Page, path: str = "") -> Page:
    """Wait until the scripts have done their part for the page at an address that ends with `path`."""
    page.wait_for_function("end => document.documentElement.dataset.ready?.endsWith(end)", arg=path)
    return page
