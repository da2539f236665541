"""LayerNorm and RMSNorm by loops: slow, and right."""

import numpy as np


def standardize(x, eps):
    out, factors = np.zeros(x.shape), np.zeros((*x.shape[:-1], 1))
    for ix in np.ndindex(*x.shape[:-1]):
        v = x[ix].astype(float)
        factors[ix] = (v.var() + eps) ** -0.5
        out[ix] = (v - v.mean()) * factors[ix]
    return out, factors


def layer_norm(x, gain, shift, eps=1e-5):
    return standardize(x, eps)[0] * gain + shift


def layer_norm_gradients(x, gain, upstream, eps=1e-5):
    normal, factor = standardize(x, eps)
    d = x.shape[-1]
    by_x, by_gain, by_shift = np.zeros(x.shape), np.zeros(d), np.zeros(d)
    for ix in np.ndindex(*x.shape[:-1]):
        n, g, s = normal[ix], upstream[ix] * gain, factor[ix]
        # The whole Jacobian of one vector.
        by_x[ix] = s * (np.eye(d) - 1 / d - np.outer(n, n) / d) @ g
        by_gain += upstream[ix] * n
        by_shift += upstream[ix]
    return by_x, by_gain, by_shift


def rms_norm(x, gain, eps=1e-6):
    out = np.zeros(x.shape)
    for ix in np.ndindex(*x.shape[:-1]):
        v = x[ix].astype(float)
        out[ix] = v * gain / (v @ v / len(v) + eps) ** 0.5
    return out
