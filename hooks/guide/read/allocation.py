"""docs/plan/allocation.yml → Allocation: the shares of a plan, the rules that move them, and who says so.

The planner decides by data that people can read and argue with: every share, rule, booking and activity stands in one
file with its reason and its source, and the page that explains the allocation is made from the same file. This module
reads it as all content is read (whatever is wrong becomes Problems with a line), and publishes it for the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from guide.model import vocabulary
from guide.model.catalogue import Catalogue
from guide.model.problems import Problem, ordered, suggestion
from guide.model.types import Minutes, Noun, Plain, Slug
from guide.model.vocabulary import (
    ALLOCATIONS,
    AREAS,
    COMPANIES,
    Company,
    Importance,
    ItemKind,
    Level,
    Role,
    RoundId,
)
from guide.read.values import check_entry
from guide.read.yaml import Yaml, read_yaml

PATH: Final = "docs/plan/allocation.yml"
_MAX_BYTES: Final = 400_000

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
WeekMinutes = tuple[Annotated[int, Field(ge=0, le=600)], ...]

# How the closed lists are called in forms and tables. Rounds and areas bring their names with them.
NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "levels": {"entry": "Entry", "mid": "Mid", "senior": "Senior", "staff": "Staff"},
    "companies": {
        "large": "Large tech company",
        "start-up": "Start-up",
        "non-tech": "Company outside tech",
        "research-lab": "Research lab",
    },
    "roles": {
        "ml-engineer": "ML engineer",
        "applied-scientist": "Applied scientist",
        "research-scientist": "Research scientist",
        "data-scientist": "Data scientist",
        "ml-platform-engineer": "ML platform engineer",
    },
    "tracks": {
        "general": "General",
        "language": "Language",
        "vision": "Vision",
        "recommendation": "Recommendation",
        "forecasting": "Forecasting",
        "reinforcement": "Reinforcement learning",
        "platform": "Platform",
        "research": "Research",
    },
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
    activities: tuple[Slug, ...] = ()
    tracks: Literal["chosen", "other"] | None = None
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


class Loop(Reasoned):
    """What the loop of a kind of company usually holds."""

    company: Company
    name: Plain
    interviews: Annotated[tuple[Interview, ...], Field(min_length=1)]


class Value(Reasoned):
    """What a session of a kind adds to what can be answered on the day, in points: with weeks to go, and with days."""

    usual: Annotated[float, Field(gt=0, le=100)]
    brief: Annotated[float, Field(gt=0, le=100)]


class Activity(Noun):
    """Something to do that is no page of the guide."""

    id: Slug
    kind: ItemKind
    rounds: tuple[RoundId, ...]
    title: Plain
    text: Text
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
    values: Mapping[str, Value]
    activities: tuple[Activity, ...]
    mocks: Mocks
    ready_made: ReadyMade

    def reasoned(self) -> Iterator[tuple[tuple[str | int, ...], Reasoned]]:
        """Yield everything that has a reason, with its place in the file."""
        for section in _LISTS:
            for index, entry in enumerate(getattr(self, section)):
                if isinstance(entry, Reasoned):
                    yield (section, index), entry
        for name, step in self.steps.items():
            yield ("steps", name), step
        for name, value in self.values.items():
            yield ("values", name), value
        yield ("mocks",), self.mocks


_LISTS: Final[Mapping[str, type[Noun]]] = {
    "shares": Share,
    "rules": Rule,
    "weights": Weight,
    "bookings": Booking,
    "booking_rules": BookingRule,
    "loops": Loop,
    "activities": Activity,
}
_MAPS: Final[Mapping[str, type[Noun]]] = {"sources": Source, "steps": Step, "values": Value}
_STEPS: Final = ("faced", "certainty", "strength", "slider", "loop")
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


# --- Reading ------------------------------------------------------------------------------------------------------


def read_allocation(root: Path) -> tuple[Allocation | None, list[Problem]]:
    """Read the file below `root` (the repository). Nothing is raised; there is no Allocation unless all of it holds."""
    try:
        data = (root / PATH).read_bytes()
        if len(data) > _MAX_BYTES:
            return None, [Problem(PATH, 1, "the file is larger than a plan can need", "Shorten it")]
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        return None, [Problem(PATH, 1, "the allocation is missing", "Restore the file")]
    except UnicodeDecodeError:
        return None, [Problem(PATH, 1, "the file is not UTF-8", "Save it as UTF-8")]
    except OSError as error:
        return None, [Problem(PATH, 1, f"the file cannot be read ({error.strerror})", "Make it readable")]
    return parse_allocation(text)


def parse_allocation(text: str) -> tuple[Allocation | None, list[Problem]]:
    """Validate the text of the file."""
    source = read_yaml(text, path=PATH)
    if source.problems:
        return None, ordered(source.problems)
    value = source.value
    if not isinstance(value, dict):
        return None, [Problem(PATH, 1, "the allocation must be written as `key: value` lines", "See its history")]
    problems: list[Problem] = []
    known = list(Allocation.model_fields)
    for key in value:
        if key not in known:
            said = f"there is no key `{key}` in the allocation"
            problems.append(Problem(PATH, source.line(key), said, suggestion(str(key), known)))
    for key in known:
        if key not in value:
            problems.append(Problem(PATH, 1, f"the allocation has no `{key}`", f"Add `{key}`"))
    made: dict[str, Any] = {}
    for key, model in _LISTS.items():
        made[key] = _entries(model, value.get(key), source, key, problems)
    for key, model in _MAPS.items():
        made[key] = _mapping(model, value.get(key), source, key, problems)
    for key, single in (("mocks", Mocks), ("ready_made", ReadyMade)):
        if key in value:
            made[key], found = check_entry(single, value[key], source, (key,), f"`{key}`")
            problems += _advised(found)
    made["reviewed"] = value.get("reviewed")
    if "reviewed" in value and type(made["reviewed"]) is not date:
        problems.append(Problem(PATH, source.line("reviewed"), "`reviewed` is not a date", "Write it as YYYY-MM-DD"))
    limit: Any = value.get("outside_at_most")
    made["outside_at_most"] = limit
    if "outside_at_most" in value and (type(limit) not in (int, float) or not 0 <= limit <= 100):
        said = "`outside_at_most` is not a percentage"
        problems.append(Problem(PATH, source.line("outside_at_most"), said, "Write 0 to 100"))
    if problems:
        return None, ordered(problems)
    allocation = Allocation.model_construct(**made)
    problems = ordered(_consistent(allocation, source))
    return (None, problems) if problems else (allocation, [])


def _advised(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give those whose fix is not known the advice that is left."""
    return (problem._replace(fix=problem.fix or "See its neighbors") for problem in problems)


def _entries(model: type[Noun], value: Any, source: Yaml, key: str, problems: list[Problem]) -> tuple[Noun, ...]:
    """Validate a list of entries one by one, so that each problem has its own line."""
    if value is None:
        return ()
    if not isinstance(value, list):
        problems.append(Problem(PATH, source.line(key), f"`{key}` must be a list", "Begin each entry with `- `"))
        return ()
    found: list[Noun] = []
    for index, entry in enumerate(value):
        name = entry.get("id") or entry.get("round") or entry.get("company") if isinstance(entry, dict) else None
        checked, wrong = check_entry(
            model, entry, source, (key, index), f"`{name}`" if name else f"an entry of `{key}`"
        )
        problems += _advised(wrong)
        if checked is not None:
            found.append(checked)
    return tuple(found)


def _mapping(model: type[Noun], value: Any, source: Yaml, key: str, problems: list[Problem]) -> dict[str, Noun]:
    if not isinstance(value, dict):
        if value is not None:
            problems.append(Problem(PATH, source.line(key), f"`{key}` must hold `name:` entries", "Indent its entries"))
        return {}
    found: dict[str, Noun] = {}
    for name, entry in value.items():
        checked, wrong = check_entry(model, entry, source, (key, str(name)), f"`{name}`")
        problems += _advised(wrong)
        if checked is not None:
            found[str(name)] = checked
    return found


def _consistent(allocation: Allocation, source: Yaml) -> Iterator[Problem]:
    """Yield what is wrong between entries that are valid one by one."""

    def at(*path: str | int) -> int:
        return source.line(*path)

    for path, entry in allocation.reasoned():
        if entry.source not in allocation.sources:
            said = f"no source is called `{entry.source}`"
            yield Problem(PATH, at(*path, "source"), said, suggestion(entry.source, allocation.sources))
    pots = [pot for pot in ALLOCATIONS if pot != "outside"]
    yield from _each_once("shares", [share.id for share in allocation.shares], pots, at)
    total = sum(share.percent for share in allocation.shares)
    if abs(total - 100) > 1e-9:
        yield Problem(PATH, at("shares"), f"the shares add up to {total:g}, not to 100", "Make them add up to 100")
    yield from _each_once("loops", [loop.company for loop in allocation.loops], COMPANIES, at)
    for name in _STEPS:
        if name not in allocation.steps:
            yield Problem(PATH, at("steps"), f"`steps` has no `{name}`", f"Add `{name}`")
    for name in allocation.steps:
        if name not in _STEPS:
            yield Problem(PATH, at("steps", name), f"there is no step `{name}`", suggestion(name, _STEPS))
    for name in VALUES:
        if name not in allocation.values:
            yield Problem(PATH, at("values"), f"`values` has no `{name}`", f"Add `{name}`")
    for name in allocation.values:
        if name not in VALUES:
            yield Problem(PATH, at("values", name), f"there is no value `{name}`", suggestion(name, VALUES))
    for name, keys in (("certainty", ("maybe",)), ("strength", ("weak", "strong"))):
        for key in keys:
            if name in allocation.steps and getattr(allocation.steps[name], key) is None:
                yield Problem(PATH, at("steps", name), f"the step `{name}` has no `{key}`", f"Add `{key}: 1`")
    ids: dict[str, str] = {}
    for section in ("rules", "weights", "booking_rules", "activities"):
        for index, item in enumerate(getattr(allocation, section)):
            if item.id in ids:
                yield Problem(PATH, at(section, index), f"`{item.id}` is written twice", "Give each an id of its own")
            ids[item.id] = section
    for index, rule in enumerate(allocation.rules):
        if rule.move.from_ == rule.move.to:
            yield Problem(PATH, at("rules", index), f"`{rule.id}` takes from the share it gives to", "Name two shares")
    for index, weight in enumerate(allocation.weights):
        if [bool(weight.areas), bool(weight.activities), bool(weight.tracks)].count(True) != 1:
            said = f"`{weight.id}` must name either areas, activities or tracks"
            yield Problem(PATH, at("weights", index), said, "Keep one")
        for name in weight.activities:
            known = [one.id for one in allocation.activities]
            if name not in known:
                yield Problem(PATH, at("weights", index), f"there is no activity `{name}`", suggestion(name, known))
        for area in weight.areas:
            if area not in AREAS:
                yield Problem(PATH, at("weights", index), f"there is no area `{area}`", suggestion(area, AREAS))
    for index, booking in enumerate(allocation.bookings):
        if booking.round in [one.round for one in allocation.bookings[:index]]:
            said = f"`{booking.round}` is booked twice"
            yield Problem(PATH, at("bookings", index), said, "Keep one of the two")
        if (booking.how == "weekly") != (booking.sessions is not None):
            said = f"`{booking.round}` must say its sessions a week if it is weekly, and only then"
            yield Problem(PATH, at("bookings", index), said, "Add or remove `sessions`")
    for index, activity in enumerate(allocation.activities):
        if not activity.rounds and activity.part != "last-day":
            yield Problem(
                PATH, at("activities", index), f"`{activity.id}` serves no round", "Name the rounds that it serves"
            )
        above = [one.id for one in allocation.activities[:index]]
        if activity.after is not None and activity.after not in above:
            said = f"no activity above this one is called `{activity.after}`"
            yield Problem(PATH, at("activities", index, "after"), said, "Name one that stands earlier in the file")
        named = [one.id for one in allocation.activities if one.id != activity.id]
        if activity.rather_after is not None and activity.rather_after not in named:
            said = f"no other activity is called `{activity.rather_after}`"
            yield Problem(PATH, at("activities", index, "rather_after"), said, suggestion(activity.rather_after, named))
    plans = [plan.id for plan in allocation.ready_made.plans]
    for index, plan in enumerate(allocation.ready_made.plans):
        if plan.id in plans[:index]:
            yield Problem(PATH, at("ready_made", "plans", index), f"`{plan.id}` is written twice", "Rename one")
        if len(plan.minutes) != 7:
            said = f"`{plan.id}` has minutes for {len(plan.minutes)} days"
            yield Problem(PATH, at("ready_made", "plans", index), said, "Give seven numbers, from Monday to Sunday")
        elif not any(plan.minutes):
            yield Problem(PATH, at("ready_made", "plans", index), f"`{plan.id}` has no minutes", "Give it some")


def _each_once(section: str, found: Sequence[str], wanted: Iterable[str], at: Any) -> Iterator[Problem]:
    """Yield a problem for each of `wanted` that is missing from `found` or in it twice."""
    for name in wanted:
        if name not in found:
            yield Problem(PATH, at(section), f"`{section}` has no entry for `{name}`", f"Add one for `{name}`")
        elif list(found).count(name) > 1:
            index = [position for position, other in enumerate(found) if other == name][1]
            yield Problem(PATH, at(section, index), f"`{name}` is written twice in `{section}`", "Keep one of the two")


def check_against(allocation: Allocation, catalogue: Catalogue) -> list[Problem]:
    """Return where the allocation and docs/rounds/rounds.yml disagree about which rounds are outside the shares."""
    if not catalogue.rounds:
        return []
    outside = [facts.id for facts in catalogue.rounds if facts.allocation == "outside"]
    booked = [booking.round for booking in allocation.bookings]
    problems = [
        Problem(PATH, 1, f"`{name}` is outside the shares and is not booked", "Add it to `bookings`")
        for name in outside
        if name not in booked
    ]
    problems += [
        Problem(PATH, 1, f"`{name}` is booked although a share pays for it", "Remove it from `bookings`")
        for name in booked
        if name not in outside
    ]
    return ordered(problems)


# --- Publishing ---------------------------------------------------------------------------------------------------


def allocation_json(allocation: Allocation, catalogue: Catalogue) -> str:
    """Return what the browser reads as `data/allocation.json`: the file, the pots of the rounds, the closed lists."""
    return json.dumps(allocation_data(allocation, catalogue), ensure_ascii=False, separators=(",", ":"))


def allocation_data(allocation: Allocation, catalogue: Catalogue) -> dict[str, Any]:
    """Return the allocation as JSON values. `null` is never written: what is absent is left out."""
    data = {
        key: _jsonable(getattr(allocation, key))
        for key in Allocation.model_fields
        if key not in ("reviewed", "sources")
    }
    return {
        "version": 1,
        "reviewed": allocation.reviewed.isoformat(),
        "sources": _jsonable(allocation.sources),
        "pots": {facts.id: facts.allocation for facts in catalogue.rounds},
        "names": {key: dict(names) for key, names in NAMES.items()},
        **data,
    }


def _jsonable(value: Any) -> Any:
    if isinstance(value, Noun):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=False)
    if isinstance(value, Mapping):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_jsonable(item) for item in value]
    return value
