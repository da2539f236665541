"""What is kept of a site: its pages and what they are made of, by size and print, and nothing that is a download."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from guide.publish import keeping

PAGE = b"<!doctype html><p>" + b"a word " * 500
FILES = {
    "index.html": PAGE,
    "topics/a/index.html": PAGE + b"<p>",
    "assets/fonts/serif.woff2": b"\x00" * 900,
    "assets/python/1/stdlib.zip": b"\x01" * 900,
    "assets/python/worker.js": b"run();",
    "assets/python/room.html": b"<!doctype html>",
    "practice/deck/cards.apkg": b"cards",
    "notebooks/n/n.ipynb": b"{}",
    "plan/a.ics": b"BEGIN:VCALENDAR",
    "assets/card.png": b"PNG",
    "data/schemas/page.json": b"{}",
    "service-worker.js": b"//",
    "sitemap.xml": b"<x/>",
}


def publish(root: Path, files: dict[str, bytes]) -> Any:
    """Write a site, and return both lists."""
    for name, data in files.items():
        path = root / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    lists = keeping.lists(root / "site", root / "cache")
    return json.loads(lists[keeping.EDITION]), json.loads(lists[keeping.FILES])


def named(files: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {file["url"]: file for file in files}


def test_pages_and_what_they_are_made_of_are_kept_and_downloads_are_not(tmp_path: Path) -> None:
    _, files = publish(tmp_path, FILES)
    assert set(named(files["guide"])) == {
        "index.html",
        "topics/a/index.html",
        "assets/fonts/serif.woff2",
        "assets/python/room.html",
    }


def test_what_runs_code_is_apart(tmp_path: Path) -> None:
    _, files = publish(tmp_path, FILES)
    assert set(named(files["python"])) == {"assets/python/1/stdlib.zip", "assets/python/worker.js"}


def test_a_size_is_what_a_server_sends(tmp_path: Path) -> None:
    _, files = publish(tmp_path, FILES)
    guide = named(files["guide"])
    assert guide["index.html"]["bytes"] == len(gzip.compress(PAGE, 6))
    assert guide["assets/fonts/serif.woff2"]["bytes"] == 900


def test_the_sum_is_told_with_the_version(tmp_path: Path) -> None:
    about, files = publish(tmp_path, FILES)
    assert about["edition"] == files["edition"]
    for part in ("guide", "python"):
        assert about[part]["bytes"] == sum(file["bytes"] for file in files[part])
        assert about[part]["files"] == len(files[part])
    assert about["python"]["room"] == 900 + len(b"run();")


def test_a_print_is_the_beginning_of_the_hash(tmp_path: Path) -> None:
    _, files = publish(tmp_path, FILES)
    assert named(files["guide"])["index.html"]["print"] == hashlib.sha256(PAGE).hexdigest()[:16]


def test_the_same_site_gives_the_same_lists_also_when_they_are_there_already(tmp_path: Path) -> None:
    first = publish(tmp_path, FILES)
    for name, text in keeping.lists(tmp_path / "site", tmp_path / "cache").items():
        (tmp_path / "site" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    assert publish(tmp_path, {}) == first


@pytest.mark.parametrize("change", [{"index.html": PAGE + b"!"}, {"new/index.html": PAGE}])
def test_another_file_or_another_byte_is_another_version(tmp_path: Path, change: dict[str, bytes]) -> None:
    first, _ = publish(tmp_path, FILES)
    second, _ = publish(tmp_path, change)
    assert first["edition"] != second["edition"]


def test_a_download_that_changes_is_no_other_version(tmp_path: Path) -> None:
    first, _ = publish(tmp_path, FILES)
    second, _ = publish(tmp_path, {"practice/deck/cards.apkg": b"other cards"})
    assert first["edition"] == second["edition"]
