"""The list of decks on their page: counted from the catalogue, with the sizes that the files will have."""

from __future__ import annotations

from collections.abc import Iterable

from guide.publish import decks as made
from guide.publish.place import Place, escape, table


def decks(place: Place) -> str:
    """Return every set of questions with its files: the whole in a sentence, the parts in tables."""
    found = made.sets(place.catalogue)
    if not found:
        return "The first questions are being written."
    whole, *parts = found
    rounds = [each for each in parts if each.name.startswith("round-")]
    areas = [each for each in parts if each.name.startswith("area-")]
    files = ", ".join(
        _file(place, whole, ending, f"{called}, ")
        for ending, called in (("apkg", "package for Anki"), ("md", "Markdown"), ("csv", "CSV"))
    )
    return "\n\n".join(
        (
            f"**Everything**, {len(whole.questions):,} cards: {files}.",
            place.heading("By round", "by-round"),
            _table(place, "Round", rounds),
            place.heading("By area", "by-area"),
            _table(place, "Area", areas),
        )
    )


def _table(place: Place, head: str, sets: Iterable[made.DeckSet]) -> str:
    rows = [
        (
            _linked(place, each),
            f"{len(each.questions):,}",
            _file(place, each, "apkg"),
            _file(place, each, "md"),
        )
        for each in sets
    ]
    return table([head, "Cards", "Anki", "Text"], rows)


def _linked(place: Place, each: made.DeckSet) -> str:
    """Return what a set is called. The mark of a round would push the files off the screen of a phone."""
    chapter = place.catalogue.round_chapter(each.name.removeprefix("round-"))
    return place.link(chapter, escape(each.title)) if chapter is not None else escape(each.title)


def _file(place: Place, each: made.DeckSet, ending: str, called: str = "") -> str:
    path = each.path(ending)
    return f"[{called}{made.size_mark(path)}]({place.to(path)})"
