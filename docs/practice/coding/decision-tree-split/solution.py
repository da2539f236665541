"""The best split of a decision tree's node: impurities, and one sorted
pass over each feature."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from itertools import pairwise
from math import log2

Impurity = Callable[[Collection[int]], float]
TOLERANCE = 1e-12  # gains that differ by less are equal


def gini(counts: Collection[int]) -> float:
    """Return 1 - sum of p^2 for the rows of each of k classes, 0 for no
    row. O(k)."""
    total = sum(counts)
    if total == 0:
        return 0.0
    return 1.0 - sum((count / total) ** 2 for count in counts)


def entropy(counts: Collection[int]) -> float:
    """Return -sum of p log2(p) in bits for the rows of each of k
    classes, 0 for no row. O(k)."""
    total = sum(counts)
    seen = [count for count in counts if count]
    return sum(count / total * log2(total / count) for count in seen)


def _better(gain: float, best: tuple[float, ...] | None) -> bool:
    """Tell whether a gain beats that of the best split so far, its last
    number, by more than rounding. O(1)."""
    return best is None or gain > best[-1] + TOLERANCE


def best_threshold(
    values: Sequence[float],
    labels: Sequence[Hashable],
    impurity: Impurity = gini,
    min_leaf: int = 1,
) -> tuple[float, float] | None:
    """Return the threshold with the highest gain, and that gain; None
    if no threshold parts the n rows. O(n log n + nk)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    left, right = Counter(), Counter(labels)
    whole, best = impurity(right.values()), None
    for row, after in pairwise(order):
        left[labels[row]] += 1
        right[labels[row]] -= 1
        low, high = values[row], values[after]
        sizes = left.total(), right.total()
        # No threshold can part equal values.
        if low == high or min(sizes) < min_leaf:
            continue
        low_part = sizes[0] * impurity(left.values())
        high_part = sizes[1] * impurity(right.values())
        gain = whole - (low_part + high_part) / len(values)
        if _better(gain, best):
            middle = (low + high) / 2
            # Between neighboring floats the middle is rounded, and
            # could send `high` to the left.
            best = (middle if low <= middle < high else low), gain
    return best


def best_split(
    rows: Sequence[Sequence[float]],
    labels: Sequence[Hashable],
    impurity: Impurity = gini,
    min_leaf: int = 1,
) -> tuple[int, float, float] | None:
    """Return feature, threshold and gain of the best split of n rows
    with d features, or None. O(d(n log n + nk))."""
    best = None
    for feature, values in enumerate(zip(*rows, strict=True)):
        found = best_threshold(values, labels, impurity, min_leaf)
        if found and _better(found[1], best):
            best = (feature, *found)
    return best
