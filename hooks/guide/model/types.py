"""The types of which front matter and data are made: frozen pydantic models that refuse unknown keys."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from guide.model.vocabulary import Company, RoundId, Technique, Track

SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
PAGE_ID: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$"
# An angle in degrees, as guide.publish.colors computes with it.
HUE: Final = r"^[0-9]{1,3}(?:\.[0-9]+)?$"


def plain_text(value: str) -> str:
    """Refuse markup in texts that templates print as they are (titles, summaries, one-liners)."""
    if re.search(r"<[A-Za-z/!?]", value):
        raise ValueError("holds HTML")
    return value


def distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse a list that names something twice."""
    twice = next((value for index, value in enumerate(values) if value in values[:index]), None)
    if twice is not None:
        raise ValueError(f"names `{twice}` twice")
    return values


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=100)]
PageId = Annotated[str, StringConstraints(pattern=PAGE_ID, max_length=200)]
# What the validators in Python refuse, for editors, which know the JSON Schema alone.
NO_HTML: Final = Field(json_schema_extra={"not": {"pattern": "<[A-Za-z/!?]"}})
DISTINCT: Final = Field(json_schema_extra={"uniqueItems": True})
Plain = Annotated[
    str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True), AfterValidator(plain_text), NO_HTML
]
Sentence = Annotated[
    str,
    StringConstraints(min_length=10, max_length=160, strip_whitespace=True, pattern=r"[.?]$"),
    AfterValidator(plain_text),
    NO_HTML,
]
Minutes = Annotated[int, Field(ge=1, le=600, strict=True)]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(distinct), DISTINCT]
PageIds = Annotated[tuple[PageId, ...], AfterValidator(distinct), DISTINCT]
Rounds = Annotated[tuple[RoundId, ...], AfterValidator(distinct), DISTINCT]
SomeRounds = Annotated[tuple[RoundId, ...], Field(min_length=1), AfterValidator(distinct), DISTINCT]
SomeTracks = Annotated[tuple[Track, ...], Field(min_length=1), AfterValidator(distinct), DISTINCT]
Companies = Annotated[tuple[Company, ...], AfterValidator(distinct), DISTINCT]
SomeTechniques = Annotated[tuple[Technique, ...], Field(min_length=1), AfterValidator(distinct), DISTINCT]
# Fits on one line of the index of cases.
Tension = Annotated[
    str,
    StringConstraints(min_length=10, max_length=90, strip_whitespace=True),
    AfterValidator(plain_text),
    NO_HTML,
]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"'`]+$", max_length=500)]


class Noun(BaseModel):
    """The base of every model here: unknown keys are refused, nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
