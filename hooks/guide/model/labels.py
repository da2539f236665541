"""Identifiers → words for people, in one place, so that a level or a round is called the same everywhere."""

from __future__ import annotations

import re
from typing import Final

from guide.model.vocabulary import Importance

# What a word of an identifier is called when capitalizing is not enough.
_WORDS: Final = {"ml": "ML", "ai": "AI", "llm": "LLM", "genai": "GenAI", "gpus": "GPUs"}


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


# How often a page's subject is asked, in the words that a reader sees.
ASKED: Final[dict[Importance, str]] = {"core": "nearly always", "common": "often", "occasional": "now and then"}

# How usual the prompt of a case is. A design round gives one, so none is asked nearly always.
PROMPT: Final[dict[Importance, str]] = {"core": "standard", "common": "frequent", "occasional": "rare"}


def term_anchor(term: str) -> str:
    """Return the anchor of a term on the glossary page."""
    # Signs that tell two terms apart are spelled out: k-means and k-means++.
    spelled = term.lower().replace("+", "-plus").replace("#", "-sharp")
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 hint`, `3 hints`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plural(form: str) -> str:
    """Return the plural of a term by the simple rules of English."""
    if re.search(r"(?:[sxz]|ch|sh)$", form):
        return form + "es"
    if re.search(r"[^aeiouAEIOU]y$", form):
        return form[:-1] + "ies"
    return form + "s"
