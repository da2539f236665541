"""Notes → a table (CSV) and a text (Markdown), for whoever uses neither the site nor Anki.

Both hold the Markdown that authors wrote: formulas between dollar signs, code in fences. What only this site can read
(figures drawn by code, links between its pages) is put into words and addresses.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final
from urllib.parse import urljoin

from guide.model.catalogue import Page, Question
from guide.publish.deck_package import Note

_COLUMNS: Final = (
    *("id", "question", "shown", "short", "full", "points", "computed", "weak", "strong", "follow-ups"),
    *("kind", "level", "rounds", "area", "chapter", "address"),
)
_NAMES: Final = {
    "short": "Short answer",
    "points": "Key points",
    "full": "Full answer",
    "computed": "How this was computed",
    "weak": "What a weak answer sounds like",
    "strong": "What a strong answer sounds like",
    "follow-ups": "Follow-ups",
}

# Code and formulas, in which nothing is rewritten; then what is.
_KEPT: Final = (
    r"(?P<kept>^(?P<mark>[ \t]*(?:`{3,}|~{3,})).*?^(?P=mark)[ \t]*$"
    r"|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|\$\$.+?\$\$|\$[^$\n]+\$)"
)
_FIGURE = re.compile(r"^[ \t]*```+figure\b(?P<options>[^\n]*)\n.*?^[ \t]*```+[ \t]*$", re.DOTALL | re.MULTILINE)
_ALT = re.compile(r'alt="([^"]*)"')
_LINK = re.compile(
    _KEPT + r"|(?P<note>\[\^[^\]\s]+\])|\]\((?P<target>[^)\s]+)(?P<rest>[^)]*)\)", re.DOTALL | re.MULTILINE
)
# A spreadsheet takes what begins like this for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def parts(page: Page, question: Question, site: str) -> dict[str, str]:
    """Return the parts of a question as Markdown that can be read anywhere."""
    written = {
        "question": question.title,
        "shown": _shown(page, question),
        "short": question.short,
        "full": question.full,
        "points": question.points,
        "computed": question.computed or "",
        "weak": question.weak or "",
        "strong": question.strong or "",
        "follow-ups": question.follow_ups,
    }
    return {name: _portable(text, page, site) for name, text in written.items()}


def _shown(page: Page, question: Question) -> str:
    """Return what stands between the title of a question and its answers: code, a plot, a log."""
    block = next((each for each in page.body.all_blocks() if each.line == question.line), None)
    if block is None:
        return ""
    first = min((child.line for child in block.children), default=block.end_line)
    return "\n".join(block.text.split("\n")[: max(0, first - block.text_line)])


def _portable(text: str, page: Page, site: str) -> str:
    def drawn(match: re.Match[str]) -> str:
        alt = _ALT.search(match["options"])
        return f"*Figure: {alt[1] if alt else 'on the page'}*"

    def absolute(match: re.Match[str]) -> str:
        if match["kept"]:
            return match[0]
        if match["note"]:
            return ""
        return f"]({_address(match['target'], page, site)}{match['rest']})"

    return _LINK.sub(absolute, _FIGURE.sub(drawn, text.strip()))


def _address(target: str, page: Page, site: str) -> str:
    """Return the address that a link of a page leads to."""
    path, mark, anchor = target.partition("#")
    if not path:
        return f"{site}{page.url}{mark}{anchor}"
    if re.match(r"[a-z]+:", path):
        return target
    # From the file's place below docs/ to the address that its page has.
    there = urljoin(f"{site}{page.src}", path)
    there = re.sub(r"(?:(?<=/)index)?\.(?:md|ipynb)$", "/", there).replace("//", "/").replace(":/", "://")
    return f"{there}{mark}{anchor}"


def table(notes: Sequence[Note]) -> bytes:
    """Return the notes as CSV, a line for each question; with a mark by which spreadsheets know that it is UTF-8."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(note.plain[name]) for name in _COLUMNS] for note in notes)
    return made.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes: lists begin with a bullet, anything else with an apostrophe."""
    cell = re.sub(r"^([ \t]*)[-*+] ", r"\1• ", cell, flags=re.MULTILINE) if re.match(r"[-*+] ", cell) else cell
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def text(title: str, notes: Sequence[Note], site: str) -> bytes:
    """Return the notes as one Markdown text, chapter by chapter."""
    said = [
        f"# The Training Loop: {title}",
        f"From <{site}>. Text: CC BY 4.0, The Training Loop contributors; code: MIT.",
    ]
    for chapter, group in groupby((note.plain for note in notes), key=lambda plain: plain["chapter"]):
        said.append(f"## {chapter}")
        for plain in group:
            said += [
                f"### {plain['question']}",
                f"*{plain['kind']}, {plain['level'].lower()} level: {plain['rounds']}*",
            ]
            said += [plain["shown"]] if plain["shown"] else []
            said += [f"**{name}**\n\n{plain[part]}" for part, name in _NAMES.items() if plain[part]]
            said.append(f"[In the guide]({plain['address']})")
    return ("\n\n".join(said) + "\n").encode()
