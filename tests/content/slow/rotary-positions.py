"""Sinusoidal and rotary positions by loops: slow, and right."""

import math

import numpy as np


def frequencies(d, base=10_000.0):
    if d % 2:
        raise ValueError("odd")
    return np.array([math.exp(-2 * i / d * math.log(base)) for i in range(d // 2)])


def sinusoids(n, d, base=10_000.0):
    out = np.zeros((n, d))
    for p in range(n):
        for i, f in enumerate(frequencies(d, base)):
            out[p, 2 * i], out[p, 2 * i + 1] = math.sin(p * f), math.cos(p * f)
    return out


def rotate(x, positions, base=10_000.0):
    out, where = np.zeros(x.shape), np.broadcast_to(positions, x.shape[:-1])
    for ix in np.ndindex(*x.shape[:-1]):
        for i, f in enumerate(frequencies(x.shape[-1], base)):
            c, s = math.cos(where[ix] * f), math.sin(where[ix] * f)
            out[ix][2 * i : 2 * i + 2] = np.array([[c, -s], [s, c]]) @ x[ix][2 * i : 2 * i + 2]
    return out


def rotary_scores(Q, K, query_positions, key_positions, base=10_000.0):
    q, k = rotate(Q, query_positions, base), rotate(K, key_positions, base)
    out = np.zeros((*Q.shape[:-1], K.shape[-2]))
    for ix in np.ndindex(*Q.shape[:-2]):
        out[ix] = q[ix] @ k[ix].T / math.sqrt(Q.shape[-1])
    return out
