"""k-nearest neighbors for classes and numbers, in NumPy."""

import numpy as np


def squared_distances(queries: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the squared distance of every query to every row; queries
    (m, d), X (n, d), result (m, n). O(mnd)."""
    # Bytes, such as those of images, would wrap around when squared.
    queries, X = queries.astype(float), X.astype(float)
    cross = queries @ X.T
    squares = (
        (queries**2).sum(axis=1)[:, None]
        - 2.0 * cross
        + (X**2).sum(axis=1)
    )
    return np.maximum(squares, 0.0)


def nearest(queries: np.ndarray, X: np.ndarray, k: int) -> np.ndarray:
    """Return the indices of the k nearest rows of each query, nearest
    first, shape (m, min(k, n)). Equally near rows come in the order of
    X. O(mnd + mn log n)."""
    squares = squared_distances(queries, X)
    return squares.argsort(axis=1, kind="stable")[:, :k]


def vote_weights(
    queries: np.ndarray, X: np.ndarray, index: np.ndarray
) -> np.ndarray:
    """Return 1 / distance for each neighbor in index (m, k), shape
    (m, k). If neighbors equal their query, they get a weight of 1 and
    the others 0. O(mkd)."""
    # From differences, for these k alone: then a row that equals the
    # query is at a distance of exactly 0.
    gaps = X[index].astype(float) - queries[:, None]
    distances = np.sqrt((gaps**2).sum(axis=2))
    weights = (distances == 0).astype(float)
    apart = ~weights.any(axis=1)
    weights[apart] = 1.0 / distances[apart]
    return weights


def classify(
    queries: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    k: int = 5,
    weighted: bool = False,
) -> np.ndarray:
    """Return the class with the most votes for each query, shape (m,);
    a tie goes to the class that sorts first. O(mnd + mn log n)."""
    index = nearest(queries, X, k)
    weights = np.ones(index.shape)
    if weighted:
        weights = vote_weights(queries, X, index)
    classes, codes = np.unique(y, return_inverse=True)
    votes = np.zeros((len(queries), len(classes)))
    # Not `votes[...] += weights`, which counts a class once however
    # many neighbors have it.
    rows = np.arange(len(queries))[:, None]
    np.add.at(votes, (rows, codes[index]), weights)
    return classes[votes.argmax(axis=1)]


def regress(
    queries: np.ndarray,
    X: np.ndarray,
    y: np.ndarray,
    k: int = 5,
    weighted: bool = False,
) -> np.ndarray:
    """Return the mean, or the weighted mean, of the neighbors' numbers
    for each query, shape (m,). O(mnd + mn log n)."""
    index = nearest(queries, X, k)
    weights = np.ones(index.shape)
    if weighted:
        weights = vote_weights(queries, X, index)
    return (weights * y[index]).sum(axis=1) / weights.sum(axis=1)
