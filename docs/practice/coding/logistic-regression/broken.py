"""Binary logistic regression with four planted bugs. It runs, it even
learns a little; find what is wrong."""

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z)) elementwise, without overflow at
    either end."""
    return 1.0 / (1.0 + np.exp(-z))


def log_loss(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    l2: float = 0.0,
) -> float:
    """Return the mean log loss plus l2/2 * |w|^2; X (n, d), y (n,) of 0
    and 1, w (d,)."""
    p = sigmoid(X @ w + b)
    log_p = y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9)
    return float(-np.mean(log_p) + 0.5 * l2 * w @ w)


def gradients(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Return the gradients of log_loss with respect to w, shape (d,),
    and b."""
    p = sigmoid(X @ w + b)
    error = (p - y) * p * (1 - p)
    return X.T @ error / len(y) + l2 * w, float(error.mean())


def fit(
    X: np.ndarray,
    y: np.ndarray,
    learning_rate: float = 0.5,
    steps: int = 2000,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Return the weights (d,) and the intercept after `steps` of
    full-batch gradient descent."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        grad_w, grad_b = gradients(X, y, w, b, l2)
        w = w - learning_rate * grad_w
        b = b - learning_rate * (grad_b + l2 * b)
    return w, b


def predict(
    X: np.ndarray, w: np.ndarray, b: float, threshold: float = 0.5
) -> np.ndarray:
    """Return the class of each row, shape (n,) of 0 and 1: 1 where the
    probability reaches the threshold."""
    return (sigmoid(X @ w + b) >= threshold).astype(int)
