"""The twists of a case: what its section *Now imagine* holds, one list item each, and the form that this takes.

A mock interview brings them up while the clock runs, so each has to begin with what an interviewer would say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guide.check.sections import section_of
from guide.model.catalogue import Case, Catalogue
from guide.model.problems import Problem

SECTION: Final = "Now imagine"
_ITEM: Final = re.compile(r"^- (?P<first>.*(?:\n(?:[ ]{2,}\S.*))*)", re.MULTILINE)
_BOLD: Final = re.compile(r"\*\*(?P<said>.+?)\*\*(?P<rest>.*)")
# A sentence that is over, perhaps within quotation marks; and the first one of a text.
_OVER: Final = re.compile(r"[.?!:][\"”]?$")
_SENTENCE: Final = re.compile(r"(?P<end>.*?[.?!])(?: +|$)(?P<after>.*)")


@dataclass(frozen=True, slots=True)
class Twist:
    """What changes, as it is said, and what a strong answer says to it; both Markdown. `line` is that of the item."""

    said: str
    answer: str
    line: int


def twists_of(page: Case) -> list[Twist]:
    """Return the twists of a case. Bold words that are no sentence go on to its end, unless a colon follows them."""
    found = []
    for line, text in _items(page):
        bold = _BOLD.match(text)
        if bold is None:
            continue
        said, answer = bold["said"], bold["rest"].removeprefix(":").strip()
        whole = _OVER.search(said) or bold["rest"].startswith(":")
        if not whole and (sentence := _SENTENCE.match(bold["rest"])):
            said, answer = said + sentence["end"], sentence["after"]
        found.append(Twist(said, answer, line))
    return found


def _items(page: Case) -> Iterator[tuple[int, str]]:
    place = section_of(page, SECTION)
    if place is None:
        return
    line, text = place
    for item in _ITEM.finditer(text):
        yield line + 1 + text[: item.start()].count("\n"), " ".join(item["first"].split())


def twists(catalogue: Catalogue) -> Iterator[Problem]:
    """Each item of *Now imagine* begins in bold with a twist, as an interviewer says it, and goes on with an answer."""
    for page in catalogue.cases:
        good = {twist.line for twist in twists_of(page) if twist.answer}
        for line, _ in _items(page):
            if line not in good:
                fix = "Write `- **What changes.** What a strong answer says`"
                yield page.problem(line, "the twist does not begin in bold, or has no answer", fix)
