"""What a decision tree's split written by hand gets wrong. Each check is named after what you would see."""

import math
import random
from itertools import pairwise

from kit import expect, told


class _Label:
    """A class that counts how often it is looked at."""

    looks = 0

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        _Label.looks += 1
        return hash(self.name)

    def __eq__(self, other):
        _Label.looks += 1
        return self.name == other.name


def _data(n=20, seed=0, places=1000, classes="abc"):
    """Values and labels that have something to do with each other; few places make many equal values."""
    rng = random.Random(seed)
    values = [rng.randrange(places) / 4 for _ in range(n)]
    labels = [classes[(rng.random() < 0.7) * (value * 8 > places)] if classes else 0 for value in values]
    return values, [rng.choice(classes) if rng.random() < 0.3 else label for label in labels]


def _reference_impurity(labels, kind):
    shares = [labels.count(label) / len(labels) for label in set(labels)]
    if kind == "gini":
        return sum(share * (1 - share) for share in shares)
    return -sum(share * math.log2(share) for share in shares)


def _reference_gain(values, labels, threshold, kind):
    left = [label for value, label in zip(values, labels, strict=True) if value <= threshold]
    right = [label for value, label in zip(values, labels, strict=True) if value > threshold]
    parts = sum(len(part) * _reference_impurity(part, kind) for part in (left, right))
    return _reference_impurity(labels, kind) - parts / len(labels), min(len(left), len(right))


def _reference_threshold(values, labels, kind="gini", min_leaf=1):
    distinct = sorted(set(values))
    found = []
    for low, high in pairwise(distinct):
        threshold = (low + high) / 2
        gain, smaller = _reference_gain(values, labels, threshold, kind)
        if smaller >= min_leaf:
            found.append((threshold, gain))
    if not found:
        return None
    most = max(gain for _, gain in found)
    return next(each for each in found if each[1] > most - 1e-12)


def check_gini_is_wrong(candidate):
    """The Gini impurity is not 1 minus the sum of squared shares."""
    rng = random.Random(0)
    for k in (2, 3, 6):
        counts = [rng.randrange(1, 9) for _ in range(k)]
        labels = [name for name, count in enumerate(counts) for _ in range(count)]
        expect(candidate.gini(counts), _reference_impurity(labels, "gini"), counts=counts)
    expect(candidate.gini([5, 5]), 0.5, counts=[5, 5])


def check_entropy_is_not_in_bits(candidate):
    """The entropy is not that of the shares, to the base 2."""
    rng = random.Random(1)
    for k in (2, 3, 6):
        counts = [rng.randrange(1, 9) for _ in range(k)]
        labels = [name for name, count in enumerate(counts) for _ in range(count)]
        expect(candidate.entropy(counts), _reference_impurity(labels, "entropy"), counts=counts)
    expect(candidate.entropy([2, 2, 2, 2]), 2.0, counts=[2, 2, 2, 2])


def check_empty_classes_break_the_impurity(candidate):
    """A class without rows, or a node without rows, gives an error or nan."""
    for counts, shares in (([0, 3], 0.0), ([4, 0, 4], 1.0), ([0, 0], 0.0), ([], 0.0), ([7], 0.0)):
        expect(candidate.gini(counts), shares / 2, counts=counts)
        expect(candidate.entropy(counts), shares, counts=counts)


def check_the_best_threshold_is_missed(candidate):
    """With all values different, another threshold has a higher gain, or the gain is not that of the threshold."""
    for seed in range(6):
        values, labels = _data(12, seed, places=100_000)
        for kind in ("gini", "entropy"):
            got = candidate.best_threshold(values, labels, getattr(candidate, kind))
            expect(got, _reference_threshold(values, labels, kind), values=values, labels=labels, impurity=kind)


def check_equal_values_are_parted(candidate):
    """A threshold is between rows of equal value, or its gain counts only some of them."""
    for seed in range(12):
        values, labels = _data(15, seed, places=5, classes="ab")
        for order in (sorted(range(15), key=lambda row: labels[row]), random.Random(seed).sample(range(15), 15)):
            v, c = [values[row] for row in order], [labels[row] for row in order]
            expect(candidate.best_threshold(v, c), _reference_threshold(v, c), values=v, labels=c)


def check_equal_gains_take_a_later_threshold(candidate):
    """Of thresholds with equal gains, up to rounding, it is not the lowest that is returned."""
    # Runs of a, b, a, b with two equal gains, of which rounding makes the later one larger.
    runs = [(1, 4, 3, 2), (1, 5, 2, 1), (2, 3, 4, 1), (2, 6, 7, 3), (6, 3, 6, 1), (8, 3, 4, 3)]
    for labels in ["abba", "abcba", "aabbaabbaa", *("".join(map(str.__mul__, "abab", each)) for each in runs)]:
        values = list(range(len(labels)))
        for kind in ("gini", "entropy"):
            for sign in (1, -1):
                v = [sign * value for value in values]
                got = candidate.best_threshold(v, labels, getattr(candidate, kind))
                expect(got, _reference_threshold(v, labels, kind), values=v, labels=labels, impurity=kind)


def check_nearly_equal_gains_are_taken_for_equal(candidate):
    """A gain that is a thousandth or a billionth higher does not win: too wide a tolerance, or gains are rounded."""
    for runs, kind in (((6, 7, 9, 4), "entropy"), ((3, 7, 8, 3), "gini"), ((6, 8, 7, 9), "gini")):
        labels = "".join(map(str.__mul__, "abab", runs))
        values = list(range(len(labels)))
        got = candidate.best_threshold(values, labels, getattr(candidate, kind))
        expect(got, _reference_threshold(values, labels, kind), values=values, labels=labels, impurity=kind)
    # By this impurity a side of two rows is purer than one or three, by a billionth.
    got = candidate.best_threshold([1, 2, 3, 4], "abcd", lambda counts: -1e-9 * (sum(counts) == 2))
    expect(got, (2.5, 1e-9), tolerance=1e-12, values=[1, 2, 3, 4], impurity="-1e-9 for two rows, else 0")


def check_a_gain_of_zero_is_no_split(candidate):
    """A split without gain is refused, although the next level may need it, or is lost to rounding."""
    values, labels = [0, 0, 1, 1, 0, 0, 1, 1], list("abababab")
    expect(candidate.best_threshold(values, labels), (0.5, 0.0), values=values, labels=labels)
    rows = [(a, b) for a in (0, 1) for b in (0, 1)]
    expect(candidate.best_split(rows, list("abba")), (0, 0.5, 0.0), rows=rows, labels="abba")
    expect(candidate.best_threshold([1, 2, 3], "aaa"), (1.5, 0.0), values=[1, 2, 3], labels="aaa")


def check_nothing_to_part_breaks_it(candidate):
    """With equal values, one row or none, something other than None is returned."""
    for values, labels in (([3, 3, 3], "aba"), ([3], "a"), ([], "")):
        assert candidate.best_threshold(values, labels) is None, told("None", "a split", values=values)
        rows = [(value, value) for value in values]
        got = candidate.best_split(rows, labels)
        assert got is None, told(None, got, rows=rows)


def check_leaves_are_too_small(candidate):
    """A side of the split has fewer than min_leaf rows, or one with exactly min_leaf is refused."""
    for seed in range(4):
        values, labels = _data(12, seed, places=12)
        rows = [(value, -value) for value in values]
        for least in (1, 2, 4, 6, 7):
            expected = _reference_threshold(values, labels, min_leaf=least)
            got = candidate.best_threshold(values, labels, min_leaf=least)
            expect(got, expected, values=values, labels=labels, min_leaf=least)
            got = candidate.best_split(rows, labels, min_leaf=least)
            expected = expected and (0, *expected)
            expect(got, expected, rows=rows, labels=labels, min_leaf=least)
    labels = ["a"] * 2 + ["b"] * 4
    expect(candidate.best_threshold(range(6), labels, min_leaf=3)[0], 2.5, values="0 to 5", labels=labels, min_leaf=3)


def check_the_threshold_does_not_part_its_neighbors(candidate):
    """Between neighboring floats, or very large numbers, the threshold sends both to one side."""
    step = 2.0**-52
    pairs = [(1.0, 1 + step), (1 + step, 1 + 2 * step), (1.6e308, 1.7e308), (-1.7e308, -1.6e308), (-1.7e308, 1.7e308)]
    pairs += [(10**17 + 1, 10**17 + 2), (-math.inf, 0.0), (0.0, math.inf), (-math.inf, math.inf)]
    for low, high in pairs:
        threshold, gain = candidate.best_threshold([high, low], "ba")
        assert low <= threshold < high, told(f"at least {low!r} and less than {high!r}", threshold)
        expect(gain, 0.5, values=[high, low])


def check_labels_are_compared(candidate):
    """Labels of mixed kinds, which have no order, are refused: they were sorted along with the values."""
    values = [2, 2, 1, 1, 3, 3]
    labels = [None, "b", 7, None, "b", (1, 2)]
    expect(candidate.best_threshold(values, labels), _reference_threshold(values, labels), values=values, labels=labels)


def check_the_wrong_feature_is_chosen(candidate):
    """The split is not that of the feature with the highest gain, or equal gains do not take the first feature."""
    for seed in range(6):
        columns = [_data(14, seed + 10 * j, places=9)[0] for j in range(4)]
        labels = _data(14, seed + 50, places=9)[1]
        rows = list(zip(*columns, strict=True))
        for kind in ("gini", "entropy"):
            each = [_reference_threshold(column, labels, kind) for column in columns]
            feature = max(range(4), key=lambda j: (round(each[j][1], 10), -j))
            got = candidate.best_split(rows, labels, getattr(candidate, kind))
            expect(got, (feature, *each[feature]), rows=rows, labels=labels, impurity=kind)
    values, labels = _data(10, 3)
    rows = [(0, value, value, -value) for value in values]
    expected = (1, *_reference_threshold(values, labels))
    expect(candidate.best_split(rows, labels), expected, rows=rows, labels=labels)
    # Features of 0 and 1 that part at the ends of runs; rounding makes one of two equal gains larger.
    for runs in ((1, 4, 3, 2), (1, 5, 2, 1), (2, 3, 4, 1), (2, 6, 7, 3), (6, 3, 6, 1), (8, 3, 4, 3)):
        labels = "".join(map(str.__mul__, "abab", runs))
        ends = [sum(runs[: j + 1]) for j in range(3)]
        rows = [tuple(int(row >= end) for end in ends) for row in range(len(labels))]
        gains = [_reference_gain(column, labels, 0.5, "gini")[0] for column in zip(*rows, strict=True)]
        feature = next(j for j in range(3) if gains[j] > max(gains) - 1e-12)
        expect(candidate.best_split(rows, labels), (feature, 0.5, gains[feature]), rows=rows, labels=labels)


def check_the_default_is_not_gini(candidate):
    """By default, the functions use another impurity than Gini, or ask for more than one row in a leaf."""
    values, labels = list(range(9)), list("abbbbcacc")
    expected = _reference_threshold(values, labels)
    expect(candidate.best_threshold(values, labels), expected, values=values, labels=labels)
    expect(candidate.best_split([(v,) for v in values], labels), (0, *expected), values=values, labels=labels)
    expect(candidate.best_threshold([1, 2, 3, 4], "abbb")[0], 1.5, values=[1, 2, 3, 4], labels="abbb")


def check_rows_are_looped_over_for_every_threshold(candidate):
    """The classes are recounted for every threshold, so the work grows with the square of the rows."""
    rng = random.Random(0)
    labels = [_Label(rng.choice("ab")) for _ in range(400)]
    _Label.looks = 0
    candidate.best_threshold([rng.random() for _ in labels], labels)
    looks = _Label.looks
    assert looks < 8_000, told("fewer than 8,000 looks at 400 labels", f"{looks:,} looks")
    # Whatever is counted instead of the labels: 20,000 rows in five seconds.
    candidate.best_threshold([rng.random() for _ in range(20_000)], [rng.randrange(2) for _ in range(20_000)])


def check_the_arguments_are_changed(candidate):
    """Values, labels or rows are different afterward: something was sorted or used up in place."""
    values, labels = _data(10, 2)
    rows = [[value, -value] for value in values]
    kept = list(values), list(labels), [list(row) for row in rows]
    candidate.best_threshold(values, labels)
    candidate.best_split(rows, labels)
    for name, before, after in zip(("values", "labels", "rows"), kept, (values, labels, rows), strict=True):
        assert before == after, told(before, after, case=f"{name} after both functions were called")
    counts = [3, 0, 4]
    candidate.gini(counts)
    candidate.entropy(counts)
    assert counts == [3, 0, 4], told([3, 0, 4], counts, case="counts after both impurities")
