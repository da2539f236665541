"""The numbers of a page that none of its code prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from guide.check.numbers import unprinted

from tests.guide.sitekit import CHAPTER_PATH, SITE, chapter, read

OUTPUT = "```python\nprint(1 / 8, 2345.678, 3e-05)\n```\n\n```output\n0.125 2345.678 3e-05\n```\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 0.125, or 0.13, or 12.5%, or 13%.", []),
        ("It is 0.11.", ["0.11"]),
        ("It is 2,345.7, and 0.003%.", []),
        ("It is 14% of 7 rows in 2026.", ["14"]),
        ("See `x = 0.5` and [that](https://example.org/1.5).", []),
    ],
)
def test_a_number_is_held_by_an_output_that_rounds_to_it(tmp_path: Path, text: str, found: list[str]) -> None:
    shown = chapter().replace("Some text.", f"{text}\n\n{OUTPUT}", 1)
    catalogue, _ = read(tmp_path, SITE | {CHAPTER_PATH: shown})
    page = next(page for page in catalogue.pages if page.path == CHAPTER_PATH)
    assert [number for _, number in unprinted(page)] == found
