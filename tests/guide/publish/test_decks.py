"""Decks: which sets there are, and what Anki itself makes of a package and of a newer one."""

from __future__ import annotations

import csv
import io
import os
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.consts import QUEUE_TYPE_SUSPENDED
from anki.scheduler.v3 import CardAnswer
from guide.model.catalogue import Catalogue
from guide.publish.deck_cards import FIELDS
from guide.publish.decks import SOURCES, TYPE_BY, WHOLE, files, first_id, sets
from guide.publish.place import size
from guide.tools.history import History, history

from tests.guide.executedsite import HOOKS, SETTINGS, build_site
from tests.guide.rendering import ROOT, render
from tests.guide.sitekit import CHAPTER_PATH, SITE, Content, chapter, make_site, read

if TYPE_CHECKING:
    # Anki's modules import each other in a circle, which has to be entered by its collection.
    from anki.cards import Card
    from anki.notes import Note

SITE_URL = "https://example.org/guide/"
BEFORE, AFTER = 1_760_000_000, 1_770_000_000
ALL = "practice/deck/training-loop-all.apkg"
ASKED = "topics/statistics/tests#question-2"


def decks(root: Path, files: Mapping[str, Content] = SITE, changed: int = BEFORE) -> dict[str, bytes]:
    """Return the files of a tiny guide whose pages all changed at one time."""
    return files_of(read(root, files)[0], root, History({}, changed))


def files_of(catalogue: Catalogue, root: Path, ages: History) -> dict[str, bytes]:
    pages = {page.id: render(page.body.text) for page in catalogue.pages if page.questions}
    return files(catalogue, pages, SITE_URL, ages, root / ".cache")


def with_answer(text: str) -> dict[str, Content]:
    """Return the tiny guide with another short answer to one question."""
    written = chapter().replace("A short answer to question-2.", text)
    return {**SITE, CHAPTER_PATH: written}


class Anki:
    """A collection of Anki's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def take(self, package: bytes) -> dict[str, int]:
        """Import a package with the options that Anki offers; return how many notes came to what."""
        path = self.folder / "deck.apkg"
        path.write_bytes(package)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        log = self.collection.import_anki_package(request).log
        kinds = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")
        return {kind: len(getattr(log, kind)) for kind in kinds if len(getattr(log, kind))}

    def notes(self) -> dict[str, Note]:
        """Return every note by the id of its question."""
        found = [self.collection.get_note(each) for each in self.collection.find_notes("")]
        return {note["Id"]: note for note in found}

    def review(self, note: Note) -> Card:
        """Answer the card of a note with "good", as a reader would; return the card."""
        scheduler = self.collection.sched
        card = note.cards()[0]
        card.start_timer()
        states = self.collection._backend.get_scheduling_states(card.id)
        scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=CardAnswer.GOOD))
        return self.collection.get_card(card.id)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    folder = tmp_path / "anki"
    folder.mkdir()
    program = Anki(folder)
    yield program
    program.collection.close()


# ---- in Anki itself ----------------------------------------------------------------------------------------------


def test_a_package_brings_every_question_once(tmp_path: Path, anki: Anki) -> None:
    catalogue = read(tmp_path, SITE)[0]
    made = decks(tmp_path)
    number = len(catalogue.questions)
    assert anki.take(made[ALL]) == {"new": number}
    assert set(anki.notes()) == {each.id for each in catalogue.questions}
    assert anki.collection.card_count() == number
    assert {deck.name for deck in anki.collection.decks.all_names_and_ids()} == {
        "Default",
        "The Training Loop",
        "The Training Loop::Statistics and experiments",
        "The Training Loop::Rounds",
        "The Training Loop::Design cases",
    }


def test_two_sets_with_the_same_questions_make_no_second_cards(tmp_path: Path, anki: Anki) -> None:
    made = decks(tmp_path)
    anki.take(made["practice/deck/training-loop-area-statistics.apkg"])
    before = anki.collection.card_count()
    told = anki.take(made["practice/deck/training-loop-round-ml-breadth.apkg"])
    assert told["duplicate"] == before
    assert anki.collection.card_count() == len(anki.notes()) == before + told["new"]


def test_a_newer_package_updates_cards_and_keeps_what_was_learned(tmp_path: Path, anki: Anki) -> None:
    anki.take(decks(tmp_path / "old")[ALL])
    number = anki.collection.card_count()
    learned = anki.review(anki.notes()[ASKED])
    told = anki.take(decks(tmp_path / "new", with_answer("A better answer."), AFTER)[ALL])
    assert told == {"updated": number}
    after = anki.notes()[ASKED]
    assert "A better answer." in after["Short"]
    card = after.cards()[0]
    assert (card.id, card.reps, card.type, card.due, card.ivl) == (
        learned.id,
        1,
        learned.type,
        learned.due,
        learned.ivl,
    )
    assert anki.collection.db is not None
    assert anki.collection.db.scalar("select count() from revlog where cid = ?", card.id) == 1
    assert anki.collection.card_count() == number


def test_what_a_reader_changed_stays_until_the_page_changes(tmp_path: Path, anki: Anki) -> None:
    anki.take(decks(tmp_path / "old")[ALL])
    note = anki.notes()[ASKED]
    note["Short"] = "In my own words."
    note.tags.append("mine")
    anki.collection.update_note(note)
    made = decks(tmp_path / "new", with_answer("A better answer."), AFTER)
    assert anki.take(made[ALL])["duplicate"] == 1
    kept = anki.notes()[ASKED]
    assert kept["Short"] == "In my own words."
    assert "mine" in kept.tags
    later = decks(tmp_path / "later", with_answer("A better answer."), kept.mod + 1000)
    anki.take(later[ALL])
    assert "A better answer." in anki.notes()[ASKED]["Short"]
    assert "mine" not in anki.notes()[ASKED].tags


def test_flag_deck_and_suspension_of_a_card_stay_whatever_its_page_does(tmp_path: Path, anki: Anki) -> None:
    anki.take(decks(tmp_path / "old")[ALL])
    card = anki.notes()[ASKED].cards()[0]
    own = anki.collection.decks.id("My own")
    assert own is not None
    anki.collection.set_deck([card.id], own)
    anki.collection.set_user_flag_for_cards(3, [card.id])
    anki.collection.sched.suspend_cards([card.id])
    anki.take(decks(tmp_path / "new", with_answer("A better answer."), AFTER)[ALL])
    after = anki.notes()[ASKED].cards()[0]
    assert (after.did, after.user_flag(), after.queue) == (own, 3, QUEUE_TYPE_SUSPENDED)


def test_a_moved_page_and_a_renamed_question_keep_their_cards(tmp_path: Path, anki: Anki) -> None:
    anki.take(decks(tmp_path / "old")[ALL])
    number = anki.collection.card_count()
    moved = {path: text for path, text in SITE.items() if path != CHAPTER_PATH}
    text = chapter(aliases="[topics/statistics/tests]").replace(
        "id: question-2\n", "id: new-name\n    aliases: [question-2]\n"
    )
    moved["docs/topics/statistics/testing.md"] = text
    told = anki.take(decks(tmp_path / "new", moved, AFTER)[ALL])
    assert told == {"updated": number}
    assert anki.notes()["topics/statistics/testing#new-name"]["Address"].endswith("testing/#new-name")


def test_new_cards_come_in_the_order_of_the_guide_whichever_set_is_taken(tmp_path: Path, anki: Anki) -> None:
    catalogue = read(tmp_path, SITE)[0]
    anki.take(decks(tmp_path)["practice/deck/training-loop-area-statistics.apkg"])
    notes = sorted(anki.notes().values(), key=lambda note: note.cards()[0].due)
    inside = next(each for each in sets(catalogue) if each.name == "area-statistics")
    assert [note["Id"] for note in notes] == [each.id for each in inside.questions]


def test_a_card_shows_the_question_first_and_all_of_the_answer_behind(tmp_path: Path, anki: Anki) -> None:
    anki.take(decks(tmp_path)[ALL])
    shown = anki.notes()["topics/statistics/tests#computed"].cards()[0].render_output()
    front, back = shown.question_text, shown.answer_text
    assert "What is computed?" in front
    assert "answer to" not in front
    for said in (
        "Compute",
        "Entry",
        "A page",
        "A short answer",
        "A full answer",
        "It says one thing",
        "print",
        "And then?",
    ):
        assert said in back
    assert f'href="{SITE_URL}topics/statistics/tests/#computed"' in back
    assert "{{" not in front + back
    assert not re.search(r"<h2>What a (?:weak|strong) answer", back)


# ---- the same input, the same bytes ------------------------------------------------------------------------------


def test_the_same_guide_gives_the_same_bytes_with_and_without_a_cache(tmp_path: Path) -> None:
    one, other = decks(tmp_path / "one"), decks(tmp_path / "other")
    assert one == other
    assert decks(tmp_path / "one") == one


def test_a_changed_page_changes_only_the_sets_that_hold_it(tmp_path: Path) -> None:
    before = decks(tmp_path)
    after = decks(tmp_path, with_answer("A better answer."))
    changed = {path.removeprefix("practice/deck/training-loop-") for path in before if before[path] != after[path]}
    assert {name.partition(".")[0] for name in changed} == {"all", "round-ml-breadth", "area-statistics"}


def test_a_note_is_as_old_as_the_last_change_of_its_page(tmp_path: Path, anki: Anki) -> None:
    catalogue = read(tmp_path, SITE)[0]
    ages = History({CHAPTER_PATH: AFTER}, BEFORE)
    anki.take(files_of(catalogue, tmp_path, ages)[ALL])
    assert {note.mod for key, note in anki.notes().items() if key.startswith("topics/statistics/tests#")} == {AFTER}
    assert anki.notes()["rounds/ml-breadth#question-1"].mod == BEFORE


def test_what_cards_are_made_by_is_found_in_the_history() -> None:
    assert [name for name in TYPE_BY if not (ROOT / name).is_file() or not name.startswith(SOURCES)] == []


def test_a_file_is_as_old_as_the_commit_that_brought_it_to_the_branch(tmp_path: Path) -> None:
    def git(*words: str, day: int = 1) -> None:
        when = f"2026-01-{day:02d}T00:00:00Z"
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(
            ["git", *names, *words], cwd=tmp_path, env={**os.environ, **own}, check=True, capture_output=True
        )

    def commit(name: str, day: int) -> None:
        make_site(tmp_path, {name: f"{day}"})
        git("add", ".", day=day)
        git("commit", "-m", "A change", day=day)

    git("init")
    commit("docs/one.md", 1)
    git("checkout", "-b", "other")
    commit("docs/two.md", 2)
    git("checkout", "main")
    commit("docs/three.md", 3)
    git("merge", "--no-ff", "-m", "Both", "other", day=4)
    ages = history(tmp_path, "docs")
    days = {name: datetime.fromtimestamp(age, UTC).day for name, age in ages.changes.items()}
    assert days == {"docs/one.md": 1, "docs/two.md": 4, "docs/three.md": 3}
    assert ages.changed("docs/one.md", "docs/three.md") == ages.changes["docs/three.md"]


def test_without_a_history_everything_is_as_old_as_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760050000")
    assert history(tmp_path, "docs").changed("docs/index.md") == 1_760_050_000 // 86_400 * 86_400


# ---- sets --------------------------------------------------------------------------------------------------------


def test_sets_are_the_whole_then_rounds_then_areas_and_none_is_empty(tmp_path: Path) -> None:
    catalogue = read(tmp_path, SITE)[0]
    found = sets(catalogue)
    assert [each.name for each in found] == [
        WHOLE,
        "round-ml-breadth",
        "area-statistics",
        "area-design-cases",
        "area-rounds",
    ]
    assert len(found[0].questions) == len(catalogue.questions)
    assert sets(Catalogue()) == []


def test_the_first_of_former_ids_is_the_one_that_counts(tmp_path: Path) -> None:
    files = {**SITE, CHAPTER_PATH: chapter(aliases="[topics/statistics/old, topics/statistics/older]")}
    page = read(tmp_path, files)[0].page("topics/statistics/tests")
    assert page is not None
    asked = page.questions[0]
    assert first_id(page, asked) == f"topics/statistics/old#{asked.slug}"


@pytest.mark.parametrize(
    ("length", "said"), [(10, "1 KB"), (12_400, "12 KB"), (949_000, "949 KB"), (1_260_000, "1.3 MB")]
)
def test_sizes_are_said_in_round_numbers(length: int, said: str) -> None:
    assert size(length) == said


def test_a_package_is_an_archive_without_files_and_without_times(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(decks(tmp_path)[ALL])) as archive:
        assert [entry.filename for entry in archive.infolist()] == ["collection.anki2", "media"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("media") == b"{}"


# ---- tables and texts --------------------------------------------------------------------------------------------


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_line_for_each_question_and_nothing_that_a_spreadsheet_computes(tmp_path: Path) -> None:
    files = with_answer("=HYPERLINK(1)")
    made = rows(decks(tmp_path, files)["practice/deck/training-loop-all.csv"])
    assert len(made) == len(read(tmp_path, files)[0].questions)
    by_id = {row["id"]: row for row in made}
    assert by_id[ASKED]["short"] == "'=HYPERLINK(1)"
    assert by_id[ASKED]["points"].splitlines()[0] == "• It says one thing"
    assert not [cell for row in made for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_the_text_can_be_read_without_the_site(tmp_path: Path) -> None:
    answer = (
        "See [power](power.md#questions) and [below](#sources); not `[this](x.md)`.\n\n"
        '```figure alt="A line that rises"\nax.plot([1])\n```\n'
    )
    text = decks(tmp_path, with_answer(answer))["practice/deck/training-loop-all.md"].decode()
    assert f"[power]({SITE_URL}topics/statistics/power/#questions)" in text
    assert f"[below]({SITE_URL}topics/statistics/tests/#sources)" in text
    assert "`[this](x.md)`" in text
    assert "*Figure: A line that rises*" in text
    assert "ax.plot" not in text
    assert "### What is question-2?" in text
    assert "**Short answer**" in text
    assert "///" not in text


# ---- in a build --------------------------------------------------------------------------------------------------

PAGE = "---\ntitle: Decks\nsummary: A sentence that says what this is.\n---\n\n# Decks\n\n[[listing decks]]\n"


def test_a_build_publishes_every_file_and_says_how_large_it_is(tmp_path: Path) -> None:
    drawn = with_answer('```figure alt="A line"\nfig, ax = plt.subplots()\nax.plot([1, 2])\n```\n')
    root = make_site(tmp_path, {**drawn, "docs/practice/deck.md": PAGE})
    hooks = [
        *SETTINGS["hooks"][:2],
        *(str(HOOKS / f"{name}.py") for name in ("authoring", "notebooks", "drawing", "decks")),
    ]
    # The headings of the list have anchors.
    extensions = [*SETTINGS["markdown_extensions"], "attr_list"]
    site = build_site(root, hooks=hooks, markdown_extensions=extensions, exclude_docs="*.py\n*.yml\n", strict=False)
    page = (site / "practice/deck/index.html").read_text("utf-8")
    said = dict(
        re.findall(r'<a href="(training-loop-[^"]+)">(?:[\w ]+, )?([^<]+)</a>', page.replace("\N{NO-BREAK SPACE}", " "))
    )
    published = {path.name: path for path in (site / "practice/deck").iterdir() if path.name != "index.html"}
    assert set(said) == set(published)
    assert said == {name: size(path.stat().st_size) for name, path in published.items()}
    assert '<svg class="tl-plot"' in fields_in(published["training-loop-all.apkg"], tmp_path, ASKED)["Short"]


def fields_in(package: Path, folder: Path, identifier: str) -> dict[str, str]:
    """Return the fields of a note of a package."""
    with zipfile.ZipFile(package) as archive:
        archive.extract("collection.anki2", folder)
    with closing(sqlite3.connect(folder / "collection.anki2")) as connection:
        notes = [
            dict(zip(FIELDS, each.split("\x1f"), strict=True))
            for (each,) in connection.execute("select flds from notes")
        ]
    return next(note for note in notes if note["Id"] == identifier)
