"""Plots: drawn from code at build, published as inline SVG that wears the theme.

An author writes a ```` ```figure alt="…" caption="…" ```` fence with Matplotlib code. The fence becomes a placeholder
that carries everything needed to draw it (so that pages whose rendering was cached need no second look at their
source); the figures of the whole site are then drawn together in the warm process, and put in place.

What Matplotlib writes is made fit for a page: colors become variables of the theme, so that both color schemes work;
text takes the page's font; ids are unique; sizes are stated, so that nothing shifts; coordinates lose the digits
that nobody can see. Plots of notebooks go the same way (guide.render.notebooks).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from importlib import import_module
from textwrap import shorten
from typing import Any, Final
from xml.etree import ElementTree

from guide.run.runner import Job, Outcome, Runner, fingerprint, why
from guide.run.worker import PALETTE, PAPER
from guide.tools.cache import Cache, key_of

FIGURE_LIMIT: Final = 20.0
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

_PLACEHOLDER: Final = re.compile(r'<div class="tl-figure-source" data-figure="(?P<spec>[^"]*)"></div>')


@dataclass(frozen=True)
class Figure:
    """One figure fence. `unknown` names the options that it should not have."""

    source: str
    alt: str
    caption: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class Drawn:
    """What came of a figure: the SVG as Matplotlib wrote it, or the line in its code and the fault."""

    svg: str = ""
    line: int = 0
    fault: str = ""


# ---- the fence ---------------------------------------------------------------------------------------------------


def placeholder(figure: Figure) -> str:
    """Return the HTML that stands for a figure until it is drawn."""
    spec = json.dumps(astuple(figure), ensure_ascii=False)
    return f'<div class="tl-figure-source" data-figure="{html.escape(spec)}"></div>'


def figures(page: str) -> list[Figure]:
    """Return the figures of a rendered page that wait to be drawn."""
    return [_figure(match["spec"]) for match in _PLACEHOLDER.finditer(page)]


def _figure(spec: str) -> Figure:
    return Figure(*json.loads(html.unescape(spec)))


def draw(wanted: Iterable[Figure], runner: Runner, cache: Cache) -> dict[Figure, Drawn]:
    """Draw every figure once; those drawn before, by the same code with the same tools, come from the cache."""
    tools = fingerprint()
    keys = {figure: key_of(tools, figure.source) for figure in wanted}
    known = cache.get_many(keys.values())
    missing = {figure.source: figure for figure, key in keys.items() if key not in known}
    outcomes = runner.run(
        [
            Job("figure", {"source": s}, FIGURE_LIMIT, f"the figure “{shorten(f.alt, 60, placeholder='…')}”")
            for s, f in missing.items()
        ]
    )
    fresh = {source: _drawn(outcome) for source, outcome in zip(missing, outcomes, strict=True)}
    cache.put_many({key_of(tools, source): d.svg.encode() for source, d in fresh.items() if not d.fault})
    return {
        figure: Drawn(known[key].decode()) if key in known else fresh[figure.source] for figure, key in keys.items()
    }


def _drawn(outcome: Outcome) -> Drawn:
    if outcome.result is None:
        return Drawn(fault=why(outcome, FIGURE_LIMIT))
    if outcome.result["fault"] is not None:
        return Drawn(line=outcome.result["fault"]["line"], fault=outcome.result["fault"]["message"])
    svg: str = outcome.result["svg"]
    unfit = unpublishable(svg)
    return Drawn(fault=unfit) if unfit else Drawn(svg)


def unpublishable(svg: str) -> str:
    """Say what to do about a plot that is more than a drawing, or has too many marks; nothing when it can be shown."""
    names = set(_TAG_NAME.findall(svg)) - _DRAWN
    if names:
        return f"the plot holds `<{min(names)[:40]}>`; draw with shapes and text, without links (`url=`)"
    if reach := _REACHES.search(svg):
        return f"the plot reaches out or reacts (`{reach[0].strip()[:40]}`); draw with shapes and text"
    size = len(svg) if len(svg) <= MOST_BYTES else len(themed(svg, "f", ""))
    if size <= MOST_BYTES:
        return ""
    return (
        f"the plot is {size // 1000} KB of SVG, and {MOST_BYTES // 1000} KB are allowed; "
        "draw fewer points, or pass `rasterized=True` to the call that draws them"
    )


def replace_figures(page: str, drawn: Mapping[Figure, Drawn]) -> str:
    """Put the drawings in place of their placeholders, each with its caption and its code."""
    count = 0

    def put(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        figure = _figure(match["spec"])
        picture = framed(themed(drawn[figure].svg, f"f{count}", figure.alt))
        caption = f"<figcaption>{html.escape(figure.caption)}</figcaption>" if figure.caption else ""
        code = highlighted(figure.source)
        return (
            f'<figure class="tl-figure">{picture}{caption}</figure>'
            f'<details class="tl-figure-code"><summary>Code of this figure</summary>{code}</details>'
        )

    return _PLACEHOLDER.sub(put, page)


def framed(svg: str) -> str:
    """Return a plot in a box that scrolls sideways, by keyboard too, where the screen is too narrow for its text."""
    return f'<div class="tl-plot-frame" role="group" tabindex="0" aria-label="Plot">{svg}</div>'


def highlighted(source: str, language: str = "python") -> str:
    """Return code as the fences of pages show it: the same highlighter, the same markup."""
    highlight: Any = import_module("pymdownx.highlight")  # Not typed.
    highlighter = highlight.Highlight(None, pygments_lang_class=True)
    shown: str = highlighter.highlight(source, language, "highlight")
    return shown


def line_of(figure: Figure, text: str) -> int:
    """Return the line of a page's text on which the code of a figure starts; 1 when it came from elsewhere."""
    from guide.run.codeblocks import fences

    found = [f.line + 1 for f in fences(text) if f.language == "figure" and f.body.strip() == figure.source.strip()]
    return found[0] if found else 1


# What Matplotlib draws with. Everything else is a link, a script or foreign content, whoever made the SVG.
_TAG_NAME = re.compile(r"<(?!/)(?!!DOCTYPE[^\[>]*>)(?!\?xml )(?!!--)([^\s/>]*)")
# fmt: off
_DRAWN: Final = frozenset({
    "svg", "g", "defs", "style", "path", "use", "clipPath", "rect", "image", "text", "tspan", "title", "metadata",
    "pattern", "linearGradient", "radialGradient", "stop", "circle", "ellipse", "line", "polygon", "polyline", "filter",
    "feComponentTransfer", "feFuncA", "feFuncR", "feFuncG", "feFuncB",
})
# fmt: on
_REACHES = re.compile(
    r"\son[a-z]+\s*=\s*[\"']|href\s*=\s*[\"'](?!#|data:image/png;base64,)|url\((?!#)|@import", re.IGNORECASE
)

# ---- from Matplotlib's SVG to ours ---------------------------------------------------------------------------------


def themed(svg: str, prefix: str, label: str) -> str:
    """Return Matplotlib's SVG as the page wants it. `prefix` makes its ids unique; `label` is its accessible name."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.partition("}")[2] or element.tag
    for defs in [e for e in root.iter("defs") if e.find("style") is not None]:
        defs.remove(_child(defs, "style"))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("metadata", "title") or PAPER in child.get("style", ""):
                parent.remove(child)
    # Only ids that something refers to are kept; short ones, since each point of a scatter plot repeats its marker's.
    referenced = dict.fromkeys(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    names = {identity: f"{prefix}-{number}" for number, identity in enumerate(referenced)}
    for element in root.iter():
        _clean(element, names)
    _flatten(root)
    _share_styles(root)
    width, height = (float(root.get(side, "0").removesuffix("pt")) for side in ("width", "height"))
    root.attrib.clear()
    root.attrib.update(
        {
            "class": "tl-plot",
            "role": "img",
            "aria-label": label,
            # Points to CSS pixels. It shrinks with the column, but not so far that its text cannot be read.
            "style": f"min-width:min({width * 4 / 3:.0f}px,27rem)",
            "width": f"{width * 4 / 3:.0f}",
            "height": f"{height * 4 / 3:.0f}",
            "viewBox": f"0 0 {_short(width)} {_short(height)}",
            "fill": "currentColor",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        }
    )
    return ElementTree.tostring(root, encoding="unicode")


def _child(parent: ElementTree.Element, tag: str) -> ElementTree.Element:
    child = parent.find(tag)
    assert child is not None
    return child


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


def _short(number: float, digits: int = 2) -> str:
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _numbers(value: str) -> str:
    """Round coordinates to what can be seen, and drop the line breaks between them.

    A hundredth of a point for shapes; a tenth for long curves, whose points lie close together.
    """
    digits = 2 if len(value) < 4000 else 1
    rounded = re.sub(r"-?\d+\.\d+(?:e-?\d+)?", lambda m: _short(float(m[0]), digits), value)
    flat = " ".join(rounded.split())
    return re.sub(r" ?([MLQCHVZz]) ?", r"\1", flat).replace("rotate(-0 ", "rotate(0 ")


def _join_runs(text: ElementTree.Element) -> None:
    """Join the letters of a formula that Matplotlib placed one by one into runs, which take the page's font.

    Letters in the same size and style on the same line belong together; a run keeps the place of its first letter.
    """
    letters = list(text)
    if not letters:
        return
    for letter in letters:
        letter.tag = letter.tag.partition("}")[2] or letter.tag
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


def _share_styles(root: ElementTree.Element) -> None:
    """Move a style that all marks of a group have to the group: a scatter plot repeats it for every point."""
    for group in root.iter("g"):
        marks = list(group)
        styles = {mark.get("style", "") for mark in marks}
        if len(marks) > 1 and len(styles) == 1 and "style" not in group.attrib and {m.tag for m in marks} == {"use"}:
            group.set("style", styles.pop())
            for mark in marks:
                mark.attrib.pop("style", None)
