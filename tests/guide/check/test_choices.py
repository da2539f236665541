"""Multiple-choice items: what one has to hold, what is refused, and that their order tells nothing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from guide.model.choice import Answer, Choice
from guide.publish import listings
from guide.publish.data import choices_data
from guide.publish.page_listings import choices as listing
from guide.publish.place import Place

from tests.guide.sitekit import CHAPTER_PATH, SITE, line_of, problems_of, read

PATH = "docs/practice/choices/statistics.yml"
WHY = "Because this is how it is."
GOOD = f"""- id: an-item
  question: What is it?
  right: {{ text: This, why: {WHY} }}
  wrong:
    - {{ text: That, why: {WHY} }}
    - {{ text: Those, why: {WHY} }}
    - {{ text: These, why: {WHY} }}
  chapter: topics/statistics/tests
  level: entry
"""

FAULTS = [
    ("  level: entry\n", "", "level"),
    ("level: entry", "level: guru", "level"),
    (f"    - {{ text: These, why: {WHY} }}\n", "", "wrong"),
    (f"    - {{ text: These, why: {WHY} }}\n", "    - { text: These }\n", "why"),
    (f"text: These, why: {WHY}", "text: These, why: No.", "too short"),
    ("text: These", "text: this.", "the same"),
    ("text: These", "text: None of the above", "refers to the others"),
    ("text: This,", f"text: {'this ' * 12},", "the longest by far"),
    ("chapter: topics/statistics/tests", "chapter: topics/statistics/nowhere", "does not exist"),
    ("text: These", "text: <b>These</b>", "HTML"),
]


def test_an_item_is_read_published_and_listed(tmp_path: Path) -> None:
    catalogue, problems = read(tmp_path, {**SITE, PATH: GOOD})
    assert problems == []
    (item,) = choices_data(catalogue)
    assert item["answers"][item["right"]] == "This"
    assert (item["url"], item["area"], item["level"]) == ("practice/choices/#an-item", "statistics", "entry")
    shown = listing(Place(catalogue, tmp_path, "practice/choices.md"))
    assert "### What is it? { #an-item .tl-choice }" in shown
    assert shown.count("1. Th") == 4
    assert shown.count(WHY) == 4


@pytest.mark.parametrize(("old", "new", "said"), FAULTS, ids=[said for *_, said in FAULTS])
def test_an_item_that_is_wrong_is_told(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    found = problems_of(tmp_path, {**SITE, PATH: text})
    assert any(said in problem.message for problem in found)
    assert {problem.path for problem in found} == {PATH}


def test_two_items_of_one_id_are_told_also_from_two_files(tmp_path: Path) -> None:
    elsewhere = "docs/practice/choices/vision.yml"
    found = problems_of(tmp_path, {**SITE, PATH: GOOD + GOOD, elsewhere: GOOD})
    used = [problem.path for problem in found if "`an-item` is already used" in problem.message]
    assert used == [PATH, elsewhere]


def test_an_item_about_another_area_is_sent_there(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {**SITE, "docs/practice/choices/vision.yml": GOOD})
    assert problem.fix == f"Move it to {PATH}"
    assert problem.line == line_of(GOOD, "chapter:")


def test_a_file_of_no_area_is_told(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {**SITE, "docs/practice/choices/astrology.yml": GOOD})
    assert "`astrology` is not an area" in {problem.message for problem in found}


def test_the_place_of_the_right_answer_follows_no_pattern() -> None:
    answer = Answer(text="One", why=WHY)
    places = [
        Choice(
            id=f"item-{number}",
            question="What?",
            right=Answer(text="Right", why=WHY),
            wrong=(answer, answer, answer),
            chapter="topics/statistics/tests",
            level="entry",
        ).place
        for number in range(800)
    ]
    assert all(160 <= count <= 240 for count in Counter(places).values())
    following = Counter(pairwise(places))
    assert all(25 <= count <= 75 for count in following.values())


def test_a_site_without_items_says_so(tmp_path: Path) -> None:
    catalogue, _ = read(tmp_path, {CHAPTER_PATH: SITE[CHAPTER_PATH]})
    said = listings.expand("[[listing choices]]", catalogue, tmp_path, "practice/choices.md")
    assert said.strip() == "What is listed here is being written."
