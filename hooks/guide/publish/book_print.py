"""The book as one page for a browser to print: chapters one after the other, running heads, the contents with numbers.

Headings stand one level lower for each level that their chapter stands below a part, so that the outline which the
browser derives from them is the table of contents. How a chapter's head runs is said by a page of its own name, which
is the one way that browsers know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final
from xml.etree.ElementTree import Element

from guide.publish import book_front
from guide.publish.book import Book, Chapter
from guide.publish.book_tree import XHTML, new, xhtml

# Letter first: most readers are in the United States, where it is the paper that printers hold. On A4 it prints with
# somewhat wider margins, while A4 on Letter would lose its foot.
PAPERS: Final = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
FACES: Final = (
    "loop-serif",
    "loop-serif-italic",
    "loop-sans",
    "loop-math",
    "loop-math-signs",
    "loop-math-bold",
    "loop-math-rare",
)
_HEADING: Final = re.compile(r"h([1-6])")
_WITHIN: Final = re.compile(r"([\w-]+)\.xhtml(?:#(.+))?")


def pages(book: Book, fonts: str, paper: str, numbers: dict[str, int]) -> Iterator[str]:
    """Yield the XHTML of the whole book, a piece at a time; `numbers` are the pages on which chapters begin."""
    sheet = book.palette.sheet("book.css", "print.css")
    rules = f"{book.palette.faces(fonts, FACES)}\n{sheet}\n@page {{ size: {PAPERS[paper]} }}\n{''.join(_heads(book))}"
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="{XHTML}" lang="en"><head><title>{book.title}</title>'
    yield f"<style><![CDATA[\n{rules}\n]]></style></head><body>\n"
    yield xhtml(book_front.title_page(book))
    yield xhtml(book_front.about(book))
    contents = new("section", "b-front b-contents", id="contents")
    contents.append(new("h1", "b-h1", "Contents"))
    contents.append(book_front.contents(book.entries, numbers))
    yield xhtml(_within(contents))
    for depth, chapter in book.chapters():
        section = _within(deepcopy(chapter.section))
        section.set("class", f"{section.get('class')} b-depth-{depth}")
        section.set("style", f"page: {_page_name(chapter)}")
        for each in section.iter():
            if match := _HEADING.fullmatch(each.tag):
                each.tag = f"h{min(6, int(match[1]) + depth)}"
        yield xhtml(section) + "\n"
    yield "</body></html>\n"


# ---- helpers -------------------------------------------------------------------------------------------------


def _within(section: Element) -> Element:
    """Let links to other chapters lead to their place on the one page."""
    for each in section.iter("a"):
        if match := _WITHIN.fullmatch(each.get("href", "")):
            each.set("href", f"#{match[2] or match[1]}")
    return section


def _page_name(chapter: Chapter) -> str:
    return f"p-{chapter.name}"


def _heads(book: Book) -> Iterator[str]:
    part = ""
    for depth, chapter in book.chapters():
        part = chapter.title if depth == 0 else part
        left = json.dumps(part, ensure_ascii=False)
        right = json.dumps(chapter.title, ensure_ascii=False) if depth else '""'
        yield f"@page {_page_name(chapter)} {{ @top-left {{ content: {left} }} @top-right {{ content: {right} }} }}\n"
