"""The book as a PDF: one page for a browser to print, and what the printed file still lacks.

In the page, chapters come one after the other, with running heads and the numbers of pages in the contents. Headings
stand one level lower for each level that their chapter stands below a part, so that the outline which the browser
derives from them is the table of contents. How a chapter's head runs is said by a page of its own name, which is the
one way that browsers know.

A browser writes each of the million pieces of a tagged PDF in plain sight; packed, the file is less than half as large.
pikepdf is among the packages of the tests, like the browser's driver, so it is imported where it is used.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final
from xml.etree.ElementTree import Element

from guide.publish import book_front
from guide.publish.book import Book
from guide.publish.book_tree import XHTML, new, xhtml

# Letter first: most readers are in the United States, where it is the paper that printers hold. On A4 it prints with
# somewhat wider margins, while A4 on Letter would lose its foot.
PAPERS: Final = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
FACES: Final = (
    *("loop-serif", "loop-serif-italic", "loop-sans"),
    *("loop-math", "loop-math-signs", "loop-math-bold", "loop-math-rare"),
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
    contents = book_front.contents(book.parts, numbers)
    yield xhtml(_within(new("section", "b-front b-contents", new("h1", "b-h1", "Contents"), contents, id="contents")))
    for depth, chapter in book.chapters():
        section = _within(deepcopy(chapter.section))
        section.set("class", f"{section.get('class')} b-depth-{depth}")
        section.set("style", f"page: p-{chapter.name}")
        for each in section.iter():
            if match := _HEADING.fullmatch(each.tag):
                each.tag = f"h{min(6, int(match[1]) + depth)}"
        yield xhtml(section) + "\n"
    yield "</body></html>\n"


def page_numbers(pdf: bytes) -> dict[str, int]:
    """Return on which page, counted from 1, each place begins that something in the PDF links to."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        places = opened.Root.get("/Dests", pikepdf.Dictionary())
        return {name[1:]: numbers[place[0].objgen] for name, place in places.items()}


def packed(pdf: bytes, book: Book) -> bytes:
    """Return the PDF with its pieces packed, and with who made it, when, and on which terms."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata(set_pikepdf_as_editor=False) as about:
            about["dc:title"] = book.title
            about["dc:creator"] = [f"Contributors to {book.title}"]
            about["dc:description"] = book.about
            about["dc:language"] = ["en"]
            # Of the day of the book and not of the clock: what is made from the same pages looks the same.
            about["xmp:CreateDate"] = about["xmp:ModifyDate"] = f"{book.day.isoformat()}T00:00:00Z"
            about["dc:rights"] = book_front.RIGHTS
        opened.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return made.getvalue()


# ---- helpers -------------------------------------------------------------------------------------------------


def _within(section: Element) -> Element:
    """Let links to other chapters lead to their place on the one page."""
    for each in section.iter("a"):
        if match := _WITHIN.fullmatch(each.get("href", "")):
            each.set("href", f"#{match[2] or match[1]}")
    return section


def _heads(book: Book) -> Iterator[str]:
    part = ""
    for depth, chapter in book.chapters():
        part = chapter.title if depth == 0 else part
        left = json.dumps(part, ensure_ascii=False)
        right = json.dumps(chapter.title, ensure_ascii=False) if depth else '""'
        yield f"@page p-{chapter.name} {{ @top-left {{ content: {left} }} @top-right {{ content: {right} }} }}\n"
