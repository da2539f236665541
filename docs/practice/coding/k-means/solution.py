"""k-means with k-means++ seeding, in NumPy."""

import numpy as np


def squared_distances(X: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """Return the squared distance of every point to every center; X
    (n, d), centers (k, d), result (n, k). O(nkd)."""
    cross = X @ centers.T
    squares = (
        (X**2).sum(axis=1)[:, None]
        - 2.0 * cross
        + (centers**2).sum(axis=1)[None, :]
    )
    # Rounding can leave a tiny negative number where a point is its own
    # center.
    return np.maximum(squares, 0.0)


def plus_plus_centers(
    X: np.ndarray, k: int, rng: np.random.Generator
) -> np.ndarray:
    """Return k starting centers (k, d), each drawn with probability
    proportional to the squared distance to the nearest one drawn before
    (Arthur and Vassilvitskii, 2007). O(nkd)."""
    chosen = [int(rng.integers(len(X)))]
    nearest = squared_distances(X, X[chosen]).ravel()
    for _ in range(1, k):
        total = nearest.sum()
        # Fewer distinct points than centers: every point is covered, so
        # any point will do.
        weights = nearest / total if total > 0 else None
        chosen.append(int(rng.choice(len(X), p=weights)))
        latest = squared_distances(X, X[chosen[-1:]]).ravel()
        nearest = np.minimum(nearest, latest)
    return X[chosen].astype(float)


def assign(X: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """Return the index of the nearest center of every point, shape
    (n,); ties go to the lower index. O(nkd)."""
    return squared_distances(X, centers).argmin(axis=1)


def update(
    X: np.ndarray, labels: np.ndarray, centers: np.ndarray
) -> np.ndarray:
    """Return the mean of each cluster (k, d); a cluster without points
    gets the point farthest from its center, and no two get the same
    point. O(nd + nk + n log n)."""
    moved = centers.astype(float).copy()
    farthest = ((X - centers[labels]) ** 2).sum(axis=1).argsort()[::-1]
    empty = 0
    for cluster in range(len(centers)):
        members = X[labels == cluster]
        if len(members):
            moved[cluster] = members.mean(axis=0)
        else:
            moved[cluster] = X[farthest[empty]]
            empty += 1
    return moved


def inertia(
    X: np.ndarray, labels: np.ndarray, centers: np.ndarray
) -> float:
    """Return the sum of squared distances of the points to the centers
    of their clusters. O(nd)."""
    return float(((X - centers[labels]) ** 2).sum())


def k_means(
    X: np.ndarray, k: int, seed: int = 0, max_steps: int = 100
) -> tuple[np.ndarray, np.ndarray]:
    """Return the centers (k, d) and the labels (n,) where Lloyd's
    algorithm settles. O(steps * nkd)."""
    centers = plus_plus_centers(X, k, np.random.default_rng(seed))
    labels = assign(X, centers)
    for _ in range(max_steps):
        centers = update(X, labels, centers)
        settled = assign(X, centers)
        if np.array_equal(settled, labels):
            break
        labels = settled
    return centers, labels
