"""What a key-value cache written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told

_HEADS, _WIDTH, _VOCABULARY = 2, 3, 9


def _weights(seed=0, positions=24):
    rng = np.random.default_rng(seed)
    d = _HEADS * _WIDTH
    sizes = {"E": (_VOCABULARY, d), "P": (positions, d), "Q": (d, d), "K": (d, d), "V": (d, d), "O": (d, d)}
    return {name: rng.normal(size=size) for name, size in sizes.items()}


def _tokens(n, seed=0):
    return np.random.default_rng(seed).integers(0, _VOCABULARY, size=n)


def _reference(tokens, weights, heads=_HEADS):
    """Everything computed anew, token by token and head by head, without a cache."""
    x = np.array([weights["E"][token] + weights["P"][place] for place, token in enumerate(tokens)])
    q, k, v = (x @ weights[name] for name in "QKV")
    width = x.shape[1] // heads
    mixed = np.zeros_like(x)
    for i in range(len(tokens)):
        for head in range(heads):
            part = slice(head * width, (head + 1) * width)
            scores = [float(q[i, part] @ k[j, part]) / math.sqrt(width) for j in range(i + 1)]
            shares = [math.exp(score - max(scores)) for score in scores]
            for j, share in enumerate(shares):
                mixed[i, part] += share / sum(shares) * v[j, part]
    return (x + mixed @ weights["O"]) @ weights["E"].T


def _reference_generate(prompt, steps, weights):
    tokens = [int(token) for token in prompt]
    for _ in range(steps):
        tokens.append(int(_reference(tokens, weights)[-1].argmax()))
    return tokens[len(prompt) :]


def _refused(cache, keys, values):
    try:
        cache.append(keys, values)
    except ValueError:
        return True
    return False


def _in_chunks(candidate, tokens, sizes, weights):
    cache = candidate.Cache(_HEADS, 24, _WIDTH)
    ends = np.cumsum(sizes)
    return np.concatenate(
        [
            candidate.logits(tokens[end - size : end], weights, _HEADS, cache)
            for size, end in zip(sizes, ends, strict=True)
        ]
    )


def check_logits_without_a_cache_are_wrong(candidate):
    """Without a cache the logits are not those of causal attention: masks, heads, positions or the residual."""
    weights = _weights()
    for n in (1, 2, 6):
        tokens = _tokens(n, seed=n)
        expect(candidate.logits(tokens, weights, _HEADS), _reference(tokens, weights), tokens=tokens, heads=_HEADS)


def check_the_number_of_heads_is_ignored(candidate):
    """One head, or as many heads as numbers, gives the same logits as two."""
    weights, tokens = _weights(seed=1), _tokens(5)
    for heads in (1, 3, 6):
        expected = _reference(tokens, weights, heads)
        expect(candidate.logits(tokens, weights, heads), expected, tokens=tokens, heads=heads)


def check_the_prompt_in_a_cache_gives_other_logits(candidate):
    """The first call with a cache, with the whole prompt, differs from the computation without one."""
    weights, tokens = _weights(), _tokens(7)
    expect(_in_chunks(candidate, tokens, [7], weights), _reference(tokens, weights), tokens=tokens, chunks="7")


def check_token_by_token_gives_other_logits(candidate):
    """Fed one token at a time, the logits drift from those of the whole sequence: positions, mask, or what is kept."""
    weights, tokens = _weights(), _tokens(7)
    expect(_in_chunks(candidate, tokens, [1] * 7, weights), _reference(tokens, weights), tokens=tokens, chunks="1 each")


def check_chunks_give_other_logits(candidate):
    """A second chunk of several tokens sees its own future, or not all that is cached."""
    weights, tokens = _weights(seed=2), _tokens(9, seed=2)
    for sizes in ([4, 5], [3, 1, 5], [1, 6, 2]):
        expect(_in_chunks(candidate, tokens, sizes, weights), _reference(tokens, weights), tokens=tokens, chunks=sizes)


def check_a_cache_does_not_count_its_tokens(candidate):
    """The length of the cache is not the number of tokens that were fed."""
    cache = candidate.Cache(_HEADS, 24, _WIDTH)
    assert cache.length == 0, told(0, cache.length, case="a new cache")
    for fed, total in ((4, 4), (1, 5), (3, 8)):
        candidate.logits(_tokens(fed), _weights(), _HEADS, cache)
        assert cache.length == total, told(total, cache.length, case=f"after {total} tokens")


def check_append_does_not_return_all_so_far(candidate):
    """What the cache gives back is not the keys and values of every token so far, in their order."""
    rng = np.random.default_rng(3)
    keys, values = rng.normal(size=(2, _HEADS, 6, _WIDTH))
    cache = candidate.Cache(_HEADS, 8, _WIDTH)
    for start, end in ((0, 3), (3, 4), (4, 6)):
        got = cache.append(keys[:, start:end], values[:, start:end])
        expect(got[0], keys[:, :end], case=f"the keys after {end} tokens of a capacity of 8")
        expect(got[1], values[:, :end], case=f"the values after {end} tokens of a capacity of 8")


def check_a_full_cache_forgets_or_fails_late(candidate):
    """More tokens than there is room for are dropped silently, or the cache is changed before it complains."""
    rng = np.random.default_rng(4)
    keys, values = rng.normal(size=(2, _HEADS, 5, _WIDTH))
    cache = candidate.Cache(_HEADS, 4, _WIDTH)
    cache.append(keys[:, :3], values[:, :3])
    assert _refused(cache, keys[:, 3:], values[:, 3:]), told("a ValueError", "none", capacity=4, case="3 tokens and 2")
    assert cache.length == 3, told(3, cache.length, case="the length after the refusal")
    full = cache.append(keys[:, 3:4], values[:, 3:4])
    expect(full[0], keys[:, :4], case="the keys of four tokens, which fit")
    assert _refused(cache, keys[:, 4:], values[:, 4:]), told("a ValueError", "none", capacity=4, case="4 tokens and 1")


def check_two_caches_share_their_tokens(candidate):
    """What one sequence puts into its cache shows up in that of another."""
    weights, tokens, others = _weights(), _tokens(6), _tokens(5, seed=8)
    first, second = (candidate.Cache(_HEADS, 8, _WIDTH) for _ in range(2))
    candidate.logits(tokens[:4], weights, _HEADS, first)
    candidate.logits(others, weights, _HEADS, second)
    got = candidate.logits(tokens[4:], weights, _HEADS, first)
    expect(got, _reference(tokens, weights)[4:], tokens=tokens, case="the last two, after another sequence was fed")


def check_large_scores_overflow(candidate):
    """Scores in the thousands give nan: no maximum is subtracted, or the wrong one."""
    weights, tokens = _weights(seed=5), _tokens(6)
    weights["Q"] = weights["Q"] * 500.0
    with np.errstate(all="ignore"):
        got = candidate.logits(tokens, weights, _HEADS)
    expect(got, _reference(tokens, weights), tokens=tokens, case="queries 500 times as large")


def check_generated_tokens_are_not_the_likeliest(candidate):
    """The generated tokens are not those that come when everything is recomputed for each."""
    for seed, length, steps in ((0, 5, 8), (1, 1, 6), (2, 3, 1), (3, 4, 0), (4, 6, 18)):
        weights, prompt = _weights(seed), _tokens(length, seed)
        got = candidate.generate(prompt, steps, weights, _HEADS)
        expect(list(got), _reference_generate(prompt, steps, weights), prompt=prompt, steps=steps)


def check_the_prompt_is_computed_again_for_each_token(candidate):
    """Generation calls `logits` with more than the newest token, so the cache saves nothing."""
    weights, prompt = _weights(), _tokens(5)
    fed, inner = [], candidate.logits

    def counted(tokens, *rest, **named):
        fed.append(len(tokens))
        return inner(tokens, *rest, **named)

    candidate.logits = counted
    try:
        candidate.generate(prompt, 4, weights, _HEADS)
    finally:
        candidate.logits = inner
    expect(fed, [5, 1, 1, 1], prompt="5 tokens", steps=4, case="the number of tokens in each call of logits")


def check_tokens_are_looped_over(candidate):
    """A Python loop runs over the tokens of a call."""
    weights = _weights(positions=600)
    expect_no_loop(lambda n: lambda: candidate.logits(_tokens(n), weights, _HEADS), "tokens")


def check_the_arguments_are_changed(candidate):
    """Weights, tokens or the prompt are different afterward: something was updated in place."""
    weights, tokens = _weights(), _tokens(5)
    kept = {name: value.copy() for name, value in weights.items()}
    candidate.logits(tokens, weights, _HEADS, candidate.Cache(_HEADS, 8, _WIDTH))
    candidate.generate(tokens, 3, weights, _HEADS)
    for name, value in weights.items():
        expect(value, kept[name], case=f"weights {name} after every function was called")
    expect(tokens, _tokens(5), case="the tokens after every function was called")
