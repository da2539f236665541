"""Multi-head attention by loops: slow, and right."""

import numpy as np


def split_heads(x, heads):
    return np.stack(np.split(x, heads, axis=-1), axis=1)


def merge_heads(x):
    return np.array([np.concatenate(list(one), axis=-1) for one in x])


def masked_softmax(scores, mask=None):
    mask = np.broadcast_to(True if mask is None else mask, scores.shape)
    out = np.zeros(scores.shape)
    for ix in np.ndindex(*scores.shape[:-1]):
        if mask[ix].any():
            seen = scores[ix][mask[ix]]
            e = np.exp(seen - seen.max())
            out[ix][mask[ix]] = e / e.sum()
    return out


def multi_head_attention(x, context, parameters, heads, mask=None):
    Q = split_heads(x @ parameters["query"], heads)
    K, V = (split_heads(context @ parameters[name], heads) for name in ("key", "value"))
    b, n, m = len(x), x.shape[1], context.shape[1]
    mask = np.broadcast_to(True if mask is None else mask, (b, n, m))
    out, weights = np.zeros((b, n, parameters["output"].shape[1])), np.zeros((b, heads, n, m))
    for i in range(b):
        for h in range(heads):
            weights[i, h] = masked_softmax(Q[i, h] @ K[i, h].T / Q.shape[-1] ** 0.5, mask[i])
        out[i] = np.concatenate([weights[i, h] @ V[i, h] for h in range(heads)], axis=1) @ parameters["output"]
    return out, weights
