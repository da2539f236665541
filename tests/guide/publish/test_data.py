"""data/catalogue.json and the pages at former addresses: what is promised to those who read them."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from guide.model.catalogue import Catalogue
from guide.model.vocabulary import AREAS, QUESTION_MINUTES, ROUNDS
from guide.publish.data import catalogue_data, redirect_page, redirects
from guide.publish.data import published as files_of
from guide.read.load import load

from tests.guide.rendering import ROOT, tree
from tests.guide.sitekit import CHAPTER_PATH, EXERCISE, OTHER_PATH, SITE, Content, chapter, page, read

TESTS = "topics/statistics/tests"


def published(catalogue: Catalogue) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files_of(catalogue)["data/catalogue.json"])
    return data


def items(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in published(catalogue)["items"]}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    files: dict[str, Content] = {
        **SITE,
        CHAPTER_PATH: chapter(aliases="[topics/statistics/testing]"),
        OTHER_PATH: chapter(prerequisites="[topics/statistics/testing]"),
        f"{EXERCISE}/broken.py": str(SITE[f"{EXERCISE}/solution.py"]).replace("3 * x", "2 * x"),
        "docs/404.md": page({"title": "Nowhere", "summary": "No such page is here.", "template": "404.html"}, {}),
    }
    return read(tmp_path_factory.mktemp("site"), files)[0]


def test_the_same_guide_gives_the_same_bytes() -> None:
    first, second = (files_of(load(ROOT)[0])["data/catalogue.json"] for _ in range(2))
    assert first == second
    assert first.endswith("\n")


def test_rounds_and_areas_are_whole_and_in_order(catalogue: Catalogue) -> None:
    data = published(catalogue)
    assert data["version"] == 1
    assert [each["id"] for each in data["rounds"]] == list(ROUNDS)
    assert [each["id"] for each in data["areas"]] == list(AREAS)


def test_every_page_question_and_resource_is_an_item(catalogue: Catalogue) -> None:
    kinds = [item["kind"] for item in items(catalogue).values()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "chapter": 2,
        "round": 1,
        "case": 1,
        "exercise": 1,
        "notebook": 1,
        "question": 40,
        "resource": 1,
        "page": 1,
    }


def test_a_chapter_carries_what_the_planner_needs(catalogue: Catalogue) -> None:
    item = items(catalogue)[TESTS]
    assert item == {
        "id": TESTS,
        "kind": "chapter",
        "url": f"{TESTS}/",
        "title": "A page",
        "summary": "A sentence that says what this is.",
        "rounds": ["ml-breadth"],
        "level": "entry",
        "minutes": 2,
        "short": 2,
        "withQuestions": 63,
        "importance": "core",
        "prerequisites": [],
        "tracks": ["general"],
        "area": "statistics",
        "aliases": ["topics/statistics/testing"],
        "reviewed": "2026-01-31",
        "questions": 12,
    }


def test_a_question_names_its_page_and_its_anchor(catalogue: Catalogue) -> None:
    item = items(catalogue)[f"{TESTS}#computed"]
    assert item["page"] == TESTS
    assert item["url"] == f"{TESTS}/#computed"
    assert (item["questionKind"], item["phrasing"], item["level"]) == ("compute", "direct", "entry")


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("What is computed?", "What is counted?", True),
        ("A short answer to computed.", "Another short answer.", True),
        ("A full answer to computed.", "Another full answer.", True),
        ("- It says one thing\n", "- It says one thing more\n", True),
        ("A short answer to computed.", "A short answer\nto  computed.", False),
        ("And then? — Then this.", "And then? — Then that.", False),
    ],
)
def test_a_question_says_when_what_is_learned_of_it_has_changed(
    old: str, new: str, changes: bool, tmp_path: Path, catalogue: Catalogue
) -> None:
    text = str(SITE[CHAPTER_PATH])
    assert old in text
    changed = read(tmp_path, {**SITE, CHAPTER_PATH: text.replace(old, new, 1)})[0]
    before, after = (items(each)[f"{TESTS}#computed"]["print"] for each in (catalogue, changed))
    assert re.fullmatch("[0-9a-f]{8}", after)
    assert (before != after) == changes


def test_terms_with_other_names_are_published_with_all_of_them(tmp_path: Path) -> None:
    glossary = """- term: SGD
  definition: Steps along the gradient of a batch.
  aliases: [stochastic gradient descent]
- term: bias
  definition: What is wrong on average.
"""
    catalogue = read(tmp_path, {**SITE, "docs/glossary.yml": glossary})[0]
    assert json.loads(files_of(catalogue)["data/synonyms.json"]) == [["SGD", "stochastic gradient descent"]]


def test_a_page_says_how_long_it_takes_in_short_and_with_its_questions(catalogue: Catalogue) -> None:
    found = items(catalogue)
    asked = [item["minutes"] for item in found.values() if item.get("page") == TESTS]
    assert len(asked) == 12
    assert found[TESTS]["withQuestions"] == found[TESTS]["minutes"] + sum(asked)
    assert found[f"{TESTS}#computed"]["minutes"] == QUESTION_MINUTES["compute"]


def test_a_resource_has_an_entry_and_an_address(catalogue: Catalogue) -> None:
    item = items(catalogue)["a-book"]
    assert (item["url"], item["href"], item["hours"]) == ("resources/#a-book", "https://example.org/book", 12)


def test_references_use_the_ids_of_today(catalogue: Catalogue) -> None:
    assert items(catalogue)["topics/statistics/power"]["prerequisites"] == [TESTS]


def test_a_debug_twin_is_told(catalogue: Catalogue) -> None:
    assert items(catalogue)["practice/coding/twice"]["debug"] is True


def test_nothing_is_null(catalogue: Catalogue) -> None:
    assert "null" not in files_of(catalogue)["data/catalogue.json"].replace('"null', "")


def test_every_reference_of_the_guide_resolves() -> None:
    found = items(load(ROOT)[0])
    for item in found.values():
        assert item.get("page", item["id"]) in found


# --- Former addresses ---------------------------------------------------------------------------------------------


def test_a_former_address_leads_to_the_page(catalogue: Catalogue) -> None:
    assert {former: page.url for former, page in redirects(catalogue).items()} == {
        "topics/statistics/testing/": f"{TESTS}/"
    }


def test_a_former_address_that_is_taken_again_is_left_alone(tmp_path: Path) -> None:
    catalogue = read(tmp_path, {**SITE, CHAPTER_PATH: chapter(aliases="[topics/statistics/power]")})[0]
    assert redirects(catalogue) == {}


@pytest.mark.parametrize(
    ("former", "target", "onward"),
    [
        ("topics/statistics/testing/", f"{TESTS}/", "../tests/"),
        ("old/", f"{TESTS}/", f"../{TESTS}/"),
        ("a/b/", "", "../../"),
    ],
)
def test_the_page_leads_on_with_and_without_following_by_itself(former: str, target: str, onward: str) -> None:
    text = redirect_page(former, target, 'A "page" & <more>', "https://example.org/guide/")
    page = tree(text)
    (link,) = page.iter("a")
    assert link.attrib["href"] == onward
    assert link.text == 'A "page" & <more>'
    assert f'content="0; url={onward}"' in text
    assert f'rel="canonical" href="https://example.org/guide/{target}"' in text


def test_the_policy_of_a_former_address_lets_its_script_run_and_no_other() -> None:
    text = redirect_page("old/", f"{TESTS}/", "A page")
    scripts = re.findall(r"<script>(.*?)</script>", text)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"'sha256-([^']+)'", text) == hashes
    assert len(hashes) == 1
    assert "default-src 'none';" in text


def test_every_field_is_documented_for_those_who_use_the_file() -> None:
    root = Path(__file__).resolve().parents[3]
    data = catalogue_data(load(root)[0])
    text = (root / "docs/contributing/how-it-is-built.md").read_text("utf-8").partition("## The published catalogue")[2]
    documented = set(re.findall(r"`([A-Za-z_]+)`", text))
    fields = {key for part in ("rounds", "areas", "items") for entry in data[part] for key in entry}
    assert (fields | set(data)) - documented == set()
    assert f"`version` (now {data['version']})" in text
