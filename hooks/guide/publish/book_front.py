"""What stands before the first chapter: the cover, the title page, what this book is, and the contents."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from guide.publish.book import Book, Entry
from guide.publish.book_tree import SVG, new, xhtml

LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
COVER_SIZE: Final = (1600, 2400)
# The mark of the guide: an open ring with an arrow (overrides/assets/favicon.svg).
RING: Final = "M21.91 17.26A9.6 9.6 0 1 1 12.4 9.00H28"
ARROW: Final = "M24.6 4.40L29.4 9.00L24.6 13.60"


def cover(book: Book, fonts: str) -> str:
    """Return the page of which a picture is taken for the cover; `fonts` are the rules that load the faces."""
    edition = new("p", "b-edition", f"{book.long_day()} · CC BY 4.0")
    parts = (_mark(book), new("h1", text=book.title), new("p", text=_subtitle(book)), edition)
    body = "".join(map(xhtml, parts))
    return f"<!doctype html><meta charset=utf-8><style>{fonts}{book.palette.own('cover.css')}</style><body>{body}"


def title_page(book: Book) -> Element:
    """Return the page with title, edition and license."""
    page = new("section", "b-front b-title", id="title-page")
    mark = new("div", "b-mark")
    mark.append(_mark(book))
    edition = f"As of {book.long_day()}" + (f", version {book.version}" if book.version else "")
    page.append(mark)
    page.append(new("h1", "b-h1", book.title))
    page.append(new("p", "b-subtitle", _subtitle(book)))
    page.append(new("p", "b-edition", edition))
    return page


def about(book: Book) -> Element:
    """Return the page that says how the book is read, and under which terms it is given."""
    page = new("section", "b-front b-about", id="about-this-book")
    page.append(new("h1", "b-h1", "About this book"))
    paragraphs = [
        f"This is the whole guide for a train, a plane or a desk: every chapter, question, case, exercise and "
        f"notebook. {book.about}",
        "Read a chapter for its idea, then go to its questions. Every answer stands open here, so cover the page, say "
        "yours aloud, and compare. Thirty seconds for the short answer, two minutes for the full one.",
        "Terms lead to their entry in the glossary. A figure is drawn with its first values; on the site "
        "it answers when you change them. The planner, the drills, the mock interviews and the editor that runs your "
        "code are on the site too.",
    ]
    for text in paragraphs:
        page.append(new("p", text=text))
    if book.address:
        page.append(_linked("The site, where corrections come first: ", book.address, book.address, "."))
    page.append(
        _linked(
            "Text and figures may be shared and adapted, also commercially, under the ",
            LICENSE,
            "Creative Commons Attribution 4.0 International license",
            f", if you credit “{book.title}” and say what you changed. Code is under the MIT license. The faces of "
            "formulas and pictures are under the SIL Open Font License.",
        )
    )
    return page


def contents(entries: list[Entry], numbers: dict[str, int], depth: int = 0) -> Element:
    """Return the list of parts and chapters, three levels deep; with page numbers where they are known."""
    made = new("ol", f"b-level-{depth}")
    for entry in entries:
        line = new("li")
        link = new("a", href=f"{entry.chapter.name}.xhtml")
        link.append(new("span", "b-entry", entry.chapter.title))
        if entry.chapter.name in numbers:
            link.append(new("span", "b-number", str(numbers[entry.chapter.name])))
        line.append(link)
        if entry.below:
            line.append(contents(entry.below, numbers, depth + 1))
        made.append(line)
    return made


# ---- helpers -------------------------------------------------------------------------------------------------


def _mark(book: Book) -> Element:
    drawn = new("svg", xmlns=SVG, viewBox="0 0 32 32", width="96", height="96")
    drawn.set("aria-hidden", "true")
    for path, color in ((RING, "var(--tl-ink)"), (ARROW, "var(--tl-accent)")):
        line = new("path", d=path, fill="none", stroke=book.palette.resolve(color))
        line.attrib.update({"stroke-width": "3", "stroke-linecap": "round", "stroke-linejoin": "round"})
        drawn.append(line)
    return drawn


def _subtitle(book: Book) -> str:
    first, _, _ = book.about.partition(". ")
    return first.rstrip(".")


def _linked(before: str, href: str, text: str, after: str) -> Element:
    paragraph = new("p", text=before)
    link = new("a", text=text, href=href)
    link.tail = after
    paragraph.append(link)
    return paragraph
