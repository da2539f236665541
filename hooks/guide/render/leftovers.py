"""Rendered text → Markdown that was meant and not read. The last lock on what is written being what is shown.

The checks refuse the ordinary mistakes by line, before anything is rendered. Whatever gets past them ends as text that
a reader sees with its signs: two asterisks, half a link, a dollar, a command of TeX. This one rule looks for such signs
in the text of a page, code and formulas apart, so that a kind of mistake that nobody has thought of is refused as well.
"""

from __future__ import annotations

import re
from typing import Final

# What is left in the text, and what it was most likely meant to be.
_SIGNS: Final[dict[str, str]] = {
    r"\*\*|(?<![\w_])__(?=\w)(?!\w+__(?!\w))": "strong text that is not closed, or opens next to a space",
    r"\]\(|\]\[\w": "half of a link",
    r"\[\^": "a footnote that is not defined",
    r"\$(?!\d)[^\s$][^$\n]*\$(?!\d)|\$\$": "a formula that was not read",
    r"\\[A-Za-z]{2,}": "a command of TeX outside a formula",
    r"```|~~~": "a fence that was not read",
    r"\|\s*:?-{3,}": "a table that was not read",
    r"(?m)^\s*(?:[-*+] \S.*\n\s*[-*+] |1\. \S.*\n\s*2\. )": "a list that was not read",
    r"\{:? ?[.#][\w-]+": "attributes that belong to nothing",
    r"\[!\w+\]|--8<--|:::|(?<!\[)\[\[(?!listing )[A-Za-z]": "a form of other tools",
    r"(?<![=\w])==(?=\w)[^=\n]*\w==|(?<!~)~~(?=\w)": "marked or struck text that is not closed",
    r"&(?:amp|lt|gt|quot|nbsp|mdash|ndash);": "an entity that was written twice",
}
_ANY: Final = re.compile("|".join(f"(?:{sign.removeprefix('(?m)')})" for sign in _SIGNS), re.MULTILINE)
_EACH: Final = tuple((re.compile(sign), meant) for sign, meant in _SIGNS.items())
# Where such signs mean themselves, by the element and by the class.
APART: Final = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style"})
FORMULA: Final = "arithmatex"


def leftover(text: str) -> tuple[str, str] | None:
    """Return the first sign of Markdown in a text and what it was meant to be, or None."""
    match = _ANY.search(text)
    if match is None:
        return None
    meant = next(meant for each, meant in _EACH if each.match(text, match.start()))
    return text[match.start() : match.start() + 40].split("\n")[0], meant
