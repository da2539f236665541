"""The typed blocks of a Markdown text (`/// name | title` … `///`), as trees.

A block closes with as many slashes as it opened with; one that holds others needs more than they have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from guide.model.body import Block
from guide.model.problems import FileProblems, suggestion
from guide.model.vocabulary import BLOCKS

# A transcript or a question holds blocks, and those may hold a note.
MAX_NESTING: Final = 6

_OPEN = re.compile(r"^(?P<indent> *)(?P<marks>/{3,}) *(?P<name>[\w-]+) *(?:\| *(?P<title>.*?) *)?$")
_CLOSE = re.compile(r"^ *(?P<marks>/{3,}) *$")


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


class _Reader:
    """What was read so far."""

    def __init__(self, lines: list[str], prose: list[str], first: int, problems: FileProblems) -> None:
        self.lines, self.prose, self.first, self.problems = lines, prose, first, problems
        self.top: list[Block] = []
        self.stack: list[_Open] = []

    def close(self, end: int) -> None:
        """End the innermost block on a line."""
        block = self.stack.pop()
        text = "\n".join(self.lines[block.text_line - self.first : end - self.first]).strip("\n")
        begin = block.text_line
        while begin < end and not self.lines[begin - self.first].strip():
            begin += 1
        text = text + "\n" if text else ""
        made = Block(
            block.name, block.title, block.options, text, block.line, begin, end, len(self.stack), tuple(block.children)
        )
        (self.stack[-1].children if self.stack else self.top).append(made)

    def close_unclosed(self, end: int) -> None:
        """End the innermost block, which its author did not."""
        block = self.stack[-1]
        self.problems.add(
            block.line,
            f"the block `{block.name}` is not closed",
            f"Write a line `{'/' * block.marks}` before line {end}; a block that holds others needs more slashes than "
            "they have",
        )
        self.close(end)

    def closing(self, index: int, marks: int) -> None:
        """Read a line that is slashes alone, and so many."""
        self.prose[index] = ""
        line = self.first + index
        if marks not in [block.marks for block in self.stack]:
            said = f"`{'/' * marks}` closes a block that is not open"
            fix = "Give a block as many slashes at its end as at its beginning, or remove the line"
            self.problems.add(line, said, fix)
            return
        while self.stack[-1].marks != marks:
            self.close_unclosed(line)
        self.close(line)

    def opening(self, index: int, match: re.Match[str]) -> int:
        """Read the header of a block and its options; return the index of the last line that was read."""
        name, marks, line = match["name"], len(match["marks"]), self.first + index
        if len(self.stack) >= MAX_NESTING and self.stack[-1].marks > marks:
            self.problems.add(line, "the blocks are nested too deeply", "Move this block out")
            return index
        while self.stack and self.stack[-1].marks <= marks:
            self.close_unclosed(line)
        if name not in BLOCKS:
            self.problems.add(line, f"there is no block named `{name}`", suggestion(name, BLOCKS))
        indent = " " * (len(match["indent"]) + 4)
        options = ""
        after = index + 1
        while after < len(self.prose) and self.prose[after].startswith(indent) and self.prose[after].strip():
            options += self.prose[after][len(indent) :] + "\n"
            self.prose[after] = ""
            after += 1
        # The header keeps its title as prose: people read it, and it may hold links.
        self.prose[index] = match["title"] or ""
        self.stack.append(_Open(name, match["title"] or "", options, marks, line, self.first + after))
        return after - 1


def read_blocks(lines: list[str], prose: list[str], first: int, problems: FileProblems) -> list[Block]:
    """Return the blocks of the page; their headers, options and ends are blanked in `prose`."""
    reader = _Reader(lines, prose, first, problems)
    index = -1
    while index + 1 < len(prose):
        index += 1
        line = prose[index]
        if "///" not in line or not line.lstrip().startswith("///"):
            continue
        if closing := _CLOSE.match(line):
            reader.closing(index, len(closing["marks"]))
        elif opening := _OPEN.match(line):
            index = reader.opening(index, opening)
        else:
            problems.add(
                first + index,
                "this line looks like the start of a block but is not one",
                "Write it as `/// name | title`",
            )
    while reader.stack:
        reader.close_unclosed(first + len(lines))
    return reader.top
