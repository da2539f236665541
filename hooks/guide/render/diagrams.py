"""Diagrams drawn at build: from Mermaid flowcharts to inline SVG that follows the page's colors and type.

Three steps. `guide.render.flowchart` reads the source, strictly. Graphviz (in Node, by WebAssembly) is asked where
everything goes, and for nothing else: it gets boxes with sizes and no words. The SVG is written here, with classes and
no colors, so that the page's style sheet decides both schemes, and with the text in the page's own face, whose widths
stand in `widths.json`; so no label overflows its box. Every part of the source has its place in the layout and is drawn
there, or the build stops (`layout.read`). What is wider than a phone is drawn a second time, for phones alone.

The fence is ```` ```mermaid alt="what is to be seen" caption="…" ````.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from guide.model.problems import Problem
from guide.render import fences, flowchart, layout
from guide.render.fences import Picture
from guide.render.flowchart import Edge, Flowchart, Group
from guide.render.layout import CAP, LINE, SIZE, SMALL, Box, Laid, Plan, Point
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.node import Drawing, Node, made_by


@dataclass(frozen=True)
class Drawn:
    """What came of a source: SVGs without their names, the second for phones where one is needed, or what is wrong."""

    svg: str = ""
    faults: tuple[Problem, ...] = ()
    phone: str = ""
    # Of the narrower one.
    width: float = 0.0


def draw(node: Node, sources: Iterable[str]) -> dict[str, Drawn]:
    """Return what comes of each source; those that are not kept from an earlier build are drawn together."""
    modules = [Path(__file__).with_name(name) for name in ("diagrams.py", "flowchart.py", "layout.py", "widths.json")]
    cache = Cache(node.cache_directory, "diagrams", key_of(made_by("layout"), hash_of_files(modules)))
    return cache.filled(
        {source: source for source in sources}, lambda new: _draw(node, new), lambda drawn: not drawn.faults
    )


def _draw(node: Node, sources: Iterable[str]) -> list[Drawn]:
    """Draw anew; all layouts of a kind are asked for at once."""
    found: dict[str, Drawn] = {}
    charts: dict[str, Flowchart] = {}
    for source in sources:
        chart, faults = flowchart.read(source)
        found[source] = Drawn(faults=tuple(faults))
        if chart is not None:
            charts[source] = chart
    found |= _drawn(node, charts, layout.COLUMN)
    for spacing in layout.PHONE:
        wide = {source: chart for source, chart in charts.items() if found[source].width > layout.PHONE_WIDTH}
        for source, again in _drawn(node, wide, spacing).items():
            first = found[source]
            if again.faults or again.width < first.width:
                found[source] = replace(first, faults=first.faults + again.faults, phone=again.svg, width=again.width)
    return list(found.values())


def _drawn(node: Node, charts: Mapping[str, Flowchart], spacing: layout.Spacing) -> dict[str, Drawn]:
    """Return what comes of each chart, save those that are too crowded when they are set for a phone."""
    plans = {source: layout.plan_of(chart, spacing) for source, chart in charts.items()}
    answers = node.draw("layout", [Drawing(layout.to_dot(plan)) for plan in plans.values()])
    found: dict[str, Drawn] = {}
    for (source, plan), answer in zip(plans.items(), answers, strict=True):
        try:
            laid = layout.read(plan, answer.html)
        except ValueError as error:
            said = f"it cannot be laid out ({answer.error or error})"
            found[source] = Drawn(faults=(Problem("", 1, said, "Draw it with fewer nodes"),))
            continue
        if spacing is not layout.COLUMN and layout.crowded(plan, laid):
            continue
        found[source] = Drawn(_svg(plan, laid), width=laid.width)
        if spacing is layout.COLUMN and laid.width > layout.WIDEST:
            said = f"the diagram is {laid.width:.0f} pixels wide, and the column holds {layout.WIDEST}"
            fix = "Shorten labels, or put fewer nodes side by side; `flowchart TD` runs down"
            found[source] = replace(found[source], faults=(Problem("", 1, said, fix),))
    return found


# ---- from fence to figure ----------------------------------------------------------------------------------------


_PLACEHOLDERS: Final = fences.Placeholders("diagram", Picture)
diagrams = _PLACEHOLDERS.found


def fence() -> dict[str, Any]:
    """Return the custom fence for diagrams, as pymdownx.superfences takes it."""
    return fences.picture_fence("mermaid", placeholder)


def placeholder(diagram: Picture) -> str:
    """Return the HTML that stands in the page until the diagram is drawn."""
    return _PLACEHOLDERS.mark(diagram, diagram.figcaption())


def replace_diagrams(page: str, drawn: Mapping[str, Drawn]) -> str:
    """Return the page with each diagram that was drawn in its place."""

    def shown(diagram: Picture) -> str | None:
        done = drawn.get(diagram.source)
        if done is None or done.faults:
            return None
        # Of two pictures the style sheet shows one, to the eye and to a screen reader.
        last = "tl-diagram__wide" if done.width > layout.SHRINKS * layout.PHONE_WIDTH else ""
        both = (_named(done.svg, diagram, "tl-diagram__column"), _named(done.phone, diagram, "tl-diagram__phone", last))
        pictures = "".join(both) if done.phone else _named(done.svg, diagram, last)
        return (
            f'<figure class="tl-diagram"><div class="tl-diagram__frame" tabindex="0" role="group" aria-label="Diagram">'
            f"{pictures}</div>{diagram.figcaption()}</figure>"
        )

    return _PLACEHOLDERS.replaced(page, shown)


def _named(svg: str, diagram: Picture, *classes: str) -> str:
    """Return a picture with its words."""
    kind = f'class="{" ".join(filter(None, classes))}" ' if any(classes) else ""
    # A browser that translates a page would change words and not the boxes around them.
    return svg.replace("<svg ", f'<svg {kind}role="img" translate="no" aria-label="{html.escape(diagram.alt)}" ', 1)


# ---- the picture -------------------------------------------------------------------------------------------------


def _svg(plan: Plan, laid: Laid) -> str:
    """Return the picture: every part in its place."""
    chart = plan.chart
    back: list[str] = []
    arrows: list[str] = []
    front: list[str] = []
    for name, places in laid.places.items():
        index, (x, y) = int(name[1:]), places[0]
        if name[0] == "g":
            room, title = _lane(chart.groups[index], plan.groups[index], places)
            back.append(room)
            front.append(title)
        elif name[0] == "n":
            node, box = chart.nodes[index], plan.nodes[index]
            # The lid of a store is no room for words.
            said = _text(box.lines, SIZE, CAP / 2 if node.shape == "store" else 0)
            front.append(
                f'<g class="tl-node tl-node--{node.shape}" data-id="{node.id}" transform="translate({_n(x)} {_n(y)})">'
                f"{_SHAPES[node.shape](box)}{said}</g>"
            )
        elif name[0] == "e":
            tail, head = (chart.nodes[end].id for end in plan.ends[index])
            arrows.append(_arrow(chart.edges[index], (tail, head), places))
        else:
            said = _text(plan.edges[index].lines, SMALL)
            front.append(
                f'<g class="tl-edge-label" data-edge="{index}" transform="translate({_n(x)} {_n(y)})">{said}</g>'
            )
    width, height = laid.width, laid.height
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{math.ceil(width)}" height="{math.ceil(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join([*back, *arrows, *front])}</svg>'


def _n(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _text(lines: Iterable[str], size: float, lower: float = 0.0) -> str:
    """Return the words, centered on the origin; the style sheet has those of a lane begin there."""
    said = list(lines)
    first = lower + size * (0.36 - LINE * (len(said) - 1) / 2)
    spans = [
        f'<tspan x="0" y="{_n(first + index * size * LINE)}">{html.escape(line, quote=False)}</tspan>'
        for index, line in enumerate(said)
    ]
    return f"<text>{''.join(spans)}</text>"


def _lane(group: Group, box: Box, places: list[Point]) -> tuple[str, str]:
    """Return the room of a lane and its name, which stands above the arrows that cross it."""
    (left, top), (right, low), (_, y) = places
    room = (
        f'<rect class="tl-lane__room" x="{_n(left)}" y="{_n(top)}" rx="8"'
        f' width="{_n(right - left)}" height="{_n(low - top)}"/>'
    )
    place = f"translate({_n(left + 12)} {_n(y)})"
    return room, f'<g class="tl-lane" data-id="{group.id}" transform="{place}">{_text(box.lines, SMALL)}</g>'


def _arrow(edge: Edge, ends: tuple[str, str], curve: list[Point]) -> str:
    """Return a curve with its heads."""
    heads = ""
    if edge.arrow:
        curve, drawn = _head(curve)
        heads += drawn
    if edge.both_ways:
        curve, drawn = _head(curve[::-1])
        curve, heads = curve[::-1], heads + drawn
    places = [f"{_n(x)} {_n(y)}" for x, y in curve]
    path = f"M{places[0]}C{' '.join(places[1:])}"
    line = f" tl-edge--{edge.line}" if edge.line != "solid" else ""
    names = f'data-from="{ends[0]}" data-to="{ends[1]}"'
    return f'<g class="tl-edge{line}" {names}><path d="{path}"/>{heads}</g>'


def _head(curve: list[Point]) -> tuple[list[Point], str]:
    """Return the curve, shortened, and the head at its end."""
    length, half = 9.0, 3.8
    (x, y), before = curve[-1], next((p for p in reversed(curve[:-1]) if math.dist(p, curve[-1]) > 0.5), (0.0, 0.0))
    distance = math.dist((x, y), before)
    dx, dy = (x - before[0]) / distance, (y - before[1]) / distance
    base = (x - length * dx, y - length * dy)
    corners = [(x, y), (base[0] - half * dy, base[1] + half * dx), (base[0] + half * dy, base[1] - half * dx)]
    drawn = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
    # The line ends within the head, so that its blunt end does not show at the tip.
    inner = (x - 0.7 * length * dx, y - 0.7 * length * dy)
    return [*curve[:-1], inner], f'<polygon points="{drawn}"/>'


def _rect(box: Box, radius: float) -> str:
    x, y = -box.width / 2, -box.height / 2
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="{_n(radius)}"/>'


def _polygon(*corners: Point) -> str:
    return f'<polygon points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in corners)}"/>'


def _decision(box: Box) -> str:
    x, y = box.width / 2, box.height / 2
    return _polygon((-x, 0), (0, -y), (x, 0), (0, y))


def _hexagon(box: Box) -> str:
    x, y = box.width / 2, box.height / 2
    return _polygon((-x, 0), (12 - x, -y), (x - 12, -y), (x, 0), (x - 12, y), (12 - x, y))


def _store(box: Box) -> str:
    x, y, high = box.width / 2, box.height / 2 - CAP, box.height - 2 * CAP
    lid = f"a{_n(x)} {_n(CAP)} 0 0"
    return (
        f'<path d="M{_n(-x)} {_n(-y)}v{_n(high)}{lid} 0 {_n(2 * x)} 0v{_n(-high)}{lid} 0 {_n(-2 * x)} 0"/>'
        f'<path d="M{_n(-x)} {_n(-y)}{lid} 0 {_n(2 * x)} 0"/>'
    )


def _queue(box: Box) -> str:
    """A store that lies down: first in, first out."""
    x, y, long = box.width / 2 - CAP, box.height / 2, box.width - 2 * CAP
    end = f"a{_n(CAP)} {_n(y)} 0 0"
    return (
        f'<path d="M{_n(-x)} {_n(-y)}h{_n(long)}{end} 1 0 {_n(2 * y)}h{_n(-long)}{end} 1 0 {_n(-2 * y)}"/>'
        f'<path d="M{_n(x)} {_n(-y)}{end} 0 0 {_n(2 * y)}"/>'
    )


_SHAPES: Final[dict[str, Callable[[Box], str]]] = {
    "box": lambda box: _rect(box, 5),
    "round": lambda box: _rect(box, 14),
    "stadium": lambda box: _rect(box, box.height / 2),
    "circle": lambda box: f'<circle r="{_n(box.width / 2)}"/>',
    "decision": _decision,
    "hexagon": _hexagon,
    "store": _store,
    "queue": _queue,
}
