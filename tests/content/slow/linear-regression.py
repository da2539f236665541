"""Linear regression by loops: slow, and right."""

import numpy as np


def least_squares(X, y):
    mean = sum(row.astype(float) for row in X) / len(X)
    w = np.linalg.pinv(np.array([row - mean for row in X])) @ (y - y.mean())
    return w, float(y.mean() - mean @ w)


def ridge(X, y, l2):
    mean = sum(row.astype(float) for row in X) / len(X)
    d = X.shape[1]
    A, c = np.eye(d) * l2 * len(X), np.zeros(d)
    for x, label in zip(X, y, strict=True):
        A += np.outer(x - mean, x - mean)
        c += (x - mean) * (label - y.mean())
    w = np.linalg.inv(A) @ c
    return w, float(y.mean() - mean @ w)


def loss(X, y, w, b, l2=0.0):
    errors = [float(x @ w + b - label) for x, label in zip(X, y, strict=True)]
    return sum(e * e for e in errors) / (2 * len(y)) + l2 / 2 * sum(float(v) ** 2 for v in w)


def gradients(X, y, w, b, l2=0.0):
    gw, gb = l2 * w, 0.0
    for x, label in zip(X, y, strict=True):
        e = float(x @ w + b - label)
        gw, gb = gw + e * x / len(y), gb + e / len(y)
    return gw, gb


def gradient_descent(X, y, learning_rate=0.1, steps=1000, l2=0.0):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        gw, gb = gradients(X, y, w, b, l2)
        w, b = w - learning_rate * gw, b - learning_rate * gb
    return w, b


def largest_step(X, l2=0.0):
    H = sum(np.outer(np.r_[1.0, x], np.r_[1.0, x]) for x in X) / len(X)
    for j in range(1, len(H)):
        H[j, j] += l2
    return float(2 / np.linalg.norm(H, 2))
