"""Ten drills by loops: slow, and right."""

import math

import numpy as np


def one_hot(labels, classes):
    out = np.zeros((len(labels), classes))
    for i, label in enumerate(labels):
        out[i, label] = 1
    return out


def distances(A, B):
    rows = [[math.dist(a, b) for b in B.astype(float).tolist()] for a in A.astype(float).tolist()]
    return np.array(rows).reshape(len(A), len(B))


def masked_mean(x, mask):
    out = np.zeros((x.shape[0], x.shape[2]))
    for i, seen in enumerate(mask):
        if seen.any():
            out[i] = x[i][seen].mean(axis=0)
    return out


def bilinear(Q, W, K):
    return np.array([q @ W @ k.T for q, k in zip(Q, K, strict=True)])


def sliding(x, size, step=1):
    stride = x.strides[0]
    count = len(range(0, len(x) - size + 1, step))
    return np.lib.stride_tricks.as_strided(x, (count, size), (stride * step, stride), writeable=False)


def top_k(x, k):
    return np.array([sorted(range(len(row)), key=lambda i, row=row: (-plain(row[i]), i))[:k] for row in x])


def plain(z):
    return z.item()


def running_mean(x, size):
    return np.array([x[max(0, i - size + 1) : i + 1].mean() for i in range(len(x))])


def group_sums(values, groups, count):
    out = np.zeros((count, values.shape[1]))
    for row, group in zip(values, groups, strict=True):
        out[group] += row
    return out


def last_tokens(x, lengths):
    return np.array([tokens[length - 1] for tokens, length in zip(x, lengths, strict=True)])


def ranks(x):
    return np.array(
        [sum((other < z) or (other == z and j < i) for j, other in enumerate(x)) for i, z in enumerate(x)], int
    )
