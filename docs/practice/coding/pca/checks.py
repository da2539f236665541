"""What a PCA written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, told


def _data(n=12, d=4, seed=0):
    """Rows with a mean that is not 0, and with features that hang together and have different spreads."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) * (1.0 + np.arange(d)) @ rng.normal(size=(d, d)) + rng.normal(size=d) * 5


def _turned(spreads, n=8, seed=3):
    """Centered rows whose standard deviations along hidden directions at right angles are exactly these."""
    rng, d = np.random.default_rng(seed), len(spreads)
    sides = np.linalg.qr(np.column_stack([np.ones(n), rng.normal(size=(n, d))]))[0][:, 1:]
    directions = np.linalg.qr(rng.normal(size=(d, d)))[0]
    return sides * np.array(spreads) * math.sqrt(n - 1) @ directions


def _reference(X):
    """Mean, components and variances by another way: the eigenvectors of the covariance, which is summed in loops."""
    rows = [[float(value) for value in row] for row in X]
    n, d = len(rows), len(rows[0])
    mean = [sum(row[j] for row in rows) / n for j in range(d)]
    covariance = np.array(
        [[sum((r[i] - mean[i]) * (r[j] - mean[j]) for r in rows) / (n - 1) for j in range(d)] for i in range(d)]
    )
    values, vectors = np.linalg.eigh(covariance)
    components = []
    for vector in vectors.T[::-1]:
        largest = max(vector, key=abs)
        components.append(vector if largest > 0 else -vector)
    return np.array(mean), np.array(components), values[::-1]


def check_components_are_wrong(candidate):
    """The components are not the directions of largest variance, in this order, as rows."""
    for n, d, k in ((12, 4, 4), (12, 4, 2), (30, 3, 1)):
        X = _data(n, d, seed=k)
        got = np.asarray(candidate.fit(X, k)[1])
        _, components, _ = _reference(X)
        expect(abs(got), abs(components[:k]), tolerance=1e-7, X=X, k=k, case="absolute values")
        expect(got @ got.T, np.eye(k), X=X, k=k, case="products of the components with each other")


def check_signs_are_left_to_chance(candidate):
    """The entry of a component that is largest in absolute value is not positive."""
    for seed in range(6):
        X = _data(seed=seed)
        for rows in (X, -X, X[:, ::-1]):
            got = np.asarray(candidate.fit(rows, 3)[1])
            expect(got, _reference(rows)[1][:3], tolerance=1e-7, X=rows, k=3)


def check_the_mean_is_wrong(candidate):
    """The mean is not that of each feature."""
    X = _data(seed=5)
    expect(np.asarray(candidate.fit(X, 2)[0]), _reference(X)[0], X=X)


def check_variances_are_wrong(candidate):
    """The variances are not those along the components, over n - 1."""
    for n, k in ((5, 3), (20, 4)):
        X = _data(n, seed=n)
        expect(np.asarray(candidate.fit(X, k)[2]), _reference(X)[2][:k], tolerance=1e-7, X=X, k=k)


def check_ratios_are_those_of_what_is_kept(candidate):
    """The ratios are not shares of the variance of all features: with few components they add up to 1."""
    for n, d, k in ((12, 4, 2), (12, 4, 4), (4, 6, 1)):
        X = _data(n, d, seed=k)
        values = _reference(X)[2]
        for unit in (1.0, 1e-3, 1e-9, 1e6):
            got = np.asarray(candidate.fit(X * unit, k)[3])
            expect(got, values[:k] / sum(values), tolerance=1e-7, X=X * unit, k=k)


def check_constant_rows_give_nan(candidate):
    """Rows that are all equal give nan or a warning in the ratios."""
    with np.errstate(all="raise"):
        model = candidate.fit(np.full((4, 3), 2.0), 2)
        expect(np.asarray(model[2]), np.zeros(2), X="four equal rows", case="variances")
        expect(np.asarray(model[3]), np.zeros(2), X="four equal rows", case="ratios")
        got = candidate.reconstruct(candidate.transform(np.full((1, 3), 2.0), model), model)
    expect(got, np.full((1, 3), 2.0), X="four equal rows", case="one of them, reconstructed")
    components = np.asarray(model[1])
    expect(components @ components.T, np.eye(2), X="four equal rows", case="products of the components")


def check_small_variances_are_lost(candidate):
    """A small variance next to a large one is wrong: the covariance was formed, which squares the differences."""
    spreads = [1.0, 1e-3, 1e-8]
    got = np.asarray(candidate.fit(_turned(spreads), 3)[2])
    expect(np.sqrt(got) / spreads, np.ones(3), tolerance=1e-4, case="deviations, over 1, 1e-3 and 1e-8")


def check_data_far_from_the_origin_are_wrong(candidate):
    """Rows far from 0 have other components or variances than the same rows near it."""
    X = np.round(_turned([3.0, 2.0, 1.0]), 3) + 1e7
    near = candidate.fit(X - 1e7, 3)
    far = candidate.fit(X, 3)
    expect(np.asarray(far[2]), np.asarray(near[2]), tolerance=1e-5, case="variances at 10,000,000, and at 0")
    expect(np.asarray(far[1]), np.asarray(near[1]), tolerance=1e-5, case="components at 10,000,000, and at 0")


def check_coordinates_are_wrong(candidate):
    """The coordinates are not those of the centered rows along the components, with the mean of training."""
    X, new = _data(), _data(3, seed=9) + 4.0
    mean, components, _ = _reference(X)
    model = candidate.fit(X, 2)
    for rows in (X, new, new[:1]):
        expected = [[sum((row - mean) * component) for component in components[:2]] for row in rows]
        expect(candidate.transform(rows, model), np.array(expected), tolerance=1e-6, X=rows)


def check_reconstruction_is_wrong(candidate):
    """Rows are not found again from all components, or not as near as possible from a few."""
    X = _data()
    mean, components, values = _reference(X)
    for k in (1, 2, 4):
        model = candidate.fit(X, k)
        got = candidate.reconstruct(candidate.transform(X, model), model)
        expected = []
        for row in X:
            parts = [sum((row - mean) * component) * component for component in components[:k]]
            expected.append(mean + sum(parts))
        expect(got, np.array(expected), tolerance=1e-6, X=X, k=k)
        lost = float(((X - got) ** 2).sum()) / 11
        expect(lost, float(sum(values[k:])), tolerance=1e-6, k=k, case="squares that are lost, over n - 1")
    Z = np.random.default_rng(4).normal(size=(5, 4))
    expect(candidate.transform(candidate.reconstruct(Z, model), model), Z, Z=Z, case="there and back")


def check_impossible_numbers_of_components_are_accepted(candidate):
    """With k below 1 or above the smaller side of X, or with a single row, there is no ValueError."""
    for n, d, k in ((5, 3, 0), (5, 3, 4), (3, 5, 4), (5, 3, -1), (1, 3, 1)):
        try:
            with np.errstate(all="ignore"):
                got = candidate.fit(_data(n, d), k)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", np.asarray(got[1]), shape=(n, d), k=k))
    expect(np.asarray(candidate.fit(_data(3, 5), 3)[1]).shape, (3, 5), shape=(3, 5), k=3)
    expect(np.asarray(candidate.fit(_data(2, 1), 1)[1]), np.ones((1, 1)), shape=(2, 1), k=1)


def check_whole_numbers_are_cut_off(candidate):
    """Rows of integers or bytes are centered in their own type."""
    for kind in (np.uint8, np.int8, int):
        X = np.random.default_rng(6).integers(0, 120, size=(9, 3)).astype(kind)
        mean, components, values = _reference(X)
        model = candidate.fit(X, 2)
        expect(np.asarray(model[2]), values[:2], tolerance=1e-6, X=X)
        expected = (X.astype(float) - mean) @ components[:2].T
        expect(candidate.transform(X, model), expected, tolerance=1e-6, X=X)


def check_a_square_of_features_is_held(candidate):
    """With many features the memory grows with their square: a covariance, or all d directions."""
    X = np.random.default_rng(7).normal(size=(10, 1500))
    used = peak_bytes(lambda: candidate.fit(X, 2))
    assert used < 6_000_000, told("less than 6 MB for 10 rows of 1,500 features", f"{used / 1e6:.1f} MB")


def check_rows_are_looped_over(candidate):
    """A Python loop runs over the rows."""

    def calls(n):
        X = _data(n, 3)

        def run():
            model = candidate.fit(X, 2)
            candidate.reconstruct(candidate.transform(X, model), model)

        return run

    expect_no_loop(calls, "rows")


def check_the_arguments_are_changed(candidate):
    """Rows, coordinates or the model are different afterward: something was centered in place."""
    X, Z = _data(), np.random.default_rng(1).normal(size=(3, 2))
    rows, coordinates = X.copy(), Z.copy()
    model = candidate.fit(rows, 2)
    kept = [np.array(part) for part in model]
    candidate.transform(rows, model)
    candidate.reconstruct(coordinates, model)
    expect(rows, X, case="X after every function was called")
    expect(coordinates, Z, case="Z after reconstruct")
    for part, before in zip(model, kept, strict=True):
        expect(np.asarray(part), before, case="a part of the model after use")
