"""The questions of the guide as decks to take away: packages for Anki, a table, and texts.

Anki recognizes a note by its GUID, which is made from the id that the question was first published under, and a note
type by its number: a newer package updates cards and leaves what was learned alone. Decks it finds by their names. A
note is as old as the last change of its page, and Anki takes over what is newer than what it has. So a card that a
reader has edited stays as it is until its page changes.

Every set of questions (all, a round's, an area's) puts a note into the same deck, that of its area; rounds, levels and
kinds are tags. Whoever imports two sets has each card once.

What was made is cached by all that it was made from, and the same input gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

from guide.model.catalogue import Case, Catalogue, Chapter, Page, Question, RoundChapter
from guide.model.labels import label
from guide.model.views import by_weight, round_name
from guide.model.vocabulary import AREAS, ROUNDS
from guide.publish import deck_package, deck_text, place
from guide.publish.deck_cards import cards_of
from guide.publish.deck_package import Note
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.history import History

FOLDER: Final = "practice/deck"
PAGE: Final = "practice/deck.md"
# Everything is in one table, which has columns to filter by.
FORMATS: Final = ("apkg", "md")
WHOLE: Final = "all"
_ROOT: Final = Path(__file__).resolve().parents[3]
_HERE: Final = "hooks/guide/publish"
# What cards are made by, besides their pages: these files count as their text, so that a correction in one of them
# reaches readers too. The note type is made by its styles as well.
CARDS_BY: Final = tuple(
    f"{_HERE}/{name}"
    for name in ("deck_cards.py", "deck_package.py", "deck_text.py", "decks.py", "deck/front.html", "deck/back.html")
)
TYPE_BY: Final = (*CARDS_BY, *(path.relative_to(_ROOT).as_posix() for path in deck_package.STYLES))
# The folders whose history says how old notes are.
SOURCES: Final = ("docs", "notebooks", "overrides/styles", _HERE)
# Decks of questions that stand in no area of topics.
_ROUNDS: Final = ("rounds", "Rounds")
_CASES: Final = ("design-cases", "Design cases")
_OTHERS: Final = ("others", "Other questions")


@dataclass(frozen=True)
class DeckSet:
    """A set of questions that one takes away: `name` is that of its files."""

    name: str
    title: str
    questions: tuple[Question, ...]

    def endings(self) -> tuple[str, ...]:
        """Return in which forms there is this set."""
        return (*FORMATS, "csv") if self.name == WHOLE else FORMATS

    def path(self, ending: str) -> str:
        """Return the path of a file below the root of the site, and likewise below docs/."""
        return f"{FOLDER}/training-loop-{self.name}.{ending}"


def deck_of(page: Page) -> tuple[str, str]:
    """Return id and title of the deck that the questions of a page are in."""
    if isinstance(page, Chapter):
        return page.area, AREAS.get(page.area) or label(page.area)
    if isinstance(page, RoundChapter):
        return _ROUNDS
    return _CASES if isinstance(page, Case) else _OTHERS


def sets(catalogue: Catalogue) -> list[DeckSet]:
    """Return all sets that hold a question: the whole, then by round, then by area; each in the order of learning."""
    ordered = [(page, question) for page in by_weight(catalogue.pages) for question in page.questions]
    found = [DeckSet(WHOLE, "Everything", tuple(question for _, question in ordered))]
    for name in ROUNDS:
        asked = tuple(question for _, question in ordered if name in question.rounds)
        found.append(DeckSet(f"round-{name}", round_name(catalogue, name), asked))
    inside: dict[tuple[str, str], list[Question]] = {deck: [] for deck in (*AREAS.items(), _CASES, _ROUNDS, _OTHERS)}
    for page, question in ordered:
        inside.setdefault(deck_of(page), []).append(question)
    found += [DeckSet(f"area-{name}", title, tuple(questions)) for (name, title), questions in inside.items()]
    return [each for each in found if each.questions]


def first_id(page: Page, question: Question) -> str:
    """Return the id that a question was first published under: of former ids, the first is the oldest."""
    return f"{[*page.aliases, page.id][0]}#{[*question.aliases, question.slug][0]}"


class Decks:
    """All sets of a guide as files."""

    def __init__(
        self, catalogue: Catalogue, pages: Mapping[str, str], site: str, history: History, cache_directory: Path
    ) -> None:
        """Take the HTML of every page with questions, by its id; `site` is the address that links begin with."""
        self._catalogue = catalogue
        self._html = pages
        self._site = site
        self._history = history
        self._code_changed = history.changed(*CARDS_BY)
        self._type_changed = history.changed(*TYPE_BY)
        code = hash_of_files(_ROOT / name for name in TYPE_BY)
        tools = (version("genanki"), version("selectolax"), sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)
        self._cards = Cache(cache_directory, "deck-cards", key_of(code, *tools))
        self._files = Cache(cache_directory, "deck-files", key_of(code, *tools))

    def files(self) -> dict[str, bytes]:
        """Return every file by its path below the root of the site."""
        wanted = {each.path(ending): (each, ending) for each in sets(self._catalogue) for ending in each.endings()}
        keys = {path: self._key(each, ending) for path, (each, ending) in wanted.items()}
        known = self._files.get_many(keys.values())
        fresh = {path: self._made(*wanted[path]) for path, key in keys.items() if key not in known}
        self._files.put_many({keys[path]: data for path, data in fresh.items()})
        return {path: fresh[path] if path in fresh else known[key] for path, key in keys.items()}

    # --- helpers --------------------------------------------------------------------------------------------------

    def _key(self, wanted: DeckSet, ending: str) -> str:
        pages = dict.fromkeys(question.page for question in wanted.questions)
        facts = [self._said[question.id] for question in wanted.questions]
        return key_of(ending, wanted.title, str(self._type_changed), *facts, *(self._keys[each] for each in pages))

    def _made(self, wanted: DeckSet, ending: str) -> bytes:
        # A page that must not be published has no HTML, and ends the build elsewhere.
        notes = [self._notes[question.id] for question in wanted.questions if question.id in self._notes]
        if ending == "apkg":
            return deck_package.package(notes, self._type_changed)
        if ending == "csv":
            return deck_text.table(notes)
        return deck_text.text(wanted.title, notes, self._site)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """What the cards of each page depend on."""
        return {
            page.id: key_of(self._site, page.url, page.body.text, self._html.get(page.id, ""))
            for page in self._catalogue.pages
            if page.questions
        }

    @cached_property
    def _facts(self) -> dict[str, Note]:
        """Every question as a note without the fields that its page fills."""
        whole = sets(self._catalogue)[0].questions if self._catalogue.questions else ()
        pages = {page.id: page for page in self._catalogue.pages}
        return {question.id: self._fact(number, question, pages) for number, question in enumerate(whole, 1)}

    @cached_property
    def _said(self) -> dict[str, str]:
        return {name: repr(fact) for name, fact in self._facts.items()}

    def _fact(self, number: int, question: Question, pages: Mapping[str, Page]) -> Note:
        page = pages[question.page]
        tags = [f"round::{name}" for name in question.rounds]
        tags += [f"level::{question.level}", f"kind::{question.kind}", f"page::{page.id.rpartition('/')[2]}"]
        tags += [f"importance::{page.importance}"] if page.importance else []
        return Note(
            id=question.id,
            first_id=first_id(page, question),
            number=number,
            changed=max(self._history.changed(page.path), self._code_changed),
            deck=deck_of(page),
            tags=tuple(f"training-loop::{tag}" for tag in tags),
            kind=label(question.kind),
            level=label(question.level),
            rounds=", ".join(round_name(self._catalogue, name) for name in question.rounds),
            chapter=page.title,
            address=f"{self._site}{page.url}#{question.slug}",
        )

    @cached_property
    def _notes(self) -> dict[str, Note]:
        """Every question as a note with all its fields. Asked for only when a file is to be made."""
        known = self._cards.get_many(self._keys.values())
        fresh: dict[str, bytes] = {}
        notes: dict[str, Note] = {}
        for page in self._catalogue.pages:
            if not page.questions:
                continue
            key = self._keys[page.id]
            if key not in known:
                fresh[key] = json.dumps(self._read(page), ensure_ascii=False).encode()
            cards: dict[str, tuple[dict[str, str], dict[str, str]]] = json.loads(known.get(key) or fresh[key])
            for question in page.questions:
                if question.slug in cards:
                    fields, plain = cards[question.slug]
                    notes[question.id] = replace(self._facts[question.id], fields=fields, plain=plain)
        self._cards.put_many(fresh)
        return notes

    def _read(self, page: Page) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
        """Return what a page says of each of its questions, as HTML and as Markdown."""
        cards = cards_of(self._html.get(page.id, ""), f"{self._site}{page.url}")
        asked = [question for question in page.questions if question.slug in cards]
        return {each.slug: (cards[each.slug], deck_text.parts(page, each, self._site)) for each in asked}


def size(data: bytes) -> str:
    """Return how large a file is, as a reader says it."""
    return place.size(len(data))


def sized(html: str, files: Mapping[str, bytes], catalogue: Catalogue) -> str:
    """Return the HTML of the page of decks with the size of each file where it is awaited; a preview has no files."""
    for path in [each.path(ending) for each in sets(catalogue) for ending in each.endings()]:
        said = size(files[path]).replace(" ", "\N{NO-BREAK SPACE}") if path in files else "not in a preview"
        html = html.replace(size_mark(path), said)
    return html


def size_mark(path: str) -> str:
    """Return what stands in the page for the size of a file, which is known when all pages are rendered."""
    return f"size-of:{path.rpartition('/')[2]}"
