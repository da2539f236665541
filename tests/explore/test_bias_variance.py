"""Bias, variance and errors of polynomials with ridge, against NumPy's Legendre basis and solver."""

import numpy as np
import pytest
from numpy.polynomial import legendre

from tests.explore.cores import computed, grid

NEW = np.arange(0.01, 1, 0.02)


def errors(degree: int, points: int, ridge: float, noise: float) -> dict[str, float]:
    x = (np.arange(points) + 0.5) / points
    design, fresh = legendre.legvander(2 * x - 1, degree), legendre.legvander(2 * NEW - 1, degree)
    penalty = ridge * np.diag([0.0] + [1.0] * degree)
    solver = np.linalg.solve(design.T @ design + penalty, design.T)
    signal, truth = np.sin(2 * np.pi * x), np.sin(2 * np.pi * NEW)
    bias2 = np.mean((fresh @ solver @ signal - truth) ** 2)
    variance = noise**2 * np.mean(np.sum((fresh @ solver) ** 2, axis=1))
    left = np.eye(points) - design @ solver
    train = np.mean((left @ signal) ** 2 + noise**2 * np.sum(left**2, axis=1))
    return {"bias2": bias2, "variance": variance, "train": train, "validation": bias2 + variance + noise**2}


def test_errors_are_those_of_numpy() -> None:
    for asked, found in computed("bias-variance", grid(points=(15, 30), ridge=(0, 0.001, 1), noise=(0.1, 0.5))):
        for degree in (0, 1, 3, 8, 12):
            wanted = errors(degree, int(asked["points"]), float(asked["ridge"]), float(asked["noise"]))
            assert found["errors"][degree] == pytest.approx(wanted, rel=1e-6, abs=1e-12)


def test_the_drawn_fits_are_least_squares_and_scatter_as_the_variance_says() -> None:
    ((_, found),) = computed("bias-variance", [{"degree": 5}])
    x, y = np.array(found["seen"]).T
    fit = legendre.Legendre.fit(x, y, 5, domain=[0, 1])(NEW)
    assert np.allclose(found["fits"][0], fit)
    drawn = np.var(found["fits"], axis=0, ddof=1).mean()
    assert drawn == pytest.approx(found["errors"][5]["variance"], rel=0.5)
