"""What an author may write: the front matter of each kind of page, and the options of a question.

These models are strict; their errors become Problems with the line of the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from guide.model.types import (
    Companies,
    Minutes,
    Noun,
    PageIds,
    Plain,
    Sentence,
    Slug,
    Slugs,
    SomeRounds,
    SomeTechniques,
    SomeTracks,
    Tension,
)
from guide.model.vocabulary import (
    Importance,
    Island,
    Level,
    PageKind,
    Pattern,
    Phrasing,
    Product,
    QuestionKind,
    RoundId,
    Template,
)


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
    judgment: Plain | None = None


class ChapterMatter(_Item):
    """Front matter of docs/topics/<area>/<slug>.md, or of docs/system-design/<slug>.md."""

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

    product: Product
    techniques: SomeTechniques
    # What pulls in two directions here and in no other case, for the index.
    tension: Tension
    companies: Companies = ()
    uses: PageIds = ()


class ExerciseMatter(_Item):
    """Front matter of docs/practice/coding/<slug>/index.md."""

    pattern: Pattern | None = None
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
    island: Island | None = None
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


MATTER: Final[Mapping[PageKind, type[Noun]]] = {
    "chapter": ChapterMatter,
    "round": RoundMatter,
    "case": CaseMatter,
    "exercise": ExerciseMatter,
    "notebook": NotebookMatter,
    "page": PageMatter,
}
