"""The guide as a book: the chapters of the built site in the order of its menu, with their links within the book.

It is made from the site, whose pages are complete without a script, and not from the sources: whatever a page shows,
the book shows. The order and the parts are those of the menu, of which each page holds what is open on it. Two forms
are made from a Book: an EPUB (guide.publish.book_epub) and the pages that a browser prints (guide.publish.book_print).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.publish.book_links import Links, name_of, public
from guide.publish.book_page import chapter
from guide.publish.book_styles import Palette
from guide.publish.book_tree import element, new

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
    """A chapter, or the page that opens a part of which the site has no page; `url` is empty for the latter."""

    name: str
    title: str
    url: str
    section: Element


@dataclass(frozen=True)
class Entry:
    """A place in the table of contents: a part, a chapter, or both."""

    chapter: Chapter
    below: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """What both forms of the book are made from."""

    title: str
    about: str
    # Where the site is published, or nothing.
    address: str
    version: str
    day: date
    entries: list[Entry]
    palette: Palette

    def chapters(self) -> Iterator[tuple[int, Chapter]]:
        """Yield every chapter in the order of reading with its depth, which is 0 for parts."""
        yield from _walk(self.entries, 0)

    def long_day(self) -> str:
        """Return the day as a reader reads it."""
        return f"{self.day.day} {self.day:%B %Y}"


def read(root: Path, site: Path, version: str, day: date, tell: Callable[[int, int, str], None]) -> Book:
    """Read the book from a built site; `root` is the repository, whose styles are taken."""
    home = _parsed(site / "index.html")
    palette = Palette(root)
    chapters: dict[str, Element] = {}
    menu = _Item("", "")
    pages = sorted(site.rglob("index.html"))
    tell(0, len(pages), "")
    for done, path in enumerate(pages, 1):
        url = _url(path, site)
        page = home if url == "" else _parsed(path)
        article = page.css_first("article")
        listed = page.css_first("nav.tl-nav > ul")
        if listed is not None:
            _merge(menu, listed, url)
        if article is not None and _belongs(url, page):
            chapters[url] = chapter(element(article), name_of(url), palette)
        tell(done, len(pages), url)
    entries = list(_entries(menu, chapters))
    if not entries:
        raise BookError("The site has no page that belongs in a book")
    address = public(_said(home, 'link[rel="canonical"]', "href"))
    ids = {url: {each.get("id", "") for each in section.iter()} for url, section in chapters.items()}
    links = Links(ids, address)
    for url, section in chapters.items():
        links.rewrite(section, url)
    title = _said(home, 'meta[property="og:site_name"]') or "The guide"
    about = _said(home, 'meta[name="description"]')
    return Book(title, about, address, version, day, entries, palette)


# ---- helpers -------------------------------------------------------------------------------------------------


@dataclass
class _Item:
    """An entry of the menu, with all of its children that any page shows."""

    title: str
    url: str
    below: dict[tuple[str, str], _Item] = field(default_factory=dict)


def _parsed(path: Path) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(path.read_text("utf-8"))
    except OSError:
        raise BookError(f"{path} is missing. Build the site first: make build") from None


def _url(path: Path, site: Path) -> str:
    folder = path.parent.relative_to(site).as_posix()
    return "" if folder == "." else f"{folder}/"


def _belongs(url: str, page: LexborHTMLParser) -> bool:
    if url in KEPT:
        return True
    if url in LEFT_OUT or url.startswith(LEFT_OUT_BELOW):
        return False
    return page.css_first(_PROGRAM) is None


def _said(page: LexborHTMLParser, selector: str, attribute: str = "content") -> str:
    found = page.css_first(selector)
    return (found.attributes.get(attribute) or "") if found is not None else ""


def _merge(item: _Item, listed: LexborNode, url: str) -> None:
    """Add what the menu of the page at `url` shows to what is known of the menu."""
    for line in listed.iter():
        link = next((each for each in line.iter() if each.tag == "a"), None)
        if line.tag != "li" or link is None:
            continue
        leads = Links({}, "https://site.invalid/").leads(link.attributes.get("href") or "", url)
        title = re.sub(r"\s+", " ", link.text()).strip()
        to = leads.removeprefix("https://site.invalid/")
        found = item.below.setdefault((title, to), _Item(title, to))
        for inner in line.iter():
            if inner.tag == "ul":
                _merge(found, inner, url)


def _entries(item: _Item, chapters: dict[str, Element]) -> Iterator[Entry]:
    for each in item.below.values():
        below = list(_entries(each, chapters))
        # A folder without a page of its own leads to its first page, which is among its children.
        own = chapters.get(each.url) if not any(child.url == each.url for child in each.below.values()) else None
        if own is not None:
            yield Entry(Chapter(name_of(each.url), each.title, each.url, own), below)
        elif len(below) == 1:
            yield below[0]
        elif below:
            name = f"part-{re.sub('[^a-z0-9]+', '-', each.title.lower()).strip('-')}"
            opening = new("section", "b-chapter b-opening", id=name)
            opening.append(new("h1", "b-h1", each.title))
            yield Entry(Chapter(name, each.title, "", opening), below)


def _walk(entries: list[Entry], depth: int) -> Iterator[tuple[int, Chapter]]:
    for entry in entries:
        yield depth, entry.chapter
        yield from _walk(entry.below, depth + 1)
