"""Rules that read a job posting, which are docs/plan/postings.yml: which words suggest which setting of the planner.

A rule is data that people can argue with: its words, what they suggest, and why. The browser applies them
(overrides/app/core/posting.ts); this module says what the file may hold.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from guide.model.allocation import Text
from guide.model.types import DISTINCT, Noun, Slug, distinct
from guide.model.vocabulary import AREAS, Company, Level, Role, RoundId, Track

PATH: Final = "docs/plan/postings.yml"

# Words with one space between them; `a|b` either, `word*` any ending, `...` up to three words of any kind.
Phrase = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9'+&/.|*-]*(?: (?:\.\.\.|[a-z0-9][a-z0-9'+&/.|*-]*))*$", max_length=120),
]
Phrases = Annotated[tuple[Phrase, ...], AfterValidator(distinct), DISTINCT]


def known_area(value: str) -> str:
    """Refuse a topic area that the guide does not have."""
    if value not in AREAS:
        raise ValueError(f"is not an area: {', '.join(AREAS)}")
    return value


class Suggests(Noun):
    """What a rule suggests: one thing. `ignore` takes a line that holds the words out of what the other rules read."""

    role: Role | None = None
    level: Level | None = None
    company: Company | None = None
    track: Track | None = None
    topic: Annotated[str, AfterValidator(known_area)] | None = None
    round: RoundId | None = None
    ignore: Literal[True] | None = None

    @model_validator(mode="after")
    def one(self) -> Suggests:
        """Refuse a rule that suggests nothing, or several things."""
        if len(self.model_fields_set) != 1:
            raise ValueError("must name one of: role, level, company, track, topic, round, ignore")
        return self


class PostingRule(Noun):
    """An entry of docs/plan/postings.yml."""

    id: Slug
    suggests: Suggests
    # In the title and where the posting says whom it looks for, or in all of it.
    where: Literal["title", "anywhere"] = "anywhere"
    words: Annotated[Phrases, Field(min_length=1)]
    # A line that holds one of these does not count.
    unless: Phrases = ()
    # So many different phrases have to be there.
    least: Annotated[int, Field(ge=1, le=5)] = 1
    # Of a round: whether the posting says that there is one, or only that there may be.
    sure: bool = False
    reason: Text
