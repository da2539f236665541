"""What stands before the first chapter: the cover, the title page, what this book is, and the contents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from guide.publish.book import Book, Chapter
from guide.publish.book_tree import SVG, new, xhtml

LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS: Final = f"Text CC BY 4.0 ({LICENSE}), code MIT"
COVER_SIZE: Final = (1600, 2400)
# The mark of the guide: an open ring with an arrow (overrides/assets/favicon.svg).
RING: Final = "M21.91 17.26A9.6 9.6 0 1 1 12.4 9.00H28"
ARROW: Final = "M24.6 4.40L29.4 9.00L24.6 13.60"


def cover(book: Book, fonts: str) -> str:
    """Return the page of which a picture is taken for the cover; `fonts` are the rules that load the faces."""
    edition = new("p", "b-edition", f"{book.long_day()} · CC BY 4.0")
    parts = (_mark(book), new("h1", "", book.title), new("p", "", book.subtitle()), edition)
    body = "".join(map(xhtml, parts))
    return f"<!doctype html><meta charset=utf-8><style>{fonts}{book.palette.own('cover.css')}</style><body>{body}"


def title_page(book: Book) -> Element:
    """Return the page with title, edition and license."""
    edition = f"As of {book.long_day()}" + (f", version {book.version}" if book.version else "")
    return new(
        "section",
        "b-front b-title",
        new("div", "b-mark", _mark(book)),
        new("h1", "b-h1", book.title),
        new("p", "b-subtitle", book.subtitle()),
        new("p", "b-edition", edition),
        id="title-page",
    )


def about(book: Book) -> Element:
    """Return the page that says how the book is read, and under which terms it is given."""
    address = new("a", "", book.address, href=book.address)
    paragraphs: list[list[str | Element]] = [
        [
            f"This is the whole guide for a train, a plane or a desk: every chapter, question, case, exercise and "
            f"notebook. {book.about}"
        ],
        [
            "Read a chapter for its idea, then go to its questions. Every answer stands open here, so cover the page, "
            "say yours aloud, and compare. Thirty seconds for the short answer, two minutes for the full one."
        ],
        [
            "Terms lead to their entry in the glossary. A figure is drawn with its first values; on the site "
            "it answers when you change them. The planner, the drills, the mock interviews and the editor that runs "
            "your code are on the site too."
        ],
        ["The site, where corrections come first: ", address, "."] if book.address else [],
        [
            "Text and figures may be shared and adapted, also commercially, under the ",
            new("a", "", "Creative Commons Attribution 4.0 International license", href=LICENSE),
            f", if you credit “{book.title}” and say what you changed. Code is under the MIT license. The faces of "
            "formulas and pictures are under the SIL Open Font License.",
        ],
    ]
    text = (new("p", "", *said) for said in paragraphs if said)
    return new("section", "b-front b-about", new("h1", "b-h1", "About this book"), *text, id="about-this-book")


def contents(chapters: Iterable[Chapter], numbers: dict[str, int], depth: int = 0) -> Element:
    """Return the list of parts and chapters, three levels deep; with page numbers where they are known."""
    made = new("ol", f"b-level-{depth}")
    for chapter in chapters:
        link = new("a", "", new("span", "b-entry", chapter.title), href=f"{chapter.name}.xhtml")
        if chapter.name in numbers:
            link.append(new("span", "b-number", str(numbers[chapter.name])))
        below = [contents(chapter.below, numbers, depth + 1)] if chapter.below else []
        made.append(new("li", "", link, *below))
    return made


def _mark(book: Book) -> Element:
    round_ends = {"stroke_width": "3", "stroke_linecap": "round", "stroke_linejoin": "round"}
    lines = (
        new("path", d=path, fill="none", stroke=book.palette.resolve(color), **round_ends)
        for path, color in ((RING, "var(--tl-ink)"), (ARROW, "var(--tl-accent)"))
    )
    return new("svg", "", *lines, xmlns=SVG, viewBox="0 0 32 32", width="96", height="96", aria_hidden="true")
