"""A network of two layers with ReLU: forward, backward by hand, a
numeric check of the gradient, and training."""

from collections.abc import Callable

import numpy as np

Arrays = dict[str, np.ndarray]
Cache = tuple[np.ndarray, np.ndarray]


def initialize(
    rng: np.random.Generator, d: int, hidden: int, k: int
) -> Arrays:
    """Return W1 (d, hidden), b1 (hidden,), W2 (hidden, k), b2 (k,):
    biases 0, weights normal with variance 2 / inputs.
    O(hidden * (d + k))."""
    return {
        "W1": rng.normal(scale=np.sqrt(2 / d), size=(d, hidden)),
        "b1": np.zeros(hidden),
        "W2": rng.normal(scale=np.sqrt(2 / hidden), size=(hidden, k)),
        "b2": np.zeros(k),
    }


def forward(params: Arrays, X: np.ndarray) -> tuple[np.ndarray, Cache]:
    """Return the logits (n, k) of the rows of X (n, d), and what
    backward needs. O(n * hidden * (d + k))."""
    hidden = np.maximum(X @ params["W1"] + params["b1"], 0.0)
    return hidden @ params["W2"] + params["b2"], (X, hidden)


def loss_and_gradient(
    logits: np.ndarray, y: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the mean cross-entropy of logits (n, k) and classes y
    (n,), and its gradient (n, k). O(nk)."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    gradient = np.exp(log_p)
    gradient[rows, y] -= 1.0
    # The mean is taken here once, and nowhere after.
    return float(-log_p[rows, y].mean()), gradient / len(y)


def backward(params: Arrays, cache: Cache, grad: np.ndarray) -> Arrays:
    """Return the gradients with respect to W1, b1, W2, b2 and X, given
    that of the logits (n, k). O(n * hidden * (d + k))."""
    X, hidden = cache
    grad_hidden = (grad @ params["W2"].T) * (hidden > 0)
    return {
        "W1": X.T @ grad_hidden,
        "b1": grad_hidden.sum(axis=0),
        "W2": hidden.T @ grad,
        "b2": grad.sum(axis=0),
        "X": grad_hidden @ params["W1"].T,
    }


def numeric_gradient(
    function: Callable[[np.ndarray], float],
    at: np.ndarray,
    step: float = 1e-5,
) -> np.ndarray:
    """Return the gradient of a function by central differences, in the
    shape of `at`. Two calls for each entry."""
    x = np.array(at, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + step
        above = function(x)
        x[index] = kept - step
        gradient[index] = (above - function(x)) / (2 * step)
        x[index] = kept
    return gradient


def train(
    params: Arrays,
    X: np.ndarray,
    y: np.ndarray,
    learning_rate: float = 0.1,
    steps: int = 100,
) -> tuple[Arrays, list[float]]:
    """Return the parameters after full-batch gradient descent, and the
    loss before each step. `steps` passes."""
    losses = []
    for _ in range(steps):
        logits, cache = forward(params, X)
        loss, grad = loss_and_gradient(logits, y)
        losses.append(loss)
        grads = backward(params, cache, grad)
        params = {
            name: values - learning_rate * grads[name]
            for name, values in params.items()
        }
    return params, losses
