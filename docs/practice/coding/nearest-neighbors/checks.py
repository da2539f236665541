"""What nearest neighbors written by hand get wrong. Each check is named after what you would see."""

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, told


def _data(m=6, n=20, d=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(m, d)), rng.normal(size=(n, d))


def _grid(seed=0):
    """Few places for many rows, so that most distances come several times; sums of small integers are exact."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 3, size=(8, 2)), rng.integers(0, 3, size=(60, 2))


def _reference_squares(queries, X):
    return np.array([[sum((float(a) - float(b)) ** 2 for a, b in zip(q, x, strict=True)) for x in X] for q in queries])


def _reference_nearest(queries, X, k):
    squares = _reference_squares(queries, X)
    return [sorted(range(len(X)), key=lambda row: (squares[query][row], row))[:k] for query in range(len(queries))]


def _reference_weights(queries, X, index):
    """One query after the other; if any of its neighbors is at a distance of 0, those count and the others do not."""
    squares = _reference_squares(queries, X)
    found = []
    for query, rows in enumerate(index):
        distances = [squares[query][row] ** 0.5 for row in rows]
        if min(distances) == 0:
            found.append([1.0 if distance == 0 else 0.0 for distance in distances])
        else:
            found.append([1.0 / distance for distance in distances])
    return found


def _reference_answers(queries, X, y, k, weighted, numbers):
    """The answers of classify, or those of regress if the labels are numbers."""
    index = _reference_nearest(queries, X, k)
    weights = _reference_weights(queries, X, index) if weighted else [[1.0] * len(rows) for rows in index]
    answers = []
    for rows, own in zip(index, weights, strict=True):
        if numbers:
            total = sum(weight * float(y[row]) for row, weight in zip(rows, own, strict=True))
            answers.append(total / sum(own))
            continue
        votes = {}
        for row, weight in zip(rows, own, strict=True):
            votes[y[row]] = votes.get(y[row], 0.0) + weight
        answers.append(min(votes, key=lambda label: (-votes[label], label)))
    return np.array(answers)


def check_distances_are_not_squared_euclidean(candidate):
    """The distances are not the squared Euclidean ones, or have another shape than queries by rows."""
    queries, X = _data(m=2, n=5)
    expect(candidate.squared_distances(queries, X), _reference_squares(queries, X), queries=queries, X=X)


def check_distances_are_negative(candidate):
    """Some rows have a negative squared distance to themselves, and its square root is nan."""
    X = 1000.0 + np.random.default_rng(0).normal(size=(300, 3))
    smallest = candidate.squared_distances(X, X).min()
    assert smallest >= 0, told("no squared distance below 0", smallest, X="300 rows near (1000, 1000, 1000)")


def check_bytes_wrap_around(candidate):
    """Rows of bytes, as images have them, are near or far by accident: a square above 255 starts again at 0."""
    rng = np.random.default_rng(1)
    queries, X = (rng.integers(0, 256, size=(n, 4), dtype=np.uint8) for n in (3, 12))
    expected = _reference_squares(queries, X)
    expect(candidate.squared_distances(queries, X), expected, queries=queries, X=X)
    expect(candidate.nearest(queries, X, 4), np.array(_reference_nearest(queries, X, 4)), queries=queries, X=X, k=4)
    index = np.array(_reference_nearest(queries, X, 4))
    weights = np.array(_reference_weights(queries, X, index))
    expect(candidate.vote_weights(queries, X, index), weights, queries=queries, X=X, index=index)


def check_memory_grows_with_queries_times_rows_times_dimensions(candidate):
    """The distances are computed through an array of shape (m, n, d), which does not fit for real data."""
    queries, X = _data(m=50, n=400, d=64)
    peak = peak_bytes(lambda: candidate.squared_distances(queries, X))
    forbidden = 50 * 400 * 64 * 8
    assert peak < forbidden / 4, told(
        f"far less memory than the {forbidden:,} bytes of an (m, n, d) array", f"{peak:,} bytes", m=50, n=400, d=64
    )


def check_queries_or_rows_are_looped_over(candidate):
    """A Python loop runs over the queries or over the rows."""

    def prepared(m, n):
        queries, X = _data(m, n)
        y = np.arange(n) % 3

        def run():
            candidate.squared_distances(queries, X)
            candidate.vote_weights(queries, X, candidate.nearest(queries, X, 3))
            for weighted in (False, True):
                candidate.classify(queries, X, y, 3, weighted)
                candidate.regress(queries, X, y, 3, weighted)

        return run

    expect_no_loop(lambda m: prepared(m, 10), "queries")
    expect_no_loop(lambda n: prepared(4, n), "rows")


def check_neighbors_are_not_the_nearest(candidate):
    """The neighbors are not the nearest rows, do not come nearest first, or are not k for each query."""
    queries, X = _data()
    for k in (1, 4, 20):
        index = candidate.nearest(queries, X, k)
        expect(index, np.array(_reference_nearest(queries, X, k)), queries=queries, X=X, k=k)
        assert np.asarray(index).dtype.kind in "iu", told("indices that are integers", f"{np.asarray(index).dtype}")


def check_equally_near_rows_come_in_any_order(candidate):
    """Of rows that are equally near, another than the first is taken, so the answer depends on the sort."""
    queries, X = _grid()
    for k in (1, 7, 25):
        expected = np.array(_reference_nearest(queries, X, k))
        expect(candidate.nearest(queries, X, k), expected, queries=queries, X="60 rows on a grid of 9 places", k=k)


def check_more_neighbors_than_rows(candidate):
    """With k above the number of rows there is an error, or a row votes twice, instead of every row once."""
    queries, X = _data(m=4, n=3)
    y = np.array([5, 1, 3])
    expect(candidate.nearest(queries, X, 10), np.array(_reference_nearest(queries, X, 3)), rows=3, k=10)
    for weighted in (False, True):
        expected = _reference_answers(queries, X, y, 3, weighted, numbers=True)
        expect(candidate.regress(queries, X, y, 10, weighted), expected, rows=3, k=10, weighted=weighted)
        expected = _reference_answers(queries, X, y, 3, weighted, numbers=False)
        expect(candidate.classify(queries, X, y, 10, weighted), expected, rows=3, k=10, weighted=weighted)


def check_votes_are_miscounted(candidate):
    """The class is not the one that most neighbors have: votes are not added up, or codes are returned."""
    queries, X = _data(m=30, n=40, seed=2)
    for labels in ([0, 1], [-7, 3, 40], list(range(100, 120))):
        y = np.random.default_rng(3).choice(labels, size=40)
        for k in (1, 3, 8):
            expected = _reference_answers(queries, X, y, k, False, numbers=False)
            expect(candidate.classify(queries, X, y, k), expected, y=y, k=k, case="30 queries among 40 rows")


def check_a_tied_vote_goes_to_another_class(candidate):
    """Of classes with equally many votes, another wins than the one that sorts first."""
    X = np.array([[1.0], [2.0], [3.0], [4.0], [50.0]])
    for y, expected in (([9, 4, 9, 4, 1], 4), ([4, 9, 9, 4, 1], 4), ([8, 2, 5, 3, 1], 2)):
        got = candidate.classify(np.array([[0.0]]), X, np.array(y), 4)
        expect(got, np.array([expected]), queries=np.array([[0.0]]), X=X, y=y, k=4)


def check_classes_that_are_words_are_refused(candidate):
    """Classes that are words give an error, or numbers instead of the words."""
    queries, X = _data(m=5, n=15, seed=4)
    y = np.random.default_rng(4).choice(np.array(["cat", "dog", "owl"]), size=15)
    for weighted in (False, True):
        expected = _reference_answers(queries, X, y, 4, weighted, numbers=False).tolist()
        got = np.asarray(candidate.classify(queries, X, y, 4, weighted)).tolist()
        expect(got, expected, y=y.tolist(), k=4, weighted=weighted)


def check_weights_are_not_one_over_the_distance(candidate):
    """The weight of a neighbor is not 1 over its distance."""
    queries, X = _data()
    index = np.array(_reference_nearest(queries, X, 4))
    # Also for neighbors in another order, which another search may have found.
    for rows in (index, index[:, ::-1].copy()):
        expected = np.array(_reference_weights(queries, X, rows))
        expect(candidate.vote_weights(queries, X, rows), expected, queries=queries, X=X, index=rows)


def check_a_row_that_equals_the_query_gives_nan(candidate):
    """A neighbor at a distance of 0 gives inf or nan, or does not decide alone."""
    _, X = _data(n=8)
    X[5] = X[2]
    queries = np.array([X[2], X[0], X[2] + 1.0])
    index = np.array(_reference_nearest(queries, X, 4))
    expected = np.array(_reference_weights(queries, X, index))
    with np.errstate(all="raise"):
        expect(candidate.vote_weights(queries, X, index), expected, queries=queries, X=X, index=index)
        for numbers, predict in ((True, candidate.regress), (False, candidate.classify)):
            y = np.arange(8)
            expected = _reference_answers(queries, X, y, 4, True, numbers)
            expect(predict(queries, X, y, 4, True), expected, queries=queries, X=X, y=y, k=4, weighted=True)


def check_a_row_that_equals_the_query_is_not_seen_as_equal(candidate):
    """Far from the origin, a row that equals the query is at a small distance instead of 0, so the others count too."""
    rng = np.random.default_rng(5)
    X = 1e4 + rng.normal(size=(40, 16))
    queries, y = X[:20].copy(), rng.normal(size=40)
    index = np.array(_reference_nearest(queries, X, 3))
    expected = np.zeros((20, 3))
    expected[:, 0] = 1.0
    expect(candidate.vote_weights(queries, X, index), expected, X="40 rows near 10,000", queries="20 of these rows")
    expect(candidate.regress(queries, X, y, 3, True), y[:20], X="40 rows near 10,000", queries="20 of these rows")


def check_a_very_near_row_is_taken_for_equal(candidate):
    """A neighbor that is very near, and not equal, silences the others as if it were at a distance of 0."""
    queries, X, index = np.array([[0.0]]), np.array([[1e-9], [2e-9], [1.0]]), np.array([[0, 1, 2]])
    expected = np.array([[1e9, 5e8, 1.0]])
    expect(candidate.vote_weights(queries, X, index), expected, queries=queries, X=X, index=index)


def check_weighted_votes_are_wrong(candidate):
    """With weights, the class is not the one whose neighbors have the largest sum of weights."""
    queries, X = _data(m=40, n=40, d=2, seed=6)
    for labels in ([0, 1], [-7, 3, 40]):
        y = np.random.default_rng(7).choice(labels, size=40)
        expected = _reference_answers(queries, X, y, 4, True, numbers=False)
        plain = _reference_answers(queries, X, y, 4, False, numbers=False)
        assert (expected != plain).any()
        expect(candidate.classify(queries, X, y, 4, True), expected, y=y, k=4, weighted=True)


def check_numbers_are_not_averaged(candidate):
    """The answer for numbers is not the mean of the neighbors' numbers, or not their weighted mean."""
    queries, X = _data(seed=8)
    for y in (np.random.default_rng(8).normal(size=20), np.arange(20)):
        for k in (1, 3, 20):
            for weighted in (False, True):
                expected = _reference_answers(queries, X, y, k, weighted, numbers=True)
                expect(candidate.regress(queries, X, y, k, weighted), expected, y=y, k=k, weighted=weighted)


def check_defaults_are_not_five_plain_votes(candidate):
    """By default, the functions do not use five neighbors with one vote each."""
    queries, X = _data(m=40, n=40, seed=9)
    y = np.random.default_rng(9).integers(0, 3, size=40)
    for numbers, predict in ((False, candidate.classify), (True, candidate.regress)):
        expect(predict(queries, X, y), _reference_answers(queries, X, y, 5, False, numbers), y=y)
        expected = _reference_answers(queries, X, y, 5, True, numbers)
        expect(predict(queries, X, y, weighted=True), expected, y=y, weighted=True)


def check_no_queries_break_it(candidate):
    """Without a single query there is an error, instead of an empty answer."""
    _, X = _data()
    none = np.zeros((0, 3))
    expect(candidate.squared_distances(none, X), np.zeros((0, 20)), queries="none")
    expect(candidate.nearest(none, X, 4), np.zeros((0, 4)), queries="none", k=4)
    for weighted in (False, True):
        expect(candidate.classify(none, X, np.arange(20), 4, weighted), np.zeros(0), queries="none", weighted=weighted)
        expect(candidate.regress(none, X, np.arange(20), 4, weighted), np.zeros(0), queries="none", weighted=weighted)


def check_the_arguments_are_changed(candidate):
    """Queries, rows, labels or indices are different afterward: something was updated in place."""
    queries, X = _data()
    y, index = np.arange(20) % 3, np.array(_reference_nearest(queries, X, 3))
    kept = [each.copy() for each in (queries, X, y, index)]
    candidate.nearest(queries, X, 3)
    candidate.vote_weights(queries, X, index)
    for weighted in (False, True):
        candidate.classify(queries, X, y, 3, weighted)
        candidate.regress(queries, X, y, 3, weighted)
    for name, before, after in zip(("queries", "X", "y", "index"), kept, (queries, X, y, index), strict=True):
        expect(after, before, case=f"{name} after every function was called")
