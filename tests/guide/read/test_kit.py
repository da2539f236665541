"""What checks share: what counts as equal, what is told, and how loops and memory are seen without a clock."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from guide.read import kit


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.array([1.0, 2.0 + 1e-9]), np.array([1.0, 2.0])),
        (np.array([-np.inf, 0.0]), [-np.inf, 0.0]),
        ([1, 2], np.array([1, 2])),
        (np.float64(0.5), 0.5),
        (3, 3.0),
        (float("inf"), float("inf")),
        ((1, [2.0]), [1, (2.0 + 1e-9,)]),
        ("a", "a"),
        (None, None),
    ],
)
def test_equal_values(got: Any, expected: Any) -> None:
    kit.expect(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.array([1.0, 2.1]), np.array([1.0, 2.0])),
        (np.ones((2, 1)), np.ones(2)),
        (np.array([np.nan]), np.array([np.nan])),
        (None, np.ones(2)),
        ("text", np.ones(2)),
        ([[1], [2, 3]], np.ones(2)),
        (0.5, 0.6),
        (None, 0.5),
        (float("nan"), 0.5),
        ([1], [1, 2]),
        (1, [1]),
        ("a", "b"),
    ],
)
def test_values_that_differ(got: Any, expected: Any) -> None:
    with pytest.raises(AssertionError, match="expected"):
        kit.expect(got, expected)


def test_a_failure_says_given_expected_got() -> None:
    assert kit.told(0.5, [1, 2], x=np.array([[1.0, 2.0], [3.0, 4.0]]), case="two rows") == (
        "given     x = [[1., 2.],\n           [3., 4.]]\n          case = two rows\nexpected  0.5\ngot       [1, 2]"
    )


def test_what_is_long_is_shown_without_its_middle() -> None:
    assert len(kit.shown(np.zeros((1000, 1000)))) < 1000
    assert "(1000, 1000)" in kit.shown(np.zeros((1000, 1000)))
    assert len(kit.shown(list(range(10_000)))) < 400


def loop(x: Any) -> Any:
    return np.array([2 * each for each in x])


def whole(x: Any) -> Any:
    return 2 * x


def test_a_loop_over_the_data_is_seen_and_whole_arrays_are_not() -> None:
    kit.expect_no_loop(lambda n: lambda: whole(np.ones(n)), "numbers")
    with pytest.raises(AssertionError, match="no loop over numbers"):
        kit.expect_no_loop(lambda n: lambda: loop(np.ones(n)), "numbers")


def test_peak_memory_counts_the_largest_array() -> None:
    assert 8_000_000 <= kit.peak_bytes(lambda: np.ones(1_000_000).sum()) < 9_000_000


def test_slopes_are_those_of_the_function() -> None:
    at = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert np.allclose(kit.slopes(lambda x: float((x**2).sum()), at), 2 * at)
