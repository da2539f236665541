"""The book as an EPUB 3: a ZIP of XHTML chapters, one sheet, the faces, and two lists of what is there.

The container is a dozen lines of XML, so no library is asked to write it: those that exist read every chapter again
with a parser for the HTML of before SVG and MathML, and what they wrote had lost names like `viewBox`. Whether the
result is an EPUB is for EPUBCheck to say, which the tests ask.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from guide.publish import book_front
from guide.publish.book import Book
from guide.publish.book_tree import OPS, XHTML, new, xhtml

MIME: Final = "application/epub+zip"
FONTS: Final = ("loop-math", "loop-math-signs", "loop-math-bold", "loop-math-rare", "loop-sans")
LICENSES: Final = ("loop-math-license.txt", "loop-sans-license.txt")
# What is promised to readers who cannot see: https://www.w3.org/TR/epub-a11y-11/
_ACCESS: Final = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "MathML"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "Formulas are MathML. Plots and diagrams have a text in their place."),
)
_CONTAINER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""


@dataclass(frozen=True)
class _Part:
    """A file of the book as the manifest lists it."""

    path: str
    kind: str
    data: bytes
    properties: str = ""
    in_order: bool = False

    @property
    def id(self) -> str:
        return "i-" + self.path.replace("/", "-").replace(".", "-")


def epub(book: Book, cover: bytes, faces: Mapping[str, bytes]) -> bytes:
    """Return the file; `cover` is a JPEG, `faces` are the files of overrides/assets/fonts by their names."""
    chapters = (_page(chapter.name, chapter.title, chapter.section) for _, chapter in book.chapters())
    parts = [*_front(book, cover), *chapters, *_rest(book, faces)]
    made = io.BytesIO()
    moment = (book.day.year, book.day.month, book.day.day, 0, 0, 0)
    with zipfile.ZipFile(made, "w") as archive:

        def write(name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
            archive.writestr(zipfile.ZipInfo(name, moment), data, how, 9)

        # The first file says what this is, uncompressed, where a program looks for it.
        write("mimetype", MIME.encode(), zipfile.ZIP_STORED)
        write("META-INF/container.xml", _CONTAINER.encode())
        write("book/package.opf", _package(book, parts).encode())
        for part in parts:
            write(f"book/{part.path}", part.data)
    return made.getvalue()


# ---- helpers -------------------------------------------------------------------------------------------------


def _front(book: Book, cover: bytes) -> list[_Part]:
    width, height = map(str, book_front.COVER_SIZE)
    picture = new("img", src="cover.jpg", alt=f"{book.title}: the cover", width=width, height=height)
    listed = book_front.contents(book.parts, {})
    contents = new("nav", "b-front b-contents", new("h1", "b-h1", "Contents"), listed, id="toc", epub__type="toc")
    first = book.parts[0]
    marks = (
        new("li", "", new("a", "", name, href=href, epub__type=kind))
        for kind, href, name in (
            ("cover", "cover.xhtml", "Cover"),
            ("titlepage", "title-page.xhtml", "Title page"),
            ("toc", "contents.xhtml#toc", "Contents"),
            ("bodymatter", f"{first.name}.xhtml", first.title),
        )
    )
    inside = (new("h2", "", "Landmarks"), new("ol", "", *marks))
    landmarks = new("nav", "", *inside, hidden="hidden", id="landmarks", epub__type="landmarks")
    return [
        _Part("cover.jpg", "image/jpeg", cover, "cover-image"),
        _page("cover", "Cover", new("div", "b-cover", picture)),
        _page("title-page", book.title, book_front.title_page(book)),
        _page("about-this-book", "About this book", book_front.about(book)),
        _page("contents", "Contents", contents, landmarks, properties="nav"),
    ]


def _rest(book: Book, faces: Mapping[str, bytes]) -> list[_Part]:
    sheet = book.palette.faces("fonts", FONTS) + book.palette.sheet("book.css")
    return [
        _Part("book.css", "text/css", sheet.encode()),
        *(_Part(f"fonts/{name}.woff2", "font/woff2", faces[f"{name}.woff2"]) for name in FONTS),
        *(_Part(f"fonts/{name}", "text/plain", faces[name]) for name in LICENSES if name in faces),
    ]


def _page(name: str, title: str, *body: Element, properties: str = "") -> _Part:
    head = new("head", "", new("title", "", title), new("link", rel="stylesheet", type="text/css", href="book.css"))
    page = new("html", "", head, new("body", "", *body), xmlns=XHTML, lang="en", xmlns__epub=OPS, xml__lang="en")
    tags = {each.tag for part in body for each in part.iter()}
    found = [name for tag, name in (("math", "mathml"), ("svg", "svg")) if tag in tags]
    data = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{xhtml(page)}\n'.encode()
    return _Part(f"{name}.xhtml", "application/xhtml+xml", data, " ".join([properties, *found]).strip(), in_order=True)


def _package(book: Book, parts: list[_Part]) -> str:
    day = book.day.isoformat()
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, book.address or book.title)
    about = [
        new("dc:identifier", "", f"urn:uuid:{identifier}", id="book-id"),
        new("dc:title", "", book.title),
        new("dc:language", "", "en"),
        new("dc:creator", "", f"Contributors to {book.title}"),
        new("dc:publisher", "", book.title),
        new("dc:description", "", book.about),
        new("dc:date", "", day),
        new("dc:rights", "", book_front.RIGHTS),
        *([new("dc:source", "", book.address)] if book.address else []),
        new("meta", "", f"{day}T00:00:00Z", property="dcterms:modified"),
        *(new("meta", "", text, property=f"schema:{name}") for name, text in _ACCESS),
    ]
    items = (
        new("item", id=part.id, href=part.path, media_type=part.kind, properties=part.properties) for part in parts
    )
    package = new(
        "package",
        "",
        new("metadata", "", *about, xmlns__dc="http://purl.org/dc/elements/1.1/"),
        new("manifest", "", *items),
        new("spine", "", *(new("itemref", idref=part.id) for part in parts if part.in_order)),
        version="3.0",
        xmlns="http://www.idpf.org/2007/opf",
        unique_identifier="book-id",
        xml__lang="en",
        prefix="schema: http://schema.org/",
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xhtml(package)}\n'
