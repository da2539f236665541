"""The index of design cases: by product, by technique, by round and level, and by the chapters that they exercise.

Everything comes from the front matter of the cases, so a new case stands in every list at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from guide.model.catalogue import Case, Page
from guide.model.labels import label
from guide.model.views import by_weight, round_name
from guide.model.vocabulary import AREAS, LEVELS, PRODUCTS, ROUNDS, TECHNIQUES
from guide.publish.place import Listing, Place, entry, escape, table

_NONE: Final = "The first cases are being written."


def by_product(place: Place) -> str:
    """Return the cases of each product with what is hard about them: the index to be scanned."""
    parts = []
    for product in PRODUCTS:
        found = [case for case in _cases(place) if case.product == product]
        if found:
            rows = [
                (
                    place.link(case),
                    escape(case.tension),
                    label(case.level or ""),
                    f"{case.minutes} min",
                )
                for case in found
            ]
            parts += [
                place.heading(label(product), product),
                table(["Case", "What pulls in two directions", "Level", "To read"], rows),
            ]
    return "\n\n".join(parts) or _NONE


def by_technique(place: Place) -> str:
    """Return which cases are good for practicing what."""
    found = [(name, [case for case in _cases(place) if name in case.techniques]) for name in TECHNIQUES]
    return "\n\n".join(entry(f"**{label(name)}**", _links(place, cases)) for name, cases in found if cases) or _NONE


def by_round(place: Place) -> str:
    """Return the cases of each round, by the level at which they are expected."""
    rows = []
    used = {case.level for case in _cases(place)}
    columns = [level for level in LEVELS if level in used]
    for name in ROUNDS:
        asked = [case for case in _cases(place) if name in case.rounds]
        if asked:
            levels = [_links(place, (case for case in asked if case.level == level)) for level in columns]
            rows.append((escape(round_name(place.catalogue, name)), *levels))
    return table(["Round", *map(label, columns)], rows) if rows else _NONE


def by_chapter(place: Place) -> str:
    """Return which chapters the cases draw on, and which cases exercise each of them, the most used first."""
    used: dict[str, list[Case]] = {}
    for case in _cases(place):
        for chapter in dict.fromkeys((*case.prerequisites, *case.uses)):
            used.setdefault(chapter, []).append(case)
    order = {chapter.id: at for at, chapter in enumerate(by_weight(place.catalogue.chapters))}
    chapters = [chapter for chapter in place.catalogue.chapters if chapter.id in used]
    chapters.sort(key=lambda each: (list(AREAS).index(each.area), -len(used[each.id]), order[each.id]))
    rows = [(AREAS[each.area], place.link(each), _links(place, used[each.id])) for each in chapters]
    return table(["Area", "Chapter", "Cases"], rows) if rows else _NONE


def _cases(place: Place) -> tuple[Case, ...]:
    return tuple(case for case in by_weight(place.catalogue.cases) if isinstance(case, Case))


def _links(place: Place, pages: Iterable[Page]) -> str:
    return ", ".join(place.link(page) for page in pages)


LISTINGS: Final[Mapping[str, Listing]] = {
    "cases-by-product": by_product,
    "cases-by-technique": by_technique,
    "cases-by-round": by_round,
    "cases-by-chapter": by_chapter,
}
