"""Clusters as one writes them first: a set for each, and the second moves into the first, member by member."""


class Clusters:
    def __init__(self):
        self.of = {}

    def link(self, one, other):
        if self.same(one, other):
            return False
        ours, theirs = self.of.setdefault(one, {one}), self.of.setdefault(other, {other})
        for member in theirs:
            ours.add(member)
            self.of[member] = ours
        return True

    def same(self, one, other):
        return one == other or (one in self.of and other in self.of[one])

    def size(self, item):
        return len(self.of.get(item, {item}))

    def canonical(self, item):
        return min(self.of.get(item, {item}))

    def clusters(self):
        found = []
        for cluster in self.of.values():
            if sorted(cluster) not in found:
                found.append(sorted(cluster))
        return sorted(found, key=lambda ids: (-len(ids), ids[0]))


def deduplicate(ids, pairs):
    clusters = Clusters()
    for one, other in pairs:
        clusters.link(one, other)
    kept = []
    for item in ids:
        if not any(clusters.same(item, before) for before in kept):
            kept.append(item)
    return kept
