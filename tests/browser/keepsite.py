"""A site that can be kept, behind a server that can be held up, and that can publish a newer version meanwhile.

It serves the files byte by byte as they were built, since what is kept is compared with its print.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from guide.publish import keeping
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ready
from tests.builtsite import base

PAGE = "practice/offline/"
# To fetch a whole guide from a server in Python, on a machine that has other things to do.
WHOLE = 180_000


@dataclass
class Host:
    """A server, as far as a test turns its knobs."""

    folder: Path
    url: str = ""
    # What was asked for in order to be kept: addresses below the site.
    kept: list[str] = field(default_factory=list)
    # How many of these are answered before the others have to wait.
    limit: int | None = None
    _free: threading.Condition = field(default_factory=threading.Condition)

    def let_pass(self, path: str) -> None:
        """Take note of a file that is asked for; wait while it is beyond the limit."""
        with self._free:
            self.kept.append(path)
            number = len(self.kept)
            self._free.wait_for(lambda: self.limit is None or number <= self.limit, timeout=60)

    def release(self) -> None:
        """Answer whatever waits."""
        with self._free:
            self.limit = None
            self._free.notify_all()


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Serve a built site below its path."""
    host = Host(folder)
    server = _Server(("127.0.0.1", 0), _handler(host))
    host.url = f"http://127.0.0.1:{server.server_port}{base()}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield host
    host.release()
    server.shutdown()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: browsers leave connections behind when their network is taken away."""


def _handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            name = address.path.removeprefix(base()) if address.path.startswith(base()) else "no such file"
            if len(parse_qs(address.query).get("kept", [""])[0]) == keeping.PRINT:
                host.let_pass(name)
            file = host.folder / name
            file = file / "index.html" if file.is_dir() else file
            status = 200 if file.is_file() else 404
            body = gzip.compress((file if status == 200 else host.folder / "404.html").read_bytes(), 1)
            try:
                self.send_response(status)
                kind = mimetypes.guess_type(file.name)[0] if status == 200 else "text/html"
                self.send_header("Content-Type", kind or "application/octet-stream")
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Cache-Control", "max-age=600")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the browser has gone

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def newer(old: Path, new: Path, page: str, was: str, text: str) -> Path:
    """Publish a site anew: with another text on a page, and with another script, which changes every page."""
    shutil.copytree(old, new)
    script = new / "assets/app.js"
    before = _version(script)
    script.write_bytes(script.read_bytes() + b"globalThis.newer = true;\n")
    after = _version(script)
    for path in new.rglob("*.html"):
        html = path.read_text("utf-8").replace(f"app.js?v={before}", f"app.js?v={after}")
        path.write_text(html.replace('data-version="', 'data-version="newer-'), encoding="utf-8")
    changed = new / page / "index.html"
    html = changed.read_text("utf-8")
    assert was in html
    changed.write_text(html.replace(was, text), encoding="utf-8")
    for name, lists in keeping.lists(new, new.parent / "cache").items():
        (new / name).write_text(lists, encoding="utf-8")
    return new


def _version(script: Path) -> str:
    """Return what names the content of a script in its address."""
    return hashlib.sha256(script.read_bytes()).hexdigest()[:10]


def place(page: Page) -> Locator:
    """Return the place that offers to keep the guide."""
    return page.locator(".tl-keep")


def offered(page: Page, url: str) -> Page:
    """Open the page that offers it, and wait for the offer."""
    page.goto(url + PAGE)
    ready(page, PAGE)
    expect(page.get_by_role("button", name="Keep this guide on this device")).to_be_visible()
    return page


def keep(page: Page, url: str, python: bool = False) -> Page:
    """Keep the guide, and wait until all of it is here."""
    offered(page, url)
    if python:
        page.get_by_role("checkbox", name="With Python").check()
    page.get_by_role("button", name="Keep this guide on this device").click()
    expect(place(page)).to_contain_text("The guide is kept on this device", timeout=WHOLE)
    return page
