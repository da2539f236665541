"""Multiple-choice items as a page without a script.

The page is what is read: the browser takes an item's question, answers and explanations from there, with its formulas
set. data/choices.json says which items there are, and which answer is right (guide.publish.data).
"""

from __future__ import annotations

from guide.model.catalogue import Chapter
from guide.model.choice import LETTERS, Choice
from guide.model.labels import label
from guide.model.vocabulary import AREAS
from guide.publish.place import Place


def listing(place: Place) -> str:
    """Return all items by area and chapter, each with its explanations closed."""
    parts: list[str] = []
    before = ""
    for chapter, choice in place.catalogue.choices_by_chapter:
        if chapter.area != before:
            before = chapter.area
            parts.append(place.heading(AREAS[before], before))
        parts.append(_item(place, chapter, choice))
    return "\n\n".join(parts)


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
