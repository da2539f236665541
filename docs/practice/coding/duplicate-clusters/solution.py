"""Clusters of near-duplicates from pairs, by union–find, to keep one
example of each, in plain Python."""

from collections import defaultdict
from collections.abc import Iterable


class Clusters:
    """Sets of ids that pairs connect. A link or a question takes almost
    constant time on average."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}  # a root is its own parent
        self.sizes: dict[str, int] = {}  # of roots
        # of roots: the smallest id of the cluster
        self.smallest: dict[str, str] = {}

    def _root(self, item: str) -> str:
        parent = self.parent
        while parent.get(item, item) != item:
            # Halve the way for whoever comes next.
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def link(self, one: str, other: str) -> bool:
        """Join the clusters of both ids; tell whether they were two."""
        roots = self._root(one), self._root(other)
        low, high = sorted(roots, key=self.size)
        if low == high:
            return False
        # The smaller tree goes below the larger one, so no way is
        # longer than log2 of the size.
        self.sizes[high] = self.size(high) + self.size(low)
        smallest = min(self.canonical(low), self.canonical(high))
        self.smallest[high] = smallest
        self.parent[low] = high
        self.parent.setdefault(high, high)
        return True

    def same(self, one: str, other: str) -> bool:
        """Tell whether both ids are in one cluster."""
        return self._root(one) == self._root(other)

    def size(self, item: str) -> int:
        """Return how many ids are in the cluster; 1 for an id that was
        never linked."""
        return self.sizes.get(self._root(item), 1)

    def canonical(self, item: str) -> str:
        """Return the smallest id of the cluster."""
        root = self._root(item)
        return self.smallest.get(root, root)

    def clusters(self) -> list[list[str]]:
        """Return the clusters of two ids or more, each sorted; the
        largest first, ties by smallest id. O(n log n)."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for item in sorted(self.parent):
            found[self._root(item)].append(item)
        return sorted(found.values(), key=lambda c: (-len(c), c[0]))


def deduplicate(
    ids: Iterable[str], pairs: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the ids in their order, without those that duplicate an
    earlier one. Almost O(ids + pairs)."""
    clusters = Clusters()
    for one, other in pairs:
        clusters.link(one, other)
    first: dict[str, str] = {}
    for item in ids:
        first.setdefault(clusters.canonical(item), item)
    return list(first.values())
