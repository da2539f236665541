"""What `python -m guide book` does: make an EPUB and a PDF of the built site, in dist/.

The PDF is printed twice: the first time tells on which page each chapter begins, which the contents of the second say.
Both files are published by the next build, like whatever else lies ready to be published (guide.publish.book).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from guide.publish import book_epub, book_front, book_print
from guide.publish.book import EPUB, FOLDER, PDF, Book, BookError, read
from guide.publish.place import size
from guide.tools.browser import Browser, BrowserError, browser
from guide.tools.history import day_of_build
from guide.tools.progress import Progress

_FACES: Final = "overrides/assets/fonts"


def book_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of book."""
    parser.add_argument("--site", type=Path, help="the built site (default: site/)")
    parser.add_argument("--paper", choices=sorted(book_print.PAPERS), default="letter", help="of the PDF")
    parser.add_argument("--only", choices=("epub", "pdf"), help="make one of the two")


def make_book(options: argparse.Namespace) -> int:
    """Make the book; return the exit code."""
    root: Path = options.root.resolve()
    site: Path = options.site.resolve() if options.site else root / "site"
    out = root / FOLDER
    try:
        print(f"Reading {site}", flush=True)
        version, day = edition(root)
        book = read(root, site, version, day, Progress(lambda line: None))
        faces = {path.name: path.read_bytes() for path in (root / _FACES).iterdir()}
        out.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as folder, browser() as opened:
            if options.only != "pdf":
                cover = _cover(book, opened, root, Path(folder))
                _keep(out / EPUB, book_epub.epub(book, cover, faces))
            if options.only != "epub":
                _keep(out / PDF, printed(book, opened, root, Path(folder), options.paper, _say))
    except (BookError, BrowserError) as error:
        print(error)
        return 1
    return 0


def edition(root: Path) -> tuple[str, date]:
    """Return the short name and the day of the commit that the book is made of; without one, nothing and today."""
    command = ["git", "log", "-1", "--format=%h %ct"]
    try:
        said = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=True).stdout
        name, moment = said.split()
    except (OSError, subprocess.CalledProcessError, ValueError):
        return "", day_of_build()
    if "SOURCE_DATE_EPOCH" in os.environ:
        return name, day_of_build()
    return name, datetime.fromtimestamp(int(moment), UTC).date()


def printed(book: Book, opened: Browser, root: Path, folder: Path, paper: str, say: Callable[[str], None]) -> bytes:
    """Return the book as a PDF whose contents say the numbers of pages."""
    file = folder / "book.xhtml"
    fonts = (root / _FACES).as_uri()

    def laid_out(numbers: dict[str, int], tagged: bool) -> bytes:
        with file.open("w", encoding="utf-8") as to:
            to.writelines(book_print.pages(book, fonts, paper, numbers))
        return opened.printed(file, tagged)

    say("Printing once, to number the pages: some minutes")
    # As wide as the numbers that will stand there, so that nothing moves.
    draft = laid_out({chapter.name: 8888 for _, chapter in book.chapters()}, tagged=False)
    numbers = book_print.page_numbers(draft)
    say("Printing again, with the numbers and an outline: some minutes")
    final = laid_out({chapter.name: numbers[chapter.name] for _, chapter in book.chapters()}, tagged=True)
    return book_print.packed(final, book)


# ---- helpers -------------------------------------------------------------------------------------------------


def _cover(book: Book, opened: Browser, root: Path, folder: Path) -> bytes:
    width, height = book_front.COVER_SIZE
    html = book_front.cover(book, book.palette.faces((root / _FACES).as_uri(), book_print.FACES))
    return opened.picture(html, width, height, folder)


_began: Final = time.monotonic()


def _say(text: str) -> None:
    print(f"{time.monotonic() - _began:5.0f} s  {text}", flush=True)


def _keep(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    _say(f"{path.parent.name}/{path.name}, {size(len(data))}")
