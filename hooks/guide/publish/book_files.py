"""Where a finished book lies, and how it comes to the site: what is in dist/ is published by the next build.

Like the packages of the coding gym, the book is not part of every build: printing it takes minutes and a browser. The
workflow that publishes makes it first. Without it, the page that would offer it says so and links to nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from guide.publish.place import Place, size

FOLDER: Final = "dist"
EPUB: Final = "the-training-loop.epub"
PDF: Final = "the-training-loop.pdf"
# Where they stand on the site.
_PUBLISHED: Final = "book"


def published(root: Path) -> dict[str, Path]:
    """Return the files of the book that are there, by their paths on the site."""
    return {f"{_PUBLISHED}/{name}": path for name in (EPUB, PDF) if (path := root / FOLDER / name).is_file()}


def listing(place: Place) -> str:
    """Return the links to the files with their sizes, or that there are none."""
    names = {".epub": "EPUB", ".pdf": "PDF"}
    links = [
        f"[{names[path.suffix]}, {size(path.stat().st_size)}]({place.to(src)})"
        for src, path in published(place.root).items()
    ]
    if not links:
        return "This copy of the site was published without its book. In the repository, `make book` makes both files."
    return f"**The whole guide as a book:** {', '.join(links)}."
