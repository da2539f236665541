"""Intervals as one writes them first: every one is compared with every other."""


def merge(intervals, gap=0):
    left = [(start, end) for start, end in intervals if start < end]
    found = []
    while left:
        start, end = left.pop()
        grown = True
        while grown:
            near = [other for other in left if other[0] - end <= gap and start - other[1] <= gap]
            grown = bool(near)
            for other in near:
                left.remove(other)
                start, end = min(start, other[0]), max(end, other[1])
        found.append((start, end))
    return sorted(found)


def gaps(intervals, start, end):
    free = [(start, end)]
    for begin, until in intervals:
        if begin < until:
            parts = []
            for left, right in free:
                parts += [(left, min(right, begin)), (max(left, until), right)]
            free = [(left, right) for left, right in parts if left < right]
    return sorted((left, right) for left, right in free if left < right)


def overlap(ours, theirs):
    found = []
    for start, end in merge(ours):
        for begin, until in merge(theirs):
            found.append((max(start, begin), min(end, until)))
    return merge(found)


def jaccard(ours, theirs):
    either = sum(end - start for start, end in merge([*ours, *theirs]))
    both = sum(end - start for start, end in overlap(ours, theirs))
    return both / either if either else 1.0
