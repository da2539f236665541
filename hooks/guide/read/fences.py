"""The fenced code blocks of a Markdown text. Every part of the library that looks for a fence asks here.

A fence is read as the renderer reads it: it closes with the same marks at the same indent, also inside a quotation,
and its first line names a language and attributes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from guide.model.body import Fence
from guide.model.problems import FileProblems

_FENCE = re.compile(r"^(?P<lead>[> ]*)(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)$")
_LANG = re.compile(r"^ *\.?(?P<lang>[\w#.+-]+)(?= |$)")
_BRACED = re.compile(r"^ *\{(?P<attrs>[^\n]*)\} *$")
_OPTION = re.compile(r" *(?P<key>[a-zA-Z][a-zA-Z0-9_]*)(?:=(?P<quote>\"|')(?P<value>.*?)(?P=quote))?(?= |$)")
_ATTR = re.compile(r"(?P<key>[a-zA-Z][\w-]*)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'}]+))")
# Lines that no output holds: another fence with a language, a block, a heading of a page.
_NO_OUTPUT = re.compile(r"^[> ]*(?:(?:`{3,}|~{3,})\w|/{3,}(?: |$)|#{2,4} \w)")
_ELSEWHERE: Final = ("title", "hl_lines", "linenums")
# What stands for a line of a fence, which the renderer takes out before it looks for paragraphs.
STASH: Final = "\x03"


def read_fences(lines: list[str], first: int, problems: FileProblems) -> tuple[list[Fence], list[str]]:
    """Return the fences, and the lines with each line of a fence replaced by a mark (it does not end a paragraph)."""
    prose = list(lines)
    opened = {index: match for index, line in enumerate(lines) if (match := _opening(line))}
    closings: dict[tuple[str, int], list[int]] = {}
    for index, match in opened.items():
        if not match["info"].strip():
            closings.setdefault((match["marks"], len(match["lead"])), []).append(index)
    found: list[Fence] = []
    end = -1
    for index, match in opened.items():
        if index <= end:
            continue
        lead, marks, info = match["lead"], match["marks"], match["info"]
        if len(lead) < 4 and index and lines[index - 1].startswith("    "):
            said = "the line before this code fence is indented, so that the fence may be taken for a part of it"
            problems.add(first + index, said, "Put an empty line, without spaces, before the fence")
        lang, attrs, readable = _info(info)
        if not readable:
            said = "the first line of this code fence cannot be read"
            fix = 'Write it as ```` ```lang name="value" ````, with no double quotes inside a value'
            problems.add(first + index, said, fix)
        ends = closings.get((marks, len(lead)), [])
        after = bisect_right(ends, index)
        if after == len(ends):
            said = f"this code fence is not closed (`{marks}{info.strip()[:40]}`)"
            problems.add(first + index, said, f"End it with a line `{marks}` that is indented like the first")
            continue
        end = ends[after]
        inside = lines[index + 1 : end]
        for said, fix in _misread(lang, attrs, marks, inside, first + index):
            problems.add(first + index, said, fix)
        for number in _outside(inside, lead):
            said = f"this line is indented less than the code fence on line {first + index} that it stands in"
            problems.add(first + index + 1 + number, said, "Indent every line of the fence alike")
        code = "".join(text[len(lead) :] + "\n" for text in inside)
        found.append(Fence(lang, info.strip(), attrs, code, first + index, first + end, lead))
        prose[index : end + 1] = [STASH] * (end + 1 - index)
    return found, prose


def no_output(lines: Iterable[str]) -> int | None:
    """Return the first line that no program prints: an output fence that holds one was not closed."""
    return next((number for number, line in enumerate(lines) if _NO_OUTPUT.match(line)), None)


def _misread(lang: str, attrs: dict[str, str], marks: str, inside: list[str], line: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a fence that is well formed and not what its author means, and the cure."""
    swallowed = no_output(inside)
    if lang == "output" and swallowed is not None:
        what = f"`{inside[swallowed].strip()[:40]}` on line {line + 1 + swallowed}"
        yield f"this output fence is not closed before {what}", f"End it with a line `{marks}` below what is printed"
    if lang in ("py", "python3", "ipython"):
        yield f"a `{lang}` fence is not run", f"Write `{marks}python`, whose code is run"
    for key in (key for key in attrs if key in _ELSEWHERE):
        yield f"a code fence takes no option `{key}` here", f"Write `{marks}{lang}` alone"


def _opening(line: str) -> re.Match[str] | None:
    """Return the parts of a line that may open a fence: backticks after the marks stand in quoted values alone."""
    match = _FENCE.match(line) if "```" in line or "~~~" in line else None
    if match is not None and match["marks"][0] == "`" and "`" in re.sub(r"\"[^\"]*\"|'[^']*'", "", match["info"]):
        return None
    return match


def _outside(inside: list[str], lead: str) -> Iterator[int]:
    """Yield the first line of a fence that does not begin as the fence does."""
    if lead:
        strays = (number for number, text in enumerate(inside) if text.strip() and not f"{text} ".startswith(lead))
        yield from (number for number in (next(strays, None),) if number is not None)


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
