"""The slips that are made in a solution: which, and which not."""

from __future__ import annotations

import ast

import pytest
from guide.read.exercises import ExerciseError
from guide.read.mutation import same_statement, slips


def made(statement: str) -> set[str]:
    """Return what becomes of a statement in a function of x and y."""
    return {slip.becomes for slip in slips(f"def f(x, y):\n    {statement}\n")}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("return x < y", {"return x <= y", "return x >= y"}),
        ("return x == y", {"return x != y"}),
        ("return x + y", {"return x - y"}),
        ("return x ** 2", {"return x * 2", "return x ** 3", "return x ** 1"}),
        ("return x.sum(axis=1)", {"return x.mean(axis=1)", "return x.sum(axis=0)"}),
        ("return x.argmin(axis=-1)", {"return x.argmax(axis=-1)", "return x.argmin(axis=0)"}),
        ("return x[0]", {"return x[1]", "return x[-1]"}),
        ("return -x", {"return +x"}),
        ("return x and y", {"return x or y"}),
        ("return x.all(keepdims=True)", {"return x.any(keepdims=True)", "return x.all(keepdims=False)"}),
        ("return min(x)", {"return max(x)"}),
        ("return 0.5", {"return 1.5", "return -0.5"}),
        ("x += y", {"x -= y", "without x += y"}),
        ("x[y] = 0", {"x[y] = 1", "x[y] = -1", "without x[y] = 0"}),
        ("x.append(y)", {"x.appendleft(y)", "without x.append(y)"}),
        ("x = x * y", {"x = x / y", "without x = x * y"}),
    ],
)
def test_a_statement_slips_in_these_ways(statement: str, expected: set[str]) -> None:
    assert made(statement) == expected


@pytest.mark.parametrize(
    "solution",
    [
        '"""Two words."""\n',
        "import numpy as np\n",
        'def f(x: int = 3, *, flag: bool = True) -> int:\n    """Add 1 to x."""\n    return x\n',
        "def f(x):\n    raise ValueError(x + 1)\n",
        # Without its first value, a name would be missing, which every check notices.
        "def f(x):\n    y = x\n    return y\n",
        # The option changes the speed of an einsum, and nothing that it returns.
        "import numpy as np\n\n\ndef f(x):\n    return np.einsum('ij->i', x, optimize=True)\n",
    ],
)
def test_what_is_no_slip(solution: str) -> None:
    assert slips(solution) == []


def test_a_condition_is_left_out_whole() -> None:
    solution = "def f(x):\n    if x:\n        x = x.max()\n    return x\n"
    assert {slip.becomes for slip in slips(solution)} == {"without if x", "x = x.min()", "without x = x.max()"}


def test_each_slip_is_a_program_of_its_own_and_none_is_made_twice() -> None:
    solution = "def f(x):\n    for i in range(1, 9):\n        x[i] = x[i - 1] + 1\n    return x\n"
    sources = [slip.source for slip in slips(solution)]
    assert len(set(sources)) == len(sources) == 11
    for source in sources:
        ast.parse(source)


def test_a_slip_knows_its_line() -> None:
    assert [slip.line for slip in slips("def f(x, y):\n    x = y\n    return x < y\n")] == [2, 3, 3]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("(a, b) = (1, 2)", "a, b = 1, 2", True),
        ("if x", "if  x", True),
        ("without break", "without  break", True),
        ("without break", "break", False),
        ("x = 1", "x = 2", False),
        ("no: python", "no: python", True),
    ],
)
def test_statements_are_compared_as_code(one: str, other: str, same: bool) -> None:
    assert same_statement(one, other) is same


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(ExerciseError):
        slips("def f(:\n")
