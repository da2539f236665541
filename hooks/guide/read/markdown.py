"""Markdown text → Body: headings, links, fences, typed blocks and what is unsafe, each with its line.

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
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit

from guide.model.catalogue import Block, Body, Fence, Heading, Link, Slip
from guide.model.problems import suggestion
from guide.model.vocabulary import BLOCKS

WORDS_A_MINUTE: Final = 200
# How long a reader stops at things that are not words. A formula on its own line is worked through, a line of code
# is read more slowly than a line of prose, a picture is looked at.
SECONDS_A_FORMULA: Final = 10.0
SECONDS_AN_INLINE_FORMULA: Final = 1.5
SECONDS_A_CODE_LINE: Final = 2.0
SECONDS_A_PICTURE: Final = 10.0

# A transcript or a question holds blocks, and those may hold a note.
MAX_NESTING: Final = 6

_FENCE = re.compile(r"^(?P<lead>[> ]*)(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)$")
_FENCE_CLOSE = re.compile(r"^(?P<lead>[> ]*)(?P<marks>`{3,}|~{3,}) *$")
_LANG = re.compile(r"^ *\.?(?P<lang>[\w#.+-]+)(?= |$)")
_BRACED = re.compile(r"^ *\{(?P<attrs>[^\n]*)\} *$")
_OPTION = re.compile(r" *(?P<key>[a-zA-Z][a-zA-Z0-9_]*)(?:=(?P<quote>\"|')(?P<value>.*?)(?P=quote))?(?= |$)")
_ATTR = re.compile(r"(?P<key>[a-zA-Z][\w-]*)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'}]+))")
_BLOCK_OPEN = re.compile(r"^(?P<indent> *)(?P<marks>/{3,}) *(?P<name>[\w-]+) *(?:\| *(?P<title>.*?) *)?$")
_BLOCK_CLOSE = re.compile(r"^ *(?P<marks>/{3,}) *$")
_HEADING = re.compile(r"^(?P<marks>#{1,6})(?!#) +(?P<text>.+?)(?: +#+)? *$")
_SETEXT = re.compile(r"^(?:=+|-+) *$")
_HEADING_ATTRS = re.compile(r"\{:? *(?P<attrs>[^{}]*)\} *$")
_ID = re.compile(r"(?:^|\s)#(?P<id>[\w:.-]+)")
_INLINE_ATTRS = re.compile(r"\{:? *(?P<attrs>[^{}\n]*)\}")
_INCLUDE_END = re.compile(r"!(?:lines=[0-9 -]+)?\}")
_LISTING = re.compile(r"^\[\[listing +(?P<name>[^\]]+?) *\]\]$")
_GAP = re.compile(r"<!-- {0,9}gap:(?P<what>(?:(?!<!--).){0,500}?)-->", re.DOTALL)
_TICKS = re.compile(r"(?<!`)`+")
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*+\\(?=`)")
_DISPLAY = re.compile(r"(?<!\\)\$\$.+?\$\$", re.DOTALL)
_INLINE_MATH = re.compile(r"(?<![\\$])\$(?![\s$])(?:\\.|[^\\$\n]|\n(?! *\n))+?(?<!\s)\$(?!\$)")
# What stands for a line of a fence, which the renderer takes out before it looks for paragraphs.
_STASH: Final = "\x03"
_LINK = re.compile(
    r"(?<!\\)(?P<image>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[(?P<text>(?!\^)[^\[\]]+)\]: *(?P<target><[^<>]*>|\S+)", re.MULTILINE)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_BLANK = re.compile(r"\n *\n")

# A gap of a scaffold looks like a comment, and is told as what it is.
_TAG = re.compile(r"<(?:[/?]?[A-Za-z]|!(?!-- {0,9}gap:)|\?)")
_AUTOLINK = re.compile(r"<(?:https?://[^\s<>]+|(?:mailto:)?[\w.+-]+@[\w.-]+)>")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HANDLER = re.compile(
    r"\b(?:on[a-z]{3,}|href|src|srcset|srcdoc|action|formaction|style|background|ping|xlink:href)\s*=", re.IGNORECASE
)
_OPTION_ATTRS = re.compile(r"^\s*attrs\s*:(?P<attrs>.*)$", re.MULTILINE)
_ALLOWED_SCHEMES: Final = frozenset({"https", "http", "mailto"})

_NO_HTML = "Write it in Markdown; put code into backticks and formulas into dollar signs"


def slugify(value: str, separator: str = "-") -> str:
    """Return the anchor of a heading's text, exactly as Markdown's `toc` extension does.

    Kept here because importing Markdown would cost more than checking the whole guide; a test holds the two equal.
    """
    value = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    value = re.sub(r"[^\w\s-]", "", value).strip().lower()
    return re.sub(rf"[{separator}\s]+", separator, value)


def is_address(target: str) -> bool:
    """Tell whether an address can be taken apart; MkDocs raises for one that cannot."""
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True


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


@dataclass(slots=True)
class _Open:
    """A block that is being read."""

    name: str
    title: str
    options: str
    marks: int
    line: int
    text_line: int
    children: list[Block] = field(default_factory=list)


def parse(text: str, first_line: int = 1) -> Body:
    """Take a Markdown text apart. Lines are counted from `first_line`, the line of the file where the text begins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    slips: list[Slip] = []
    fences, prose = _fences(lines, first_line, slips)
    blocks, hidden = _blocks(lines, prose, first_line, slips)
    for index in hidden:
        prose[index] = ""
    # Block headers and options are not prose, but a title is read by people and may hold links.
    flat = "\n".join(prose)
    shown = _mask(flat, _code_spans(flat))
    no_math = _INLINE_MATH.sub(_blank, _DISPLAY.sub(_blank, shown))
    at = _Lines(flat, first_line)

    anchors = Anchors()
    for attrs in _INLINE_ATTRS.finditer(shown):
        anchors.used.update(match["id"] for match in _ID.finditer(attrs["attrs"]))
    headings = _headings(prose, first_line, anchors)
    return Body(
        text=text,
        line=first_line,
        headings=tuple(headings),
        links=tuple(_links(_GAP.sub(_blank, no_math), at)),
        fences=tuple(fences),
        blocks=tuple(blocks),
        anchors=frozenset(anchors.used),
        includes=tuple(
            (path, first_line + index) for index, line in enumerate(lines) if "{!" in line for path in _includes(line)
        ),
        listings=tuple(
            (match["name"], first_line + index)
            for index, line in enumerate(prose)
            if line.startswith("[[") and (match := _LISTING.match(line.strip()))
        ),
        slips=tuple(slips),
        unsafe=tuple(sorted(_unsafe(shown, no_math, fences, blocks, at), key=lambda slip: slip.line)),
        gaps=tuple((" ".join(match["what"].split()), at(match.start())) for match in _GAP.finditer(shown)),
        reading_minutes=_minutes(shown, no_math, fences),
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
        slips=tuple(replace(item, line=line) for body, line in bodies for item in body.slips),
        unsafe=tuple(replace(item, line=line) for body, line in bodies for item in body.unsafe),
        gaps=tuple((what, line) for body, line in bodies for what, _ in body.gaps),
        reading_minutes=sum(body.reading_minutes for body, _ in bodies),
    )


def _moved(block: Block, line: int) -> Block:
    """Return a block with all that is in it on one line."""
    inner = tuple(_moved(child, line) for child in block.children)
    return replace(block, line=line, text_line=line, end_line=line, children=inner)


class _Lines:
    """Offset → line number, by bisection."""

    def __init__(self, text: str, first_line: int) -> None:
        self.first = first_line
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def __call__(self, offset: int) -> int:
        return self.first + bisect_right(self.breaks, offset - 1) if offset else self.first


def _blank(match: re.Match[str]) -> str:
    """Replace a match with spaces, keeping its line breaks, so that offsets and lines stay as they were."""
    return re.sub(r"[^\n]", " ", match[0])


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


# --- Fences -------------------------------------------------------------------------------------------------------


def _fences(lines: list[str], first: int, slips: list[Slip]) -> tuple[list[Fence], list[str]]:
    """Return the fences, and the lines with each line of a fence replaced by a mark (it does not end a paragraph)."""
    prose = list(lines)
    closings: dict[tuple[str, int], list[int]] = {}
    for index, line in enumerate(lines):
        if ("```" in line or "~~~" in line) and (match := _FENCE_CLOSE.match(line)):
            closings.setdefault((match["marks"], len(match["lead"])), []).append(index)
    found: list[Fence] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if match is None or (match["marks"][0] == "`" and "`" in match["info"] and not _quoted_ticks(match["info"])):
            index += 1
            continue
        lead, marks = len(match["lead"]), match["marks"]
        lang, attrs, readable = _info(match["info"])
        if not readable:
            slips.append(
                Slip(
                    first + index,
                    "the first line of this code fence cannot be read",
                    'Write it as ```` ```lang name="value" ````, with no double quotes inside a value',
                )
            )
        if lead < 4 and index and lines[index - 1].startswith("    "):
            slips.append(
                Slip(
                    first + index,
                    "the line before this code fence is indented, so that the fence may be taken for a part of it",
                    "Put an empty line, without spaces, before the fence",
                )
            )
        ends = closings.get((marks, lead), [])
        after = bisect_right(ends, index)
        end = ends[after] if after < len(ends) else -1
        if end < 0:
            slips.append(
                Slip(
                    first + index,
                    f"this code fence is not closed (`{marks}{match['info'].strip()[:40]}`)",
                    f"End it with a line `{marks}` that is indented like the first",
                )
            )
            index += 1
            continue
        inside = lines[index + 1 : end]
        if match["lead"]:
            stray = next(
                (n for n, text in enumerate(inside) if text.strip() and not text.startswith(match["lead"])), None
            )
            if stray is not None:
                slips.append(
                    Slip(
                        first + index + 1 + stray,
                        f"this line is indented less than the code fence on line {first + index} that it stands in",
                        "Indent every line of the fence alike",
                    )
                )
        code = "".join(text[lead:] + "\n" for text in inside)
        found.append(Fence(lang, match["info"].strip(), attrs, code, first + index, first + end))
        for gone in range(index, end + 1):
            prose[gone] = _STASH
        index = end + 1
    return found, prose


def _quoted_ticks(info: str) -> bool:
    """Tell whether the backticks of a fence's first line all stand in its quoted values."""
    return "`" not in re.sub(r"\"[^\"]*\"|'[^']*'", "", info)


def _info(info: str) -> tuple[str, dict[str, str], bool]:
    """Read what stands after the marks of a fence: the language, the attributes, and whether it could be read."""
    match = _LANG.match(info)
    lang = match["lang"] if match else ""
    rest = info[match.end() :] if match else info
    braced = _BRACED.match(rest)
    if braced is not None:
        inner = braced["attrs"]
        if not lang and (first := re.match(r" *\.?([\w#+-]+)(?= |$)", inner)):
            lang = first[1]
        return lang, _attrs(inner), True
    attrs: dict[str, str] = {}
    position = 0
    while rest[position:].strip():
        option = _OPTION.match(rest, position)
        if option is None:
            return lang, attrs | _attrs(rest[position:]), False
        attrs[option["key"]] = option["value"] or ""
        position = option.end()
    return lang, attrs, True


def _attrs(text: str) -> dict[str, str]:
    return {match["key"]: match["double"] or match["single"] or match["bare"] or "" for match in _ATTR.finditer(text)}


# --- Typed blocks -------------------------------------------------------------------------------------------------


def _blocks(lines: list[str], prose: list[str], first: int, slips: list[Slip]) -> tuple[list[Block], list[int]]:
    """Return the blocks of the page as trees, and the indexes of their options and ends (which are not prose)."""
    top: list[Block] = []
    stack: list[_Open] = []
    hidden: list[int] = []

    def close(end: int) -> None:
        block = stack.pop()
        text = "\n".join(lines[block.text_line - first : end - first]).strip("\n")
        begin = block.text_line
        while begin < end and not lines[begin - first].strip():
            begin += 1
        made = Block(
            block.name,
            block.title,
            block.options,
            text + "\n" if text else "",
            block.line,
            begin,
            end,
            len(stack),
            tuple(block.children),
        )
        (stack[-1].children if stack else top).append(made)

    def unclosed(block: _Open, before: int) -> None:
        slips.append(
            Slip(
                block.line,
                f"the block `{block.name}` is not closed",
                f"Write a line `{'/' * block.marks}` before line {before}; a block that holds others needs more slashes"
                " than they have",
            )
        )

    index = -1
    while index + 1 < len(prose):
        index += 1
        line = prose[index]
        if "///" not in line or not line.lstrip().startswith("///"):
            continue
        if closing := _BLOCK_CLOSE.match(line):
            hidden.append(index)
            marks = len(closing["marks"])
            depth = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].marks == marks), None)
            if depth is None:
                slips.append(
                    Slip(
                        first + index,
                        f"`{'/' * marks}` closes a block that is not open",
                        "Give a block as many slashes at its end as at its beginning, or remove the line",
                    )
                )
                continue
            while len(stack) > depth + 1:
                unclosed(stack[-1], first + index)
                close(first + index)
            close(first + index)
            continue
        opening = _BLOCK_OPEN.match(line)
        if opening is None:
            slips.append(
                Slip(
                    first + index,
                    "this line begins like a block and is none",
                    "Write it as `/// name | title`",
                )
            )
            continue
        name, marks = opening["name"], len(opening["marks"])
        if len(stack) >= MAX_NESTING and stack[-1].marks > marks:
            slips.append(Slip(first + index, "the blocks are nested too deeply", "Move this block out"))
            continue
        while stack and stack[-1].marks <= marks:
            unclosed(stack[-1], first + index)
            close(first + index)
        if name not in BLOCKS:
            slips.append(
                Slip(first + index, f"there is no block named `{name}`", suggestion(name, BLOCKS)),
            )
        indent = " " * (len(opening["indent"]) + 4)
        options: list[str] = []
        after = index + 1
        while after < len(prose) and prose[after].startswith(indent) and prose[after].strip():
            options.append(prose[after][len(indent) :])
            hidden.append(after)
            after += 1
        # The header keeps its title as prose: people read it, and it may hold links.
        prose[index] = opening["title"] or ""
        options_text = "\n".join(options) + "\n" if options else ""
        stack.append(_Open(name, opening["title"] or "", options_text, marks, first + index, first + after))
        index = after - 1
    while stack:
        unclosed(stack[-1], first + len(lines))
        close(first + len(lines))
    return top, hidden


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
            and not prose[index - 1].startswith(("-", "*", ">", "#", "|", _STASH))
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


def _links(text: str, at: _Lines) -> list[Link]:
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


def count_words(text: str) -> int:
    """Return the words of a piece of Markdown that are said aloud: without code fences and the targets of links."""
    fence, said = "", []
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opening is not None:
            fence = opening["marks"]
        else:
            said.append(line)
    return len(_WORD.findall(re.sub(r"\]\([^()\s]*\)", "]", "\n".join(said))))


def _minutes(shown: str, no_math: str, fences: list[Fence]) -> float:
    """Return how long the page takes to read."""
    text = re.sub(r"\]\([^()\s]*\)", "]", no_math)
    seconds = len(_WORD.findall(text)) * 60 / WORDS_A_MINUTE
    displays = len(_DISPLAY.findall(shown))
    seconds += displays * SECONDS_A_FORMULA
    seconds += len(_INLINE_MATH.findall(_DISPLAY.sub(_blank, shown))) * SECONDS_AN_INLINE_FORMULA
    for fence in fences:
        if fence.lang in ("figure", "mermaid"):
            seconds += SECONDS_A_PICTURE
        else:
            seconds += SECONDS_A_CODE_LINE * sum(1 for line in fence.text.split("\n") if line.strip())
    return seconds / 60


# --- What must not be published -----------------------------------------------------------------------------------


def _code_spans(text: str) -> list[tuple[int, int]]:
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


def _mask(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with the inside of these spans made of spaces."""
    pieces: list[str] = []
    position = 0
    for begin, end in spans:
        pieces += [text[position:begin], re.sub(r"[^\n]", " ", text[begin:end])]
        position = end
    return "".join([*pieces, text[position:]])


def _unsafe(shown: str, no_math: str, fences: list[Fence], blocks: list[Block], at: _Lines) -> Iterator[Slip]:
    """Yield what looks like HTML and would be shown as text, links that run script and attributes that do.

    This is for the writer, who learns the line. What is rendered cannot hold HTML, and is looked at again
    (guide.render.safety).
    """
    lines: set[int] = set()
    for match in _TAG.finditer(no_math) if "<" in no_math else ():
        line = at(match.start())
        if line not in lines and not _AUTOLINK.match(no_math, match.start()):
            lines.add(line)
            sign = re.compile(r"<[^>\s]{0,30}>?").match(no_math, match.start())
            yield Slip(line, f"raw HTML (`{sign[0] if sign else '<'}`) is not allowed", _NO_HTML)
    for line, written in enumerate(shown.split("\n"), start=at.first):
        brace = written.find("{")
        if brace >= 0 and _HANDLER.search(written, brace):
            yield Slip(
                line,
                "an attribute list may not set handlers, styles or addresses",
                "Keep only an id, classes, title, width or height in the braces",
            )
    for link in _links(no_math, at):
        scheme = _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", html.unescape(link.target)))
        if scheme and scheme[1].lower() not in _ALLOWED_SCHEMES and link.line not in lines:
            yield Slip(
                link.line,
                f"a link may not begin with `{scheme[1].lower()}:`",
                "Link to a page of the guide by its relative path, or to an https:// address",
            )
    for fence in fences:
        if _HANDLER.search(re.sub(r"\"[^\"]*\"|'[^']*'", '""', fence.info)):
            yield Slip(
                fence.line, "a code fence may not set handlers, styles or addresses", "Remove them from its first line"
            )
    for block in (inner for outer in blocks for inner in outer.walk()):
        if _OPTION_ATTRS.search(block.options):
            yield Slip(block.line + 1, "a block may not set attributes", "Remove the option `attrs`")
