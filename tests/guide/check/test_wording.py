"""The words that the checks do not let pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guide.sitekit import CHAPTER_PATH, SITE, chapter, problems_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Labels are dear.", "“are dear” is not how an American engineer writes it. Write “are expensive”."),
        ("It stays for ever.", "Write “forever”."),
        ("With 1 % fraud.", "there is a space before a percent sign"),
    ],
)
def test_a_word_is_told_with_what_the_field_says(tmp_path: Path, text: str, said: str) -> None:
    page = chapter().replace("Some text.", text, 1)
    found = [str(problem) for problem in problems_of(tmp_path, SITE | {CHAPTER_PATH: page})]
    assert len(found) == 1
    assert said in found[0]


def test_a_line_too_long_to_review_is_told(tmp_path: Path) -> None:
    page = chapter().replace("Some text.", "word " * 30, 1)
    assert any(
        "characters. Break it before 121." in str(problem)
        for problem in problems_of(tmp_path, SITE | {CHAPTER_PATH: page})
    )


@pytest.mark.parametrize(("columns", "told"), [(72, False), (73, True)])
def test_python_wider_than_a_page_shows_is_told(tmp_path: Path, columns: int, told: bool) -> None:
    page = chapter().replace("Some text.", f"Some text.\n\n```python\n{'x = 1'.ljust(columns, '#')}\n```\n", 1)
    found = [str(problem) for problem in problems_of(tmp_path, SITE | {CHAPTER_PATH: page})]
    assert any("73 characters. Break it before 73." in said for said in found) == told


@pytest.mark.parametrize("text", ["`a % b` and `1 % 2`", "$5 % 3$ and\n\n```python\nx = 1 % 2  # learnt\n```\n"])
def test_code_and_formulas_are_left_alone(tmp_path: Path, text: str) -> None:
    page = chapter().replace("Some text.", text, 1)
    found = [str(problem) for problem in problems_of(tmp_path, SITE | {CHAPTER_PATH: page})]
    assert [said for said in found if "American" in said or "percent" in said] == []


def test_the_titles_of_sources_are_left_alone(tmp_path: Path) -> None:
    before, _, _ = chapter().rpartition("Some text.")
    assert problems_of(tmp_path, SITE | {CHAPTER_PATH: before + "- Lessons learnt.\n"}) == []
