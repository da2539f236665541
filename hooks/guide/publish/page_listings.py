"""Lists of pages, questions, resources and terms."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from textwrap import indent
from typing import Final

from guide.model.allocation import Allocation
from guide.model.catalogue import Case, Catalogue, Chapter, Exercise, GlossaryTerm, Page, Question, Resource
from guide.model.choice import LETTERS, Choice
from guide.model.labels import ASKED, label, minutes_range, plural, term_anchor
from guide.model.views import best_first, by_weight, note, round_name
from guide.model.vocabulary import AREAS, FRAMEWORK_AREA, LEVELS, PRODUCTS, ROUNDS
from guide.publish.decks import DeckSet, size_mark
from guide.publish.decks import sets as deck_sets
from guide.publish.place import Place, entry, escape, round_link, table

# Groups of exercises: title, anchor, and whether they are first of all for the coding round.
_GROUPS: Final = (
    ("Models and layers", "models-and-layers", False),
    ("Coding and algorithms", "coding-and-algorithms", True),
)
# A link or the mark of a note, in Markdown.
_LINK: Final = re.compile(r"\[\^[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)")
# Where resources are listed that name no round, or no topic.
_ANY: Final = "any"
_GENERAL: Final = "Preparation in general"
# So many resources of a group are seen at once, the best ones; the others fold away.
_BEST: Final = 3


def rounds_table(place: Place) -> str:
    """Return all rounds, compared. Each row can be linked to by the id of its round."""
    allocation = place.catalogue.allocation
    rows = [
        (
            round_link(place, facts.id, f"#{facts.id} "),
            minutes_range(facts.minutes),
            escape(facts.interviewer),
            escape(facts.judged),
            _share(allocation, facts.allocation),
        )
        for facts in place.catalogue.rounds
    ]
    head = ["Round", "Reported length", "Who sits there", "What is judged", "Share of preparation"]
    return table(head, rows) if allocation else table(head[:-1], (row[:-1] for row in rows))


def _share(allocation: Allocation | None, pot: str) -> str:
    """Return which share of the plan pays for a round."""
    share = next((each for each in allocation.shares if each.id == pot), None) if allocation else None
    if share is None:
        return "booked by calendar"
    if not share.percent:
        return f"{escape(share.name)}, when it is confirmed"
    return f"{escape(share.name)}, {share.percent:g}%"


def topics(place: Place) -> str:
    """Return the chapters of each area, as a table to be scanned."""
    parts = []
    for area, title in AREAS.items():
        rows = [
            (
                place.link(page),
                ASKED[page.importance] if page.importance else "",
                label(page.level or ""),
                _minutes(page),
                place.link(page, str(len(page.questions)), "questions") if page.questions else "–",
            )
            for page in by_weight(page for page in place.catalogue.chapters if page.area == area)
        ]
        if rows:
            parts += [place.heading(title, area), table(["Chapter", "Asked", "Level", "To read", "Questions"], rows)]
    return "\n\n".join(parts)


def chapters(place: Place) -> str:
    """Return the chapters of the area whose index page this is."""
    area = posixpath.basename(posixpath.dirname(place.src))
    chapters = by_weight(page for page in place.catalogue.chapters if page.area == area)
    entries = [entry(place.link(page), f"{escape(page.summary)} *{_facts(page)}.*") for page in chapters]
    return "\n\n".join(entries)


def sample(place: Place) -> str:
    """Return one question with its short answer: what every question of the guide looks like."""
    asked = (
        (page, question)
        for page in by_weight(place.catalogue.chapters)
        for question in page.questions
        if (question.kind, question.level, question.phrasing) == ("diagnose", "entry", "indirect")
    )
    page, question = next(asked, (None, None))
    if page is None or question is None:
        return ""
    answer = _LINK.sub(r"\1", question.short).strip()
    quoted = "\n".join(f"> {line}".rstrip() for line in answer.split("\n"))
    onward = place.link(page, "The full answer, and what is asked next", question.slug)
    return f"**{question.title}**\n\n{quoted}\n\n{onward}, in {place.link(page)}."


def exercises(place: Place) -> str:
    """Return the coding exercises in two groups, the easiest first: those of the coding round, and models and layers.

    The browser fills in the second column, from what the reader has done.
    """
    found = by_weight(place.catalogue.exercises)
    found.sort(key=lambda page: LEVELS.index(page.level) if page.level else len(LEVELS))
    parts = []
    for title, anchor, coding in _GROUPS:
        if own := [page for page in found if (page.rounds[:1] == ("coding",)) == coding]:
            parts += [place.heading(title, anchor), _exercises(place, own)]
    return "\n\n".join(parts)


def _exercises(place: Place, pages: Sequence[Exercise]) -> str:
    rows = [
        (
            place.link(page),
            "–",
            label(page.level or ""),
            _minutes(page),
            ", ".join(round_link(place, name) for name in page.rounds) or "–",
            label(page.pattern) if page.pattern else "–",
            place.link(page, "planted bugs", "debug-twin") if page.broken is not None else "–",
        )
        for page in pages
    ]
    return table(["Exercise", "You", "Level", "To write", "Rounds", "Pattern", "Debug twin"], rows)


def notebooks(place: Place) -> str:
    """Return the notebooks."""
    rows = [
        (place.link(page), escape(page.summary), label(page.level or ""), _minutes(page))
        for page in by_weight(place.catalogue.notebooks)
    ]
    return table(["Notebook", "What it shows", "Level", "To read and run"], rows)


def _facts(page: Page) -> str:
    """Return importance, level and length of a page: `Core, entry level, 20 min`."""
    return ", ".join(filter(None, (label(page.importance or ""), note(page))))


def _minutes(page: Page) -> str:
    return f"{page.minutes} min" if page.minutes else "–"


# --- Cases ----------------------------------------------------------------------------------------------------------


def cases_by_product(place: Place) -> str:
    """Return the cases of each product with what is hard about them and what they train, to be scanned and filtered."""
    parts = []
    for product in PRODUCTS:
        rows = [
            (
                place.link(case),
                escape(case.tension),
                _listed(label(name) for name in case.techniques),
                escape(", ".join(round_name(place.catalogue, name) for name in case.rounds)),
                label(case.level or ""),
                _minutes(case),
            )
            for case in by_weight(place.catalogue.cases)
            if case.product == product
        ]
        if rows:
            head = ["Case", "What pulls in two directions", "Trains", "Rounds", "Level", "To read"]
            parts += [place.heading(label(product), product), table(head, rows)]
    return "\n\n".join(parts)


def cases_by_chapter(place: Place) -> str:
    """Return which chapters the cases draw on, and which cases exercise each of them, the most used first."""
    used: dict[str, list[Case]] = {}
    for case in by_weight(place.catalogue.cases):
        for chapter in dict.fromkeys((*case.prerequisites, *case.uses)):
            used.setdefault(chapter, []).append(case)
    order = {chapter.id: at for at, chapter in enumerate(by_weight(place.catalogue.chapters))}
    chapters = [chapter for chapter in place.catalogue.chapters if chapter.id in used]
    chapters.sort(key=lambda each: (list(AREAS).index(each.area), -len(used[each.id]), order[each.id]))
    rows = [(AREAS[each.area], place.link(each), ", ".join(map(place.link, used[each.id]))) for each in chapters]
    return table(["Area", "Chapter", "Cases"], rows)


def _listed(names: Iterable[str]) -> str:
    """Return names as one list: `Retrieval and ranking, calibration`."""
    first, *others = names
    return ", ".join((first, *(name[0].lower() + name[1:] for name in others)))


# --- Questions ------------------------------------------------------------------------------------------------------


def questions(place: Place) -> str:
    """Return every question once, under the first of its rounds, page by page; then what else a round draws on."""
    parts = []
    ordered = by_weight(page for page in place.catalogue.pages if page.questions)
    for name in ROUNDS:
        own, also = [], []
        for page in ordered:
            if asked := [_question(place, page, each) for each in page.questions if each.rounds[:1] == (name,)]:
                own.append(entry(place.link(page), "\n    ".join(asked)))
            elif any(name in each.rounds for each in page.questions):
                also.append(place.link(page, anchor="questions"))
        if own or also:
            parts += [place.heading(escape(round_name(place.catalogue, name)), name), *own]
        if also:
            parts.append(
                f"Questions of these pages, listed under another round, are asked here too: {', '.join(also)}."
            )
    return "\n\n".join(parts)


def _question(place: Place, page: Page, question: Question) -> str:
    # Titles are Markdown and may hold links and notes, which cannot stand inside a link.
    title = _LINK.sub(r"\1", question.title).strip()
    return f"- {place.link(page, title, question.slug)} *{label(question.kind)}, {question.level}*{{ .tl-kind }}"


def choices(place: Place) -> str:
    """Return all multiple-choice items by area and chapter, each with its explanations closed.

    This page is what is read: the browser takes an item's question, answers and explanations from here, with its
    formulas set. data/choices.json says which items there are, and which answer is right.
    """
    parts: list[str] = []
    for area, pairs in groupby(place.catalogue.choices_by_chapter, key=lambda pair: pair[0].area):
        parts += [place.heading(AREAS[area], area), *(_item(place, *pair) for pair in pairs)]
    return "\n\n".join(parts)


def _item(place: Place, chapter: Chapter, choice: Choice) -> str:
    """Return one item: heading, answers, and the explanations behind a control.

    The browser relies on it: the heading has the item's id; a list of the four answers follows, then a `details`
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


def decks(place: Place) -> str:
    """Return every set of questions with its files: the whole in a sentence, the parts in tables."""
    found = deck_sets(place.catalogue)
    if not found:
        return ""
    whole, *parts = found
    called = {"apkg": "package for Anki", "md": "Markdown", "csv": "CSV"}
    links = ", ".join(_file(place, whole, ending, f"{name}, ") for ending, name in called.items())
    said = [f"**Everything**, {len(whole.questions):,} cards: {links}."]
    for kind in ("round", "area"):
        rows = [
            (_deck(place, each), f"{len(each.questions):,}", _file(place, each, "apkg"), _file(place, each, "md"))
            for each in parts
            if each.name.startswith(f"{kind}-")
        ]
        said += [place.heading(f"By {kind}", f"by-{kind}"), table([kind.title(), "Cards", "Anki", "Text"], rows)]
    return "\n\n".join(said)


def _deck(place: Place, each: DeckSet) -> str:
    """Return what a set is called. The mark of a round would push the files off the screen of a phone."""
    chapter = place.catalogue.round_chapter(each.name.removeprefix("round-"))
    return place.link(chapter, escape(each.title)) if chapter is not None else escape(each.title)


def _file(place: Place, each: DeckSet, ending: str, called: str = "") -> str:
    path = each.path(ending)
    return f"[{called}{size_mark(path)}]({place.to(path)})"


# --- Resources ------------------------------------------------------------------------------------------------------


def resources_by_round(place: Place) -> str:
    """Return the resources under each round that they serve, best first."""
    found = best_first(place.catalogue.resources, _rounds)
    groups = [(name, round_name(place.catalogue, name), f"round-{name}") for name in ROUNDS]
    return _resources(place, found, [*groups, (_ANY, "Any round", "round-any")], _rounds)


def _rounds(resource: Resource) -> tuple[str, ...]:
    return resource.rounds or (_ANY,)


def resources_by_topic(place: Place) -> str:
    """Return the resources under each subject area, best first."""

    def subjects(resource: Resource) -> list[str]:
        return [_subject(place.catalogue, topic) for topic in resource.topics] or [_GENERAL]

    found = best_first(place.catalogue.resources, subjects)
    titles = dict.fromkeys([*AREAS.values(), _GENERAL, *found])
    return _resources(place, found, [(title, title, f"topic-{term_anchor(title)}") for title in titles], subjects)


def _subject(catalogue: Catalogue, topic: str) -> str:
    """Return the subject under which a topic of a resource (an area or a page) is listed."""
    page = catalogue.page(topic)
    area = page.area if isinstance(page, Chapter) else topic
    if area in AREAS:
        return AREAS[area]
    if topic.startswith("system-design"):
        return AREAS[FRAMEWORK_AREA]
    return page.title if page is not None else _GENERAL


def _resources(
    place: Place,
    found: Mapping[str, list[Resource]],
    groups: Iterable[tuple[str, str, str]],
    names: Callable[[Resource], Sequence[str]],
) -> str:
    """Return groups (key, title, anchor) of resources: an entry whole where it serves best, elsewhere a link to it."""
    parts: list[str] = []
    for key, title, anchor in groups:
        if not (resources := found.get(key)):
            continue
        whole = [_resource(each) for each in resources if names(each)[0] == key]
        elsewhere = [each for each in resources if names(each)[0] != key]
        parts += [place.heading(escape(title), anchor), *whole[:_BEST]]
        if more := len(whole[_BEST:]) + len(elsewhere):
            folded = whole[_BEST:]
            if elsewhere:
                named = ", ".join(f"[{escape(each.title)}](#{each.id})" for each in elsewhere)
                folded.append(f"Described elsewhere on this page: {named}.")
            parts.append(f'??? more "{more} more"\n\n' + indent("\n\n".join(folded), "    "))
    return "\n\n".join(parts)


def _resource(resource: Resource) -> str:
    title = f"[{escape(resource.title)}]({resource.url})" if resource.url else escape(resource.title)
    facts = f"{label(resource.kind)}, {resource.cost}, {resource.level} level, about {resource.hours:g} h"
    return entry(f"{title} {{ #{resource.id} }}", f"{escape(resource.author)}. *{facts}.* {escape(resource.good_for)}")


def banks(place: Place) -> str:
    """Return the question banks that were counted."""
    rows = [
        (f"[{escape(bank.title)}]({bank.url})", escape(bank.author), str(bank.year), str(len(bank.names)))
        for bank in sorted(place.catalogue.banks, key=lambda each: each.title.lower())
    ]
    return table(["Bank", "By", "Last changed", "Pages of ours it asks about"], rows)


# --- Glossary -------------------------------------------------------------------------------------------------------


def glossary(place: Place) -> str:
    """Return every term with its definition, under its first letter."""
    parts: list[str] = []
    ordered = sorted(place.catalogue.glossary, key=lambda each: (_initial(each.term), each.term.lower()))
    for letter, terms in groupby(ordered, key=lambda each: _initial(each.term)):
        anchor = f"letter-{letter.lower()}" if letter.isalpha() else "letter-0"
        parts += [place.heading(letter, anchor), *(_term(place, term) for term in terms)]
    return "\n\n".join(parts)


def _term(place: Place, term: GlossaryTerm) -> str:
    said = escape(term.definition)
    obvious = {plural(form).lower() for form in (term.term, *term.aliases)}
    if others := [alias for alias in term.aliases if alias.lower() not in obvious]:
        said += f" *Also:* {', '.join(map(escape, others))}."
    if term.page and (page := place.catalogue.page(term.page)):
        said += f" Explained in {place.link(page)}."
    return entry(f"{escape(term.term)} {{ #{term_anchor(term.term)} .tl-term }}", said)


def _initial(term: str) -> str:
    first = next((letter.upper() for letter in term if letter.isalnum()), "0")
    return first if first.isalpha() else "0–9"
