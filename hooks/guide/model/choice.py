"""Multiple-choice items, as companies put them in screens: docs/practice/choices/<area>.yml.

An item belongs to the chapter that explains it. What is wrong about each wrong answer is part of it. The order in which
the four answers are shown comes from the item's id, so that it is the same everywhere and follows no pattern.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

from guide.model.types import NO_HTML, Noun, PageId, Slug, plain_text
from guide.model.vocabulary import Level

FOLDER: Final = "docs/practice/choices"
# Where the items stand for a reader: below docs/, and below the root of the site.
PAGE: Final = "practice/choices"
LETTERS: Final = "ABCD"

# Markdown within a line: formulas, code, emphasis.
Said = Annotated[
    str,
    StringConstraints(min_length=1, max_length=400, strip_whitespace=True, pattern=r"^[^\n]*$"),
    AfterValidator(plain_text),
    NO_HTML,
]
Why = Annotated[
    str,
    StringConstraints(min_length=20, max_length=400, strip_whitespace=True, pattern=r"^[^\n]*$"),
    AfterValidator(plain_text),
    NO_HTML,
]


class Answer(Noun):
    """A wrong answer, and why it is wrong; or the right one, and why it is right."""

    text: Said
    why: Why


class Choice(Noun):
    """An entry of docs/practice/choices/<area>.yml."""

    id: Slug
    question: Said
    right: Answer
    wrong: Annotated[tuple[Answer, ...], Field(min_length=3, max_length=3)]
    chapter: PageId
    level: Level

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return the four answers in the order in which they are shown."""
        written = (self.right, *self.wrong)
        return tuple(written[index] for index in sorted(range(4), key=self._place))

    @property
    def place(self) -> int:
        """Return the place of the right answer in that order."""
        return sorted(range(4), key=self._place).index(0)

    def _place(self, index: int) -> str:
        return hashlib.sha256(f"{self.id} {index}".encode()).hexdigest()
