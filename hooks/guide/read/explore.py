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
from typing import Final

from guide.model.problems import FileProblems, suggestion
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


@cache
def names() -> tuple[str, ...]:
    """Return the names of all figures."""
    return tuple(sorted(path.stem for path in FIGURES.glob("*.ts")))


def read(attrs: Mapping[str, str], text: str) -> tuple[Explorable, FileProblems]:
    """Return what a fence says, and what is wrong with it: on which line, counted from the first of the fence as 0."""
    words: dict[str, str] = {}
    faults = FileProblems()
    _head(attrs, faults)
    key = ""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match and match["key"] in WORDS:
            key = match["key"]
            if key in words:
                faults.add(number, f"`{key}` is said twice", "Join the two")
            words[key] = match["text"].strip()
        elif line.startswith("  ") and key:
            words[key] = f"{words[key]} {line.strip()}".strip()
        elif match:
            faults.add(number, f"an interactive figure has no `{match['key']}`", suggestion(match["key"], WORDS))
        elif line.strip():
            faults.add(number, "this line belongs to nothing", "Indent it by two spaces to continue a line")
    for key, what in WORDS.items():
        if not words.get(key):
            faults.add(0, f"this figure has no `{key}`", f"Write a line `{key}: …`: {what}")
    return Explorable(attrs.get("name", ""), **words), faults


def _head(attrs: Mapping[str, str], faults: FileProblems) -> None:
    name = attrs.get("name", "")
    if not name:
        faults.add(0, "this fence does not say which figure", f'Write ```explore name="{next(iter(names()), "…")}"')
    elif name not in names():
        faults.add(0, f"there is no figure `{name}`", suggestion(name, names()))
    else:
        for other in sorted(attrs.keys() - {"name"}):
            if other in WORDS:
                fix = f"Write it below, as a line `{other}: …`"
                faults.add(0, f"`{other}` does not belong on the first line", fix)
            else:
                faults.add(0, f"an explore fence has no option `{other}`", "Use name alone")
