"""A causal transformer block with pre-norm, and a stack of them,
in NumPy."""

import numpy as np


def layer_norm(
    x: np.ndarray,
    gain: np.ndarray,
    shift: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    """Return x (..., d) with each vector brought to mean 0 and variance
    1, times gain (d,), plus shift (d,). O(size of x)."""
    centered = x - x.mean(axis=-1, keepdims=True)
    variance = (centered**2).mean(axis=-1, keepdims=True)
    return gain * centered / np.sqrt(variance + eps) + shift


def gelu(x: np.ndarray) -> np.ndarray:
    """Return the GELU of each number, by its approximation with tanh.
    O(size of x)."""
    inner = np.sqrt(2.0 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1.0 + np.tanh(inner))


def causal_attention(
    x: np.ndarray, p: dict[str, np.ndarray], heads: int
) -> np.ndarray:
    """Return the self-attention (b, n, d) of x (b, n, d) in which a
    token sees itself and earlier ones; p holds query, key, value and
    output (d, d). O(b n d^2 + b n^2 d)."""
    b, n, d = x.shape
    width = d // heads
    Q, K, V = (
        (x @ p[name]).reshape(b, n, heads, width).transpose(0, 2, 1, 3)
        for name in ("query", "key", "value")
    )
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(width)
    scores = np.where(np.tri(n, dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    mixed = (weights @ V).transpose(0, 2, 1, 3).reshape(b, n, d)
    return mixed @ p["output"]


def feed_forward(x: np.ndarray, p: dict[str, np.ndarray]) -> np.ndarray:
    """Return the same small network applied to every token; p holds up
    (d, f), up_bias (f,), down (f, d) and down_bias (d,). O(b n d f)."""
    return gelu(x @ p["up"] + p["up_bias"]) @ p["down"] + p["down_bias"]


def block(
    x: np.ndarray, p: dict[str, np.ndarray], heads: int
) -> np.ndarray:
    """Return x (b, n, d) after attention and after the feed-forward
    network, each added to what it read; both read through a norm of
    their own, gain_1 and shift_1, gain_2 and shift_2.
    O(b n d^2 + b n d f + b n^2 d)."""
    read = layer_norm(x, p["gain_1"], p["shift_1"])
    # Not `x +=`, which would write into the caller's array.
    x = x + causal_attention(read, p, heads)
    read = layer_norm(x, p["gain_2"], p["shift_2"])
    return x + feed_forward(read, p)


def decoder(
    x: np.ndarray,
    blocks: list[dict[str, np.ndarray]],
    gain: np.ndarray,
    shift: np.ndarray,
    heads: int,
) -> np.ndarray:
    """Return x (b, n, d) after every block in turn and one last norm.
    O(blocks * cost of one)."""
    for p in blocks:
        x = block(x, p, heads)
    return layer_norm(x, gain, shift)
