"""A transformer block by loops: slow, and right."""

import math

import numpy as np


def layer_norm(x, gain, shift, eps=1e-5):
    rows = []
    for v in x.reshape(-1, x.shape[-1]):
        rows.append((v - v.mean()) / math.sqrt(v.var() + eps) * gain + shift)
    return np.array(rows).reshape(x.shape)


def gelu(x):
    flat = [0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))) for z in x.ravel().tolist()]
    return np.array(flat).reshape(x.shape)


def causal_attention(x, p, heads):
    out = np.zeros(x.shape)
    width = x.shape[-1] // heads
    for s, tokens in enumerate(x):
        q, k, v = (tokens @ p[name] for name in ("query", "key", "value"))
        for i in range(len(tokens)):
            merged = np.zeros(x.shape[-1])
            for h in range(heads):
                cut = slice(h * width, (h + 1) * width)
                score = k[: i + 1, cut] @ q[i, cut] / math.sqrt(width)
                e = np.exp(score - score.max())
                merged[cut] = e @ v[: i + 1, cut] / e.sum()
            out[s, i] = merged @ p["output"]
    return out


def feed_forward(x, p):
    rows = [gelu(t @ p["up"] + p["up_bias"]) @ p["down"] + p["down_bias"] for t in x.reshape(-1, x.shape[-1])]
    return np.array(rows).reshape(x.shape)


def block(x, p, heads):
    middle = causal_attention(layer_norm(x, p["gain_1"], p["shift_1"]), p, heads) + x
    return feed_forward(layer_norm(middle, p["gain_2"], p["shift_2"]), p) + middle


def decoder(x, blocks, gain, shift, heads):
    for p in blocks:
        x = block(x, p, heads)
    return layer_norm(x, gain, shift)
