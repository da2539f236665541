"""k-means step by step, against scikit-learn from the same start."""

import warnings

import numpy as np
import pytest
from sklearn.cluster import KMeans

from tests.explore.cores import computed, grid


def test_every_step_is_that_of_scikit_learn() -> None:
    for asked, found in computed("k-means-steps", grid(start=("random", "plus"), seed=(1, 3, 7), k=(2, 5, 7))):
        points, start = np.array(found["points"]), np.array(found["centers"][0])
        for step in (1, 3, 15):
            model = KMeans(int(asked["k"]), init=start, n_init=1, max_iter=step, tol=0, algorithm="lloyd")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it has not come to rest after so few steps
                model.fit(points)
            assert np.allclose(found["centers"][step], model.cluster_centers_)
            assert found["inertias"][step] == pytest.approx(model.inertia_)
            assert found["labels"][step] == model.labels_.tolist()


def test_the_best_of_fifty_runs_is_what_scikit_learn_finds() -> None:
    for asked, found in computed("k-means-steps", grid(k=(2, 3, 4, 5))):
        model = KMeans(int(asked["k"]), n_init=50, tol=0, random_state=0).fit(np.array(found["points"]))
        assert found["best"] == pytest.approx(model.inertia_, rel=1e-6)


def test_the_sum_of_squares_never_rises() -> None:
    for _, found in computed("k-means-steps", grid(start=("random", "plus", "corner"), seed=range(1, 21), k=(3, 8))):
        assert np.all(np.diff(found["inertias"]) <= 1e-9)
