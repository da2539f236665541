"""Descent with momentum in a valley, against powers of the matrix of one step."""

import numpy as np
import pytest

from tests.explore.cores import computed, grid

START = np.array([9.0, 3.0])


def walk(rate: float, beta: float, kappa: float, steps: int) -> np.ndarray:
    """Return the places after 0, 1, … steps: each axis by itself is a linear recurrence of two numbers."""
    axes = []
    for start, curvature in zip(START, (1.0, kappa), strict=True):
        step = np.array([[1 + beta - rate / kappa * curvature, -beta], [1, 0]])
        axes.append([(np.linalg.matrix_power(step, t) @ [start, start])[0] for t in range(steps + 1)])
    return np.array(axes).T


def test_the_path_is_that_of_the_recurrence() -> None:
    values = grid(rate=(0.1, 1, 1.8), beta=(0, 0.5, 0.9), kappa=(1, 20, 100))
    for asked, found in computed("descent-valley", values):
        rate, beta, kappa = (float(asked[key]) for key in ("rate", "beta", "kappa"))
        wanted = walk(rate, beta, kappa, 60)
        assert np.allclose(found["path"], wanted, atol=1e-8)
        losses = 0.5 * (wanted**2 @ [1, kappa])
        assert found["losses"] == pytest.approx(losses, rel=1e-6, abs=1e-12)


def test_the_steps_to_a_thousandth_are_counted_where_the_loss_stays_below() -> None:
    for asked, found in computed("descent-valley", grid(rate=(0.5, 1.8), beta=(0, 0.8), kappa=(5, 50))):
        rate, beta, kappa = (float(asked[key]) for key in ("rate", "beta", "kappa"))
        losses = 0.5 * (walk(rate, beta, kappa, 800) ** 2 @ [1, kappa])
        above = np.flatnonzero(losses > losses[0] / 1000)
        assert found["needed"] == above[-1] + 1


def test_what_is_too_fast_never_arrives() -> None:
    """Plain descent is stable below 2 / L, and with momentum below 2 (1 + β) / L."""
    values = [
        {"rate": 2.1, "beta": 0},
        {"rate": 2.1, "beta": 0.5},
        {"rate": 3.1, "beta": 0.5},
        {"rate": 3.1, "beta": 0.7},
    ]
    assert [found["needed"] is None for _, found in computed("descent-valley", values)] == [True, False, True, False]
