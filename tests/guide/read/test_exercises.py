"""Solution → starter, and running checks against code that may do anything."""

from __future__ import annotations

import ast
import sys

import pytest
from guide.model.catalogue import Mutant
from guide.read.exercises import (
    ExerciseError,
    mutate,
    parse_python,
    public_functions,
    read_checks,
    run_checks,
    run_many,
    signatures,
    starter,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.guide.sitekit import CHECKS, SOLUTION

STARTER = '''"""Twice and thrice."""

import numpy as np


def twice(x: np.ndarray) -> np.ndarray:
    """Return 2x, shape (n,). O(n)."""
    raise NotImplementedError


def thrice(x: np.ndarray) -> np.ndarray:
    """Return 3x, shape (n,). O(n)."""
    raise NotImplementedError
'''


def test_the_starter_keeps_signatures_and_docstrings_and_no_helper() -> None:
    assert starter(SOLUTION) == STARTER


RAISES = "raise NotImplementedError"
MODEL = '''class Model:
    """A model."""

    depth: int = 3
    _hidden = 1

    def __init__(self) -> None:
        self.x = 1

    def fit(self) -> None:
        """Fit."""
        self._grow()

    def _grow(self) -> None:
        pass
'''
MODEL_STARTER = '''class Model:
    """A model."""
    depth: int = 3

    def __init__(self) -> None:
        raise NotImplementedError

    def fit(self) -> None:
        """Fit."""
        raise NotImplementedError
'''


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ("def f(x: int) -> int: return x\n", f"def f(x: int) -> int:\n    {RAISES}\n"),
        (
            "def f(\n    x: int,\n) -> int:\n    # How it works.\n    y = x\n    return y\n",
            f"def f(\n    x: int,\n) -> int:\n    {RAISES}\n",
        ),
        (
            "import functools\n\n\n@functools.cache\ndef f() -> int:\n    '''One.'''\n    return 1\n",
            f"import functools\n\n\n@functools.cache\ndef f() -> int:\n    '''One.'''\n    {RAISES}\n",
        ),
        (
            "EPSILON = 1e-9\n_SECRET = 3\n\n\ndef f() -> int:\n    return _SECRET\n",
            f"EPSILON = 1e-9\n\n\ndef f() -> int:\n    {RAISES}\n",
        ),
        (MODEL, MODEL_STARTER),
        ("def é(x: int) -> int: return x\n", f"def é(x: int) -> int:\n    {RAISES}\n"),
    ],
    ids=["one line", "comment first", "decorated", "private constant", "class", "accented"],
)
def test_starters_of_other_forms(solution: str, expected: str) -> None:
    assert starter(solution) == expected
    ast.parse(expected)


def test_a_starter_of_no_python_says_why() -> None:
    with pytest.raises(ExerciseError, match="syntax") as caught:
        starter("x = 1\ndef f(:\n")
    assert caught.value.line == 2


@given(st.text())
def test_text_is_python_or_one_kind_of_error(text: str) -> None:
    try:
        parse_python(text)
    except ExerciseError:
        return
    ast.parse(text)


def test_names_and_signatures_are_those_of_the_public_functions() -> None:
    assert public_functions(SOLUTION) == ("twice", "thrice")
    assert signatures(SOLUTION)[0] == "def twice(x: np.ndarray) -> np.ndarray"


def test_a_check_is_a_function_with_its_symptom() -> None:
    checks = read_checks(CHECKS)
    assert [check.name for check in checks][:2] == ["check_twice_1", "check_twice_2"]
    assert checks[0].symptom == "The result of twice for 1 is wrong."


def test_a_mutant_replaces_its_text() -> None:
    assert "return 4 * x" in mutate(SOLUTION, Mutant(name="m", symptom="s", replace="3 * x", with_="4 * x"))


def test_a_mutant_that_cannot_be_planted_is_refused() -> None:
    with pytest.raises(ExerciseError, match="occurs 0 times"):
        mutate(SOLUTION, Mutant(name="m", symptom="s", replace="5 * x", with_="4 * x"))


def test_the_solution_passes_and_the_starter_fails() -> None:
    good, bad = run_many(CHECKS, [SOLUTION, starter(SOLUTION)])
    assert all(result.passed for result in good)
    assert not any(result.passed for result in bad)
    assert bad[0].message == "NotImplementedError"


def test_a_wrong_result_fails_the_checks_about_it_and_no_other() -> None:
    results = run_checks(CHECKS, SOLUTION.replace("3 * x", "4 * x"))
    assert [result.name for result in results if not result.passed] == [f"check_thrice_{n}" for n in (1, 2, 3)]
    assert results[-1].message == "wrong"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = ", "the code does not run: SyntaxError"),
        ("import nothing_of_the_kind", "the code does not run: ModuleNotFoundError"),
        ("raise SystemExit(0)", "the code does not run: SystemExit"),
        ("import os\nos._exit(0)", "the code ended the process"),
        ("print('[]')\nraise ValueError('no')", "the code does not run: ValueError: no"),
        ("x = bytearray(10**11)", "the code does not run: MemoryError"),
    ],
)
def test_code_that_does_not_run_fails_every_check(code: str, message: str) -> None:
    results = run_checks(CHECKS, code)
    assert len(results) == 6
    assert all(not result.passed and message in result.message for result in results)


def test_code_without_end_is_stopped_and_the_rest_goes_on() -> None:
    endless = "while True:\n    pass\n"
    first, second = run_many(CHECKS, [endless, SOLUTION], time_limit=2)
    assert all("did not finish within 2 seconds" in result.message for result in first)
    assert all(result.passed for result in second)


def test_one_code_cannot_disturb_the_next() -> None:
    spoiler = "import numpy\nnumpy.array = None\n" + SOLUTION
    results = run_many(CHECKS, [SOLUTION, spoiler, SOLUTION])
    assert all(result.passed for result in results[0])
    assert all(result.passed for result in results[2])


def test_running_writes_no_bytecode_and_changes_no_modules() -> None:
    before = set(sys.modules)
    run_checks(CHECKS, SOLUTION)
    assert {"candidate", "checks"}.isdisjoint(set(sys.modules) - before)
