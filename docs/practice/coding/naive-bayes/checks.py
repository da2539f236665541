"""What naive Bayes written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told


def _data(n=12, v=5, seed=0, labels=("ham", "news", "spam")):
    rng = np.random.default_rng(seed)
    y = np.array([*labels, *rng.choice(labels, size=n - len(labels), p=_shares(len(labels)))])
    return rng.poisson(1.2, size=(n, v)), y


def _shares(k):
    return [2 * (j + 1) / (k * (k + 1)) for j in range(k)]


def _reference_fit(X, y, alpha):
    """Classes, priors and word probabilities as plain numbers, by counting."""
    classes = sorted(set(y.tolist()))
    priors, words = [], []
    for label in classes:
        rows = [[float(value) for value in row] for row, own in zip(X, y.tolist(), strict=True) if own == label]
        counts = [sum(column) + alpha for column in zip(*rows, strict=True)]
        priors.append(len(rows) / len(y))
        words.append([count / sum(counts) for count in counts])
    return classes, priors, words


def _reference_joint(X, y, queries, alpha):
    _, priors, words = _reference_fit(X, y, alpha)
    found = []
    for row in queries:
        own = []
        for prior, chances in zip(priors, words, strict=True):
            own.append(math.log(prior) + sum(float(c) * math.log(p) for c, p in zip(row, chances, strict=True)))
        found.append(own)
    return np.array(found)


def _reference_posterior(X, y, queries, alpha):
    found = []
    for row in _reference_joint(X, y, queries, alpha):
        most = max(row)
        total = most + math.log(sum(math.exp(value - most) for value in row))
        found.append([value - total for value in row])
    return np.array(found)


def check_priors_are_wrong(candidate):
    """The priors are not the shares of the classes among the rows, or classes are not in sorted order."""
    for seed, labels in ((0, ("ham", "news", "spam")), (1, (7, -3)), (2, (2.5, 0.5, 1.5))):
        X, y = _data(14, seed=seed, labels=labels)
        classes, priors, _ = _reference_fit(X, y, 1.0)
        got = candidate.fit(X, y)
        assert list(got[0]) == classes, told(classes, list(got[0]), y=y, case="the classes")
        expect(np.asarray(got[1]), np.log(priors), y=y, case="the logs of the priors")


def check_word_probabilities_are_wrong(candidate):
    """The probability of a word is not its smoothed share of all the words of the class."""
    for alpha in (1.0, 0.1, 3):
        X, y = _data(seed=3)
        expected = np.log(_reference_fit(X, y, alpha)[2])
        expect(np.asarray(candidate.fit(X, y, alpha)[2]), expected, X=X, y=y, alpha=alpha)


def check_word_probabilities_do_not_sum_to_one(candidate):
    """The probabilities of the words of a class do not add up to 1: alpha is missing in the denominator."""
    X, y = _data(seed=4, v=9)
    for alpha in (0.5, 2.0):
        total = np.exp(np.asarray(candidate.fit(X, y, alpha)[2])).sum(axis=1)
        expect(total, np.ones(3), alpha=alpha, case="sums over the words of each class")


def check_a_word_that_a_class_has_not_seen_is_impossible(candidate):
    """A word without a count in a class, or a class without any word, gives minus infinity or nan."""
    X, y = np.array([[3, 0, 1], [2, 0, 0], [0, 0, 0]]), np.array(["a", "a", "b"])
    with np.errstate(all="raise"):
        model = candidate.fit(X, y, 0.5)
        expect(np.asarray(model[2]), np.log(_reference_fit(X, y, 0.5)[2]), X=X, y=y, alpha=0.5)
        got = candidate.log_posterior(np.array([[0, 4, 0]]), model)
    expect(got, _reference_posterior(X, y, [[0, 4, 0]], 0.5), X=X, y=y, query="the second word, four times")


def check_no_smoothing_is_accepted(candidate):
    """With an alpha of 0 or less there is no ValueError."""
    X, y = _data()
    for alpha in (0, 0.0, -1.0):
        try:
            with np.errstate(all="ignore"):
                got = candidate.fit(X, y, alpha)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", got, alpha=alpha))


def check_the_default_is_not_one(candidate):
    """By default, fit does not add 1 to every count."""
    X, y = _data(seed=5)
    expect(np.asarray(candidate.fit(X, y)[2]), np.log(_reference_fit(X, y, 1.0)[2]), X=X, y=y)


def check_a_word_counts_once(candidate):
    """The joint is not the log prior plus each word's log probability as often as the word occurs."""
    X, y = _data(seed=6)
    queries = np.random.default_rng(7).poisson(2.0, size=(4, 5))
    got = candidate.log_joint(queries, candidate.fit(X, y, 0.7))
    expect(got, _reference_joint(X, y, queries, 0.7), X=X, y=y, queries=queries, alpha=0.7)


def check_the_posterior_is_not_normalized(candidate):
    """The posterior of a row does not add up to 1 over the classes, or differs from Bayes' rule."""
    X, y = _data(seed=8)
    queries = np.random.default_rng(9).poisson(1.0, size=(5, 5))
    got = candidate.log_posterior(queries, candidate.fit(X, y))
    expect(got, _reference_posterior(X, y, queries, 1.0), queries=queries)
    expect(np.exp(got).sum(axis=1), np.ones(5), case="sums over the classes of each row")


def check_long_documents_underflow(candidate):
    """The posterior of a document of thousands of words is nan or minus infinity, or depends on the other rows."""
    X, y = _data(seed=10)
    queries = np.array([[9000, 8000, 7000, 8500, 9500], [0, 1, 0, 0, 0], [0, 0, 50_000, 0, 0]])
    with np.errstate(all="raise", under="ignore"):
        model = candidate.fit(X, y)
        got = candidate.log_posterior(queries, model)
    expect(got, _reference_posterior(X, y, queries, 1.0), tolerance=1e-6, queries=queries)
    classes = _reference_fit(X, y, 1.0)[0]
    best = [classes[max(range(3), key=lambda j, row=row: row[j])] for row in _reference_joint(X, y, queries, 1.0)]
    assert list(candidate.predict(queries, model)) == best, told(best, candidate.predict(queries, model))


def check_an_empty_document_is_not_the_prior(candidate):
    """The posterior of a document without a word is not the prior."""
    X, y = _data(seed=11)
    expected = np.log([_reference_fit(X, y, 1.0)[1]])
    expect(candidate.log_posterior(np.zeros((1, 5), dtype=int), candidate.fit(X, y)), expected, y=y)


def check_the_prediction_is_not_the_likeliest_class(candidate):
    """The prediction is not the class with the highest posterior: the prior is forgotten, or an index came."""
    for seed, labels in ((12, ("ham", "news", "spam")), (13, (40, -2)), (14, (True, False))):
        X, y = _data(20, seed=seed, labels=labels)
        queries = np.random.default_rng(seed).poisson(0.7, size=(40, 5))
        classes = _reference_fit(X, y, 1.0)[0]
        joint = _reference_joint(X, y, queries, 1.0)
        expected = [classes[max(range(len(classes)), key=lambda j, row=row: row[j])] for row in joint]
        got = list(candidate.predict(queries, candidate.fit(X, y)))
        assert got == expected, told(expected, got, labels=labels, y=y)


def check_a_tie_goes_to_another_class(candidate):
    """Of equally likely classes it is not the one that sorts first."""
    X, y = np.array([[2, 1], [2, 1], [2, 1]]), np.array(["b", "c", "a"])
    got = list(candidate.predict(np.array([[3, 3], [0, 0]]), candidate.fit(X, y)))
    assert got == ["a", "a"], told(["a", "a"], got, X=X, y=y)


def check_bytes_or_fractions_are_miscounted(candidate):
    """Counts that are bytes wrap around, or counts that are fractions, booleans or larger than 1 are cut off."""
    y = np.array([0, 0, 1, 1])
    for X in (
        np.array([[200, 3], [100, 250], [255, 1], [255, 7]], dtype=np.uint8),
        np.array([[100, 3], [100, 25], [127, 1], [127, 7]], dtype=np.int8),
        np.array([[0.3, 2.5], [1.25, 0.0], [4.5, 0.1], [0.2, 0.2]]),
        np.array([[True, False], [True, True], [False, True], [False, True]]),
    ):
        model = candidate.fit(X, y)
        expect(np.asarray(model[2]), np.log(_reference_fit(X, y, 1.0)[2]), X=X, y=y)
        expect(candidate.log_joint(X, model), _reference_joint(X, y, X, 1.0), X=X, y=y)


def check_no_rows_break_it(candidate):
    """Without a document to classify there is an error, instead of an empty answer."""
    model, none = candidate.fit(*_data()), np.zeros((0, 5), dtype=int)
    expect(candidate.log_joint(none, model), np.zeros((0, 3)), queries="none")
    expect(candidate.log_posterior(none, model), np.zeros((0, 3)), queries="none")
    expect(len(candidate.predict(none, model)), 0, queries="none")


def check_rows_or_words_are_looped_over(candidate):
    """A Python loop runs over the documents or the vocabulary."""

    def calls(n, v):
        X, y = np.ones((n, v), dtype=int), np.arange(n) % 2

        def run():
            model = candidate.fit(X, y)
            candidate.log_posterior(X, model)
            candidate.predict(X, model)

        return run

    expect_no_loop(lambda n: calls(n, 4), "documents")
    expect_no_loop(lambda v: calls(4, v), "words")


def check_the_arguments_are_changed(candidate):
    """Counts, labels or the model are different afterward: something was updated in place."""
    X, y = _data()
    for kind in (int, float):
        counts, labels = X.astype(kind), y.copy()
        model = candidate.fit(counts, labels)
        kept = [np.array(part) for part in model]
        candidate.log_posterior(counts, model)
        candidate.predict(counts, model)
        expect(counts, X, case="X after every function was called")
        assert list(labels) == list(y), told(y, labels, case="y after every function was called")
        expect(np.asarray(model[1]), kept[1], case="the priors after use")
        expect(np.asarray(model[2]), kept[2], case="the word probabilities after use")
