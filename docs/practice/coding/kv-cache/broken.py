"""A key-value cache with four planted bugs. One token at a time it even
looks like it remembers; find what is wrong."""

import numpy as np


class Cache:
    """The keys and values of one layer for the tokens so far. Public:
    length, the number of those tokens."""

    def __init__(self, heads: int, capacity: int, width: int) -> None:
        """Make room for `capacity` tokens, of `width` numbers for
        each head."""
        self.length = 0
        self._keys = np.zeros((heads, capacity, width))
        self._values = np.zeros((heads, capacity, width))

    def append(
        self, keys: np.ndarray, values: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Add those of t more tokens, (heads, t, width), and return
        those of all so far, (heads, length, width)."""
        start, more = self.length, keys.shape[1]
        end = start + more
        if end > self._keys.shape[1]:
            raise ValueError(f"no room for {more} more after {start}")
        self._keys[:, start:end] = keys
        self._values[:, start:end] = values
        self.length = end
        return self._keys, self._values


def _attend(Q: np.ndarray, K: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return the mixed values (heads, t, width) for queries at the last
    t of m positions."""
    t, m = Q.shape[1], K.shape[1]
    scores = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[2])
    if t == m:
        visible = np.tril(np.ones((t, m), dtype=bool))
        scores = np.where(visible, scores, -np.inf)
    shares = np.exp(scores - scores.max(axis=2, keepdims=True))
    return shares / shares.sum(axis=2, keepdims=True) @ V


def logits(
    tokens: np.ndarray,
    weights: dict[str, np.ndarray],
    heads: int,
    cache: Cache | None = None,
) -> np.ndarray:
    """Return the logits of the next token after each of t tokens,
    (t, v)."""
    x = weights["E"][tokens] + weights["P"][: len(tokens)]
    Q, K, V = (
        (x @ weights[name]).reshape(heads, len(tokens), -1)
        for name in "QKV"
    )
    if cache is not None:
        K, V = cache.append(K, V)
    mixed = _attend(Q, K, V).reshape(x.shape)
    return (x + mixed @ weights["O"]) @ weights["E"].T


def generate(
    prompt: np.ndarray,
    steps: int,
    weights: dict[str, np.ndarray],
    heads: int,
) -> list[int]:
    """Return the tokens that follow the prompt when the likeliest is
    taken `steps` times."""
    width = weights["E"].shape[1] // heads
    cache = Cache(heads, len(prompt) + steps, width)
    chosen: list[int] = []
    fed = prompt
    for _ in range(steps):
        last = logits(fed, weights, heads, cache)[-1]
        chosen.append(int(last.argmax()))
        fed = np.array(chosen[-1:])
    return chosen
