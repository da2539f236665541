"""What the home page shows of the guide: the loop's stations, and counts that nobody keeps by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guide.labels import minutes_range
from guide.model import Catalogue, Page, RoundFacts

# Rounds that are reported since 2025 and that do not stand in the classical loop.
NEW_ROUNDS: Final = frozenset({"ai-assisted-coding", "ml-debugging", "genai-system-design"})
INDEX: Final = "rounds/"


@dataclass(frozen=True, slots=True)
class Station:
    """A round as the picture of the loop shows it; without a chapter its address is its row in the index."""

    id: str
    name: str
    minutes: str
    url: str
    has_chapter: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is."""

    chapters: int
    rounds: int
    cases: int
    questions: int
    exercises: int
    checks: int
    mutants: int
    notebooks: int
    code_blocks: int
    resources: int
    terms: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """The derived parts of the home page."""

    stations: tuple[Station, ...]
    new_stations: tuple[Station, ...]
    counts: Counts


def home_view(catalogue: Catalogue) -> HomeView:
    """Return what the home page shows of a catalogue."""
    every = [_station(catalogue, facts) for facts in catalogue.rounds]
    return HomeView(
        stations=tuple(station for station in every if station.id not in NEW_ROUNDS),
        new_stations=tuple(station for station in every if station.id in NEW_ROUNDS),
        counts=_counts(catalogue),
    )


# ---- helpers -------------------------------------------------------------------------------------------------


def _station(catalogue: Catalogue, facts: RoundFacts) -> Station:
    chapter = catalogue.round_chapter(facts.id)
    url = chapter.url if chapter else f"{INDEX}#{facts.id}"
    minutes = minutes_range(facts.minutes) if facts.minutes else ""
    return Station(facts.id, facts.name, minutes, url, chapter is not None)


def _counts(catalogue: Catalogue) -> Counts:
    return Counts(
        chapters=len(catalogue.chapters),
        rounds=len(catalogue.round_chapters),
        cases=len(catalogue.cases),
        questions=len(catalogue.questions),
        exercises=len(catalogue.exercises),
        checks=sum(len(exercise.checks) for exercise in catalogue.exercises),
        mutants=sum(len(exercise.mutants) for exercise in catalogue.exercises),
        notebooks=len(catalogue.notebooks),
        code_blocks=_code_blocks(catalogue.pages),
        resources=len(catalogue.resources),
        terms=len(catalogue.glossary),
    )


def _code_blocks(pages: Iterable[Page]) -> int:
    """Count the Python fences, all of which the tests execute."""
    return sum(fence.lang == "python" for page in pages for fence in page.body.fences)
