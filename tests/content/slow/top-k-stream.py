"""The most frequent as one writes them first: all are sorted whenever somebody asks."""


def best_of(counts, k):
    return sorted(counts.items(), key=lambda pair: -pair[1])[:k]


def top_k(stream, k):
    counts = {}
    for item in stream:
        counts[item] = counts.get(item, 0) + 1
    return best_of(counts, k)


def merge_counts(shards, k):
    total = {}
    for shard in shards:
        for item, number in shard.items():
            total[item] = total.get(item, 0) + number
    return best_of(total, k)


class Leaders:
    def __init__(self, k):
        self.k = k
        self.counts = {}

    def add(self, item):
        self.counts[item] = self.counts.get(item, 0) + 1

    def top(self):
        return best_of(self.counts, self.k)
