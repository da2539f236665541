"""Views: everything that a page learns from others, derived and never written twice."""

from pathlib import Path

import pytest
from guide.model.catalogue import Catalogue
from guide.model.views import PageView, Views, by_weight, tags
from guide.read.load import load

from tests.guide.sitekit import (
    CASE_PATH,
    CHAPTER_PATH,
    EXERCISE,
    NOTEBOOK_PATH,
    OTHER_PATH,
    SITE,
    Content,
    case,
    chapter,
    exercise,
    make_site,
    notebook,
    page,
    read,
    round_chapter,
)

TESTS = "topics/statistics/tests"
FILES: dict[str, Content] = {
    **SITE,
    CHAPTER_PATH: chapter(title="Tests", resources="[a-book]"),
    OTHER_PATH: chapter(title="Power", prerequisites=f"[{TESTS}]", notebooks="[notebooks/one-question]"),
    "docs/topics/statistics/peeking.md": chapter(title="Peeking", uses=f"[{TESTS}]"),
    CASE_PATH: case(title="Ranking", uses=f"[{TESTS}]"),
    f"{EXERCISE}/index.md": exercise(title="Twice", prerequisites=f"[{TESTS}]", notebooks="[notebooks/one-question]"),
    NOTEBOOK_PATH: notebook(prerequisites=[TESTS]),
    "docs/topics/index.md": page({"title": "Topics", "summary": "All that is asked."}, {"Head": "Text.\n"}),
    "docs/rounds/index.md": page({"title": "Rounds", "summary": "All that there are."}, {"Head": "Text.\n"}),
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    catalogue, problems = read(tmp_path_factory.mktemp("site"), FILES)
    assert problems == []
    return catalogue


def view(catalogue: Catalogue, page_id: str) -> PageView:
    found = Views(catalogue).page(page_id)
    assert found is not None
    return found


def titles(links: tuple[object, ...]) -> list[str]:
    return [link.title for link in links]  # type: ignore[attr-defined]


def test_a_page_that_is_not_there_has_no_view(catalogue: Catalogue) -> None:
    assert Views(catalogue).page("topics/nowhere") is None


def test_a_chapter_knows_what_it_unlocks_and_what_uses_it(catalogue: Catalogue) -> None:
    tests = view(catalogue, TESTS)
    assert titles(tests.unlocks) == ["Power"]
    assert titles(tests.cases) == ["Ranking"]
    assert titles(tests.exercises) == ["Twice"]
    assert titles(tests.notebooks) == ["One question"]
    assert titles(tests.neighbors) == ["Peeking"]


def test_what_a_chapter_names_itself_is_shown_too(catalogue: Catalogue) -> None:
    power = view(catalogue, "topics/statistics/power")
    assert titles(power.prerequisites) == ["Tests"]
    assert titles(power.notebooks) == ["One question"]


def test_a_notebook_knows_the_exercises_and_chapters_that_name_it(catalogue: Catalogue) -> None:
    one = view(catalogue, "notebooks/one-question")
    assert titles(one.exercises) == ["Twice"]
    assert titles(one.neighbors) == ["Power"]


def test_a_link_says_level_and_minutes(catalogue: Catalogue) -> None:
    (unlocked,) = view(catalogue, TESTS).unlocks
    assert (unlocked.url, unlocked.note) == ("topics/statistics/power/", "entry level, 2 min")


def test_rounds_have_a_name_and_an_address(catalogue: Catalogue) -> None:
    assert view(catalogue, TESTS).rounds == (("ml-breadth", "A round", "rounds/ml-breadth/"),)


def test_a_round_without_a_chapter_leads_to_its_row(catalogue: Catalogue) -> None:
    assert Views(catalogue).round("coding") == ("coding", "A round", "rounds/#coding")


def test_a_round_shows_what_is_known_about_it(catalogue: Catalogue) -> None:
    breadth = view(catalogue, "rounds/ml-breadth")
    facts = breadth.facts
    assert facts is not None
    assert (facts.minutes, facts.interviewer, facts.judged) == ((30, 45), "An engineer", "What is said")
    assert titles(breadth.topics) == ["Tests"]


def test_resources_come_by_id_and_by_topic(catalogue: Catalogue) -> None:
    assert titles(view(catalogue, TESTS).resources) == ["A book"]
    assert titles(view(catalogue, "topics/statistics/power").resources) == ["A book"]
    assert titles(view(catalogue, "rounds/ml-breadth").resources) == ["A book"]


def test_what_names_a_round_first_comes_before_what_names_it_later(tmp_path: Path) -> None:
    book = str(SITE["docs/resources/books.yml"])
    later = book.replace("a-book", "later").replace("A book", "Later").replace("[ml-breadth]", "[coding, ml-breadth]")
    catalogue = read(tmp_path, {**FILES, "docs/resources/books.yml": later + book})[0]
    assert titles(view(catalogue, "rounds/ml-breadth").resources) == ["A book", "Later"]


def test_a_resource_without_an_address_leads_to_its_entry(tmp_path: Path) -> None:
    books = str(SITE["docs/resources/books.yml"]).replace("  url: https://example.org/book\n", "")
    catalogue = read(tmp_path, {**FILES, "docs/resources/books.yml": books})[0]
    assert view(catalogue, TESTS).resources[0].url == "resources/#a-book"


def test_a_former_id_is_as_good_as_the_present_one(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        **FILES,
        CHAPTER_PATH: chapter(title="Tests", aliases="[topics/statistics/testing]"),
        OTHER_PATH: chapter(title="Power", prerequisites="[topics/statistics/testing]"),
    }
    catalogue = read(tmp_path, files)[0]
    assert titles(view(catalogue, TESTS).unlocks) == ["Power"]
    assert view(catalogue, "topics/statistics/testing") == view(catalogue, TESTS)


def test_prerequisites_come_before_what_needs_them(catalogue: Catalogue) -> None:
    order = [each.title for each in by_weight(catalogue.chapters)]
    assert order.index("Tests") < order.index("Power")


def test_a_circle_of_prerequisites_does_not_hang(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        **FILES,
        CHAPTER_PATH: chapter(title="Tests", prerequisites="[topics/statistics/power]"),
    }
    assert len(by_weight(read(tmp_path, files)[0].chapters)) == 3


def test_tags_are_rounds_level_importance_and_area(catalogue: Catalogue) -> None:
    found = catalogue.page(TESTS)
    assert found is not None
    assert tags(catalogue, found) == ["A round", "Entry", "Core", "Statistics and experiments"]


def test_a_page_lists_nothing_twice(tmp_path: Path) -> None:
    files: dict[str, Content] = {**FILES, CASE_PATH: case(prerequisites=f"[{TESTS}]", uses=f"[{TESTS}]")}
    assert len(view(read(tmp_path, files)[0], TESTS).cases) == 1


def test_a_round_chapter_is_no_neighbor_of_its_topics(tmp_path: Path) -> None:
    files: dict[str, Content] = {**FILES, "docs/rounds/ml-breadth.md": round_chapter(title="Breadth")}
    assert "Breadth" not in titles(view(read(tmp_path, files)[0], TESTS).neighbors)


def test_a_page_shows_which_question_banks_ask_about_it(tmp_path: Path) -> None:
    rest = "author: A, url: 'https://example.org', year: 2024, read: 2026-11, covers: [statistics]"
    text = "".join(
        f"- {{id: b{number}, title: Bank {number}, {rest}, names: [{TESTS if number < 4 else ''}]}}\n"
        for number in range(6)
    )
    catalogue, _ = load(make_site(tmp_path, SITE | {"docs/banks.yml": text}))
    view = Views(catalogue).page(TESTS)
    assert view is not None
    assert view.asked is not None
    assert [link.title for link in view.asked.named] == ["Bank 0", "Bank 1", "Bank 2", "Bank 3"]
    assert (view.asked.covering, view.asked.read, view.asked.specialty) == (6, "November 2026", False)
