"""Softmax and cross-entropy with four planted bugs. On one small
example it looks right; find what is wrong."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the probabilities of each row of logits, shape (n, k) in
    and out."""
    shifted = logits - logits.max()
    weights = np.exp(shifted)
    return weights / weights.sum(axis=1, keepdims=True)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Return the log-probabilities of each row of logits, shape (n, k)
    in and out."""
    return np.log(softmax(logits))


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean of -log p(label) over the rows; logits (n, k),
    labels (n,) of class indices."""
    return float(-log_softmax(logits)[:, labels].mean())


def cross_entropy_gradient(
    logits: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    """Return the gradient of cross_entropy with respect to the logits,
    shape (n, k)."""
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1.0
    return gradient
