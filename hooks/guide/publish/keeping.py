"""What a reader fetches who keeps the guide on a device: every file that its pages are made of, with size and print.

The lists are made from the site as it was written, so they cannot tell anything else than what is published. Not among
it: what is taken away as a file (decks, notebooks, calendars), since who wants it takes it, and what no page asks for.

    data/edition.json   the version and the sizes, in a few bytes (`room` is what the files take on the device): asked
                        for again and again
    data/files.json     every file, with the bytes that are fetched; asked for when a version is fetched

A print begins the SHA-256 of the bytes. The browser names by it what it keeps (overrides/app/core/kept.ts).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

from guide.publish import python
from guide.publish.data import compact
from guide.tools.cache import key_of
from guide.tools.packing import packed_sizes

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


def lists(site: Path, cache_directory: Path) -> dict[str, str]:
    """Return data/edition.json and data/files.json for the site in a folder, by their paths."""
    contents: dict[str, bytes] = {}
    for path in sorted(site.rglob("*")):
        url = path.relative_to(site).as_posix()
        wanted = path.suffix in SUFFIXES or url.startswith(_PYTHON)
        if path.is_file() and wanted and not url.startswith(LEFT_OUT) and url not in (EDITION, FILES):
            contents[url] = path.read_bytes()
    hashes = {url: hashlib.sha256(data).hexdigest() for url, data in contents.items()}
    prints = {url: name[:PRINT] for url, name in hashes.items()}
    to_pack = {hashes[url]: data for url, data in contents.items() if Path(url).suffix not in PACKED}
    packed = packed_sizes(to_pack, cache_directory)
    fetched = {url: packed.get(hashes[url], len(data)) for url, data in contents.items()}
    edition = key_of(*(part for each in prints.items() for part in each))[:10]
    runs_code = [url for url in contents if url.startswith(_PYTHON) and url != _ROOM]
    about: dict[str, Any] = {"edition": edition}
    named: dict[str, Any] = {"edition": edition}
    for name, urls in (("guide", [url for url in contents if url not in runs_code]), ("python", runs_code)):
        about[name] = {
            "files": len(urls),
            "bytes": sum(fetched[url] for url in urls),
            "room": sum(len(contents[url]) for url in urls),
        }
        named[name] = [{"url": url, "print": prints[url], "bytes": fetched[url]} for url in urls]
    return {EDITION: compact(about), FILES: compact(named)}
