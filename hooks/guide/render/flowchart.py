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
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from guide.model.problems import Problem

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


# By opening bracket, longest first: the closing bracket and the name of the shape.
SHAPES: Final[dict[str, tuple[str, str]]] = {
    "([": ("])", "stadium"),
    "[(": (")]", "store"),
    "[[": ("]]", "queue"),
    "((": ("))", "circle"),
    "{{": ("}}", "hexagon"),
    "[": ("]", "box"),
    "(": (")", "round"),
    "{": ("}", "decision"),
}
# The stroke of an arrow: how it is drawn, how it goes on after a text in its middle, and that with a head.
_STROKES: Final = {"--": ("solid", "--"), "-.": ("dotted", ".-"), "==": ("thick", "==")}

_SPACE = re.compile(r"[ \t]+")
_ID = re.compile(r"[A-Za-z]\w*(?:-\w+)*")
_SHAPE = re.compile(r"\(\[|\[\(|\[\[|\(\(|\{\{|[\[({]")
_QUOTED = re.compile(r'"(?P<text>[^"]*)"')
_PLAIN = re.compile(r'(?P<text>[^"\[\](){}|/\\][^"\[\](){}|]*)')
_LINK = re.compile(r"(?P<back><?)(?P<stroke>--|-\.|==)(?P<end>->|[->=])(?![-=>.]|(?<!>)[xo])")
_LINK_WITH_TEXT = re.compile(
    r"(?P<back><?)(?P<stroke>--|-\.|==)[ \t]+(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\"|\[\](){}]+?))[ \t]+"
    r"(?P<end>-->|---|\.->|\.-|==>|===)(?![-=>.]|(?<!>)[xo])"
)
_HEAD = re.compile(r"(?:flowchart|graph)[ \t]+(?P<way>TD|TB|LR|BT|RL);?")
_SUBGRAPH = re.compile(r"subgraph[ \t]+(?P<id>[A-Za-z]\w*(?:-\w+)*)(?:[ \t]*\[(?P<title>.+)\])?;?")
_DIRECTION = re.compile(r"direction[ \t]+(?P<way>TD|TB|LR|BT|RL);?")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]\w*")

_NO_STYLE = ("a diagram may not set colors or styles of its own", "Remove the line: they come from the page")
_NOT_READ: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("classDef", "class", "style", "linkStyle"), _NO_STYLE),
    **dict.fromkeys(("click", "href"), ("a diagram may not hold links", "Link from the text beside it")),
    **dict.fromkeys(
        ("accTitle", "accDescr"), ("the text for those who cannot see it belongs in `alt`", "Move it there")
    ),
}
_FORM = (
    "Write `a[Label] --> b` or `a -->|why| b`; a label that holds brackets, braces or bars goes in quotation marks:"
    ' `a["f(x)"]`'
)


def words(label: str) -> str:
    """Return the words of a label on one line."""
    return " ".join(_BREAK.sub(" ", label).split())


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
    number, head = written[0]
    match = _HEAD.fullmatch(head)
    if match is None or match["way"] in ("BT", "RL"):
        return None, [_no_head(number, head)]
    reader.sideways = match["way"] == "LR"
    for number, line in written[1:]:
        try:
            reader.statement(number, line)
        except _FaultError as error:
            reader.faults.append(Problem("", number, error.message, error.fix))
    chart = reader.chart()
    return (None if reader.faults else chart), sorted(reader.faults, key=lambda fault: fault.line)


# ---- helpers -----------------------------------------------------------------------------------------------------


class _FaultError(Exception):
    """A line that cannot be read."""

    def __init__(self, message: str, fix: str = _FORM) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


def _no_head(line: int, head: str) -> Problem:
    if head.startswith("%%{"):
        return Problem(
            "", line, "settings of Mermaid are not read", "Remove the line: colors and type come from the page"
        )
    if _HEAD.fullmatch(head):
        return Problem(
            "", line, f"a flowchart does not run `{head[-2:]}` here", "Write `flowchart TD` or `flowchart LR`"
        )
    said = f"the diagram begins with `{_short(head)}`"
    fix = "Begin with `flowchart TD`; other kinds are not drawn. States are nodes, and messages are arrows with a text"
    return Problem("", line, said, fix)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


@dataclass(slots=True)
class _Scanner:
    """A line and how far it has been read."""

    text: str
    at: int = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go over white space, then over what matches here."""
        space = _SPACE.match(self.text, self.at)
        start = space.end() if space else self.at
        match = pattern.match(self.text, start)
        if match is not None:
            self.at = match.end()
        return match

    def takes(self, text: str) -> bool:
        """Go over this text if it is next, after white space."""
        return self.take(re.compile(re.escape(text))) is not None

    @property
    def rest(self) -> str:
        """What is still to be read."""
        return self.text[self.at :].strip()


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    sideways: bool = False
    nodes: dict[str, Node] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    edges: list[tuple[int, Edge]] = field(default_factory=list)
    groups: dict[str, Group] = field(default_factory=dict)
    begun: dict[str, int] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def statement(self, number: int, line: str) -> None:
        """Read one line."""
        if line.rstrip(";") == "end":
            if not self.open:
                raise _FaultError("`end` without a `subgraph`", "Remove it")
            self.open.pop()
        elif line.startswith("%%{"):
            raise _FaultError("settings of Mermaid are not read", "Remove the line")
        elif re.match(r"subgraph\b", line):
            self.subgraph(number, line)
        elif re.match(r"direction\b", line):
            self.direction(line)
        elif (
            (word := _WORD.match(line)) and word[0] in _NOT_READ and re.match(r"[ \t:]+[^-=<&;\s]", line[word.end() :])
        ):
            raise _FaultError(*_NOT_READ[word[0]])
        else:
            self.chain(number, line)

    def subgraph(self, number: int, line: str) -> None:
        match = _SUBGRAPH.fullmatch(line)
        if match is None:
            # So that its `end` is not told as well.
            self.open.append("")
            raise _FaultError(f"`{_short(line)}` is not understood", 'Write `subgraph id["Title"]`')
        name = match["id"]
        self.open.append(name)
        if name in self.groups:
            raise _FaultError(f"there are two subgraphs `{name}`", "Give each an id of its own")
        scanner = _Scanner(match["title"] or name)
        title = self.label(scanner) if match["title"] else name
        if scanner.rest and match["title"]:
            raise _FaultError(f"`{_short(line)}` is not understood", 'Write `subgraph id["Title"]`')
        self.groups[name] = Group(name, title, self.open[-2] if len(self.open) > 1 else "")
        self.begun[name] = number

    def direction(self, line: str) -> None:
        match = _DIRECTION.fullmatch(line)
        if match is None or match["way"] in ("BT", "RL"):
            raise _FaultError(f"`{_short(line)}` is not understood", "Write `direction LR` or `direction TB`")
        if not self.open:
            raise _FaultError("`direction` outside of a `subgraph`", "Say it in the first line: `flowchart TD`")
        if (match["way"] == "LR") != self.sideways and (group := self.groups.get(self.open[-1])):
            self.groups[group.id] = replace(group, across=True)

    def chain(self, number: int, line: str) -> None:
        """Read nodes and what is between them."""
        scanner = _Scanner(line)
        tails = self.several(number, scanner)
        while scanner.rest and not scanner.takes(";"):
            make = self.link(scanner)
            heads = self.several(number, scanner)
            self.edges += [(number, replace(make, tail=tail, head=head)) for tail in tails for head in heads]
            tails = heads
        if scanner.rest:
            raise _FaultError(
                f"`{_short(scanner.rest)}` after the end of a line is not understood", "One line for each"
            )

    def several(self, number: int, scanner: _Scanner) -> list[str]:
        found = [self.node(number, scanner)]
        while scanner.takes("&"):
            found.append(self.node(number, scanner))
        return found

    def node(self, number: int, scanner: _Scanner) -> str:
        before = scanner.rest
        match = scanner.take(_ID)
        if match is None or match[0] in ("end", "subgraph"):
            raise _FaultError(f"a node is expected here: `{_short(before)}`" if before else "a node is missing")
        name, label, shape = match[0], "", "box"
        if _SHAPE.match(scanner.text, scanner.at) and (opening := scanner.take(_SHAPE)):
            closing, shape = SHAPES[opening[0]]
            label = self.label(scanner)
            if not scanner.takes(closing):
                raise _FaultError(f"`{_short(name + opening[0])}` is not closed by `{closing}`")
        if scanner.text.startswith((":::", "@{"), scanner.at):
            raise _FaultError(*_NO_STYLE)
        self.meet(number, name, label, shape)
        return name

    def meet(self, number: int, name: str, label: str, shape: str) -> None:
        """Remember a node, wherever it is named."""
        group = self.open[-1] if self.open else ""
        known = self.nodes.get(name)
        self.first.setdefault(name, number)
        if known is None:
            self.nodes[name] = Node(name, label, shape, group)
            return
        if label and known.label and (label, shape) != (known.label, known.shape):
            fix = "Write the label once, where the node comes first"
            raise _FaultError(f"the node `{name}` has two labels, `{known.label}` and `{label}`", fix)
        if group and known.group and group != known.group:
            fix = "Write arrows between lanes after the lanes, outside of them"
            raise _FaultError(f"the node `{name}` is in two subgraphs, `{known.group}` and `{group}`", fix)
        if label:
            known = replace(known, label=label, shape=shape)
        self.nodes[name] = replace(known, group=known.group or group)

    def label(self, scanner: _Scanner) -> str:
        """Read what stands between two brackets or bars."""
        match = scanner.take(_QUOTED) or scanner.take(_PLAIN)
        if match is None:
            raise _FaultError(f"`{_short(scanner.rest)}` is not a label" if scanner.rest else "a label is missing")
        text: str = match["text"].strip()
        if not words(text):
            raise _FaultError("a label is empty", "Say what it is, or leave the brackets out")
        return text

    def link(self, scanner: _Scanner) -> Edge:
        """Read an arrow with its text; which nodes it joins is for the caller to say."""
        before = scanner.rest
        if (match := scanner.take(_LINK)) and _known(match["stroke"], match["end"]):
            label = ""
            if scanner.takes("|"):
                label = self.label(scanner)
                if not scanner.takes("|"):
                    raise _FaultError("the text of an arrow is not closed by `|`")
            line, _ = _STROKES[match["stroke"]]
        elif (match := scanner.take(_LINK_WITH_TEXT)) and match["end"].startswith(_STROKES[match["stroke"]][1]):
            line, _ = _STROKES[match["stroke"]]
            label = (match["plain"] if match["quoted"] is None else match["quoted"]).strip()
            if not words(label):
                raise _FaultError("the text of an arrow is empty", "Say why, or write `-->`")
        else:
            raise _FaultError(f"`{_short(before)}` is not understood")
        arrow, both = match["end"].endswith(">"), bool(match["back"])
        if both and not arrow:
            raise _FaultError("an arrow that points backward is not drawn", "Turn it around: `b --> a`")
        return Edge("", "", label, line, arrow, both)

    def chart(self) -> Flowchart:
        """Return what was read; tell what only the whole shows."""
        self.faults += [
            Problem("", self.begun.get(name, 1), "a `subgraph` is never closed", "Add `end`") for name in self.open
        ]
        for name in self.groups.keys() & self.nodes.keys():
            # A lane may be named in an arrow; a node of the same name may not be beside it.
            if self.nodes[name].label:
                said = f"`{name}` is a node and a subgraph"
                self.faults.append(Problem("", self.first[name], said, "Give each an id of its own"))
        nodes = {name: node for name, node in self.nodes.items() if name not in self.groups}
        chart = Flowchart(
            tuple(replace(node, label=node.label or node.id) for node in nodes.values()),
            tuple(edge for _, edge in self.edges),
            tuple(self.groups.values()),
            self.sideways,
        )
        self.faults += self.of_the_whole(chart)
        return chart

    def of_the_whole(self, chart: Flowchart) -> Iterator[Problem]:
        holding = {node.group for node in chart.nodes} | {group.parent for group in chart.groups}
        for group in chart.groups:
            if group.id not in holding and not self.faults:
                yield Problem("", self.begun[group.id], f"the subgraph `{group.id}` holds no node", "Remove it")
        inside = {group.id: {group.id, *_around(group.id, self.groups)} for group in chart.groups}
        inside |= {node.id: {node.id, *_around(node.group, self.groups), node.group} for node in chart.nodes}
        for number, edge in self.edges:
            if {edge.tail, edge.head} & self.groups.keys() and (
                edge.tail in inside[edge.head] or edge.head in inside[edge.tail]
            ):
                yield Problem(
                    "", number, "an arrow joins a subgraph with what is in it", "Name the nodes that it joins"
                )
        count = len(chart.nodes)
        most = MOST_NODES_IN_LANES if chart.groups else MOST_NODES
        if not count and not self.faults:
            yield Problem("", 1, "the flowchart has no nodes", "Add lines such as `a[Label] --> b[Label]`")
        if count > most:
            lanes = "" if chart.groups else f", or {MOST_NODES_IN_LANES} in subgraphs"
            fix = f"Keep it to {most}{lanes}, or make two diagrams: more cannot be read in the column"
            yield Problem("", 1, f"the flowchart has {count} nodes", fix)
        elif chart.sideways and count > MOST_SIDEWAYS:
            fix = f"Use `flowchart TD`: sideways, more than {MOST_SIDEWAYS} nodes cannot be read on a phone"
            yield Problem("", 1, f"the flowchart runs sideways with {count} nodes", fix)


def _known(stroke: str, end: str) -> bool:
    """Tell whether the two parts of an arrow make one: `--` and `>`, `-.` and `->`, `==` and `=`."""
    return end in {"--": ("-", ">"), "-.": ("-", "->"), "==": ("=", ">")}[stroke]


def _around(group: str, groups: dict[str, Group]) -> Iterator[str]:
    """Yield the lanes around a lane."""
    while (known := groups.get(group)) and known.parent:
        group = known.parent
        yield group
