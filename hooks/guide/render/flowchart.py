"""Flowcharts in the syntax of Mermaid: from a source to what it says, strictly.

Authors know Mermaid's flowcharts and other sites draw them too, so their syntax is kept; but only a small part of the
language is read, and whatever is not understood is refused with its line. A picture that says less than its source
would be worse than none: nobody compares the two.

What is read: `flowchart TD` or `LR`; nodes `a[Label]` in eight shapes, of which `[( )]` is a store and `[[ ]]` a queue;
arrows `-->`, `-.->`, `==>`, lines `---`, `-.-`, `===`, both ways `<-->`, with `|text|` or `-- text -->`; chains and
`&`; `subgraph id ["Title"] … end` for lanes, with `direction` across the chart's own; comments. A label that holds
brackets, braces or bars stands in double quotation marks, and may then hold anything but these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from guide.model.problems import FileProblems, Problem

MOST_NODES: Final = 16
# With lanes, the eye has a grid to hold on to.
MOST_NODES_IN_LANES: Final = 24
MOST_SIDEWAYS: Final = 5
# Deep nesting and long lines are no pictures.
MOST_TEXT: Final = 8_000


@dataclass(frozen=True, slots=True)
class Node:
    """A box, its words, its shape (a value of SHAPES) and the id of the lane that it stands in, or nothing."""

    id: str
    label: str
    shape: str = "box"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow or line between two nodes or lanes."""

    tail: str
    head: str
    label: str = ""
    line: str = "solid"
    arrow: bool = True
    both_ways: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A lane; `across` when its nodes stand side by side in a chart that runs down (or the other way round)."""

    id: str
    title: str
    parent: str = ""
    across: bool = False


@dataclass(frozen=True, slots=True)
class Flowchart:
    """What a source says."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...] = ()
    sideways: bool = False


# The names of the shapes, by the brackets around a label; what begins like another stands before it.
SHAPES: Final[dict[tuple[str, str], str]] = {
    ("([", "])"): "stadium",
    ("[(", ")]"): "store",
    ("[[", "]]"): "queue",
    ("((", "))"): "circle",
    ("{{", "}}"): "hexagon",
    ("[", "]"): "box",
    ("(", ")"): "round",
    ("{", "}"): "decision",
}

_ID = r"[A-Za-z]\w*(?:-\w+)*"
_LABEL = r'[ \t]*(?:"[^"]*"|[^"\[\](){}|/\\][^"\[\](){}|]*)[ \t]*'
# The group that matched last names the shape, and holds the label.
_NODE = re.compile(
    rf"(?P<id>{_ID})(?:"
    + "|".join(rf"{re.escape(left)}(?P<{shape}>{_LABEL}){re.escape(right)}" for (left, right), shape in SHAPES.items())
    + ")?"
)
_END = r"(?![-=>.]|(?<!>)[xo])"
_LINK = re.compile(rf"(?P<back><?)(?P<arrow>--[->]|-\.->?|==[=>]){_END}(?:[ \t]*\|(?P<text>{_LABEL})\|)?")
_LINK_WITH_TEXT = re.compile(
    r'(?P<back><?)(?P<stroke>--|-\.|==)[ \t]+(?P<text>"[^"]*"|[^"|\[\](){}]+?)[ \t]+'
    rf"(?P<arrow>--[->]|\.->?|==[=>]){_END}"
)
_HEAD = re.compile(r"(?:flowchart|graph)[ \t]+(?P<way>TD|TB|LR);?")
_SUBGRAPH = re.compile(rf"subgraph[ \t]+(?P<id>{_ID})(?:[ \t]*\[(?P<title>{_LABEL})\])?;?")
_DIRECTION = re.compile(r"direction[ \t]+(?P<way>TD|TB|LR);?")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)

_OF_ITS_OWN = (
    "a diagram has no settings, styles, links or titles of its own",
    "Remove it: colors and type come from the page, links stand in the text, and `alt` says what is to be seen",
)
_NOT_READ = re.compile(r"%%\{|(?:classDef|class|style|linkStyle|click|href|accTitle|accDescr)[ \t:]+[^-=<&;\s]")
_FORM = (
    "Write `a[Label] --> b` or `a -->|why| b`; a label that holds brackets, braces or bars goes in quotation marks:"
    ' `a["f(x)"]`'
)


def lines(label: str) -> list[str]:
    """Return the lines of a label as its author broke them."""
    return [" ".join(line.split()) for line in _BREAK.split(label)]


def read(source: str) -> tuple[Flowchart | None, list[Problem]]:
    """Return what a source says, or everything in it that cannot be drawn as its author means it. Never raises."""
    if len(source) > MOST_TEXT:
        return None, [Problem("", 1, f"the diagram has {len(source):,} characters", "Draw the part that matters")]
    written = [(number, line.strip()) for number, line in enumerate(source.split("\n"), start=1)]
    written = [(number, line) for number, line in written if line and (not line.startswith("%%") or "%%{" in line)]
    if not written:
        return None, [Problem("", 1, "the diagram is empty", "Write a flowchart between the fences, or remove them")]
    reader = _Reader()
    for number, line in written:
        try:
            reader.statement(number, line)
        except _FaultError as error:
            reader.faults.add(number, *error.args)
            if reader.sideways is None:
                # Of another language nothing is understood.
                return None, reader.faults
    chart = reader.chart()
    return (None if reader.faults else chart), sorted(reader.faults, key=lambda fault: fault.line)


# ---- helpers -----------------------------------------------------------------------------------------------------


class _FaultError(Exception):
    """A line that cannot be read."""

    def __init__(self, message: str, fix: str = _FORM) -> None:
        super().__init__(message, fix)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _said(label: str) -> str:
    """Return what stands between two brackets or bars, without its quotation marks."""
    text = label.strip().strip('"').strip()
    if not any(lines(text)):
        raise _FaultError("a label is empty", "Say what it is, or leave it out with what is around it")
    return text


def _link(rest: str) -> tuple[Edge, str]:
    """Read an arrow with its text; return it without its ends, and what follows it."""
    match = _LINK.match(rest)
    if match is None:
        match = _LINK_WITH_TEXT.match(rest)
        # The second half of an arrow goes on as the first began: `-. text .->`.
        if match is None or match["stroke"][1] != match["arrow"][0]:
            raise _FaultError(f"`{_short(rest)}` is not understood")
    label = _said(match["text"]) if match["text"] is not None else ""
    line = "dotted" if "." in match["arrow"] else "thick" if "=" in match["arrow"] else "solid"
    arrow, both_ways = match["arrow"].endswith(">"), bool(match["back"])
    if both_ways and not arrow:
        raise _FaultError("an arrow that points backward is not drawn", "Turn it around: `b --> a`")
    return Edge("", "", label, line, arrow, both_ways), rest[match.end() :].lstrip()


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    # Not known before the first line was read.
    sideways: bool | None = None
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[int, Edge]] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    # The line in which a node comes first, or a lane begins.
    first: dict[str, int] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    faults: FileProblems = field(default_factory=FileProblems)

    def statement(self, number: int, line: str) -> None:
        """Read one line."""
        if _NOT_READ.match(line):
            raise _FaultError(*_OF_ITS_OWN)
        if self.sideways is None:
            match = _HEAD.fullmatch(line)
            if match is None:
                fix = "Begin with `flowchart TD` or `LR`; nothing else is drawn: states are nodes, messages are arrows"
                raise _FaultError(f"the diagram begins with `{_short(line)}`", fix)
            self.sideways = match["way"] == "LR"
        elif line.rstrip(";") == "end":
            if not self.open:
                raise _FaultError("`end` without a `subgraph`", "Remove it")
            self.open.pop()
        elif re.match(r"subgraph\b", line):
            self.subgraph(number, line)
        elif re.match(r"direction\b", line):
            self.direction(line)
        else:
            self.chain(number, line)

    def subgraph(self, number: int, line: str) -> None:
        match = _SUBGRAPH.fullmatch(line)
        # Though it is not understood, so that its `end` is not told as well.
        parent, name = self.open[-1] if self.open else "", match["id"] if match else ""
        self.open.append(name)
        if match is None:
            raise _FaultError(f"`{_short(line)}` is not understood", 'Write `subgraph id["Title"]`')
        if name in self.groups:
            raise _FaultError(f"there are two subgraphs `{name}`", "Give each an id of its own")
        self.groups[name] = Group(name, name if match["title"] is None else _said(match["title"]), parent)
        self.first[name] = number

    def direction(self, line: str) -> None:
        match = _DIRECTION.fullmatch(line)
        if match is None:
            raise _FaultError(f"`{_short(line)}` is not understood", "Write `direction LR` or `direction TB`")
        if not self.open:
            raise _FaultError("`direction` outside of a `subgraph`", "Say it in the first line: `flowchart TD`")
        if (match["way"] == "LR") != self.sideways and (group := self.groups.get(self.open[-1])):
            self.groups[group.id] = replace(group, across=True)

    def chain(self, number: int, line: str) -> None:
        """Read nodes and the arrows between them."""
        tails, rest = self.several(number, line.removesuffix(";").rstrip())
        while rest:
            if rest.startswith(";"):
                raise _FaultError(f"`{_short(rest)}` after the end of a line is not understood", "One line for each")
            edge, rest = _link(rest)
            heads, rest = self.several(number, rest)
            self.edges += [(number, replace(edge, tail=tail, head=head)) for tail in tails for head in heads]
            tails = heads

    def several(self, number: int, rest: str) -> tuple[list[str], str]:
        """Read nodes with `&` between them; return their ids, and what follows them."""
        found: list[str] = []
        while not found or rest.startswith("&"):
            rest = rest.removeprefix("&" if found else "").lstrip()
            match = _NODE.match(rest)
            if match is None or match["id"] in ("end", "subgraph"):
                raise _FaultError(f"a node is expected here: `{_short(rest)}`" if rest else "a node is missing")
            after = rest[match.end() :]
            if after.startswith(("[", "(", "{")):
                raise _FaultError(f"the label of `{match['id']}` is not understood: `{_short(after)}`")
            if after.startswith((":::", "@{")):
                raise _FaultError(*_OF_ITS_OWN)
            shape = match.lastgroup or "id"
            node = Node(match["id"], "") if shape == "id" else Node(match["id"], _said(match[shape]), shape)
            self.meet(number, node)
            found.append(match["id"])
            rest = after.lstrip()
        return found, rest

    def meet(self, number: int, node: Node) -> None:
        """Remember a node, wherever it is named."""
        self.first.setdefault(node.id, number)
        group = self.open[-1] if self.open else ""
        known = self.nodes.get(node.id, node)
        if node.label and known.label and (node.label, node.shape) != (known.label, known.shape):
            fix = "Write the label once, where the node comes first"
            raise _FaultError(f"the node `{node.id}` has two labels, `{known.label}` and `{node.label}`", fix)
        if group and known.group and group != known.group:
            fix = "Write arrows between lanes after the lanes, outside of them"
            raise _FaultError(f"the node `{node.id}` is in two subgraphs, `{known.group}` and `{group}`", fix)
        self.nodes[node.id] = replace(known if known.label else node, group=known.group or group)

    def chart(self) -> Flowchart:
        """Return what was read; tell what only the whole shows."""
        for name in self.open:
            self.faults.add(self.first.get(name, 1), "a `subgraph` is never closed", "Add `end`")
        for name in self.groups.keys() & self.nodes.keys():
            # A lane may be named in an arrow; a node of the same name may not be beside it.
            if self.nodes[name].label:
                said = f"`{name}` is a node and a subgraph"
                self.faults.add(self.first[name], said, "Give each an id of its own")
        nodes = (node for node in self.nodes.values() if node.id not in self.groups)
        chart = Flowchart(
            tuple(replace(node, label=node.label or node.id) for node in nodes),
            tuple(edge for _, edge in self.edges),
            tuple(self.groups.values()),
            bool(self.sideways),
        )
        if not self.faults:
            # What stands in a line that was not understood is not missing.
            self.find_missing(chart)
        self.find_unfit(chart)
        return chart

    def find_missing(self, chart: Flowchart) -> None:
        if not chart.nodes:
            self.faults.add(1, "the flowchart has no nodes", "Add lines such as `a[Label] --> b[Label]`")
        holding = {part.group for part in chart.nodes} | {part.parent for part in chart.groups}
        for group in chart.groups:
            if group.id not in holding:
                self.faults.add(self.first[group.id], f"the subgraph `{group.id}` holds no node", "Remove it")

    def find_unfit(self, chart: Flowchart) -> None:
        # A lane stands after the one that it is in.
        around: dict[str, set[str]] = {"": set()}
        for name, group in [(g.id, g.parent) for g in chart.groups] + [(n.id, n.group) for n in chart.nodes]:
            around[name] = {name, *around.get(group, ())}
        for number, edge in self.edges:
            ends = {edge.tail, edge.head}
            if ends & self.groups.keys() and (ends <= around[edge.tail] or ends <= around[edge.head]):
                self.faults.add(number, "an arrow joins a subgraph with what is in it", "Name the nodes that it joins")
        count = len(chart.nodes)
        most = MOST_NODES_IN_LANES if chart.groups else MOST_NODES
        if count > most:
            lanes = "" if chart.groups else f", or {MOST_NODES_IN_LANES} in subgraphs"
            fix = f"Keep it to {most}{lanes}, or make two diagrams: more cannot be read in the column"
            self.faults.add(1, f"the flowchart has {count} nodes", fix)
        elif chart.sideways and count > MOST_SIDEWAYS:
            fix = f"Use `flowchart TD`: sideways, more than {MOST_SIDEWAYS} nodes cannot be read on a phone"
            self.faults.add(1, f"the flowchart runs sideways with {count} nodes", fix)
