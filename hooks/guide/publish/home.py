"""What the home page shows of the guide: the stations of the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guide.model.catalogue import Catalogue, RoundFacts
from guide.model.labels import minutes_range

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
class HomeView:
    """The derived parts of the home page."""

    stations: tuple[Station, ...]
    new_stations: tuple[Station, ...]


def home_view(catalogue: Catalogue) -> HomeView:
    """Return what the home page shows of a catalogue."""
    every = [_station(catalogue, facts) for facts in catalogue.rounds]
    return HomeView(
        stations=tuple(station for station in every if station.id not in NEW_ROUNDS),
        new_stations=tuple(station for station in every if station.id in NEW_ROUNDS),
    )


# ---- helpers -------------------------------------------------------------------------------------------------


def _station(catalogue: Catalogue, facts: RoundFacts) -> Station:
    chapter = catalogue.round_chapter(facts.id)
    url = chapter.url if chapter else f"{INDEX}#{facts.id}"
    minutes = minutes_range(facts.minutes) if facts.minutes else ""
    return Station(facts.id, facts.name, minutes, url, chapter is not None)
