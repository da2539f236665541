"""Where a listing stands, and the Markdown that it is made of."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from guide.model.catalogue import Catalogue, Page
from guide.model.views import round_name

_SPECIAL = re.compile(r"([\\`*_{}\[\]$|#])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listing stands: the catalogue, the repository, the page (`src`, below docs/) and the heading's level."""

    catalogue: Catalogue
    root: Path
    src: str
    level: int = 1

    def to(self, src: str) -> str:
        """Return the relative path from this page to another, as an author would write it."""
        return posixpath.relpath(src, posixpath.dirname(self.src) or ".")

    def link(self, page: Page, text: str = "", anchor: str = "") -> str:
        """Return a Markdown link to a page."""
        target = self.to(page.src) + (f"#{anchor}" if anchor else "")
        return f"[{text or escape(page.title)}]({target})"

    def heading(self, text: str, anchor: str = "", deeper: int = 1) -> str:
        """Return a heading below the one before the listing."""
        attributes = f" {{ #{anchor} }}" if anchor else ""
        return f"{'#' * min(self.level + deeper, 6)} {text}{attributes}"


Listing = Callable[[Place], str]


def escape(text: str) -> str:
    """Return plain text as Markdown that shows it unchanged."""
    return _SPECIAL.sub(r"\\\1", text).replace("<", "&lt;")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table, or nothing when it has no rows; the cells are Markdown."""
    columns, lines = list(head), [list(row) for row in rows]
    every = [columns, ["---"] * len(columns), *lines] if lines else []
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in every)


def entry(term: str, text: str) -> str:
    """Return an entry of a definition list."""
    return f"{term}\n:   {text}"


def round_link(place: Place, name: str, anchor: str = "") -> str:
    """Return a round's name in its color, as a link when it has a chapter; `anchor` begins with `#` and ends so."""
    chapter = place.catalogue.round_chapter(name)
    title = escape(round_name(place.catalogue, name))
    text = place.link(chapter, title) if chapter is not None else f"**{title}**"
    return f"{text}{{ {anchor}.tl-tag .tl-tag--round .tl-round--{name} }}"


def hours(minutes: float) -> str:
    """Return a length of time in words: `1 h 30 min`."""
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest} min" if rest else f"{whole} h"


def size(length: int) -> str:
    """Return how large a file of so many bytes is, as a reader says it."""
    return f"{length / 1e6:.1f} MB" if length >= 950_000 else f"{max(1, round(length / 1000))} KB"
