"""A trial of what a page includes (`{!_includes/name.md!}`), before markdown-include does it.

markdown-include opens any file of the machine that is named, in a notebook or a solution as well as in a page, reads a
name that two texts spell together, and follows fragments that multiply without an end. So it only sees pages for which
this trial found no fault. Here nothing is opened: what is included is a fragment that was read with the guide.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from guide.model.catalogue import Catalogue

# Fragments that hold fragments multiply; a page stays a page.
MOST_TEXT: Final = 400_000
MOST_DEPTH: Final = 50

_INCLUDE = re.compile(r"\{!(?P<path>.+?)!(?:lines=(?P<lines>[0-9 -]+))?\}")
_RANGE = re.compile(r"(?P<first>[1-9][0-9]{0,8})(?:-(?P<last>[1-9][0-9]{0,8}))?")


@dataclass(slots=True)
class _Expanding:
    """One expansion that is under way."""

    fragments: Mapping[str, str]
    size: int = 0
    faults: list[str] = field(default_factory=list)


def texts(catalogue: Catalogue) -> dict[str, str]:
    """Return the text of every fragment by its path below docs/."""
    return {fragment.src: fragment.body.text for fragment in catalogue.fragments}


def expand(markdown: str, fragments: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a text with its includes filled in, and what is wrong with them. What cannot be filled in is left out."""
    if "{!" not in markdown:
        return markdown, []
    work = _Expanding(fragments)
    filled = _filled(markdown, work, ())
    if work.size > MOST_TEXT:
        return "", [f"what is included comes to more than {MOST_TEXT // 1000} KB"]
    while left := _INCLUDE.search(filled):
        # Two texts that were put side by side spell a new one.
        work.faults.append(f"`{left[0][:60]}` is pieced together from an include and the text beside it")
        filled = filled[: left.start()] + filled[left.end() :]
    return filled, list(dict.fromkeys(work.faults))


def _filled(text: str, work: _Expanding, around: tuple[str, ...]) -> str:
    def put(match: re.Match[str]) -> str:
        path = match["path"].strip()
        src = posixpath.normpath(path)
        if work.size > MOST_TEXT or len(around) > MOST_DEPTH:
            work.size = MOST_TEXT + 1
            return ""
        if src not in work.fragments:
            work.faults.append(f"`{path[:80]}` is not a fragment in docs/_includes/")
            return ""
        if src in around:
            work.faults.append(f"the fragment `{path[:80]}` includes itself")
            return ""
        lines = work.fragments[src].removesuffix("\n").split("\n")
        if match["lines"] is not None:
            lines = _chosen(lines, match["lines"], match[0], work)
        chosen = "\n".join(lines)
        work.size += len(chosen) + 1
        return _filled(chosen, work, (*around, src))

    return _INCLUDE.sub(put, text)


def _chosen(lines: list[str], wanted: str, written: str, work: _Expanding) -> list[str]:
    """Return the lines that `lines=1 3-5` asks for."""
    chosen: list[str] = []
    for part in wanted.split():
        match = _RANGE.fullmatch(part)
        first, last = (int(match["first"]), int(match["last"] or match["first"])) if match else (0, 0)
        if not 0 < first <= last <= len(lines):
            work.faults.append(f"`{written[:60]}` asks for lines `{part}` of a fragment of {len(lines)}")
        else:
            chosen += lines[first - 1 : last]
    return chosen
