"""The nouns refuse what is not theirs, and the vocabulary holds what everything else relies on."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from guide.model import vocabulary
from guide.model.catalogue import Catalogue, Page, Resource
from guide.model.matter import MATTER
from guide.model.types import PAGE_ID, SLUG
from pydantic import ValidationError


def page(identifier: str, **changes: object) -> Page:
    return Page.model_validate(
        {"id": identifier, "path": f"docs/{identifier}.md", "src": f"{identifier}.md", "url": "", "title": "A"}
        | changes
    )


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError):
        page("a", colour="red")


def test_nouns_do_not_change() -> None:
    with pytest.raises(ValidationError):
        page("a").title = "B"


def test_lookups_find_by_id_by_path_and_by_alias() -> None:
    one = page("a/one", aliases=("a/former",))
    catalogue = Catalogue(pages=(one, page("a/two")))
    assert catalogue.page("a/one") is one
    assert catalogue.page("a/former") is one
    assert catalogue.page_at("a/one.md") is one
    assert catalogue.page("a/three") is None


def test_an_address_must_be_secure() -> None:
    entry = {
        "id": "a",
        "title": "A",
        "author": "B",
        "kind": "book",
        "cost": "free",
        "level": "mid",
        "hours": 2,
        "good_for": "All.",
    }
    Resource.model_validate(entry | {"url": "https://example.org/a"})
    for address in ("http://example.org", "javascript:alert(1)", "https://a b", "//example.org", 'https://a"b'):
        with pytest.raises(ValidationError):
            Resource.model_validate(entry | {"url": address})


@pytest.mark.parametrize("identifier", ["A", "a_b", "a--b", "-a", "a/", "/a", "a/../b", "a.md", "", "a b", "é"])
def test_ids_are_kebab_case(identifier: str) -> None:
    assert not re.match(PAGE_ID, identifier)


def test_every_kind_of_page_has_its_matter_and_sections() -> None:
    assert set(MATTER) == set(get_args(vocabulary.PageKind)) == set(vocabulary.SECTIONS)


def test_every_value_of_the_vocabulary_is_kebab_case_and_there_once() -> None:
    lists = [value for value in vars(vocabulary).values() if isinstance(value, tuple)]
    assert len(lists) >= 12
    for values in lists:
        assert len(set(values)) == len(values)
        assert all(re.match(SLUG, value) for value in values)
    assert all(re.match(SLUG, area) for area in vocabulary.AREAS)


def test_the_rounds_are_those_of_the_loop() -> None:
    assert len(vocabulary.ROUNDS) == 15
    assert len(vocabulary.AREAS) == 14
