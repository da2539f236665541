"""Metrics of a binary classifier: of its decisions (precision,
recall, F1) and of its ranking (AUC, AP)."""

import numpy as np


def confusion(
    y: np.ndarray, predicted: np.ndarray
) -> tuple[int, int, int, int]:
    """Return the true positives, false positives, false negatives and
    true negatives; y, predicted (n,). O(n)."""
    actual, flagged = y == 1, predicted == 1
    hits = int((actual & flagged).sum())
    alarms = int(flagged.sum()) - hits
    misses = int(actual.sum()) - hits
    return hits, alarms, misses, int((~actual & ~flagged).sum())


def precision_recall_f1(
    y: np.ndarray, predicted: np.ndarray
) -> tuple[float, float, float]:
    """Return precision, recall and F1, each 0 where its denominator is
    0; y, predicted (n,). O(n)."""
    hits, alarms, misses, _ = confusion(y, predicted)
    precision = hits / (hits + alarms) if hits + alarms else 0.0
    recall = hits / (hits + misses) if hits + misses else 0.0
    # From the counts, so that precision and recall of 0 need no case of
    # their own.
    errors = alarms + misses
    f1 = 2 * hits / (2 * hits + errors) if hits + errors else 0.0
    return precision, recall, f1


def average_ranks(scores: np.ndarray) -> np.ndarray:
    """Return the rank of each score, 1 for the lowest; equal scores
    share the mean of their ranks. O(n log n)."""
    _, group, sizes = np.unique(
        scores, return_inverse=True, return_counts=True
    )
    # A group of c equal scores takes the ranks last - c + 1 to last,
    # with the mean last - (c - 1) / 2.
    return (sizes.cumsum() - (sizes - 1) / 2)[group]


def roc_auc(y: np.ndarray, scores: np.ndarray) -> float:
    """Return the chance that a positive scores above a negative, a tie
    counted as one half; (n,) each. O(n log n)."""
    actual = y == 1
    positives, negatives = int(actual.sum()), int((~actual).sum())
    if positives == 0 or negatives == 0:
        raise ValueError("the AUC needs rows of both classes")
    ranks = average_ranks(scores)[actual]
    above = ranks.sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def average_precision(y: np.ndarray, scores: np.ndarray) -> float:
    """Return the sum of precision times the gain in recall over the
    distinct scores, from the top. O(n log n)."""
    actual = y == 1
    if not actual.any():
        raise ValueError("the average precision needs a positive row")
    _, group, sizes = np.unique(
        scores, return_inverse=True, return_counts=True
    )
    # Equal scores enter together: no threshold can part them.
    hits = np.bincount(group, weights=actual)[::-1]
    precision = hits.cumsum() / sizes[::-1].cumsum()
    return float((precision * hits).sum() / hits.sum())
