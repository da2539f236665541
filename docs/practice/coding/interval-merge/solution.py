"""Label spans and busy times as half-open intervals: merge them, find
the gaps, compare two sets, in plain Python."""

from collections.abc import Iterable, Sequence

# start and end; the start belongs to it, the end does not
Interval = tuple[float, float]


def merge(
    intervals: Iterable[Interval], gap: float = 0
) -> list[Interval]:
    """Return the union as intervals sorted by start, joining those at
    most `gap` apart; empty ones are dropped. O(n log n)."""
    merged: list[Interval] = []
    spans = [each for each in intervals if each[0] < each[1]]
    for start, end in sorted(spans):
        if merged and start - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def gaps(
    intervals: Iterable[Interval], start: float, end: float
) -> list[Interval]:
    """Return the parts of [start, end) that no interval covers, by
    start. O(n log n)."""
    found: list[Interval] = []
    free = start
    for begin, until in merge(intervals):
        found.append((free, min(begin, end)))
        free = max(free, until)
    found.append((free, end))
    return [each for each in found if each[0] < each[1]]


def overlap(
    ours: Sequence[Interval], theirs: Sequence[Interval]
) -> list[Interval]:
    """Return what both unions cover, by start, in as few intervals as
    possible. O(n log n + m log m)."""
    one, other = merge(ours), merge(theirs)
    found: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start = max(one[i][0], other[j][0])
        end = min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        # Whichever ends first can meet nothing that comes later.
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def jaccard(
    ours: Sequence[Interval], theirs: Sequence[Interval]
) -> float:
    """Return the length that both cover over the length that either
    covers; 1.0 if both are empty."""
    either = _length(merge([*ours, *theirs]))
    return _length(overlap(ours, theirs)) / either if either else 1.0


def _length(intervals: Iterable[Interval]) -> float:
    return sum(end - start for start, end in intervals)
