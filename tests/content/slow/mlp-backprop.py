"""A network by loops: slow, and right."""

import numpy as np


def initialize(rng, d, hidden, k):
    W2 = rng.standard_normal((hidden, k)) * (2 / hidden) ** 0.5
    return {
        "W1": rng.standard_normal((d, hidden)) * (2 / d) ** 0.5,
        "b1": np.zeros(hidden),
        "W2": W2,
        "b2": np.zeros(k),
    }


def forward(params, X):
    z = np.array([[sum(x * params["W1"][:, j]) + b for j, b in enumerate(params["b1"])] for x in X])
    h = np.where(z > 0, z, 0)
    return np.array([[sum(r * params["W2"][:, j]) + b for j, b in enumerate(params["b2"])] for r in h]), (X, z)


def loss_and_gradient(logits, y):
    loss, grad = 0, []
    for row, c in zip(logits, y, strict=True):
        e = np.exp(row - max(row))
        loss += np.log(e.sum()) + max(row) - row[c]
        grad.append((e / e.sum() - (np.arange(len(row)) == c)) / len(y))
    return loss / len(y), np.array(grad)


def backward(params, cache, grad):
    X, z = cache
    out = {"X": np.zeros(X.shape)} | {name: np.zeros(params[name].shape) for name in params}
    for i, g in enumerate(grad):
        d = params["W2"] @ g * (z[i] > 0)
        out["W1"] += np.outer(X[i], d)
        out["b1"] += d
        out["W2"] += np.outer(np.maximum(z[i], 0), g)
        out["b2"] += g
        out["X"][i] = params["W1"] @ d
    return out


def numeric_gradient(function, at, step=1e-5):
    flat, out = np.ravel(at).astype(float), []
    for i in range(len(flat)):
        e = np.zeros(len(flat))
        e[i] = step
        out.append((function((flat + e).reshape(at.shape)) - function((flat - e).reshape(at.shape))) / 2 / step)
    return np.array(out).reshape(at.shape)


def train(params, X, y, learning_rate=0.1, steps=100):
    params, losses = dict(params), []
    for _ in range(steps):
        logits, cache = forward(params, X)
        loss, grad = loss_and_gradient(logits, y)
        losses.append(loss)
        for name, g in backward(params, cache, grad).items():
            if name != "X":
                params[name] = params[name] - learning_rate * g
    return params, losses
