"""Reservoir sampling: a uniform and a weighted sample of a stream whose
length nobody knows, in plain Python."""

import heapq
import random
from collections.abc import Iterable


class Reservoir:
    """A uniform sample without replacement of at most k of the items
    that were added. Memory O(k)."""

    def __init__(self, k: int, rng: random.Random) -> None:
        self.k = k
        self.rng = rng
        self.seen = 0
        self.kept: list[object] = []

    def add(self, item: object) -> None:
        """Take in the next item of the stream. O(1)."""
        self.seen += 1
        if len(self.kept) < self.k:
            self.kept.append(item)
            return
        # Any of the items seen so far, this one included, is as likely
        # to be named.
        slot = self.rng.randrange(self.seen)
        if slot < self.k:
            self.kept[slot] = item

    def sample(self) -> list[object]:
        """Return a copy of the sample as it stands. O(k)."""
        return list(self.kept)


def weighted_sample(
    stream: Iterable[tuple[object, float]], k: int, rng: random.Random
) -> list[object]:
    """Return at most k items of a stream of (item, weight), drawn one
    after another without replacement, each draw with probability
    proportional to weight (Efraimidis and Spirakis, 2006). O(n log k)
    time, O(k) memory."""
    kept: list[tuple[float, int, object]] = []
    for order, (item, weight) in enumerate(stream):
        if weight <= 0:
            continue
        # The waiting time of a clock that rings at this rate: the k
        # that ring first are the sample.
        entry = (-rng.expovariate(weight), order, item)
        if len(kept) < k:
            heapq.heappush(kept, entry)
        elif kept and entry > kept[0]:
            heapq.heapreplace(kept, entry)
    return [item for _, _, item in sorted(kept, reverse=True)]
