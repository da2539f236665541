"""Twists: what of an item is said and what is answered, which forms are refused, and what is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from guide.check.twists import twists_of
from guide.model.catalogue import Case
from guide.publish.data import twists_data

from tests.guide.sitekit import CASE_PATH, SITE, line_of, problems_of, read

CASE = "system-design/cases/ranking"


def with_twists(*items: str) -> dict[str, object]:
    written = "## Now imagine\n\n" + "\n".join(items) + "\n"
    return {**SITE, CASE_PATH: str(SITE[CASE_PATH]).replace("## Now imagine\n\nSome text.\n", written)}


@pytest.mark.parametrize(
    ("item", "said", "answer"),
    [
        ("- **Half the time.** Precompute.", "Half the time.", "Precompute."),
        ("- **Half the time.** Precompute\n  for each card.", "Half the time.", "Precompute for each card."),
        ("- **No undo** (orders). Then ask. Draft.", "No undo (orders).", "Then ask. Draft."),
        ('- **"Quiet, for a date."** Tags.', '"Quiet, for a date."', "Tags."),
        ("- **Stories**: twenty friends. No retrieval.", "Stories", "twenty friends. No retrieval."),
    ],
)
def test_the_bold_words_are_said_to_the_end_of_their_sentence(
    item: str, said: str, answer: str, tmp_path: Path
) -> None:
    catalogue, problems = read(tmp_path, with_twists(item))
    assert problems == []
    page = catalogue.page(CASE)
    assert isinstance(page, Case)
    (twist,) = twists_of(page)
    assert (twist.said, twist.answer) == (said, answer)


@pytest.mark.parametrize("item", ["- Half the time. Precompute.", "- **Half the time.**"])
def test_an_item_without_a_bold_beginning_or_an_answer_is_told_by_its_line(item: str, tmp_path: Path) -> None:
    files = with_twists("- **Fine.** Yes.", item)
    (problem,) = problems_of(tmp_path, files)
    assert "the twist does not begin in bold, or has no answer" in str(problem)
    assert f"{CASE_PATH}:{line_of(str(files[CASE_PATH]), item)}:" in str(problem)


def test_what_is_published_is_plain_text_of_the_cases_that_have_twists(tmp_path: Path) -> None:
    catalogue, _ = read(tmp_path, with_twists("- **A loss of $V$.** See [it](ranking.md) in `code`."))
    assert twists_data(catalogue) == {CASE: [["A loss of V.", "See it in code."]]}
    catalogue, _ = read(tmp_path / "none", SITE)
    assert twists_data(catalogue) == {}
