"""Autocomplete as one writes it first: a dictionary of counts, looked through for every question."""


class Autocomplete:
    def __init__(self):
        self.counts = {}

    def count(self, query):
        return self.counts.get(query, 0)

    def add(self, query, times=1):
        after = self.count(query) + times
        if after > 0:
            self.counts[query] = after
        else:
            self.counts.pop(query, None)

    def matches(self, prefix):
        found = 0
        for query in self.counts:
            if query.startswith(prefix):
                found += 1
        return found

    def top(self, prefix, k):
        found = []
        for query, count in self.counts.items():
            if query.startswith(prefix):
                found.append((query, count))
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return found[:k]
