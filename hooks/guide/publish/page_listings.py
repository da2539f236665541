"""Lists of pages, questions, resources and terms."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import indent
from typing import Final

from guide.model.allocation import Allocation
from guide.model.catalogue import Catalogue, Chapter, Exercise, Page, Question, Resource
from guide.model.labels import ASKED, label, minutes_range, plural, term_anchor
from guide.model.views import best_first, by_weight, round_name
from guide.model.vocabulary import AREAS, FRAMEWORK_AREA, LEVELS, ROUNDS
from guide.publish.place import Place, entry, escape, round_link, table

# Groups of exercises: title, anchor, and whether a coding round asks them.
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
    rows = []
    for facts in place.catalogue.rounds:
        rows.append(
            (
                round_link(place, facts.id, f"#{facts.id} "),
                minutes_range(facts.minutes),
                escape(facts.interviewer),
                escape(facts.judged),
                _share(allocation, facts.allocation),
            )
        )
    head = ["Round", "Reported length", "Who sits there", "What is judged"]
    if allocation is None:
        return table(head, (row[:-1] for row in rows))
    return table([*head, "Share of preparation"], rows)


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
        chapters = by_weight(page for page in place.catalogue.chapters if page.area == area)
        if chapters:
            parts += [place.heading(title, area), _chapter_table(place, chapters)]
    return "\n\n".join(parts) or "The first chapters are being written."


def chapters(place: Place) -> str:
    """Return the chapters of the area whose index page this is."""
    area = posixpath.basename(posixpath.dirname(place.src))
    chapters = by_weight(page for page in place.catalogue.chapters if page.area == area)
    entries = [entry(place.link(page), f"{escape(page.summary)} *{_facts(page)}.*") for page in chapters]
    return "\n\n".join(entries) or "The first chapters are being written."


def _chapter_table(place: Place, chapters: Iterable[Page]) -> str:
    rows = [
        (
            place.link(page),
            ASKED[page.importance] if page.importance else "",
            label(page.level or ""),
            _minutes(page),
            place.link(page, str(len(page.questions)), "questions") if page.questions else "–",
        )
        for page in chapters
    ]
    return table(["Chapter", "Asked", "Level", "To read", "Questions"], rows)


def sample(place: Place) -> str:
    """Return one question with its short answer: what every question of the guide looks like."""
    asked = [
        (page, question)
        for page in by_weight(place.catalogue.chapters)
        for question in page.questions
        if (question.kind, question.level, question.phrasing) == ("diagnose", "entry", "indirect")
    ]
    if not asked:
        return ""
    page, question = asked[0]
    answer = _LINK.sub(r"\1", question.short).strip()
    quoted = "\n".join(f"> {line}".rstrip() for line in answer.split("\n"))
    onward = place.link(page, "The full answer, and what is asked next", question.slug)
    return f"**{question.title}**\n\n{quoted}\n\n{onward}, in {place.link(page)}."


def exercises(place: Place) -> str:
    """Return the coding exercises in two groups, the easiest first: those of the coding round, and models and layers.

    The browser fills in the second column, from what the reader has done.
    """
    if not place.catalogue.exercises:
        return "The first exercises are being written."
    found = [page for page in by_weight(place.catalogue.exercises) if isinstance(page, Exercise)]
    found.sort(key=lambda page: LEVELS.index(page.level) if page.level else len(LEVELS))
    parts = []
    for title, anchor, coding in _GROUPS:
        if own := [page for page in found if ("coding" in page.rounds) == coding]:
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
    head = ["Notebook", "What it shows", "Level", "To read and run"]
    return table(head, rows) if rows else "The first notebooks are being written."


def _facts(page: Page) -> str:
    """Return importance, level and length of a page: `Core, entry level, 20 min`."""
    said = [label(page.importance)] if page.importance else []
    said += [f"{page.level} level"] if page.level else []
    said += [f"{page.minutes} min"] if page.minutes else []
    return ", ".join(said)


def _minutes(page: Page) -> str:
    return f"{page.minutes} min" if page.minutes else "–"


# --- Questions ------------------------------------------------------------------------------------------------------


def questions(place: Place) -> str:
    """Return every question once, under the first of its rounds, page by page; then what else a round draws on."""
    parts = []
    ordered = by_weight(page for page in place.catalogue.pages if page.questions)
    for name in ROUNDS:
        own = [(page, [each for each in page.questions if each.rounds[:1] == (name,)]) for page in ordered]
        own = [(page, asked) for page, asked in own if asked]
        here = {page.id for page, _ in own}
        also = [page for page in ordered if page.id not in here and any(name in each.rounds for each in page.questions)]
        if not own and not also:
            continue
        parts.append(place.heading(escape(round_name(place.catalogue, name)), name))
        for page, asked in own:
            lines = [_question(place, page, question) for question in asked]
            parts.append(entry(place.link(page), "\n    ".join(lines)))
        if also:
            named = ", ".join(place.link(page, anchor="questions") for page in also)
            parts.append(f"Questions of these pages, listed under another round, are asked here too: {named}.")
    return "\n\n".join(parts) or "The first questions are being written."


def _question(place: Place, page: Page, question: Question) -> str:
    # Titles are Markdown and may hold links and notes, which cannot stand inside a link.
    title = _LINK.sub(r"\1", question.title).strip()
    return f"- {place.link(page, title, question.slug)} *{label(question.kind)}, {question.level}*{{ .tl-kind }}"


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
            parts.append(_fold(f"{more} more", folded))
    return "\n\n".join(parts) or "The first resources are being collected."


def _fold(title: str, parts: Iterable[str]) -> str:
    """Return what opens under a title."""
    return f'??? more "{title}"\n\n' + indent("\n\n".join(parts), "    ")


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
    previous = ""
    for term in sorted(place.catalogue.glossary, key=lambda each: (_initial(each.term), each.term.lower())):
        letter = _initial(term.term)
        if letter != previous:
            parts.append(place.heading(letter, f"letter-{letter.lower()}" if letter.isalpha() else "letter-0"))
            previous = letter
        said = escape(term.definition)
        obvious = {plural(form).lower() for form in (term.term, *term.aliases)}
        if others := [alias for alias in term.aliases if alias.lower() not in obvious]:
            said += f" *Also:* {', '.join(map(escape, others))}."
        page = place.catalogue.page(term.page) if term.page else None
        if page is not None:
            said += f" Explained in {place.link(page)}."
        parts.append(entry(f"{escape(term.term)} {{ #{term_anchor(term.term)} .tl-term }}", said))
    return "\n\n".join(parts) or "The first terms are being collected."


def _initial(term: str) -> str:
    first = next((letter.upper() for letter in term if letter.isalnum()), "0")
    return first if first.isalpha() else "0–9"
