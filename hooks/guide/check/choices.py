"""The contracts of multiple-choice items: they belong somewhere, and nothing but knowledge tells the right answer."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from guide.model.catalogue import Catalogue, Chapter
from guide.model.choice import FOLDER, Choice
from guide.model.problems import Problem, suggestion
from guide.model.vocabulary import AREAS

# A right answer that is so much longer than every wrong one gives itself away.
_LONGER: Final = 1.4
# Answers that are about the others depend on the order, which is not the writer's.
_ABOUT_OTHERS: Final = ("all of the above", "none of the above", "both a and b", "all of these", "none of these")


def choices(catalogue: Catalogue) -> Iterator[Problem]:
    """Every item belongs to a chapter of its area, and its four answers differ, in what they say and not in length."""
    for src in sorted(catalogue.files):
        folder, name = posixpath.split(f"docs/{src}")
        area = name.removesuffix(".yml")
        if folder == FOLDER and area not in AREAS:
            yield Problem(f"docs/{src}", 1, f"`{area}` is not an area", suggestion(area, AREAS))
    chapters = [chapter.id for chapter in catalogue.chapters]
    for choice in catalogue.choices:
        yield from _belongs(catalogue, choice, chapters)
        yield from _differs(catalogue, choice)


def _belongs(catalogue: Catalogue, choice: Choice, chapters: list[str]) -> Iterator[Problem]:
    origin = catalogue.origin(f"choice:{choice.id}")
    chapter = catalogue.page(choice.chapter)
    if not isinstance(chapter, Chapter):
        said = f"`{choice.id}` belongs to the chapter `{choice.chapter}`, which does not exist"
        yield origin.problem("chapter", said, suggestion(choice.chapter, chapters))
    elif f"{FOLDER}/{chapter.area}.yml" != origin.path:
        said = f"`{choice.id}` is about a chapter of the area `{chapter.area}`"
        yield origin.problem("chapter", said, f"Move it to {FOLDER}/{chapter.area}.yml")


def _differs(catalogue: Catalogue, choice: Choice) -> Iterator[Problem]:
    origin = catalogue.origin(f"choice:{choice.id}")
    texts = [" ".join(answer.text.casefold().split()).rstrip(".") for answer in choice.answers]
    twice = next((text for index, text in enumerate(texts) if text in texts[:index]), None)
    if twice is not None:
        said = f"two answers of `{choice.id}` are the same: {twice[:60]}"
        yield origin.problem("", said, "Write another wrong answer")
    if found := next((text for text in texts if text in _ABOUT_OTHERS), None):
        said = f"an answer of `{choice.id}` refers to the others, whose order you do not control: {found}"
        yield origin.problem("", said, "Write an answer that stands on its own")
    longest = max(len(answer.text) for answer in choice.wrong)
    if len(choice.right.text) > _LONGER * longest and len(choice.right.text) > 40:
        said = f"the right answer of `{choice.id}` is the longest by far, and so gives itself away"
        yield origin.problem("right", said, "Shorten it, or say as much in a wrong one")
