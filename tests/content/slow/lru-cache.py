"""A cache as one writes it first: a list of entries, searched from the front."""

import math


class LRUCache:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError("no room")
        self.capacity = capacity
        self.entries = []
        self.counts = {"hits": 0, "misses": 0, "expired": 0, "evicted": 0}

    def place(self, key):
        for index, entry in enumerate(self.entries):
            if entry[0] == key:
                return index
        return None

    def get(self, key, now, default=None):
        index = self.place(key)
        if index is not None:
            entry = self.entries.pop(index)
            if now < entry[2]:
                self.entries.append(entry)
                self.counts["hits"] += 1
                return entry[1]
            self.counts["expired"] += 1
        self.counts["misses"] += 1
        return default

    def put(self, key, value, now, ttl=math.inf):
        index = self.place(key)
        if index is not None:
            self.entries.pop(index)
        elif len(self.entries) == self.capacity:
            self.entries.pop(0)
            self.counts["evicted"] += 1
        self.entries.append((key, value, now + ttl))

    def keys(self):
        return [entry[0] for entry in self.entries]

    def stats(self):
        reads = self.counts["hits"] + self.counts["misses"]
        return {**self.counts, "hit_rate": self.counts["hits"] / reads if reads else 0.0}
