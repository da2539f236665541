"""docs/plan/allocation.yml → Allocation. Whatever is wrong with it becomes Problems with a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from guide.model.allocation import LISTS, MAPS, PATH, SINGLE, STEPS, VALUES, Allocation
from guide.model.problems import FileProblems, Problem, ordered, suggestion
from guide.model.types import Noun
from guide.model.vocabulary import ALLOCATIONS, AREAS, COMPANIES
from guide.read.values import check_entry
from guide.read.yaml import Yaml, read_yaml


def parse_allocation(text: str) -> tuple[Allocation | None, list[Problem]]:
    """Validate the text of the file. There is no Allocation unless all of it holds."""
    source = read_yaml(text, path=PATH)
    problems = FileProblems(PATH)
    problems += source.problems
    value = source.value
    if not problems and not isinstance(value, dict):
        problems.add(1, "the allocation must be written as `key: value` lines", "See its history")
    if problems or not isinstance(value, dict):
        return None, ordered(problems)
    known = list(Allocation.model_fields)
    for key in value:
        if key not in known:
            said = f"there is no key `{key}` in the allocation"
            problems.add(source.line(key), said, suggestion(str(key), known))
    for key in known:
        if key not in value:
            problems.add(1, f"the allocation has no `{key}`", f"Add `{key}`")
    made: dict[str, Any] = {"reviewed": value.get("reviewed"), "outside_at_most": value.get("outside_at_most")}
    for key, model in {**LISTS, **MAPS}.items():
        made[key] = _entries(model, value.get(key), source, key, problems)
    for key, single in SINGLE.items():
        if key in value:
            made[key], found = check_entry(single, value[key], source, (key,), f"`{key}`")
            problems += _advised(found)
    if "reviewed" in value and type(made["reviewed"]) is not date:
        problems.add(source.line("reviewed"), "`reviewed` is not a date", "Write it as YYYY-MM-DD")
    limit = made["outside_at_most"]
    if "outside_at_most" in value and (type(limit) not in (int, float) or not 0 <= limit <= 100):
        problems.add(source.line("outside_at_most"), "`outside_at_most` is not a percentage", "Write 0 to 100")
    if problems:
        return None, ordered(problems)
    allocation = Allocation.model_construct(**made)
    _consistent(allocation, source, problems)
    return (None, ordered(problems)) if problems else (allocation, [])


def _advised(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give those whose fix is not known the advice that is left."""
    return (problem._replace(fix=problem.fix or "See the entries next to it") for problem in problems)


def _entries(
    model: type[Noun], value: Any, source: Yaml, key: str, problems: FileProblems
) -> tuple[Noun, ...] | dict[str | int, Noun]:
    """Validate a list or a mapping of entries one by one, so that each problem has its own line."""
    named = key in MAPS
    if value is not None and not isinstance(value, dict if named else list):
        said = f"`{key}` must hold `name:` entries" if named else f"`{key}` must be a list"
        problems.add(source.line(key), said, "Indent its entries" if named else "Begin each entry with `- `")
        value = None
    found: dict[str | int, Noun] = {}
    for place, entry in (value or {}).items() if named else enumerate(value or ()):
        place = str(place) if named else place
        name = place if named else _name_of(entry)
        what = f"`{name}`" if name else f"an entry of `{key}`"
        checked, wrong = check_entry(model, entry, source, (key, place), what)
        problems += _advised(wrong)
        if checked is not None:
            found[place] = checked
    return found if named else tuple(found.values())


def _name_of(entry: Any) -> Any:
    return entry.get("id") or entry.get("round") or entry.get("company") if isinstance(entry, dict) else None


def _consistent(allocation: Allocation, source: Yaml, problems: FileProblems) -> None:
    """Tell what is wrong between entries that are valid one by one."""
    at = source.line
    for path, entry in allocation.reasoned():
        if entry.source not in allocation.sources:
            said = f"no source is called `{entry.source}`"
            problems.add(at(*path, "source"), said, suggestion(entry.source, allocation.sources))
    pots = [pot for pot in ALLOCATIONS if pot != "outside"]
    _each_once("shares", [share.id for share in allocation.shares], pots, at, problems)
    total = sum(share.percent for share in allocation.shares)
    if abs(total - 100) > 1e-9:
        problems.add(at("shares"), f"the shares add up to {total:g}, not to 100", "Make them add up to 100")
    _each_once("loops", [loop.company for loop in allocation.loops], COMPANIES, at, problems)
    for what, given, known in (("step", allocation.steps, STEPS), ("value", allocation.values, VALUES)):
        for name in known:
            if name not in given:
                problems.add(at(f"{what}s"), f"`{what}s` has no `{name}`", f"Add `{name}`")
        for name in given:
            if name not in known:
                problems.add(at(f"{what}s", name), f"there is no {what} `{name}`", suggestion(name, known))
    for name, keys in (("certainty", ("maybe",)), ("strength", ("weak", "strong"))):
        for key in keys:
            if name in allocation.steps and getattr(allocation.steps[name], key) is None:
                problems.add(at("steps", name), f"the step `{name}` has no `{key}`", f"Add `{key}: 1`")
    _rules(allocation, at, problems)
    _bookings(allocation, at, problems)
    _activities(allocation, at, problems)
    _plans(allocation, at, problems)


def _rules(allocation: Allocation, at: Callable[..., int], problems: FileProblems) -> None:
    ids: dict[str, str] = {}
    for section in ("rules", "weights", "booking_rules", "activities"):
        for index, item in enumerate(getattr(allocation, section)):
            if item.id in ids:
                problems.add(at(section, index), f"`{item.id}` is written twice", "Give each an id of its own")
            ids[item.id] = section
    for index, rule in enumerate(allocation.rules):
        if rule.move.from_ == rule.move.to:
            problems.add(at("rules", index), f"`{rule.id}` takes from the share it gives to", "Name two shares")
    for index, weight in enumerate(allocation.weights):
        if sum(map(bool, (weight.areas, weight.pages, weight.activities, weight.tracks))) != 1:
            said = f"`{weight.id}` must name either areas, pages, activities or tracks"
            problems.add(at("weights", index), said, "Keep one")
        for name in weight.activities:
            known = [one.id for one in allocation.activities]
            if name not in known:
                problems.add(at("weights", index), f"there is no activity `{name}`", suggestion(name, known))
        for area in weight.areas:
            if area not in AREAS:
                problems.add(at("weights", index), f"there is no area `{area}`", suggestion(area, AREAS))


def _bookings(allocation: Allocation, at: Callable[..., int], problems: FileProblems) -> None:
    for index, booking in enumerate(allocation.bookings):
        if booking.round in [one.round for one in allocation.bookings[:index]]:
            said = f"`{booking.round}` is booked twice"
            problems.add(at("bookings", index), said, "Keep one of the two")
        if (booking.how == "weekly") != (booking.sessions is not None):
            said = f"`{booking.round}` must say its sessions a week if it is weekly, and only then"
            problems.add(at("bookings", index), said, "Add or remove `sessions`")


def _activities(allocation: Allocation, at: Callable[..., int], problems: FileProblems) -> None:
    for index, activity in enumerate(allocation.activities):
        if not activity.rounds and activity.part != "last-day":
            problems.add(at("activities", index), f"`{activity.id}` serves no round", "Name the rounds that it serves")
        above = [one.id for one in allocation.activities[:index]]
        if activity.after is not None and activity.after not in above:
            said = f"no activity above this one is called `{activity.after}`"
            problems.add(at("activities", index, "after"), said, "Name one that comes earlier in the file")
        named = [one.id for one in allocation.activities if one.id != activity.id]
        if activity.rather_after is not None and activity.rather_after not in named:
            said = f"no other activity is called `{activity.rather_after}`"
            problems.add(at("activities", index, "rather_after"), said, suggestion(activity.rather_after, named))


def _plans(allocation: Allocation, at: Callable[..., int], problems: FileProblems) -> None:
    plans = [plan.id for plan in allocation.ready_made.plans]
    for index, plan in enumerate(allocation.ready_made.plans):
        if plan.id in plans[:index]:
            problems.add(at("ready_made", "plans", index), f"`{plan.id}` is written twice", "Rename one")
        if len(plan.minutes) != 7:
            said = f"`{plan.id}` has minutes for {len(plan.minutes)} days"
            problems.add(at("ready_made", "plans", index), said, "Give seven numbers, from Monday to Sunday")
        elif not any(plan.minutes):
            problems.add(at("ready_made", "plans", index), f"`{plan.id}` has no minutes", "Give it some")


def _each_once(
    section: str, found: Sequence[str], wanted: Iterable[str], at: Callable[..., int], problems: FileProblems
) -> None:
    """Tell a problem for each of `wanted` that is missing from `found` or in it twice."""
    for name in wanted:
        if name not in found:
            problems.add(at(section), f"`{section}` has no entry for `{name}`", f"Add one for `{name}`")
        elif list(found).count(name) > 1:
            index = [position for position, other in enumerate(found) if other == name][1]
            problems.add(at(section, index), f"`{name}` is written twice in `{section}`", "Keep one of the two")
