"""Figures that answer back, as they stand in a page: a question, a picture, controls, what to see.

The picture is drawn at build by the code that draws it in the browser (overrides/app/explore/, run in Node), with the
values that it starts with; so a page without scripts, and paper, show what a reader sees before touching anything. The
island `explore` takes it from there.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from guide.read import explore
from guide.read.explore import Explorable
from guide.render import fences
from guide.tools.node import Answer, Drawing, Node

_PLACEHOLDERS: Final = fences.Placeholders("explore", Explorable)
explorables = _PLACEHOLDERS.found


def fence() -> dict[str, Any]:
    """Return the custom fence, as pymdownx.superfences takes it."""
    return fences.fence("explore", lambda source, options: placeholder(explore.read(options, source)[0]), "name")


def placeholder(figure: Explorable) -> str:
    """Return the HTML that stands in the page until the figure is drawn; its id is there for links to be checked."""
    return _PLACEHOLDERS.mark(figure, attributes=f' id="{html.escape(figure.name)}"')


def draw(node: Node, figures: Iterable[Explorable]) -> dict[Explorable, Answer]:
    """Return what comes of each figure: its picture and controls, or what went wrong."""
    wanted = list(dict.fromkeys(figure for figure in figures if figure.name in explore.names()))
    requests = [Drawing(json.dumps({"name": each.name, "alt": each.alt}, ensure_ascii=False)) for each in wanted]
    return dict(zip(wanted, node.draw("explore", requests), strict=True))


def replace(page: str, drawn: Mapping[Explorable, Answer]) -> str:
    """Return the page with each figure that was drawn in its place."""

    def shown(figure: Explorable) -> str | None:
        done = drawn.get(figure)
        if done is None or done.error:
            return None
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

    return _PLACEHOLDERS.replaced(page, shown)
