"""The allocation page: every share and rule with its reason and its source, from the file that the planner reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
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
    short = source.by if source.by[:1].isupper() else source.title
    return f"{escape(entry.reason)}{judged} ([{escape(short)}](#source-{entry.source}))"


def _table(allocation: Allocation, head: Sequence[str], rows: Iterable[tuple[Reasoned, *tuple[str, ...]]]) -> str:
    """Return a table of entries with what is said of each, and at last why."""
    whole = ((*cells, _why(allocation, entry)) for entry, *cells in rows)
    return table([*head, "Why, and who says so"], whole)


def _names(place: Place, rounds: Iterable[str]) -> str:
    return ", ".join(escape(round_name(place.catalogue, name)) for name in rounds)


def _when(place: Place, when: When) -> str:
    """Return the conditions of a rule in words."""
    said = []
    if when.levels:
        said.append(f"{_either(when.levels)} level")
    if when.companies:
        said.append(f"{_either(when.companies)} company".replace("start-up company", "start-up"))
    if when.roles:
        said.append(_either(name.replace("-", " ").replace("ml ", "ML ") for name in when.roles))
    for rounds, certainty in ((when.sure, "certain"), (when.unsure, "possible")):
        if rounds:
            said.append(f"{_either(round_name(place.catalogue, name) for name in rounds)} is {certainty}")
    if when.speciality is not None:
        said.append(f"{'a' if when.speciality else 'no'} speciality is chosen")
    text = escape("; ".join(said) or "always")
    return text[:1].upper() + text[1:]


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _shares(place: Place, allocation: Allocation) -> str:
    """Return the base shares, the rounds that each pays for, and why."""
    rows = []
    for share in allocation.shares:
        named = _names(place, (facts.id for facts in place.catalogue.rounds if facts.allocation == share.id)) or "–"
        rows.append((share, f"**{escape(share.name)}**", f"{share.percent:g}%", named))
    return _table(allocation, ["Share", "Of the time", "Pays for"], rows)


def _rules(place: Place, allocation: Allocation) -> str:
    """Return the rules that move points between shares."""
    names = {share.id: escape(share.name) for share in allocation.shares}
    rows = []
    for rule in allocation.rules:
        move = rule.move
        said = f"{move.points:g} points from {names[move.from_]} to {names[move.to]}" if move.points else "nothing"
        rows.append((rule, _when(place, rule.when), said))
    return _table(allocation, ["When", "What moves"], rows)


def _steps(place: Place, allocation: Allocation) -> str:
    """Return what happens to all shares alike."""
    steps = allocation.steps
    factor = {
        "certainty": f" A possible round counts {steps['certainty'].maybe:g} of a certain one.",
        "strength": f" Weak counts {steps['strength'].weak:g}, strong {steps['strength'].strong:g}.",
    }
    order = ("faced", "certainty", "strength", "slider")
    return "\n".join(f"1. {_why(allocation, steps[name])}{escape(factor.get(name, ''))}" for name in order)


_TRACKS: Final = {"chosen": "your field", "shared": "what other fields share with all", "other": "other fields"}


def _weights(place: Place, allocation: Allocation) -> str:
    """Return what counts more within a share."""
    rows = []
    titles = {activity.id: f"“{activity.title}”" for activity in allocation.activities}
    for weight in allocation.weights:
        pages = (page.title for name in weight.pages if (page := place.catalogue.page(name)) is not None)
        activities = (titles[name] for name in weight.activities)
        what = ", ".join([*(AREAS[name] for name in weight.areas), *pages, *activities])
        what = what or _TRACKS[weight.tracks or "other"]
        rows.append((weight, _when(place, weight.when), f"{escape(what)} × {weight.factor:g}"))
    return _table(allocation, ["When", "What weighs"], rows)


def _bookings(place: Place, allocation: Allocation) -> str:
    """Return how the rounds beside the shares are booked."""
    rows = []
    for booking in allocation.bookings:
        often = f"{booking.sessions:g} × {booking.minutes} min a week" if booking.sessions else hours(booking.minutes)
        limit = f"at most {booking.at_most:g}% of the time"
        rows.append((booking, round_link(place, booking.round), f"{often}, {limit}"))
    return _table(allocation, ["Round", "How it is booked"], rows)


def _booking_rules(place: Place, allocation: Allocation) -> str:
    """Return what makes bookings longer or shorter."""
    rows = [
        (rule, _when(place, rule.when), f"{_names(place, rule.rounds)} × {rule.factor:g}")
        for rule in allocation.booking_rules
    ]
    return _table(allocation, ["When", "What changes"], rows)


def _loops(place: Place, allocation: Allocation) -> str:
    """Return how a loop divides the time, and the loop of each kind of company."""
    parts = [_why(allocation, allocation.steps["loop"])]
    for loop in allocation.loops:
        rows = [
            (
                round_link(place, each.round),
                f"{each.count} × {each.minutes} min",
                "usual" if each.certainty == "sure" else "possible",
                "all" if len(each.levels) == 4 else ", ".join(each.levels),
            )
            for each in loop.interviews
        ]
        interviews = table(["Round", "Interviews", "How sure", "Levels"], rows)
        parts += [place.heading(escape(loop.name), f"loop-{loop.company}"), _why(allocation, loop), interviews]
    return "\n\n".join(parts)


def _values(place: Place, allocation: Allocation) -> str:
    """Return what a session of each kind is worth, with weeks to go, in the last two weeks and on the last days."""
    rows = [
        (value, escape(VALUES[name]), f"{value.usual:g}", f"{value.soon or value.usual:g}", f"{value.brief:g}")
        for name, value in allocation.values.items()
    ]
    return _table(allocation, ["What", "Points", "In the last two weeks", "On the last days"], rows)


def _activities(place: Place, allocation: Allocation) -> str:
    """Return what a plan books that is no page of the guide, and how much of it are mock interviews."""
    rows = []
    for each in allocation.activities:
        what = f"**{label(each.kind)}** {escape(each.title)}. {escape(each.text)}"
        often = f"up to {each.times} times, {each.every} days apart" if each.times > 1 else "once"
        rows.append((what, f"{each.minutes} min, {often}", _names(place, each.rounds) or "every loop"))
    mocks = allocation.mocks
    said = (
        f"A certain round with at least {hours(mocks.from_)} left gets {counted(mocks.certain, 'mock interview')}; "
        f"more take up to {mocks.share:g}% of the last third of a plan, at most {mocks.a_week:g} a week. "
        f"{_why(allocation, mocks)}"
    )
    return f"{table(['What', 'How long, how often', 'For'], rows)}\n\n{said}"


def _floors(place: Place, allocation: Allocation) -> str:
    """Return what a round holds whatever else is worth, and from when chapters are read before they are drilled."""
    said = []
    for floor in allocation.floors:
        done = "one case is read and one design spoken aloud" if floor.kind == "design" else "code is written once"
        why = _why(allocation, floor)
        said.append(f"- **{_names(place, floor.rounds)}.** For about {hours(floor.every)}, {done}. {why}")
    thorough = allocation.thorough
    said.append(
        f"- **With {hours(thorough.from_)} or more in all,** core chapters at your level are read whole before they "
        f"are drilled. {_why(allocation, thorough)}"
    )
    return "\n".join(said)


def _sources(place: Place, allocation: Allocation) -> str:
    """Return the sources; each can be linked to."""
    return "\n\n".join(
        f"{escape(source.title)} {{ #source-{name} }}\n:   {escape(source.by)}; {escape(source.date)}."
        for name, source in allocation.sources.items()
    )


def _example(place: Place, allocation: Allocation) -> str:
    """Return the worked example: forty hours, one thing changed at a time, computed by the planner."""
    examples = answer(place)["examples"]
    found = {name for example in examples for name in example["minutes"]}
    rounds = [facts.id for facts in place.catalogue.rounds if facts.id in found]
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


def _listed(make: Callable[[Place, Allocation], str], place: Place) -> str:
    found = place.catalogue.allocation
    return make(place, found) if found is not None else ""


LISTINGS: Final[Mapping[str, Listing]] = {
    "allocation-shares": partial(_listed, _shares),
    "allocation-rules": partial(_listed, _rules),
    "allocation-steps": partial(_listed, _steps),
    "allocation-weights": partial(_listed, _weights),
    "allocation-bookings": partial(_listed, _bookings),
    "allocation-booking-rules": partial(_listed, _booking_rules),
    "allocation-loops": partial(_listed, _loops),
    "allocation-values": partial(_listed, _values),
    "allocation-activities": partial(_listed, _activities),
    "allocation-floors": partial(_listed, _floors),
    "allocation-sources": partial(_listed, _sources),
    "allocation-example": partial(_listed, _example),
}
