"""What attention written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told


def _inputs(n=4, m=6, d=5, v=3, batch=(), seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(*batch, n, d)), rng.normal(size=(*batch, m, d)), rng.normal(size=(*batch, m, v))


def _reference(Q, K, V, mask=None):
    """One query after the other, one key after the other; the exponent of the best key is 0."""
    n, m, d = len(Q), len(K), len(Q[0])
    outputs, weights = np.zeros((n, V.shape[1])), np.zeros((n, m))
    for i in range(n):
        seen = [j for j in range(m) if mask is None or mask[i][j]]
        scores = {j: sum(float(q) * float(k) for q, k in zip(Q[i], K[j], strict=True)) / math.sqrt(d) for j in seen}
        best = max(scores.values(), default=0.0)
        total = sum(math.exp(score - best) for score in scores.values())
        for j in seen:
            weights[i, j] = math.exp(scores[j] - best) / total
            outputs[i] += weights[i, j] * V[j]
    return outputs, weights


def _masked(n, m, seed=0):
    """A mask in which every query sees something."""
    mask = np.random.default_rng(seed).random((n, m)) < 0.5
    mask[:, 0] = True
    return mask


def check_weights_do_not_sum_to_one(candidate):
    """The weights of a query do not add up to 1: the softmax runs over the queries, or the mask came after it."""
    Q, K, V = _inputs()
    for mask in (None, _masked(4, 6)):
        _, weights = candidate.attention(Q, K, V, mask)
        assert np.shape(weights) == (4, 6), told("shape (4, 6)", f"shape {np.shape(weights)}", n=4, m=6)
        expect(
            weights.sum(axis=1), np.ones(4), mask=mask if mask is not None else "no mask", case="the sums of the rows"
        )


def check_weights_are_not_those_of_scaled_scores(candidate):
    """The weights are too sharp or too flat: the scores are not divided by the square root of the queries' width."""
    for d in (1, 4, 64):
        Q, K, V = _inputs(d=d, seed=d)
        expect(candidate.attention(Q, K, V)[1], _reference(Q, K, V)[1], Q=f"4 queries of width {d}", K="6 keys")


def check_outputs_are_not_weighted_values(candidate):
    """The output is not the sum of the values, each times its weight."""
    Q, K, V = _inputs(v=2)
    expect(candidate.attention(Q, K, V)[0], _reference(Q, K, V)[0], Q=Q, K=K, V=V)


def check_masked_keys_are_seen(candidate):
    """A key that is masked still has a weight, or an unmasked one has lost its own."""
    Q, K, V = _inputs()
    mask = _masked(4, 6, seed=2)
    outputs, weights = candidate.attention(Q, K, V, mask)
    expected = _reference(Q, K, V, mask)
    assert not np.asarray(weights)[~mask].any(), told(
        "weights of exactly 0 where the mask is False", weights, mask=mask
    )
    expect(weights, expected[1], mask=mask, case="the weights")
    expect(outputs, expected[0], mask=mask, case="the outputs")


def check_a_query_that_sees_nothing_gives_nan(candidate):
    """A query whose keys are all masked gives nan, or looks everywhere, instead of giving zeros."""
    Q, K, V = _inputs()
    mask = _masked(4, 6, seed=3)
    mask[1] = False
    with np.errstate(all="ignore"):
        outputs, weights = candidate.attention(Q, K, V, mask)
    expected = _reference(Q, K, V, mask)
    expect(weights, expected[1], mask=mask, case="the weights")
    expect(outputs, expected[0], mask=mask, case="the outputs")


def check_large_scores_overflow(candidate):
    """Scores in the thousands give nan, or a query with low scores gives nan next to one with high scores."""
    Q, K, V = _inputs()
    Q, K = Q * np.array([[1000.0], [1.0], [1000.0], [1.0]]), K * 10.0
    Q[2] = -np.abs(Q[2])
    K = np.abs(K)
    for mask in (None, _masked(4, 6, seed=4)):
        with np.errstate(all="ignore"):
            outputs, weights = candidate.attention(Q, K, V, mask)
        expected = _reference(Q, K, V, mask)
        expect(weights, expected[1], Q=Q, K=K, mask=mask if mask is not None else "no mask", case="the weights")
        expect(outputs, expected[0], Q=Q, K=K, mask=mask if mask is not None else "no mask", case="the outputs")


def check_batches_and_heads_are_mixed(candidate):
    """With leading axes for batch and head, one sequence's queries meet another's keys, or the shapes do not fit."""
    Q, K, V = _inputs(n=3, m=4, batch=(2, 3), seed=5)
    mask = _masked(3, 4, seed=6)
    outputs, weights = candidate.attention(Q, K, V, mask)
    for b in range(2):
        for h in range(3):
            expected = _reference(Q[b, h], K[b, h], V[b, h], mask)
            expect(weights[b, h], expected[1], shapes="Q (2, 3, 3, 5), K (2, 3, 4, 5)", batch=b, head=h)
            expect(outputs[b, h], expected[0], shapes="Q (2, 3, 3, 5), K (2, 3, 4, 5)", batch=b, head=h)


def check_the_future_is_seen(candidate):
    """With the causal mask a token sees later ones, or does not see itself."""
    for n in (1, 2, 5):
        mask = np.asarray(candidate.causal_mask(n, n))
        expected = np.array([[j <= i for j in range(n)] for i in range(n)])
        assert mask.dtype == bool, told("a mask of bool", f"a mask of {mask.dtype}", n=n, m=n)
        expect(mask, expected, n=n, m=n)


def check_new_queries_do_not_see_what_is_cached(candidate):
    """With more keys than queries, as with cached keys, the queries are taken for the first positions, not the last."""
    for n, m in ((1, 4), (2, 5), (3, 4)):
        expected = np.array([[j <= m - n + i for j in range(m)] for i in range(n)])
        expect(candidate.causal_mask(n, m), expected, n=n, m=m)


def check_padding_is_seen(candidate):
    """The mask of padded keys lets one through, hides a real one, or does not have the shape (b, 1, m)."""
    lengths = np.array([4, 1, 0, 3])
    expected = np.array([[[True] * length + [False] * (4 - length)] for length in lengths])
    mask = np.asarray(candidate.padding_mask(lengths, 4))
    assert mask.shape == (4, 1, 4), told("shape (4, 1, 4)", f"shape {mask.shape}", lengths=lengths, m=4)
    assert mask.dtype == bool, told("a mask of bool", f"a mask of {mask.dtype}", lengths=lengths)
    expect(mask, expected, lengths=lengths, m=4)


def check_masks_do_not_combine(candidate):
    """Causal and padding mask together, joined with &, do not give what each sequence gives without its padding."""
    Q, K, V = _inputs(n=4, m=4, batch=(2,), seed=7)
    lengths = np.array([4, 2])
    mask = candidate.causal_mask(4, 4) & candidate.padding_mask(lengths, 4)
    outputs, _ = candidate.attention(Q, K, V, mask)
    for b, length in enumerate(lengths):
        causal = [[j <= i for j in range(length)] for i in range(length)]
        expected, _ = _reference(Q[b, :length], K[b, :length], V[b, :length], causal)
        expect(outputs[b, :length], expected, sequence=b, length=int(length), case="the outputs of the real tokens")


def check_queries_are_looped_over(candidate):
    """A Python loop runs over the queries, or over the sequences of a batch."""

    def of_queries(n):
        Q, K, V = _inputs(n=n)

        def run():
            candidate.attention(Q, K, V)
            candidate.causal_mask(n, n)

        return run

    def of_sequences(b):
        Q, K, V = _inputs(n=2, m=2, batch=(b,))
        lengths = np.full(b, 2)
        return lambda: candidate.attention(Q, K, V, candidate.padding_mask(lengths, 2))

    expect_no_loop(of_queries, "queries")
    expect_no_loop(of_sequences, "sequences")


def check_the_arguments_are_changed(candidate):
    """Queries, keys, values, mask or lengths are different afterward: something was updated in place."""
    given = [*_inputs(), _masked(4, 6), np.array([3, 6])]
    kept = [each.copy() for each in given]
    candidate.attention(*given[:4])
    candidate.padding_mask(given[4], 6)
    for name, before, after in zip(("Q", "K", "V", "mask", "lengths"), kept, given, strict=True):
        expect(after, before, case=f"{name} after every function was called")
