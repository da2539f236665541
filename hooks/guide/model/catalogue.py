"""The nouns of the guide (Chapter, Question, Catalogue …), with which the rest of the library works.

A page with a mistake in its front matter still becomes a noun, made of what was valid, so that one mistake does not
make every page that links to it look wrong as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from guide.model.allocation import Allocation as PlanAllocation
from guide.model.body import Block, Body
from guide.model.choice import Choice
from guide.model.exercises import Check, Equivalent, Mutant
from guide.model.posting import PostingRule
from guide.model.problems import Problem
from guide.model.types import HUE, Minutes, Noun, PageId, PageIds, Plain, Rounds, Slug, Slugs, Url, plain_text
from guide.model.vocabulary import (
    AREAS,
    Allocation,
    Company,
    Cost,
    Importance,
    Level,
    PageKind,
    Pattern,
    Phrasing,
    Product,
    QuestionKind,
    ResourceKind,
    RoundId,
    Technique,
    Track,
)


class Question(Noun):
    """A question with its answers, as raw Markdown; `id` is unique in the guide, `slug` is its anchor on the page."""

    id: str
    slug: str
    page: str
    title: str
    kind: QuestionKind = "explain"
    level: Level = "entry"
    rounds: tuple[RoundId, ...] = ()
    phrasing: Phrasing = "direct"
    aliases: tuple[str, ...] = ()
    short: str = ""
    full: str = ""
    # What a listener would tick, a Markdown list.
    points: str = ""
    computed: str | None = None
    weak: str | None = None
    strong: str | None = None
    follow_ups: str = ""
    line: int = 1
    end_line: int = 1
    # The line on which the text of each part begins, by the name of its block.
    lines: Mapping[str, int] = Field(default_factory=dict)


class Page(Noun):
    """Any page. The other kinds add to it, so that a list of pages can be worked with as one.

    `path` is relative to the repository, `src` to docs/ as MkDocs sees it, `url` to the root of the site.
    """

    kind: PageKind = "page"
    id: str
    path: str
    src: str
    url: str
    title: str
    summary: str = ""
    rounds: tuple[RoundId, ...] = ()
    level: Level | None = None
    importance: Importance | None = None
    minutes: int | None = None
    prerequisites: tuple[str, ...] = ()
    tracks: tuple[Track, ...] = ()
    companies: tuple[Company, ...] = ()
    reviewed: date | None = None
    uses: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    # Why `importance` is not what the counts of docs/banks.yml say.
    judgment: str | None = None
    template: str | None = None
    island: str | None = None
    questions: tuple[Question, ...] = ()
    body: Body = Field(default_factory=Body, repr=False)
    # The line of each front matter key, for Problems.
    lines: Mapping[str, int] = Field(default_factory=dict, repr=False)

    def line_of(self, key: str) -> int:
        """Return the line of a front matter key, or that of the first line when it is absent."""
        return self.lines.get(key, 1)

    def problem(self, place: int | str, message: str, fix: str = "") -> Problem:
        """Return something that is wrong with this page, on a line or at a key of its front matter."""
        return Problem(self.path, self.line_of(place) if isinstance(place, str) else place, message, fix)

    @property
    def slug(self) -> str:
        """Return the name of its folder on the site, by which commands know exercises and notebooks."""
        return self.id.rpartition("/")[2]

    @property
    def subject(self) -> str:
        """Return what a question bank may cover: the area of a chapter, `cases`, `exercises`."""
        return f"{self.kind}s"

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return every fragment that a link to this page may name."""
        return self.body.anchors | {question.slug for question in self.questions}


class Chapter(Page):
    """A topic chapter."""

    kind: PageKind = "chapter"
    area: str
    mistakes: tuple[Block, ...] = ()
    whys: tuple[Block, ...] = ()

    @property
    def subject(self) -> str:
        """Return the area."""
        return self.area


class RoundChapter(Page):
    """The chapter about a round; `rounds` holds that one round."""

    kind: PageKind = "round"
    round: RoundId | None = None
    topics: tuple[str, ...] = ()


class Case(Page):
    """A system-design case."""

    kind: PageKind = "case"
    product: Product | None = None
    techniques: tuple[Technique, ...] = ()
    tension: str = ""


class Exercise(Page):
    """A coding exercise: its page and the sources of the files beside it (None when a file is missing)."""

    kind: PageKind = "exercise"
    folder: str
    pattern: Pattern | None = None
    hints: tuple[Block, ...] = ()
    solution: str | None = Field(default=None, repr=False)
    checks_source: str | None = Field(default=None, repr=False)
    mutants_source: str | None = Field(default=None, repr=False)
    broken: str | None = Field(default=None, repr=False)
    # The same functions in PyTorch, shown beside the solution.
    torch: str | None = Field(default=None, repr=False)
    checks: tuple[Check, ...] = ()
    mutants: tuple[Mutant, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()

    @property
    def sources(self) -> dict[str, str]:
        """Return the text of each file beside the page, by its name; what is missing is left out."""
        every = {
            "solution.py": self.solution,
            "checks.py": self.checks_source,
            "mutants.yml": self.mutants_source,
            "broken.py": self.broken,
            "torch_solution.py": self.torch,
        }
        return {name: source for name, source in every.items() if source is not None}

    @property
    def repairs(self) -> bool:
        """Whether the reader begins with a broken program and not with empty signatures."""
        return self.pattern == "debugging"

    @property
    def needs_numpy(self) -> bool:
        """Whether its code or its checks import NumPy; an exercise in plain Python runs without."""
        # At the beginning of a line: what the kit imports inside its functions is for values that are arrays.
        imports = re.compile(r"^(?:import|from) numpy\b", re.MULTILINE)
        return any(imports.search(source or "") for source in (self.solution, self.checks_source))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook: the how-manieth it is, where it begins in the file, and what of its metadata we know."""

    number: int
    kind: str
    source: str
    line: int
    id: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    outputs: int = 0
    execution_count: int | None = None

    @property
    def alts(self) -> tuple[str, ...]:
        """The descriptions of the plots that it draws, in order: its metadata, or the `# alt:` comments on top."""
        given = self.metadata.get("alt")
        if given is not None:
            return tuple(map(str, given)) if isinstance(given, list) else (str(given),)
        top = re.match(r"(?:[ \t]*# alt:.*(?:\n|\Z))*", self.source)
        return tuple(re.findall(r"^[ \t]*# alt:[ \t]*(.*?)[ \t]*$", top[0] if top else "", re.MULTILINE))

    @property
    def shown(self) -> str:
        """The code without the comments that describe its plots, which the page says otherwise."""
        return re.sub(r"\A(?:[ \t]*# alt:.*\n?)+\n*", "", self.source)


class Notebook(Page):
    """A notebook, without outputs. `guide` is the front matter as it is written in its metadata."""

    kind: PageKind = "notebook"
    cells: tuple[Cell, ...] = ()
    guide: Mapping[str, Any] = Field(default_factory=dict, repr=False)

    @property
    def code(self) -> list[Cell]:
        """The code cells."""
        return [cell for cell in self.cells if cell.kind == "code"]


class Resource(Noun):
    """An entry of docs/resources/*.yml."""

    id: Slug
    title: Plain
    author: Plain
    url: Url | None = None
    kind: ResourceKind
    cost: Cost
    level: Level
    hours: Annotated[float, Field(gt=0, le=1000, strict=True)]
    rounds: Rounds = ()
    topics: PageIds = ()
    good_for: Plain


class QuestionBank(Noun):
    """An entry of docs/banks.yml: a public set of interview questions, and what it asks about.

    How often a subject is asked is counted over these, not guessed.
    """

    id: Slug
    title: Plain
    author: Plain
    url: Url
    # The year of its last change, and the month in which it was read.
    year: Annotated[int, Field(ge=2010, le=2100, strict=True)]
    read: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    # What it sets out to cover (areas of chapters, `cases`, `exercises`): only there does its silence say something.
    covers: Slugs
    names: PageIds


class GlossaryTerm(Noun):
    """An entry of docs/glossary.yml."""

    term: Annotated[
        str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), AfterValidator(plain_text)
    ]
    definition: Annotated[
        str, StringConstraints(min_length=10, max_length=200, strip_whitespace=True), AfterValidator(plain_text)
    ]
    aliases: tuple[Plain, ...] = ()
    page: PageId | None = None


class Reported(Noun):
    """Who reported what is said about a round, and when."""

    source: Plain
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")]


class RoundFacts(Noun):
    """An entry of docs/rounds/rounds.yml: what is known about a round, apart from its chapter."""

    id: RoundId
    name: Plain
    # Shortest and longest, as reported; None where no source gives a length.
    minutes: tuple[Minutes, Minutes] | None
    interviewer: Plain
    judged: Plain
    hue: Annotated[str, StringConstraints(pattern=HUE)]
    allocation: Allocation
    reported: Reported | tuple[Reported, ...]
    summary: Plain | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A file below docs/ whose text is checked (SVG images); `path` is relative to the repository."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry of a data file was written: for Problems about resources, terms and rounds."""

    path: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, key: str, message: str, fix: str = "") -> Problem:
        """Return something that is wrong with the entry, at one of its keys, or where it begins when that is absent."""
        return Problem(self.path, self.lines.get(key, self.line), message, fix)


class Catalogue(Noun):
    """Everything that the guide holds. Pages are in the order of their ids; lookups follow aliases."""

    pages: tuple[Page, ...] = ()
    rounds: tuple[RoundFacts, ...] = ()
    resources: tuple[Resource, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    banks: tuple[QuestionBank, ...] = ()
    postings: tuple[PostingRule, ...] = ()
    choices: tuple[Choice, ...] = ()
    # How a plan shares out the time; there is none when its file cannot be read.
    allocation: PlanAllocation | None = None
    # Fragments of docs/_includes/, as pages that are not published by themselves.
    fragments: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()
    # Every file below docs/ and notebooks/, relative to docs/ as MkDocs sees it.
    files: frozenset[str] = frozenset()
    # Data files that could not be read: what names an entry of theirs may be right.
    unread: frozenset[str] = frozenset()
    # Where entries of data files stand: "resource:<id>", "bank:<id>", "term:<term>", "round:<id>", "choice:<id>".
    origins: Mapping[str, Origin] = Field(default_factory=dict, repr=False)

    def origin(self, key: str) -> Origin:
        """Return where an entry of a data file was written."""
        return self.origins.get(key, Origin("docs", 1))

    def banks_on(self, page: Page) -> tuple[tuple[QuestionBank, ...], int]:
        """Return the question banks that ask about a page, and how many cover its area."""
        covering = [bank for bank in self.banks if page.subject in bank.covers]
        return tuple(bank for bank in covering if page.id in bank.names), len(covering)

    @cached_property
    def texts(self) -> tuple[Page, ...]:
        """Return the pages and the fragments: everything that is written as text."""
        return (*self.pages, *self.fragments)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return the topic chapters."""
        return tuple(page for page in self.pages if isinstance(page, Chapter))

    @cached_property
    def round_chapters(self) -> tuple[RoundChapter, ...]:
        """Return the chapters about rounds."""
        return tuple(page for page in self.pages if isinstance(page, RoundChapter))

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Return the system-design cases."""
        return tuple(page for page in self.pages if isinstance(page, Case))

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Return the coding exercises."""
        return tuple(page for page in self.pages if isinstance(page, Exercise))

    @cached_property
    def notebooks(self) -> tuple[Notebook, ...]:
        """Return the notebooks."""
        return tuple(page for page in self.pages if isinstance(page, Notebook))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return every question of the guide, page by page."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def choices_by_chapter(self) -> tuple[tuple[Chapter, Choice], ...]:
        """Return the multiple-choice items, each with its chapter, in the order of study."""
        areas = list(AREAS)
        pairs = ((self.page(choice.chapter), choice) for choice in self.choices)
        found = ((chapter, choice) for chapter, choice in pairs if isinstance(chapter, Chapter))
        return tuple(sorted(found, key=lambda pair: (areas.index(pair[0].area), pair[0].id)))

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Return former page ids with the id that each has now."""
        return {alias: page.id for page in reversed(self.pages) for alias in page.aliases}

    def now(self, ids: Iterable[str]) -> list[str]:
        """Return ids as they are today; a page may still be named by a former one."""
        return [self.aliases.get(each, each) for each in ids]

    @cached_property
    def _pages_by_id(self) -> Mapping[str, Page]:
        return {page.id: page for page in reversed(self.pages)}

    @cached_property
    def _pages_by_src(self) -> Mapping[str, Page]:
        return {page.src: page for page in self.pages}

    @cached_property
    def _resources_by_id(self) -> Mapping[str, Resource]:
        return {resource.id: resource for resource in reversed(self.resources)}

    def page(self, page_id: str) -> Page | None:
        """Return the page of this id, or of the page that had it once."""
        found = self._pages_by_id.get(page_id)
        return found or self._pages_by_id.get(self.aliases.get(page_id, ""))

    def page_at(self, src: str) -> Page | None:
        """Return the page at a path below docs/ (`notebooks/x.ipynb` for a notebook)."""
        return self._pages_by_src.get(src)

    def resource(self, resource_id: str) -> Resource | None:
        """Return the resource of this id."""
        return self._resources_by_id.get(resource_id)

    def round(self, round_id: str) -> RoundFacts | None:
        """Return what is known about a round."""
        return next((facts for facts in self.rounds if facts.id == round_id), None)

    def round_chapter(self, round_id: str) -> RoundChapter | None:
        """Return the chapter about a round."""
        return next((page for page in self.round_chapters if page.round == round_id), None)
