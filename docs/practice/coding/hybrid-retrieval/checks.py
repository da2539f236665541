"""What a hybrid retriever written by hand gets wrong. Each check is named after what you would see."""

import itertools
import math
import random

import numpy as np
from kit import expect, expect_no_loop, python_steps, same, told


class _Word(str):
    """A word whose hashing and comparing are steps of Python, so that they can be counted."""

    __slots__ = ()

    def __hash__(self):
        return str.__hash__(self)

    def __eq__(self, other):
        return str.__eq__(self, other)


def _documents(seed, least=0, most=9):
    """Random short documents over few words, some of them empty."""
    rng = random.Random(seed)
    return [[rng.choice("aabcdef") for _ in range(rng.randint(least, most))] for _ in range(rng.randint(2, 9))]


def _reference_bm25(documents, query, k1=1.2, b=0.75):
    """The score of each document that holds a word of the query, with every count made anew."""
    mean = sum(len(document) for document in documents) / max(len(documents), 1)
    scores = {}
    for number, document in enumerate(documents):
        parts = []
        for word in query:
            count = sum(other == word for other in document)
            if count:
                holding = sum(word in other for other in documents)
                weight = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
                parts.append(weight * count * (k1 + 1) / (count + k1 * (1 - b + b * len(document) / mean)))
        if parts:
            scores[number] = sum(parts)
    return scores


def _reference_cosine(one, other):
    one, other = [float(x) for x in one], [float(x) for x in other]
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(x * y for x, y in zip(one, other, strict=True)) / lengths if lengths else 0.0


def _reference_fusion(rankings, constant=60):
    """The fused score of each id that a list names."""
    return {
        number: sum(1 / (constant + ranking.index(number) + 1) for ranking in rankings if number in ranking)
        for number in {number for ranking in rankings for number in ranking}
    }


def _best(scores, k):
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


def _pairs(got):
    """The answer as a list of pairs of plain numbers."""
    try:
        return [(int(number), float(score)) for number, score in got]
    except (TypeError, ValueError):
        raise AssertionError(told("a list of pairs (id, score)", got)) from None


def _expect_best(got, scores, k, tolerance=1e-8, **given):
    """Fail unless these are the k best; those that only rounding tells apart may come in any order."""
    got, wanted = _pairs(got), _best(scores, k)
    ids = [number for number, _ in got]
    right = len(set(ids)) == len(ids) and all(number in scores for number in ids)
    right = right and same([score for _, score in got], [score for _, score in wanted], tolerance)
    right = right and all(same(score, scores[number], tolerance) for number, score in got)
    assert right, told(wanted, got, **given, k=k)


def _signs(n, seed=0):
    """Rows of length 2: four entries that are 1 or -1, or a single 2. Every cosine is exact, and many tie."""
    rng = np.random.default_rng(seed)
    rows = rng.choice([-1.0, 1.0], size=(n, 4))
    rows[::3] = 2 * np.eye(4)[rng.integers(0, 4, size=len(rows[::3]))]
    return rows


def check_scores_are_not_those_of_the_formula(candidate):
    """The documents found or their scores differ from the formula for BM25, or the best is not first."""
    for seed in range(60):
        documents, rng = _documents(seed, least=1), random.Random(seed)
        k1, b = rng.choice([(1.2, 0.75), (0.9, 0.4), (2.0, 1.0), (1.5, 0.0), (0.0, 0.75)])
        query = rng.sample("abcdef", rng.randint(1, 3))
        got = candidate.KeywordIndex(documents, k1, b).top(query, 20)
        scores = _reference_bm25(documents, query, k1, b)
        _expect_best(got, scores, 20, documents=documents, query=query, k1=k1, b=b)


def check_a_repeated_or_unknown_query_word_counts_wrongly(candidate):
    """A word that the query repeats counts once, or a word that no document holds is an error or adds something."""
    for seed in range(20):
        documents = [[*document, "a"] for document in _documents(seed)]
        for query in ("aab", "bbba", "azz", "zaza", "z"):
            got = candidate.KeywordIndex(documents).top(list(query), 20)
            _expect_best(got, _reference_bm25(documents, query), 20, documents=documents, query=list(query))


def check_empty_documents_are_left_out_or_break_it(candidate):
    """Empty documents do not count in N and in the mean length, or with nothing but them there is an error."""
    for seed in range(20):
        documents = [[], *_documents(seed), [], []]
        got = candidate.KeywordIndex(documents).top(["a", "c"], 20)
        _expect_best(got, _reference_bm25(documents, "ac"), 20, documents=documents, query=["a", "c"])
    for documents in ([], [[]], [[], [], []]):
        for query in (["a"], []):
            got = candidate.KeywordIndex(documents).top(query, 3)
            _expect_best(got, {}, 3, documents=documents, query=query)


def check_equal_bm25_scores_do_not_go_by_the_lower_id(candidate):
    """Of documents with the same score, another than the one with the lower id comes first or is cut off at k."""
    few = [["x", "y"], ["b", "x"], ["a", "y"], ["a", "x"], ["b", "y"]]
    many = [[*words] for words in ("ac", "b", "bc") * 15]
    for documents, query in ((few, ["a", "b"]), (few, ["b", "a"]), (many, ["b"]), (many, ["a", "b"])):
        for k in (1, 2, 3, 7, 40):
            got = _pairs(candidate.KeywordIndex(documents).top(query, k))
            wanted = _best(_reference_bm25(documents, query), k)
            right = [number for number, _ in got] == [number for number, _ in wanted]
            shown = documents if documents is few else "ac, b, bc, and so on, 45 in all"
            assert right, told(wanted, got, documents=shown, query=query, k=k)


def check_a_k_of_0_or_above_all_is_wrong(candidate):
    """With k = 0 something is found, or with k above the number of documents not all that there is."""
    documents, vectors = [["a"], ["b"], ["a", "b"]], np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 2.0]])
    scores = {number: _reference_cosine(vectors[number], [2.0, 1.0]) for number in range(3)}
    for k in (0, 1, 2, 3, 4, 50):
        got = candidate.KeywordIndex(documents).top(["a"], k)
        _expect_best(got, _reference_bm25(documents, "a"), k, documents=documents, query=["a"])
        _expect_best(candidate.cosine_top(np.array([2.0, 1.0]), vectors, k), scores, k, 1e-6, vectors=vectors)


def check_every_document_is_looked_at(candidate):
    """An answer takes steps in proportion to all documents, though two of them hold the word."""
    steps = []
    for n in (20, 4000):
        documents = [[_Word("common"), _Word(f"own{number}")] for number in range(n)]
        documents[3].append(_Word("rare"))
        documents[7].append(_Word("rare"))
        index = candidate.KeywordIndex(documents)

        def call(index=index):
            return index.top([_Word("rare"), _Word("unknown")], 5)

        call()
        steps.append(python_steps(call))
    assert steps[1] < steps[0] + 200, told(
        "as many steps among 4,000 as among 20",
        f"{steps[0]} steps, then {steps[1]:,}",
        documents="two with the word, among 20 and among 4,000",
    )


def check_cosines_are_wrong(candidate):
    """The cosines or their order differ from the definition, for long, opposite or int8 vectors."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        vectors, query = rng.normal(size=(12, 5)), rng.normal(size=5)
        if seed % 4 == 1:
            vectors, query = vectors * 10.0 ** rng.integers(0, 4, size=(12, 1)), query * 10
        if seed % 4 == 2:
            vectors, query = (rng.integers(-128, 128, size=shape).astype(np.int8) for shape in ((12, 5), 5))
        if seed % 4 == 3:
            vectors, query = vectors - 3 * query, query * 100
        scores = {number: _reference_cosine(row, query) for number, row in enumerate(vectors)}
        for k in (1, 5, 12):
            _expect_best(candidate.cosine_top(query, vectors, k), scores, k, 1e-6, query=query, vectors=vectors)


def check_a_vector_of_zeros_gives_nan(candidate):
    """A row or a query of zeros gives nan or an error instead of a cosine of 0."""
    vectors = np.array([[-1.0, 0.0], [0.0, 0.0], [3.0, 4.0], [0.0, 0.0], [0.0, -2.0]])
    for rows in (vectors, vectors.astype(np.int8)):
        for query in (np.array([1.0, 0.0]), np.zeros(2), np.array([0, 5], dtype=np.int8)):
            scores = {number: _reference_cosine(row, query) for number, row in enumerate(rows)}
            with np.errstate(all="ignore"):
                got = _pairs(candidate.cosine_top(query, rows, 5))
            _expect_best(got, scores, 5, 1e-6, query=query, vectors=rows)
            expect([number for number, _ in got], [number for number, _ in _best(scores, 5)], query=query, vectors=rows)


def check_equal_cosines_do_not_go_by_the_lower_id(candidate):
    """Of rows with the same cosine, another than the one with the lower id comes first or is cut off at k."""
    vectors = _signs(200)
    for query in (np.array([1.0, 0.0, 0.0, 0.0]), np.array([2.0, -2.0, 2.0, 2.0]), np.zeros(4)):
        scores = {number: _reference_cosine(row, query) for number, row in enumerate(vectors)}
        for k in (1, 30, 150, 200):
            got = [number for number, _ in _pairs(candidate.cosine_top(query, vectors, k))]
            expect(got, [number for number, _ in _best(scores, k)], query=query, vectors=vectors, k=k)


def check_vectors_are_looped_over(candidate):
    """A Python loop runs over the vectors."""
    expect_no_loop(lambda n: lambda: candidate.cosine_top(np.ones(4), _signs(n), 3), "vectors")


def check_fused_scores_are_wrong(candidate):
    """The fused ids or scores differ from summing 1 / (constant + place), or equal scores do not go by the lower id."""
    for seed in range(60):
        rng = random.Random(seed)
        rankings = [rng.sample(range(8), rng.randint(0, 8)) for _ in range(seed % 5)]
        constant = rng.choice([60, 60, 25])
        scores, got = _reference_fusion(rankings, constant), candidate.fuse(rankings, constant)
        _expect_best(got, scores, 20, rankings=rankings, constant=constant)
        if len(rankings) < 3:
            # A sum of two is the same number in either order, so equal places tie.
            expect(_pairs(got), _best(scores, 20), rankings=rankings, constant=constant)


def check_the_search_fuses_something_else(candidate):
    """The search differs from the fusion of both answers, each cut to its best depth, or from its best k."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        documents = _documents(seed)
        vectors, vector = rng.normal(size=(len(documents), 4)), rng.normal(size=4)
        words = ["z"] if seed % 5 == 0 else ["b", "c", "d"]
        scores = _reference_bm25(documents, words)
        ordered = sorted(scores.values())
        if any(high - low < 1e-6 for low, high in itertools.pairwise(ordered)):
            continue
        cosines = {number: _reference_cosine(row, vector) for number, row in enumerate(vectors)}
        for k, depth in ((9, 9), (2, 3), (9, 2), (1, 1), (0, 3), (3, 0)):
            lists = [[number for number, _ in _best(each, depth)] for each in (scores, cosines)]
            got = candidate.search(candidate.KeywordIndex(documents), words, vectors, vector, k, depth)
            given = {"by_words": lists[0], "by_vector": lists[1], "k": k, "depth": depth}
            expect(_pairs(got), _best(_reference_fusion(lists), k), **given)


def check_the_defaults_are_others(candidate):
    """By default k1 is not 1.2, b not 0.75, the constant not 60, or the search does not take 10 of 100."""
    for seed in range(10):
        documents = [[*document, "a"] for document in _documents(seed)]
        got = candidate.KeywordIndex(documents).top(["a", "b"], 20)
        _expect_best(got, _reference_bm25(documents, "ab"), 20, documents=documents, query=["a", "b"])
    rankings = [[3, 1], [1, 2]]
    expect(_pairs(candidate.fuse(rankings)), _best(_reference_fusion(rankings), 3), rankings=rankings)
    # The document with number n has n other words, so the scores fall; the vectors turn away the other way around.
    documents = [["a"] + ["x"] * number for number in range(130)]
    angles = np.linspace(1.5, 0.0, 130)
    vectors, vector = np.stack([np.cos(angles), np.sin(angles)], axis=1), np.array([1.0, 0.0])
    wanted = _best(_reference_fusion([list(range(100)), list(range(129, 29, -1))]), 130)
    index, given = candidate.KeywordIndex(documents), {"documents": "130, all found by word and by vector"}
    expect(_pairs(candidate.search(index, ["a"], vectors, vector)), wanted[:10], **given)
    expect(_pairs(candidate.search(index, ["a"], vectors, vector, k=130)), wanted, **given, k=130)


def check_arguments_are_changed(candidate):
    """An argument is different afterward, or a second answer differs from the first."""
    documents, query = [["a", "b"], ["b"], ["a", "a", "c"]], ["b", "a", "b"]
    vectors, vector, rankings = _signs(3), np.array([3.0, 1.0, 0.0, 0.0]), [[2, 0], [1, 0]]
    before = [str(each) for each in (documents, query, vectors, vector, rankings)]
    scores = _reference_bm25(documents, query)
    index = candidate.KeywordIndex(documents)
    for _ in range(2):
        _expect_best(index.top(query, 3), scores, 3, documents=documents, query=query)
        candidate.cosine_top(vector, vectors, 2)
        candidate.fuse(rankings)
        candidate.search(index, query, vectors, vector, 2, 2)
    after = [str(each) for each in (documents, query, vectors, vector, rankings)]
    for name, one, other in zip(("documents", "query", "vectors", "vector", "rankings"), before, after, strict=True):
        assert one == other, told(one, other, case=f"{name} after every function was called")
