"""Attention by loops: slow, and right."""

import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m)), k=m - n).astype(bool)


def padding_mask(lengths, m):
    return np.stack([np.arange(m)[None] < length for length in lengths])


def attention(Q, K, V, mask=None):
    lead = Q.shape[:-2]
    n, m = Q.shape[-2], K.shape[-2]
    mask = np.broadcast_to(True if mask is None else mask, (*lead, n, m))
    out, wts = np.zeros((*lead, n, V.shape[-1])), np.zeros((*lead, n, m))
    for ix in np.ndindex(*lead):
        for i in range(n):
            s = K[ix] @ Q[ix][i] / Q.shape[-1] ** 0.5
            ok = mask[ix][i]
            if ok.any():
                e = np.where(ok, np.exp(np.minimum(s - s[ok].max(), 0)), 0)
                wts[ix][i] = e / e.sum()
                out[ix][i] = wts[ix][i] @ V[ix]
    return out, wts
