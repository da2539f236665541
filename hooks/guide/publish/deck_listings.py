"""The list of decks on their page: counted from the catalogue, with the sizes that the files will have."""

from __future__ import annotations

from typing import Final

from guide.publish import decks as made
from guide.publish.place import Place, escape, table

_CALLED: Final = {"apkg": "Package", "md": "Markdown", "csv": "CSV"}


def decks(place: Place) -> str:
    """Return every set of questions with its files."""
    found = made.sets(place.catalogue)
    rows = [
        (
            escape(each.title),
            _part(each),
            str(len(each.questions)),
            _file(place, each, "apkg"),
            _file(place, each, "md"),
        )
        for each in found
    ]
    if not rows:
        return "The first questions are being written."
    whole = found[0]
    as_table = f"As a table, everything is in one file: {_file(place, whole, 'csv')}."
    return f"{table(['Set', 'Of', 'Questions', 'For Anki', 'As text'], rows)}\n\n{as_table}"


def _part(each: made.DeckSet) -> str:
    return {"round": "round", "area": "area"}.get(each.name.partition("-")[0], "the guide")


def _file(place: Place, each: made.DeckSet, ending: str) -> str:
    path = each.path(ending)
    return f"[{_CALLED[ending]}, {made.size_mark(path)}]({place.to(path)})"
