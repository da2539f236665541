"""Ten short drills on whole arrays, in NumPy."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    """Return a row for each label (n,) with 1 in the label's column and
    0 elsewhere, shape (n, classes). O(nc)."""
    return (labels[:, None] == np.arange(classes)).astype(float)


def distances(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return the Euclidean distance of every row of A (n, d) to every
    row of B (m, d), shape (n, m). O(nmd)."""
    A, B = A.astype(float), B.astype(float)
    of_A, of_B = (A**2).sum(axis=1), (B**2).sum(axis=1)
    squares = of_A[:, None] - 2.0 * A @ B.T + of_B
    # Rounding can leave a tiny negative number, and its root is nan.
    return np.sqrt(np.maximum(squares, 0.0))


def masked_mean(x: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the mean of the tokens of x (b, n, d) where the mask
    (b, n) is True, shape (b, d); 0 where none is. O(bnd)."""
    # Not `x * mask`: 0 times nan is nan.
    kept = np.where(mask[:, :, None], x, 0.0)
    return kept.sum(axis=1) / np.maximum(mask.sum(axis=1), 1)[:, None]


def bilinear(Q: np.ndarray, W: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Return q W k for every query and key of a sequence, shape
    (b, n, m); Q (b, n, d), W (d, e), K (b, m, e).
    O(b n d e + b n m e)."""
    return np.einsum("bne,bme->bnm", np.einsum("bnd,de->bne", Q, W), K)


def sliding(x: np.ndarray, size: int, step: int = 1) -> np.ndarray:
    """Return the stretches of `size` numbers of x (n,), one at every
    step-th place, as a view. O(1)."""
    return sliding_window_view(x, size)[::step]


def top_k(x: np.ndarray, k: int) -> np.ndarray:
    """Return the indices of the k largest numbers in each row of x
    (n, c), largest first, shape (n, k); of equal ones the first comes
    first. O(n c log c)."""
    # Not `(-x).argsort`: the negative of an unsigned number wraps
    # around. A stable sort of the turned row, turned back, has equal
    # numbers in their order.
    last = x.shape[1] - 1
    turned = x[:, ::-1].argsort(axis=1, kind="stable")[:, ::-1]
    return last - turned[:, :k]


def running_mean(x: np.ndarray, size: int) -> np.ndarray:
    """Return the mean of the latest `size` numbers up to each place of
    x (n,), of fewer at the beginning. O(n)."""
    sums = np.concatenate([[0.0], np.cumsum(x, dtype=float)])
    stop = np.arange(1, len(x) + 1)
    start = np.maximum(stop - size, 0)
    return (sums[stop] - sums[start]) / (stop - start)


def group_sums(
    values: np.ndarray, groups: np.ndarray, count: int
) -> np.ndarray:
    """Return the sum of the rows of values (n, d) in each of `count`
    groups, shape (count, d). O(nd + count * d)."""
    sums = np.zeros((count, values.shape[1]))
    # Not `sums[groups] += values`, which adds one row to each group and
    # forgets the others.
    np.add.at(sums, groups, values)
    return sums


def last_tokens(x: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the last real token of each sequence of x (b, n, d), shape
    (b, d), for lengths (b,) of at least 1. O(bd)."""
    return x[np.arange(len(x)), lengths - 1]


def ranks(x: np.ndarray) -> np.ndarray:
    """Return the place of each number of x (n,) in ascending order,
    from 0; equal ones in their order. O(n log n)."""
    found = np.empty(len(x), dtype=int)
    found[x.argsort(kind="stable")] = np.arange(len(x))
    return found
