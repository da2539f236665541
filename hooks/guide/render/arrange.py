"""What is done to a page of typed blocks once the whole of it stands: lists, tables, turns, headings, units.

What becomes of each is said in guide.render.blocks.

rubric
    <div class="tl-rubric">…</div>, whose table is wrapped like every table; its first column holds row headings.
transcript
    <section class="tl-transcript" aria-label="TITLE or Transcript"><p class="tl-transcript__title">TITLE</p>
      <div class="tl-turn tl-turn--interviewer"><p><strong class="tl-speaker">Interviewer:</strong> …</p> … </div>
      <div class="tl-turn tl-turn--you">…                       tl-turn--other for anybody else
      <p class="tl-aside"><em>…</em></p>                        a paragraph all in italics: what the interviewer notes
every table of a page
    <div class="tl-scroll" role="region" tabindex="0" aria-label="Table: COLUMNS">
      <table class="tl-table">…</table></div>
    An empty heading cell becomes an empty <td>; a column that holds sentences has <th class="tl-wide">.
    What no phone has room for is <table class="tl-table tl-stack">, and its cells name their columns (data-label):
    there a row stands as an entry, its first cell above the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby, takewhile
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER, AtomicString
from pymdownx.blocks import BlocksProcessor

from guide.model.problems import suggestion
from guide.model.vocabulary import BLOCKS

_LEFTOVER = re.compile(r"(?:^|\n)[ ]{0,3}(?P<marks>/{3,})[ ]*(?P<name>[\w-]*)")
_STASHED = re.compile("\x02.*?\x03")
# From so many letters on, what stands in a cell of a table is read as a sentence.
_SENTENCE = 60
# What a phone shows side by side, in letters: a column takes no more than its longest cell, nor more than some words.
# Where none is longer than a number with its unit, the cells are values.
_PHONE = 46
_WORDS = 22
_VALUE = 12
# What says nothing without the name of its column.
_BARE = re.compile("yes|no|none|high|low|good|bad|large|small|many|few|all|always|never|often|rarely|fast|slow")
_UNIT = re.compile(r"(?<=\d) (?=%|(?:s|ms|min|h|KB|MB|GB|TB)\b)")
_PLACEHOLDER = re.compile(HTML_PLACEHOLDER % "([0-9]+)")
_SPEAKERS: Final = {"you": "you", "candidate": "you", "interviewer": "interviewer"}


def mark(parent: Element, text: str) -> None:
    SubElement(parent, "p", {"class": "tl-problem", "role": "alert"}).text = AtomicString(" ".join(text.split()))


def new_paragraph(text: str) -> Element:
    paragraph = Element("p")
    paragraph.text = text
    return paragraph


class Arrange(Treeprocessor):
    """Gather neighbors into lists, wrap tables, part the turns of transcripts and find blocks that were not read."""

    def __init__(self, md: Markdown, manager: BlocksProcessor) -> None:
        super().__init__(md)
        self.manager = manager

    def run(self, root: Element) -> None:
        """Arrange the page; inline Markdown was rendered before."""
        for entry in self.manager.stack:
            block = entry.block
            slashes = "/" * block.length
            title = f" `{getattr(block, 'argument', '')[:60]}`" if getattr(block, "argument", "") else ""
            mark(root, f"The block `{block.NAME}`{title} is not closed. Write a line `{slashes}` where it ends")
        labels: set[str] = set()
        for parent in list(root.iter()):
            if not isinstance(parent.tag, str):
                continue
            _find_leftovers(parent)
            children = list(parent)
            if not children:
                continue
            if any(child.tag == "p" for child in children):
                self.free_fences(parent)
            if any(child.tag == "table" for child in children):
                _wrap_tables(parent, labels)
            if any(child.tag == "details" for child in children):
                _gather(parent, "tl-why", "tl-ladder")
                _gather(parent, "tl-hint", "tl-hints")
            if parent.get("class") == "tl-transcript":
                _part_turns(parent)
            elif parent.get("class") == "tl-rubric":
                _name_rows(parent)

    def free_fences(self, parent: Element) -> None:
        """Give each code block a paragraph of its own, which is then replaced by the block.

        Fences that follow each other or a line of text without an empty line land in one paragraph, and a browser
        would close that paragraph at the first code block and leave an empty one behind.
        """
        for paragraph in [child for child in parent if child.tag == "p"]:
            head = (paragraph.text or "").split("\n")
            before = list(takewhile(self.is_fence, head))
            if before == head and len(head) == 1 and not len(paragraph):
                continue
            paragraph.text = "\n".join(head[len(before) :])
            last = paragraph[-1] if len(paragraph) else None
            # Its first line goes on from what stands before it.
            first, *tail = ((last.tail if last is not None else paragraph.text) or "").split("\n")
            after = list(takewhile(self.is_fence, reversed(tail)))[::-1]
            rest = "\n".join([first, *tail[: len(tail) - len(after)]])
            if last is not None:
                last.tail = rest
            else:
                paragraph.text = rest
            parts = [*map(new_paragraph, before), paragraph, *map(new_paragraph, after)]
            if (before or after) and not len(paragraph) and not (paragraph.text or "").strip():
                parts.remove(paragraph)
            place = list(parent).index(paragraph)
            parent[place : place + 1] = parts

    def is_fence(self, line: str) -> bool:
        """Tell whether a line stands for a code block that was set aside."""
        match = _PLACEHOLDER.fullmatch(line.strip())
        if match is None or int(match[1]) >= len(self.md.htmlStash.rawHtmlBlocks):
            return False
        block = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
        return isinstance(block, str) and block.lstrip().startswith(("<div", "<pre", "<figure", "<table"))


class Headings(Treeprocessor):
    """Make headings of the titles of blocks, one level below the heading before them.

    This runs after the table of contents was collected, which lists what the page is about and not every question.
    """

    def run(self, root: Element) -> None:
        """Rename the elements."""
        level = 1
        for element in root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                level = int(tag[1])
            elif tag == "p" and "tl-heading" in element.get("class", ""):
                element.tag = f"h{min(level + 1, 6)}"


def _find_leftovers(element: Element) -> None:
    """Mark lines that begin like a block and were not read as one."""
    if element.tag in ("code", "pre") or "tl-problem" in element.get("class", ""):
        return
    texts = [element.text or ""] + [f"\n{child.tail}" if child.tag == "br" else child.tail or "" for child in element]
    for index, text in enumerate(texts):
        if "///" not in text:
            continue
        for match in _LEFTOVER.finditer(text):
            # A tail begins in the middle of a line.
            if index and match.start() == 0 and not text.startswith("\n"):
                continue
            marks, name = match["marks"], match["name"]
            if not name:
                said = f"`{marks}` closes a block that is not open. Remove the line, or open the block with `{marks}`"
            elif name in BLOCKS:
                said = (
                    f"The block `{name}` could not be read. Write `{marks} {name} | title` alone on its line, with its "
                    "options indented by four spaces on the next lines, as `key: value`"
                )
            else:
                said = f"There is no block named `{name}`. {suggestion(name, BLOCKS)}"
            mark(element, said)


def _wrap_tables(parent: Element, labels: set[str]) -> None:
    """Put each table into a region that scrolls and that the keyboard reaches."""
    for index, table in enumerate(list(parent)):
        if table.tag != "table":
            continue
        table.set("class", f"{table.get('class', '')} tl-table".strip())
        for cell in list(table.iter("th")):
            if not "".join(cell.itertext()).strip() and not len(cell):
                cell.tag = "td"
        longest = _longest(table)
        _name_wide(table, longest)
        _stack(table, longest)
        columns = [_plain(cell) for cell in table.iter("th")]
        said = "Rubric" if parent.get("class") == "tl-rubric" else "Table"
        if named := [column for column in columns if column]:
            said += ": " + ", ".join(named)
        said = said if len(said) <= 100 else said[:99].rsplit(" ", 1)[0].rstrip(",") + " …"
        unique, count = said, 1
        while unique in labels:
            count += 1
            unique = f"{said} ({count})"
        labels.add(unique)
        region = Element("div", {"class": "tl-scroll", "role": "region", "tabindex": "0", "aria-label": unique})
        region.tail, table.tail = table.tail, None
        region.append(table)
        parent[index] = region


def _longest(table: Element) -> dict[int, int]:
    """Return how many letters the longest cell of each column has; a formula counts as a few."""
    longest: dict[int, int] = {}
    for row in table.iterfind("tbody/tr"):
        for place, cell in enumerate(row):
            longest[place] = max(longest.get(place, 0), len(_STASHED.sub("x + y", "".join(cell.itertext()))))
    return longest


def _name_wide(table: Element, longest: Mapping[int, int]) -> None:
    """Name the columns that hold sentences, so that a narrow window gives them room and scrolls."""
    for place, cell in enumerate(table.iterfind("thead/tr/*")):
        if longest.get(place, 0) > _SENTENCE:
            cell.set("class", f"{cell.get('class', '')} tl-wide".strip())


def _stack(table: Element, longest: Mapping[int, int]) -> None:
    """Have the cells of a table that is too wide for a phone name their columns, where each but the first has a name.

    A table of short values stays a table: its columns are there to be compared, and what is wider than a phone scrolls.
    """
    names = [_plain(cell) for cell in table.iterfind("thead/tr/*")]
    words = [max((len(word) for word in name.split()), default=0) for name in names]
    width = sum(min(max(longest.get(place, 0), letters), _WORDS) + 2 for place, letters in enumerate(words))
    if width <= _PHONE or max(longest.values(), default=0) <= _VALUE or not all(names[1:]):
        return
    table.set("class", f"{table.get('class', '')} tl-stack".strip())
    first = names[0] if _are_values(table, longest) else ""
    for row in table.iterfind("tbody/tr"):
        for name, cell in zip((first, *names[1:]), row, strict=False):
            if name:
                cell.set("data-label", name)


def _are_values(table: Element, longest: Mapping[int, int]) -> bool:
    """Tell whether the first column holds values of something and not names of the rows.

    A name says by itself what it is; the minute of a timeline, a “high” or what comes twice does not.
    """
    cells = ["".join(row[0].itertext()).strip().lower() for row in table.iterfind("tbody/tr") if len(row)]
    return longest.get(0, 0) <= _VALUE / 2 or len(set(cells)) < len(cells) or any(map(_BARE.fullmatch, cells))


def _plain(element: Element) -> str:
    """Return the words of an element for a label; formulas and stashed code have none."""
    text = _STASHED.sub("", "".join(element.itertext()))
    return "" if "\\" in text else " ".join(text.split())


def _name_rows(rubric: Element) -> None:
    """Make row headings of the first column of a rubric."""
    for row in rubric.iterfind(".//tbody/tr"):
        if len(row) and row[0].tag == "td" and (row[0].text or len(row[0])):
            row[0].tag = "th"
            row[0].set("scope", "row")


def _gather(parent: Element, item: str, group: str) -> None:
    """Gather neighbors of one kind into an ordered list, and number the hints."""
    for is_item, run in groupby(list(parent), lambda child: child.tag == "details" and child.get("class") == item):
        if not is_item:
            continue
        children = list(run)
        place = list(parent).index(children[0])
        ladder = Element("ol", {"class": group})
        parent[place : place + len(children)] = [ladder]
        for number, child in enumerate(children, start=1):
            child.tail = None
            SubElement(ladder, "li").append(child)
            if item == "tl-hint":
                summary = child[0]
                numbered = Element("span", {"class": "tl-hint__number"})
                numbered.text = f"Hint {number} · "
                numbered.tail, summary.text = summary.text, None
                summary.insert(0, numbered)


def _part_turns(transcript: Element) -> None:
    """Gather what each speaker says into one element."""
    title = next((child for child in transcript if child.get("class") == "tl-transcript__title"), None)
    if title is not None and (said := _plain(title)):
        transcript.set("aria-label", said)
    turn: Element | None = None
    for child in list(transcript):
        speaker = _speaker(child)
        if speaker is not None:
            who = "".join(speaker.itertext()).rstrip(": ").lower()
            speaker.set("class", "tl-speaker")
            turn = Element("div", {"class": f"tl-turn tl-turn--{_SPEAKERS.get(who, 'other')}"})
            transcript.insert(list(transcript).index(child), turn)
        elif _is_aside(child):
            child.set("class", "tl-aside")
            turn = None
        if turn is not None:
            transcript.remove(child)
            turn.append(child)


def _is_aside(paragraph: Element) -> bool:
    """Tell whether a paragraph is all in italics."""
    texts = (paragraph.text, *(child.tail for child in paragraph))
    return (
        paragraph.tag == "p"
        and [child.tag for child in paragraph] == ["em"]
        and not any((text or "").strip() for text in texts)
    )


def _speaker(paragraph: Element) -> Element | None:
    """Return the `**Name:**` with which a paragraph begins."""
    if paragraph.tag != "p" or not len(paragraph) or (paragraph.text or "").strip() or paragraph[0].tag != "strong":
        return None
    said = "".join(paragraph[0].itertext())
    return paragraph[0] if said.endswith(":") or (paragraph[0].tail or "").startswith(":") else None


class Bind(Postprocessor):
    """Keep a number and its unit on one line. Blocks of code are set aside while this runs."""

    def run(self, text: str) -> str:
        """Return the page with spaces that do not break."""
        return _UNIT.sub("\N{NO-BREAK SPACE}", text)
