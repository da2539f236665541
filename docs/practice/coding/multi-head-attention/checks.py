"""What multi-head attention written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told


def _case(b=2, n=3, m=4, d=6, c=5, heads=3, width=2, value=4, e=7, seed=0):
    """Inputs and parameters in which every width is another one, so that none can stand for another."""
    rng = np.random.default_rng(seed)
    shapes = {"query": (d, heads * width), "key": (c, heads * width), "value": (c, heads * value)}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    parameters["output"] = rng.normal(size=(heads * value, e))
    return rng.normal(size=(b, n, d)), rng.normal(size=(b, m, c)), parameters


def _reference_attention(Q, K, V, seen):
    """One head of one sequence: one query after the other, one key after the other."""
    outputs, weights = np.zeros((len(Q), V.shape[1])), np.zeros((len(Q), len(K)))
    for i, query in enumerate(Q):
        scores = {
            j: sum(float(q) * float(k) for q, k in zip(query, key, strict=True)) / math.sqrt(len(query))
            for j, key in enumerate(K)
            if seen is None or seen[i][j]
        }
        best = max(scores.values(), default=0.0)
        total = sum(math.exp(score - best) for score in scores.values())
        for j, score in scores.items():
            weights[i, j] = math.exp(score - best) / total
            outputs[i] += weights[i, j] * V[j]
    return outputs, weights


def _reference(x, context, parameters, heads, mask=None):
    """Each sequence and each head by itself, with the head's own columns of the parameters."""
    width = parameters["query"].shape[1] // heads
    value = parameters["value"].shape[1] // heads
    outputs, weights = [], []
    for b in range(len(x)):
        seen = None if mask is None else np.broadcast_to(mask, (len(x), x.shape[1], context.shape[1]))[b]
        total, own = np.zeros((x.shape[1], parameters["output"].shape[1])), []
        for head in range(heads):
            cut, cut_value = (slice(head * size, (head + 1) * size) for size in (width, value))
            Q, K = x[b] @ parameters["query"][:, cut], context[b] @ parameters["key"][:, cut]
            V = context[b] @ parameters["value"][:, cut_value]
            output, weight = _reference_attention(Q, K, V, seen)
            total += output @ parameters["output"][cut_value]
            own.append(weight)
        outputs.append(total)
        weights.append(own)
    return np.array(outputs), np.array(weights)


def _compare(candidate, x, context, parameters, heads, mask=None, **given):
    arguments = (x, context, parameters, heads) if mask is None else (x, context, parameters, heads, mask)
    with np.errstate(all="ignore"):
        outputs, weights = candidate.multi_head_attention(*arguments)
    expected = _reference(x, context, parameters, heads, mask)
    given = {"shapes": f"x {x.shape}, context {context.shape}", "heads": heads} | given
    expect(weights, expected[1], mask=mask if mask is not None else "none", case="the weights", **given)
    expect(outputs, expected[0], mask=mask if mask is not None else "none", case="the outputs", **given)


def check_tokens_are_mixed_by_the_split(candidate):
    """A head does not get its own columns of every token: the array was reshaped and its axes were not swapped."""
    rng = np.random.default_rng(1)
    for b, n, heads, width in ((2, 3, 4, 5), (1, 4, 4, 1), (3, 2, 1, 2)):
        x = rng.normal(size=(b, n, heads * width))
        expected = np.array([[[row[h * width : (h + 1) * width] for row in one] for h in range(heads)] for one in x])
        expect(candidate.split_heads(x, heads), expected, x=x, heads=heads)


def check_heads_are_not_side_by_side_after_the_merge(candidate):
    """The heads of a token are not side by side, in their order, after the merge."""
    rng = np.random.default_rng(2)
    for b, n, heads, width in ((2, 3, 4, 5), (1, 4, 4, 1), (3, 2, 1, 2)):
        x = rng.normal(size=(b, heads, n, width))
        expected = np.array([[[z for head in one for z in head[i]] for i in range(n)] for one in x])
        expect(candidate.merge_heads(x), expected, x=x)


def check_the_merge_does_not_undo_the_split(candidate):
    """Splitting and merging does not give back the same array."""
    x = np.random.default_rng(3).normal(size=(2, 3, 12))
    for heads in (1, 2, 4, 12):
        expect(candidate.merge_heads(candidate.split_heads(x, heads)), x, x=x, heads=heads)


def check_a_width_that_cannot_be_cut_is_accepted(candidate):
    """A width that is not a multiple of the number of heads is cut somehow, instead of raising a ValueError."""
    for width, heads in ((6, 4), (3, 6)):
        try:
            got = candidate.split_heads(np.zeros((1, 2, width)), heads)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", f"shape {np.shape(got)}", width=width, heads=heads))


def check_weights_do_not_sum_to_one(candidate):
    """The softmax does not run over the keys, or its weights are not those of the scores."""
    scores = np.random.default_rng(4).normal(scale=2.0, size=(2, 3, 4, 5))
    expected = np.array([[[[math.exp(z) for z in r] for r in h] for h in one] for one in scores])
    for one in expected.reshape(-1, 5):
        one /= sum(one)
    expect(candidate.masked_softmax(scores), expected, scores=scores)


def check_large_scores_overflow(candidate):
    """Scores in the thousands give nan, or a row of low scores is lost next to one of high scores."""
    scores = np.array([[1000.0, 999.0], [-1000.0, -999.0], [0.0, 1.0]])
    near, far = 1 / (1 + math.exp(-1)), 1 / (1 + math.exp(1))
    for mask in (None, np.ones((3, 2), dtype=bool)):
        with np.errstate(all="ignore"):
            got = candidate.masked_softmax(scores, mask)
        expect(got, np.array([[near, far], [far, near], [far, near]]), scores=scores)


def check_masked_keys_keep_a_weight(candidate):
    """A masked score has a weight, or what is left does not add up to 1."""
    rng = np.random.default_rng(5)
    scores = rng.normal(size=(3, 4, 5)) - 50.0
    mask = rng.random((4, 5)) < 0.5
    mask[:, 2] = True
    weights = np.asarray(candidate.masked_softmax(scores, mask))
    assert not weights[np.broadcast_to(~mask, weights.shape)].any(), told("weights of exactly 0", weights, mask=mask)
    for one, row, seen in zip(weights.reshape(-1, 5), scores.reshape(-1, 5), np.tile(mask, (3, 1)), strict=True):
        total = sum(math.exp(z) for z, is_seen in zip(row, seen, strict=True) if is_seen)
        expected = [math.exp(z) / total if is_seen else 0.0 for z, is_seen in zip(row, seen, strict=True)]
        expect(one, np.array(expected), scores=row, mask=seen)


def check_a_large_masked_score_erases_the_rest(candidate):
    """A masked key with a very large score leaves nothing to the others: the maximum was taken before the mask."""
    scores, mask = np.array([[0.0, 1.0, 2000.0]]), np.array([[True, True, False]])
    far = 1 / (1 + math.exp(1))
    with np.errstate(all="ignore"):
        got = candidate.masked_softmax(scores, mask)
    expect(got, np.array([[far, 1 - far, 0.0]]), scores=scores, mask=mask)


def check_a_row_that_sees_nothing_gives_nan(candidate):
    """A query whose keys are all masked gives nan or looks everywhere, instead of giving zeros."""
    mask = np.array([[True, False], [False, False]])
    with np.errstate(all="ignore"):
        got = candidate.masked_softmax(np.array([[1.0, 2.0], [3.0, 4.0]]), mask)
    expect(got, np.array([[1.0, 0.0], [0.0, 0.0]]), mask=mask)
    x, context, parameters = _case(b=1, n=2, m=2)
    _compare(candidate, x, context, parameters, 3, mask)


def check_outputs_are_not_those_of_heads_by_themselves(candidate):
    """The result differs from each head computed by itself: the scale, a projection, or the order of the heads."""
    for heads, width, value in ((1, 4, 4), (3, 2, 4), (2, 9, 1)):
        x, context, parameters = _case(heads=heads, width=width, value=value, seed=heads)
        _compare(candidate, x, context, parameters, heads)


def check_the_context_is_not_looked_at(candidate):
    """With a context as long and as wide as the queries' own sequence, keys or values come from the wrong one."""
    x, context, parameters = _case(n=4, m=4, d=6, c=6, value=2, seed=11)
    _compare(candidate, x, context, parameters, 3)


def check_a_sequence_does_not_attend_to_itself(candidate):
    """With the sequence as its own context, and square parameters, keys and values are mixed up."""
    x, _, parameters = _case(b=2, n=4, d=6, c=6, heads=3, width=2, value=2, e=6, seed=6)
    _compare(candidate, x, x, parameters, 3)


def check_a_mask_for_each_sequence_meets_the_heads(candidate):
    """A mask of shape (b, 1, m) or (b, n, m) masks heads instead of sequences, or does not fit."""
    for b in (2, 3):
        x, context, parameters = _case(b=b, n=3, m=4, heads=3, seed=b)
        mask = np.random.default_rng(b).random((b, 3, 4)) < 0.6
        mask[:, :, 0] = True
        padding = np.arange(4) < np.arange(2, 2 + b)[:, None, None]
        for one in (mask, padding, mask & padding):
            _compare(candidate, x, context, parameters, 3, one)


def check_one_mask_for_all_sequences_is_refused(candidate):
    """A mask of shape (n, m), such as the causal one, gives an error or is not applied to every sequence and head."""
    x, context, parameters = _case(n=4, m=4, seed=7)
    for mask in (np.tril(np.ones((4, 4), dtype=bool)), np.tril(np.ones((1, 4, 4), dtype=bool))):
        _compare(candidate, x, context, parameters, 3, mask)


def check_integers_are_not_accepted(candidate):
    """Inputs that are integers give an error or are rounded on the way."""
    rng = np.random.default_rng(8)
    x, context = rng.integers(-2, 3, size=(2, 3, 4)), rng.integers(-2, 3, size=(2, 5, 4))
    parameters = {name: rng.integers(-1, 2, size=(4, 4)) for name in ("query", "key", "value", "output")}
    _compare(candidate, x, context, parameters, 2)


def check_sequences_tokens_or_heads_are_looped_over(candidate):
    """A Python loop runs over the sequences, over the tokens or over the heads."""

    def prepared(b, n, heads):
        x, context, parameters = _case(b=b, n=n, m=n, heads=heads, width=1, value=1)
        mask = np.ones((b, 1, n), dtype=bool)
        return lambda: candidate.multi_head_attention(x, context, parameters, heads, mask)

    expect_no_loop(lambda b: prepared(b, 2, 2), "sequences")
    expect_no_loop(lambda n: prepared(1, n, 2), "tokens")
    expect_no_loop(lambda heads: prepared(1, 2, heads), "heads")


def check_the_arguments_are_changed(candidate):
    """Inputs, parameters or mask are different afterward: something was updated in place."""
    x, context, parameters = _case(n=4, m=4)
    mask = np.tril(np.ones((4, 4), dtype=bool))
    scores = np.random.default_rng(9).normal(size=(4, 4))
    given = {"x": x, "context": context, "mask": mask, "scores": scores} | parameters
    kept = {name: value.copy() for name, value in given.items()}
    candidate.multi_head_attention(x, context, parameters, 3, mask)
    candidate.masked_softmax(scores, mask)
    candidate.masked_softmax(scores)
    expect(sorted(parameters), ["key", "output", "query", "value"], case="the names of the parameters afterward")
    for name, value in (given | parameters).items():
        expect(value, kept[name], case=f"{name} after every function was called")
