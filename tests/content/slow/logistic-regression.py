"""Logistic regression by loops: slow, and right."""

import math

import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


def log_loss(X, y, w, b, l2=0.0):
    t = 0.0
    for x, label in zip(X, y, strict=True):
        z = float(x @ w) + b
        t += max(z, 0) + math.log1p(math.exp(-abs(z))) - label * z
    return t / len(y) + l2 / 2 * float(np.sum(w**2))


def gradients(X, y, w, b, l2=0.0):
    gw, gb = np.zeros(len(w)), 0.0
    for x, label in zip(X, y, strict=True):
        e = float(sigmoid(np.array([x @ w + b]))[0]) - label
        gw += e * x
        gb += e
    return gw / len(y) + l2 * w, gb / len(y)


def fit(X, y, learning_rate=0.5, steps=2000, l2=0.0):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        e = sigmoid(X @ w + b) - y
        gw, gb = (e[:, None] * X).mean(0) + l2 * w, e.mean()
        w, b = w - learning_rate * gw, b - learning_rate * gb
    return w, b


def predict(X, w, b, threshold=0.5):
    return np.where(sigmoid(X @ w + b) >= threshold, 1, 0)
