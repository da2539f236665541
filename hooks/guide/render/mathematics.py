"""Formulas set at build: from the spans that arithmatex leaves in a page to KaTeX's HTML with MathML.

The formulas of all pages are collected first and set in one go (one request to Node, one look into the cache), and
put in place only after the page's template was rendered: what indexes the page in between sees text, not the hundred
spans of a formula. The reader's browser runs nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from guide.tools.node import Answer, Drawing

# What pymdownx.arithmatex emits in generic mode: \(…\) in a span or \[…\] in a div.
_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<block>.*?)\\\])</(?P=tag)>'
    r'(?P<after>[,.;:!?)’”\'"]?)',
    re.DOTALL,
)

# Closes the last unbreakable part of a formula, its visible half, and the formula.
_END = "</span></span></span>"


def _drawing(match: re.Match[str]) -> Drawing:
    block = match["block"]
    source = html.unescape(match["inline"] if block is None else block)
    return Drawing(source.strip(), display=block is not None)


def formulas(page: str) -> list[Drawing]:
    """Return every formula of a rendered page, in order, with repeats."""
    return [_drawing(match) for match in _FORMULA.finditer(page)]


def replace_formulas(page: str, answers: Mapping[Drawing, Answer]) -> str:
    """Return the page with each formula that has an answer set; others are left as they are.

    A display formula may be wider than a phone, so it stands in a region that scrolls and that the keyboard reaches.
    """

    def put(match: re.Match[str]) -> str:
        drawing = _drawing(match)
        answer = answers.get(drawing)
        if answer is None or answer.error:
            return match[0]
        after = match["after"]
        if drawing.display:
            return f'<div class="tl-math" tabindex="0" role="group" aria-label="Formula">{answer.html}</div>{after}'
        if not after or not answer.html.endswith(_END):
            return answer.html + after
        # Browsers break lines after an inline block whatever follows it, so a comma moves into the formula's last one.
        return f'{answer.html.removesuffix(_END)}<span class="tl-after">{after}</span>{_END}'

    return _FORMULA.sub(put, page)


def line_of(source: str, text: str) -> int | None:
    """Return the 1-based line on which `source` begins in `text`, or None when it is not there word for word."""
    at = text.find(source)
    return None if at < 0 else text.count("\n", 0, at) + 1


def unique(drawings: Iterable[Drawing]) -> list[Drawing]:
    """Return the drawings without repeats, in order of first appearance."""
    return list(dict.fromkeys(drawings))
