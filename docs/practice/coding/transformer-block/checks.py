"""What a transformer block written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told


def _parameters(d=6, f=10, seed=0):
    rng = np.random.default_rng(seed)
    shapes = dict.fromkeys(("query", "key", "value", "output"), (d, d))
    shapes |= {"up": (d, f), "up_bias": (f,), "down": (f, d), "down_bias": (d,)}
    shapes |= dict.fromkeys(("gain_1", "shift_1", "gain_2", "shift_2"), (d,))
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def _inputs(b=2, n=4, d=6, seed=1):
    return np.random.default_rng(seed).normal(loc=0.5, scale=2.0, size=(b, n, d))


def _reference_norm(vector, gain, shift, eps=1e-5):
    mean = sum(float(z) for z in vector) / len(vector)
    variance = sum((float(z) - mean) ** 2 for z in vector) / len(vector)
    root = math.sqrt(variance + eps)
    return np.array([g * (float(z) - mean) / root + s for z, g, s in zip(vector, gain, shift, strict=True)])


def _reference_gelu(z):
    return 0.5 * z * (1.0 + math.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3)))


def _reference_attention(tokens, p, heads):
    """One sequence: head after head, token after token, over the tokens so far."""
    width = len(tokens[0]) // heads
    queries, keys, values = ([token @ p[name] for token in tokens] for name in ("query", "key", "value"))
    outputs = []
    for i in range(len(tokens)):
        merged = []
        for head in range(heads):
            cut = slice(head * width, (head + 1) * width)
            scores = [float(queries[i][cut] @ keys[j][cut]) / math.sqrt(width) for j in range(i + 1)]
            weights = [math.exp(score - max(scores)) for score in scores]
            merged += list(sum(w * values[j][cut] for j, w in enumerate(weights)) / sum(weights))
        outputs.append(np.array(merged) @ p["output"])
    return outputs


def _reference_network(token, p):
    hidden = np.array([_reference_gelu(float(z)) for z in token @ p["up"] + p["up_bias"]])
    return hidden @ p["down"] + p["down_bias"]


def _reference_block(x, p, heads):
    result = []
    for tokens in x:
        read = [_reference_norm(token, p["gain_1"], p["shift_1"]) for token in tokens]
        tokens = [token + new for token, new in zip(tokens, _reference_attention(read, p, heads), strict=True)]
        read = [_reference_norm(token, p["gain_2"], p["shift_2"]) for token in tokens]
        result.append([token + _reference_network(one, p) for token, one in zip(tokens, read, strict=True)])
    return np.array(result)


def check_vectors_are_not_normalized(candidate):
    """A token's vector does not come out with mean 0 and variance 1, times gain plus shift."""
    p = _parameters()
    for x in (_inputs(), _inputs()[0], _inputs()[0, 0], 1e6 + _inputs(seed=2)):
        expected = [_reference_norm(one, p["gain_1"], p["shift_1"]) for one in x.reshape(-1, 6)]
        got = candidate.layer_norm(x, p["gain_1"], p["shift_1"])
        expect(got, np.array(expected).reshape(x.shape), x=x, gain=p["gain_1"], shift=p["shift_1"])


def check_small_vectors_are_normalized_otherwise(candidate):
    """For vectors with a variance near eps the result is off: eps is added elsewhere, or is another number."""
    for scale, eps in ((1e-3, None), (1e-2, 1e-3), (0.0, None)):
        x = scale * _inputs()[0] + (7.0 if scale == 0 else 0.0)
        gain, shift = np.arange(1.0, 7.0), np.ones(6)
        arguments = () if eps is None else (eps,)
        expected = np.array([_reference_norm(token, gain, shift, *arguments) for token in x])
        with np.errstate(all="ignore"):
            got = candidate.layer_norm(x, gain, shift, *arguments)
        expect(got, expected, x=x, eps=eps or "not given", gain=gain, shift=shift)


def check_gelu_is_another_function(candidate):
    """The activation is not the GELU, or gives nan for large numbers."""
    x = np.array([[-1e3, -5.0, -1.0, -0.1], [0.0, 0.3, 2.0, 1e3]])
    expected = np.array([[_reference_gelu(float(z)) for z in row] for row in x])
    with np.errstate(all="ignore"):
        expect(candidate.gelu(x), expected, x=x)


def check_the_future_is_seen(candidate):
    """Changing a token changes the output of an earlier one."""
    p, x = _parameters(), _inputs(b=1, n=5)
    later = x.copy()
    later[0, 3:] = np.random.default_rng(3).normal(size=(2, 6))
    for heads in (1, 3):
        for name, run in (
            ("causal_attention", lambda z, heads=heads: candidate.causal_attention(z, p, heads)),
            ("block", lambda z, heads=heads: candidate.block(z, p, heads)),
        ):
            given = {"changed": "tokens 3 and 4", "function": name, "heads": heads}
            expect(run(later)[0, :3], run(x)[0, :3], case="the outputs of tokens 0 to 2", **given)


def check_attention_is_not_that_of_each_head_by_itself(candidate):
    """The attention differs from one head, one token at a time: scale, softmax, mask, or split and merge of heads."""
    p = _parameters()
    for b, n, heads in ((1, 1, 1), (2, 4, 1), (2, 3, 2), (3, 5, 6)):
        x = _inputs(b=b, n=n, seed=n)
        expected = np.array([_reference_attention(list(tokens), p, heads) for tokens in x])
        expect(candidate.causal_attention(x, p, heads), expected, shape=str(x.shape), heads=heads)


def check_large_scores_overflow(candidate):
    """With scores in the thousands the attention gives nan, or a token of low scores is lost."""
    p = _parameters()
    x = _inputs() * np.array([1000.0, 1.0, 300.0, 1.0])[:, None]
    expected = np.array([_reference_attention(list(tokens), p, 2) for tokens in x])
    with np.errstate(all="ignore"):
        expect(candidate.causal_attention(x, p, 2), expected, tolerance=1e-6, x=x, heads=2)


def check_the_network_is_not_applied_token_by_token(candidate):
    """The feed-forward network is not up, GELU, down with a bias each, the same for every token."""
    p, x = _parameters(), _inputs()
    expected = np.array([[_reference_network(token, p) for token in tokens] for tokens in x])
    expect(candidate.feed_forward(x, p), expected, x=x)


def check_a_silent_block_changes_its_input(candidate):
    """If attention and network write nothing, the block is not the identity: what is added was normalized, or lost."""
    p, x = _parameters(), _inputs()
    p |= {"output": np.zeros((6, 6)), "down": np.zeros((10, 6)), "down_bias": np.zeros(6)}
    expect(candidate.block(x, p, 2), x, x=x, parameters="output, down and down_bias are zeros")


def check_one_half_of_the_block_is_wrong(candidate):
    """With one half silent, the other is not added to what it read through its own norm."""
    x = _inputs(seed=4)
    for silent in (("output",), ("down", "down_bias")):
        p = _parameters(seed=5)
        p |= {name: np.zeros_like(p[name]) for name in silent}
        expect(candidate.block(x, p, 3), _reference_block(x, p, 3), x=x, silent=", ".join(silent))


def check_the_block_is_not_its_two_halves_in_turn(candidate):
    """The network does not read what the attention has already been added to."""
    for b, n, heads in ((1, 1, 2), (2, 4, 3)):
        p, x = _parameters(seed=n), _inputs(b=b, n=n, seed=6)
        expect(candidate.block(x, p, heads), _reference_block(x, p, heads), shape=str(x.shape), heads=heads)


def check_blocks_are_not_run_in_turn(candidate):
    """The stack does not run every block once, in order, each with its own parameters."""
    x, one = _inputs(), np.ones(6)
    for seeds in ((7,), (7, 8), (8, 7, 9)):
        blocks, expected = [_parameters(seed=seed) for seed in seeds], x
        for p in blocks:
            expected = _reference_block(expected, p, 2)
        expected = np.array([[_reference_norm(token, one, 0 * one) for token in tokens] for tokens in expected])
        expect(candidate.decoder(x, blocks, one, 0 * one, 2), expected, tolerance=1e-6, blocks=len(blocks))


def check_the_last_norm_is_missing(candidate):
    """The stack does not end with a norm, or ends with one of another gain and shift; without blocks it is all."""
    x, gain, shift = _inputs(), np.arange(1.0, 7.0), np.arange(6.0)
    expected = np.array([[_reference_norm(token, gain, shift) for token in tokens] for tokens in x])
    expect(candidate.decoder(x, [], gain, shift, 2), expected, x=x, blocks="none", gain=gain, shift=shift)


def check_integers_are_not_accepted(candidate):
    """Inputs that are integers give an error or are rounded on the way."""
    p, x = _parameters(), np.random.default_rng(10).integers(-4, 5, size=(2, 3, 6))
    expect(candidate.block(x, p, 2), _reference_block(x.astype(float), p, 2), x=x)


def check_sequences_tokens_or_heads_are_looped_over(candidate):
    """A Python loop runs over sequences, tokens or heads; one over the blocks is allowed."""

    def prepared(b=1, n=2, heads=1):
        x, p = _inputs(b=b, n=n, d=heads), _parameters(d=heads, f=3)
        return lambda: candidate.decoder(x, [p], p["gain_1"], p["shift_1"], heads)

    for name, axis in (("sequences", "b"), ("tokens", "n"), ("heads", "heads")):
        expect_no_loop(lambda size, axis=axis: prepared(**{axis: size}), name)


def check_the_arguments_are_changed(candidate):
    """The input or the parameters are different afterward, as after `x += ...`."""
    p, x, blocks = _parameters(), _inputs(), [_parameters(seed=11)]
    given = {"x": x} | p
    kept = {name: value.copy() for name, value in given.items()}
    candidate.layer_norm(x, p["gain_1"], p["shift_1"])
    candidate.gelu(x)
    candidate.causal_attention(x, p, 2)
    candidate.feed_forward(x, p)
    candidate.block(x, p, 2)
    candidate.decoder(x, blocks, p["gain_1"], p["shift_1"], 2)
    assert len(blocks) == 1, told("a list of one block", f"a list of {len(blocks)}", case="the blocks afterward")
    for name, value in ({"x": x} | p).items():
        expect(value, kept[name], case=f"{name} after every function was called")
