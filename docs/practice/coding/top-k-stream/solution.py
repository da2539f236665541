"""The most frequent items of a stream, exactly: by counts and a heap,
shard by shard, and at any moment."""

import heapq
from collections.abc import Hashable, Iterable


def top_k(
    stream: Iterable[Hashable], k: int
) -> list[tuple[Hashable, int]]:
    """Return the k most frequent items with their counts, ties by who
    came first. O(n + d log k) for d different."""
    return merge_counts([_count(stream)], k)


def _count(stream: Iterable[Hashable]) -> dict[Hashable, int]:
    """Return how often each item comes, in the order in which the items
    first came. O(n)."""
    counts: dict[Hashable, int] = {}
    for item in stream:
        counts[item] = counts.get(item, 0) + 1
    return counts


def merge_counts(
    shards: Iterable[dict[Hashable, int]], k: int
) -> list[tuple[Hashable, int]]:
    """Return the k most frequent items over the counts of several
    shards, ties by who came first, in the order of the shards.
    O(size of all shards + d log k)."""
    total: dict[Hashable, int] = {}
    for shard in shards:
        for item, number in shard.items():
            total[item] = total.get(item, 0) + number
    best: list[tuple[int, int, Hashable]] = []
    for order, (item, number) in enumerate(total.items()):
        # The order settles ties before items are compared, which may
        # have no order.
        entry = (number, -order, item)
        if len(best) < k:
            heapq.heappush(best, entry)
        elif best and entry > best[0]:
            heapq.heapreplace(best, entry)
    best.sort(reverse=True)
    return [(item, number) for number, _, item in best]


class Leaders:
    """The k most frequent items at any moment of a stream. Memory O(d)
    for d different items."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.counts: dict[Hashable, int] = {}
        self.first: dict[Hashable, int] = {}
        self.members: set[Hashable] = set()

    def _rank(self, item: Hashable) -> tuple[int, int]:
        return self.counts[item], -self.first[item]

    def add(self, item: Hashable) -> None:
        """Count one more of the item. Only the item that was added can
        enter. O(k)."""
        self.counts[item] = self.counts.get(item, 0) + 1
        self.first.setdefault(item, len(self.first))
        self.members.add(item)
        if len(self.members) > self.k:
            self.members.remove(min(self.members, key=self._rank))

    def top(self) -> list[tuple[Hashable, int]]:
        """Return the k most frequent so far with their counts, ties by
        who came first. O(k log k)."""
        ranked = sorted(self.members, key=self._rank, reverse=True)
        return [(item, self.counts[item]) for item in ranked]
