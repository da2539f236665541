"""Diagrams drawn at build: from Mermaid flowcharts to inline SVG that follows the page's colors and type.

Three steps. `guide.render.flowchart` reads the source, strictly. Graphviz (in Node, by WebAssembly) is asked where
everything goes, and for nothing else: it gets boxes with sizes and no words. The SVG is written here, with classes and
no colors, so that the page's style sheet decides both schemes, and with the text in the page's own face, whose widths
stand in `widths.json`; so no label overflows its box. Then the SVG is read again and compared with the source
(`differences`): what a picture leaves out or makes up stops the build. What is wider than a phone is drawn a second
time, for phones alone.

The fence is ```` ```mermaid alt="what is to be seen" caption="…" ````.
"""

from __future__ import annotations

import base64
import html
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.etree import ElementTree

from guide.model.problems import Problem
from guide.render import fences, flowchart
from guide.render.flowchart import Edge, Flowchart, Group, words
from guide.render.layout import (
    CAP,
    COLUMN,
    LINE,
    MARGIN,
    PHONE,
    PHONE_WIDTH,
    SHRINKS,
    SIZE,
    SMALL,
    WIDEST,
    Box,
    Boxes,
    Spacing,
    boxes_of,
    crowded,
    ends_of,
    loops,
    to_dot,
)
from guide.tools.node import Drawing, Node


@dataclass(frozen=True)
class Diagram:
    """A diagram as it waits in a rendered page: its source, its words, and options that there are not."""

    source: str
    alt: str
    caption: str
    unknown: str = ""


@dataclass(frozen=True)
class Drawn:
    """What came of a source: SVGs without their names, the second for phones where one is needed, or what is wrong."""

    svg: str = ""
    faults: tuple[Problem, ...] = ()
    phone: str = ""
    # Of the narrower one.
    width: float = 0.0


def draw(node: Node, sources: Iterable[str]) -> dict[str, Drawn]:
    """Return what comes of each source; all layouts of a kind are asked for at once."""
    found: dict[str, Drawn] = {}
    charts: dict[str, Flowchart] = {}
    for source in dict.fromkeys(sources):
        chart, faults = flowchart.read(source)
        if chart is None:
            found[source] = Drawn(faults=tuple(faults))
        else:
            charts[source] = chart
    found |= _drawn(node, charts, COLUMN)
    for spacing in PHONE:
        wide = {source: chart for source, chart in charts.items() if found[source].width > PHONE_WIDTH}
        for source, again in _drawn(node, wide, spacing).items():
            first = found[source]
            if again.faults or again.width < first.width:
                found[source] = replace(first, faults=first.faults + again.faults, phone=again.svg, width=again.width)
    return found


def _drawn(node: Node, charts: Mapping[str, Flowchart], spacing: Spacing) -> dict[str, Drawn]:
    """Return what comes of each chart, save those that are too crowded when they are set for a phone."""
    boxes = {source: boxes_of(chart, spacing) for source, chart in charts.items()}
    questions = [Drawing(to_dot(chart, boxes[source], spacing)) for source, chart in charts.items()]
    found: dict[str, Drawn] = {}
    for (source, chart), answer in zip(charts.items(), node.draw("layout", questions), strict=True):
        if answer.error:
            said = Problem("", 1, f"it cannot be laid out ({answer.error})", "Draw it with fewer nodes")
            found[source] = Drawn(faults=(said,))
            continue
        laid = json.loads(answer.html)
        if spacing is not COLUMN and crowded(chart, boxes[source], laid):
            continue
        svg, width = _svg(chart, boxes[source], laid)
        fix = "Report it: the drawing is at fault, not you"
        faults = [Problem("", 1, said, fix) for said in differences(chart, svg)]
        if spacing is COLUMN and width > WIDEST:
            fix = "Shorten labels, or put fewer nodes side by side; `flowchart TD` runs down"
            faults.append(Problem("", 1, f"the diagram is {width:.0f} pixels wide, and the column holds {WIDEST}", fix))
        found[source] = Drawn(svg, tuple(faults), width=width)
    return found


# ---- from fence to figure ----------------------------------------------------------------------------------------


def fence() -> dict[str, Any]:
    """Return the custom fence for diagrams, as pymdownx.superfences takes it."""

    def waiting(source: str, options: Mapping[str, str]) -> str:
        return placeholder(Diagram(source, options["alt"], options["caption"], options["unknown"]))

    return fences.fence("mermaid", waiting, "alt", "caption")


def placeholder(diagram: Diagram) -> str:
    """Return the HTML that stands in the page until the diagram is drawn; it carries the source along."""
    packed = base64.b64encode(diagram.source.encode()).decode()
    caption = f"<figcaption>{html.escape(diagram.caption)}</figcaption>" if diagram.caption else ""
    unknown = f' data-unknown="{html.escape(diagram.unknown)}"' if diagram.unknown else ""
    return (
        f'<figure class="tl-diagram" data-mermaid="{packed}" data-alt="{html.escape(diagram.alt)}"{unknown}>'
        f"{caption}</figure>"
    )


_PLACEHOLDER = re.compile(
    r'<figure class="tl-diagram" data-mermaid="(?P<source>[^"]*)" data-alt="(?P<alt>[^"]*)"'
    r'(?: data-unknown="(?P<unknown>[^"]*)")?>(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>',
    re.DOTALL,
)


def _diagram(match: re.Match[str]) -> Diagram:
    alt, caption, unknown = (html.unescape(match[name] or "") for name in ("alt", "caption", "unknown"))
    return Diagram(base64.b64decode(match["source"]).decode(), alt, caption, unknown)


def diagrams(page: str) -> list[Diagram]:
    """Return the diagrams that wait in a rendered page, in order."""
    return [_diagram(match) for match in _PLACEHOLDER.finditer(page)]


def replace_diagrams(page: str, drawn: Mapping[str, Drawn]) -> str:
    """Return the page with each diagram that was drawn in its place."""

    def put(match: re.Match[str]) -> str:
        diagram = _diagram(match)
        done = drawn.get(diagram.source)
        if done is None or done.faults:
            return match[0]
        caption = f"<figcaption>{html.escape(diagram.caption)}</figcaption>" if diagram.caption else ""
        # Of two pictures the style sheet shows one, to the eye and to a screen reader.
        last = "tl-diagram__wide" if done.width > SHRINKS * PHONE_WIDTH else ""
        both = (_named(done.svg, diagram, "tl-diagram__column"), _named(done.phone, diagram, "tl-diagram__phone", last))
        pictures = "".join(both) if done.phone else _named(done.svg, diagram, last)
        return (
            f'<figure class="tl-diagram"><div class="tl-diagram__frame" tabindex="0" role="group" aria-label="Diagram">'
            f"{pictures}</div>{caption}</figure>"
        )

    return _PLACEHOLDER.sub(put, page)


def _named(svg: str, diagram: Diagram, *classes: str) -> str:
    """Return a picture with its words."""
    kind = f'class="{" ".join(filter(None, classes))}" ' if any(classes) else ""
    # A browser that translates a page would change words and not the boxes around them.
    return svg.replace("<svg ", f'<svg {kind}role="img" translate="no" aria-label="{html.escape(diagram.alt)}" ', 1)


# ---- the picture -------------------------------------------------------------------------------------------------

Point = tuple[float, float]


def _svg(chart: Flowchart, boxes: Boxes, layout: Mapping[str, Any]) -> tuple[str, float]:
    """Return the SVG and its width. What is drawn is what the layout holds; `differences` looks for the rest."""
    left, low, right, top = (float(part) for part in layout["bb"].split(","))
    width, height = right - left + 2 * MARGIN, top - low + 2 * MARGIN

    def point(text: str) -> Point:
        x, y = text.split(",")
        return float(x) - left + MARGIN, top - float(y) + MARGIN

    back: list[str] = []
    front: list[str] = []
    names: dict[int, str] = {}
    for each in layout.get("objects", []):
        kind, _, index = each["name"].partition("cluster_")
        if index:
            group = chart.groups[int(index)]
            room, name = _lane(group, boxes.groups[int(index)], each, point)
            back.append(room)
            front.append(name)
        elif kind.startswith("n"):
            node = chart.nodes[int(kind[1:])]
            names[each["_gvid"]] = node.id
            shape = _SHAPES[node.shape](boxes.nodes[node.id])
            x, y = point(each["pos"])
            # The lid of a store is no room for words.
            said = _text(boxes.nodes[node.id].lines, SIZE, CAP / 2 if node.shape == "store" else 0)
            front.append(
                f'<g class="tl-node tl-node--{node.shape}" data-id="{node.id}" transform="translate({_n(x)} {_n(y)})">'
                f"{shape}{said}</g>"
            )
    arrows: list[str] = []
    turned = loops(chart)
    for each in layout.get("edges", []):
        index = int(each["id"][1:])
        edge = chart.edges[index]
        ends = (names[each["tail"]], names[each["head"]])
        curve = [point(part) for part in each["pos"].split(" ")]
        if index in turned:
            ends, curve = ends[::-1], curve[::-1]
        arrows.append(_arrow(edge, ends, curve))
        if edge.label:
            x, y = point(each["lp"])
            said = _text(boxes.edges[index].lines, SMALL)
            front.append(
                f'<g class="tl-edge-label" data-edge="{index}" transform="translate({_n(x)} {_n(y)})">{said}</g>'
            )
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{math.ceil(width)}" height="{math.ceil(height)}"'
    body = "".join([*back, *arrows, *front])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>', width


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


def _lane(group: Group, box: Box, laid: Mapping[str, Any], point: Callable[[str], Point]) -> tuple[str, str]:
    """Return the room of a lane and its name, which stands above the arrows that cross it."""
    left, low, right, high = laid["bb"].split(",")
    (left_x, low_y), (right_x, high_y) = point(f"{left},{low}"), point(f"{right},{high}")
    _, y = point(laid["lp"])
    room = (
        f'<rect class="tl-lane__room" x="{_n(left_x)}" y="{_n(high_y)}" rx="8"'
        f' width="{_n(right_x - left_x)}" height="{_n(low_y - high_y)}"/>'
    )
    place = f"translate({_n(left_x + 12)} {_n(y)})"
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


# ---- the lock ----------------------------------------------------------------------------------------------------


def differences(chart: Flowchart, svg: str) -> list[str]:
    """Return what the picture says otherwise than its source: nodes, lanes, arrows and their texts."""
    root = ElementTree.fromstring(svg)
    shown: dict[str, Counter[Any]] = {"node": Counter(), "lane": Counter(), "edge": Counter(), "edge-label": Counter()}
    for part in root.iter("{http://www.w3.org/2000/svg}g"):
        kind = part.get("class", "").split(" ")[0].removeprefix("tl-")
        said = words(" ".join(part.itertext()))
        if kind == "edge":
            shown[kind][part.get("data-from"), part.get("data-to")] += 1
        elif kind == "edge-label":
            edge = chart.edges[int(part.get("data-edge", ""))]
            shown[kind][*ends_of(chart, edge), said] += 1
        else:
            shown[kind][part.get("data-id"), said] += 1
    meant: dict[str, Counter[Any]] = {
        "node": Counter((node.id, words(node.label)) for node in chart.nodes),
        "lane": Counter((group.id, words(group.title)) for group in chart.groups),
        "edge": Counter(ends_of(chart, edge) for edge in chart.edges),
        "edge-label": Counter((*ends_of(chart, edge), words(edge.label)) for edge in chart.edges if edge.label),
    }
    names = {"node": "the node", "lane": "the lane", "edge": "the arrow", "edge-label": "the text of the arrow"}
    found = []
    for kind, name in names.items():
        found += [f"{name} {' '.join(what)} is not drawn" for what in (meant[kind] - shown[kind]).elements()]
        found += [f"{name} {' '.join(what)} is drawn and not in the source" for what in (shown[kind] - meant[kind])]
    return found
