"""Figures that answer back, as they stand in a page: a question, a picture, controls, what to see.

The picture is drawn at build by the code that draws it in the browser (overrides/app/explore/, run in Node), with the
values that it starts with; so a page without scripts, and paper, show what a reader sees before touching anything. The
island `explore` takes it from there.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from typing import Any

from guide.read import explore
from guide.read.explore import Explorable
from guide.render import fences
from guide.tools.node import Answer, Drawing, Node

_PLACEHOLDER = re.compile(r'<figure class="tl-explore" id="[^"]*" data-explore="(?P<packed>[^"]*)"></figure>')


def fence() -> dict[str, Any]:
    """Return the custom fence, as pymdownx.superfences takes it."""
    return fences.fence("explore", lambda source, options: placeholder(explore.read(options, source)[0]), "name")


def placeholder(figure: Explorable) -> str:
    """Return the HTML that stands in the page until the figure is drawn; its id is there for links to be checked."""
    packed = base64.b64encode(json.dumps(astuple(figure)).encode()).decode()
    return f'<figure class="tl-explore" id="{html.escape(figure.name)}" data-explore="{packed}"></figure>'


def explorables(page: str) -> list[Explorable]:
    """Return the figures that wait in a rendered page."""
    return [_explorable(match) for match in _PLACEHOLDER.finditer(page)]


def _explorable(match: re.Match[str]) -> Explorable:
    return Explorable(*json.loads(base64.b64decode(match["packed"])))


def draw(node: Node, figures: Iterable[Explorable]) -> dict[Explorable, Answer]:
    """Return what comes of each figure: its picture and controls, or what went wrong."""
    wanted = list(dict.fromkeys(figure for figure in figures if figure.name in explore.names()))
    requests = [Drawing(json.dumps({"name": each.name, "alt": each.alt}, ensure_ascii=False)) for each in wanted]
    return dict(zip(wanted, node.draw("explore", requests), strict=True))


def replace(page: str, drawn: Mapping[Explorable, Answer]) -> str:
    """Return the page with each figure that was drawn in its place."""

    def put(match: re.Match[str]) -> str:
        figure = _explorable(match)
        done = drawn.get(figure)
        if done is None or done.error:
            return match[0]
        name, alt, question, see, caption = map(
            html.escape, (figure.name, figure.alt, figure.question, figure.see, figure.caption)
        )
        return (
            f'<figure class="tl-explore" id="{name}" aria-labelledby="{name}-question">'
            f'<p class="tl-explore__question" id="{name}-question">{question}</p>'
            f'<div class="tl-explore__body" data-island="explore" data-near data-figure="{name}" data-alt="{alt}">'
            f"{done.html}</div>"
            '<p class="tl-explore__static tl-without-js">With JavaScript, the values can be changed here.</p>'
            f'<figcaption><p class="tl-explore__see">{see}</p><p>{caption}</p></figcaption></figure>'
        )

    return _PLACEHOLDER.sub(put, page)
