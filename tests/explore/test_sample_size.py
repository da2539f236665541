"""Sizes by SciPy's quantiles, and the cost of peeking against an exact recursion over the looks."""

import numpy as np
import pytest
from scipy.stats import norm

from tests.explore.cores import computed, grid


def test_sizes_and_days_are_those_of_the_formula() -> None:
    values = grid(base=(0.005, 0.04, 0.4), lift=(0.01, 0.05, 0.3), power=(0.5, 0.8, 0.95), users=(1000, 100_000))
    for asked, found in computed("sample-size", values):
        base, delta = float(asked["base"]), float(asked["base"]) * float(asked["lift"])
        z = norm.ppf(0.975) + norm.ppf(asked["power"])
        size = 2 * z**2 * base * (1 - base) / delta**2
        assert found["size"] == pytest.approx(size, rel=1e-10)
        assert found["days"] == np.ceil(2 * size / asked["users"])


def exact_alarms(looks: int) -> float:
    """Return the chance that |z| passes 1.96 at one of several looks: the density of the sum, carried on a grid."""
    width = 0.02
    sums = np.arange(-40, 40, width)
    kernel = norm.pdf(np.arange(-8, 8 + width / 2, width)) * width
    density = norm.pdf(sums)
    for look in range(1, looks + 1):
        density[np.abs(sums) > 1.959964 * np.sqrt(look)] = 0
        inside = density.sum() * width
        density = np.convolve(density, kernel, mode="same")
    return float(1 - inside)


def test_the_simulated_false_alarms_agree_with_the_exact_ones() -> None:
    for asked, found in computed("sample-size", grid(looks=(1, 2, 5, 10, 20, 50))):
        wanted = exact_alarms(int(asked["looks"]))
        spread = np.sqrt(wanted * (1 - wanted) / 5000)
        assert found["alarms"] == pytest.approx(wanted, abs=3 * spread)
