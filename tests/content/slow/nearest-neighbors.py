"""Nearest neighbors by loops: slow, and right."""

import numpy as np


def squared_distances(queries, X):
    out = np.zeros((len(queries), len(X)))
    for i, q in enumerate(queries):
        for j, x in enumerate(X):
            out[i, j] = sum((float(a) - float(b)) ** 2 for a, b in zip(q, x, strict=True))
    return out


def nearest(queries, X, k):
    rows = [sorted(range(len(X)), key=lambda j, r=r: (r[j], j))[:k] for r in squared_distances(queries, X)]
    return np.array(rows, dtype=int).reshape(len(queries), min(k, len(X)))


def vote_weights(queries, X, index):
    out = np.zeros(index.shape)
    for i, row in enumerate(index):
        d = [float(np.linalg.norm(X[j].astype(float) - queries[i])) for j in row]
        out[i] = [float(z == 0) for z in d] if min(d) == 0 else [1 / z for z in d]
    return out


def weights_of(queries, X, index, weighted):
    return vote_weights(queries, X, index) if weighted else np.ones(index.shape)


def classify(queries, X, y, k=5, weighted=False):
    index, out = nearest(queries, X, k), []
    for row, own in zip(index, weights_of(queries, X, index, weighted), strict=True):
        votes = dict.fromkeys(sorted(set(y[row].tolist())), 0.0)
        for j, w in zip(row, own, strict=True):
            votes[y[j].item()] += w
        out.append(max(votes, key=votes.get))
    return np.array(out)


def regress(queries, X, y, k=5, weighted=False):
    index = nearest(queries, X, k)
    weights = weights_of(queries, X, index, weighted)
    return np.array([np.average(y[row], weights=own) for row, own in zip(index, weights, strict=True)])
