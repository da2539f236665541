"""A small GPT whose output layer is trained, in NumPy.

Part 1: five bugs are planted in GPT, shift and train. Part 2: write
Cache and use it. Part 3: write Classifier."""

import numpy as np


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _norm(x: np.ndarray) -> np.ndarray:
    centered = x - x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return centered / np.sqrt(variance + 1e-5)


class Cache:
    """The keys and values of every layer for the tokens so far. Public:
    length, the number of those tokens."""

    def __init__(self) -> None:
        raise NotImplementedError("part 2")


class GPT:
    """A causal transformer with random, frozen layers below a `head`
    that is trained."""

    def __init__(
        self,
        vocabulary: int,
        width: int,
        heads: int,
        context: int,
        layers: int = 2,
        seed: int = 0,
    ) -> None:
        rng = np.random.default_rng(seed)

        def weights(rows: int, columns: int) -> np.ndarray:
            return rng.normal(size=(rows, columns)) / np.sqrt(rows)

        self.heads = heads
        self.tokens = rng.normal(size=(vocabulary, width))
        self.positions = rng.normal(size=(context, width))
        shapes = {
            "query": (width, width),
            "key": (width, width),
            "value": (width, width),
            "output": (width, width),
            "up": (width, 4 * width),
            "down": (4 * width, width),
        }
        self.layers = [
            {name: weights(*shape) for name, shape in shapes.items()}
            for _ in range(layers)
        ]
        self.head = np.zeros((width, width))
        self.gradient = np.zeros_like(self.head)

    def _attention(self, x: np.ndarray, layer: int) -> np.ndarray:
        b, t, d = x.shape
        heads, w = self.heads, d // self.heads
        p = self.layers[layer]
        query, key, value = (
            (x @ p[name]).reshape(b, t, heads, w).swapaxes(1, 2)
            for name in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(2, 3) / np.sqrt(query.shape[3])
        scores = scores * np.tri(t)
        mixed = np.exp(_log_softmax(scores)) @ value
        return mixed.swapaxes(1, 2).reshape(b, t, d) @ p["output"]

    def hidden(
        self, ids: np.ndarray, cache: Cache | None = None
    ) -> np.ndarray:
        """Return what the head reads (b, t, d) for tokens (b, t), which
        follow those in the cache."""
        if cache is not None:
            raise NotImplementedError("part 2")
        end, room = ids.shape[1], len(self.positions)
        if end > room:
            raise ValueError(f"{end} tokens, room for {room}")
        x = self.tokens[ids] + self.positions[: len(ids)]
        for layer, p in enumerate(self.layers):
            x = x + self._attention(_norm(x), layer)
            x = x + np.maximum(_norm(x) @ p["up"], 0.0) @ p["down"]
        return _norm(x)

    def logits(
        self, ids: np.ndarray, cache: Cache | None = None
    ) -> np.ndarray:
        """Return the logits (b, t, v) of the token after each."""
        return self.hidden(ids, cache) @ self.head

    def backward(
        self, hidden: np.ndarray, targets: np.ndarray
    ) -> float:
        """Return the mean cross-entropy of targets (b, t), and add its
        gradient for the head to `gradient`."""
        flat = hidden.reshape(targets.size, hidden.shape[2])
        log_shares = _log_softmax(flat @ self.head)
        wanted = np.eye(self.head.shape[1])[targets.ravel()]
        excess = np.exp(log_shares) - wanted
        self.gradient += flat.T @ excess / len(flat)
        return float(-log_shares[wanted == 1.0].mean())


def shift(ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and targets (b, n - 1) of sequences (b, n): the
    target of a token is the one after it."""
    return ids[:, :-1], ids[:, :-1]


def train(
    model: GPT, ids: np.ndarray, steps: int, rate: float
) -> list[float]:
    """Fit the head to sequences (b, n) by gradient descent; return the
    loss before each step."""
    inputs, targets = shift(ids)
    # What lies below the head is frozen, so once is enough.
    hidden = model.hidden(inputs)
    losses = []
    for _ in range(steps):
        losses.append(model.backward(hidden, targets))
        model.head -= rate * model.gradient
    return losses


def generate(model: GPT, ids: np.ndarray, steps: int) -> np.ndarray:
    """Return the sequences (b, n) with the likeliest next token
    appended `steps` times."""
    for _ in range(steps):
        # Part 2: with a cache, feed each token once.
        likeliest = model.logits(ids)[:, -1:].argmax(axis=-1)
        ids = np.concatenate([ids, likeliest], axis=1)
    return ids


class Classifier:
    """A linear layer on the mean of what a model knows of each text.
    Public: weights (d, classes), zeros at first."""

    def __init__(self, model: GPT, classes: int) -> None:
        raise NotImplementedError("part 3")

    def logits(
        self, ids: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """Return logits (b, classes) of texts (b, n), of which the
        first `lengths` tokens are real."""
        raise NotImplementedError("part 3")

    def step(
        self,
        ids: np.ndarray,
        lengths: np.ndarray,
        labels: np.ndarray,
        rate: float,
    ) -> float:
        """Return the mean cross-entropy of labels (b,), and take one
        step of gradient descent on it."""
        raise NotImplementedError("part 3")
