"""Positions for attention in NumPy: sinusoids that are added, and
rotations of queries and keys."""

import numpy as np


def frequencies(d: int, base: float = 10_000.0) -> np.ndarray:
    """Return the angle per position of each pair of columns,
    base^(-2i/d), shape (d / 2,). O(d)."""
    if d % 2:
        raise ValueError(f"a width of {d} cannot be cut into pairs")
    return base ** (-np.arange(0, d, 2) / d)


def sinusoids(n: int, d: int, base: float = 10_000.0) -> np.ndarray:
    """Return the encodings of positions 0 to n - 1, shape (n, d): sine
    and cosine of each angle in turn. O(nd)."""
    angles = np.arange(n)[:, None] * frequencies(d, base)
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(n, d)


def rotate(
    x: np.ndarray, positions: np.ndarray, base: float = 10_000.0
) -> np.ndarray:
    """Return x (..., n, d) with columns 2i and 2i + 1 of each token
    turned by its position times frequency i; positions broadcast to
    (..., n). O(size of x)."""
    angles = positions[..., None] * frequencies(x.shape[-1], base)
    cos, sin = np.cos(angles), np.sin(angles)
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = [even * cos - odd * sin, even * sin + odd * cos]
    return np.stack(turned, axis=-1).reshape(x.shape)


def rotary_scores(
    Q: np.ndarray,
    K: np.ndarray,
    query_positions: np.ndarray,
    key_positions: np.ndarray,
    base: float = 10_000.0,
) -> np.ndarray:
    """Return the scaled scores (..., n, m) of rotated queries Q
    (..., n, d) and keys K (..., m, d). O(nmd)."""
    queries = rotate(Q, query_positions, base)
    keys = rotate(K, key_positions, base)
    return queries @ np.swapaxes(keys, -1, -2) / np.sqrt(Q.shape[-1])
