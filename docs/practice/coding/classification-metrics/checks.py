"""What metrics written by hand get wrong. Each check is named after what you would see."""

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, told


def _data(n=30, seed=0, levels=None):
    """Labels and scores that have something to do with each other; with `levels` many scores are equal."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, size=n)
    y[:2] = 0, 1
    scores = rng.normal(size=n) + y
    return y, (np.floor(scores * levels) / levels if levels else scores)


def _reference_counts(y, predicted):
    pairs = [(int(a), int(b)) for a, b in zip(y, predicted, strict=True)]
    return tuple(pairs.count(pair) for pair in ((1, 1), (0, 1), (1, 0), (0, 0)))


def _reference_rates(y, predicted):
    hits, alarms, misses, _ = _reference_counts(y, predicted)
    precision = hits / (hits + alarms) if hits + alarms else 0.0
    recall = hits / (hits + misses) if hits + misses else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _reference_ranks(scores):
    return np.array([sum(b < a for b in scores) + (sum(b == a for b in scores) + 1) / 2 for a in scores])


def _reference_auc(y, scores):
    won, pairs = 0.0, 0
    for label, score in zip(y, scores, strict=True):
        for other, below in zip(y, scores, strict=True):
            if label == 1 and other == 0:
                pairs += 1
                won += 1.0 if score > below else 0.5 if score == below else 0.0
    return won / pairs


def _reference_ap(y, scores):
    total, before = 0.0, 0.0
    for threshold in sorted(set(scores.tolist()), reverse=True):
        precision, recall, _ = _reference_rates(y, [int(score >= threshold) for score in scores])
        total += (recall - before) * precision
        before = recall
    return total


def check_counts_are_swapped(candidate):
    """The four counts are wrong or in another order than TP, FP, FN, TN."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        y, predicted = rng.integers(0, 2, size=12), (rng.random(12) < 0.7).astype(int)
        got = candidate.confusion(y, predicted)
        expect(tuple(got), _reference_counts(y, predicted), y=y, predicted=predicted)


def check_precision_or_recall_is_wrong(candidate):
    """Precision or recall is not the share of hits among the flagged, or among the positives, or F1 does not follow."""
    for seed, rate in ((0, 0.2), (1, 0.5), (2, 0.9)):
        rng = np.random.default_rng(seed)
        y, predicted = rng.integers(0, 2, size=25), (rng.random(25) < rate).astype(int)
        expected = _reference_rates(y, predicted)
        assert len(set(expected)) == 3
        expect(tuple(candidate.precision_recall_f1(y, predicted)), expected, y=y, predicted=predicted)


def check_nothing_flagged_gives_nan(candidate):
    """With nothing flagged, no positive or no row, there is an error or nan where 0 is agreed."""
    cases = {
        "nothing is flagged": ([0, 1, 1], [0, 0, 0]),
        "there is no positive": ([0, 0, 0], [0, 1, 1]),
        "neither": ([0, 0], [0, 0]),
        "no hit": ([0, 1], [1, 0]),
        "one hit and no error": ([1], [1]),
        "one hit and one false alarm": ([1, 0], [1, 1]),
        "one hit and one miss": ([1, 1], [1, 0]),
        "no row": ([], []),
    }
    for case, (y, predicted) in cases.items():
        given = np.array(y, dtype=int), np.array(predicted, dtype=int)
        with np.errstate(all="raise"):
            got = candidate.precision_recall_f1(*given)
        expect(tuple(got), _reference_rates(y, predicted), case=case, y=given[0], predicted=given[1])
        expect(tuple(candidate.confusion(*given)), _reference_counts(y, predicted), case=case)


def check_labels_that_are_not_int_are_miscounted(candidate):
    """Labels that are booleans, bytes or floats give other results than the same labels as integers."""
    y, scores = _data(200, levels=4)
    predicted = (scores > 0.5).astype(int)
    assert (y & predicted).any()
    for kind in (bool, np.uint8, np.int8, float):
        labels, flags = y.astype(kind), predicted.astype(kind)
        name = np.dtype(kind).name
        expect(tuple(candidate.confusion(labels, flags)), _reference_counts(y, predicted), labels=name)
        expect(tuple(candidate.precision_recall_f1(labels, flags)), _reference_rates(y, predicted), labels=name)
        expect(candidate.roc_auc(labels, scores), _reference_auc(y, scores), labels=name)
        expect(candidate.average_precision(labels, scores), _reference_ap(y, scores), labels=name)


def check_ranks_are_wrong(candidate):
    """The ranks of different scores are not 1 for the lowest up to n for the highest, in the order of the input."""
    _, scores = _data(9, seed=3)
    expect(candidate.average_ranks(scores), _reference_ranks(scores), scores=scores)


def check_equal_scores_have_different_ranks(candidate):
    """Equal scores do not share the mean of the ranks that they take."""
    for seed, levels in ((4, 1), (5, 2)):
        _, scores = _data(15, seed, levels)
        expect(candidate.average_ranks(scores), _reference_ranks(scores), scores=scores)
    expect(candidate.average_ranks(np.full(4, 0.3)), np.full(4, 2.5), scores="four equal ones")


def check_auc_is_not_the_share_of_pairs(candidate):
    """The AUC of different scores is not the share of pairs in which the positive scores higher."""
    for seed, n in ((0, 5), (1, 12), (2, 40)):
        y, scores = _data(n, seed)
        expect(candidate.roc_auc(y, scores), _reference_auc(y, scores), y=y, scores=scores)


def check_ties_are_won_or_lost(candidate):
    """A tie between a positive and a negative does not count one half, or the order of the rows changes the AUC."""
    for seed in range(4):
        y, scores = _data(20, seed, levels=1)
        for order in (np.arange(20), np.argsort(y), np.argsort(-y)):
            got = candidate.roc_auc(y[order], scores[order])
            expect(got, _reference_auc(y, scores), y=y[order], scores=scores[order])
    y = np.array([0, 1, 1, 0, 0])
    expect(candidate.roc_auc(y, np.zeros(5)), 0.5, y=y, scores="all equal")


def check_average_precision_is_wrong(candidate):
    """The average precision of different scores is not the sum of precision times the gain in recall."""
    for seed, n in ((0, 6), (1, 12), (2, 40)):
        y, scores = _data(n, seed)
        expect(candidate.average_precision(y, scores), _reference_ap(y, scores), y=y, scores=scores)


def check_the_order_of_ties_changes_the_precision(candidate):
    """Equal scores enter one after the other, so the average precision depends on the order of the rows."""
    for seed in range(4):
        y, scores = _data(20, seed, levels=1)
        for order in (np.arange(20), np.argsort(y), np.argsort(-y)):
            got = candidate.average_precision(y[order], scores[order])
            expect(got, _reference_ap(y, scores), y=y[order], scores=scores[order])


def check_scores_are_rounded_or_wrap_around(candidate):
    """Scores that are bytes, that differ in the last digit or that are infinite are put in a wrong order."""
    y = np.array([0, 1, 0, 1, 1])
    cases = (
        np.array([0, 3, 128, 200, 255], dtype=np.uint8),
        np.array([0, -128, -127, 127, 5], dtype=np.int8),
        1.0 - np.array([5, 3, 2, 4, 1]) * 2.0**-52,
        np.array([-np.inf, 0.0, 1e300, np.inf, 1e-300]),
        np.array([-5e6, 2e6, -4e6, 3e6, -6e6]),
    )
    for scores in cases:
        order = np.array([float(score) for score in scores])
        expect(candidate.average_ranks(scores), _reference_ranks(order), scores=repr(scores))
        expect(candidate.roc_auc(y, scores), _reference_auc(y, order), scores=repr(scores))
        expect(candidate.average_precision(y, scores), _reference_ap(y, order), scores=repr(scores))


def check_a_single_class_is_scored(candidate):
    """With rows of one class alone the AUC, or without a positive the average precision, is not a ValueError."""
    cases = [(candidate.roc_auc, [0, 0]), (candidate.roc_auc, [1, 1]), (candidate.roc_auc, [])]
    cases += [(candidate.average_precision, [0, 0]), (candidate.average_precision, [])]
    for metric, y in cases:
        try:
            with np.errstate(all="ignore"):
                got = metric(np.array(y, dtype=int), np.arange(len(y)) / 7)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", got, function=metric.__name__, y=y))
    expect(candidate.average_precision(np.ones(2, dtype=int), np.arange(2.0)), 1.0, y=[1, 1])


def check_all_pairs_are_held(candidate):
    """The memory grows with positives times negatives: a table of all pairs."""
    y, scores = _data(2000)
    used = peak_bytes(lambda: candidate.roc_auc(y, scores))
    assert used < 600_000, told("less than 600 KB for 2,000 rows", f"{used / 1000:,.0f} KB")


def check_rows_are_looped_over(candidate):
    """A Python loop runs over the rows."""

    def calls(n):
        y, scores = _data(n)

        def run():
            candidate.precision_recall_f1(y, y)
            candidate.roc_auc(y, scores)
            candidate.average_precision(y, scores)

        return run

    expect_no_loop(calls, "rows")


def check_the_arguments_are_changed(candidate):
    """Labels, decisions or scores are different afterward: something was sorted or updated in place."""
    y, scores = _data(levels=2)
    predicted = (scores > 0.5).astype(int)
    kept = [each.copy() for each in (y, predicted, scores)]
    candidate.precision_recall_f1(y, predicted)
    candidate.average_ranks(scores)
    candidate.roc_auc(y, scores)
    candidate.average_precision(y, scores)
    for name, before, after in zip(("y", "predicted", "scores"), kept, (y, predicted, scores), strict=True):
        expect(after, before, case=f"{name} after every function was called")
