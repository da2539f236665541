"""The index of design cases: by product, with what a reader chooses by, and by the chapters that they exercise.

Everything comes from the front matter of the cases, so a new case stands in every list at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from guide.model.catalogue import Case, Page
from guide.model.labels import label
from guide.model.views import by_weight, round_name
from guide.model.vocabulary import AREAS, PRODUCTS
from guide.publish.place import Listing, Place, escape, table

_NONE: Final = "The first cases are being written."


def by_product(place: Place) -> str:
    """Return the cases of each product with what is hard about them and what they train, to be scanned and filtered."""
    parts = []
    for product in PRODUCTS:
        found = [case for case in _cases(place) if case.product == product]
        if found:
            rows = [
                (
                    place.link(case),
                    escape(case.tension),
                    _listed(label(name) for name in case.techniques),
                    escape(", ".join(round_name(place.catalogue, name) for name in case.rounds)),
                    label(case.level or ""),
                    f"{case.minutes} min",
                )
                for case in found
            ]
            parts += [
                place.heading(label(product), product),
                table(["Case", "What pulls in two directions", "Trains", "Rounds", "Level", "To read"], rows),
            ]
    return "\n\n".join(parts) or _NONE


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


def _listed(names: Iterable[str]) -> str:
    """Return names as one list: `Retrieval and ranking, calibration`."""
    first, *others = names
    return ", ".join((first, *(name[0].lower() + name[1:] for name in others)))


def _links(place: Place, pages: Iterable[Page]) -> str:
    return ", ".join(place.link(page) for page in pages)


LISTINGS: Final[Mapping[str, Listing]] = {
    "cases-by-product": by_product,
    "cases-by-chapter": by_chapter,
}
