"""The fence of a figure that answers back, read: what it asks, what is to be seen, and which figure it names.

    ```explore name="threshold-cost"
    question: Where would you put the threshold if a miss costs twenty false alarms?
    alt: What the picture shows before anything is moved.
    see: What to try, and what to notice.
    caption: What the numbers are made of.
    ```

The name stands on the first line, since it says which figure; the words stand below, where they can be as long as they
need to be. A line that is indented goes on with the one before. Figures are modules of overrides/app/explore/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from guide.model.problems import suggestion
from guide.tools.node import REPOSITORY

FIGURES: Final = REPOSITORY / "overrides/app/explore"
WORDS: Final = {
    "question": "the question that the figure answers",
    "alt": "what is to be seen, for those who cannot see it",
    "see": "what to try and what to notice",
    "caption": "what the numbers are made of",
}
_LINE = re.compile(r"(?P<key>[a-z]+): *(?P<text>.*)")


@dataclass(frozen=True)
class Explorable:
    """A figure as an author places it: its name and its words, empty where there are none."""

    name: str
    question: str = ""
    alt: str = ""
    see: str = ""
    caption: str = ""


class Fault(NamedTuple):
    """What is wrong with a fence: how many lines below its first, what, and the cure."""

    line: int
    message: str
    fix: str


@cache
def names() -> tuple[str, ...]:
    """Return the names of all figures."""
    return tuple(sorted(path.stem for path in FIGURES.glob("*.ts")))


def read(attrs: Mapping[str, str], text: str) -> tuple[Explorable, list[Fault]]:
    """Return what a fence says, and what is wrong with it."""
    words: dict[str, str] = {}
    faults = list(_head(attrs))
    key = ""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match and match["key"] in WORDS:
            key = match["key"]
            if key in words:
                faults.append(Fault(number, f"`{key}` is said twice", "Join the two"))
            words[key] = match["text"].strip()
        elif line.startswith("  ") and key:
            words[key] = f"{words[key]} {line.strip()}".strip()
        elif match:
            faults.append(
                Fault(number, f"an interactive figure has no `{match['key']}`", suggestion(match["key"], WORDS))
            )
        elif line.strip():
            faults.append(Fault(number, "this line belongs to nothing", "Indent it by two spaces to continue a line"))
    for key, what in WORDS.items():
        if not words.get(key):
            faults.append(Fault(0, f"this figure has no `{key}`", f"Write a line `{key}: …`: {what}"))
    return Explorable(attrs.get("name", ""), **words), faults


def _head(attrs: Mapping[str, str]) -> list[Fault]:
    name = attrs.get("name", "")
    if not name:
        return [Fault(0, "this fence does not say which figure", f'Write ```explore name="{next(iter(names()), "…")}"')]
    if name not in names():
        return [Fault(0, f"there is no figure `{name}`", suggestion(name, names()))]
    others = sorted(attrs.keys() - {"name"})
    return [
        Fault(0, f"`{other}` does not belong on the first line", f"Write it below, as a line `{other}: …`")
        if other in WORDS
        else Fault(0, f"an explore fence has no option `{other}`", "Use name alone")
        for other in others
    ]
