"""The guide as a book: the chapters of the built site in the order of its menu, with their links within the book.

It is made from the site, whose pages are complete without a script, and not from the sources: whatever a page shows,
the book shows. The order and the parts are those of the menu, of which each page holds what is open on it. Two forms
are made from a Book: an EPUB (guide.publish.book_epub) and the pages that a browser prints (guide.publish.book_print).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.publish.book_links import Links, name_of, public, within
from guide.publish.book_page import chapter
from guide.publish.book_styles import Palette
from guide.publish.book_tree import new
from guide.publish.place import Place, size

# Where a finished book lies. Like the packages of the coding gym, it is not part of every build: printing it takes
# minutes and a browser. The workflow that publishes makes it first, and the next build publishes what is there.
FOLDER: Final = "dist"
EPUB: Final = "the-training-loop.epub"
PDF: Final = "the-training-loop.pdf"
# Where they stand on the site.
_PUBLISHED: Final = "book"
# Pages that are a way to other pages, or a program; and what is about writing the guide, except what it owes to whom.
LEFT_OUT: Final = {"", "practice/", "practice/deck/", "practice/questions/"}
LEFT_OUT_BELOW: Final = ("contributing/",)
KEPT: Final = {"contributing/sources/"}
# What a page has that is a program and little else.
_PROGRAM: Final = "article section[data-island]"


class BookError(Exception):
    """The site cannot be made into a book; the message says what is missing."""


@dataclass(frozen=True)
class Chapter:
    """A chapter with what stands below it, or the opening of a part that has no page of its own (without `url`)."""

    name: str
    title: str
    url: str
    section: Element
    below: list[Chapter]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Chapter]]:
        """Yield this chapter and all below it in the order of reading, each with its depth."""
        yield depth, self
        for each in self.below:
            yield from each.walk(depth + 1)


@dataclass(frozen=True)
class Book:
    """What both forms of the book are made from."""

    title: str
    about: str
    # Where the site is published, or nothing.
    address: str
    version: str
    day: date
    parts: list[Chapter]
    palette: Palette

    def chapters(self) -> Iterator[tuple[int, Chapter]]:
        """Yield every chapter in the order of reading with its depth, which is 0 for parts."""
        for part in self.parts:
            yield from part.walk()

    def subtitle(self) -> str:
        """Return the first sentence of what the book is about."""
        return self.about.partition(". ")[0].rstrip(".")

    def long_day(self) -> str:
        """Return the day as a reader reads it."""
        return f"{self.day.day} {self.day:%B %Y}"


def read(root: Path, site: Path, version: str, day: date, tell: Callable[[int, int, str], None]) -> Book:
    """Read the book from a built site; `root` is the repository, whose styles are taken."""
    if not (site / "index.html").is_file():
        raise BookError(f"{site / 'index.html'} is missing. Build the site first: make build")
    home = LexborHTMLParser((site / "index.html").read_text("utf-8"))
    palette = Palette(root)
    sections: dict[str, Element] = {}
    menu = _Item("", "")
    pages = sorted(site.rglob("index.html"))
    tell(0, len(pages), "")
    for done, path in enumerate(pages, 1):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        page = LexborHTMLParser(path.read_text("utf-8"))
        if (listed := page.css_first("nav.tl-nav > ul")) is not None:
            _merge(menu, listed, url)
        if (article := page.css_first("article")) is not None and _belongs(url, page):
            sections[url] = chapter(article, name_of(url), palette)
        tell(done, len(pages), url)
    parts = list(_chapters(menu, sections))
    if not parts:
        raise BookError("The site has no page that belongs in a book")
    address = public(_said(home, 'link[rel="canonical"]', "href"))
    links = Links({url: {each.get("id", "") for each in section.iter()} for url, section in sections.items()}, address)
    for url, section in sections.items():
        links.rewrite(section, url)
    title = _said(home, 'meta[property="og:site_name"]') or "The guide"
    return Book(title, _said(home, 'meta[name="description"]'), address, version, day, parts, palette)


def published(root: Path) -> dict[str, Path]:
    """Return the files of the book that are there, by their paths on the site."""
    return {f"{_PUBLISHED}/{name}": path for name in (EPUB, PDF) if (path := root / FOLDER / name).is_file()}


def listing(place: Place) -> str:
    """Return the links to the files with their sizes, or that there are none."""
    links = [
        f"[{path.suffix[1:].upper()}, {size(path.stat().st_size)}]({place.to(src)})"
        for src, path in published(place.root).items()
    ]
    if not links:
        return "This copy of the site was published without its book. In the repository, `make book` makes both files."
    return f"**The whole guide as a book:** {', '.join(links)}."


# ---- helpers -------------------------------------------------------------------------------------------------


@dataclass
class _Item:
    """An entry of the menu, with all of its children that any page shows, by title and address."""

    title: str
    url: str
    below: dict[tuple[str, str], _Item] = field(default_factory=dict)


def _belongs(url: str, page: LexborHTMLParser) -> bool:
    left_out = url in LEFT_OUT or url.startswith(LEFT_OUT_BELOW) or page.css_first(_PROGRAM) is not None
    return url in KEPT or not left_out


def _said(page: LexborHTMLParser, selector: str, attribute: str = "content") -> str:
    found = page.css_first(selector)
    return (found.attributes.get(attribute) or "") if found is not None else ""


def _merge(item: _Item, listed: LexborNode, url: str) -> None:
    """Add what the menu of the page at `url` shows to what is known of the menu."""
    for line in listed.iter():
        inside = {each.tag: each for each in line.iter()}
        if line.tag == "li" and "a" in inside:
            to = within(inside["a"].attributes.get("href") or "", url)
            title = " ".join(inside["a"].text().split())
            found = item.below.setdefault((title, to), _Item(title, to))
            if "ul" in inside:
                _merge(found, inside["ul"], url)


def _chapters(item: _Item, sections: Mapping[str, Element]) -> Iterator[Chapter]:
    for each in item.below.values():
        below = list(_chapters(each, sections))
        # A folder without a page of its own leads to its first page, which is among its children.
        own = sections.get(each.url) if not any(child.url == each.url for child in each.below.values()) else None
        if own is not None:
            yield Chapter(name_of(each.url), each.title, each.url, own, below)
        elif len(below) == 1:
            yield below[0]
        elif below:
            name = f"part-{re.sub('[^a-z0-9]+', '-', each.title.lower()).strip('-')}"
            opening = new("section", "b-chapter b-opening", new("h1", "b-h1", each.title), id=name)
            yield Chapter(name, each.title, "", opening, below)
