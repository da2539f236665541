"""LayerNorm with its gradients, and RMSNorm, in NumPy."""

import numpy as np


def standardize(
    x: np.ndarray, eps: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return x (..., d) with every vector at mean 0 and variance 1, and
    the factor (..., 1) that its deviations were multiplied by.
    O(size of x)."""
    # In 64 bits: the squares of 16-bit numbers above 255 are infinite.
    x = x.astype(float)
    centered = x - x.mean(axis=-1, keepdims=True)
    variance = (centered**2).mean(axis=-1, keepdims=True)
    factor = 1.0 / np.sqrt(variance + eps)
    return centered * factor, factor


def layer_norm(
    x: np.ndarray,
    gain: np.ndarray,
    shift: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    """Return x (..., d) standardized along its last axis, times gain
    (d,), plus shift (d,). O(size of x)."""
    return gain * standardize(x, eps)[0] + shift


def layer_norm_gradients(
    x: np.ndarray,
    gain: np.ndarray,
    upstream: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to x (..., d), gain
    (d,) and shift (d,), from its gradient upstream (..., d) with
    respect to the output. O(size of x)."""
    normalized, factor = standardize(x, eps)
    inner = gain * upstream
    # The output does not change when x is shifted or stretched, so
    # those two directions are taken out.
    shifted = inner.mean(axis=-1, keepdims=True)
    stretched = (inner * normalized).mean(axis=-1, keepdims=True)
    by_x = factor * (inner - shifted - normalized * stretched)
    vectors = tuple(range(x.ndim - 1))
    by_gain = (upstream * normalized).sum(axis=vectors)
    return by_x, by_gain, upstream.sum(axis=vectors)


def rms_norm(
    x: np.ndarray, gain: np.ndarray, eps: float = 1e-6
) -> np.ndarray:
    """Return x (..., d) divided by the root of each vector's mean
    square, times gain (d,). O(size of x)."""
    x = x.astype(float)
    return gain * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps)
