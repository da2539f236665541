"""A cache with a capacity, expiry and statistics, such as stands in
front of a feature store, in plain Python."""

import math
from collections import OrderedDict
from collections.abc import Hashable

# The value, and the moment at which it expires.
_Entry = tuple[object, float]


class LRUCache:
    """At most `capacity` entries; the one that was least recently used
    goes first. Every call but `keys` is O(1)."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("a cache holds at least one entry")
        self.capacity = capacity
        # From the least to the most recently used.
        self.entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self.hits = self.misses = self.expired = self.evicted = 0

    def get(
        self, key: Hashable, now: float, default: object = None
    ) -> object:
        """Return the value, or the default when the key is absent or
        has expired. O(1)."""
        value, expires = self.entries.get(key, (default, math.inf))
        if now >= expires:
            del self.entries[key]
            self.expired += 1
        if key not in self.entries:
            self.misses += 1
            return default
        self.entries.move_to_end(key)
        self.hits += 1
        return value

    def put(
        self,
        key: Hashable,
        value: object,
        now: float,
        ttl: float = math.inf,
    ) -> None:
        """Store the value until `now + ttl`, and give up the least
        recently used entry if there are too many. O(1)."""
        self.entries[key] = (value, now + ttl)
        self.entries.move_to_end(key)
        if len(self.entries) > self.capacity:
            self.entries.popitem(last=False)
            self.evicted += 1

    def keys(self) -> list[Hashable]:
        """Return the keys that take up room, from the least to the most
        recently used. O(n)."""
        return list(self.entries)

    def stats(self) -> dict[str, float]:
        """Return the counts so far, and the share of reads that were
        hits. O(1)."""
        reads = self.hits + self.misses
        return {
            "hits": self.hits,
            "misses": self.misses,
            "expired": self.expired,
            "evicted": self.evicted,
            "hit_rate": self.hits / reads if reads else 0.0,
        }
