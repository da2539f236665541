"""Two weights under L1, L2 and both, against scikit-learn."""

import numpy as np
import pytest
from sklearn.linear_model import ElasticNet, Lasso, Ridge

from tests.explore.cores import computed, grid

TARGET = np.array([1.6, 0.6])


def fitted(way: str, strength: float, rho: float) -> np.ndarray:
    """Fit on a design whose second moments are exactly ones and the correlation."""
    root = np.linalg.cholesky([[1, rho], [rho, 1]])
    x = np.sqrt(4) * np.vstack([root.T, np.zeros((2, 2))])
    y = x @ TARGET
    settings = {"fit_intercept": False, "tol": 1e-14, "max_iter": 100_000}
    model = {
        "l1": Lasso(alpha=strength, **settings),
        "both": ElasticNet(alpha=strength, l1_ratio=0.5, **settings),
        "l2": Ridge(alpha=4 * strength, fit_intercept=False),
    }[way]
    return np.asarray(model.fit(x, y).coef_)


def test_weights_are_those_of_scikit_learn() -> None:
    values = grid(way=("l1", "l2", "both"), rho=(-0.8, 0, 0.5), **{"lambda": (0.1, 0.4, 1, 2)})
    for asked, found in computed("penalty-path", values):
        wanted = fitted(str(asked["way"]), float(asked["lambda"]), float(asked["rho"]))
        assert found["weights"] == pytest.approx(wanted, abs=1e-6)


def test_ridge_alone_never_reaches_zero() -> None:
    for asked, found in computed("penalty-path", grid(way=("l1", "l2", "both"), rho=(0,))):
        assert (found["zeros"] == [None, None]) == (asked["way"] == "l2")


@pytest.mark.parametrize("rho", [-0.5, 0, 0.5])
def test_the_strength_that_ends_a_weight_is_that_of_the_optimality_condition(rho: float) -> None:
    # With the first weight at w, both gradients are λ in size: ŵ₁ − w + ρ ŵ₂ = λ and ŵ₂ + ρ (ŵ₁ − w) = λ,
    # so λ (1 − ρ) = ŵ₂ (1 − ρ²).
    ((_, found),) = computed("penalty-path", grid(way=("l1",), rho=(rho,)))
    assert found["zeros"][1] == pytest.approx(TARGET[1] * (1 + rho))
