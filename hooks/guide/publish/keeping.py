"""What a reader fetches who keeps the guide on a device: every file that its pages are made of, with size and print.

The lists are made from the site as it was written, so they cannot tell anything else than what is published. Not among
it: what is taken away as a file (decks, notebooks, calendars), since who wants it takes it, and what no page asks for.

    data/edition.json   the version and the sizes, in a few bytes: asked for again and again
    data/files.json     every file; asked for when a version is fetched

A print begins the SHA-256 of the bytes. The browser names by it what it keeps (overrides/app/core/kept.ts).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guide.publish import python
from guide.publish.data import compact
from guide.tools.cache import Cache, key_of

EDITION: Final = "data/edition.json"
FILES: Final = "data/files.json"
PRINT: Final = 16
# What pages are made of. All else is there to be taken away.
SUFFIXES: Final = {".html", ".css", ".js", ".json", ".svg", ".png", ".woff2", ".txt", ".webmanifest"}
# A server leaves these as they are; compressing them again saves nothing.
PACKED: Final = {".png", ".woff2", ".whl", ".zip"}
# The worker is the browser's own; the picture is for whoever shares a link; the schemas are for editors of YAML.
LEFT_OUT: Final = ("service-worker.js", "assets/card.png", "tags.json", "data/schemas/")
# What runs a reader's code, apart from the page that it runs in and the list of its files, which are small.
_PYTHON: Final = f"{python.PATH}/"
_ROOM: Final = f"{python.PATH}/room.html"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file to keep: its address, its print, the bytes that are fetched, and those that it takes on the device."""

    url: str
    print: str
    bytes: int
    room: int


def lists(site: Path, cache_directory: Path) -> dict[str, str]:
    """Return data/edition.json and data/files.json for the site in a folder, by their paths."""
    files = _kept(site, cache_directory)
    runs_code = [file for file in files if file.url.startswith(_PYTHON) and file.url != _ROOM]
    guide = [file for file in files if file not in runs_code]
    edition = key_of(*(part for file in files for part in (file.url, file.print)))[:10]
    about = {"edition": edition, "guide": _amount(guide), "python": _amount(runs_code)}
    named = {"edition": edition, "guide": _named(guide), "python": _named(runs_code)}
    return {EDITION: compact(about), FILES: compact(named)}


# ---- helpers -----------------------------------------------------------------------------------------------------


def _kept(site: Path, cache_directory: Path) -> list[Kept]:
    contents: dict[str, bytes] = {}
    for path in sorted(site.rglob("*")):
        url = path.relative_to(site).as_posix()
        wanted = path.suffix in SUFFIXES or url.startswith(_PYTHON)
        if path.is_file() and wanted and not url.startswith(LEFT_OUT) and url not in (EDITION, FILES):
            contents[url] = path.read_bytes()
    prints = {url: hashlib.sha256(data).hexdigest() for url, data in contents.items()}
    cache = Cache(cache_directory, "packed")
    known = cache.get_many(prints.values())
    fresh = {
        prints[url]: str(len(gzip.compress(data, 6, mtime=0))).encode()
        for url, data in contents.items()
        if prints[url] not in known and Path(url).suffix not in PACKED
    }
    cache.put_many(fresh)
    sizes = {**known, **fresh}
    return [
        Kept(url, prints[url][:PRINT], int(sizes.get(prints[url], len(data))), len(data))
        for url, data in contents.items()
    ]


def _amount(files: Iterable[Kept]) -> Mapping[str, int]:
    files = list(files)
    total = sum(file.bytes for file in files)
    return {"files": len(files), "bytes": total, "room": sum(file.room for file in files)}


def _named(files: Iterable[Kept]) -> list[Mapping[str, Any]]:
    return [{"url": file.url, "print": file.print, "bytes": file.bytes} for file in files]
