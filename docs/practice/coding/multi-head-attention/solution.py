"""Multi-head attention in NumPy: split, attend, merge."""

import numpy as np


def split_heads(x: np.ndarray, heads: int) -> np.ndarray:
    """Return the width of x (b, n, d) cut into heads, shape
    (b, heads, n, d / heads): the first head gets the first columns.
    O(1) for a view."""
    b, n, d = x.shape
    # A width that is not a multiple of heads does not fit, and reshape
    # says so with a ValueError.
    return x.reshape(b, n, heads, d // heads).transpose(0, 2, 1, 3)


def merge_heads(x: np.ndarray) -> np.ndarray:
    """Return the heads of x (b, heads, n, w) side by side, shape
    (b, n, heads * w): the inverse of split_heads. O(size of x)."""
    b, heads, n, width = x.shape
    return x.transpose(0, 2, 1, 3).reshape(b, n, heads * width)


def masked_softmax(
    scores: np.ndarray, mask: np.ndarray | None = None
) -> np.ndarray:
    """Return the softmax along the last axis over the scores where the
    mask is True; elsewhere, and in rows without any True, the weights
    are 0. O(size of scores)."""
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    # The maximum starts from the lowest float, so that a row of -inf is
    # not subtracted from itself.
    lowest = np.finfo(float).min
    largest = scores.max(axis=-1, keepdims=True, initial=lowest)
    weights = np.exp(scores - largest)
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.maximum(total, 1.0)


def multi_head_attention(
    x: np.ndarray,
    context: np.ndarray,
    parameters: dict[str, np.ndarray],
    heads: int,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the outputs (b, n, e) and the weights (b, heads, n, m) of
    queries from x (b, n, d) that look at context (b, m, c). Parameters:
    query (d, hw), key (c, hw), value (c, hv), output (hv, e). The mask
    is True where a query may look, is broadcast to (b, n, m), and holds
    for every head. O(b (n + m) d^2 + b n m d) for widths near d."""
    Q = split_heads(x @ parameters["query"], heads)
    K = split_heads(context @ parameters["key"], heads)
    V = split_heads(context @ parameters["value"], heads)
    scores = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        # An axis for the heads; without it the batch axis of the mask
        # would meet the heads of the scores.
        mask = mask[..., None, :, :]
    weights = masked_softmax(scores, mask)
    return merge_heads(weights @ V) @ parameters["output"], weights
