"""What the page of resources promises: a row of two hours for each round, and enough to choose from."""

import re

import pytest
from guide.model.catalogue import Catalogue
from guide.model.vocabulary import AREAS, ROUNDS
from guide.read.load import load

from tests.guide.rendering import ROOT

ROW = re.compile(r"^\| \[[^\]]*\]\(\.\./rounds/(?P<round>[\w-]+)\.md\)(?P<rest>.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT, ROOT / ".cache")[0]


def test_two_hours_of_every_round_name_entries_that_serve_it(catalogue: Catalogue) -> None:
    rows = ROW.findall((ROOT / "docs/resources/index.md").read_text("utf-8"))
    assert sorted(name for name, _ in rows) == sorted(ROUNDS)
    for name, rest in rows:
        named = re.findall(r"\]\(#([\w-]+)\)", rest)
        assert named
        for each in named:
            resource = catalogue.resource(each)
            assert resource is not None, f"{name}: no resource `{each}`"
            assert name in resource.rounds, f"`{each}` is not listed for {name}"
            assert resource.cost != "paid", f"`{each}` is not free"


@pytest.mark.parametrize("name", ROUNDS)
def test_a_round_has_six_resources_or_more(name: str, catalogue: Catalogue) -> None:
    assert len([each for each in catalogue.resources if name in each.rounds]) >= 6


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_six_resources_or_more(area: str, catalogue: Catalogue) -> None:
    ids = {page.id for page in catalogue.chapters if page.area == area} | {area}
    assert len([each for each in catalogue.resources if ids & set(each.topics)]) >= 6
