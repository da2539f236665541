"""Causal self-attention with a key-value cache, and greedy generation
with it, in NumPy."""

import numpy as np


class Cache:
    """The keys and values of one layer for the tokens so far. Public:
    length, the number of those tokens."""

    def __init__(self, heads: int, capacity: int, width: int) -> None:
        """Make room for `capacity` tokens, of `width` numbers for each
        head. O(heads * capacity * width)."""
        self.length = 0
        self._keys = np.empty((heads, capacity, width))
        self._values = np.empty((heads, capacity, width))

    def append(
        self, keys: np.ndarray, values: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Add those of t more tokens, (heads, t, width), and return
        those of all so far, (heads, length, width). Raises ValueError,
        and adds nothing, when they do not fit. O(heads * t * width)."""
        start, more = self.length, keys.shape[1]
        end = start + more
        if end > self._keys.shape[1]:
            raise ValueError(f"no room for {more} more after {start}")
        self._keys[:, start:end] = keys
        self._values[:, start:end] = values
        self.length = end
        return self._keys[:, :end], self._values[:, :end]


def _attend(Q: np.ndarray, K: np.ndarray, V: np.ndarray) -> np.ndarray:
    """Return the mixed values (heads, t, width) for queries at the last
    t of m positions. O(heads * tm * width)."""
    t, m = Q.shape[1], K.shape[1]
    scores = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[2])
    visible = np.arange(m) <= np.arange(m - t, m)[:, None]
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
    (t, v). Weights: E (v, d), P (c, d), and Q, K, V, O (d, d). With a
    cache the tokens follow those that it holds, and are added to it.
    O(td(d + m + v))."""
    t = len(tokens)
    start = 0 if cache is None else cache.length
    x = weights["E"][tokens] + weights["P"][start : start + t]
    width = x.shape[1] // heads
    # (t, d) to (t, heads, width) to (heads, t, width): a reshape alone
    # would mix tokens and heads.
    Q, K, V = (
        (x @ weights[name]).reshape(t, heads, width).swapaxes(0, 1)
        for name in "QKV"
    )
    if cache is not None:
        K, V = cache.append(K, V)
    mixed = _attend(Q, K, V).swapaxes(0, 1).reshape(x.shape)
    return (x + mixed @ weights["O"]) @ weights["E"].T


def generate(
    prompt: np.ndarray,
    steps: int,
    weights: dict[str, np.ndarray],
    heads: int,
) -> list[int]:
    """Return the tokens that follow the prompt when the likeliest is
    taken `steps` times. One call of logits for the prompt, and one for
    each further token with that token alone. O(steps * d(d + m + v))
    after the prompt."""
    width = weights["E"].shape[1] // heads
    cache = Cache(heads, len(prompt) + steps, width)
    chosen: list[int] = []
    fed = prompt
    for _ in range(steps):
        last = logits(fed, weights, heads, cache)[-1]
        chosen.append(int(last.argmax()))
        fed = np.array(chosen[-1:])
    return chosen
