"""Scaled dot-product attention with masks, in NumPy."""

import numpy as np


def causal_mask(n: int, m: int) -> np.ndarray:
    """Return which of m keys each of n queries may see, shape (n, m) of
    bool: those up to its own position. The queries are the last n of
    the m positions. O(nm)."""
    positions = np.arange(m)
    return positions[None, :] <= positions[m - n :, None]


def padding_mask(lengths: np.ndarray, m: int) -> np.ndarray:
    """Return which of m keys are real in each sequence, shape (b, 1, m)
    of bool, for lengths (b,). O(bm)."""
    return np.arange(m) < lengths[:, None, None]


def attention(
    Q: np.ndarray,
    K: np.ndarray,
    V: np.ndarray,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the outputs (..., n, v) and the weights (..., n, m); Q
    (..., n, d), K (..., m, d), V (..., m, v). The mask is broadcast to
    the weights and True where a query may look; one that may look
    nowhere gets zeros. O(nm(d + v))."""
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    # The maximum starts from the lowest float, so that a row of -inf is
    # not subtracted from itself.
    lowest = np.finfo(float).min
    largest = scores.max(axis=-1, keepdims=True, initial=lowest)
    weights = np.exp(scores - largest)
    total = weights.sum(axis=-1, keepdims=True)
    # The largest weight is 1 before the division, so a sum below 1
    # belongs to a row in which nothing may be seen.
    weights = weights / np.maximum(total, 1.0)
    return weights @ V, weights
