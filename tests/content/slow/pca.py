"""PCA with loops around the decomposition: slow, and right."""

import numpy as np


def fit(X, k):
    n, d = X.shape
    if n < 2 or k < 1 or k > min(n, d):
        raise ValueError
    mean = np.zeros(d)
    for row in X:
        mean += row / n
    centered = np.array([row - mean for row in X])
    _, s, vt = np.linalg.svd(centered, full_matrices=False)
    parts = np.array([v if max(v, key=abs) > 0 else -v for v in vt[:k]])
    var = s**2 / (n - 1)
    return mean, parts, var[:k], var[:k] / var.sum() if var.any() else np.zeros(k)


def transform(X, model):
    return np.array([[(row - model[0]) @ part for part in model[1]] for row in X])


def reconstruct(Z, model):
    return np.array([model[0] + sum(z * part for z, part in zip(row, model[1], strict=True)) for row in Z])
