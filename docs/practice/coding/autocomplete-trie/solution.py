"""Autocomplete: the most frequent queries that begin with what was
typed, by a trie, in plain Python."""

from heapq import nsmallest


class Node:
    """One prefix: the letters that can follow, and how often the prefix
    itself was a whole query."""

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.count = 0  # of the query that ends here
        self.queries = 0  # queries with a count, here or below


class Autocomplete:
    """Queries with counts, found by prefix."""

    def __init__(self) -> None:
        self.root = Node()

    def _node(self, prefix: str) -> Node | None:
        node: Node | None = self.root
        for letter in prefix:
            node = node.children.get(letter) if node else None
        return node

    def count(self, query: str) -> int:
        """Return how often the query was seen. O(length)."""
        node = self._node(query)
        return node.count if node else 0

    def add(self, query: str, times: int = 1) -> None:
        """Count the query `times` more; a negative number takes back,
        at most to zero. O(length)."""
        before = self.count(query)
        after = max(0, before + times)
        # A query came, went, or neither.
        change = (after > 0) - (before > 0)
        path = [self.root]
        for letter in query:
            path.append(path[-1].children.setdefault(letter, Node()))
        path[-1].count = after
        for node in path:
            node.queries += change
        # What no query needs any more is cut off where it begins, and
        # its memory is free.
        for node, letter in zip(path, query, strict=False):
            if node.children[letter].queries == 0:
                del node.children[letter]
                return

    def matches(self, prefix: str) -> int:
        """Return how many different queries begin with the prefix.
        O(length)."""
        node = self._node(prefix)
        return node.queries if node else 0

    def top(self, prefix: str, k: int) -> list[tuple[str, int]]:
        """Return the k most frequent queries that begin with the
        prefix, ties by alphabet, each with its count.
        O(length + nodes below it, with log k for each query)."""
        start = self._node(prefix)
        found: list[tuple[int, str]] = []
        stack = [(prefix, start)] if start else []
        while stack:
            text, node = stack.pop()
            if node.count:
                found.append((-node.count, text))
            stack += [
                (text + letter, child)
                for letter, child in node.children.items()
            ]
        return [(text, -count) for count, text in nsmallest(k, found)]
