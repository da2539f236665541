"""Masked attention with four planted bugs. The shapes are right and the
loss goes down; find what is wrong."""

import numpy as np


def causal_mask(n: int, m: int) -> np.ndarray:
    """Return which of m keys each of n queries may see, shape (n, m) of
    bool: those up to its own position."""
    return np.tril(np.ones((n, m), dtype=bool))


def padding_mask(lengths: np.ndarray, m: int) -> np.ndarray:
    """Return which of m keys are real in each sequence, shape (b, 1, m)
    of bool, for lengths (b,)."""
    return np.arange(m) <= lengths[:, None, None]


def attention(
    Q: np.ndarray,
    K: np.ndarray,
    V: np.ndarray,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the outputs (..., n, v) and the weights (..., n, m); the
    mask is True where a query may look."""
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-2])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = np.where(mask, weights, 0.0)
    return weights @ V, weights
