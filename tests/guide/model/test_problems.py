"""Problems as people read them."""

from __future__ import annotations

import pytest
from guide.model.problems import Problem, exit_code, nearest, one_of, ordered, render, suggestion
from hypothesis import given
from hypothesis import strategies as st


def test_a_problem_is_one_line_with_place_fault_and_cure() -> None:
    problem = Problem("docs/a.md", 3, "the title\nis missing", "Write one")
    assert str(problem) == "docs/a.md:3: the title is missing. Write one."


def test_a_cure_that_asks_keeps_its_question_mark() -> None:
    assert str(Problem("a", 1, "x", "Did you mean `y`?")) == "a:1: x. Did you mean `y`?"


def test_the_report_is_sorted_without_repeats_and_counted() -> None:
    first, second = Problem("a", 2, "x"), Problem("a", 10, "x")
    assert ordered([second, first, second]) == [first, second]
    assert render([second, first, second]) == "a:2: x.\na:10: x.\n2 problems"


@pytest.mark.parametrize(("count", "said"), [(0, "no problems"), (1, "1 problem"), (3, "3 problems")])
def test_the_count_reads_well(count: int, said: str) -> None:
    assert render(Problem("a", number, "x") for number in range(count)).split("\n")[-1] == said


def test_only_problems_fail_the_run() -> None:
    assert (exit_code([]), exit_code([Problem("a", 1, "x")])) == (0, 1)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("ml_breadth", "ml-breadth"),
        ("ML Breadth", "ml-breadth"),
        ("breadth", "ml-breadth"),
        ("zebra", None),
        ("", None),
    ],
)
def test_the_nearest_value_is_found(word: str, near: str | None) -> None:
    assert nearest(word, ["ml-breadth", "coding"]) == near


def test_a_long_list_is_told_only_when_nothing_is_near() -> None:
    choices = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]
    assert suggestion("gama", choices) == "Did you mean `gamma`?"
    assert suggestion("x", choices) == "Use one of: " + ", ".join(choices)


def test_of_a_short_closed_list_no_value_is_guessed_by_its_spelling() -> None:
    assert one_of("junior", ["entry", "mid", "senior", "staff"]) == "Use one of: entry, mid, senior, staff"
    choices = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]
    assert one_of("gama", choices) == "Did you mean `gamma`?"


def test_there_is_nothing_to_suggest_from_nothing() -> None:
    assert suggestion("x", []) == ""


@given(st.text(), st.integers(1), st.text(), st.text())
def test_a_problem_is_always_one_line(path: str, line: int, message: str, fix: str) -> None:
    shown = str(Problem("docs/a.md", line, message, fix))
    assert "\n" not in shown
    assert "\r" not in shown
