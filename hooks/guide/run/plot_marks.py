"""Fewer elements and fewer points for what a plot shows.

A scatter plot of Matplotlib is one element per point, and an area keeps hundreds of points on a straight edge. A page
with five such plots is half drawing, and a phone waits for it. Here the points of a group become the vertices of one
path, whose marker draws each of them, and points that change nothing visible leave a path. What is seen stays the same.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree

# In points, 1/72 inch: an eighth of a CSS pixel.
_UNSEEN: Final = 0.1
# Two vertices would do; below this the elements are lighter than the marker.
_FEWEST: Final = 6

Point = tuple[float, float]


def short(number: float, digits: int = 2) -> str:
    """Return a number of SVG with at most so many decimals, and no zero that says nothing."""
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def share_marks(root: ElementTree.Element) -> None:
    """Turn every group of equal marks into one path with a marker, in place.

    Each mark is still painted by itself, so half-transparent marks that overlap stay darker there.
    """
    for group in list(root.iter("g")):
        uses = list(group)
        if len(uses) < _FEWEST or {use.tag for use in uses} != {"use"}:
            continue
        rest = {tuple(sorted((k, v) for k, v in use.attrib.items() if k not in ("x", "y"))) for use in uses}
        if len(rest) != 1:
            continue
        common = dict(rest.pop())
        shape = common["href"].removeprefix("#")
        marker = ElementTree.Element("marker", {"id": f"{shape}-{_count(root, shape)}", "overflow": "visible"})
        # What the marker draws takes its colors from where the marker stands, not from the path.
        marker.set("markerUnits", "userSpaceOnUse")
        marker.set("style", common.get("style", ""))
        ElementTree.SubElement(marker, "use", {"href": common["href"]})
        places = [(float(use.get("x", "0")), float(use.get("y", "0"))) for use in uses]
        drawn = f"stroke:none;fill:none;marker:url(#{marker.get('id')})"
        group[:] = [marker, ElementTree.Element("path", {"d": _drawn(places), "style": drawn})]


def _count(root: ElementTree.Element, shape: str) -> int:
    """How many markers of this shape there are: an id of its own for the next."""
    return sum(marker.get("id", "").startswith(f"{shape}-") for marker in root.iter("marker"))


def thin(path: str) -> str:
    """Return an SVG path without the vertices that a straight line between their neighbors passes through.

    Ramer (1972), Douglas and Peucker (1973): keep the vertex farthest from the chord while it can be seen, and split
    there. Paths with curves are returned as they are.
    """
    if not re.fullmatch(r"(?:[ML]-?[\d.]+ -?[\d.]+|[zZ])+", path):
        return path
    parts: list[str] = []
    for start, inner, end in re.findall(r"M([^MLzZ]+)((?:L[^MLzZ]+)*)([zZ]?)", path):
        points = [(float(x), float(y)) for x, y in (text.split() for text in [start, *inner.split("L")[1:]])]
        parts.append(_drawn([points[i] for i in _kept(points)]) + end)
    return "".join(parts)


def _drawn(points: list[Point]) -> str:
    """Return the path through the points: the first by its place, each other by its steps from the one before.

    Steps are shorter than places, by a twentieth of a whole page. A tenth of a point is enough for a curve and for
    marks; shapes of a few corners may be small.
    """
    digits = 1 if len(points) > _FEWEST else 2
    rounded = [(round(x, digits), round(y, digits)) for x, y in points]
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(rounded)]
    pairs = [f"{short(x, digits)} {short(y, digits)}" for x, y in [rounded[0], *steps]]
    return f"M{pairs[0]}" + (f"l{' '.join(pairs[1:])}" if steps else "").replace(" -", "-")


def _kept(points: list[Point]) -> list[int]:
    """Return the indices of the vertices to keep, in order; the first and the last are always among them."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda i: _distance(points[i], points[first], points[last]), default=first)
        if farthest != first and _distance(points[farthest], points[first], points[last]) > _UNSEEN:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return sorted(kept)


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from the segment between two others, in the unit of the coordinates."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    dx, dy = x1 - x0, y1 - y0
    along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy or 1)
    along = min(1.0, max(0.0, along))
    return float(((x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2) ** 0.5)
