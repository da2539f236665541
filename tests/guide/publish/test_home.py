"""What the home page derives from the catalogue."""

from pathlib import Path

from guide.model.vocabulary import ROUNDS
from guide.publish.home import NEW_ROUNDS, stations
from guide.read.load import load

ROOT = Path(__file__).resolve().parents[3]


def test_the_loop_shows_every_round_once_and_in_order() -> None:
    found = stations(load(ROOT)[0])
    assert [each.id for each in found] == list(ROUNDS)
    assert {each.id for each in found if each.is_new} == NEW_ROUNDS


def test_a_station_leads_to_its_chapter_or_else_to_its_row() -> None:
    catalogue, _ = load(ROOT)
    for each in stations(catalogue):
        chapter = catalogue.round_chapter(each.id)
        assert each.url == (chapter.url if chapter else f"rounds/#{each.id}")
        assert each.has_chapter == (chapter is not None)
