"""Diagrams from Mermaid sources, drawn at build as inline SVG that follows the page's colors and type.

beautiful-mermaid draws without a browser, but it draws some malformed input wrongly instead of refusing it, names
colors and ids globally, and asks a font server for a font. So a source is first read against the small part of the
language that we use (`faults`), and the SVG is afterwards cut down to what a page needs (`themed`): no style element
(a strict content security policy forbids it; the derived colors stand in the style sheet), ids that are unique on the
page, a text alternative, coordinates with one decimal.

The fence is ```` ```mermaid alt="what is to be seen" caption="…" ````.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from guide.tools.node import Answer, Drawing

MOST_NODES = 16
WIDEST_LEFT_TO_RIGHT = 5


@dataclass(frozen=True)
class Diagram:
    """A diagram as it waits in a rendered page: its source and its words."""

    source: str
    alt: str
    caption: str

    @property
    def drawing(self) -> Drawing:
        """What Node is asked for."""
        return Drawing(self.source)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a source: the line counts from 1 within the diagram."""

    line: int
    message: str
    cure: str


# ---- the language that we draw -------------------------------------------------------------------------------

_ID = r"[A-Za-z][\w-]*"
_LABEL = r'(?:"[^"\n]*"|[^"\[\](){}|\n]+)'
_SHAPES = [
    rf"\[\({_LABEL}\)\]",  # cylinder
    rf"\(\({_LABEL}\)\)",  # circle
    rf"\(\[{_LABEL}\]\)",  # stadium
    rf"\[\[{_LABEL}\]\]",  # subroutine
    rf"\{{\{{{_LABEL}\}}\}}",  # hexagon
    rf"\[{_LABEL}\]",
    rf"\({_LABEL}\)",
    rf"\{{{_LABEL}\}}",
]
_NODE = rf"(?P<id>{_ID})(?:{'|'.join(_SHAPES)})?"
_NODE_PLAIN = _NODE.replace("?P<id>", "?:")
_GROUP = rf"{_NODE_PLAIN}(?:\s*&\s*{_NODE_PLAIN})*"
_EDGE = rf"(?:<?-->|---|-\.->|-\.-|==>|===)(?:\|{_LABEL}\|)?"
_FLOW_LINE = re.compile(rf"{_GROUP}(?:\s*{_EDGE}\s*{_GROUP})*;?")
_FLOW_HEAD = re.compile(r"(?:flowchart|graph)\s+(TD|TB|LR|BT|RL)")
_SUBGRAPH = re.compile(rf"subgraph\s+{_ID}(?:\s*\[{_LABEL}\])?")
_STATE_LINE = re.compile(
    rf'(?:(?:\[\*\]|{_ID})\s*-->\s*(?:\[\*\]|{_ID})(?:\s*:\s*.+)?|state\s+"[^"]+"\s+as\s+{_ID}|{_ID}\s*:\s*.+|direction\s+(?:TB|LR))'
)
_SEQUENCE_LINE = re.compile(
    rf"(?:(?:participant|actor)\s+{_ID}(?:\s+as\s+.+)?|{_ID}\s*(?:-->>|->>|-->|->|--x|-x)[+-]?\s*{_ID}\s*:\s*.+"
    rf"|[Nn]ote\s+(?:over|left of|right of)\s+{_ID}(?:\s*,\s*{_ID})?\s*:\s*.+"
    r"|(?:loop|alt|else|opt|par|and)\b.*|end|(?:de)?activate\s+\w+)"
)


def faults(source: str) -> list[Fault]:
    """Return everything in a Mermaid source that we would not draw as its author means it."""
    lines = [(number, line.strip()) for number, line in enumerate(source.splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("%%")]
    if not lines:
        return [Fault(1, "the diagram is empty", "Write a Mermaid source between the fences, or remove them.")]
    number, head = lines[0]
    if flow := _FLOW_HEAD.fullmatch(head):
        return _flow_faults(lines[1:], flow[1])
    if head == "stateDiagram-v2":
        return _line_faults(lines[1:], _STATE_LINE, "A --> B: label")
    if head == "sequenceDiagram":
        return _line_faults(lines[1:], _SEQUENCE_LINE, "A->>B: message")
    return [
        Fault(
            number,
            f"the diagram begins with “{head}”",
            "Begin with `flowchart TD`, `sequenceDiagram` or `stateDiagram-v2`; other kinds are not drawn.",
        )
    ]


def _line_faults(lines: list[tuple[int, str]], pattern: re.Pattern[str], form: str) -> list[Fault]:
    if not lines:
        return [Fault(1, "the diagram has a first line and nothing more", f"Add lines such as `{form}`.")]
    return [
        Fault(number, f"“{line}” is not understood", f"Write each line as `{form}`.")
        for number, line in lines
        if not pattern.fullmatch(line)
    ]


def _flow_faults(lines: list[tuple[int, str]], direction: str) -> list[Fault]:
    found: list[Fault] = []
    nodes: set[str] = set()
    groups: set[str] = set()
    open_groups: list[int] = []
    for number, line in lines:
        if line == "end":
            if open_groups:
                open_groups.pop()
            else:
                found.append(Fault(number, "`end` without a `subgraph`", "Remove it."))
        elif line.startswith("subgraph"):
            open_groups.append(number)
            if _SUBGRAPH.fullmatch(line):
                groups.add(line.split()[1].split("[")[0])
            else:
                found.append(Fault(number, f"“{line}” is not understood", "Write `subgraph id[Title]`."))
        elif line.startswith("direction "):
            continue
        elif _FLOW_LINE.fullmatch(line):
            bare = re.sub(rf"\|{_LABEL}\|", " ", line)
            for shape in _SHAPES:
                bare = re.sub(rf"(?<=\w){shape}", " ", bare)
            nodes.update(re.findall(rf"(?<![\w-]){_ID}", re.sub(_EDGE, " ", bare)))
        else:
            found.append(
                Fault(
                    number,
                    f"“{line}” is not understood",
                    "Write `a[Label] --> b` or `a -->|why| b`; a label that holds brackets or braces stands in "
                    'quotation marks: `a["f(x)"]`.',
                )
            )
    found += [Fault(number, "a `subgraph` is never closed", "Add `end`.") for number in open_groups]
    nodes -= groups
    if not found and not nodes:
        found.append(Fault(1, "the flowchart has no nodes", "Add lines such as `a[Label] --> b[Label]`."))
    if len(nodes) > MOST_NODES:
        cure = f"Keep it to {MOST_NODES}, or make two diagrams: more cannot be read in the column."
        found.append(Fault(1, f"the flowchart has {len(nodes)} nodes", cure))
    elif direction in ("LR", "RL") and len(nodes) > WIDEST_LEFT_TO_RIGHT:
        cure = f"Use `flowchart TD`: sideways, more than {WIDEST_LEFT_TO_RIGHT} nodes cannot be read on a phone."
        found.append(Fault(1, f"the flowchart runs sideways with {len(nodes)} nodes", cure))
    return found


# ---- from fence to figure ------------------------------------------------------------------------------------


def placeholder(diagram: Diagram) -> str:
    """Return the HTML that stands in the page until the diagram is drawn; it carries the source along."""
    packed = base64.b64encode(diagram.source.encode()).decode()
    caption = f"<figcaption>{html.escape(diagram.caption)}</figcaption>" if diagram.caption else ""
    return (
        f'<figure class="tl-diagram" data-mermaid="{packed}" data-alt="{html.escape(diagram.alt)}">{caption}</figure>'
    )


_PLACEHOLDER = re.compile(
    r'<figure class="tl-diagram" data-mermaid="(?P<source>[^"]*)" data-alt="(?P<alt>[^"]*)">'
    r"(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>",
    re.DOTALL,
)


def _diagram(match: re.Match[str]) -> Diagram:
    source = base64.b64decode(match["source"]).decode()
    return Diagram(source, html.unescape(match["alt"]), html.unescape(match["caption"] or ""))


def diagrams(page: str) -> list[Diagram]:
    """Return the diagrams that wait in a rendered page, in order."""
    return [_diagram(match) for match in _PLACEHOLDER.finditer(page)]


def replace_diagrams(page: str, answers: Mapping[Drawing, Answer]) -> str:
    """Return the page with each diagram that has an answer drawn in its place."""
    drawn = 0

    def put(match: re.Match[str]) -> str:
        nonlocal drawn
        diagram = _diagram(match)
        answer = answers.get(diagram.drawing)
        if answer is None or answer.error:
            return match[0]
        drawn += 1
        caption = f"<figcaption>{html.escape(diagram.caption)}</figcaption>" if diagram.caption else ""
        svg = themed(answer.html, diagram.alt, f"diagram-{drawn}")
        return f'<figure class="tl-diagram"><div class="tl-diagram__frame">{svg}</div>{caption}</figure>'

    return _PLACEHOLDER.sub(put, page)


def themed(svg: str, alt: str, prefix: str) -> str:
    """Return the SVG without style element, with ids under `prefix`, an accessible name, and short numbers."""
    body = re.sub(r"<style>.*?</style>\s*", "", svg, flags=re.DOTALL)
    body = re.sub(r"(<svg\b[^>]*?) style=\"[^\"]*\"", r"\1", body, count=1)
    body = body.replace('id="', f'id="{prefix}-').replace("url(#", f"url(#{prefix}-")
    body = re.sub(r' data-(?:id|label|from|to|style|shape|arrow-start|arrow-end)="[^"]*"', "", body)
    body = re.sub(r"\d+\.\d{2,}", lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), body)
    body = re.sub(r">\s+<", "><", body.strip())
    label = html.escape(alt, quote=True)
    return body.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
