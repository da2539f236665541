"""Binary logistic regression, fitted by gradient descent on the mean
log loss with an L2 penalty."""

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z)) elementwise, without overflow at either
    end. O(size of z)."""
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, decay) / (1.0 + decay)


def log_loss(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    l2: float = 0.0,
) -> float:
    """Return the mean log loss plus l2/2 * |w|^2; X (n, d), y (n,) of 0
    and 1, w (d,). O(nd)."""
    z = X @ w + b
    # log(1 + exp(z)) - y z is the log loss written in the logit, so
    # that no probability can round to 0.
    loss = np.mean(np.logaddexp(0.0, z) - y * z)
    return float(loss + 0.5 * l2 * w @ w)


def gradients(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Return the gradients of log_loss with respect to w, shape (d,),
    and b. O(nd)."""
    error = sigmoid(X @ w + b) - y
    return X.T @ error / len(y) + l2 * w, float(error.mean())


def fit(
    X: np.ndarray,
    y: np.ndarray,
    learning_rate: float = 0.5,
    steps: int = 2000,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Return the weights (d,) and the intercept after `steps` of
    full-batch gradient descent. O(steps * nd)."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        grad_w, grad_b = gradients(X, y, w, b, l2)
        w = w - learning_rate * grad_w
        b = b - learning_rate * grad_b
    return w, b


def predict(
    X: np.ndarray, w: np.ndarray, b: float, threshold: float = 0.5
) -> np.ndarray:
    """Return the class of each row, shape (n,) of 0 and 1: 1 where the
    probability reaches the threshold. O(nd)."""
    return (sigmoid(X @ w + b) >= threshold).astype(int)
