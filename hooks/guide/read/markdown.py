"""Markdown text → Body: headings, links, fences, typed blocks and what is wrong with them, each with its line.

A line parser, not a Markdown renderer: the checks need to know where things stand, in well under a millisecond a
page, and they have to say something sensible about text that a renderer would quietly turn into something else.
It follows what the renderer does where it matters: a fence closes with the same marks at the same indent, a block
closes with as many slashes as it opened with, an anchor is what Markdown's table of contents makes of a heading.

It never raises, whatever the text, and its time grows with the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from guide.model.body import Block, Body, Fence, Heading
from guide.model.problems import FileProblems
from guide.model.vocabulary import PICTURES
from guide.read.blocks import read_blocks
from guide.read.dialects import dialects
from guide.read.fences import STASH, read_fences
from guide.read.markup import DISPLAY, GAP, INLINE_MATH, Lines, blank, code_spans, mask, read_links, refused

WORDS_A_MINUTE: Final = 200
# Blocks that start closed: what is in them is not read on the way.
CLOSED: Final = frozenset({"question", "computed", "solution", "why", "hint"})
SHORT_SECTION: Final = "In short"
# How long a reader stops at things that are not words. A formula on its own line is worked through, a line of code
# is read more slowly than a line of prose, a picture is looked at.
SECONDS_A_FORMULA: Final = 10.0
SECONDS_AN_INLINE_FORMULA: Final = 1.5
SECONDS_A_CODE_LINE: Final = 2.0
SECONDS_A_PICTURE: Final = 10.0

_HEADING = re.compile(r"^(?P<marks>#{1,6})(?!#) +(?P<text>.+?)(?: +#+)? *$")
_SETEXT = re.compile(r"^(?:=+|-+) *$")
_HEADING_ATTRS = re.compile(r"\{:? *(?P<attrs>[^{}]*)\} *$")
_ID = re.compile(r"(?:^|\s)#(?P<id>[\w:.-]+)")
_INLINE_ATTRS = re.compile(r"\{:? *(?P<attrs>[^{}\n]*)\}")
_INCLUDE_END = re.compile(r"!(?:lines=[0-9 -]+)?\}")
_LISTING = re.compile(r"^\[\[listing +(?P<name>[^\]]+?) *\]\]$")
_WORD = re.compile(r"[^\W_][\w'’-]*")


def slugify(value: str, separator: str = "-") -> str:
    """Return the anchor of a heading's text, exactly as Markdown's `toc` extension does.

    Kept here because importing Markdown would cost more than checking the whole guide; a test holds the two equal.
    """
    value = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    value = re.sub(r"[^\w\s-]", "", value).strip().lower()
    return re.sub(rf"[{separator}\s]+", separator, value)


class Anchors:
    """The anchors of a page: each used once, counted up as Markdown does (`again`, `again_1`, `again_2`)."""

    def __init__(self, used: Iterable[str] = ()) -> None:
        self.used = set(used)
        # Where counting stopped for an anchor, so that ten thousand equal headings do not each count from one.
        self._last: dict[str, str] = {}

    def unique(self, anchor: str) -> str:
        """Return an anchor that is not yet used, and remember it."""
        asked = anchor
        anchor = self._last.get(asked, asked)
        while anchor in self.used or not anchor:
            counted = re.match(r"^(.*)_([0-9]{1,9})$", anchor)
            anchor = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{anchor}_1"
        self._last[asked] = anchor
        self.used.add(anchor)
        return anchor


def plain(text: str) -> str:
    """Return the text of a heading without its markup: what a reader sees, and what the anchor is made of."""
    text = re.sub(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()]*\)|\[[^\[\]]*\])", r"\1", text)
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)", "", text)
    text = re.sub(r"\\([\\`*_{}\[\]()>#+.!$-])", r"\1", re.sub(r"[`*]", "", text))
    return html.unescape(text).strip()


def parse(text: str, first_line: int = 1, path: str = "") -> Body:
    """Take a Markdown text apart. Lines are counted from `first_line`, the line of the file where the text begins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    problems = FileProblems(path)
    fences, prose = read_fences(lines, first_line, problems)
    # Block headers and options are not prose, but a title is read by people and may hold links.
    blocks = read_blocks(lines, prose, first_line, problems)
    flat = "\n".join(prose)
    shown = mask(flat, code_spans(flat))
    no_math = INLINE_MATH.sub(blank, DISPLAY.sub(blank, shown))
    at = Lines(flat, first_line)
    links = read_links(GAP.sub(blank, no_math), at)
    refused(shown, no_math, links, fences, blocks, at, problems)
    dialects(lines, prose, no_math, fences, first_line, problems)

    anchors = Anchors()
    for attrs in _INLINE_ATTRS.finditer(shown):
        anchors.used.update(match["id"] for match in _ID.finditer(attrs["attrs"]))
    headings = _headings(prose, first_line, anchors)
    visible = _visible(blocks, len(lines), first_line)
    return Body(
        text=text,
        line=first_line,
        headings=tuple(headings),
        links=tuple(links),
        fences=tuple(fences),
        blocks=tuple(blocks),
        anchors=frozenset(
            anchors.used | {f.attrs["name"] for f in fences if f.lang == "explore" and "name" in f.attrs}
        ),
        includes=tuple(
            (path, first_line + index) for index, line in enumerate(lines) if "{!" in line for path in _includes(line)
        ),
        listings=tuple(
            (match["name"], first_line + index)
            for index, line in enumerate(prose)
            if line.startswith("[[") and (match := _LISTING.match(line.strip()))
        ),
        problems=tuple(problems),
        gaps=tuple((" ".join(match["what"].split()), at(match.start())) for match in GAP.finditer(shown)),
        reading_minutes=_minutes(shown, no_math, fences, visible, first_line),
        short_minutes=_minutes(shown, no_math, fences, visible & _short(headings, len(lines), first_line), first_line),
    )


def merge(parts: Iterable[tuple[Body, int]]) -> Body:
    """Join the bodies of a notebook's cells into one, each thing on the line where its cell begins."""
    bodies = [(body, line) for body, line in parts]
    return Body(
        text="\n\n".join(body.text for body, _ in bodies),
        line=bodies[0][1] if bodies else 1,
        headings=tuple(replace(item, line=line) for body, line in bodies for item in body.headings),
        links=tuple(replace(item, line=line) for body, line in bodies for item in body.links),
        fences=tuple(replace(item, line=line, end_line=line) for body, line in bodies for item in body.fences),
        blocks=tuple(_moved(item, line) for body, line in bodies for item in body.blocks),
        anchors=frozenset(anchor for body, _ in bodies for anchor in body.anchors),
        includes=tuple((path, line) for body, line in bodies for path, _ in body.includes),
        listings=tuple((name, line) for body, line in bodies for name, _ in body.listings),
        problems=tuple(item._replace(line=line) for body, line in bodies for item in body.problems),
        gaps=tuple((what, line) for body, line in bodies for what, _ in body.gaps),
        reading_minutes=sum(body.reading_minutes for body, _ in bodies),
        short_minutes=sum(body.short_minutes for body, _ in bodies),
    )


def _moved(block: Block, line: int) -> Block:
    """Return a block with all that is in it on one line."""
    inner = tuple(_moved(child, line) for child in block.children)
    return replace(block, line=line, text_line=line, end_line=line, children=inner)


def included(text: str) -> Iterator[tuple[str, int]]:
    """Yield the paths that a text includes, each with its line, counted from 1."""
    if "{!" in text:
        for number, line in enumerate(text.split("\n"), start=1):
            for path in _includes(line):
                yield path, number


def _includes(line: str) -> Iterator[str]:
    """Yield the paths that a line includes, wherever they stand: the renderer includes in code fences as well."""
    position = line.find("{!")
    while position >= 0:
        end = _INCLUDE_END.search(line, position + 3)
        if end is None:
            return
        yield line[position + 2 : end.start()].strip()
        position = line.find("{!", end.end())


# --- Headings, links, time ----------------------------------------------------------------------------------------


def _headings(prose: list[str], first: int, anchors: Anchors) -> list[Heading]:
    """Return the headings, each with its anchor, which is remembered as used."""
    found: list[Heading] = []
    for index, line in enumerate(prose):
        if line.startswith("#") and (match := _HEADING.match(line)):
            level, text = len(match["marks"]), match["text"]
        elif (
            line[:1] in "=-"
            and _SETEXT.match(line)
            and index
            and prose[index - 1].strip()
            and (index == 1 or not prose[index - 2].strip())
            and not prose[index - 1].startswith(("-", "*", ">", "#", "|", STASH))
        ):
            level, text = (1 if line.startswith("=") else 2), prose[index - 1]
            index -= 1
        else:
            continue
        anchor = ""
        if attrs := _HEADING_ATTRS.search(text):
            if given := _ID.search(attrs["attrs"]):
                anchor = given["id"]
            text = text[: attrs.start()].rstrip()
        text = plain(text)
        found.append(Heading(level, text, anchor or anchors.unique(slugify(text)), first + index))
    return found


def count_words(text: str) -> int:
    """Return the words of a piece of Markdown that are said aloud: without code fences and the targets of links."""
    _, said = read_fences(text.split("\n"), 1, FileProblems())
    return len(_WORD.findall(re.sub(r"\]\([^()\s]*\)", "]", "\n".join(said))))


def _visible(blocks: Iterable[Block], count: int, first: int) -> frozenset[int]:
    """Return the lines that are seen without opening anything: not those of questions, nor of other closed parts."""
    closed = {
        line
        for outer in blocks
        for block in outer.walk()
        if block.name in CLOSED
        for line in range(block.line, block.end_line + 1)
    }
    return frozenset(line for line in range(first, first + count) if line not in closed)


def _short(headings: Iterable[Heading], count: int, first: int) -> frozenset[int]:
    """Return the lines of the section *In short*."""
    found: set[int] = set()
    sections = [heading for heading in headings if heading.level <= 2]
    ends = [*(heading.line for heading in sections[1:]), first + count]
    for heading, end in zip(sections, ends, strict=False):
        if heading.level == 2 and heading.text == SHORT_SECTION:
            found.update(range(heading.line + 1, end))
    return frozenset(found)


def _minutes(shown: str, no_math: str, fences: Iterable[Fence], lines: frozenset[int], first: int) -> float:
    """Return how long these lines of a page take to read."""

    def among(text: str) -> str:
        return "\n".join(line if first + at in lines else "" for at, line in enumerate(text.split("\n")))

    text = re.sub(r"\]\([^()\s]*\)", "]", among(no_math))
    seconds = len(_WORD.findall(text)) * 60 / WORDS_A_MINUTE
    shown = among(shown)
    displays = len(DISPLAY.findall(shown))
    seconds += displays * SECONDS_A_FORMULA
    seconds += len(INLINE_MATH.findall(DISPLAY.sub(blank, shown))) * SECONDS_AN_INLINE_FORMULA
    for fence in fences:
        if fence.line not in lines:
            continue
        if fence.lang in PICTURES:
            seconds += SECONDS_A_PICTURE
        else:
            seconds += SECONDS_A_CODE_LINE * sum(1 for line in fence.text.split("\n") if line.strip())
    return seconds / 60
