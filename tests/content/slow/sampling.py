"""Sampling by loops: slow, and right."""

import numpy as np


def sm(r):
    e = np.exp(r - r.max())
    return e / e.sum()


def top_k(logits, k):
    out = np.full(logits.shape, -np.inf)
    for i, r in enumerate(logits):
        for j in sorted(range(len(r)), key=lambda j: -r[j])[:k]:
            out[i, j] = r[j]
    return out


def top_p(logits, p):
    out = np.full(logits.shape, -np.inf)
    for i, r in enumerate(logits):
        q, t = sm(r), 0
        for j in sorted(range(len(r)), key=lambda j: -r[j]):
            out[i, j] = r[j]
            t += q[j]
            if t >= p:
                break
    return out


def probabilities(logits, temperature=1.0, k=None, p=None):
    if temperature == 0:
        return (np.arange(logits.shape[1]) == logits.argmax(1)[:, None]).astype(float)
    z = logits / temperature
    if k:
        z = top_k(z, k)
    if p:
        z = top_p(z, p)
    return np.array([sm(r) for r in z])


def sample(logits, rng, temperature=1.0, k=None, p=None):
    q = probabilities(logits, temperature, k, p)
    with np.errstate(divide="ignore"):
        return (np.log(q) + rng.gumbel(size=q.shape)).argmax(1)
