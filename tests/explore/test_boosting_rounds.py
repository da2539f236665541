"""Boosted stumps, against scikit-learn's gradient boosting with trees of depth one."""

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingRegressor

from tests.explore.cores import computed, grid

GRID = np.arange(0.005, 1, 0.01)


def test_fits_and_errors_of_every_round_are_those_of_scikit_learn() -> None:
    for asked, found in computed("boosting-rounds", grid(rounds=(1, 20, 150), rate=(0.05, 0.5, 1), noise=(0.1, 0.3))):
        x, y = np.array(found["train"]["x"])[:, None], np.array(found["train"]["y"])
        new_x, new_y = np.array(found["fresh"]["x"])[:, None], np.array(found["fresh"]["y"])
        rounds = int(asked["rounds"])
        model = GradientBoostingRegressor(
            n_estimators=rounds, learning_rate=asked["rate"], max_depth=1, random_state=0
        ).fit(x, y)
        assert found["fit"] == pytest.approx(model.predict(GRID[:, None]), abs=1e-6)
        trained = [np.mean((y - each) ** 2) for each in model.staged_predict(x)]
        validated = [np.mean((new_y - each) ** 2) for each in model.staged_predict(new_x)]
        assert found["trained"][1 : rounds + 1] == pytest.approx(trained, abs=1e-6)
        assert found["validated"][1 : rounds + 1] == pytest.approx(validated, abs=1e-6)


def test_what_is_best_is_the_least_of_the_validated() -> None:
    ((_, found),) = computed("boosting-rounds", [{"rate": 1}])
    assert found["best"] == int(np.argmin(found["validated"]))
