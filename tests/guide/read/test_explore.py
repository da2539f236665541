"""The fence of a figure that answers back: its words are read, and what is wrong is told by its line."""

import pytest
from guide.read import explore

TEXT = """question: Where is it
  cheapest?
alt: A curve: it falls, then rises.
see: Move it.
caption: Made up.
"""
NAME = {"name": "threshold-cost"}


def test_words_are_read_and_an_indented_line_goes_on() -> None:
    figure, faults = explore.read(NAME, TEXT)
    assert faults == []
    assert figure == explore.Explorable(
        "threshold-cost", "Where is it cheapest?", "A curve: it falls, then rises.", "Move it.", "Made up."
    )


@pytest.mark.parametrize(
    ("attrs", "text", "line", "said"),
    [
        ({}, TEXT, 0, "does not say which figure"),
        ({"name": "threshold-costs"}, TEXT, 0, "there is no figure `threshold-costs`"),
        (NAME | {"alt": "x"}, TEXT, 0, "`alt` does not belong on the first line"),
        (NAME | {"width": "3"}, TEXT, 0, "no option `width`"),
        (NAME, TEXT.replace("see: Move it.\n", ""), 0, "has no `see`"),
        (NAME, TEXT.replace("Move it.", ""), 0, "has no `see`"),
        (NAME, TEXT + "captoin: Again.\n", 6, "no `captoin`"),
        (NAME, TEXT + "caption: Again.\n", 6, "said twice"),
        (NAME, TEXT.replace("  cheapest", "cheapest"), 2, "belongs to nothing"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(attrs: dict[str, str], text: str, line: int, said: str) -> None:
    (fault,) = explore.read(attrs, text)[1]
    assert fault.line == line
    assert said in fault.message
    assert fault.fix


def test_the_nearest_name_is_offered() -> None:
    (fault,) = explore.read({"name": "threshold-costs"}, TEXT)[1]
    assert fault.fix.startswith("Did you mean `threshold-cost`?")
