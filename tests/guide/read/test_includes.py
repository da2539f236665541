"""Includes: only fragments of docs/_includes/ are put in place, whoever asks and however it is spelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from guide.read.includes import MOST_TEXT, expand
from hypothesis import given
from hypothesis import strategies as st

from tests.guide.sitekit import (
    CHAPTER_PATH,
    CHECKS,
    EXERCISE,
    NOTEBOOK_PATH,
    SITE,
    SOLUTION,
    Content,
    notebook,
    problems_of,
    question,
)

A = "_includes/a.md"
FRAGMENTS = {A: "one\ntwo\nthree\n", "_includes/b.md": "b and {!_includes/a.md!lines=2}\n"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("x", "x"),
        ("x {!_includes/a.md!} y", "x one\ntwo\nthree y"),
        ("{! _includes/a.md !}", "one\ntwo\nthree"),
        ("{!_includes/a.md!lines=1 3}", "one\nthree"),
        ("{!_includes/a.md!lines=2-3 1}", "two\nthree\none"),
        ("{!_includes/b.md!}{!_includes/b.md!}", "b and twob and two"),
        ("{!r} is no include", "{!r} is no include"),
    ],
)
def test_a_fragment_takes_the_place_of_its_include(text: str, expanded: str) -> None:
    assert expand(text, FRAGMENTS) == (expanded, [])


@pytest.mark.parametrize(
    ("text", "fragments", "said"),
    [
        ("{!/etc/passwd!}", {}, "is not a fragment"),
        ("{!~/.bashrc!}", {}, "is not a fragment"),
        ("{!_includes/../../mkdocs.yml!}", FRAGMENTS, "is not a fragment"),
        ("{!_includes/a.md!}!}", {A: "{!/etc/passwd"}, "pieced together"),
        ("{{!_includes/a.md!}", {A: "!/etc/passwd!}"}, "pieced together"),
        ("{!_includes/a.md!}", {A: "{!_includes/a.md!}"}, "includes itself"),
        ("{!_includes/a.md!lines=-}", FRAGMENTS, "asks for lines `-`"),
        ("{!_includes/a.md!lines=3-1}", FRAGMENTS, "asks for lines `3-1`"),
        ("{!_includes/a.md!lines=4}", FRAGMENTS, "of a fragment of 3"),
        ("{!_includes/a.md!lines=99999999999999999999}", FRAGMENTS, "asks for lines"),
    ],
)
def test_what_cannot_be_included_is_told_and_left_out(text: str, fragments: dict[str, str], said: str) -> None:
    expanded, faults = expand(text, fragments)
    assert any(said in fault for fault in faults), faults
    assert "passwd!}" not in expanded


def test_fragments_that_multiply_are_told_in_no_time() -> None:
    deep = {f"_includes/{n}.md": f"{{!_includes/{n + 1}.md!}}\n" * 10 for n in range(9)}
    assert expand("{!_includes/0.md!}", deep | {"_includes/9.md": "x"})[1] == [
        f"what is included comes to more than {MOST_TEXT // 1000} KB"
    ]
    chain = {f"_includes/{n}.md": f"{{!_includes/{n + 1}.md!}}" for n in range(2000)}
    assert expand("{!_includes/0.md!}", chain)[1]


PIECE = st.sampled_from(
    ["{!", "!}", "{", "}", "!", "_includes/a.md", "/etc/passwd", "lines=1", "\n", " ", "x", "{!_includes/a.md!}"]
)


@given(text=st.lists(PIECE).map("".join), fragment=st.lists(PIECE).map("".join))
def test_nothing_is_left_that_would_be_read_as_an_include(text: str, fragment: str) -> None:
    from markdown_include.include import INC_SYNTAX

    expanded, _ = expand(text, {A: fragment})
    assert not any(INC_SYNTAX.search(line) for line in expanded.split("\n"))


NOTEBOOK = notebook(
    [
        ("markdown", "# One question\n\n{!/etc/passwd!} See [the chapter](../topics/statistics/tests.md)."),
        ("code", "assert 1"),
        ("markdown", "## Try it yourself\n\nChange it."),
    ]
)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (NOTEBOOK_PATH, NOTEBOOK),
        (f"{EXERCISE}/solution.py", SOLUTION.replace("# The helper", "# {!/etc/passwd!} The helper")),
        (f"{EXERCISE}/checks.py", CHECKS.replace("The result", "{!/etc/passwd!} The result", 1)),
        (f"{EXERCISE}/broken.py", "x = '{!/etc/passwd!}'\n"),
    ],
)
def test_no_file_of_a_contribution_includes_a_file_of_the_machine(tmp_path: Path, path: str, text: str) -> None:
    found = [problem for problem in problems_of(tmp_path, SITE | {path: text}) if "passwd" in problem.message]
    assert [(problem.path, problem.line > 1 or path.endswith("broken.py")) for problem in found] == [(path, True)]


def test_questions_stand_where_lists_find_them(tmp_path: Path) -> None:
    text = SITE[CHAPTER_PATH]
    assert isinstance(text, str)
    changes: dict[str, Content] = {
        CHAPTER_PATH: text.replace("Some text.", "{!_includes/a.md!}", 1),
        "docs/_includes/a.md": question("hidden"),
        NOTEBOOK_PATH: NOTEBOOK.replace("{!/etc/passwd!} ", "").replace(
            "Change it.", question("lost").replace("\n", "\\n")
        ),
    }
    found = problems_of(tmp_path, SITE | changes)
    assert [problem.path for problem in found] == ["docs/_includes/a.md", NOTEBOOK_PATH]
    assert all("a question is in a" in problem.message for problem in found)


def test_a_listing_of_a_notebook_is_checked_by_its_name(tmp_path: Path) -> None:
    from guide.publish import listings
    from guide.read.load import load

    from tests.guide.sitekit import make_site

    text = NOTEBOOK.replace("{!/etc/passwd!} ", "").replace("Change it.", "[[listing nothing]]")
    catalogue, _ = load(make_site(tmp_path, SITE | {NOTEBOOK_PATH: text}))
    assert [problem.path for problem in listings.problems(catalogue)] == [NOTEBOOK_PATH]
