"""Sampling with four planted bugs. It generates fluent text most of the
time; find what is wrong."""

import numpy as np


def _softmax(logits: np.ndarray) -> np.ndarray:
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def top_k(logits: np.ndarray, k: int) -> np.ndarray:
    """Return the logits with all but the k largest of each row at -inf,
    shape (n, v) in and out."""
    largest = np.sort(logits, axis=1)[:, -k:]
    smallest = largest.min(axis=1, keepdims=True)
    return np.where(logits >= smallest, logits, -np.inf)


def top_p(logits: np.ndarray, p: float) -> np.ndarray:
    """Return the logits with all but the nucleus of each row at -inf,
    shape (n, v) in and out."""
    ordered = np.sort(_softmax(logits), axis=1)[:, ::-1]
    inside = ordered.cumsum(axis=1) <= p
    return np.where(inside, logits, -np.inf)


def probabilities(
    logits: np.ndarray,
    temperature: float = 1.0,
    k: int | None = None,
    p: float | None = None,
) -> np.ndarray:
    """Return the probabilities (n, v) from which a token is drawn:
    temperature, then top-k, then top-p."""
    if temperature == 0:
        return np.eye(logits.shape[1])[logits.argmax(axis=1)]
    kept = logits * temperature
    if k is not None:
        kept = top_k(kept, k)
    if p is not None:
        kept = top_p(kept, p)
    return _softmax(kept)


def sample(
    logits: np.ndarray,
    rng: np.random.Generator,
    temperature: float = 1.0,
    k: int | None = None,
    p: float | None = None,
) -> np.ndarray:
    """Return one token for each row, shape (n,), drawn independently
    from its probabilities."""
    cumulative = probabilities(logits, temperature, k, p).cumsum(axis=1)
    draws = rng.random((len(logits), 1)) * cumulative[:, -1:]
    return (cumulative <= draws).sum(axis=1)
