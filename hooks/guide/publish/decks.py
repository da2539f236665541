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

import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from guide.model.catalogue import Case, Catalogue, Chapter, Page, Question, RoundChapter
from guide.model.labels import label
from guide.model.views import by_weight, round_name
from guide.model.vocabulary import AREAS, ROUNDS
from guide.publish import deck_package, deck_text
from guide.publish.deck_cards import cards_of, fields_of
from guide.publish.deck_package import Note
from guide.publish.place import size
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


def paths(catalogue: Catalogue) -> dict[str, tuple[DeckSet, str]]:
    """Return all files by their paths: the set that each holds, and in which form."""
    return {each.path(ending): (each, ending) for each in sets(catalogue) for ending in each.endings()}


def first_id(page: Page, question: Question) -> str:
    """Return the id that a question was first published under: of former ids, the first is the oldest."""
    return f"{[*page.aliases, page.id][0]}#{[*question.aliases, question.slug][0]}"


def files(
    catalogue: Catalogue, pages: Mapping[str, str], site: str, history: History, cache_directory: Path
) -> dict[str, bytes]:
    """Return every file by its path below the root of the site.

    `pages` are the HTML of every page with questions, by its id; `site` is the address that links begin with.
    """
    tools = (version("genanki"), version("selectolax"), sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)
    code = key_of(hash_of_files(_ROOT / name for name in TYPE_BY), *tools)
    notes = _notes(catalogue, pages, site, history, Cache(cache_directory, "deck-cards", code))
    prints = {name: key_of(repr(note)) for name, note in notes.items()}
    type_changed = history.changed(*TYPE_BY)
    wanted = paths(catalogue)
    # A page that must not be published has no HTML, and ends the build elsewhere.
    inside = {each.name: [q.id for q in each.questions if q.id in notes] for each, _ in wanted.values()}

    def made(path: str) -> bytes:
        each, ending = wanted[path]
        held = [notes[name] for name in inside[each.name]]
        if ending == "apkg":
            return deck_package.package(held, type_changed)
        return deck_text.table(held) if ending == "csv" else deck_text.text(each.title, held, site)

    keys = {
        path: key_of(ending, each.title, site, str(type_changed), *(prints[name] for name in inside[each.name]))
        for path, (each, ending) in wanted.items()
    }
    return Cache(cache_directory, "deck-files", code).filled(keys, lambda missing: map(made, missing))


def _notes(
    catalogue: Catalogue, pages: Mapping[str, str], site: str, history: History, cache: Cache
) -> dict[str, Note]:
    """Return every question as a note, by its id, in the order of the catalogue."""
    asked = {page.id: page for page in catalogue.pages if page.questions}
    keys = {name: key_of(site, page.url, page.body.text, pages.get(name, "")) for name, page in asked.items()}

    def read(name: str) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
        """Return what a page says of each of its questions, as HTML and as Markdown."""
        page, found = asked[name], cards_of(pages.get(name, ""), f"{site}{asked[name].url}")
        said = [each for each in page.questions if each.slug in found]
        return {each.slug: (found[each.slug], deck_text.parts(page, each, site)) for each in said}

    cards = cache.filled(keys, lambda names: map(read, names))
    ordered = sets(catalogue)[0].questions if asked else ()
    numbers = {question.id: number for number, question in enumerate(ordered, 1)}
    code_changed = history.changed(*CARDS_BY)
    notes = {}
    for page in asked.values():
        changed = max(history.changed(page.path), code_changed)
        for question in (each for each in page.questions if each.slug in cards[page.id]):
            html, plain = cards[page.id][question.slug]
            facts = _facts(catalogue, page, question, site)
            tags = [f"round::{name}" for name in question.rounds]
            tags += [f"level::{question.level}", f"kind::{question.kind}", f"page::{page.slug}"]
            tags += [f"importance::{page.importance}"] if page.importance else []
            notes[question.id] = Note(
                first_id=first_id(page, question),
                number=numbers[question.id],
                changed=changed,
                deck=deck_of(page),
                tags=tuple(f"training-loop::{tag}" for tag in tags),
                fields=html | fields_of(facts),
                plain=plain | facts,
            )
    return notes


def _facts(catalogue: Catalogue, page: Page, question: Question, site: str) -> dict[str, str]:
    """Return what the catalogue knows of a question, in the words of readers."""
    return {
        "id": question.id,
        "kind": label(question.kind),
        "level": label(question.level),
        "rounds": ", ".join(round_name(catalogue, name) for name in question.rounds),
        "area": deck_of(page)[1],
        "chapter": page.title,
        "address": f"{site}{page.url}#{question.slug}",
    }


# ---- sizes, on the page of decks ------------------------------------------------------------------------------


def size_mark(path: str) -> str:
    """Return what stands in the page for the size of a file, which is known when all pages are rendered."""
    return f"size-of:{path.rpartition('/')[2]}"


def sized(html: str, made: Mapping[str, bytes], catalogue: Catalogue) -> str:
    """Return the HTML of the page of decks with the size of each file where it is awaited; a preview has no files."""
    for path in paths(catalogue):
        said = size(len(made[path])).replace(" ", "\N{NO-BREAK SPACE}") if path in made else "not in a preview"
        html = html.replace(size_mark(path), said)
    return html
