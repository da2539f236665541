"""k-means by loops: slow, and right."""

import numpy as np


def squared_distances(X, centers):
    out = np.zeros((len(X), len(centers)))
    for i, x in enumerate(X):
        for j, c in enumerate(centers):
            out[i, j] = sum((a - b) ** 2 for a, b in zip(x, c, strict=True))
    return out


def plus_plus_centers(X, k, rng):
    X = np.asarray(X, dtype=float)
    idx = [rng.choice(len(X))]
    while len(idx) < k:
        d = np.array([min(((x - X[i]) ** 2).sum() for i in idx) for x in X])
        if d.sum() == 0:
            idx.append(rng.integers(0, len(X)))
        else:
            r = rng.random() * d.sum()
            idx.append(int(np.searchsorted(np.cumsum(d), r, side="right")))
    return X[idx]


def assign(X, centers):
    return np.array([int(np.argmin(row)) for row in squared_distances(X, centers)])


def update(X, labels, centers):
    new = np.array(centers, dtype=float)
    d = [((x - centers[label]) ** 2).sum() for x, label in zip(X, labels, strict=True)]
    far = sorted(range(len(X)), key=lambda i: -d[i])
    for c in range(len(centers)):
        pts = [x for x, label in zip(X, labels, strict=True) if label == c]
        new[c] = np.mean(pts, axis=0) if pts else X[far.pop(0)]
    return new


def inertia(X, labels, centers):
    return sum(float(((x - centers[label]) ** 2).sum()) for x, label in zip(X, labels, strict=True))


def k_means(X, k, seed=0, max_steps=100):
    rng = np.random.default_rng(seed)
    centers = plus_plus_centers(X, k, rng)
    labels = assign(X, centers)
    step = 0
    while step < max_steps:
        old = labels
        centers = update(X, labels, centers)
        labels = assign(X, centers)
        step += 1
        if (old == labels).all():
            break
    return centers, labels
