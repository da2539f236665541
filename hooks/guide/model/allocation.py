"""Allocation, which is docs/plan/allocation.yml: the shares of a plan, the rules that move them, and who says so.

The planner decides by data that people can read and argue with: every share, rule, booking and activity stands in one
file with its reason and its source, and the page that explains the allocation is made from the same file. This module
says what the file may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Final, Literal, get_args, get_origin

from pydantic import AfterValidator, Field, StringConstraints

from guide.model import vocabulary
from guide.model.labels import label
from guide.model.types import Minutes, Noun, Plain, Slug
from guide.model.vocabulary import (
    COMPANIES,
    LEVELS,
    ROLES,
    TRACKS,
    Company,
    Importance,
    ItemKind,
    Level,
    Role,
    RoundId,
    Track,
)

PATH: Final = "docs/plan/allocation.yml"

Pot = Literal["breadth", "depth", "design", "ml-coding"]
Part = Literal["any", "first", "last-day"]
Percent = Annotated[float, Field(ge=0, le=100)]
Factor = Annotated[float, Field(gt=0, le=10)]
# On one line whatever lines it was written on, since it stands in the cells of tables.
Text = Annotated[
    str,
    StringConstraints(min_length=10, max_length=400, strip_whitespace=True, pattern=r"[.?]$"),
    AfterValidator(lambda text: " ".join(text.split())),
]
# A page or a resource, by its id; of a page, perhaps a section of it.
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-/][a-z0-9]+)*(#[a-z0-9-]+)?$")]
WeekMinutes = tuple[Annotated[int, Field(ge=0, le=600)], ...]

# How the closed lists are called in forms and tables. Rounds and areas bring their names with them.
_CALLED: Final = {
    "large": "Large tech company",
    "start-up": "Start-up",
    "non-tech": "Company outside tech",
    "reinforcement": "Reinforcement learning",
}
NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    key: {value: _CALLED.get(value) or label(value) for value in values}
    for key, values in (("levels", LEVELS), ("companies", COMPANIES), ("roles", ROLES), ("tracks", TRACKS))
}


class Source(Noun):
    """Who says so."""

    title: Plain
    by: Plain
    date: Plain


class Reasoned(Noun):
    """What the reader is shown beside everything that moves time: why, who says so, and what of it is our figure."""

    reason: Text
    source: Slug
    judged: Text | None = None


class When(Noun):
    """Conditions; a rule applies when all that are given hold. A list means one of these."""

    levels: tuple[Level, ...] = ()
    companies: tuple[Company, ...] = ()
    roles: tuple[Role, ...] = ()
    sure: tuple[RoundId, ...] = ()
    unsure: tuple[RoundId, ...] = ()
    speciality: bool | None = None


class Share(Reasoned):
    """A share of the 100%."""

    id: Pot
    name: Plain
    percent: Percent


class Move(Noun):
    """Points that go from one share to another."""

    from_: Pot = Field(alias="from")
    to: Pot
    points: Percent


class Rule(Reasoned):
    """A rule that moves a share."""

    id: Slug
    when: When
    move: Move


class Step(Reasoned):
    """What happens to all shares alike, after the rules."""

    maybe: Factor | None = None
    weak: Factor | None = None
    strong: Factor | None = None


class Weight(Reasoned):
    """A rule that makes some material count more, or less, within its share."""

    id: Slug
    when: When
    areas: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    activities: tuple[Slug, ...] = ()
    tracks: Literal["chosen", "shared", "other"] | None = None
    factor: Factor


class Booking(Reasoned):
    """How a round outside the 100% is booked."""

    round: RoundId
    how: Literal["weekly", "once"]
    minutes: Minutes
    sessions: Annotated[float, Field(gt=0, le=14)] | None = None
    least: Minutes | None = None
    at_most: Percent


class BookingRule(Reasoned):
    """A rule that makes bookings longer or shorter."""

    id: Slug
    when: When
    rounds: Annotated[tuple[RoundId, ...], Field(min_length=1)]
    factor: Factor


class Interview(Noun):
    """An interview of a loop."""

    round: RoundId
    count: Annotated[int, Field(ge=1, le=10)]
    minutes: Minutes
    certainty: Literal["sure", "maybe"]
    levels: tuple[Level, ...] = vocabulary.LEVELS
    roles: tuple[Role, ...] = vocabulary.ROLES


class Loop(Reasoned):
    """What the loop of a kind of company usually holds."""

    company: Company
    name: Plain
    interviews: Annotated[tuple[Interview, ...], Field(min_length=1)]


class RoleField(Noun):
    """The tracks that a role brings."""

    role: Role
    tracks: tuple[Track, ...]


class Value(Reasoned):
    """What a session of a kind adds to what can be answered on the day, in points: with weeks to go, and with days.

    `soon` is for the last two weeks, where that makes a difference; with a week or less, `brief` holds for the same.
    """

    usual: Annotated[float, Field(gt=0, le=100)]
    soon: Annotated[float, Field(gt=0, le=100)] | None = None
    brief: Annotated[float, Field(gt=0, le=100)]


class Activity(Noun):
    """Something to do that is no page of the guide."""

    id: Slug
    kind: ItemKind
    rounds: tuple[RoundId, ...]
    title: Plain
    text: Text
    pages: tuple[Reference, ...] = ()
    minutes: Annotated[int, Field(ge=5, le=180)]
    importance: Importance
    times: Annotated[int, Field(ge=1, le=100)] = 1
    every: Annotated[int, Field(ge=1, le=60)] = 1
    part: Part = "any"
    after: Slug | None = None
    rather_after: Slug | None = None
    lead: Annotated[int, Field(ge=1, le=60)] | None = None
    levels: tuple[Level, ...] = ()
    companies: tuple[Company, ...] = ()
    roles: tuple[Role, ...] = ()


class Mocks(Reasoned):
    """How many mock interviews there are: for certain rounds, from a part of the last third, at most so many a week."""

    share: Percent
    a_week: Annotated[float, Field(gt=0, le=14)]
    certain: Annotated[int, Field(ge=0, le=5)]
    from_: Minutes = Field(alias="from")


class Floor(Reasoned):
    """What a round holds before anything else is chosen: so much practice of the kind that it asks for."""

    kind: Literal["design", "code"]
    rounds: Annotated[tuple[RoundId, ...], Field(min_length=1)]
    every: Minutes
    framework: tuple[Reference, ...] = ()


class Thorough(Reasoned):
    """From how many minutes in all a core chapter is read whole before it is drilled."""

    from_: Annotated[int, Field(ge=60, le=60_000)] = Field(alias="from")


class ReadyPlan(Noun):
    """A plan that is computed at build: so many days, minutes from Monday to Sunday. Its page has its title."""

    id: Slug
    days: Annotated[int, Field(ge=1, le=182)]
    minutes: WeekMinutes


class ReadyMade(Noun):
    """The ready-made plans, and for whom they are."""

    level: Level
    role: Role
    company: Company
    plans: Annotated[tuple[ReadyPlan, ...], Field(min_length=1)]


class Allocation(Noun):
    """All of docs/plan/allocation.yml."""

    reviewed: date
    sources: Mapping[str, Source]
    shares: tuple[Share, ...]
    rules: tuple[Rule, ...]
    steps: Mapping[str, Step]
    weights: tuple[Weight, ...]
    outside_at_most: Percent
    bookings: tuple[Booking, ...]
    booking_rules: tuple[BookingRule, ...]
    loops: tuple[Loop, ...]
    fields: tuple[RoleField, ...]
    values: Mapping[str, Value]
    activities: tuple[Activity, ...]
    mocks: Mocks
    floors: tuple[Floor, ...]
    thorough: Thorough
    ready_made: ReadyMade

    def reasoned(self) -> Iterator[tuple[tuple[str | int, ...], Reasoned]]:
        """Yield everything that has a reason, with its place in the file."""
        for section in LISTS:
            for index, entry in enumerate(getattr(self, section)):
                if isinstance(entry, Reasoned):
                    yield (section, index), entry
        for section in ("steps", "values"):
            for name, entry in getattr(self, section).items():
                yield (section, name), entry
        yield ("mocks",), self.mocks
        yield ("thorough",), self.thorough


_FIELDS: Final = {name: field.annotation for name, field in Allocation.model_fields.items()}
# What the file holds under each key: a list of entries, entries by their names, or one.
LISTS: Final[Mapping[str, type[Noun]]] = {
    name: get_args(held)[0] for name, held in _FIELDS.items() if get_origin(held) is tuple
}
MAPS: Final[Mapping[str, type[Noun]]] = {
    name: get_args(held)[1] for name, held in _FIELDS.items() if get_origin(held) is Mapping
}
SINGLE: Final[Mapping[str, type[Noun]]] = {
    name: held for name, held in _FIELDS.items() if isinstance(held, type) and issubclass(held, Noun)
}
STEPS: Final = ("faced", "certainty", "strength", "slider", "loop")
# What the planner makes of pages and activities: each kind of session has a value, and no other has.
VALUES: Final[Mapping[str, str]] = {
    "short": "The short version of a chapter",
    "first-questions": "Its three best questions",
    "reading": "All of it, with its companion questions",
    "more-questions": "Five more questions",
    "round-short": "The page of a round, looked over",
    "round": "The rest of it",
    "round-questions": "Five questions about a round",
    "case": "A case, read",
    "design": "Its design, aloud",
    "case-questions": "Five questions on a case",
    "code": "Code from an empty file",
    "debug": "A planted bug, found",
    "notebook": "A notebook, run",
    "activity": "Practice without a page, twenty minutes",
    "story": "A story, twenty minutes",
}
