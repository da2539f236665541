"""What splits, batches and clipping written by hand get wrong. Each check is named after what you would see."""

import numpy as np
from kit import expect, expect_no_loop, told


def _rng(seed=0):
    return np.random.default_rng(seed)


def _labels(seed=0, n=23):
    return _rng(seed).choice(["cat", "dog", "eel"], size=n, p=[0.6, 0.3, 0.1])


def _splits(candidate, seed=0, n=23, k=4):
    """The folds of both functions, with a name for each."""
    yield "k_fold", candidate.k_fold(n, k, _rng(seed))
    yield "stratified_k_fold", candidate.stratified_k_fold(_labels(seed, n), k, _rng(seed))


def _counts(values):
    found = {}
    for value in values:
        found[str(value)] = found.get(str(value), 0) + 1
    return found


def check_rows_are_missing_or_tested_twice(candidate):
    """Some row is in no test fold or in two, or there are not k folds."""
    for n, k in ((23, 4), (5, 5), (6, 2)):
        for name, folds in _splits(candidate, n, n, k):
            expect(len(folds), k, function=name, n=n, k=k, case="number of folds")
            tested = sorted(int(row) for _, test in folds for row in test)
            expect(tested, list(range(n)), function=name, n=n, k=k, case="all test rows, sorted")


def check_test_rows_are_trained_on(candidate):
    """The training rows of a fold are not all the rows that it does not test, each once."""
    for name, folds in _splits(candidate):
        for train, test in folds:
            rest = [row for row in range(23) if row not in test]
            expect(sorted(int(row) for row in train), rest, function=name, test=test, case="training rows, sorted")


def check_fold_sizes_are_uneven(candidate):
    """The sizes of two folds differ by more than one: the remainder went to one fold, or was added class by class."""
    for n, k in ((23, 4), (11, 6), (20, 10), (9, 2)):
        for name, folds in _splits(candidate, n, n, k):
            sizes = sorted(len(test) for _, test in folds)
            expected = sorted(n // k + (fold < n % k) for fold in range(k))
            expect(sizes, expected, function=name, n=n, k=k, case="sizes of the test folds, sorted")
    y = np.repeat(np.arange(7), 5)
    sizes = sorted(len(test) for _, test in candidate.stratified_k_fold(y, 4, _rng()))
    expect(sizes, [8, 9, 9, 9], y="7 classes of 5 rows", k=4, case="sizes of the stratified folds, sorted")


def check_classes_are_spread_unevenly(candidate):
    """The number of rows of a class differs by more than one between two folds."""
    for y in (_labels(1, 40), _labels(2, 23), np.array([0.5] * 9 + [-1.0] * 3), np.array([True, False] * 6)):
        folds = candidate.stratified_k_fold(y, 3, _rng(3))
        for label in sorted(set(y.tolist())):
            counts = [sum(y[row] == label for row in test) for _, test in folds]
            assert max(counts) - min(counts) <= 1, told("counts that differ by at most 1", counts, label=label, y=y)


def check_a_fold_has_one_row_of_a_rare_class_too_few(candidate):
    """A class with fewer rows than folds is refused, or lands in one fold."""
    y = np.array(["a"] * 10 + ["b"] * 2)
    folds = candidate.stratified_k_fold(y, 4, _rng())
    expect(sorted(_counts(y[test]).get("b", 0) for _, test in folds), [0, 0, 1, 1], y=y, case="rows of b in each fold")


def check_rows_are_not_shuffled(candidate):
    """A row is in some folds more often than in others, or two rows stay together: the shuffle is missing."""
    y = np.array([0, 0, 0, 1, 1, 1])
    for name in ("k_fold", "stratified_k_fold"):
        where, together, runs = np.zeros((6, 3)), np.zeros((6, 6)), 600
        for seed in range(runs):
            given = (6, 3, _rng(seed)) if name == "k_fold" else (y, 3, _rng(seed))
            for fold, (_, test) in enumerate(getattr(candidate, name)(*given)):
                where[test, fold] += 1 / runs
                together[test[0], test[1]] += 1 / runs
                together[test[1], test[0]] += 1 / runs
        expect(where, np.full((6, 3), 1 / 3), tolerance=0.09, function=name, case="how often each row is in each fold")
        apart = y[:, None] != y if name == "stratified_k_fold" else ~np.eye(6, dtype=bool)
        expected = np.full(int(apart.sum()), 1 / 3 if name == "stratified_k_fold" else 1 / 5)
        expect(together[apart], expected, tolerance=0.09, function=name, case="how often two rows share a fold")


def check_the_generator_is_ignored(candidate):
    """The same generator gives other results, or its next use gives the same again."""
    rng = _rng(5)
    for name, make in {
        "k_fold": lambda rng: candidate.k_fold(40, 2, rng)[0][1],
        "stratified_k_fold": lambda rng: candidate.stratified_k_fold(np.zeros(40), 2, rng)[0][1],
        "batches": lambda rng: next(iter(candidate.batches(40, 20, rng))),
    }.items():
        one, same = np.array(make(_rng(5))), np.array(make(_rng(5)))
        expect(same, one, function=name, case="from the same seed")
        make(rng)
        assert list(make(rng)) != list(one), told("other rows for the next use", "the same", function=name)


def check_impossible_folds_are_made(candidate):
    """With one fold, or more folds than rows, there is no ValueError."""
    for n, k in ((5, 1), (5, 0), (5, 6), (0, 2)):
        calls = {"k_fold": (n, k, _rng()), "stratified_k_fold": (np.zeros(n), k, _rng())}
        for name, given in calls.items():
            try:
                got = getattr(candidate, name)(*given)
            except ValueError:
                continue
            raise AssertionError(told("a ValueError", f"{len(got)} folds", function=name, n=n, k=k))


def check_the_model_has_seen_the_test_rows(candidate):
    """A fold's model was fitted to other rows than the training rows, or scored on other rows than the test rows."""
    X, y = np.arange(10.0)[:, None] ** 2, _rng(1).normal(size=10)
    folds = [(np.array([0, 2, 4, 9]), np.array([1, 3])), (np.array([1, 3, 5]), np.array([9, 0, 2]))]
    folds.append((np.array([6, 7]), np.array([8])))

    def fit(rows, labels):
        return sum(float(value) for value in rows.ravel()) * 100 + sum(map(float, labels))

    def score(model, rows, labels):
        return model + sum(float(value) for value in rows.ravel()) / 7 - sum(map(float, labels)) / 3

    expected = np.array([score(fit(X[train], y[train]), X[test], y[test]) for train, test in folds])
    expect(candidate.cross_validate(X, y, folds, fit, score), expected, X="squares of 0 to 9", folds=folds)


def check_batches_lose_or_repeat_rows(candidate):
    """The batches of an epoch do not hold every row once, in pieces of the size that was asked for."""
    for n, size in ((10, 3), (9, 3), (4, 10), (5, 1), (0, 3)):
        found = [np.asarray(batch) for batch in candidate.batches(n, size, _rng())]
        lengths = [len(batch) for batch in found]
        expect(lengths, [min(size, n - start) for start in range(0, n, size)], n=n, size=size, case="lengths")
        expect(sorted(int(row) for batch in found for row in batch), list(range(n)), n=n, size=size, case="sorted rows")


def check_drop_last_is_wrong(candidate):
    """With drop_last a short batch remains, or a full one is dropped."""
    for n, size, lengths in ((10, 3, [3, 3, 3]), (9, 3, [3, 3, 3]), (2, 3, []), (3, 3, [3])):
        found = [len(batch) for batch in candidate.batches(n, size, _rng(), drop_last=True)]
        expect(found, lengths, n=n, size=size, drop_last=True)


def check_batches_are_not_shuffled(candidate):
    """A row is in some batches more often than in others, or only whole batches are shuffled."""
    first, pair = np.zeros(6), 0
    for seed in range(600):
        batch = np.asarray(next(iter(candidate.batches(6, 2, _rng(seed)))))
        first[batch] += 1
        pair += sorted(batch.tolist()) == [0, 1]
    expect(first / 600, np.full(6, 1 / 3), tolerance=0.09, case="how often each row is in the first of 3 batches")
    expect(np.float64(pair / 600), np.float64(1 / 15), tolerance=0.05, case="how often rows 0 and 1 are that batch")


def check_each_array_is_clipped_for_itself(candidate):
    """Arrays are not scaled by one factor, or the joint norm afterward is not the maximum allowed."""
    grads = [_rng(1).normal(size=(3, 2)), _rng(2).normal(size=4), np.array(5.0), np.zeros((0, 2))]
    norm = sum(float(value) ** 2 for grad in grads for value in grad.ravel()) ** 0.5
    for most in (0.5, 3.0):
        clipped, before = candidate.clip_gradients(grads, most)
        expect(float(before), norm, max_norm=most, case="the norm before")
        expect(len(clipped), 4, case="how many arrays")
        for got, grad in zip(clipped, grads, strict=True):
            expect(np.asarray(got), grad * (most / norm), max_norm=most, norm=norm)


def check_small_gradients_are_scaled(candidate):
    """Gradients within the norm are changed: scaled up to it, or divided by 0."""
    for values, most in (([3.0, -4.0], 5.0), ([3.0, -4.0], 50.0), ([0.0, 0.0], 1.0), ([0.0, 0.0], 0.0)):
        grad = np.array(values)
        with np.errstate(all="raise"):
            (got,), norm = candidate.clip_gradients([grad], most)
        expect(np.asarray(got), grad, grad=grad, max_norm=most)
        expect(float(norm), sum(value**2 for value in values) ** 0.5, grad=grad)
    expect(float(candidate.clip_gradients([], 1.0)[1]), 0.0, grads="none")


def check_narrow_numbers_overflow(candidate):
    """Gradients of bytes or half floats wrap around or become infinite when they are squared."""
    for kind in (np.float16, np.int8, np.int16):
        grad = np.array([100, -100, 120, 50], dtype=kind).repeat(4)
        norm = sum(float(value) ** 2 for value in grad) ** 0.5
        (got,), before = candidate.clip_gradients([grad], norm / 2)
        expect(float(before), norm, tolerance=1e-3, grad=grad, kind=np.dtype(kind).name)
        expect(np.asarray(got, dtype=float), grad / 2, tolerance=0.1, grad=grad, kind=np.dtype(kind).name)


def check_nan_is_handed_on(candidate):
    """Gradients with nan or infinity are returned, or become nan altogether, instead of a ValueError."""
    for bad in (np.nan, np.inf, -np.inf):
        try:
            with np.errstate(all="ignore"):
                got = candidate.clip_gradients([np.ones(2), np.array([1.0, bad])], 1.0)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", got, grads=f"with {bad}"))


def check_rows_are_looped_over(candidate):
    """A Python loop runs over the rows or the entries."""

    def calls(n):
        y, values = _rng().integers(0, 3, size=n), np.ones(n)

        def run():
            candidate.k_fold(n, 4, _rng())
            candidate.stratified_k_fold(y, 4, _rng())
            list(candidate.batches(n, n // 2, _rng()))
            candidate.clip_gradients([values], 1.0)

        return run

    expect_no_loop(calls, "rows")


def check_the_arguments_are_changed(candidate):
    """Labels or gradients are different afterward: something was shuffled or scaled in place."""
    y, grads = _labels(), [np.array([3.0, 4.0]), np.array([12.0])]
    candidate.stratified_k_fold(y, 3, _rng())
    candidate.clip_gradients(grads, 1.0)
    assert list(y) == list(_labels()), told(_labels(), y, case="y after stratified_k_fold")
    expect(grads[0], np.array([3.0, 4.0]), case="the first gradient after clipping")
    expect(grads[1], np.array([12.0]), case="the second gradient after clipping")
