"""How much room the parts of a diagram need, and the question for Graphviz: where everything goes.

A diagram that is wider than a phone is laid out once more for it, from the same source: shorter lines, boxes closer to
each other, and the branches of one node on several levels, as far as it takes (`PHONE`).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any, Final

from guide.render import flowchart
from guide.render.flowchart import Edge, Flowchart

# All lengths are in pixels of the page.
WIDEST: Final = 720  # a little more than the column, into which the style sheet then fits it
SIZE: Final = 14.0
SMALL: Final = 12.5  # the text of arrows, the names of lanes
MARGIN: Final = 2.0
LINE: Final = 1.3  # the height of a line, in sizes
PHONE_WIDTH: Final = 409  # of 360 pixels, in the size that figures.css gives diagrams on a phone
SHRINKS: Final = 1.12  # up to so much wider, a picture shrinks into a phone: its letters can still be read
# For a letter that the face does not have.
UNKNOWN_WIDTH: Final = 1.0
# The names of lanes are set bolder than the widths that are kept.
BOLD: Final = 1.03


@dataclass(frozen=True, slots=True)
class Spacing:
    """How closely a diagram is set."""

    room: float  # how wide a line of a label may be
    room_of_edge: float
    room_of_lane: float
    apart: float  # between boxes side by side, in inches
    levels: int  # on which the branches of one node stand, so that not all of them are side by side


COLUMN: Final = Spacing(122, 104, 488, 0.32, 1)
# The first that fits is taken, so that what is nearly narrow enough changes least.
PHONE: Final = (
    Spacing(100, 100, 110, 0.16, 1),
    Spacing(84, 84, 110, 0.16, 1),
    Spacing(100, 100, 110, 0.16, 2),
    Spacing(84, 84, 110, 0.16, 2),
    Spacing(84, 84, 110, 0.16, 3),
    Spacing(70, 70, 110, 0.16, 3),
)


@cache
def _widths() -> dict[str, float]:
    """Return how wide each letter is, in sizes of the type; written by `python -m guide.fonts`."""
    widths: dict[str, float] = json.loads(Path(__file__).with_name("widths.json").read_text("utf-8"))
    return widths


def text_width(text: str, size: float) -> float:
    """Return how wide a line of text is in the face of diagrams."""
    known = _widths()
    return size * sum(known.get(letter, UNKNOWN_WIDTH) for letter in text)


def wrap(label: str, size: float, room: float) -> list[str]:
    """Return the lines of a label: as few as fit, and these about equally long."""
    return [line for part in flowchart.lines(label) for line in _wrap(part.split(), size, room)]


def _wrap(parts: list[str], size: float, room: float) -> list[str]:
    if not parts:
        return [""]
    narrowest = max(text_width(part, size) for part in parts)
    fewest = _filled(parts, size, max(room, narrowest))
    best = fewest
    while len(best) == len(fewest):
        # Narrower than its longest line, until one more line is needed.
        fewest, limit = best, max(text_width(line, size) for line in best) - 1
        if limit < narrowest:
            break
        best = _filled(parts, size, limit)
    return fewest


def _filled(parts: list[str], size: float, room: float) -> list[str]:
    done = [parts[0]]
    for part in parts[1:]:
        longer = f"{done[-1]} {part}"
        if text_width(longer, size) <= room:
            done[-1] = longer
        else:
            done.append(part)
    return done


@dataclass(frozen=True, slots=True)
class Box:
    """The room that some words need, and the words in lines."""

    lines: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a chart: of nodes by id, of edges and lanes by their place."""

    nodes: Mapping[str, Box]
    edges: tuple[Box, ...]
    groups: tuple[Box, ...]


def _text_box(label: str, size: float, room: float) -> Box:
    """Return the room of the words alone."""
    lines = tuple(wrap(label, size, room)) if label else ()
    width = max((text_width(line, size) for line in lines), default=0.0)
    return Box(lines, width, len(lines) * size * LINE)


def boxes_of(chart: Flowchart, spacing: Spacing = COLUMN) -> Boxes:
    return Boxes(
        {node.id: _node_box(node.label, node.shape, spacing.room) for node in chart.nodes},
        tuple(_text_box(edge.label, SMALL, spacing.room_of_edge) for edge in chart.edges),
        tuple(_text_box(group.title, SMALL * BOLD, spacing.room_of_lane) for group in chart.groups),
    )


# How much wider and higher than its words a shape is; the shapes that are not here are reckoned below.
_AROUND: Final = {"box": (22, 15), "round": (22, 15), "stadium": (30, 15), "hexagon": (40, 15), "store": (22, 27)}
CAP: Final = 6.0  # half the height of the lid of a store, half the width of the mouth of a queue


def _node_box(label: str, shape: str, room: float) -> Box:
    text = _text_box(label, SIZE, room)
    if shape == "decision":
        # A rhombus holds a rectangle of w × h when w/W + h/H ≤ 1.
        text = _text_box(label, SIZE, room * 0.85)
        height = 2 * text.height + 10
        return replace(text, width=(text.width + 10) / (1 - text.height / height), height=height)
    if shape == "circle":
        across = math.hypot(text.width, text.height) + 12
        return replace(text, width=across, height=across)
    wider, higher = (22 + 4 * CAP, 15) if shape == "queue" else _AROUND[shape]
    return replace(text, width=max(text.width + wider, 56), height=text.height + higher)


# The outline at which Graphviz ends an edge, where it is not that of the box.
_OUTLINES: Final = {"decision": "diamond", "circle": "ellipse"}


def to_dot(chart: Flowchart, boxes: Boxes, spacing: Spacing = COLUMN) -> str:
    """Return the question for Graphviz: boxes and arrows by number, without a word of the author."""
    number = {node.id: index for index, node in enumerate(chart.nodes)}
    place = {group.id: index for index, group in enumerate(chart.groups)}

    def node(index: int) -> str:
        this = chart.nodes[index]
        box = boxes.nodes[this.id]
        outline = _OUTLINES.get(this.shape, "box")
        return f"n{index} [shape={outline} width={box.width / 72:.4f} height={box.height / 72:.4f}]"

    def inside(group: str) -> list[str]:
        own = [number[each.id] for each in chart.nodes if each.group == group]
        written = [node(index) for index in own]
        if group and chart.groups[place[group]].across and len(own) > 1:
            written.append("{rank=same; " + "; ".join(f"n{index}" for index in own) + "}")
        for index, each in enumerate(chart.groups):
            if each.parent == group:
                title = _space(boxes.groups[index])
                written += [f"subgraph cluster_{index} {{", f"label={title}", *inside(each.id), "}"]
        return written

    written = inside("")
    back = loops(chart)
    branches: Counter[str] = Counter()
    for index, edge in enumerate(chart.edges):
        attributes = [f"id=e{index}"]
        if edge.tail in place:
            attributes.append(f"ltail=cluster_{place[edge.tail]}")
        if edge.head in place:
            attributes.append(f"lhead=cluster_{place[edge.head]}")
        if edge.label:
            attributes.append(f"label={_space(boxes.edges[index])}")
        tail, head = ends_of(chart, edge)
        if _lane_of(chart, tail) != _lane_of(chart, head) and any(group.across for group in chart.groups):
            # Lanes that run across stand below each other, and need not be shifted to make this arrow straight.
            attributes.append("weight=0")
        if level := branches[tail] % spacing.levels:
            attributes.append(f"minlen={1 + level}")
        branches[tail] += 1
        ends = [f"n{number[tail]}", f"n{number[head]}"]
        if index in back:
            # Down is where the source goes first: what leads back is laid out upside down, and drawn the right way.
            ends.reverse()
            attributes = [a.replace("ltail", "l-").replace("lhead", "ltail").replace("l-", "lhead") for a in attributes]
        written.append(f"{' -> '.join(ends)} [{' '.join(attributes)}]")
    way = "LR" if chart.sideways else "TB"
    settings = [
        f"graph [newrank=true rankdir={way} nodesep={spacing.apart} ranksep=0.42 compound=true margin=10 labeljust=l]",
        'node [fixedsize=true label=""]',
        "edge [dir=none]",
    ]
    return "digraph {\n" + "\n".join([*settings, *written]) + "\n}\n"


def crowded(chart: Flowchart, boxes: Boxes, laid: Mapping[str, Any]) -> bool:
    """Tell whether, as Graphviz laid a chart out, the text of an arrow covers another text."""

    def placed(each: Mapping[str, Any], key: str, box: Box) -> tuple[float, float, Box]:
        x, y = each[key].split(",")
        return float(x), float(y), box

    labels = [placed(each, "lp", boxes.edges[int(each["id"][1:])]) for each in laid.get("edges", []) if "lp" in each]
    nodes = [
        placed(each, "pos", boxes.nodes[chart.nodes[int(each["name"][1:])].id])
        for each in laid.get("objects", [])
        if "pos" in each
    ]
    return any(
        abs(x - u) < (box.width + other.width) / 2 and abs(y - v) < (box.height + other.height) / 2
        for (x, y, box), (u, v, other) in chain(combinations(labels, 2), product(labels, nodes))
    )


def loops(chart: Flowchart) -> set[int]:
    """Return the places of the edges that close a circle, when the nodes are followed in the order of the source."""
    onward: dict[str, list[tuple[int, str]]] = {node.id: [] for node in chart.nodes}
    for index, edge in enumerate(chart.edges):
        tail, head = ends_of(chart, edge)
        onward[tail].append((index, head))
    found: set[int] = set()
    done: set[str] = set()

    def follow(node: str, path: set[str]) -> None:
        done.add(node)
        for index, head in onward[node]:
            if head in path:
                found.add(index)
            elif head not in done:
                follow(head, path | {head})

    for node in chart.nodes:
        if node.id not in done:
            follow(node.id, {node.id})
    return found


def _lane_of(chart: Flowchart, node: str) -> str:
    return next(each.group for each in chart.nodes if each.id == node)


def _space(box: Box) -> str:
    """Return a label that takes up the room of some words and holds none."""
    size = f'fixedsize="true" width="{math.ceil(box.width) + 8}" height="{math.ceil(box.height) + 2}"'
    return f'<<table border="0" cellborder="0" cellpadding="0" cellspacing="0" {size}><tr><td></td></tr></table>>'


def within(chart: Flowchart, name: str) -> list[str]:
    """Return a node, or all nodes of a lane and of the lanes in it."""
    groups = {group.id: group for group in chart.groups}
    if name not in groups:
        return [name]
    inner = [group.id for group in chart.groups if group.parent == name]
    return [node.id for node in chart.nodes if node.group == name] + [n for each in inner for n in within(chart, each)]


def ends_of(chart: Flowchart, edge: Edge) -> tuple[str, str]:
    """Return the nodes between which an edge is drawn."""
    return within(chart, edge.tail)[-1], within(chart, edge.head)[0]
