"""Hybrid retrieval, with the vectors one by one: slow, and right."""

import math


class KeywordIndex:
    def __init__(self, documents, k1=1.2, b=0.75):
        self.n, self.k1, self.b = len(documents), k1, b
        self.lengths = [len(document) for document in documents]
        self.mean = sum(self.lengths) / self.n if self.n else 0.0
        self.counts = {}
        for number, document in enumerate(documents):
            for word in document:
                held = self.counts.setdefault(word, {})
                held[number] = held.get(number, 0) + 1

    def top(self, query, k):
        repeats = {word: query.count(word) for word in query if word in self.counts}
        found = sorted({number for word in repeats for number in self.counts[word]})
        ranked = []
        for number in found:
            score = 0.0
            for word, times in repeats.items():
                held = self.counts[word]
                if number in held:
                    idf = math.log((self.n + 1) / (len(held) + 0.5))
                    size = 1 - self.b + self.b * self.lengths[number] / self.mean
                    score += times * idf * held[number] * (self.k1 + 1) / (held[number] + self.k1 * size)
            ranked.append((number, score))
        ranked.sort(key=lambda pair: pair[1], reverse=True)
        return ranked[:k]


def cosine(one, other):
    one, other = [float(x) for x in one], [float(x) for x in other]
    product = sum(x * y for x, y in zip(one, other, strict=True))
    size = math.sqrt(sum(x * x for x in one)) * math.sqrt(sum(y * y for y in other))
    return product / size if size > 0 else 0.0


def cosine_top(query, vectors, k):
    ranked = [(-cosine(query, row), number) for number, row in enumerate(vectors)]
    return [(number, -score) for score, number in sorted(ranked)[:k]]


def fuse(rankings, constant=60):
    places = {}
    for ranking in rankings:
        for number in set(ranking):
            places.setdefault(number, []).append(list(ranking).index(number) + 1)
    scores = {number: sum(1 / (constant + place) for place in sorted(own)) for number, own in places.items()}
    return sorted(sorted(scores.items()), key=lambda pair: pair[1], reverse=True)


def search(index, words, vectors, vector, k=10, depth=100):
    by_words = [number for number, _ in index.top(words, depth)]
    by_vector = [number for number, _ in cosine_top(vector, vectors, depth)]
    return fuse([by_words, by_vector])[:k]
