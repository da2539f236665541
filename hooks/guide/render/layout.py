"""How much room the parts of a diagram need, and the question for Graphviz: where everything goes.

A diagram that is wider than a phone is laid out once more for it, from the same source: shorter lines, boxes closer to
each other, and the branches of one node on several levels, as far as it takes (`PHONE`).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from typing import Final

from guide.render import flowchart
from guide.render.flowchart import Flowchart

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
    filled: list[str] = []
    narrower = _filled(parts, size, room)
    while narrower != filled and len(narrower) <= len(filled or narrower):
        filled = narrower
        narrower = _filled(parts, size, max(text_width(line, size) for line in filled) - 1)
    return filled


def _filled(parts: list[str], size: float, room: float) -> list[str]:
    """Return lines that are filled in turn; a word that is wider than the room has a line of its own."""
    done = parts[:1] or [""]
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
class Plan:
    """What is to be laid out: a chart, and by the places of its parts their boxes and where its edges are drawn."""

    chart: Flowchart
    spacing: Spacing
    nodes: list[Box]
    edges: list[Box]
    groups: list[Box]
    # The nodes between which each edge is drawn: an edge of a lane begins at its last node, or ends at its first.
    ends: list[tuple[int, int]]


def plan_of(chart: Flowchart, spacing: Spacing = COLUMN) -> Plan:
    """Return what is to be laid out, set as closely as `spacing` says."""
    within = {group.id: _within(chart, group.id) for group in chart.groups}
    within |= {node.id: [index] for index, node in enumerate(chart.nodes)}
    return Plan(
        chart,
        spacing,
        [_node_box(node.label, node.shape, spacing.room) for node in chart.nodes],
        [_text_box(edge.label, SMALL, spacing.room_of_edge) for edge in chart.edges],
        [_text_box(group.title, SMALL * BOLD, spacing.room_of_lane) for group in chart.groups],
        [(within[edge.tail][-1], within[edge.head][0]) for edge in chart.edges],
    )


def _within(chart: Flowchart, lane: str) -> list[int]:
    """Return the places of all nodes of a lane and of the lanes in it."""
    own = [index for index, node in enumerate(chart.nodes) if node.group == lane]
    return own + [n for group in chart.groups if group.parent == lane for n in _within(chart, group.id)]


def _text_box(label: str, size: float, room: float) -> Box:
    """Return the room of the words alone."""
    lines = tuple(wrap(label, size, room)) if label else ()
    width = max((text_width(line, size) for line in lines), default=0.0)
    return Box(lines, width, len(lines) * size * LINE)


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


def to_dot(plan: Plan) -> str:
    """Return the question for Graphviz: boxes and arrows by number, without a word of the author."""
    chart = plan.chart
    place = {group.id: index for index, group in enumerate(chart.groups)}

    def inside(lane: str) -> list[str]:
        own = [index for index, node in enumerate(chart.nodes) if node.group == lane]
        written = []
        for index in own:
            box, outline = plan.nodes[index], _OUTLINES.get(chart.nodes[index].shape, "box")
            written.append(f"n{index} [shape={outline} width={box.width / 72:.4f} height={box.height / 72:.4f}]")
        if lane and chart.groups[place[lane]].across and len(own) > 1:
            written.append("{rank=same; " + "; ".join(f"n{index}" for index in own) + "}")
        for index, group in enumerate(chart.groups):
            if group.parent == lane:
                title = f"label={_space(plan.groups[index])}"
                written += [f"subgraph cluster_{index} {{", title, *inside(group.id), "}"]
        return written

    written = inside("")
    back = loops(plan)
    branches: Counter[int] = Counter()
    for index, (edge, ends) in enumerate(zip(chart.edges, plan.ends, strict=True)):
        tail, head = ends
        attributes = {"id": f"e{index}"}
        if edge.label:
            attributes["label"] = _space(plan.edges[index])
        if chart.nodes[tail].group != chart.nodes[head].group and any(group.across for group in chart.groups):
            # Lanes that run across stand below each other, and need not be shifted to make this arrow straight.
            attributes["weight"] = "0"
        if level := branches[tail] % plan.spacing.levels:
            attributes["minlen"] = str(1 + level)
        branches[tail] += 1
        # Down is where the source goes first: what leads back is laid out upside down, and drawn the right way.
        way = -1 if index in back else 1
        tail, head = ends[::way]
        for key, name in zip(("ltail", "lhead"), (edge.tail, edge.head)[::way], strict=True):
            if name in place:
                attributes[key] = f"cluster_{place[name]}"
        written.append(f"n{tail} -> n{head} [{' '.join(f'{key}={value}' for key, value in attributes.items())}]")
    settings = [
        f"graph [newrank=true rankdir={'LR' if chart.sideways else 'TB'} nodesep={plan.spacing.apart} ranksep=0.42"
        " compound=true margin=10 labeljust=l]",
        'node [fixedsize=true label=""]',
        "edge [dir=none]",
    ]
    return "digraph {\n" + "\n".join([*settings, *written]) + "\n}\n"


def _space(box: Box) -> str:
    """Return a label that takes up the room of some words and holds none."""
    size = f'fixedsize="true" width="{math.ceil(box.width) + 8}" height="{math.ceil(box.height) + 2}"'
    return f'<<table border="0" cellborder="0" cellpadding="0" cellspacing="0" {size}><tr><td></td></tr></table>>'


def loops(plan: Plan) -> set[int]:
    """Return the places of the edges that close a circle, when the nodes are followed in the order of the source."""
    found: set[int] = set()
    done: set[int] = set()

    def follow(node: int, path: set[int]) -> None:
        done.add(node)
        for index, (tail, head) in enumerate(plan.ends):
            if tail == node and head in path:
                found.add(index)
            elif tail == node and head not in done:
                follow(head, path | {head})

    for node in range(len(plan.nodes)):
        if node not in done:
            follow(node, {node})
    return found


# ---- the answer --------------------------------------------------------------------------------------------------

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """Where everything goes, from the upper left corner.

    The places of the parts are named by kind and number: of a node (`n0`) its middle; of a lane (`g0`) two corners and
    the middle of its name; of an edge (`e0`) its curve, and of the text of an edge (`t0`) its middle.
    """

    width: float
    height: float
    places: dict[str, list[Point]]


def read(plan: Plan, answer: str) -> Laid:
    """Return what Graphviz answered; raise ValueError when a part of the chart has no place in it."""
    said = json.loads(answer)
    left, low, right, top = (float(part) for part in said["bb"].split(","))

    def points(text: str) -> list[Point]:
        pairs = (pair.split(",") for pair in text.split(" "))
        return [(float(x) - left + MARGIN, top - float(y) + MARGIN) for x, y in pairs]

    places: dict[str, list[Point]] = {}
    for each in said.get("objects", []):
        name = each["name"]
        if name.startswith("cluster_"):
            lane_left, lane_low, lane_right, lane_top = each["bb"].split(",")
            corners = f"{lane_left},{lane_top} {lane_right},{lane_low}"
            places[name.replace("cluster_", "g")] = points(f"{corners} {each['lp']}")
        elif name.startswith("n"):
            places[name] = points(each["pos"])
    back = loops(plan)
    for each in said.get("edges", []):
        index = int(each["id"][1:])
        places[f"e{index}"] = points(each["pos"])[:: -1 if index in back else 1]
        if "lp" in each:
            places[f"t{index}"] = points(each["lp"])
    wanted = {f"t{index}" for index, box in enumerate(plan.edges) if box.lines}
    for kind, parts in (("n", plan.nodes), ("g", plan.groups), ("e", plan.edges)):
        wanted |= {f"{kind}{index}" for index in range(len(parts))}
    if places.keys() != wanted:
        raise ValueError("the layout leaves out a part, or makes one up")
    return Laid(right - left + 2 * MARGIN, top - low + 2 * MARGIN, places)


def crowded(plan: Plan, laid: Laid) -> bool:
    """Tell whether, as a chart was laid out, the text of an arrow covers another text."""
    texts = [(*at[0], plan.edges[int(name[1:])]) for name, at in laid.places.items() if name[0] == "t"]
    nodes = [(*at[0], plan.nodes[int(name[1:])]) for name, at in laid.places.items() if name[0] == "n"]
    return any(
        abs(x - u) < (box.width + other.width) / 2 and abs(y - v) < (box.height + other.height) / 2
        for (x, y, box), (u, v, other) in chain(combinations(texts, 2), product(texts, nodes))
    )
