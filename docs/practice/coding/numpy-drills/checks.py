"""What ten drills on arrays get wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, told


def _numbers(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def _reference_top(row, k):
    return sorted(range(len(row)), key=lambda i: (-float(row[i]), i))[:k]


def _reference_sums(values, groups, count):
    sums = np.zeros((count, values.shape[1]))
    for row, group in zip(values, groups, strict=True):
        for j, value in enumerate(row):
            sums[group, j] += float(value)
    return sums


def check_one_hot_rows_are_wrong(candidate):
    """A row does not hold a single 1.0, in the column of its label."""
    for n, classes in ((1, 1), (5, 3), (4, 9), (0, 3)):
        labels = np.random.default_rng(n).integers(0, classes, size=n)
        expected = np.array([[float(c == label) for c in range(classes)] for label in labels]).reshape(n, classes)
        got = np.asarray(candidate.one_hot(labels, classes))
        expect(got, expected, labels=labels, classes=classes)
        assert got.dtype.kind == "f", told("numbers with a fraction, as gradients need them", f"{got.dtype}")


def check_one_hot_needs_a_square_of_the_classes(candidate):
    """A few labels of many classes need a matrix of classes by classes."""
    classes = 1500
    peak = peak_bytes(lambda: candidate.one_hot(np.array([3, 7]), classes))
    assert peak < classes * classes, told(
        "memory for two rows", f"{peak:,} bytes", labels=np.array([3, 7]), classes=classes
    )


def check_distances_are_wrong(candidate):
    """The distances are not Euclidean, are squared, or have another shape than rows by rows."""
    for n, m, d in ((3, 5, 2), (4, 4, 4), (1, 6, 1)):
        A, B = _numbers(n, d, seed=n), _numbers(m, d, seed=m)
        expected = [[math.sqrt(sum((a - b) ** 2 for a, b in zip(x, y, strict=True))) for y in B] for x in A]
        expect(candidate.distances(A, B), np.array(expected), tolerance=1e-7, A=A, B=B)
    A = np.array([[200, 0], [10, 90]], dtype=np.uint8)
    expected = np.array([[0.0, math.hypot(190, 90)], [math.hypot(190, 90), 0.0]])
    expect(candidate.distances(A, A), expected, tolerance=1e-5, A=A, B="the same bytes")


def check_some_distances_are_nan(candidate):
    """The distance of a row to itself is nan: rounding left a negative number under the root."""
    A = 1000.0 + _numbers(200, 3)
    with np.errstate(all="ignore"):
        got = candidate.distances(A, A)
    broken = int(np.isnan(got).sum())
    assert broken == 0, told("no nan", f"{broken} of them", A="200 rows near 1000", B="the same rows")


def check_distances_hold_every_difference(candidate):
    """The distances need an array of shape (n, m, d)."""
    A, B = _numbers(60, 64), _numbers(70, 64)
    peak, forbidden = peak_bytes(lambda: candidate.distances(A, B)), 60 * 70 * 64 * 8
    assert peak < forbidden / 4, told(f"far less than {forbidden:,} bytes", f"{peak:,} bytes", A="(60, 64)")


def check_masked_tokens_count(candidate):
    """A masked token enters the mean, or its place is counted."""
    x, mask = _numbers(4, 5, 3), np.random.default_rng(1).random((4, 5)) < 0.5
    mask[0], mask[1], mask[2] = True, False, np.arange(5) == 3
    x[~mask] *= 1e6
    expected = [
        [sum(x[b, i, j] for i in range(5) if mask[b, i]) / max(sum(mask[b]), 1) for j in range(3)] for b in range(4)
    ]
    with np.errstate(all="ignore"):
        expect(candidate.masked_mean(x, mask), np.array(expected), x=x, mask=mask)


def check_nan_leaks_through_the_mask(candidate):
    """A masked token of nan or inf makes the mean nan: it was multiplied by 0 instead of left out."""
    x, mask = np.ones((1, 3, 2)), np.array([[True, False, True]])
    for bad in (np.nan, np.inf):
        x[0, 1] = bad
        with np.errstate(all="ignore"):
            expect(candidate.masked_mean(x, mask), np.ones((1, 2)), x=x, mask=mask)


def check_nan_of_real_tokens_is_hidden(candidate):
    """A nan that is not masked is left out without a word, so a broken model looks healthy."""
    x, mask = np.ones((1, 3, 2)), np.array([[True, False, True]])
    x[0, 2, 1] = np.nan
    with np.errstate(all="ignore"):
        got = np.asarray(candidate.masked_mean(x, mask))
    expected = told("1 and nan", got, x=x, mask=mask)
    assert got.shape == (1, 2), expected
    assert got[0, 0] == 1.0, expected
    assert np.isnan(got[0, 1]), expected


def check_queries_meet_keys_of_other_sequences(candidate):
    """The bilinear scores are not q W k for queries and keys of the same sequence."""
    for b, n, m, d, e in ((2, 3, 4, 5, 6), (3, 3, 3, 3, 3), (1, 1, 2, 1, 2)):
        Q, W, K = _numbers(b, n, d, seed=b), _numbers(d, e, seed=d), _numbers(b, m, e, seed=m)
        expected = np.zeros((b, n, m))
        for s, i, j in np.ndindex(b, n, m):
            expected[s, i, j] = sum(Q[s, i, p] * W[p, q] * K[s, j, q] for p in range(d) for q in range(e))
        expect(candidate.bilinear(Q, W, K), expected, shapes=f"Q {Q.shape}, W {W.shape}, K {K.shape}")


def check_stretches_are_wrong(candidate):
    """The stretches do not begin at every step-th place, or the last one is missing or too short."""
    x = np.random.default_rng(2).integers(0, 100, size=11)
    for size in (1, 3, 11):
        for step in (None, 1, 2, 4):
            expected = np.array([x[i : i + size] for i in range(0, 11 - size + 1, step or 1)])
            got = candidate.sliding(x, size) if step is None else candidate.sliding(x, size, step)
            expect(got, expected, x=x, size=size, step=step or "not given")


def check_stretches_are_copied(candidate):
    """The stretches are a copy: a thousand of them take a thousand times the memory."""
    x = _numbers(50)
    got = candidate.sliding(x, 20, 2)
    assert np.shares_memory(x, got), told("a view of x", "a copy", x="50 numbers", size=20, step=2)
    # A view of a view has to follow the strides of what it is given.
    expect(candidate.sliding(x[::3], 4), np.array([x[::3][i : i + 4] for i in range(14)]), x="every third of 50")


def check_the_largest_are_not_found(candidate):
    """The indices are not those of the k largest in each row, largest first."""
    x = _numbers(6, 8)
    for k in (1, 3, 8):
        expected = np.array([_reference_top(row, k) for row in x])
        expect(candidate.top_k(x, k), expected, x=x, k=k)


def check_equal_numbers_come_in_another_order(candidate):
    """Of equal numbers a later one is taken first."""
    x = np.random.default_rng(3).integers(0, 3, size=(6, 40))
    for k in (1, 5, 40):
        expect(candidate.top_k(x, k), np.array([_reference_top(row, k) for row in x]), x=x, k=k)


def check_unsigned_numbers_are_sorted_wrong(candidate):
    """For bytes 0 counts as the largest, since its negative is 0 and that of 1 is 255; or large integers are equal."""
    for kind, values in ((np.uint8, [[0, 3, 255, 1]]), (np.int8, [[-128, 5, 127, 0]])):
        x = np.array(values, dtype=kind)
        expect(candidate.top_k(x, 4), np.array([_reference_top(row, 4) for row in x]), x=x, k=4, type=np.dtype(kind))
    for kind, x in (("int64", [[2**60, 2**60 + 1, 2**60 + 2]]), ("uint64", [[2, 2**62, 2**63 + 2]])):
        expect(candidate.top_k(np.array(x, dtype=kind), 2), np.array([[2, 1]]), x=x, k=2, type=kind)


def check_running_means_are_wrong(candidate):
    """The mean is not that of the latest numbers, looks ahead, or divides by too many at the beginning."""
    for x in (_numbers(12), np.random.default_rng(4).integers(0, 200, size=12).astype(np.uint8), _numbers(0)):
        for size in (1, 3, 12, 50):
            parts = [[float(z) for z in x[max(0, i - size + 1) : i + 1]] for i in range(len(x))]
            expected = np.array([sum(part) / len(part) for part in parts])
            expect(candidate.running_mean(x, size), expected, x=x, size=size)


def check_running_means_cost_more_for_wide_windows(candidate):
    """The running mean needs memory for every window."""
    x = _numbers(2000)
    peak = peak_bytes(lambda: candidate.running_mean(x, 1000))
    assert peak < 2000 * 500 * 8, told("memory for some arrays of 2,000", f"{peak:,} bytes", x="2,000", size=1000)


def check_groups_lose_rows(candidate):
    """The sum of a group is not that of all its rows: with repeated indices, one row overwrote the others."""
    values, groups = _numbers(9, 2), np.array([0, 3, 3, 1, 0, 3, 5, 1, 0])
    for count in (6, 8):
        expected = _reference_sums(values, groups, count)
        expect(candidate.group_sums(values, groups, count), expected, values=values, groups=groups, count=count)
    values = np.random.default_rng(5).integers(100, 128, size=(9, 2)).astype(np.int8)
    expected = _reference_sums(values, groups, 6)
    expect(candidate.group_sums(values, groups, 6), expected, values=values, groups=groups, case="integers of 8 bits")


def check_last_tokens_are_padding(candidate):
    """What is returned is not the last real token of its own sequence."""
    x, lengths = _numbers(4, 4, 3), np.array([4, 1, 3, 2])
    expected = np.array([x[b, length - 1] for b, length in enumerate(lengths)])
    expect(candidate.last_tokens(x, lengths), expected, x=x, lengths=lengths)


def check_ranks_are_the_order(candidate):
    """The result says which number comes at a place, instead of at which place a number comes."""
    for x in (_numbers(9), np.array([20, 10, 30, 10, 20, 10] * 8), np.array([4.0]), _numbers(0)):
        order = sorted(range(len(x)), key=lambda i, x=x: (float(x[i]), i))
        expected = np.array([order.index(i) for i in range(len(x))], dtype=int)
        got = np.asarray(candidate.ranks(x))
        expect(got, expected, x=x)
        assert got.dtype.kind in "iu", told("ranks that are integers", f"{got.dtype}", x=x)


def check_the_data_are_looped_over(candidate):
    """A Python loop runs over what an array operation does at once."""

    def prepared(n):
        x, labels, mask = _numbers(n, 3), np.arange(n) % 3, np.ones((2, n), dtype=bool)
        batch, lengths = _numbers(n, 2, 3), np.full(n, 2)

        def run():
            candidate.one_hot(labels, 3)
            candidate.distances(x, x)
            candidate.masked_mean(x.reshape(1, n, 3).repeat(2, axis=0), mask)
            candidate.masked_mean(batch, np.ones((n, 2), dtype=bool))
            candidate.bilinear(batch, np.eye(3), batch)
            candidate.bilinear(x[None], np.eye(3), x[None])
            candidate.sliding(x[:, 0], 3)
            candidate.top_k(x, 2)
            candidate.top_k(x.T, 2)
            candidate.running_mean(x[:, 0], 4)
            candidate.group_sums(x, labels, 3)
            candidate.group_sums(x[:8], labels[:8], n)
            candidate.group_sums(x.T, labels[:3], 3)
            candidate.last_tokens(batch, lengths)
            candidate.ranks(x[:, 0])

        return run

    expect_no_loop(prepared, "rows, tokens, groups or windows")


def check_the_arguments_are_changed(candidate):
    """An array that was passed in is different afterward."""
    x, batch, mask = _numbers(6, 3), _numbers(2, 3, 3), np.array([[True, False, True], [False, False, True]])
    labels, lengths, flat = np.array([0, 2, 1, 0, 2, 2]), np.array([3, 1]), _numbers(6)
    given = {"x": x, "batch": batch, "mask": mask, "labels": labels, "lengths": lengths, "flat": flat}
    kept = {name: value.copy() for name, value in given.items()}
    candidate.one_hot(labels, 3)
    candidate.distances(x, x)
    candidate.masked_mean(batch, mask)
    candidate.bilinear(batch, x[:3], batch)
    candidate.sliding(flat, 2)
    candidate.top_k(x, 2)
    candidate.running_mean(flat, 2)
    candidate.group_sums(x, labels, 3)
    candidate.last_tokens(batch, lengths)
    candidate.ranks(flat)
    for name, value in given.items():
        expect(value, kept[name], case=f"{name} after every function was called")
