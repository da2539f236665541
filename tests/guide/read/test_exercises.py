"""Solution → starter, and running checks against code that may do anything."""

from __future__ import annotations

import ast
import types
from typing import Any

import pytest
from guide.model.exercises import Mutant
from guide.read.exercises import KIT, ExerciseError, mutate, parse_python, read_checks, starter, with_kit
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


def test_a_check_is_a_function_with_its_symptom() -> None:
    checks = read_checks(CHECKS)
    assert [check.name for check in checks][:2] == ["check_twice_1", "check_twice_2"]
    assert checks[0].symptom == "The result of twice for 1 is wrong."


def test_a_mutant_replaces_its_text() -> None:
    assert "return 4 * x" in mutate(SOLUTION, Mutant(name="m", symptom="s", replace="3 * x", with_="4 * x"))


def test_a_mutant_that_cannot_be_planted_is_refused() -> None:
    with pytest.raises(ExerciseError, match="occurs 0 times"):
        mutate(SOLUTION, Mutant(name="m", symptom="s", replace="5 * x", with_="4 * x"))


def test_a_check_has_five_seconds_unless_the_checks_say_otherwise() -> None:
    checks = read_checks(CHECKS + '\n\nLIMITS = {"check_twice_2": 20}\n')
    assert [check.limit for check in checks][:3] == [5.0, 20.0, 5.0]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ('{"check_nothing": 20}', "no such check"),
        ('{"check_twice_1": 0}', "more than 0"),
        ('{"check_twice_1": 3600}', "at most 60"),
        ("dict(check_twice_1=20)", "not of the form"),
        ("20", "not of the form"),
    ],
)
def test_limits_that_cannot_be_are_refused(limits: str, said: str) -> None:
    with pytest.raises(ExerciseError, match=said):
        read_checks(f"{CHECKS}\n\nLIMITS = {limits}\n")


KITTED = """import numpy as np
from kit import (
    expect,
)


def check_a(candidate):
    \"\"\"A symptom.\"\"\"
    expect(candidate.f(np.ones(2)), np.zeros(2), x=np.ones(2))
"""


def test_checks_run_by_themselves_with_what_they_take_from_the_kit() -> None:
    text = with_kit(KITTED)
    assert read_checks(text)[0].line == read_checks(KITTED)[0].line
    namespace: dict[str, Any] = {}
    exec(text, namespace)
    assert "expect_no_loop" not in namespace
    candidate = types.SimpleNamespace(f=lambda x: x)
    with pytest.raises(AssertionError, match=r"(?s)^given +x = \[1.*\nexpected +\[0.*\ngot +\[1"):
        namespace["check_a"](candidate)


def test_every_function_of_the_kit_stands_by_itself() -> None:
    names = [node.name for node in ast.parse(KIT.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    for name in names:
        namespace: dict[str, Any] = {}
        exec(with_kit(f"from kit import {name}\n"), namespace)
        assert callable(namespace[name])


def test_checks_that_take_nothing_stay_as_they_are() -> None:
    assert with_kit(CHECKS) == CHECKS


def test_what_the_kit_does_not_hold_is_refused() -> None:
    with pytest.raises(ExerciseError, match="no `except_`") as caught:
        with_kit("import numpy\nfrom kit import except_\n")
    assert caught.value.line == 2
