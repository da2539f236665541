"""A small hybrid retriever: BM25 from an inverted index, cosine, and
reciprocal rank fusion."""

import math
from collections import Counter

import numpy as np


def _best_first(scores: dict[int, float]) -> list[tuple[int, float]]:
    """Return the pairs by falling score, equal scores by lower id.
    O(m log m) for m pairs."""
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


class KeywordIndex:
    """BM25 over documents that are lists of words. Building takes
    O(all words), memory is O(different words of each document)."""

    def __init__(
        self,
        documents: list[list[str]],
        k1: float = 1.2,
        b: float = 0.75,
    ) -> None:
        self.size = len(documents)
        self.postings: dict[str, list[tuple[int, float]]] = {}
        total = sum(len(document) for document in documents)
        for i, document in enumerate(documents):
            for word, count in Counter(document).items():
                # Reached for documents with words alone, so the mean
                # length, total / size, is not 0.
                relative = len(document) * self.size / total
                norm = k1 * (1 - b + b * relative)
                share = count * (k1 + 1) / (count + norm)
                self.postings.setdefault(word, []).append((i, share))

    def top(self, query: list[str], k: int) -> list[tuple[int, float]]:
        """Return the k best documents that hold a word of the query, as
        pairs (id, score). O(p + m log m) for p postings of its words
        and m documents in them."""
        scores: dict[int, float] = {}
        for word in query:
            postings = self.postings.get(word, [])
            held = len(postings)
            odds = (self.size - held + 0.5) / (held + 0.5)
            weight = math.log(1 + odds)
            for i, share in postings:
                scores[i] = scores.get(i, 0.0) + weight * share
        return _best_first(scores)[:k]


def _unit(rows: np.ndarray) -> np.ndarray:
    """Return each row divided by its length, zeros as they are; shape
    (n, d) or (d,). O(nd)."""
    # Bytes would wrap around when they are squared or multiplied.
    rows = np.asarray(rows, dtype=float)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    nothing = np.zeros_like(rows)
    return np.divide(rows, lengths, out=nothing, where=lengths > 0)


def cosine_top(
    query: np.ndarray, vectors: np.ndarray, k: int
) -> list[tuple[int, float]]:
    """Return the k rows of vectors (n, d) with the largest cosine to
    the query (d,), as pairs (id, cosine). O(nd + n log n)."""
    cosines = _unit(vectors) @ _unit(query)
    best = np.argsort(-cosines, kind="stable")[:k]
    return [(int(i), float(cosines[i])) for i in best]


def fuse(
    rankings: list[list[int]], constant: float = 60
) -> list[tuple[int, float]]:
    """Return all ids of the rankings as pairs (id, score) by reciprocal
    rank fusion. O(r + m log m) for r places and m different ids."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for place, i in enumerate(ranking, start=1):
            scores[i] = scores.get(i, 0.0) + 1 / (constant + place)
    return _best_first(scores)


def search(
    index: KeywordIndex,
    words: list[str],
    vectors: np.ndarray,
    vector: np.ndarray,
    k: int = 10,
    depth: int = 100,
) -> list[tuple[int, float]]:
    """Return the k best of the fusion of both searches, each cut to its
    best depth, as pairs (id, score)."""
    found = index.top(words, depth), cosine_top(vector, vectors, depth)
    rankings = [[i for i, _ in pairs] for pairs in found]
    return fuse(rankings)[:k]
