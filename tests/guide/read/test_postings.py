"""docs/plan/postings.yml: what a rule may hold, and what is told of one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from guide.model.posting import PATH
from guide.publish.data import published as files_of
from guide.read.load import load

from tests.guide.rendering import ROOT
from tests.guide.sitekit import line_of, make_site

GOOD = """- id: role-scientist
  suggests: { role: data-scientist }
  where: title
  words: [data scientist*, senior ... scientist|analyst]
  reason: The title says so.
"""

FAULTS = [
    ("{ role: data-scientist }", "{ role: data-wizard }", "suggests"),
    ("{ role: data-scientist }", "{ role: data-scientist, level: mid }", "suggests"),
    ("{ role: data-scientist }", "{}", "suggests"),
    ("{ role: data-scientist }", "{ topic: astrology }", "suggests"),
    ("where: title", "where: footer", "where"),
    ("[data scientist*, senior ... scientist|analyst]", "[Data Scientist]", "words"),
    ("[data scientist*, senior ... scientist|analyst]", "[(a+)+b]", "words"),
    ("[data scientist*, senior ... scientist|analyst]", "[]", "words"),
    ("The title says so.", "Because.", "reason"),
    ("where: title", "when: title", "when"),
]


def test_a_rule_is_read_and_published(tmp_path: Path) -> None:
    catalogue, problems = load(make_site(tmp_path, {PATH: GOOD}))
    assert problems == []
    (published,) = json.loads(files_of(catalogue)["data/postings.json"])
    assert published["suggests"] == {"role": "data-scientist"}
    assert published["words"] == ["data scientist*", "senior ... scientist|analyst"]
    assert (published["where"], published["least"], published["unless"], published["sure"]) == ("title", 1, [], False)


@pytest.mark.parametrize(("old", "new", "key"), FAULTS, ids=[f"{new}" for _, new, _ in FAULTS])
def test_a_rule_that_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    catalogue, problems = load(make_site(tmp_path, {PATH: text}))
    assert catalogue.postings == ()
    assert {(problem.path, problem.line) for problem in problems} == {(PATH, line_of(text, f"  {key}:"))}
    assert all(problem.fix for problem in problems)


def test_a_rule_that_is_written_twice_is_told(tmp_path: Path) -> None:
    _, (problem,) = load(make_site(tmp_path, {PATH: GOOD + GOOD}))
    assert "role-scientist" in problem.message


def test_the_rules_of_the_guide_suggest_every_role_level_and_kind_of_company() -> None:
    from guide.model.vocabulary import COMPANIES, LEVELS, ROLES

    rules = load(ROOT)[0].postings
    assert {rule.suggests.role for rule in rules} >= set(ROLES)
    assert {rule.suggests.level for rule in rules} >= set(LEVELS)
    assert {rule.suggests.company for rule in rules} >= set(COMPANIES)
