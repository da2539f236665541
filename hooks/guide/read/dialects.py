"""Markdown that other tools read and ours does not: told by line, with what to write instead.

Every line here would be published as it stands, or run into its neighbors, without a word from the renderer: lists and
fences as GitHub reads them, signs of other site builders, table cells beyond the last column, footnotes that nobody
wrote. What Material's writers are used to (`!!!`, `???`, `=== "Tab"`, `==marked==`, `~~struck~~`) is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from guide.model.body import Fence
from guide.model.problems import FileProblems
from guide.read.fences import STASH

_ITEM = re.compile(r"^ *(?:[-*+]|\d{1,3}[.)]) +\S")
# In running text a line may begin with a number that ends a sentence; CommonMark draws the line in the same place.
_OPENING_ITEM = re.compile(r"^ *(?:[-*+]|1[.)]) +\S")
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+")
_HEADER = re.compile(r"^ *(?:!!!|\?\?\?\+?|===[!+]?)(?= |$|[\w\"])")
_WHOLE_HEADER = re.compile(
    r"^ *(?:(?:!!! ?|\?\?\?\+? ?)[\w-]+(?: +[\w-]+)*(?: +\"[^\"]*\")?|(?:===[!+]{0,2}|\?\?\?\+?) +\"[^\"]*\") *$"
)
_RULE = re.compile(r"^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
_DEFINED = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]+)\]:", re.MULTILINE)


class _Sign(NamedTuple):
    """Something that means something elsewhere."""

    pattern: re.Pattern[str]
    said: str
    fix: str


_SIGNS: Final = (
    _Sign(re.compile(r"^ *> ?\[![A-Za-z]+\]"), "GitHub's alerts are not read here", "Write `/// note` … `///`"),
    _Sign(re.compile(r"-{1,2}8<-{1,2}"), "`--8<--` includes nothing here", "Include with `{!_includes/name.md!}`"),
    _Sign(
        re.compile(r"\[\[(?!listing )[A-Za-z][^\[\]]*\]\]"),
        "`[[…]]` is not a link here",
        "Write `[the text](the-page.md)`",
    ),
    _Sign(re.compile(r"\[TOC\](?![(\[:])"), "`[TOC]` is not read here", "Delete it: every page has its contents"),
    _Sign(
        re.compile(r"(?<![\w:/]):[a-z][a-z0-9_+-]*[a-z0-9]:(?![\w:/])"),
        "`:name:` is not a picture here",
        "Say it in words, or write it as code",
    ),
    _Sign(
        re.compile(r"(?<=\w)(?:~[\w+-]+~(?!~)|\^[\w+-]+\^)"),
        "`~` and `^` do not lower and raise text",
        "Write a formula: `$x_2$`, `$x^2$`",
    ),
    _Sign(re.compile(r"^ *\{ *\.annotate *\}"), "annotations are not read here", "Write a footnote: `[^name]`"),
    _Sign(
        re.compile(r"\]\((?!<)[^\s()<>\"']+(?: +[^\s()<>\"']+)+\)"),
        "an address may not hold spaces",
        "Rename the file in kebab-case; the address holds no spaces",
    ),
)
# A sign of one of the above; a page without them is not searched.
_HINTS: Final = ("[!", "8<", "[[", "[TOC]", ":", "~", "^", ".annotate", "](")


def dialects(
    lines: list[str], prose: list[str], no_math: str, fences: Iterable[Fence], first: int, problems: FileProblems
) -> None:
    """Tell of everything in a text that reads otherwise elsewhere."""
    masked = no_math.split("\n")
    for index, line in enumerate(masked):
        for sign in _SIGNS if any(hint in line for hint in _HINTS) else ():
            if sign.pattern.search(line):
                problems.add(first + index, sign.said, sign.fix)
    for fence in fences:
        for index in range(fence.line - first, fence.end_line - first + 1):
            masked[index] = fence.lead + STASH
        if fence.lead and 0 < len(fence.lead) < 4 and ">" not in fence.lead:
            said = f"this code fence is indented by {len(fence.lead)}, so that no list item holds it"
            problems.add(
                fence.line, said, "Indent the fence and its code by four spaces in an item, otherwise not at all"
            )
    for index, said, fix in (*_lists(lines, masked), *_headers(masked), *_rows(prose, masked)):
        problems.add(first + index, said, fix)
    for index, line in enumerate(masked):
        if line.startswith("#") and re.search(r"[^\s#\\]#+ *$", line):
            problems.add(first + index, "the sign at the end of this heading would vanish", r"Write it as `\#`")
    defined = {match["name"] for match in _DEFINED.finditer(no_math)}
    for match in _FOOTNOTE.finditer(no_math) if "[^" in no_math else ():
        if match["name"] not in defined:
            at = first + no_math.count("\n", 0, match.start())
            problems.add(at, f"the footnote `[^{match['name']}]` is not defined", f"Write `[^{match['name']}]: …`")


def _lists(lines: list[str], masked: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield lists that run into the text before them, and items that are not nested as they look."""
    inside = False  # a paragraph that is not an item
    told = False
    item: int | None = None  # the indent of the item before
    outer: int | None = None  # the indent of the item that a nested list begins with after an empty line
    after_blank = True
    for index, raw in enumerate(masked):
        line = _QUOTED.sub("", raw) if ">" in raw[:6] else raw
        if not line.strip() or line.startswith("#") or lines[index].lstrip().startswith("///") or _HEADER.match(line):
            inside, told, after_blank = False, False, True
            if line.strip() or lines[index].strip():
                item = None
            continue
        indent = len(line) - len(line.lstrip(" "))
        if _ITEM.match(line):
            if inside and not told and _OPENING_ITEM.match(line):
                told = True
                yield index, "a list needs an empty line before it", "Without it, its items run into the text above"
            elif not inside and not after_blank and outer is not None and outer >= 4 and indent < outer:
                said = "this item follows a nested one without an empty line, so that it becomes nested as well"
                yield index, said, "Put an empty line before it"
            elif item is not None and indent > item and indent % 4:
                yield (
                    index,
                    f"this item is indented by {indent} and will not stand below its parent",
                    ("Indent nested items by four spaces"),
                )
            if not inside:
                outer, item = (indent if after_blank else outer), indent
        elif after_blank:
            if item is not None and 0 < indent - item < 4 and STASH not in line:
                said = f"this paragraph is indented by {indent}, so that no list item holds it"
                yield index, said, "Indent what belongs to an item by four spaces"
            inside = True
            item = item if indent else None
        after_blank = False


def _headers(masked: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield headers of admonitions and tabs that cannot be read, or whose text is not theirs."""
    for index, line in enumerate(masked):
        if not _HEADER.match(line) or re.fullmatch(r"=+ *", line):
            continue
        if not _WHOLE_HEADER.match(line):
            yield (
                index,
                "this line looks like a note or a tab but is not one",
                ('Write `!!! note "Title"`, `??? question "Title"` or `=== "NumPy"`'),
            )
            continue
        indent = len(line) - len(line.lstrip(" ")) + 4
        below = next((text for text in masked[index + 1 :] if text.strip()), "")
        if not below.startswith(" " * indent) and not below.startswith(STASH):
            yield index, "nothing belongs to this header", "Indent its text by four spaces more"


def _rows(prose: list[str], masked: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield rows with more cells than their table has columns, which would vanish, and what would become a row."""
    columns = 0
    for index, line in enumerate(masked):
        if "|" not in line:
            if columns and line.strip() and STASH not in line and not prose[index].lstrip().startswith("///"):
                yield index, "this line would become a row of the table above it", "Put an empty line before it"
            columns = 0
        elif "-" in line and _RULE.match(line) and index and "|" in masked[index - 1]:
            columns = _cells(line)
        elif columns and _cells(line) > columns:
            said = f"this row has {_cells(line)} cells in a table of {columns} columns, so that the last would vanish"
            yield index, said, r"Write `\|` for a bar that is text, `\mid` in a formula"


def _cells(line: str) -> int:
    """Return how many cells a row has."""
    bare = line.strip().replace("\\|", "").removeprefix("|").removesuffix("|")
    return bare.count("|") + 1
