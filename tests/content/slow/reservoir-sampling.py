"""Samples as one writes them first: everything is kept, with a number drawn for each."""


class Reservoir:
    def __init__(self, k, rng):
        self.k, self.rng = k, rng
        self.all = []

    def add(self, item):
        self.all.append((self.rng.random(), len(self.all), item))

    def sample(self):
        chosen = sorted(self.all, key=lambda each: each[:2])[: self.k]
        return [item for _, _, item in sorted(chosen, key=lambda each: each[1])]


def weighted_sample(stream, k, rng):
    left, drawn = [(item, weight) for item, weight in stream if weight > 0], []
    while left and len(drawn) < k:
        ticket = rng.random() * sum(weight for _, weight in left)
        place = 0
        while place < len(left) - 1 and ticket >= left[place][1]:
            ticket -= left[place][1]
            place += 1
        drawn.append(left.pop(place)[0])
    return drawn
