"""The nouns of the guide, as frozen pydantic models that refuse unknown keys.

Two families. *Matter* models say what an author may write (front matter, a resource entry, a glossary entry): they
are strict, and their errors become Problems with the line of the key. The *nouns* (Chapter, Question, Catalogue …)
are what the rest of the library works with. A page with a mistake in its front matter still becomes a noun, built
from what was valid, so that one slip does not make every page that links to it look wrong as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from guide.model.vocabulary import (
    Allocation,
    Company,
    Cost,
    Importance,
    Level,
    PageKind,
    Phrasing,
    QuestionKind,
    ResourceKind,
    RoundId,
    Template,
    Track,
)

SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
PAGE_ID: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$"
HUE: Final = r"^(?:oklch\([0-9.% ]+\)|[0-9.]+|#[0-9a-fA-F]{6}(?: #[0-9a-fA-F]{6})?|[a-z]+(?:-[a-z]+)*)$"


def _plain(value: str) -> str:
    """Refuse markup in texts that templates print as they are (titles, summaries, one-liners)."""
    if re.search(r"<[A-Za-z/!?]", value):
        raise ValueError("holds HTML")
    return value


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse a list that names something twice."""
    twice = next((value for index, value in enumerate(values) if value in values[:index]), None)
    if twice is not None:
        raise ValueError(f"names `{twice}` twice")
    return values


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=100)]
PageId = Annotated[str, StringConstraints(pattern=PAGE_ID, max_length=200)]
# What the validators in Python refuse, for editors, which know the JSON Schema alone.
NO_HTML: Final = Field(json_schema_extra={"not": {"pattern": "<[A-Za-z/!?]"}})
DISTINCT: Final = Field(json_schema_extra={"uniqueItems": True})
Plain = Annotated[
    str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True), AfterValidator(_plain), NO_HTML
]
Sentence = Annotated[
    str,
    StringConstraints(min_length=10, max_length=160, strip_whitespace=True, pattern=r"[.?]$"),
    AfterValidator(_plain),
    NO_HTML,
]
Minutes = Annotated[int, Field(ge=1, le=600, strict=True)]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(_distinct), DISTINCT]
PageIds = Annotated[tuple[PageId, ...], AfterValidator(_distinct), DISTINCT]
Rounds = Annotated[tuple[RoundId, ...], AfterValidator(_distinct), DISTINCT]
SomeRounds = Annotated[tuple[RoundId, ...], Field(min_length=1), AfterValidator(_distinct), DISTINCT]
SomeTracks = Annotated[tuple[Track, ...], Field(min_length=1), AfterValidator(_distinct), DISTINCT]
Companies = Annotated[tuple[Company, ...], AfterValidator(_distinct), DISTINCT]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"'`]+$", max_length=500)]


class Noun(BaseModel):
    """The base of every model here: unknown keys are refused, nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- What an author may write -------------------------------------------------------------------------------------


class Matter(Noun):
    """Front matter that every page has."""

    title: Plain
    summary: Sentence


class _Dated(Matter):
    reviewed: date
    resources: Slugs = ()
    aliases: PageIds = ()


class _Item(_Dated):
    """What the planner needs to know about a page that it books."""

    rounds: SomeRounds
    level: Level
    importance: Importance
    minutes: Minutes
    prerequisites: PageIds
    tracks: SomeTracks


class ChapterMatter(_Item):
    """Front matter of docs/topics/<area>/<slug>.md."""

    uses: PageIds = ()
    notebooks: PageIds = ()
    exercises: PageIds = ()


class RoundMatter(_Dated):
    """Front matter of docs/rounds/<slug>.md; what is known about the round itself is in docs/rounds/rounds.yml."""

    round: RoundId
    minutes: Minutes
    topics: PageIds


class CaseMatter(_Item):
    """Front matter of docs/system-design/cases/<slug>.md."""

    companies: Companies = ()
    uses: PageIds = ()


class ExerciseMatter(_Item):
    """Front matter of docs/practice/coding/<slug>/index.md."""

    uses: PageIds = ()
    notebooks: PageIds = ()


class NotebookMatter(Noun):
    """`metadata.guide` of notebooks/<slug>.ipynb; the title is the heading of the first cell."""

    summary: Sentence
    rounds: SomeRounds
    level: Level
    importance: Importance
    minutes: Minutes
    prerequisites: PageIds
    tracks: SomeTracks
    reviewed: date
    resources: Slugs = ()
    aliases: PageIds = ()


class PageMatter(Matter):
    """Front matter of every other page."""

    minutes: Minutes | None = None
    reviewed: date | None = None
    template: Template | None = None
    hide: tuple[str, ...] = ()
    icon: Plain | None = None
    search: dict[str, Any] | None = None
    resources: Slugs = ()
    aliases: PageIds = ()


class QuestionMatter(Noun):
    """The options below the header of a question block."""

    id: Slug
    kind: QuestionKind
    level: Level
    rounds: SomeRounds
    phrasing: Phrasing = "direct"
    aliases: Slugs = ()


MATTER: Final[Mapping[PageKind, type[Noun]]] = MappingProxyType(
    {
        "chapter": ChapterMatter,
        "round": RoundMatter,
        "case": CaseMatter,
        "exercise": ExerciseMatter,
        "notebook": NotebookMatter,
        "page": PageMatter,
    }
)


# --- What the text of a page holds --------------------------------------------------------------------------------
# Plain dataclasses: a page has hundreds of them, and the parser is the only one to make them.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with the anchor that Markdown's table of contents gives it."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image (`image`), as it is written."""

    target: str
    text: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block. `line` is that of the opening fence, `text` what stands inside, ending in a newline."""

    lang: str
    info: str
    attrs: Mapping[str, str]
    text: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A typed block (`/// name | title`). `text` is all between its options and its end, inner blocks included."""

    name: str
    title: str
    options: str
    text: str
    line: int
    text_line: int
    end_line: int
    depth: int
    children: tuple[Block, ...] = ()

    def child(self, name: str) -> Block | None:
        """Return the first inner block of this name."""
        return next((block for block in self.children if block.name == name), None)

    def walk(self) -> Iterator[Block]:
        """Yield this block and all inside it, in the order of the page."""
        yield self
        for block in self.children:
            yield from block.walk()


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that the parser could not read. Becomes a Problem of the page."""

    line: int
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a page taken apart; `text` is the page below its front matter, `line` where it begins.

    `slips` could not be read, `unsafe` must not be published, `gaps` are what a scaffold left to be written.
    """

    text: str = ""
    line: int = 1
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    fences: tuple[Fence, ...] = ()
    blocks: tuple[Block, ...] = ()
    anchors: frozenset[str] = frozenset()
    includes: tuple[tuple[str, int], ...] = ()
    listings: tuple[tuple[str, int], ...] = ()
    slips: tuple[Slip, ...] = ()
    unsafe: tuple[Slip, ...] = ()
    gaps: tuple[tuple[str, int], ...] = ()
    reading_minutes: float = 0.0

    def all_blocks(self) -> Iterator[Block]:
        """Yield every block of the page, inner ones after the one that holds them."""
        for block in self.blocks:
            yield from block.walk()

    def fences_in(self, block: Block, *langs: str) -> list[Fence]:
        """Return the fences inside a block, of these languages (of any when none is named)."""
        return [
            fence
            for fence in self.fences
            if block.line < fence.line < block.end_line and (not langs or fence.lang in langs)
        ]

    def snippets(self) -> list[tuple[Fence, Fence | None]]:
        """Return each Python fence with the output fence that follows it at once, or None."""
        pairs: list[tuple[Fence, Fence | None]] = []
        for index, fence in enumerate(self.fences):
            if fence.lang == "python":
                after = self.fences[index + 1] if index + 1 < len(self.fences) else None
                pairs.append((fence, after if after is not None and after.lang == "output" else None))
        return pairs


# --- The nouns ----------------------------------------------------------------------------------------------------


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
    computed: str | None = None
    weak: str | None = None
    strong: str | None = None
    follow_ups: str = ""
    line: int = 1
    end_line: int = 1
    # The line on which the text of each part begins, by the name of its block.
    lines: Mapping[str, int] = Field(default_factory=dict)


class Mistake(Noun):
    """A pitfall: its title, and the Markdown that says why it is wrong and what it costs."""

    title: str
    text: str
    line: int


class Why(Noun):
    """A step of a why-ladder: the interviewer's question and the answer."""

    title: str
    text: str
    line: int


class Hint(Noun):
    """A hint of an exercise."""

    title: str
    text: str
    line: int


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
    template: str | None = None
    questions: tuple[Question, ...] = ()
    body: Body = Field(default_factory=Body, repr=False)
    # The line of each front matter key, for Problems.
    lines: Mapping[str, int] = Field(default_factory=dict, repr=False)

    def line_of(self, key: str) -> int:
        """Return the line of a front matter key, or that of the first line when it is absent."""
        return self.lines.get(key, 1)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return every fragment that a link to this page may name."""
        return self.body.anchors | {question.slug for question in self.questions}


class Chapter(Page):
    """A topic chapter."""

    kind: PageKind = "chapter"
    area: str
    mistakes: tuple[Mistake, ...] = ()
    whys: tuple[Why, ...] = ()


class RoundChapter(Page):
    """The chapter about a round; `rounds` holds that one round."""

    kind: PageKind = "round"
    round: RoundId | None = None
    topics: tuple[str, ...] = ()


class Case(Page):
    """A system-design case."""

    kind: PageKind = "case"


class Mutant(Noun):
    """A planted bug: the text of solution.py to replace, and the symptom that a check must show."""

    name: str
    symptom: str
    replace: str
    with_: str = Field(alias="with")
    line: int = 1

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Check(Noun):
    """A check of an exercise: the function's name, and the symptom that its docstring tells the reader."""

    name: str
    symptom: str
    line: int
    # Whether it can be called with the module under check alone.
    takes_candidate: bool = True


class Exercise(Page):
    """A coding exercise: its page and the sources of the files beside it (None when a file is missing)."""

    kind: PageKind = "exercise"
    folder: str
    hints: tuple[Hint, ...] = ()
    solution: str | None = Field(default=None, repr=False)
    checks_source: str | None = Field(default=None, repr=False)
    mutants_source: str | None = Field(default=None, repr=False)
    broken: str | None = Field(default=None, repr=False)
    checks: tuple[Check, ...] = ()
    mutants: tuple[Mutant, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook; `line` is where it begins in the file."""

    kind: str
    source: str
    line: int
    outputs: int = 0
    execution_count: int | None = None


class Notebook(Page):
    """A notebook, without outputs."""

    kind: PageKind = "notebook"
    cells: tuple[Cell, ...] = ()


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


class GlossaryTerm(Noun):
    """An entry of docs/glossary.yml."""

    term: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True), AfterValidator(_plain)]
    definition: Annotated[
        str, StringConstraints(min_length=10, max_length=200, strip_whitespace=True), AfterValidator(_plain)
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


class Catalogue(Noun):
    """Everything that the guide holds. Pages are in the order of their ids; lookups follow aliases."""

    pages: tuple[Page, ...] = ()
    rounds: tuple[RoundFacts, ...] = ()
    resources: tuple[Resource, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    # Fragments of docs/_includes/, as pages that are not published by themselves.
    fragments: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()
    # Every file below docs/ and notebooks/, relative to docs/ as MkDocs sees it.
    files: frozenset[str] = frozenset()
    # Where entries of data files stand: "resource:<id>", "term:<term>", "round:<id>".
    origins: Mapping[str, Origin] = Field(default_factory=dict, repr=False)

    EMPTY: ClassVar[Origin] = Origin("docs", 1)

    def origin(self, key: str) -> Origin:
        """Return where an entry of a data file was written."""
        return self.origins.get(key, self.EMPTY)

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
    def plain_pages(self) -> tuple[Page, ...]:
        """Return the pages that are of no other kind (home, indexes, contributing …)."""
        return tuple(page for page in self.pages if page.kind == "page")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return every question of the guide, page by page."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Return former page and question ids with the id that each has now."""
        known: dict[str, str] = {}
        for page in self.pages:
            for alias in page.aliases:
                known.setdefault(alias, page.id)
            for question in page.questions:
                for alias in question.aliases:
                    known.setdefault(f"{page.id}#{alias}", question.id)
        return known

    @cached_property
    def _pages_by_id(self) -> Mapping[str, Page]:
        return {page.id: page for page in reversed(self.pages)}

    @cached_property
    def _pages_by_src(self) -> Mapping[str, Page]:
        return {page.src: page for page in self.pages}

    @cached_property
    def _questions_by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in reversed(self.questions)}

    @cached_property
    def _resources_by_id(self) -> Mapping[str, Resource]:
        return {resource.id: resource for resource in reversed(self.resources)}

    @cached_property
    def _rounds_by_id(self) -> Mapping[str, RoundFacts]:
        return {facts.id: facts for facts in reversed(self.rounds)}

    @cached_property
    def _round_chapters_by_round(self) -> Mapping[str, RoundChapter]:
        return {page.round: page for page in reversed(self.round_chapters) if page.round}

    @cached_property
    def _unlocks(self) -> Mapping[str, tuple[Page, ...]]:
        after: dict[str, list[Page]] = {}
        for page in self.pages:
            for needed in page.prerequisites:
                after.setdefault(self.aliases.get(needed, needed), []).append(page)
        return {key: tuple(pages) for key, pages in after.items()}

    def page(self, page_id: str) -> Page | None:
        """Return the page of this id, or of the page that had it once."""
        found = self._pages_by_id.get(page_id)
        return found or self._pages_by_id.get(self.aliases.get(page_id, ""))

    def page_at(self, src: str) -> Page | None:
        """Return the page at a path below docs/ (`notebooks/x.ipynb` for a notebook)."""
        return self._pages_by_src.get(src)

    def question(self, question_id: str) -> Question | None:
        """Return the question of this id (`<page id>#<slug>`), or the one that had it once."""
        found = self._questions_by_id.get(question_id)
        if found is not None:
            return found
        page, _, slug = question_id.partition("#")
        moved = f"{self.aliases.get(page, page)}#{slug}"
        return self._questions_by_id.get(self.aliases.get(moved, moved))

    def resource(self, resource_id: str) -> Resource | None:
        """Return the resource of this id."""
        return self._resources_by_id.get(resource_id)

    def round(self, round_id: str) -> RoundFacts | None:
        """Return what is known about a round."""
        return self._rounds_by_id.get(round_id)

    def round_chapter(self, round_id: str) -> RoundChapter | None:
        """Return the chapter about a round."""
        return self._round_chapters_by_round.get(round_id)

    def unlocks(self, page_id: str) -> tuple[Page, ...]:
        """Return the pages that name this one as a prerequisite."""
        return self._unlocks.get(page_id, ())
