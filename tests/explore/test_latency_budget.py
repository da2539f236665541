"""Percentiles of a serving path, against a simulation in NumPy."""

import numpy as np
import pytest
from scipy.stats import lognorm, norm

from tests.explore.cores import computed, grid

MEDIANS = np.array([25, 15, 30, 40, 10])


def test_percentiles_of_stages_are_those_of_scipy() -> None:
    for asked, found in computed("latency-budget", grid(q=(50, 99, 99.9), tail=(1.5, 4, 8), shards=(1, 20))):
        sigma = np.log(float(asked["tail"])) / norm.ppf(0.99)
        share = float(asked["q"]) / 100
        wanted = lognorm.ppf(share, sigma, scale=MEDIANS)
        wanted[2] = lognorm.ppf(share ** (1 / int(asked["shards"])), sigma, scale=30)
        assert found["stages"] == pytest.approx(wanted, rel=1e-8)
        assert found["added"] == pytest.approx(wanted.sum(), rel=1e-8)


def test_whole_requests_are_as_slow_as_simulated_ones() -> None:
    rng = np.random.default_rng(0)
    for asked, found in computed(
        "latency-budget", grid(q=(50, 95, 99), tail=(2, 4), shards=(1, 50), budget=(200, 300))
    ):
        sigma = np.log(float(asked["tail"])) / norm.ppf(0.99)
        times = MEDIANS * np.exp(sigma * rng.normal(size=(200_000, 5)))
        slowest = rng.random(200_000) ** (1 / int(asked["shards"]))
        times[:, 2] = 30 * np.exp(sigma * norm.ppf(slowest))
        whole = times.sum(axis=1)
        assert found["whole"] == pytest.approx(np.percentile(whole, float(asked["q"])), rel=0.012)
        assert found["late"] == pytest.approx(np.mean(whole > float(asked["budget"])), abs=0.005)


def test_the_density_sums_to_one() -> None:
    for _, found in computed("latency-budget", grid(tail=(1.5, 4), shards=(1, 100))):
        assert sum(found["density"]) == pytest.approx(1, abs=1e-3)
