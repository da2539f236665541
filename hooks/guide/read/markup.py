"""The inline markup of a Markdown text: code spans, formulas, links, and what must not be written."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from guide.model.body import Block, Fence, Link
from guide.model.problems import FileProblems

GAP = re.compile(r"<!-- {0,9}gap:(?P<what>(?:(?!<!--).){0,500}?)-->", re.DOTALL)
DISPLAY = re.compile(r"(?<!\\)\$\$.+?\$\$", re.DOTALL)
INLINE_MATH = re.compile(r"(?<![\\$])\$(?![\s$])(?:\\.|[^\\$\n]|\n(?! *\n))+?(?<!\s)\$(?!\$)")
_TICKS = re.compile(r"(?<!`)`+")
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*+\\(?=`)")
_LINK = re.compile(
    r"(?<!\\)(?P<image>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?P<text>(?!\^)[^\[\]]+)\]: *(?P<target><[^<>]*>|\S+)", re.MULTILINE)
_BLANK = re.compile(r"\n *\n")

# A gap of a scaffold looks like a comment, and is told as what it is.
_TAG = re.compile(r"<(?:[/?]?[A-Za-z]|!(?!-- {0,9}gap:)|\?)")
_AUTOLINK = re.compile(r"<(?:https?://[^\s<>]+|(?:mailto:)?[\w.+-]+@[\w.-]+)>")
_SIGN = re.compile(r"<[^>\s]{0,30}>?")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HANDLER = re.compile(
    r"\b(?:on[a-z]{3,}|href|src|srcset|srcdoc|action|formaction|style|background|ping|xlink:href)\s*=", re.IGNORECASE
)
_OPTION_ATTRS = re.compile(r"^\s*attrs\s*:(?P<attrs>.*)$", re.MULTILINE)
_ALLOWED_SCHEMES: Final = frozenset({"https", "http", "mailto"})


class Lines:
    """Offset → line number, by bisection."""

    def __init__(self, text: str, first_line: int) -> None:
        self.first = first_line
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def __call__(self, offset: int) -> int:
        return self.first + bisect_right(self.breaks, offset - 1) if offset else self.first


def blank(match: re.Match[str]) -> str:
    """Replace a match with spaces, keeping its line breaks, so that offsets and lines stay as they were."""
    return re.sub(r"[^\n]", " ", match[0])


def code_spans(text: str) -> list[tuple[int, int]]:
    """Return where the code spans are: a run of backticks to the next run of the same length in the paragraph."""
    spans: list[tuple[int, int]] = []
    escaped = {match.end() for match in _ESCAPED.finditer(text)} if "\\`" in text else set()
    start = 0
    for end in [*(match.start() for match in _BLANK.finditer(text)), len(text)]:
        runs = [match.span() for match in _TICKS.finditer(text, start, end)] if "`" in text[start:end] else []
        by_length: dict[int, list[int]] = {}
        for begin, stop in runs:
            by_length.setdefault(stop - begin, []).append(begin)
        position = start
        for begin, stop in runs:
            begin += begin in escaped
            same = by_length.get(stop - begin, [])
            if begin >= position and (after := bisect_right(same, begin)) < len(same):
                position = same[after] + stop - begin
                spans.append((begin, position))
        start = end
    return spans


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the inside of these spans made of spaces."""
    pieces: list[str] = []
    position = 0
    for begin, end in spans:
        pieces += [text[position:begin], re.sub(r"[^\n]", " ", text[begin:end])]
        position = end
    return "".join([*pieces, text[position:]])


def read_links(text: str, at: Lines) -> list[Link]:
    found: list[Link] = []
    for match in _LINK.finditer(text):
        found.append(Link(_target(match["target"]), match["text"], at(match.start()), bool(match["image"])))
        # A picture inside a link: `[![alt](picture)](page)`.
        for inner in _LINK.finditer(match["text"]):
            found.append(Link(_target(inner["target"]), inner["text"], at(match.start()), bool(inner["image"])))
    for match in _DEFINITION.finditer(text):
        found.append(Link(_target(match["target"]), match["text"], at(match.start())))
    return found


def _target(written: str) -> str:
    return written[1:-1] if written.startswith("<") else written


def is_address(target: str) -> bool:
    """Tell whether an address can be taken apart; MkDocs raises for one that cannot."""
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True


def refused(
    shown: str,
    no_math: str,
    links: Iterable[Link],
    fences: Iterable[Fence],
    blocks: Iterable[Block],
    at: Lines,
    problems: FileProblems,
) -> None:
    """Tell of what looks like HTML and would be shown as text, of links that run script and attributes that do.

    This is for the writer, who learns the line. What is rendered cannot hold HTML, and is looked at again
    (guide.render.safety).
    """
    html_lines: set[int] = set()
    for match in _TAG.finditer(no_math) if "<" in no_math else ():
        line = at(match.start())
        if line not in html_lines and not _AUTOLINK.match(no_math, match.start()):
            html_lines.add(line)
            sign = _SIGN.match(no_math, match.start())
            said = f"raw HTML (`{sign[0] if sign else '<'}`) is not allowed"
            problems.add(line, said, "Write it in Markdown; put code into backticks and formulas into dollar signs")
    for line, written in enumerate(shown.split("\n"), start=at.first):
        brace = written.find("{")
        if brace >= 0 and _HANDLER.search(written, brace):
            said = "an attribute list may not set handlers, styles or addresses"
            problems.add(line, said, "Keep only an id, classes, title, width or height in the braces")
    for link in links:
        scheme = _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", html.unescape(link.target)))
        if scheme and scheme[1].lower() not in _ALLOWED_SCHEMES and link.line not in html_lines:
            said = f"a link may not begin with `{scheme[1].lower()}:`"
            problems.add(link.line, said, "Link to a page of the guide by its relative path, or to an https:// address")
    for fence in fences:
        if _HANDLER.search(re.sub(r"\"[^\"]*\"|'[^']*'", '""', fence.info)):
            problems.add(
                fence.line, "a code fence may not set handlers, styles or addresses", "Remove them from its first line"
            )
    for block in (inner for outer in blocks for inner in outer.walk()):
        if _OPTION_ATTRS.search(block.options):
            problems.add(block.line + 1, "a block may not set attributes", "Remove the option `attrs`")
