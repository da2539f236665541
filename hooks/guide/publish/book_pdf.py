"""What is asked of a printed book, and what it still lacks: numbers of pages, a description, and packing.

A browser writes each of the million pieces of a tagged PDF in plain sight; packed, the file is less than half as large.
pikepdf is among the packages of the tests, like the browser's driver, so it is imported where it is used.
"""

from __future__ import annotations

import io

from guide.publish import book_front
from guide.publish.book import Book


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
            about["dc:rights"] = f"Text CC BY 4.0 ({book_front.LICENSE}), code MIT"
        opened.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return made.getvalue()
