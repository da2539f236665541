"""Softmax, log-softmax and cross-entropy that survive large logits."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the probabilities of each row of logits, shape (n, k) in
    and out. O(nk)."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    weights = np.exp(shifted)
    return weights / weights.sum(axis=1, keepdims=True)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Return the log-probabilities of each row of logits, shape (n, k)
    in and out. O(nk)."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean of -log p(label) over the rows; logits (n, k),
    labels (n,) of class indices. O(nk)."""
    rows = np.arange(len(labels))
    return float(-log_softmax(logits)[rows, labels].mean())


def cross_entropy_gradient(
    logits: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    """Return the gradient of cross_entropy with respect to the logits,
    shape (n, k). O(nk)."""
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1.0
    return gradient / len(labels)
