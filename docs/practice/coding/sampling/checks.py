"""What sampling written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told


def _logits(n=4, v=7, seed=0):
    return np.random.default_rng(seed).normal(scale=2.0, size=(n, v))


def _reference_softmax(row):
    largest = max(row)
    weights = [math.exp(z - largest) for z in row]
    return [weight / sum(weights) for weight in weights]


def _ranked(row):
    """The indices of a row, best first; of equal ones the lower index comes first."""
    return sorted(range(len(row)), key=lambda index: (-row[index], index))


def _reference_top_k(logits, k):
    return np.array([[z if i in _ranked(row)[:k] else -math.inf for i, z in enumerate(row)] for row in logits])


def _reference_top_p(logits, p):
    kept = np.full(logits.shape, -math.inf)
    for number, row in enumerate(logits):
        shares, total = _reference_softmax(list(row)), 0.0
        for index in _ranked(list(row)):
            kept[number, index] = row[index]
            total += shares[index]
            if total >= p:
                break
    return kept


def _reference(logits, temperature=1.0, k=None, p=None):
    kept = logits / temperature
    kept = kept if k is None else _reference_top_k(kept, k)
    kept = kept if p is None else _reference_top_p(kept, p)
    return np.array([_reference_softmax(list(row)) for row in kept])


def check_top_k_keeps_the_wrong_tokens(candidate):
    """Not the k largest logits of each row are kept, or what is kept is changed."""
    logits = _logits()
    for k in (1, 3, 7):
        expect(candidate.top_k(logits, k), _reference_top_k(logits, k), logits=logits, k=k)


def check_ties_keep_more_than_k(candidate):
    """Where logits are equal, more or fewer than k tokens are kept, or not those with the lower index."""
    few = np.array([[1.0, 2.0, 2.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]])
    many = np.random.default_rng(8).integers(0, 4, size=(2, 200)).astype(float)
    for logits, k in ((few, 1), (few, 2), (few, 4), (many, 1), (many, 70)):
        expect(candidate.top_k(logits, k), _reference_top_k(logits, k), logits=logits, k=k)
    expect(candidate.top_p(many, 0.5), _reference_top_p(many, 0.5), logits=many, p=0.5)


def check_a_k_larger_than_the_vocabulary_fails(candidate):
    """With k above the number of tokens there is an error, or something is removed."""
    logits = _logits(2, 3)
    expect(candidate.top_k(logits, 50), logits, logits=logits, k=50)


def check_top_p_keeps_the_wrong_tokens(candidate):
    """The nucleus is not the fewest most probable tokens that reach p: one is missing, or one is too many."""
    logits = np.log(np.array([[0.15, 0.5, 0.05, 0.3], [0.05, 0.15, 0.3, 0.5]]))
    for p in (0.1, 0.45, 0.55, 0.75, 0.85, 0.97):
        expect(candidate.top_p(logits, p), _reference_top_p(logits, p), probabilities=np.exp(logits), p=p)
    even = np.zeros((1, 4))
    expect(candidate.top_p(even, 0.5), _reference_top_p(even, 0.5), logits=even, p=0.5, case="two reach p exactly")
    logits = _logits(seed=1)
    for p in (0.3, 0.6, 0.9):
        expect(candidate.top_p(logits, p), _reference_top_p(logits, p), logits=logits, p=p)


def check_a_sure_token_leaves_the_nucleus_empty(candidate):
    """When the best token alone has more than p, nothing is kept and the probabilities are nan."""
    logits = np.array([[9.0, 0.0, 1.0], [0.0, 0.0, 9.0]])
    kept = candidate.top_p(logits, 0.2)
    expect(kept, np.array([[9.0, -np.inf, -np.inf], [-np.inf, -np.inf, 9.0]]), logits=logits, p=0.2)


def check_probabilities_are_not_those_of_the_filters(candidate):
    """The probabilities differ from temperature, then top-k, then top-p, then a softmax of what is left."""
    logits = _logits(seed=2)
    for options in ({}, {"k": 3}, {"p": 0.8}, {"k": 4, "p": 0.7}, {"temperature": 2.0, "p": 0.6}):
        expect(candidate.probabilities(logits, **options), _reference(logits, **options), logits=logits, **options)


def check_top_p_ignores_what_top_k_removed(candidate):
    """The nucleus is that of all tokens, not of the k that are left, so the filters act in the wrong order."""
    logits = np.log(np.array([[0.1, 0.2, 0.4, 0.1, 0.2]]))
    expected = np.array([[0.0, 0.0, 1.0, 0.0, 0.0]])
    given = {"case": "of the two that are left, the first has 2/3"}
    expect(candidate.probabilities(logits, k=2, p=0.6), expected, probabilities=np.exp(logits), k=2, p=0.6, **given)


def check_temperature_works_the_wrong_way(candidate):
    """A higher temperature makes the distribution sharper, or the temperature acts on something but the logits."""
    logits = _logits(seed=3)
    for temperature in (0.5, 3.0):
        expected = _reference(logits, temperature)
        expect(candidate.probabilities(logits, temperature), expected, logits=logits, temperature=temperature)


def check_top_p_ignores_the_temperature(candidate):
    """The nucleus is chosen before the temperature acts, so a high temperature keeps too few tokens."""
    logits = np.log(np.array([[0.7, 0.2, 0.06, 0.04]]))
    options = {"temperature": 4.0, "p": 0.6}
    expect(candidate.probabilities(logits, **options), _reference(logits, **options), logits=logits, **options)


def check_temperature_zero_is_not_greedy(candidate):
    """A temperature of 0 divides by 0 instead of taking the largest logit, the first of equal ones."""
    logits = np.array([[1.0, 3.0, 2.0], [5.0, 5.0, -1.0]])
    with np.errstate(all="ignore"):
        shares = candidate.probabilities(logits, temperature=0)
        tokens = candidate.sample(logits, np.random.default_rng(0), temperature=0)
    expect(shares, np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), logits=logits, temperature=0)
    expect(tokens, np.array([1, 0]), logits=logits, temperature=0)


def check_large_logits_give_nan(candidate):
    """Logits in the thousands overflow in the probabilities or in the nucleus."""
    logits = np.array([[1000.0, 999.0, 0.0], [-2000.0, -2001.0, -2000.0]])
    with np.errstate(all="ignore"):
        for options in ({}, {"k": 2}, {"p": 0.9}):
            expect(candidate.probabilities(logits, **options), _reference(logits, **options), logits=logits, **options)


def check_tokens_do_not_come_as_often_as_they_should(candidate):
    """Over many draws, tokens do not come as often as their probabilities say, or tokens come that were removed."""
    row, n = np.log(np.array([0.05, 0.4, 0.15, 0.1, 0.3])), 20_000
    for options in ({}, {"temperature": 2.0}, {"k": 3}, {"p": 0.6}):
        tokens = np.asarray(candidate.sample(np.tile(row, (n, 1)), np.random.default_rng(0), **options))
        assert tokens.shape == (n,), told(f"shape ({n},)", f"shape {tokens.shape}")
        assert tokens.dtype.kind in "iu", told("tokens that are integers", f"{tokens.dtype}")
        expected = _reference(row[None, :], **options)[0]
        for token, share in enumerate(expected):
            found = float((tokens == token).mean())
            # Five standard deviations: a right draw hardly ever strays so far.
            slack = 5 * math.sqrt(share * (1 - share) / n)
            assert abs(found - share) <= slack, told(
                f"token {token} in {share:.4f} of the draws, give or take {slack:.4f}",
                f"in {found:.4f}",
                probabilities=np.exp(row),
                **options,
            )


def check_rows_share_a_draw(candidate):
    """Rows with the same logits always give the same token: one random number serves the whole batch."""
    n = 10_000
    tokens = np.asarray(candidate.sample(np.zeros((2 * n, 4)), np.random.default_rng(1)))
    found = float((tokens[:n] == tokens[n:]).mean())
    assert abs(found - 0.25) <= 5 * math.sqrt(0.25 * 0.75 / n), told(
        "two rows agree in a quarter of the draws", f"in {found:.4f}", logits="zeros, four tokens"
    )


def check_the_generator_is_not_used(candidate):
    """The same generator state gives other tokens, or a later draw gives the same ones."""
    logits = np.zeros((50, 100))
    first, second = (candidate.sample(logits, np.random.default_rng(5)) for _ in range(2))
    expect(first, second, logits="zeros (50, 100)", rng="default_rng(5) each time")
    rng = np.random.default_rng(5)
    draws = [np.asarray(candidate.sample(logits, rng)) for _ in range(2)]
    assert (draws[0] != draws[1]).any(), told("other tokens at the second call", draws[1], rng="one generator")


def check_rows_or_tokens_are_looped_over(candidate):
    """A Python loop runs over the rows or over the vocabulary."""

    def run(logits):
        rng = np.random.default_rng(0)
        return lambda: candidate.sample(logits, rng, temperature=0.7, k=3, p=0.9)

    expect_no_loop(lambda n: run(_logits(n, 5)), "rows")
    expect_no_loop(lambda v: run(_logits(2, v)), "tokens")


def check_the_logits_are_changed(candidate):
    """The logits that were passed in are different afterward: something was set to -inf in place."""
    logits = _logits()
    kept = logits.copy()
    candidate.top_k(logits, 2)
    candidate.top_p(logits, 0.5)
    candidate.sample(logits, np.random.default_rng(0), 0.5, 3, 0.9)
    expect(logits, kept, case="the logits after every function was called")
