"""Linear regression and ridge in NumPy: in closed form, and by
gradient descent."""

import numpy as np


def least_squares(
    X: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, float]:
    """Return the weights (d,) and the intercept with the least squared
    error; X (n, d), y (n,). Of several minimizers, the one with the
    shortest weights. O(nd * min(n, d))."""
    center, level = X.mean(axis=0), y.mean()
    # Not by the normal equations, which square the condition number.
    w = np.linalg.lstsq(X - center, y - level, rcond=None)[0]
    return w, float(level - center @ w)


def ridge(
    X: np.ndarray, y: np.ndarray, l2: float
) -> tuple[np.ndarray, float]:
    """Return the weights (d,) and the intercept that minimize `loss`
    with a positive l2. O(nd^2 + d^3)."""
    n, d = X.shape
    center = X.mean(axis=0)
    centered = X - center
    # The loss has 1/n before the squares, so the penalty enters the
    # normal equations n times. The mean of y drops out of the product,
    # because a centered column adds up to 0.
    penalty = n * l2 * np.eye(d)
    w = np.linalg.solve(centered.T @ centered + penalty, centered.T @ y)
    return w, float(y.mean() - center @ w)


def loss(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    l2: float = 0.0,
) -> float:
    """Return half the mean squared error plus l2/2 * |w|^2. O(nd)."""
    error = X @ w + b - y
    return float(0.5 * np.mean(error**2) + 0.5 * l2 * w @ w)


def gradients(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Return the gradients of `loss` with respect to w, shape (d,), and
    b. O(nd)."""
    error = X @ w + b - y
    return X.T @ error / len(y) + l2 * w, float(error.mean())


def gradient_descent(
    X: np.ndarray,
    y: np.ndarray,
    learning_rate: float = 0.1,
    steps: int = 1000,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Return the weights (d,) and the intercept after `steps` full
    steps from zero. O(steps * nd)."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        grad_w, grad_b = gradients(X, y, w, b, l2)
        w = w - learning_rate * grad_w
        b = b - learning_rate * grad_b
    return w, b


def largest_step(X: np.ndarray, l2: float = 0.0) -> float:
    """Return the learning rate above which gradient descent diverges: 2
    over the largest eigenvalue of the Hessian of `loss` in (b, w).
    O(nd^2 + d^3)."""
    design = np.column_stack([np.ones(len(X)), X])
    penalty = np.diag([0.0] + [l2] * X.shape[1])
    hessian = design.T @ design / len(X) + penalty
    return float(2.0 / np.linalg.eigvalsh(hessian)[-1])
