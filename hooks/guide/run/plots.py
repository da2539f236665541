"""From the SVG that Matplotlib writes to that of a page.

Colors become variables of the theme, so that both color schemes work; text takes the page's font; ids are unique; sizes
are stated, so that nothing shifts; coordinates lose the digits that nobody can see. Figures of pages and plots of
notebooks go this way alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from guide.read.svg import svg_problems
from guide.run.plot_marks import share_marks, short, thin
from guide.run.worker_plots import PALETTE, PAPER

# A plot of more than this weighs more than the page around it.
MOST_BYTES: Final = 150_000

# Matplotlib's own first ten colors and its single letters: code that names them gets the theme's color in that place.
_NAMED: Final = {
    "#1f77b4": 1,
    "#ff7f0e": 2,
    "#2ca02c": 3,
    "#d62728": 7,
    "#9467bd": 4,
    "#8c564b": 5,
    "#e377c2": 7,
    "#bcbd22": 5,
    "#17becf": 6,
    "#0000ff": 1,
    "#ff0000": 2,
    "#008000": 3,
    "#ffa500": 5,
    "#800080": 4,
}
THEMED: Final = {color: f"var(--tl-plot-{n})" for n, color in enumerate(PALETTE, 1)} | {
    color: f"var(--tl-plot-{n})" for color, n in _NAMED.items()
}


def unpublishable(svg: str) -> str:
    """Say what to do about a plot that is more than a drawing, or has too many marks; nothing when it can be shown."""
    if wrong := svg_problems(svg):
        return f"{wrong[0].message}; {wrong[0].fix}"
    head = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    head = head[head.find("<svg") : head.find(">", head.find("<svg"))]
    if not all(re.search(rf"\s{side}=[\"'][\d.]+(?:pt|px)?[\"']", head) for side in ("width", "height")):
        return "the picture has no size; state `width` and `height` of its `<svg>` in points"
    size = len(svg) if len(svg) <= MOST_BYTES else len(themed(svg, "f", ""))
    if size <= MOST_BYTES:
        return ""
    return (
        f"the plot is {size // 1000} KB of SVG, and {MOST_BYTES // 1000} KB are allowed; "
        "draw fewer points, or pass `rasterized=True` to the call that draws them"
    )


def themed(svg: str, prefix: str, label: str) -> str:
    """Return Matplotlib's SVG as the page wants it. `prefix` makes its ids unique; `label` is its accessible name."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.partition("}")[2] or element.tag
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("metadata", "title", "style") or PAPER in child.get("style", ""):
                parent.remove(child)
    # Only ids that something refers to are kept; short ones, since each point of a scatter plot repeats its marker's.
    referenced = dict.fromkeys(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    names = {identity: f"{prefix}-{number}" for number, identity in enumerate(referenced)}
    for element in root.iter():
        _clean(element, names)
    _flatten(root)
    for path in root.iter("path"):
        path.set("d", thin(path.get("d", "")))
    share_marks(root)
    width, height = (float(root.get(side, "0").rstrip("ptx")) for side in ("width", "height"))
    root.attrib.clear()
    root.attrib.update(
        {
            "class": "tl-plot",
            "role": "img",
            "aria-label": label,
            # Points to CSS pixels.
            "width": f"{width * 4 / 3:.0f}",
            "height": f"{height * 4 / 3:.0f}",
            "viewBox": f"0 0 {short(width)} {short(height)}",
            "fill": "currentColor",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        }
    )
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element, names: Mapping[str, str]) -> None:
    """Rewrite the attributes of one element; `names` has the new ids by the old ones."""
    if element.tag == "text":
        _join_runs(element)
    for name in list(element.attrib):
        value = element.attrib.pop(name)
        name = name.partition("}")[2] or name
        if name == "id":
            if value not in names:
                continue
            value = names[value]
        elif name == "href" and value.startswith("#"):
            value = f"#{names[value[1:]]}"
        elif name == "clip-path":
            value = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{names[m[1]]})", value)
        elif name == "style":
            value = _style(value)
        elif name in ("d", "x", "y", "width", "height", "points", "transform"):
            value = _numbers(value)
            if value.startswith("rotate(0 "):
                continue
        if value:
            element.set(name, value)
    # White space between elements is Matplotlib's indentation; in text it was written out by _join_runs.
    if element.tag not in ("text", "tspan"):
        element.text = None
    element.tail = None


def _style(style: str) -> str:
    """Return a style with the theme's colors and without a font of its own."""
    kept = []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name in ("", "font-family", "font"):
            continue
        if name in ("fill", "stroke", "stop-color"):
            value = themed_color(value)
        kept.append(f"{name}:{value}")
    return ";".join(kept)


def themed_color(color: str) -> str:
    """Return a color for both schemes: the theme's for those of the palette, shades of the ink for grays."""
    if color in THEMED:
        return THEMED[color]
    gray = re.fullmatch(r"#([0-9a-f]{2})\1\1", color)
    if gray is None:
        return color
    ink = round((255 - int(gray[1], 16)) / 255 * 100)
    if ink == 100:
        return "currentColor"
    return f"color-mix(in srgb,currentColor {ink}%,var(--tl-paper))" if ink else "var(--tl-paper)"


def _numbers(value: str) -> str:
    """Round coordinates to what can be seen, and drop the line breaks between them.

    A hundredth of a point for shapes; a tenth for long curves, whose points lie close together.
    """
    digits = 2 if len(value) < 4000 else 1
    rounded = re.sub(r"-?\d+\.\d+(?:e-?\d+)?", lambda m: short(float(m[0]), digits), value)
    flat = " ".join(rounded.split())
    return re.sub(r" ?([MLQCHVZz]) ?", r"\1", flat).replace("rotate(-0 ", "rotate(0 ")


def _join_runs(text: ElementTree.Element) -> None:
    """Join the letters of a formula that Matplotlib placed one by one into runs, which take the page's font.

    Letters in the same size and style on the same line belong together; a run keeps the place of its first letter.
    """
    letters = list(text)
    if not letters:
        return
    text.text = None
    runs: list[ElementTree.Element] = []
    for letter in sorted(letters, key=lambda e: float(e.get("x", "0").split()[0])):
        text.remove(letter)
        character = letter.text or ""
        same = runs and (runs[-1].get("style"), runs[-1].get("y")) == (letter.get("style"), letter.get("y"))
        if same:
            runs[-1].text = (runs[-1].text or "") + character
        elif character.strip():
            runs.append(letter)
    text.extend(runs)


def _flatten(parent: ElementTree.Element) -> None:
    """Remove groups that say nothing, and definitions that are empty."""
    kept: list[ElementTree.Element] = []
    for child in list(parent):
        _flatten(child)
        if child.tag == "g" and not child.attrib:
            kept += list(child)
        elif not (child.tag == "defs" and len(child) == 0):
            kept.append(child)
    parent[:] = kept
