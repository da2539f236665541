"""A convolution by loops over images, filters and positions: slow, and right."""

import numpy as np


def output_size(size, kernel, stride, padding):
    count = len(range(0, size + 2 * padding - kernel + 1, stride))
    if count < 1:
        raise ValueError("the kernel does not fit")
    return count


def patches(x, kh, kw, stride, padding):
    b, c, h, w = x.shape
    padded = np.zeros((b, c, h + 2 * padding, w + 2 * padding))
    padded[:, :, padding : padding + h, padding : padding + w] = x
    for i in range(output_size(h, kh, stride, padding)):
        for j in range(output_size(w, kw, stride, padding)):
            rows, columns = slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw)
            yield i, j, rows, columns, padded[:, :, rows, columns]


def windows(x, kh, kw, stride, padding):
    oh, ow = (output_size(s, k, stride, padding) for s, k in zip(x.shape[2:], (kh, kw), strict=True))
    out = np.zeros((*x.shape[:2], oh, ow, kh, kw))
    for i, j, _, _, patch in patches(x, kh, kw, stride, padding):
        out[:, :, i, j] = patch
    return out


def conv2d(x, weights, bias, stride=1, padding=0):
    kh, kw = weights.shape[2:]
    oh, ow = (output_size(s, k, stride, padding) for s, k in zip(x.shape[2:], (kh, kw), strict=True))
    out = np.zeros((len(x), len(weights), oh, ow))
    for i, j, _, _, patch in patches(x, kh, kw, stride, padding):
        for n, one in enumerate(patch):
            for f, kernel in enumerate(weights):
                out[n, f, i, j] = (one * kernel).sum() + bias[f]
    return out


def conv2d_gradients(x, weights, upstream, stride=1, padding=0):
    (b, c, h, w), (kh, kw) = x.shape, weights.shape[2:]
    gw, gb = np.zeros(weights.shape), np.zeros(len(weights))
    padded = np.zeros((b, c, h + 2 * padding, w + 2 * padding))
    for i, j, rows, columns, patch in patches(x, kh, kw, stride, padding):
        for n in range(b):
            for f in range(len(weights)):
                g = upstream[n, f, i, j]
                gb[f] += g
                gw[f] += g * patch[n]
                padded[n, :, rows, columns] += g * weights[f]
    return padded[:, :, padding : padding + h, padding : padding + w], gw, gb
