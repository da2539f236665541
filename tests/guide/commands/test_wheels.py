"""Fetching wheels: from a server, checked against the lock file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from guide.__main__ import main
from guide.publish import python

from tests.browser import gymsite


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def source(tmp_path: Path) -> Iterator[str]:
    """Serve the stand-in for NumPy, as Pyodide's own server serves the real one."""
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / gymsite.NAME).write_bytes(gymsite.wheel())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository in whose lock file NumPy is the stand-in."""
    root = tmp_path / "repository"
    root.mkdir()
    gymsite.with_stand_in(root)
    return root


def fetch(root: Path, source: str) -> int:
    return main(["fetch-wheels", "--root", str(root), "--source", source])


def test_a_wheel_is_fetched_and_published_with_what_the_browser_needs_to_know(root: Path, source: str) -> None:
    assert fetch(root, source) == 0
    known = python.python(root, b"the worker", "assets/python/worker.js")
    (part,) = known.packages["numpy"]
    assert part.data == gymsite.wheel()
    assert part.url.endswith(f"/{gymsite.NAME}")
    assert list(known.lock["packages"]) == ["numpy"]


def test_a_wheel_with_another_hash_is_refused_and_not_kept(
    root: Path, source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "server" / gymsite.NAME).write_bytes(gymsite.wheel() + b" ")
    assert fetch(root, source) == 1
    assert "Pyodide's lock file says" in capsys.readouterr().out
    assert not list(root.glob("wheels/*"))


def test_a_wheel_that_was_changed_on_the_disk_is_not_published(root: Path, source: str) -> None:
    assert fetch(root, source) == 0
    (root / "wheels" / gymsite.NAME).write_bytes(b"something else")
    with pytest.raises(python.WheelError):
        python.python(root, b"the worker", "assets/python/worker.js")


def test_a_wheel_that_is_not_there_is_told(root: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(root, f"{source}elsewhere") == 1
    assert "cannot be fetched" in capsys.readouterr().out


def test_a_site_without_wheels_has_no_packages(root: Path) -> None:
    known = python.python(root, b"the worker", "assets/python/worker.js")
    assert known.packages == {}
    assert known.lock["packages"] == {}
