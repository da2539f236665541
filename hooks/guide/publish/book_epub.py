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
    picture = new("div", "b-cover")
    width, height = book_front.COVER_SIZE
    picture.append(new("img", src="cover.jpg", alt=f"{book.title}: the cover", width=str(width), height=str(height)))
    contents = new("nav", "b-front b-contents", id="toc")
    contents.set("epub:type", "toc")
    contents.append(new("h1", "b-h1", "Contents"))
    contents.append(book_front.contents(book.entries, {}))
    first = book.entries[0].chapter
    marks = new("nav", hidden="hidden", id="landmarks")
    marks.set("epub:type", "landmarks")
    marks.append(new("h2", text="Landmarks"))
    listed = new("ol")
    for kind, href, name in (
        ("cover", "cover.xhtml", "Cover"),
        ("titlepage", "title-page.xhtml", "Title page"),
        ("toc", "contents.xhtml#toc", "Contents"),
        ("bodymatter", f"{first.name}.xhtml", first.title),
    ):
        line, link = new("li"), new("a", text=name, href=href)
        link.set("epub:type", kind)
        line.append(link)
        listed.append(line)
    marks.append(listed)
    return [
        _Part("cover.jpg", "image/jpeg", cover, "cover-image"),
        _page("cover", "Cover", picture),
        _page("title-page", book.title, book_front.title_page(book)),
        _page("about-this-book", "About this book", book_front.about(book)),
        _page("contents", "Contents", contents, marks, properties="nav"),
    ]


def _rest(book: Book, faces: Mapping[str, bytes]) -> list[_Part]:
    sheet = book.palette.faces("fonts", FONTS) + book.palette.sheet("book.css")
    return [
        _Part("book.css", "text/css", sheet.encode()),
        *(_Part(f"fonts/{name}.woff2", "font/woff2", faces[f"{name}.woff2"]) for name in FONTS),
        *(_Part(f"fonts/{name}", "text/plain", faces[name]) for name in LICENSES if name in faces),
    ]


def _page(name: str, title: str, *body: Element, properties: str = "") -> _Part:
    page = new("html", xmlns=XHTML, lang="en")
    page.set("xmlns:epub", OPS)
    page.set("xml:lang", "en")
    head, holds = new("head"), new("body")
    head.append(new("title", text=title))
    head.append(new("link", rel="stylesheet", type="text/css", href="book.css"))
    holds.extend(body)
    page.extend([head, holds])
    tags = {each.tag for part in body for each in part.iter()}
    found = {"math": "mathml", "svg": "svg"}
    listed = " ".join([*([properties] if properties else []), *(found[tag] for tag in sorted(tags & found.keys()))])
    data = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{xhtml(page)}\n'.encode()
    return _Part(f"{name}.xhtml", "application/xhtml+xml", data, listed, in_order=True)


def _package(book: Book, parts: list[_Part]) -> str:
    package = new("package", version="3.0", xmlns="http://www.idpf.org/2007/opf")
    package.attrib.update({"unique-identifier": "book-id", "xml:lang": "en", "prefix": "schema: http://schema.org/"})
    about = new("metadata")
    about.set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, book.address or book.title)
    for tag, text in (
        ("dc:title", book.title),
        ("dc:language", "en"),
        ("dc:creator", f"Contributors to {book.title}"),
        ("dc:publisher", book.title),
        ("dc:description", book.about),
        ("dc:date", book.day.isoformat()),
        ("dc:rights", f"Text CC BY 4.0 ({book_front.LICENSE}), code MIT"),
        *((("dc:source", book.address),) if book.address else ()),
    ):
        about.append(new(tag, text=text))
    about.insert(0, new("dc:identifier", text=f"urn:uuid:{identifier}", id="book-id"))
    about.append(new("meta", text=f"{book.day.isoformat()}T00:00:00Z", property="dcterms:modified"))
    about.extend(new("meta", text=text, property=f"schema:{name}") for name, text in _ACCESS)
    manifest, spine = new("manifest"), new("spine")
    for part in parts:
        item = new("item", id=part.id, href=part.path)
        item.set("media-type", part.kind)
        if part.properties:
            item.set("properties", part.properties)
        manifest.append(item)
        if part.in_order:
            spine.append(new("itemref", idref=part.id))
    package.extend([about, manifest, spine])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xhtml(package)}\n'
