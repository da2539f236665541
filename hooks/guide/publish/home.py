"""What the home page shows of the guide: the stations of the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guide.model.catalogue import Catalogue
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
    is_new: bool


def stations(catalogue: Catalogue) -> list[Station]:
    """Return every round, in the order of the loop."""
    found = []
    for facts in catalogue.rounds:
        chapter = catalogue.round_chapter(facts.id)
        url = chapter.url if chapter else f"{INDEX}#{facts.id}"
        minutes = minutes_range(facts.minutes) if facts.minutes else ""
        found.append(Station(facts.id, facts.name, minutes, url, chapter is not None, facts.id in NEW_ROUNDS))
    return found
