"""Activations one number at a time: slow, and right."""

import math

import numpy as np


def each(f):
    return lambda x, *more: np.array([f(float(z), *more) for z in np.ravel(x)], dtype=float).reshape(np.shape(x))


def s(z):
    return 1 / (1 + math.exp(-z)) if z > -30 else math.exp(z) / (1 + math.exp(z))


def bend(z):
    return math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)


def lean(z):
    return 0.5 * (1 + math.tanh(bend(z))) + 0.5 * z * (1 - math.tanh(bend(z)) ** 2) * math.sqrt(2 / math.pi) * (
        1 + 0.134145 * z * z
    )


relu = each(lambda z: max(z, 0.0))
relu_gradient = each(lambda z: float(z > 0))
leaky_relu = each(lambda z, slope=0.01: z if z > 0 else slope * z)
leaky_relu_gradient = each(lambda z, slope=0.01: 1.0 if z > 0 else slope)
sigmoid = softplus_gradient = each(s)
sigmoid_gradient = each(lambda z: s(z) * s(-z))
tanh_gradient = each(lambda z: 4 * s(2 * z) * s(-2 * z))
softplus = each(lambda z: max(z, 0) + math.log1p(math.exp(-abs(z))))
gelu = each(lambda z: 0.5 * z * (1 + math.tanh(bend(z))))
gelu_gradient = each(lean)
