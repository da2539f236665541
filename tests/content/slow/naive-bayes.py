"""Naive Bayes by loops: slow, and right."""

import math

import numpy as np


def fit(X, y, alpha=1.0):
    if not alpha > 0:
        raise ValueError
    classes, prior, words = sorted(set(y.tolist())), [], []
    for label in classes:
        counts, rows = [float(alpha)] * X.shape[1], 0
        for row, own in zip(X, y, strict=True):
            if own == label:
                rows += 1
                counts = [a + float(b) for a, b in zip(counts, row, strict=True)]
        prior.append(math.log(rows / len(y)))
        words.append([math.log(c / sum(counts)) for c in counts])
    return np.array(classes), np.array(prior), np.array(words)


def log_joint(X, model):
    out = np.zeros((len(X), len(model[0])))
    for i, row in enumerate(X):
        for j, words in enumerate(model[2]):
            out[i, j] = model[1][j] + sum(float(a) * b for a, b in zip(row, words, strict=True))
    return out


def log_posterior(X, model):
    out = log_joint(X, model)
    for i, row in enumerate(out):
        out[i] = row - max(row) - math.log(sum(math.exp(a - max(row)) for a in row))
    return out


def predict(X, model):
    return np.array([model[0][row.argmax()] for row in log_joint(X, model)])
