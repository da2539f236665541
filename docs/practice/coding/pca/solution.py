"""Principal component analysis by a singular value decomposition of the
centered data."""

from typing import NamedTuple

import numpy as np


class Model(NamedTuple):
    """What fit learns from n rows of d features: k components, and how
    much of the variance each explains."""

    mean: np.ndarray  # (d,)
    components: np.ndarray  # (k, d), rows of length 1 at right angles
    variances: np.ndarray  # (k,), over n - 1, largest first
    ratios: np.ndarray  # (k,), shares of the variance of all features


def fit(X: np.ndarray, k: int) -> Model:
    """Return the mean and the k components with the largest variance of
    X (n, d). O(nd * min(n, d))."""
    n, d = X.shape
    if n < 2 or not 1 <= k <= min(n, d):
        raise ValueError(
            "PCA needs two rows, and k from 1 to the smaller side of X"
        )
    mean = X.mean(axis=0)
    _, sizes, directions = np.linalg.svd(X - mean, full_matrices=False)
    # A component and its opposite serve equally well; a rule makes the
    # result one.
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    components = directions * signs[:, None]
    variances = sizes**2 / (n - 1)
    total = variances.sum()
    ratios = np.zeros(len(variances))
    if total > 0:
        ratios = variances / total
    return Model(mean, components[:k], variances[:k], ratios[:k])


def transform(X: np.ndarray, model: Model) -> np.ndarray:
    """Return the coordinates of each row along the components; X
    (m, d), result (m, k). O(mdk)."""
    return (X - model.mean) @ model.components.T


def reconstruct(Z: np.ndarray, model: Model) -> np.ndarray:
    """Return the rows that have the coordinates Z (m, k), shape (m, d).
    O(mdk)."""
    return Z @ model.components + model.mean
