"""Multiple-choice items as a page without a script, and as data/choices.json for whoever asks them.

The page is what is read: the browser takes an item's question, answers and explanations from there, with its formulas
set. The data says which items there are, and which answer is right.
"""

from __future__ import annotations

import json
from typing import Any, Final

from guide.model.catalogue import Catalogue, Chapter
from guide.model.choice import LETTERS, PAGE, Choice
from guide.model.labels import label
from guide.model.vocabulary import AREAS
from guide.publish.place import Place

PATH: Final = "data/choices.json"


def choices_json(catalogue: Catalogue) -> str:
    """Return data/choices.json."""
    return json.dumps(choices_data(catalogue), ensure_ascii=False, separators=(",", ":")) + "\n"


def choices_data(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return every item: its texts as Markdown, its answers in the order in which they are shown."""
    return [
        {
            "id": choice.id,
            "url": f"{PAGE}/#{choice.id}",
            "area": area,
            "chapter": chapter.id,
            "level": choice.level,
            "question": choice.question,
            "answers": [answer.text for answer in choice.answers],
            "why": [answer.why for answer in choice.answers],
            "right": choice.place,
        }
        for area, chapter, choice in _known(catalogue)
    ]


def listing(place: Place) -> str:
    """Return all items by area and chapter, each with its explanations closed."""
    parts: list[str] = []
    before = ""
    for area, chapter, choice in _known(place.catalogue):
        if area != before:
            parts.append(place.heading(AREAS[area], area))
            before = area
        parts.append(_item(place, chapter, choice))
    return "\n\n".join(parts) or "The first items are being written."


def _known(catalogue: Catalogue) -> list[tuple[str, Chapter, Choice]]:
    """Return the items with area and chapter, in the order of study."""
    areas = list(AREAS)
    found = [
        (chapter.area, chapter, choice)
        for choice in catalogue.choices
        if isinstance(chapter := catalogue.page(choice.chapter), Chapter)
    ]
    return sorted(found, key=lambda one: (areas.index(one[0]), one[1].id))


def _item(place: Place, chapter: Chapter, choice: Choice) -> str:
    """Return one item: heading, answers, and the explanations behind a control.

    The browser relies on this: the heading has the item's id; a list of the four answers follows, then a `details`
    with a list of their four explanations.
    """
    answers = "\n".join(f"1. {answer.text}" for answer in choice.answers)
    why = "\n".join(
        f"    1. {'**Right.**' if answer is choice.right else 'Wrong.'} {answer.why}" for answer in choice.answers
    )
    return f"""{place.heading(choice.question, f"{choice.id} .tl-choice", 2)}

{answers}

??? question "Answer"

    **{LETTERS[choice.place]}**, from {place.link(chapter)} ({label(choice.level)}).

{why}"""
