"""A training loop with all that belongs to one: batches, warm-up,
clipping, validation, early stopping, in NumPy."""

import math

import numpy as np

Arrays = dict[str, np.ndarray]


def loss_and_gradients(
    params: Arrays, X: np.ndarray, y: np.ndarray
) -> tuple[float, Arrays]:
    """Return the mean squared error of X w + b, for X (n, d), y (n,), w
    (d,) and b (1,), and its gradients. O(nd)."""
    errors = X @ params["w"] + params["b"] - y
    slopes = 2.0 * errors / len(y)
    loss = float((errors**2).mean())
    return loss, {"w": X.T @ slopes, "b": slopes.sum(keepdims=True)}


def clip(grads: Arrays, max_norm: float) -> tuple[Arrays, float]:
    """Return the gradients, all shortened by one factor where their
    joint norm exceeds max_norm, and that norm before. O(entries)."""
    squares = [float((grad**2).sum()) for grad in grads.values()]
    norm = math.sqrt(sum(squares))
    # PyTorch's small number, so that a norm of 0 does not divide.
    factor = min(1.0, max_norm / (norm + 1e-6))
    return {name: grad * factor for name, grad in grads.items()}, norm


def learning_rate(
    step: int, total: int, peak: float, warmup: int
) -> float:
    """Return the rate of a step counted from 0: in `warmup` steps up to
    the peak, then half a cosine down. O(1)."""
    if step < warmup:
        return peak * (step + 1) / warmup
    angle = math.pi * (step - warmup) / (total - warmup)
    return peak * 0.5 * (1.0 + math.cos(angle))


def train(
    train_set: tuple[np.ndarray, np.ndarray],
    val_set: tuple[np.ndarray, np.ndarray],
    order: np.ndarray,
    batch_size: int = 32,
    peak: float = 0.1,
    warmup: int = 10,
    max_norm: float = 1.0,
    patience: int = 2,
) -> tuple[Arrays, list[tuple[float, float]]]:
    """Return the parameters with the lowest validation loss after any
    epoch, and for each epoch the mean loss of the rows as they were
    trained on and the validation loss. `order` (epochs, n) says in
    which order an epoch visits the rows. O(epochs * nd)."""
    (X, y), history = train_set, []
    params = {"w": np.zeros(X.shape[1]), "b": np.zeros(1)}
    best, lowest, waited, step = params, math.inf, 0, 0
    total = len(order) * math.ceil(len(y) / batch_size)
    for epoch in order:
        seen = 0.0
        for start in range(0, len(y), batch_size):
            rows = epoch[start : start + batch_size]
            loss, grads = loss_and_gradients(params, X[rows], y[rows])
            grads, _ = clip(grads, max_norm)
            rate = learning_rate(step, total, peak, warmup)
            # New arrays, so `best` keeps what it holds. An update in
            # place would need a copy there.
            params = {
                name: values - rate * grads[name]
                for name, values in params.items()
            }
            # The last batch may be short, so a loss counts as often as
            # it has rows.
            seen += loss * len(rows)
            step += 1
        validation, _ = loss_and_gradients(params, *val_set)
        history.append((seen / len(y), validation))
        if validation < lowest:
            best, lowest, waited = params, validation, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best, history
