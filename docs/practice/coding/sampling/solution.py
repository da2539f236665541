"""Sampling tokens from logits in NumPy: temperature, top-k, top-p."""

import numpy as np


def _softmax(logits: np.ndarray) -> np.ndarray:
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def _best_first(logits: np.ndarray) -> np.ndarray:
    # A stable sort of the negated logits puts the lower index first
    # where two are equal.
    return np.argsort(-logits, axis=1, kind="stable")


def top_k(logits: np.ndarray, k: int) -> np.ndarray:
    """Return the logits with all but the k largest of each row at -inf,
    shape (n, v) in and out; of equal ones the lower index stays.
    O(nv log v)."""
    best = _best_first(logits)[:, :k]
    kept = np.full(logits.shape, -np.inf)
    largest = np.take_along_axis(logits, best, axis=1)
    np.put_along_axis(kept, best, largest, axis=1)
    return kept


def top_p(logits: np.ndarray, p: float) -> np.ndarray:
    """Return the logits with all but the nucleus of each row at -inf,
    shape (n, v) in and out: the fewest most probable tokens whose
    probabilities add up to p or more. O(nv log v)."""
    order = _best_first(logits)
    ordered = np.take_along_axis(_softmax(logits), order, axis=1)
    # A token belongs to it as long as those before it do not reach p;
    # so the first always does.
    before = ordered.cumsum(axis=1) - ordered
    inside = np.empty(logits.shape, dtype=bool)
    np.put_along_axis(inside, order, before < p, axis=1)
    return np.where(inside, logits, -np.inf)


def probabilities(
    logits: np.ndarray,
    temperature: float = 1.0,
    k: int | None = None,
    p: float | None = None,
) -> np.ndarray:
    """Return the probabilities (n, v) from which a token is drawn:
    temperature, then top-k, then top-p. A temperature of 0 gives the
    largest logit everything. O(nv log v)."""
    if temperature == 0:
        return np.eye(logits.shape[1])[logits.argmax(axis=1)]
    kept = logits / temperature
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
    from its probabilities. O(nv log v)."""
    cumulative = probabilities(logits, temperature, k, p).cumsum(axis=1)
    # Rounding may leave the last sum just below 1; the draw is to stay
    # below it.
    draws = rng.random((len(logits), 1)) * cumulative[:, -1:]
    return (cumulative <= draws).sum(axis=1)
