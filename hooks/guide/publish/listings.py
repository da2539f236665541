"""`[[listing NAME]]` → Markdown made from the catalogue: lists that nobody has to keep up to date.

A line `[[listing NAME]]` that stands alone in a page becomes plain Markdown (tables, definition lists, links to .md
files), which then takes the way of everything an author writes: its links are checked, its terms get tooltips. Headings
inside a listing are one level below the heading that stands before it.

To add a listing, write a function that takes a Place and returns Markdown, nothing when there is nothing to list yet,
and name it in LISTINGS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from guide.model.catalogue import Catalogue
from guide.model.problems import FileProblems, Problem, suggestion
from guide.publish import allocation_listings, book, page_listings, plans
from guide.publish.place import Listing, Place
from guide.read.fences import STASH, read_fences

_LINE = re.compile(r"^\[\[listing +(?P<name>[^\]\s]+) *\]\]\s*$")
_HEADING = re.compile(r"^(#{1,6})(?!#) ")

LISTINGS: Final[Mapping[str, Listing]] = {
    "rounds-table": page_listings.rounds_table,
    "topics-by-area": page_listings.topics,
    "chapters": page_listings.chapters,
    "a-question": page_listings.sample,
    "cases-by-product": page_listings.cases_by_product,
    "cases-by-chapter": page_listings.cases_by_chapter,
    "exercises": page_listings.exercises,
    "notebooks": page_listings.notebooks,
    "questions-by-round": page_listings.questions,
    "book": book.listing,
    "decks": page_listings.decks,
    "resources-by-round": page_listings.resources_by_round,
    "resources-by-topic": page_listings.resources_by_topic,
    "glossary": page_listings.glossary,
    "banks": page_listings.banks,
    "choices": page_listings.choices,
    "ready-made-plans": plans.overview,
    **allocation_listings.LISTINGS,
}


def known(catalogue: Catalogue) -> dict[str, Listing]:
    """Return every listing by its name, one for each ready-made plan among them: `plan-4-weeks-light`."""
    return {**LISTINGS, **{f"plan-{name}": partial(plans.plan, name=name) for name in plans.names(catalogue)}}


def expand(markdown: str, catalogue: Catalogue, root: Path, src: str) -> str:
    """Return the Markdown of a page with its listings filled in; an unknown name is left as it is written."""
    if "[[listing" not in markdown:
        return markdown
    lines = markdown.split("\n")
    _, prose = read_fences(lines, 1, FileProblems())
    listings = known(catalogue)
    filled: list[str] = []
    level = 1
    for line, read in zip(lines, prose, strict=True):
        if read != STASH:
            if heading := _HEADING.match(line):
                level = len(heading[1])
            elif (match := _LINE.match(line)) and match["name"] in listings:
                made = listings[match["name"]](Place(catalogue, root, src, level)).strip("\n")
                filled.append(f"\n{made or 'What is listed here is being written.'}\n")
                continue
        filled.append(line)
    return "\n".join(filled)


def problems(catalogue: Catalogue) -> list[Problem]:
    """Return a Problem for every listing that does not exist."""
    names = sorted(known(catalogue))
    return [
        page.problem(line, f"there is no listing `{name}`", suggestion(name, names))
        for page in catalogue.texts
        for name, line in page.body.listings
        if name not in names
    ]
