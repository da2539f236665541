"""Pictures of authors, with the size that their file says: nothing moves when one arrives, and none is fetched early.

Only the head of a file is read. Pillow knows the formats; of an SVG the root element is enough.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_IMAGE: Final = re.compile(r"<img\b[^>]*>")
_SRC: Final = re.compile(r'\bsrc="([^"]*)"')
_SVG: Final = re.compile(r"<svg\b[^>]*>")


def size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of a picture in pixels, or None when its file does not say."""
    if path.suffix == ".svg":
        return _svg_size(path)
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    """Return the size that the root of an SVG gives: its own, else that of its view box."""
    try:
        root = _SVG.search(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    if root is None:
        return None
    sides = [re.search(rf'\s{side}="([\d.]+)(?:px)?"', root[0]) for side in ("width", "height")]
    box = re.search(r'\sviewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"', root[0])
    try:
        if sides[0] and sides[1]:
            return round(float(sides[0][1])), round(float(sides[1][1]))
        return (round(float(box[1])), round(float(box[2]))) if box else None
    except ValueError:
        return None


def sized(html: str, url: str, docs: Path) -> str:
    """Return the HTML of the page at an address, each picture with its size and fetched when it is near."""

    def marked(match: re.Match[str]) -> str:
        tag = match[0]
        src = _SRC.search(tag)
        found = None
        if src is not None and not src[1].startswith("data:") and "width=" not in tag and "height=" not in tag:
            name = posixpath.normpath(posixpath.join(url, unquote(urlsplit(src[1]).path)))
            found = None if name.startswith((".", "/")) else size(docs / name)
        added = f' width="{found[0]}" height="{found[1]}"' if found else ""
        lazy = "" if "loading=" in tag else ' loading="lazy"'
        end = "/>" if tag.endswith("/>") else ">"
        return tag.removesuffix(end).rstrip() + added + lazy + (" />" if end == "/>" else end)

    return _IMAGE.sub(marked, html) if "<img" in html else html
