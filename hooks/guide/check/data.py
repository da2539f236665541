"""The contracts of data files: glossary, rounds, question banks, allocation, and multiple-choice items."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from guide.model.allocation import PATH
from guide.model.catalogue import Catalogue, Chapter, Page
from guide.model.choice import FOLDER, Choice
from guide.model.labels import term_anchor
from guide.model.problems import Problem, suggestion
from guide.model.vocabulary import AREAS, ASKED_SHARES, MIN_BANKS, ROUNDS, SPECIALTIES

# A right answer that is so much longer than every wrong one gives itself away.
_LONGER: Final = 1.4
# Answers that are about the others depend on the order, which is not the writer's.
_ABOUT_OTHERS: Final = ("all of the above", "none of the above", "both a and b", "all of these", "none of these")


def glossary(catalogue: Catalogue) -> Iterator[Problem]:
    """No term or alias of the glossary is there twice, and each term has an address of its own."""
    named: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for term in catalogue.glossary:
        origin = catalogue.origin(f"term:{term.term}")
        for name in (term.term, *term.aliases):
            other = named.setdefault(name.casefold(), term.term)
            if other != term.term or (name in term.aliases and name.casefold() == term.term.casefold()):
                said = f"`{name}` already stands for the term `{other}`"
                yield origin.problem(
                    "aliases" if name in term.aliases else "term", said, "Give a name to one term only"
                )
        anchor = term_anchor(term.term)
        other = anchors.setdefault(anchor, term.term)
        if not anchor or (other != term.term and other.casefold() != term.term.casefold()):
            said = f"the term `{term.term}` has the address of `{other}`" if anchor else "the term makes no address"
            yield origin.problem("term", said, "Spell it with other letters or digits")


def coverage(catalogue: Catalogue) -> Iterator[Problem]:
    """Every round of the vocabulary is described in rounds.yml and has one chapter at most."""
    path = "docs/rounds/rounds.yml"
    if not catalogue.rounds and path.removeprefix("docs/") in catalogue.files:
        yield Problem(path, 1, "there is no round in this file that can be read", "Correct it; the other pages need it")
        return
    for missing in (name for name in ROUNDS if catalogue.round(name) is None):
        yield Problem(path, 1, f"the round `{missing}` is missing or not valid", f"Add an entry `- id: {missing}`")
    for facts in catalogue.rounds:
        if facts.minutes is not None and facts.minutes[0] > facts.minutes[1]:
            origin = catalogue.origin(f"round:{facts.id}")
            said = f"the round `{facts.id}` is longer at least than at most"
            yield origin.problem("minutes", said, "Write `minutes: [shortest, longest]`")
    first: dict[str, Page] = {}
    for page in catalogue.round_chapters:
        if page.round is not None and first.setdefault(page.round, page) is not page:
            said = f"the round `{page.round}` already has the chapter {first[page.round].path}"
            yield page.problem("round", said, "Name another round, or join the two pages")


def banks(catalogue: Catalogue) -> Iterator[Problem]:
    """Banks name what is there, and a page is called as important as they say, or says why not."""
    ids = [page.id for page in catalogue.pages]
    subjects = {page.subject for page in catalogue.pages} | set(AREAS)
    for bank in catalogue.banks:
        origin = catalogue.origin(f"bank:{bank.id}")
        for value in (value for value in bank.names if catalogue.page(value) is None):
            said = f"the bank `{bank.id}` names `{value}`, which does not exist"
            yield origin.problem("names", said, suggestion(value, ids))
        for value in (value for value in bank.covers if value not in subjects):
            said = f"the bank `{bank.id}` covers `{value}`, which is not an area"
            yield origin.problem("covers", said, suggestion(value, subjects))
    for page in catalogue.pages:
        named, covering = catalogue.banks_on(page)
        if page.importance is None or covering < MIN_BANKS:
            continue
        counted = next(name for name, share in ASKED_SHARES.items() if len(named) >= share * covering)
        if counted == "core" and page.subject in SPECIALTIES:
            counted = "common"
        if counted != page.importance and page.judgment is None:
            said = f"`importance` is {page.importance}, and {len(named)} of {covering} question banks say {counted}"
            yield page.problem("importance", said, "Follow them, or say why not in `judgment:`")
        if counted == page.importance and page.judgment is not None:
            yield page.problem("judgment", "`judgment` explains nothing: importance and counts agree", "Remove it")


def allocation(catalogue: Catalogue) -> Iterator[Problem]:
    """The allocation is there for the pages of the plan, and books the rounds that no share pays for, and no other."""
    found = catalogue.allocation
    if found is None:
        if PATH.removeprefix("docs/") not in catalogue.files and any(
            src.startswith("plan/") for src in catalogue.files
        ):
            yield Problem(PATH, 1, "the allocation is missing", "Restore the file")
        return
    booked = {booking.round for booking in found.bookings}
    for facts in catalogue.rounds:
        if facts.allocation == "outside" and facts.id not in booked:
            yield Problem(PATH, 1, f"`{facts.id}` is outside the shares but is not booked", "Add it to `bookings`")
        if facts.allocation != "outside" and facts.id in booked:
            said = f"`{facts.id}` is booked although a share pays for it"
            yield Problem(PATH, 1, said, "Remove it from `bookings`")


def activities(catalogue: Catalogue) -> Iterator[Problem]:
    """Every session without a page of its own leads somewhere that is there: the last place named has to be."""
    found = catalogue.allocation
    for activity in found.activities if found is not None else ():
        line = catalogue.origin(f"activity:{activity.id}").line
        for index, reference in enumerate(activity.pages):
            name, _, anchor = reference.partition("#")
            page = catalogue.page(name)
            if page is None and catalogue.resource(name) is None:
                if index == len(activity.pages) - 1:
                    said = f"`{activity.id}` leads to `{name}`, which the guide does not have"
                    known = [*(one.id for one in catalogue.pages), *(one.id for one in catalogue.resources)]
                    yield Problem(PATH, line, said, suggestion(name, known))
            elif anchor and page is not None and not _may_have(page, anchor):
                said = f"`{activity.id}` leads to `{reference}`, and there is no such section"
                yield Problem(PATH, line, said, suggestion(anchor, page.anchors))


def weights(catalogue: Catalogue) -> Iterator[Problem]:
    """Every page that counts more to some readers is there."""
    found = catalogue.allocation
    for weight in found.weights if found is not None else ():
        for name in weight.pages:
            if catalogue.page(name) is None:
                said = f"`{weight.id}` weighs `{name}`, which the guide does not have"
                line = catalogue.origin(f"weight:{weight.id}").line
                yield Problem(PATH, line, said, suggestion(name, [one.id for one in catalogue.pages]))


def _may_have(page: Page, anchor: str) -> bool:
    """Tell whether a page has an anchor; what a listing becomes is not known here."""
    return anchor in page.anchors or bool(page.body.listings)


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
