"""The allocation page: every share and rule with its reason and its source, from the file that the planner reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from guide.model.allocation import VALUES, Allocation, Reasoned, When
from guide.model.labels import counted, label
from guide.model.views import round_name
from guide.model.vocabulary import AREAS
from guide.publish.place import Listing, Place, escape, hours, round_link, table
from guide.publish.plans import answer


def _why(allocation: Allocation, entry: Reasoned) -> str:
    """Return reason, what of it is ours, and the source as a link to the list of sources."""
    judged = f" *{escape(entry.judged)}*" if entry.judged else ""
    source = allocation.sources[entry.source]
    return f"{escape(entry.reason)}{judged} ([{escape(_short(source.by, source.title))}](#source-{entry.source}))"


def _short(by: str, title: str) -> str:
    return by if by[:1].isupper() else title


def _when(place: Place, when: When) -> str:
    """Return the conditions of a rule in words."""
    said = []
    if when.levels:
        said.append(f"{_either(when.levels)} level")
    if when.companies:
        said.append(f"{_either(when.companies)} company".replace("start-up company", "start-up"))
    if when.roles:
        said.append(_either(name.replace("-", " ").replace("ml ", "ML ") for name in when.roles))
    if when.sure:
        said.append(f"{_either(round_name(place.catalogue, name) for name in when.sure)} is certain")
    if when.unsure:
        said.append(f"{_either(round_name(place.catalogue, name) for name in when.unsure)} is possible")
    if when.speciality is not None:
        said.append(f"{'a' if when.speciality else 'no'} speciality is chosen")
    text = escape("; ".join(said) or "always")
    return text[:1].upper() + text[1:]


def _either(words: Iterable[str]) -> str:
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} or {found[-1]}"


def _share_table(place: Place, allocation: Allocation) -> str:
    """Return the base shares, the rounds that each pays for, and why."""
    rows = []
    for share in allocation.shares:
        rounds = [facts.id for facts in place.catalogue.rounds if facts.allocation == share.id]
        named = ", ".join(escape(round_name(place.catalogue, name)) for name in rounds) or "–"
        rows.append((f"**{escape(share.name)}**", f"{share.percent:g}%", named, _why(allocation, share)))
    return table(["Share", "Of the time", "Pays for", "Why, and who says so"], rows)


def _rule_table(place: Place, allocation: Allocation) -> str:
    """Return the rules that move points between shares."""
    names = {share.id: share.name for share in allocation.shares}
    rows = [
        (
            _when(place, rule.when),
            f"{rule.move.points:g} points from {escape(names[rule.move.from_])} to {escape(names[rule.move.to])}"
            if rule.move.points
            else "nothing",
            _why(allocation, rule),
        )
        for rule in allocation.rules
    ]
    return table(["When", "What moves", "Why, and who says so"], rows)


def _step_list(place: Place, allocation: Allocation) -> str:
    """Return what happens to all shares alike."""
    steps = allocation.steps
    factor = {
        "certainty": f" A possible round counts {steps['certainty'].maybe:g} of a certain one.",
        "strength": f" Weak counts {steps['strength'].weak:g}, strong {steps['strength'].strong:g}.",
    }
    order = ("faced", "certainty", "strength", "slider")
    return "\n".join(f"1. {_why(allocation, steps[name])}{escape(factor.get(name, ''))}" for name in order)


_TRACKS: Final = {"chosen": "your field", "shared": "what other fields share with all", "other": "other fields"}


def _weight_table(place: Place, allocation: Allocation) -> str:
    """Return what counts more within a share."""
    rows = []
    titles = {activity.id: f"“{activity.title}”" for activity in allocation.activities}
    for weight in allocation.weights:
        what = ", ".join(
            [
                *(AREAS[name] for name in weight.areas),
                *(page.title for name in weight.pages if (page := place.catalogue.page(name)) is not None),
                *(titles[name] for name in weight.activities),
            ]
        )
        what = what or _TRACKS[weight.tracks or "other"]
        rows.append((_when(place, weight.when), f"{escape(what)} × {weight.factor:g}", _why(allocation, weight)))
    return table(["When", "What weighs", "Why, and who says so"], rows)


def _booking_table(place: Place, allocation: Allocation) -> str:
    """Return how the rounds beside the shares are booked."""
    rows = []
    for booking in allocation.bookings:
        often = f"{booking.sessions:g} × {booking.minutes} min a week" if booking.sessions else hours(booking.minutes)
        limit = f"at most {booking.at_most:g}% of the time"
        rows.append((round_link(place, booking.round), f"{often}, {limit}", _why(allocation, booking)))
    return table(["Round", "How it is booked", "Why, and who says so"], rows)


def _booking_rule_table(place: Place, allocation: Allocation) -> str:
    """Return what makes bookings longer or shorter."""
    rows = [
        (
            _when(place, rule.when),
            f"{escape(', '.join(round_name(place.catalogue, name) for name in rule.rounds))} × {rule.factor:g}",
            _why(allocation, rule),
        )
        for rule in allocation.booking_rules
    ]
    return table(["When", "What changes", "Why, and who says so"], rows)


def _loop_parts(place: Place, allocation: Allocation) -> str:
    """Return how a loop divides the time, and the loop of each kind of company."""
    parts = [_why(allocation, allocation.steps["loop"])]
    for loop in allocation.loops:
        parts.append(place.heading(escape(loop.name), f"loop-{loop.company}"))
        parts.append(_why(allocation, loop))
        rows = [
            (
                round_link(place, each.round),
                f"{each.count} × {each.minutes} min",
                "usual" if each.certainty == "sure" else "possible",
                "all" if len(each.levels) == 4 else ", ".join(each.levels),
            )
            for each in loop.interviews
        ]
        parts.append(table(["Round", "Interviews", "How sure", "Levels"], rows))
    return "\n\n".join(parts)


def _value_table(place: Place, allocation: Allocation) -> str:
    """Return what a session of each kind is worth, with weeks to go, in the last two weeks and on the last days."""
    rows = [
        (
            escape(VALUES[name]),
            f"{value.usual:g}",
            f"{value.soon or value.usual:g}",
            f"{value.brief:g}",
            _why(allocation, value),
        )
        for name, value in allocation.values.items()
    ]
    return table(["What", "Points", "In the last two weeks", "On the last days", "Why, and who says so"], rows)


def _activity_table(place: Place, allocation: Allocation) -> str:
    """Return what a plan books that is no page of the guide, and how much of it are mock interviews."""
    rows = []
    for each in allocation.activities:
        rounds = ", ".join(escape(round_name(place.catalogue, name)) for name in each.rounds) or "every loop"
        often = f"up to {each.times} times, {each.every} days apart" if each.times > 1 else "once"
        rows.append(
            (
                f"**{label(each.kind)}** {escape(each.title)}. {escape(each.text)}",
                f"{each.minutes} min, {often}",
                rounds,
            )
        )
    mocks = allocation.mocks
    said = (
        f"A certain round with at least {hours(mocks.from_)} left gets {counted(mocks.certain, 'mock interview')}; "
        f"more take up to {mocks.share:g}% of the last third of a plan, at most {mocks.a_week:g} a week. "
        f"{_why(allocation, mocks)}"
    )
    return f"{table(['What', 'How long, how often', 'For'], rows)}\n\n{said}"


def _floor_list(place: Place, allocation: Allocation) -> str:
    """Return what a round holds whatever else is worth, and from when chapters are read before they are drilled."""
    said = []
    for floor in allocation.floors:
        rounds = ", ".join(escape(round_name(place.catalogue, name)) for name in floor.rounds)
        done = "one case is read and one design spoken aloud" if floor.kind == "design" else "code is written once"
        said.append(f"- **{rounds}.** For about {hours(floor.every)}, {done}. {_why(allocation, floor)}")
    thorough = allocation.thorough
    said.append(
        f"- **With {hours(thorough.from_)} or more in all,** core chapters at your level are read whole before they "
        f"are drilled. {_why(allocation, thorough)}"
    )
    return "\n".join(said)


def _source_list(place: Place, allocation: Allocation) -> str:
    """Return the sources; each can be linked to."""
    return "\n\n".join(
        f"{escape(source.title)} {{ #source-{name} }}\n:   {escape(source.by)}; {escape(source.date)}."
        for name, source in allocation.sources.items()
    )


def _example_table(place: Place, allocation: Allocation) -> str:
    """Return the worked example: forty hours, one thing changed at a time, computed by the planner."""
    made = answer(place)
    if made is None:
        return "The example is being computed."
    examples = made[1]["examples"]
    rounds = list(dict.fromkeys(name for example in examples for name in example["minutes"]))
    rounds.sort(key=[facts.id for facts in place.catalogue.rounds].index)
    rows = []
    for example in examples:
        cells = []
        for name in rounds:
            minutes = example["minutes"].get(name)
            percent = example["percent"].get(name)
            share = f" ({percent:.0f}%)" if percent is not None else ""
            cells.append("–" if minutes is None else f"{hours(minutes)}{share}")
        rows.append((escape(example["name"]), *cells))
    return table(["Forty hours in five weeks", *(escape(round_name(place.catalogue, name)) for name in rounds)], rows)


def _listing(make: Callable[[Place, Allocation], str]) -> Listing:
    """Return a listing that says so when there is no allocation."""

    def listed(place: Place) -> str:
        found = place.catalogue.allocation
        return "The allocation is being written." if found is None else make(place, found)

    return listed


LISTINGS: Final[Mapping[str, Listing]] = {
    "allocation-shares": _listing(_share_table),
    "allocation-rules": _listing(_rule_table),
    "allocation-steps": _listing(_step_list),
    "allocation-weights": _listing(_weight_table),
    "allocation-bookings": _listing(_booking_table),
    "allocation-booking-rules": _listing(_booking_rule_table),
    "allocation-loops": _listing(_loop_parts),
    "allocation-values": _listing(_value_table),
    "allocation-activities": _listing(_activity_table),
    "allocation-floors": _listing(_floor_list),
    "allocation-sources": _listing(_source_list),
    "allocation-example": _listing(_example_table),
}
