"""`[[listing NAME]]` → Markdown made from the catalogue: lists that nobody has to keep up to date.

A line `[[listing NAME]]` that stands alone in a page becomes plain Markdown (tables, definition lists, links to .md
files), which then takes the way of everything an author writes: its links are checked, its terms get tooltips. Headings
inside a listing are one level below the heading that stands before it.

To add a listing, write it here or in any module of the library, and name that module in MODULES:

    @listing("allocation-shares")
    def _shares(place: Place) -> str:
        \"\"\"Return the shares of the plan as a table.\"\"\"
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Final

from guide.model.catalogue import Catalogue, Chapter, Page, Question, Resource, RoundFacts
from guide.model.labels import ASKED, label, minutes_range, plural, term_anchor
from guide.model.problems import Problem, suggestion
from guide.model.views import by_weight, round_name
from guide.model.vocabulary import AREAS, ROUNDS
from guide.read.allocation import Allocation, read_allocation

_LINE = re.compile(r"^\[\[listing +(?P<name>[^\]\s]+) *\]\]\s*$")
_HEADING = re.compile(r"^(#{1,6})(?!#) ")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_SPECIAL = re.compile(r"([\\`*_{}\[\]$|#])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listing stands: the catalogue, the repository, the page (`src`, below docs/) and the heading's level."""

    catalogue: Catalogue
    root: Path
    src: str
    level: int = 1

    def to(self, src: str) -> str:
        """Return the relative path from this page to another, as an author would write it."""
        return posixpath.relpath(src, posixpath.dirname(self.src) or ".")

    def link(self, page: Page, text: str = "", anchor: str = "") -> str:
        """Return a Markdown link to a page."""
        target = self.to(page.src) + (f"#{anchor}" if anchor else "")
        return f"[{text or escape(page.title)}]({target})"

    def heading(self, text: str, anchor: str = "", deeper: int = 1) -> str:
        """Return a heading below the one before the listing."""
        attributes = f" {{ #{anchor} }}" if anchor else ""
        return f"{'#' * min(self.level + deeper, 6)} {text}{attributes}"


# A link or the mark of a note, in Markdown.
_LINK: Final = re.compile(r"\[\^[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)")

Listing = Callable[[Place], str]
LISTINGS: Final[dict[str, Listing]] = {}
# Modules that register further listings. They are imported when the first listing is asked for.
MODULES: Final[tuple[str, ...]] = ("guide.publish.plans",)


def listing(name: str) -> Callable[[Listing], Listing]:
    """Register a function that makes the listing of this name."""

    def register(function: Listing) -> Listing:
        LISTINGS[name] = function
        return function

    return register


@lru_cache(maxsize=1)
def known() -> dict[str, Listing]:
    """Return every listing by its name, those of MODULES included."""
    for module in MODULES:
        import_module(module)
    return LISTINGS


def expand(markdown: str, catalogue: Catalogue, root: Path, src: str) -> str:
    """Return the Markdown of a page with its listings filled in; an unknown name is left as it is written."""
    if "[[listing" not in markdown:
        return markdown
    filled: list[str] = []
    fence = ""
    level = 1
    for line in markdown.split("\n"):
        if opening := _FENCE.match(line):
            marks = opening[1]
            if not fence:
                fence = marks
            elif marks.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        if not fence:
            if heading := _HEADING.match(line):
                level = len(heading[1])
            elif (match := _LINE.match(line)) and match["name"] in known():
                made = known()[match["name"]](Place(catalogue, root, src, level)).strip("\n")
                filled.append(f"\n{made}\n")
                continue
        filled.append(line)
    return "\n".join(filled)


def problems(catalogue: Catalogue) -> list[Problem]:
    """Return a Problem for every listing that does not exist."""
    return [
        Problem(page.path, line, f"there is no listing `{name}`", suggestion(name, sorted(known())))
        for page in (*catalogue.pages, *catalogue.fragments)
        for name, line in page.body.listings
        if name not in known()
    ]


def escape(text: str) -> str:
    """Return plain text as Markdown that shows it unchanged."""
    return _SPECIAL.sub(r"\\\1", text).replace("<", "&lt;")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; the cells are Markdown."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines)


# --- Rounds, topics, cases, exercises, notebooks --------------------------------------------------------------------


@listing("rounds-table")
def _rounds(place: Place) -> str:
    """Return all rounds, compared. Each row can be linked to by the id of its round."""
    allocation = _allocation(place.root)
    rows = []
    for facts in place.catalogue.rounds:
        rows.append(
            (
                _round(place, facts),
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


def _round(place: Place, facts: RoundFacts) -> str:
    """Return a round's name in its color, as a link when it has a chapter; its id is the anchor of its row."""
    chapter = place.catalogue.round_chapter(facts.id)
    name = place.link(chapter, escape(facts.name)) if chapter else f"**{escape(facts.name)}**"
    return f"{name}{{ #{facts.id} .tl-tag .tl-tag--round .tl-round--{facts.id} }}"


@lru_cache(maxsize=4)
def _read_allocation(root: Path, stamp: tuple[int, int]) -> Allocation | None:
    return read_allocation(root)[0]


def _allocation(root: Path) -> Allocation | None:
    """Return the allocation; what is wrong with its file is told by its own checks."""
    try:
        stat = (root / "docs/plan/allocation.yml").stat()
    except OSError:
        return None
    return _read_allocation(root, (stat.st_mtime_ns, stat.st_size))


def _share(allocation: Allocation | None, pot: str) -> str:
    """Return which share of the plan pays for a round."""
    share = next((each for each in allocation.shares if each.id == pot), None) if allocation else None
    if share is None:
        return "booked by calendar"
    if not share.percent:
        return f"{escape(share.name)}, when it is confirmed"
    return f"{escape(share.name)}, {share.percent:g} %"


@listing("topics-by-area")
def _topics(place: Place) -> str:
    """Return the chapters of each area, as a table to be scanned."""
    parts = []
    for area, title in AREAS.items():
        chapters = by_weight(page for page in place.catalogue.chapters if page.area == area)
        if chapters:
            parts += [place.heading(title, area), _chapter_table(place, chapters)]
    return "\n\n".join(parts) or "The first chapters are being written."


@listing("chapters")
def _chapters(place: Place) -> str:
    """Return the chapters of the area whose index page this is."""
    area = posixpath.basename(posixpath.dirname(place.src))
    chapters = by_weight(page for page in place.catalogue.chapters if page.area == area)
    entries = [_entry(place.link(page), f"{escape(page.summary)} *{_facts(page)}.*") for page in chapters]
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
    return table(["Chapter", "Asked", "Expected from", "To read", "Questions"], rows)


@listing("a-question")
def _sample(place: Place) -> str:
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


@listing("cases")
def _cases(place: Place) -> str:
    """Return the design cases."""
    rows = [
        (place.link(page), escape(page.summary), label(page.level or ""), _minutes(page))
        for page in by_weight(place.catalogue.cases)
    ]
    return (
        table(["Case", "What it is about", "Level", "To read"], rows) if rows else "The first cases are being written."
    )


@listing("exercises")
def _exercises(place: Place) -> str:
    """Return the coding exercises."""
    rows = [
        (
            place.link(page),
            escape(page.summary),
            label(page.level or ""),
            _minutes(page),
            place.link(page, "planted bugs", "debug-twin") if page.broken is not None else "–",
        )
        for page in place.catalogue.exercises
    ]
    order = {page.id: index for index, page in enumerate(by_weight(place.catalogue.exercises))}
    ordered = [
        row for _, row in sorted(zip(place.catalogue.exercises, rows, strict=True), key=lambda p: order[p[0].id])
    ]
    head = ["Exercise", "What you write", "Level", "To write", "Debug twin"]
    return table(head, ordered) if ordered else "The first exercises are being written."


@listing("notebooks")
def _notebooks(place: Place) -> str:
    """Return the notebooks."""
    rows = [
        (place.link(page), escape(page.summary), label(page.level or ""), _minutes(page))
        for page in by_weight(place.catalogue.notebooks)
    ]
    head = ["Notebook", "What it shows", "Level", "To read and run"]
    return table(head, rows) if rows else "The first notebooks are being written."


def _entry(term: str, text: str) -> str:
    """Return an entry of a definition list."""
    return f"{term}\n:   {text}"


def _facts(page: Page) -> str:
    """Return importance, level and length of a page: `Core, entry level, 20 min`."""
    said = [label(page.importance)] if page.importance else []
    said += [f"{page.level} level"] if page.level else []
    said += [f"{page.minutes} min"] if page.minutes else []
    return ", ".join(said)


def _minutes(page: Page) -> str:
    return f"{page.minutes} min" if page.minutes else "–"


# --- Questions ------------------------------------------------------------------------------------------------------


@listing("questions-by-round")
def _questions(place: Place) -> str:
    """Return every question under each round that asks it, page by page."""
    parts = []
    for name in ROUNDS:
        pages = [
            (page, asked)
            for page in by_weight(place.catalogue.pages)
            if (asked := [question for question in page.questions if name in question.rounds])
        ]
        if not pages:
            continue
        parts.append(place.heading(escape(round_name(place.catalogue, name)), name))
        for page, asked in pages:
            lines = [_question(place, page, question) for question in asked]
            parts.append(_entry(place.link(page), "\n    ".join(lines)))
    return "\n\n".join(parts) or "The first questions are being written."


def _question(place: Place, page: Page, question: Question) -> str:
    # Titles are Markdown and may hold links and notes, which cannot stand inside a link.
    title = _LINK.sub(r"\1", question.title).strip()
    return f"- {place.link(page, title, question.slug)} *{label(question.kind)}, {question.level}*"


# --- Resources ------------------------------------------------------------------------------------------------------


@listing("resources-by-round")
def _resources_by_round(place: Place) -> str:
    """Return the resources under each round that they serve."""
    resources = place.catalogue.resources
    groups = [
        (round_name(place.catalogue, name), f"round-{name}", [each for each in resources if name in each.rounds])
        for name in ROUNDS
    ]
    groups.append(("Any round", "round-any", [each for each in resources if not each.rounds]))
    return _resources(place, groups)


@listing("resources-by-topic")
def _resources_by_topic(place: Place) -> str:
    """Return the resources under each subject area."""
    found: dict[str, list[Resource]] = {title: [] for title in AREAS.values()}
    found |= {"System design": [], "Preparation in general": []}
    for resource in place.catalogue.resources:
        subjects = [_subject(place.catalogue, topic) for topic in resource.topics] or ["Preparation in general"]
        for subject in dict.fromkeys(subjects):
            found.setdefault(subject, []).append(resource)
    return _resources(place, [(title, f"topic-{term_anchor(title)}", each) for title, each in found.items()])


def _subject(catalogue: Catalogue, topic: str) -> str:
    """Return the subject under which a topic of a resource (an area or a page) is listed."""
    page = catalogue.page(topic)
    area = page.area if isinstance(page, Chapter) else topic
    if area in AREAS:
        return AREAS[area]
    if topic.startswith("system-design"):
        return "System design"
    return page.title if page is not None else "Preparation in general"


def _resources(place: Place, groups: Iterable[tuple[str, str, list[Resource]]]) -> str:
    """Return groups of resources: whole entries the first time, a link to that entry afterwards."""
    parts: list[str] = []
    told: set[str] = set()
    for title, anchor, resources in groups:
        if not resources:
            continue
        parts.append(place.heading(escape(title), anchor))
        parts += [_resource(each) for each in resources if each.id not in told]
        if again := [each for each in resources if each.id in told]:
            named = ", ".join(f"[{escape(each.title)}](#{each.id})" for each in again)
            parts.append(f"Also, from above: {named}.")
        told.update(each.id for each in resources)
    return "\n\n".join(parts) or "The first resources are being collected."


def _resource(resource: Resource) -> str:
    title = f"[{escape(resource.title)}]({resource.url})" if resource.url else escape(resource.title)
    facts = f"{label(resource.kind)}, {resource.cost}, {resource.level} level, about {resource.hours:g} h"
    return _entry(f"{title} {{ #{resource.id} }}", f"{escape(resource.author)}. *{facts}.* {escape(resource.good_for)}")


# --- Glossary -------------------------------------------------------------------------------------------------------


@listing("glossary")
def _glossary(place: Place) -> str:
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
        parts.append(_entry(f"{escape(term.term)} {{ #{term_anchor(term.term)} .tl-term }}", said))
    return "\n\n".join(parts) or "The first terms are being collected."


def _initial(term: str) -> str:
    first = next(_letters(term), "0")
    return first if first.isalpha() else "0–9"


def _letters(term: str) -> Iterator[str]:
    return (letter.upper() for letter in term if letter.isalnum())
