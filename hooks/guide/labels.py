"""Identifiers → words for people, in one place, so that a level or a round is called the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# What a word of an identifier is called when capitalizing is not enough.
_WORDS: Final = {"ml": "ML", "ai": "AI", "genai": "GenAI"}


def label(identifier: str) -> str:
    """Return what a reader sees for a value of the vocabulary: `find-the-bug` → `Find the bug`."""
    first, *rest = re.split(r"[-\s]+", identifier.strip()) or [""]
    return " ".join([_WORDS.get(first, first[:1].upper() + first[1:]), *(_WORDS.get(word, word) for word in rest)])


def minutes_range(minutes: tuple[int, int] | None) -> str:
    """Return a reported length in words; an en dash stands where nobody reports one."""
    if minutes is None:
        return "–"
    shortest, longest = minutes
    return f"{shortest} min" if shortest == longest else f"{shortest}–{longest} min"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 question`, `8 questions`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last
