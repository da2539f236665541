"""What surrounds every training loop: folds, stratified folds,
cross-validation, mini-batches, gradient clipping."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Fold = tuple[np.ndarray, np.ndarray]


def k_fold(n: int, k: int, rng: np.random.Generator) -> list[Fold]:
    """Return k pairs of training and test indices; every row is tested
    once, at random. O(nk)."""
    return _dealt(rng.permutation(n), k)


def stratified_k_fold(
    y: np.ndarray, k: int, rng: np.random.Generator
) -> list[Fold]:
    """Return k pairs as k_fold does, with each class spread evenly over
    the folds; y (n,). O(n log n + nk)."""
    order = rng.permutation(len(y))
    # The stable sort keeps the rows of a class in random order.
    return _dealt(order[y[order].argsort(kind="stable")], k)


def _dealt(order: np.ndarray, k: int) -> list[Fold]:
    """Deal the rows out like cards: then sizes, and runs of equal rows,
    differ by at most one between folds."""
    if not 2 <= k <= len(order):
        raise ValueError(
            "k is at least 2 and at most the number of rows"
        )
    fold = np.arange(len(order)) % k
    return [(order[fold != i], order[fold == i]) for i in range(k)]


def cross_validate(
    X: np.ndarray,
    y: np.ndarray,
    folds: list[Fold],
    fit: Callable[[np.ndarray, np.ndarray], Any],
    score: Callable[[Any, np.ndarray, np.ndarray], float],
) -> np.ndarray:
    """Return the score of each fold on its test rows, by a model fitted
    to its training rows alone; shape (k,)."""
    scores = [
        score(fit(X[train], y[train]), X[test], y[test])
        for train, test in folds
    ]
    return np.array(scores)


def batches(
    n: int, size: int, rng: np.random.Generator, drop_last: bool = False
) -> Iterator[np.ndarray]:
    """Yield the indices of one epoch in a new random order, `size` at a
    time. O(n)."""
    order = rng.permutation(n)
    for start in range(0, n, size):
        batch = order[start : start + size]
        if len(batch) == size or not drop_last:
            yield batch


def clip_gradients(
    grads: list[np.ndarray], max_norm: float
) -> tuple[list[np.ndarray], float]:
    """Return the gradients, scaled by one factor so that their joint
    norm is at most max_norm, and the norm before. O(entries)."""
    # In double precision: squares of half floats overflow above 255.
    squares = [(grad.astype(float) ** 2).sum() for grad in grads]
    norm = float(np.sqrt(sum(squares)))
    if not np.isfinite(norm):
        raise ValueError("the gradients are not finite")
    scale = max_norm / norm if norm > max_norm else 1.0
    return [grad * scale for grad in grads], norm
