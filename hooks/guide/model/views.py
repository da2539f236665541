"""What the templates show around a page: its head and its foot.

Everything a page can learn from others is derived here and written nowhere: what it unlocks, which cases, notebooks and
exercises belong to it, what else is near. Addresses are relative to the root of the site, so a template writes
`{{ link.url | url }}`; addresses elsewhere begin with https:// and pass that filter unchanged. Texts are plain text and
must be escaped by the template (`| e`), but titles of questions may hold Markdown (a formula, code).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from guide.model.catalogue import Case, Catalogue, Chapter, Exercise, Notebook, Page, Resource, RoundChapter, RoundFacts
from guide.model.labels import label
from guide.model.vocabulary import (
    AREAS,
    IMPORTANCE,
    LEVELS,
    MIN_BANKS,
    QUESTION_MINUTES,
    SPECIALTIES,
    Importance,
    Level,
    PageKind,
    RoundId,
)

P = TypeVar("P", bound=Page)
# How many resources a page shows. What the author chose is always shown.
_RESOURCES: Final = 5
# How many pages that only mention this one are shown as its neighbors.
_NEIGHBORS: Final = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A link with an optional short note (`mid level, 20 min`)."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """On what the label “asked often” rests: the question banks that name a page, of all that cover its area."""

    named: tuple[Link, ...]
    covering: int
    # The months in which they were read: `November 2026`.
    read: str
    judgment: str | None
    # Whether not every loop enters its area.
    specialty: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """What the head and the foot of a page show."""

    kind: PageKind
    summary: str
    rounds: tuple[tuple[RoundId, str, str | None], ...] = ()
    level: Level | None = None
    minutes: int | None = None
    # Of its section "In short", and with every question said aloud.
    short: int | None = None
    with_questions: int | None = None
    importance: Importance | None = None
    reviewed: date | None = None
    # Of a round: how long it is, who sits there, what is judged (docs/rounds/rounds.yml).
    facts: RoundFacts | None = None
    prerequisites: tuple[Link, ...] = ()
    unlocks: tuple[Link, ...] = ()
    topics: tuple[Link, ...] = ()
    exercises: tuple[Link, ...] = ()
    notebooks: tuple[Link, ...] = ()
    cases: tuple[Link, ...] = ()
    neighbors: tuple[Link, ...] = ()
    resources: tuple[Link, ...] = ()
    asked: Asked | None = None


class Views:
    """The views of a catalogue. Made once for a build: the references of all pages are turned around here."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Turn the references around."""
        self.catalogue = catalogue
        self._users: dict[str, list[Page]] = {}
        for page in catalogue.pages:
            topics = page.topics if isinstance(page, RoundChapter) else ()
            named = [*page.prerequisites, *page.uses, *page.notebooks, *page.exercises, *topics]
            for key in dict.fromkeys(catalogue.now(named)):
                self._users.setdefault(key, []).append(page)
        self._by_topic = best_first(catalogue.resources, lambda resource: catalogue.now(resource.topics))
        self._by_round = best_first(catalogue.resources, lambda resource: resource.rounds)

    def page(self, page_id: str) -> PageView | None:
        """Return the view of a page, or None when there is no such page."""
        page = self.catalogue.page(page_id)
        if page is None:
            return None
        users = self._users.get(page.id, [])
        before = self._pages(page.prerequisites)
        chapters = [each for each in users if isinstance(each, Chapter)]
        unlocks = [each for each in chapters if page.id in self.catalogue.now(each.prerequisites)]
        exercises = self._joined(page, page.exercises, users, Exercise)
        notebooks = self._joined(page, page.notebooks, users, Notebook)
        cases = [each for each in users if isinstance(each, Case)]
        topics = self._pages(page.topics) if isinstance(page, RoundChapter) else []
        shown = {each.id for each in [*before, *unlocks, *exercises, *notebooks, *cases, *topics]} | {page.id}
        near = [each for each in self._pages(page.uses) if each.id not in shown]
        # Rounds are in the head of a page; a round that draws on a chapter is not its neighbor.
        mentions = [each for each in users if each.id not in shown and not isinstance(each, RoundChapter)]
        return PageView(
            kind=page.kind,
            summary=page.summary,
            rounds=tuple(self.round(name) for name in page.rounds),
            level=page.level,
            minutes=page.minutes,
            short=short_minutes(page),
            with_questions=minutes_with_questions(page),
            importance=page.importance,
            reviewed=page.reviewed,
            facts=self.catalogue.round(page.round) if isinstance(page, RoundChapter) and page.round else None,
            prerequisites=tuple(map(link, before)),
            unlocks=tuple(map(link, unlocks)),
            topics=tuple(map(link, topics)),
            exercises=tuple(map(link, exercises)),
            notebooks=tuple(map(link, notebooks)),
            cases=tuple(map(link, cases)),
            neighbors=tuple(map(link, unique([*near, *mentions])[: max(_NEIGHBORS, len(near))])),
            resources=tuple(resource_link(each) for each in self._resources_of(page)),
            asked=self._asked(page),
        )

    def round(self, round_id: RoundId) -> tuple[RoundId, str, str | None]:
        """Return a round's id, its name and its address: its chapter, else its row in the index, if there is one."""
        chapter = self.catalogue.round_chapter(round_id)
        index = self.catalogue.page("rounds")
        url = chapter.url if chapter is not None else f"{index.url}#{round_id}" if index is not None else None
        return round_id, round_name(self.catalogue, round_id), url

    # --- helpers --------------------------------------------------------------------------------------------------

    def _asked(self, page: Page) -> Asked | None:
        named, covering = self.catalogue.banks_on(page)
        if page.importance is None or covering < MIN_BANKS:
            return None
        months = sorted({bank.read for bank in self.catalogue.banks if page.subject in bank.covers})
        ends = dict.fromkeys(f"{date.fromisoformat(f'{month}-01'):%B %Y}" for month in (months[0], months[-1]))
        links = tuple(Link(bank.title, bank.url) for bank in named)
        return Asked(links, covering, " to ".join(ends), page.judgment, page.subject in SPECIALTIES)

    def _pages(self, ids: Iterable[str]) -> list[Page]:
        return unique(page for each in ids if (page := self.catalogue.page(each)) is not None)

    def _joined(self, page: Page, declared: Iterable[str], users: Sequence[Page], kind: type[Page]) -> list[Page]:
        """Return the pages of a kind that this page names, then those that name it."""
        return unique([*self._pages(declared), *(one for one in users if isinstance(one, kind) and one is not page)])

    def _resources_of(self, page: Page) -> list[Resource]:
        chosen = [found for each in page.resources if (found := self.catalogue.resource(each)) is not None]
        more = list(self._by_topic.get(page.id, []))
        if isinstance(page, RoundChapter) and page.round:
            more += self._by_round.get(page.round, [])
        elif isinstance(page, Chapter):
            more += self._by_topic.get(page.area, [])
        every = list({resource.id: resource for resource in [*chosen, *more]}.values())
        return every[: max(_RESOURCES, len(chosen))]


def round_name(catalogue: Catalogue, round_id: str) -> str:
    """Return the name of a round, as docs/rounds/rounds.yml gives it."""
    facts = catalogue.round(round_id)
    return facts.name if facts is not None else label(round_id)


def tags(catalogue: Catalogue, page: Page) -> list[str]:
    """Return the tags of a page: its rounds, its level, its importance and its area, as a reader calls them."""
    found = [round_name(catalogue, name) for name in page.rounds]
    found += [label(value) for value in (page.level, page.importance) if value]
    if isinstance(page, Chapter) and page.area in AREAS:
        found.append(AREAS[page.area])
    return list(dict.fromkeys(found))


def short_minutes(page: Page) -> int | None:
    """Return the minutes that "In short" takes to read and to say from memory, at least 2; None without it."""
    return max(2, round(2 * page.body.short_minutes)) if page.body.short_minutes else None


def minutes_with_questions(page: Page) -> int | None:
    """Return the minutes of a page with all its questions said aloud; None when it has none, or no minutes."""
    if page.minutes is None or not page.questions:
        return None
    return page.minutes + sum(QUESTION_MINUTES[question.kind] for question in page.questions)


def note(page: Page) -> str:
    """Return what a reader wants to know before following a link: `mid level, 20 min`."""
    said = [f"{page.level} level"] if page.level else []
    if page.minutes:
        said.append(f"{page.minutes} min")
    return ", ".join(said)


def link(page: Page) -> Link:
    """Return a link to a page of the guide."""
    return Link(page.title, page.url, note(page))


def resource_link(resource: Resource) -> Link:
    """Return a link to a resource itself, or to its entry when its address is not confirmed."""
    where = str(resource.url) if resource.url else resource_url(resource)
    return Link(resource.title, where, f"{resource.author}, {resource.cost}")


def resource_url(resource: Resource) -> str:
    """Return the address of the entry of a resource on the site."""
    return f"resources/#{resource.id}"


def best_first(resources: Iterable[Resource], names: Callable[[Resource], Iterable[str]]) -> dict[str, list[Resource]]:
    """Return the resources under each name that they give, best first.

    An entry names first what it serves best, so those that name a thing first come first; among equals the order of
    the data files holds, which is ours.
    """
    found: dict[str, list[tuple[int, Resource]]] = {}
    for resource in resources:
        for place, name in enumerate(dict.fromkeys(names(resource))):
            found.setdefault(name, []).append((place, resource))
    return {name: [resource for _, resource in sorted(each, key=lambda pair: pair[0])] for name, each in found.items()}


def by_weight(pages: Iterable[P]) -> list[P]:
    """Return pages in the order in which they are best read: prerequisites first, then what matters most."""
    rank: Mapping[str | None, int] = {value: index for index, value in enumerate((*IMPORTANCE, None))}
    level: Mapping[str | None, int] = {value: index for index, value in enumerate((*LEVELS, None))}
    waiting = sorted(pages, key=lambda page: (rank[page.importance], level[page.level], page.title.lower()))
    inside = {page.id for page in waiting}
    done: dict[str, P] = {}
    while waiting:
        ready = (at for at, page in enumerate(waiting) if all(p in done for p in page.prerequisites if p in inside))
        page = waiting.pop(next(ready, 0))  # none is ready in a circle, which the checks report
        done[page.id] = page
    return list(done.values())


def unique(pages: Iterable[Page]) -> list[Page]:
    """Return pages without repeats, in order."""
    return list({page.id: page for page in pages}.values())
