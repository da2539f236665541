"""The list of decks on their page: counted from the catalogue, with the sizes that the files will have."""

from __future__ import annotations

from collections.abc import Iterable

from guide.model.labels import counted
from guide.publish import decks as made
from guide.publish.place import Place, escape, round_link, table


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
            f"**Everything**, {counted(len(whole.questions), 'question')}: {files}.",
            place.heading("By round", "by-round"),
            _table(place, "Round", rounds),
            place.heading("By area", "by-area"),
            _table(place, "Area", areas),
        )
    )


def _table(place: Place, head: str, sets: Iterable[made.DeckSet]) -> str:
    rows = [
        (
            round_link(place, each.name.removeprefix("round-")) if head == "Round" else escape(each.title),
            str(len(each.questions)),
            _file(place, each, "apkg"),
            _file(place, each, "md"),
        )
        for each in sets
    ]
    return table([head, "Questions", "Anki", "Markdown"], rows)


def _file(place: Place, each: made.DeckSet, ending: str, called: str = "") -> str:
    path = each.path(ending)
    return f"[{called}{made.size_mark(path)}]({place.to(path)})"
