"""`new`: what it writes is complete but for its gaps, and passes when they are filled."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from guide.check.rules import check
from guide.commands.new import KINDS, ScaffoldError, scaffold
from guide.model.problems import Problem
from guide.model.vocabulary import PageKind
from guide.read.load import load

from tests.guide.sitekit import CHECKS, MUTANTS, SITE, SOLUTION, make_site

SLUGS: dict[PageKind, str] = {
    "chapter": "vision/pooling",
    "round": "coding",
    "case": "search-ads",
    "exercise": "dropout",
    "notebook": "ridge-paths",
}
# How a contributor would fill the gaps of YAML and JSON.
VALUES = {
    "product": "search",
    "techniques": "[embeddings]",
    "tension": "Fast or right, not both.",
    "summary": "What this page is about.",
    "rounds": "[ml-breadth]",
    "level": "entry",
    "importance": "common",
    "minutes": "3",
    "round": "coding",
    "topics": "[topics/statistics/tests]",
    "name": "x",
    "symptom": "x",
}


def problems(root: Path) -> list[Problem]:
    catalogue, found = load(root)
    return sorted({*found, *check(catalogue)})


def is_gap(problem: Problem) -> bool:
    return problem.message.startswith("a gap is not filled") or problem.message.endswith("is empty")


def fill(text: str) -> str:
    """Fill every gap of a page."""
    number = iter(range(1000))
    text = re.sub(r"id: # gap:.*", lambda _: f"id: question-{next(number)}", text)
    text = re.sub(r"(\w+): # gap:.*", lambda match: f"{match[1]}: {VALUES[match[1]]}", text)
    text = re.sub(r"<!-- gap: .*? -->", "Some text that is written.", text)
    return text.replace("gap: what is to be seen", "What is to be seen")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_page_has_problems_only_where_its_gaps_are(tmp_path: Path, kind: PageKind) -> None:
    make_site(tmp_path, SITE)
    written = {path.relative_to(tmp_path).as_posix() for path in scaffold(tmp_path, kind, SLUGS[kind])}
    found = problems(tmp_path)
    assert [str(problem) for problem in found if not is_gap(problem)] == []
    assert {problem.path for problem in found} == written


@pytest.mark.parametrize("kind", KINDS)
def test_every_gap_is_told_on_its_line(tmp_path: Path, kind: PageKind) -> None:
    make_site(tmp_path, SITE)
    written = scaffold(tmp_path, kind, SLUGS[kind])
    if kind == "notebook":
        return  # A notebook's Problems stand at its cells.
    told = {(problem.path, problem.line) for problem in problems(tmp_path)}
    marked = {
        (path.relative_to(tmp_path).as_posix(), number)
        for path in written
        for number, line in enumerate(path.read_text().split("\n"), start=1)
        if "gap:" in line
    }
    assert marked == told


@pytest.mark.parametrize("kind", ["chapter", "round", "case"])
def test_a_page_passes_when_its_gaps_are_filled(tmp_path: Path, kind: PageKind) -> None:
    make_site(tmp_path, SITE)
    (path,) = scaffold(tmp_path, kind, SLUGS[kind])
    path.write_text(fill(path.read_text()))
    assert [str(problem) for problem in problems(tmp_path)] == []


def test_an_exercise_passes_when_its_gaps_are_filled(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    page, solution, checks, mutants = scaffold(tmp_path, "exercise", "dropout")
    page.write_text(fill(page.read_text()))
    for path, text in ((solution, SOLUTION), (checks, CHECKS), (mutants, MUTANTS)):
        path.write_text(text)
    assert [str(problem) for problem in problems(tmp_path)] == []


def test_a_notebook_passes_when_its_gaps_are_filled(tmp_path: Path) -> None:
    make_site(tmp_path, SITE)
    (path,) = scaffold(tmp_path, "notebook", "ridge-paths")
    text = path.read_text().replace("# gap: assert what the notebook claims", "assert rng is not None")
    text = re.sub(r"<!-- gap: a link .*? -->", "[Tests](../topics/statistics/tests.md)", text)
    text = re.sub(r"# gap: the experiment[^\"]*", "", text)
    data = json.loads(fill(text))
    data["metadata"]["guide"] |= {"importance": "core", "level": "mid", "minutes": 5, "rounds": ["ml-breadth"]}
    data["metadata"]["guide"]["summary"] = "What one experiment shows."
    path.write_text(json.dumps(data, indent=1))
    assert [str(problem) for problem in problems(tmp_path)] == []


@pytest.mark.parametrize(
    ("kind", "slug", "said"),
    [
        ("chapter", "pooling", "needs its area"),
        ("chapter", "visoin/pooling", "Did you mean `vision`?"),
        ("chapter", "vision/Pooling", "not AREA/SLUG in small letters"),
        ("chapter", "vision/../../x", "There is no area"),
        ("case", "a/b", "not a name in small letters"),
        ("case", "../x", "not a name in small letters"),
        ("case", "", "not a name in small letters"),
    ],
)
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, kind: PageKind, slug: str, said: str) -> None:
    with pytest.raises(ScaffoldError, match=re.escape(said)):
        scaffold(tmp_path, kind, slug)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (path,) = scaffold(make_site(tmp_path, {}), "case", "ads")
    path.write_text("mine")
    with pytest.raises(ScaffoldError, match="exists already"):
        scaffold(tmp_path, "case", "ads")
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("kind", "slug", "said"),
    [
        ("chapter", "vision/index", "stands for its whole folder"),
        ("notebook", "index", "stands for its whole folder"),
        ("case", "a" * 300, "longer than"),
    ],
)
def test_a_name_that_makes_no_page_is_refused(tmp_path: Path, kind: PageKind, slug: str, said: str) -> None:
    with pytest.raises(ScaffoldError, match=said):
        scaffold(make_site(tmp_path, SITE), kind, slug)


def test_nothing_is_written_where_there_is_no_guide(tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError, match="There is no guide"):
        scaffold(tmp_path / "elsewhere", "case", "search")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"docs/system-design": "a file"})
    with pytest.raises(ScaffoldError, match="cannot be written"):
        scaffold(root, "case", "search")
