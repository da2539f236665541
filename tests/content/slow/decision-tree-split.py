"""A tree's split with every threshold counted anew: slow, and right."""

from math import log2


def gini(counts):
    n = sum(counts)
    return sum(c / n * (1 - c / n) for c in counts) if n else 0.0


def entropy(counts):
    n = sum(counts)
    return -sum(c / n * log2(c / n) for c in counts if c)


def score(labels, impurity):
    kinds = []
    for label in labels:
        if label not in kinds:
            kinds.append(label)
    return len(labels) * impurity([sum(label == kind for label in labels) for kind in kinds])


def best_threshold(values, labels, impurity=gini, min_leaf=1):
    places, best = sorted(set(values)), None
    for i in range(len(places) - 1):
        left = [c for v, c in zip(values, labels, strict=True) if v <= places[i]]
        right = [c for v, c in zip(values, labels, strict=True) if v > places[i]]
        if min(len(left), len(right)) < min_leaf:
            continue
        gain = (score(labels, impurity) - score(left, impurity) - score(right, impurity)) / len(values)
        if best is None or gain > best[1] + 1e-12:
            t = places[i] / 2 + places[i + 1] / 2
            best = (t if places[i] <= t < places[i + 1] else places[i], gain)
    return best


def best_split(rows, labels, impurity=gini, min_leaf=1):
    best = None
    for j in range(len(rows[0]) if rows else 0):
        found = best_threshold([row[j] for row in rows], labels, impurity, min_leaf)
        if found and (best is None or found[1] > best[2] + 1e-12):
            best = (j, *found)
    return best
