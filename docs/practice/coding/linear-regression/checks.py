"""What a linear regression written by hand gets wrong. Each check is named after what you would see."""

from fractions import Fraction

import numpy as np
from kit import expect, expect_no_loop, slopes, told


def _data(n=12, d=3, seed=0):
    """Small integers, so that the reference can be exact; the intercept and the means are far from 0."""
    rng = np.random.default_rng(seed)
    X = rng.integers(-9, 10, size=(n, d)) + np.arange(5, 5 + d)
    y = 40 + X @ rng.integers(-3, 4, size=d) + rng.integers(-5, 6, size=n)
    return X, y


def _reference(X, y, l2=0.0):
    """The normal equations in (b, w), solved by elimination with fractions: exact, for columns that are independent."""
    rows = [[Fraction(1), *(Fraction(float(value)) for value in row)] for row in X]
    labels = [Fraction(float(value)) for value in y]
    size, n = len(rows[0]), len(rows)
    system = [[sum(row[i] * row[j] for row in rows) for j in range(size)] for i in range(size)]
    for i in range(1, size):
        system[i][i] += n * Fraction(l2)
    for i in range(size):
        system[i].append(sum(row[i] * label for row, label in zip(rows, labels, strict=True)))
    for i in range(size):
        pivot = next(row for row in range(i, size) if system[row][i])
        system[i], system[pivot] = system[pivot], system[i]
        for row in range(size):
            if row != i:
                factor = system[row][i] / system[i][i]
                system[row] = [a - factor * b for a, b in zip(system[row], system[i], strict=True)]
    b, *w = (float(system[i][size] / system[i][i]) for i in range(size))
    return np.array(w), b


def _reference_loss(X, y, w, b, l2):
    total = 0.0
    for x, label in zip(X, y, strict=True):
        total += (sum(float(a) * float(c) for a, c in zip(x, w, strict=True)) + b - float(label)) ** 2
    return 0.5 * total / len(y) + 0.5 * l2 * sum(float(c) ** 2 for c in w)


def _reference_descent(X, y, learning_rate, steps, l2):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = X @ w + b - y
        w, b = w - learning_rate * (X.T @ error / len(y) + l2 * w), b - learning_rate * error.mean()
    return w, b


def check_least_squares_misses_the_minimum(candidate):
    """The weights or the intercept are not those with the least squared error."""
    for n, d in ((3, 1), (12, 3), (30, 5)):
        X, y = _data(n, d, seed=n)
        expected = _reference(X, y)
        for kind in (float, int, np.uint8):
            low = X - X.min(axis=0) if kind is np.uint8 else X
            w, b = candidate.least_squares(low.astype(kind), y.astype(kind if kind is int else float))
            moved = expected[1] + (float(X.min(axis=0) @ expected[0]) if kind is np.uint8 else 0.0)
            expect(w, expected[0], tolerance=1e-7, X=low.astype(kind), y=y, case="the weights")
            expect(float(b), moved, tolerance=1e-7, X=low.astype(kind), y=y, case="the intercept")


def check_nearly_equal_columns_give_wild_weights(candidate):
    """With two columns that differ by a ten-millionth, the weights are off: the condition number was squared."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(50, 2))
    X[:, 1] = X[:, 0] + 1e-7 * X[:, 1]
    y = X @ np.array([2.0, -1.0]) + 3.0
    w, b = candidate.least_squares(X, y)
    expect(w, np.array([2.0, -1.0]), tolerance=1e-4, X="two columns that differ by 1e-7", y="2 x1 - x2 + 3")
    expect(float(b), 3.0, tolerance=1e-6, X="two columns that differ by 1e-7", y="2 x1 - x2 + 3")


def check_columns_on_other_scales_are_lost(candidate):
    """A column in tiny units, or far from 0, gets a wrong weight."""
    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 3)) * np.array([1e-3, 1.0, 1e3]) + np.array([0.0, 1e4, 0.0])
    true = np.array([4e3, 2.0, -3e-3])
    w, b = candidate.least_squares(X, X @ true + 7.0)
    given = {"X": "columns of size 0.001, of size 1 near 10,000, of size 1,000", "y": "X @ true + 7"}
    expect(w / true, np.ones(3), tolerance=1e-5, case="w / true", **given)
    expect(float(b), 7.0, tolerance=1e-3, case="the intercept", **given)


def check_repeated_columns_break_it(candidate):
    """With a column twice, a constant column, or fewer rows than columns: an error, or not the shortest weights."""
    X, y = _data(12, 2, seed=3)
    w, b = _reference(X, y)
    twice = np.column_stack([X, X[:, 0]])
    for given, expected in (
        (twice, np.array([w[0] / 2, w[1], w[0] / 2])),
        (np.column_stack([X, np.full(12, 4)]), np.array([w[0], w[1], 0.0])),
    ):
        got = candidate.least_squares(given.astype(float), y)
        expect(got[0], expected, tolerance=1e-7, X=given, y=y, case="the shortest weights")
        expect(float(got[1]), b, tolerance=1e-6, X=given, y=y, case="the intercept")
    got = candidate.least_squares(np.array([[1.0, 3.0], [2.0, 5.0]]), np.array([4.0, 9.0]))
    expect(got[0], np.array([1.0, 2.0]), tolerance=1e-7, X="[1, 3], [2, 5]", y="4, 9", case="the shortest weights")
    expect(float(got[1]), -3.0, tolerance=1e-7, X="[1, 3], [2, 5]", y="4, 9", case="the intercept")


def check_ridge_misses_the_minimum(candidate):
    """The ridge weights do not minimize the loss: the penalty forgets the 1/n, or shrinks the intercept."""
    for n, d, l2 in ((3, 1, 0.5), (12, 3, 2.0), (5, 5, 0.25), (30, 2, 64.0)):
        X, y = _data(n, d, seed=n)
        expected = _reference(X, y, l2)
        for kind in (float, int):
            w, b = candidate.ridge(X.astype(kind), y.astype(kind), l2)
            expect(w, expected[0], tolerance=1e-7, X=X, y=y, l2=l2, case="the weights")
            expect(float(b), expected[1], tolerance=1e-7, X=X, y=y, l2=l2, case="the intercept")


def check_ridge_moves_with_the_origin(candidate):
    """Adding a constant to a column or to y changes the weights: the intercept is penalized."""
    X, y = _data(20, 3, seed=4)
    w, b = candidate.ridge(X, y, 3.0)
    shift = np.array([10, -20, 30])
    moved = candidate.ridge(X + shift, y + 500, 3.0)
    expect(moved[0], w, tolerance=1e-7, X="X + (10, -20, 30)", y="y + 500", case="the weights, and those before")
    expect(float(moved[1]), float(b + 500 - shift @ w), tolerance=1e-6, X="X + (10, -20, 30)", y="y + 500")


def check_a_large_penalty_does_not_leave_the_mean(candidate):
    """As the penalty grows the weights do not go to 0, or the intercept does not go to the mean of y."""
    X, y = _data(20, 3, seed=5)
    w, b = candidate.ridge(X, y, 1e12)
    expect(w, np.zeros(3), X=X, y=y, l2=1e12)
    expect(float(b), float(y.mean()), tolerance=1e-6, X=X, y=y, l2=1e12)


def check_loss_is_not_half_the_mean_square(candidate):
    """The loss is not half the mean squared error plus half the penalty of the weights alone."""
    for n, l2 in ((1, 0.0), (5, 0.0), (12, 0.7)):
        X, y = _data(n, 3, seed=n)
        w, b = np.array([0.3, -0.2, 0.5]), 1.7
        expect(candidate.loss(X, y, w, b, l2), _reference_loss(X, y, w, b, l2), X=X, y=y, w=w, b=b, l2=l2)
    expect(candidate.loss(X, y, w, b), _reference_loss(X, y, w, b, 0.0), X=X, y=y, w=w, b=b, case="no penalty given")


def check_gradient_disagrees_with_finite_differences(candidate):
    """The gradients are not the slopes of the loss, with the penalty or without."""
    X, y = _data(12, 3, seed=6)
    w, b = np.array([0.3, -0.2, 0.5]), 1.7
    for penalty in ((), (0.8,)):
        grad_w, grad_b = candidate.gradients(X, y, w, b, *penalty)
        given = {"w": w, "b": b, "l2": penalty[0] if penalty else "not given"}
        by_w = slopes(lambda v, penalty=penalty: candidate.loss(X, y, v, b, *penalty), w)
        by_b = slopes(lambda v, penalty=penalty: candidate.loss(X, y, w, float(v), *penalty), b)
        expect(grad_w, by_w, tolerance=1e-5, case="the gradient of w, and the slope of the loss", **given)
        expect(float(grad_b), float(by_b), tolerance=1e-5, case="the gradient of b, and the slope", **given)


def check_steps_are_not_plain_gradient_steps(candidate):
    """After the given number of steps from zero, w and b are not where plain simultaneous steps lead."""
    X, y = _data(12, 3, seed=7)
    X, y = X / 10.0, y / 10.0
    for steps in (0, 1, 2, 7):
        for l2 in (0.0, 0.6):
            expected = _reference_descent(X, y, 0.3, steps, l2)
            w, b = candidate.gradient_descent(X, y, 0.3, steps, l2)
            expect(w, expected[0], steps=steps, l2=l2, learning_rate=0.3, case="the weights")
            expect(float(b), float(expected[1]), steps=steps, l2=l2, learning_rate=0.3, case="the intercept")


def check_it_stops_before_the_last_step(candidate):
    """With small numbers, gradient descent stops early: a gradient that is small was taken for none."""
    X, y = _data(12, 3, seed=7)
    X, y = X / 10.0, y * 1e-9
    w, b = candidate.gradient_descent(X, y, 0.3, 50)
    expected = _reference_descent(X, y, 0.3, 50, 0.0)
    expect(w * 1e9, expected[0] * 1e9, y="labels of size 1e-8", steps=50, case="the weights times 1e9")
    expect(float(b * 1e9), float(expected[1] * 1e9), y="labels of size 1e-8", steps=50, case="the intercept times 1e9")


def check_defaults_are_not_those_of_the_task(candidate):
    """By default, gradient descent does not make 1,000 steps of 0.1 without a penalty."""
    X = np.random.default_rng(8).normal(size=(30, 3)) * np.array([1.0, 0.05, 0.5])
    y = X @ np.array([1.0, 5.0, -2.0]) + 4.0
    w, b = candidate.gradient_descent(X, y)
    expected = _reference_descent(X, y, 0.1, 1000, 0.0)
    expect(w, expected[0], X="30 rows, one column of size 0.05", case="the weights")
    expect(float(b), float(expected[1]), X="30 rows, one column of size 0.05", case="the intercept")


def check_largest_step_is_not_the_border(candidate):
    """Just below the largest step gradient descent diverges, or just above it does not."""
    for seed, l2 in ((9, 0.0), (10, 0.0), (11, 0.9)):
        X = np.random.default_rng(seed).normal(size=(25, 3)) + np.array([0.0, 1.0, 2.0])
        y = X @ np.array([1.0, 2.0, -1.0]) + 4.0
        arguments = (X, l2) if l2 else (X,)
        step = candidate.largest_step(*arguments)
        assert 0 < step < 1e6, told("a positive number", step, l2=l2)
        best = _reference(X, y, l2)
        gap = [np.abs(_reference_descent(X, y, step * by, 3000, l2)[0] - best[0]).max() for by in (0.995, 1.005)]
        assert gap[0] < 1e-3, told("a small distance to the minimum", float(gap[0]), step=f"0.995 * {step}", l2=l2)
        assert gap[1] > 1e3, told("a large distance to the minimum", float(gap[1]), step=f"1.005 * {step}", l2=l2)


def check_rows_are_looped_over(candidate):
    """A Python loop runs over the rows."""

    def of_rows(n):
        X, y = _data(n, 2)

        def run():
            candidate.least_squares(X, y)
            candidate.ridge(X, y, 1.0)
            candidate.loss(X, y, np.ones(2), 1.0)
            candidate.gradient_descent(X, y, 0.001, 2)
            candidate.largest_step(X)

        return run

    expect_no_loop(of_rows, "rows")


def check_the_arguments_are_changed(candidate):
    """The data or the weights are different afterward: something was updated in place."""
    X, y = _data()
    X, y, w = X.astype(float), y.astype(float), np.array([1.0, 2.0, 3.0])
    kept = [each.copy() for each in (X, y, w)]
    candidate.least_squares(X, y)
    candidate.ridge(X, y, 1.0)
    candidate.loss(X, y, w, 1.0, 0.5)
    candidate.gradients(X, y, w, 1.0, 0.5)
    candidate.gradient_descent(X, y, 0.001, 3)
    candidate.largest_step(X, 0.5)
    for name, before, after in zip(("X", "y", "w"), kept, (X, y, w), strict=True):
        expect(after, before, case=f"{name} after every function was called")
