"""Activation functions and their derivatives, for arrays of any shape
and numbers of any size."""

import numpy as np

ROOT = np.sqrt(2.0 / np.pi)
CUBIC = 0.044715


def relu(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0) of each entry, in the shape of x. O(size)."""
    return np.maximum(x, 0.0)


def relu_gradient(x: np.ndarray) -> np.ndarray:
    """Return the derivative of relu: 1 above 0, else 0. O(size)."""
    return np.where(x > 0, 1.0, 0.0)


def leaky_relu(x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Return x above 0, and slope times x elsewhere. O(size)."""
    return np.where(x > 0, x, slope * x)


def leaky_relu_gradient(
    x: np.ndarray, slope: float = 0.01
) -> np.ndarray:
    """Return the derivative of leaky_relu: 1 or the slope. O(size)."""
    return np.where(x > 0, 1.0, slope)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), and never overflow. O(size)."""
    decay = np.exp(-np.abs(x))
    return np.where(x > 0, 1.0, decay) / (1.0 + decay)


def sigmoid_gradient(x: np.ndarray) -> np.ndarray:
    """Return the derivative of sigmoid. O(size)."""
    # Not s * (1 - s): above 37 the sigmoid is rounded to 1.
    return sigmoid(x) * sigmoid(-x)


def tanh_gradient(x: np.ndarray) -> np.ndarray:
    """Return the derivative of tanh. O(size)."""
    # tanh(x) is 2 sigmoid(2x) - 1, so its slope is 4 times that of the
    # sigmoid at 2x.
    return 4.0 * sigmoid_gradient(2.0 * x)


def softplus(x: np.ndarray) -> np.ndarray:
    """Return log(1 + exp(x)), the smooth form of relu. O(size)."""
    return np.logaddexp(0.0, x)


def softplus_gradient(x: np.ndarray) -> np.ndarray:
    """Return softplus's derivative, which is the sigmoid. O(size)."""
    return sigmoid(x)


def gelu(x: np.ndarray) -> np.ndarray:
    """Return x times the normal distribution function at x, in its tanh
    form. O(size)."""
    # The constant comes first, so that the cube is one of floats: that
    # of an integer of 32 bits wraps around.
    return 0.5 * x * (1.0 + np.tanh(ROOT * (x + CUBIC * x * x * x)))


def gelu_gradient(x: np.ndarray) -> np.ndarray:
    """Return the derivative of gelu in its tanh form. O(size)."""
    inner = ROOT * (x + CUBIC * x * x * x)
    inner_slope = ROOT * (1.0 + 3.0 * CUBIC * x * x)
    share = 0.5 * (1.0 + np.tanh(inner))
    return share + 0.5 * x * tanh_gradient(inner) * inner_slope
