"""Notes → a package that Anki imports (by genanki), the same bytes for the same notes.

genanki writes the tables; the archive is written here, because its own holds the time of day and is not compressed.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from guide.publish.deck_cards import FIELDS

# Published: with other ids, a newer package would bring a second note type and second decks.
NOTE_TYPE: Final = 1_795_912_001
NOTE_TYPE_NAME: Final = "The Training Loop"
ROOT_DECK: Final = "The Training Loop"
# Notes and cards are numbered from here, in milliseconds since 1970; Anki moves those that it has to.
_FIRST_NUMBER: Final = 1_795_912_000_000
_DESCRIPTION: Final = (
    "Questions of interviews in machine learning, with answers. Text and figures: CC BY 4.0, The Training Loop "
    "contributors. A newer package updates these cards and keeps what you have learned."
)
_DECK: Final = Path(__file__).resolve().parent / "deck"
_THEME: Final = Path(__file__).resolve().parents[3] / "overrides/styles"
STYLES: Final = (_DECK / "card.css", _THEME / "tokens.css", _THEME / "code.css", _THEME / "figures.css")

_BOTH = re.compile(r"(--tl-[\w-]+):\s*light-dark\(([^,()]+),\s*([^,()]+)\);")
_SAME = re.compile(r"(--tl-[\w-]+):\s*(var\(--tl-[\w-]+\));")


@dataclass(frozen=True)
class Note:
    """A question as a note: what Anki knows it by, and what it says, by the names of its fields and as plain text."""

    first_id: str
    number: int
    changed: int
    deck: tuple[str, str]
    tags: tuple[str, ...]
    # HTML, by the name of the field.
    fields: Mapping[str, str]
    # Markdown, by the names of the columns of deck_text.
    plain: Mapping[str, str]


def package(notes: Sequence[Note], model_changed: int) -> bytes:
    """Return an Anki package of these notes; the note type is as old as the code that shapes it."""
    # Needed only when a package is made.
    import genanki

    model = genanki.Model(
        NOTE_TYPE,
        NOTE_TYPE_NAME,
        fields=[{"name": name, "id": number, "size": 16} for number, name in enumerate(FIELDS, NOTE_TYPE)],
        templates=[{"name": "Question", "id": NOTE_TYPE, "qfmt": _file("front.html"), "afmt": _file("back.html")}],
        css=css(),
    )

    class Dated(genanki.Note):  # type: ignore[misc]
        """A note that is as old as its page, where genanki would give all notes one age."""

        changed = 0

        def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
            super().write_to_db(cursor, self.changed, deck_id, id_gen)

    decks = {("", ""): genanki.Deck(number_of("deck"), ROOT_DECK, _DESCRIPTION)}
    for note in notes:
        name, title = note.deck
        if note.deck not in decks:
            decks[note.deck] = genanki.Deck(number_of(f"deck:{name}"), f"{ROOT_DECK}::{title}")
        said = [note.fields.get(each, "") for each in FIELDS]
        made = Dated(model, said, guid=genanki.guid_for(note.first_id), tags=note.tags, due=note.number)
        made.changed = note.changed
        decks[note.deck].add_note(made)
    with closing(sqlite3.connect(":memory:")) as connection:
        numbers = itertools.count(_FIRST_NUMBER)
        genanki.Package(list(decks.values())).write_to_db(connection.cursor(), model_changed, numbers)
        connection.commit()
        collection = connection.serialize()
    return _archive({"collection.anki2": collection, "media": b"{}"})


def number_of(name: str) -> int:
    """Return the id of a deck: always the same for the same name."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(f"the-training-loop:{name}".encode()).digest()[:4]) % (1 << 30)


@cache
def css() -> str:
    """Return the styles of the note type: the site's colors for both schemes, then the cards', code's and diagrams'."""
    card, tokens, code, figures = (path.read_text("utf-8") for path in STYLES)
    same = "".join(f"{name}:{value};" for name, value in _SAME.findall(tokens) if name.startswith("--tl-"))
    light = "".join(f"{name}:{value};" for name, value, _ in _BOTH.findall(tokens))
    dark = "".join(f"{name}:{value};" for name, _, value in _BOTH.findall(tokens))
    highlighted = "\n".join(line for line in code.splitlines() if line.startswith(".highlight "))
    return "\n".join(
        (
            f".card{{{light}{same}--tl-sans:system-ui,sans-serif;--tl-small:0.875rem;color-scheme:light}}",
            f".card.nightMode,.card.night_mode,.nightMode .card,.night_mode .card{{{dark}{same}color-scheme:dark}}",
            card,
            highlighted,
            figures.replace(".md-typeset ", ""),
        )
    )


def _file(name: str) -> str:
    return (_DECK / name).read_text("utf-8").strip()


def _archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file that holds no time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3  # told apart by nobody, and else that of the machine
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
