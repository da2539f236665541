"""Folds, batches and clipping by loops: slow, and right."""

import math

import numpy as np


def deal(rows, k):
    if k < 2 or k > len(rows):
        raise ValueError
    hands = [[] for _ in range(k)]
    for i, row in enumerate(rows):
        hands[i % k].append(row)
    return [(np.array([r for r in rows if r not in hand]), np.array(hand)) for hand in hands]


def k_fold(n, k, rng):
    rows = list(range(n))
    rng.shuffle(rows)
    return deal(rows, k)


def stratified_k_fold(y, k, rng):
    rows = list(range(len(y)))
    rng.shuffle(rows)
    return deal(sorted(rows, key=lambda r: y[r]), k)


def cross_validate(X, y, folds, fit, score):
    found = []
    for train, test in folds:
        found.append(score(fit(X[train], y[train]), X[test], y[test]))
    return np.array(found)


def batches(n, size, rng, drop_last=False):
    rows = list(range(n))
    rng.shuffle(rows)
    while rows:
        batch, rows = rows[:size], rows[size:]
        if not drop_last or len(batch) == size:
            yield np.array(batch)


def clip_gradients(grads, max_norm):
    norm = math.sqrt(sum(float(v) ** 2 for g in grads for v in g.ravel()))
    if not math.isfinite(norm):
        raise ValueError
    return [g * (max_norm / norm) if norm > max_norm else g for g in grads], norm
