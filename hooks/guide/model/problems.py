"""Problems, and how they are told to the person who can fix them.

A Problem is one line: where it is, what is wrong, and how to fix it. The library collects Problems and never
raises for what an author wrote, so that one run shows everything there is to fix.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final, NamedTuple

# Lists up to this length are told in full even when one value is near: the guess may be wrong.
SHORT_LIST: Final = 6


class Problem(NamedTuple):
    """One thing an author has to fix. `path` is relative to the repository root, `line` counts from 1."""

    path: str
    line: int
    message: str
    fix: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}: {_sentence(self.message)}"
        return f"{text} {_sentence(self.fix)}" if self.fix else text


class FileProblems(list[Problem]):
    """The Problems of one file, while it is read."""

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.path = path

    def add(self, line: int, message: str, fix: str = "") -> None:
        """Remember one more."""
        self.append(Problem(self.path, line, message, fix))


def _sentence(text: str) -> str:
    """End a text with a period, and keep it on one line, so that every Problem is one line of output."""
    flat = " ".join(text.split())
    return flat if flat.endswith((".", "?")) else flat + "."


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort Problems by place and drop repeats, so that the same content gives the same report."""
    return sorted(set(problems))


def render(problems: Iterable[Problem]) -> str:
    """Return the whole report: one line a Problem, then a line with their number."""
    found = ordered(problems)
    count = "1 problem" if len(found) == 1 else f"{len(found) or 'no'} problems"
    return "\n".join([*(str(problem) for problem in found), count])


def exit_code(problems: Iterable[Problem]) -> int:
    """Return what the process answers: 0 when there is nothing to fix, else 1."""
    return 1 if any(True for _ in problems) else 0


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that the author most likely meant, or None when nothing is close."""
    known = list(choices)
    folded = word.strip().lower().replace("_", "-").replace(" ", "-")
    if folded in known:
        return folded
    close = difflib.get_close_matches(folded, known, n=1, cutoff=0.6)
    return close[0] if close else None


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return how to fix it: the nearest valid value, and the whole list when it is short or nothing is near."""
    known = list(choices)
    near = nearest(word, known)
    meant = f"Did you mean `{near}`?" if near is not None else ""
    whole = "Use one of: " + ", ".join(known) if known and (near is None or len(known) <= SHORT_LIST) else ""
    return " ".join(part for part in (meant, whole) if part)


def one_of(word: str, choices: Iterable[str]) -> str:
    """Return how to fix a value of a closed list: all of a short one, of which a guess may be the opposite.

    What is spelled most like `junior` is `senior`.
    """
    known = list(choices)
    return "Use one of: " + ", ".join(known) if 0 < len(known) <= SHORT_LIST else suggestion(word, known)
