"""A two-dimensional convolution with stride and padding, and its
gradients, in NumPy."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def output_size(
    size: int, kernel: int, stride: int, padding: int
) -> int:
    """Return how many positions a kernel takes on an axis. O(1)."""
    padded = size + 2 * padding
    room = padded - kernel
    if room < 0:
        raise ValueError(f"a kernel of {kernel} does not fit {padded}")
    return room // stride + 1


def windows(
    x: np.ndarray, kh: int, kw: int, stride: int, padding: int
) -> np.ndarray:
    """Return the patch under every position of the kernel, shape
    (b, c, oh, ow, kh, kw), for images x (b, c, h, w). A view of the
    padded images: O(size of x)."""
    border = (padding, padding)
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), border, border))
    patches = sliding_window_view(padded, (kh, kw), axis=(2, 3))
    return patches[:, :, ::stride, ::stride]


def conv2d(
    x: np.ndarray,
    weights: np.ndarray,
    bias: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Return the responses (b, f, oh, ow) of f filters to images x
    (b, c, h, w); weights (f, c, kh, kw), bias (f,). The kernel is not
    flipped. O(b f c kh kw oh ow)."""
    patches = windows(x, *weights.shape[2:], stride, padding)
    responses = np.einsum(
        "bcijuv,fcuv->bfij", patches, weights, optimize=True
    )
    return responses + bias[:, None, None]


def conv2d_gradients(
    x: np.ndarray,
    weights: np.ndarray,
    upstream: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to x, weights and
    bias, each in the shape of its array, from the gradient upstream
    (b, f, oh, ow) with respect to the responses.
    O(b f c kh kw oh ow)."""
    b, c, h, w = x.shape
    kh, kw = weights.shape[2:]
    oh, ow = upstream.shape[2:]
    patches = windows(x, kh, kw, stride, padding)
    by_weights = np.einsum(
        "bcijuv,bfij->fcuv", patches, upstream, optimize=True
    )
    by_padded = np.zeros((b, c, h + 2 * padding, w + 2 * padding))
    # Patches overlap, so what comes back is added up, for one place of
    # the kernel after the other.
    for u in range(kh):
        rows = slice(u, u + stride * oh, stride)
        for v in range(kw):
            columns = slice(v, v + stride * ow, stride)
            here = weights[:, :, u, v]
            by_padded[:, :, rows, columns] += np.einsum(
                "bfij,fc->bcij", upstream, here, optimize=True
            )
    by_x = by_padded[:, :, padding : padding + h, padding : padding + w]
    return by_x, by_weights, upstream.sum(axis=(0, 2, 3))
