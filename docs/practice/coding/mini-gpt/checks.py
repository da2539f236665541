"""What stays wrong in a small GPT, its cache and its classifier. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told

_VOCABULARY, _WIDTH, _HEADS, _CONTEXT = 7, 8, 2, 12


def _model(candidate, seed=0, context=_CONTEXT, **more):
    return candidate.GPT(_VOCABULARY, _WIDTH, _HEADS, context, seed=seed, **more)


def _headed(candidate, seed=0, scale=1.0):
    """A model whose head was trained, so to speak."""
    model = _model(candidate, seed)
    model.head[:] = scale * np.random.default_rng(seed + 50).normal(size=model.head.shape)
    return model


def _ids(b=1, n=6, seed=1):
    return np.random.default_rng(seed).integers(0, _VOCABULARY, size=(b, n))


def _reference_norm(x):
    mean = sum(x) / len(x)
    variance = sum((z - mean) ** 2 for z in x) / len(x)
    return np.array([(z - mean) / math.sqrt(variance + 1e-5) for z in x])


def _reference_attention(read, p, heads):
    """Token after token and head after head, over the tokens so far."""
    query, key, value = ([x @ p[name] for x in read] for name in ("query", "key", "value"))
    width = len(read[0]) // heads
    mixed = np.zeros((len(read), len(read[0])))
    for i in range(len(read)):
        for head in range(heads):
            part = slice(head * width, (head + 1) * width)
            scores = [float(query[i][part] @ key[j][part]) / math.sqrt(width) for j in range(i + 1)]
            shares = [math.exp(score - max(scores)) for score in scores]
            for j, share in enumerate(shares):
                mixed[i, part] += share / sum(shares) * value[j][part]
    return [x @ p["output"] for x in mixed]


def _reference_hidden(model, ids):
    result = []
    for row in ids:
        stream = [model.tokens[token] + model.positions[place] for place, token in enumerate(row)]
        for p in model.layers:
            written = _reference_attention([_reference_norm(x) for x in stream], p, model.heads)
            stream = [x + new for x, new in zip(stream, written, strict=True)]
            inner = [_reference_norm(x) @ p["up"] for x in stream]
            stream = [
                x + np.array([max(0.0, z) for z in new]) @ p["down"] for x, new in zip(stream, inner, strict=True)
            ]
        result.append([_reference_norm(x) for x in stream])
    return np.array(result)


def _reference_shares(row):
    weights = [math.exp(z - max(row)) for z in row]
    return np.array([weight / sum(weights) for weight in weights])


def _reference_loss(rows, weights, targets):
    """The mean cross-entropy of a linear layer, row by row."""
    losses = []
    for row, target in zip(rows, targets, strict=True):
        scores = [float(z) for z in row @ weights]
        losses.append(max(scores) + math.log(sum(math.exp(z - max(scores)) for z in scores)) - scores[int(target)])
    return sum(losses) / len(losses)


def _reference_gradient(rows, weights, targets):
    total = np.zeros(weights.shape)
    for row, target in zip(rows, targets, strict=True):
        shares = _reference_shares(row @ weights)
        shares[int(target)] -= 1.0
        total += np.outer(row, shares)
    return total / len(rows)


def _reference_means(model, ids, lengths):
    hidden = _reference_hidden(model, ids)
    return np.array([sum(row[:length]) / length for row, length in zip(hidden, lengths, strict=True)])


def _refused(call):
    try:
        call()
    except ValueError:
        return True
    return False


def _in_chunks(candidate, model, ids, sizes):
    cache = candidate.Cache()
    ends = np.cumsum(sizes)
    return np.concatenate(
        [model.logits(ids[:, end - size : end], cache) for size, end in zip(sizes, ends, strict=True)], axis=1
    )


def check_the_loss_does_not_start_at_ln_v(candidate):
    """Part 1: before training the loss is not ln V, as if there were more or fewer tokens to choose from."""
    for vocabulary in (_VOCABULARY, 3, 20):
        model = candidate.GPT(vocabulary, _WIDTH, _HEADS, _CONTEXT)
        got = model.backward(np.random.default_rng(2).normal(size=(2, 5, _WIDTH)), np.full((2, 5), vocabulary - 1))
        expect(got, math.log(vocabulary), vocabulary=vocabulary, width=_WIDTH)
        ids = np.zeros((1, 4), dtype=int)
        expect(model.logits(ids), np.zeros((1, 4, vocabulary)), vocabulary=vocabulary, case="logits before training")
        expect(model.head, np.zeros((_WIDTH, vocabulary)), vocabulary=vocabulary, case="the head before training")


def check_a_later_token_changes_earlier_outputs(candidate):
    """Part 1: the future leaks. With another last token, outputs at earlier places differ."""
    model, ids = _model(candidate), _ids()
    for place in (5, 3, 1):
        other = ids.copy()
        other[0, place:] = (other[0, place:] + 1) % _VOCABULARY
        expect(model.hidden(other)[:, :place], model.hidden(ids)[:, :place], ids=ids, other=other)


def check_a_repeated_token_is_the_same_everywhere(candidate):
    """Part 1: one token again and again gives the same output at every place, so positions do not count."""
    hidden = _model(candidate).hidden(np.full((1, 5), 3))
    for place in range(1, 5):
        moved = float(np.abs(hidden[0, place] - hidden[0, place - 1]).max())
        assert moved > 1e-3, told(f"another output at place {place} than before it", moved, ids="3, five times")


def check_a_batch_is_not_its_sentences(candidate):
    """Part 1: sequences in a batch give other outputs than each alone, or cannot be computed together."""
    for b, n in ((3, 5), (5, 3), (4, 4)):
        model, ids = _model(candidate), _ids(b, n)
        alone = np.concatenate([model.hidden(row[None]) for row in ids])
        expect(model.hidden(ids), alone, ids=ids)


def check_hidden_states_are_wrong(candidate):
    """Part 1: what the head reads is not that of a causal transformer: mask, scale, heads, residuals or norms."""
    for b, n, seed in ((1, 1, 0), (1, 6, 1), (2, 5, 2), (1, _CONTEXT, 3)):
        model, ids = _model(candidate, seed), _ids(b, n, seed)
        expect(model.hidden(ids), _reference_hidden(model, ids), ids=ids)
    for heads in (1, 8):
        model = candidate.GPT(_VOCABULARY, _WIDTH, heads, _CONTEXT, layers=3)
        expect(model.hidden(_ids()), _reference_hidden(model, _ids()), ids=_ids(), heads=heads, layers=3)


def check_weights_start_at_another_scale(candidate):
    """Part 1: random weights do not have a mean of 0 and the stated spread, shape, number or seed."""
    model, again = (candidate.GPT(50, 64, 4, 40) for _ in range(2))
    assert len(model.layers) == 2, told(2, len(model.layers), case="the number of layers, unless told otherwise")
    sizes = dict.fromkeys(("query", "key", "value", "output"), (64, 64)) | {"up": (64, 256), "down": (256, 64)}
    drawn = [("tokens", model.tokens, (50, 64), 1.0), ("positions", model.positions, (40, 64), 1.0)]
    drawn += [(name, p[name], size, 1 / math.sqrt(size[0])) for p in model.layers for name, size in sizes.items()]
    for name, values, size, spread in drawn:
        assert values.shape == size, told(size, values.shape, weights=name)
        off = float(values.mean()) / spread, float(values.std()) / spread - 1.0
        got = f"mean {values.mean():.4g} and spread {values.std():.4g}"
        assert max(map(abs, off)) < 0.08, told(f"mean 0 and spread {spread:.4g}", got, weights=name)
    expect(model.tokens, again.tokens, case="two models with the seed that is the default")
    expect(model.tokens, candidate.GPT(50, 64, 4, 40, seed=0).tokens, case="the default and seed=0")
    assert not np.allclose(model.layers[0]["query"], model.layers[1]["query"]), "two layers have the same weights"
    other = candidate.GPT(50, 64, 4, 40, seed=1).tokens
    assert not np.allclose(model.tokens, other), told("other weights for another seed", "the same", seeds=(0, 1))


def check_targets_are_not_the_next_tokens(candidate):
    """Part 1: the target of a place is not the token that comes after it."""
    for b, n in ((1, 6), (3, 2)):
        ids = _ids(b, n)
        inputs, targets = candidate.shift(ids)
        expect(inputs, np.array([[row[i] for i in range(n - 1)] for row in ids]), ids=ids, case="inputs")
        expect(targets, np.array([[row[i + 1] for i in range(n - 1)] for row in ids]), ids=ids, case="targets")


def check_the_gradient_is_not_the_slope(candidate):
    """Part 1: loss or gradient of the head are off, or a second call does not add its gradient to the first."""
    model, targets = _headed(candidate), _ids(2, 5)
    hidden = np.random.default_rng(3).normal(size=(2, 5, _WIDTH))
    rows = hidden.reshape(-1, _WIDTH)
    expected = slopes(lambda head: _reference_loss(rows, head, targets.ravel()), model.head)
    for times in (1, 2):
        got = model.backward(hidden, targets)
        expect(got, _reference_loss(rows, model.head, targets.ravel()), targets=targets, case="the loss")
        expect(model.gradient, times * expected, 1e-7, targets=targets, case=f"the gradient after {times} calls")


def check_an_update_is_not_the_step_of_that_gradient(candidate):
    """Part 1: the head does not move by minus rate times the gradient of that step alone, in every step."""
    for seed, b, steps, rate in ((0, 1, 1, 0.5), (1, 1, 3, 0.5), (2, 2, 5, 0.1)):
        model, ids = _headed(candidate, seed), _ids(b, 6, seed)
        model.gradient[:] = 1.0  # Left by somebody else.
        inputs, targets = candidate.shift(ids)
        rows, targets = model.hidden(inputs).reshape(-1, _WIDTH), targets.ravel()
        head, losses = model.head.copy(), []
        for _ in range(steps):
            losses.append(_reference_loss(rows, head, targets))
            head -= rate * _reference_gradient(rows, head, targets)
        got = candidate.train(model, ids, steps, rate)
        expect(list(got), losses, ids=ids, steps=steps, rate=rate, case="the loss before each step")
        expect(model.head, head, ids=ids, steps=steps, rate=rate, case="the head afterward")


def check_one_sentence_is_not_learned(candidate):
    """Part 1: after training on one sequence the model does not repeat it from its first token."""
    ids = _ids(1, 20, seed=6)
    model = candidate.GPT(_VOCABULARY, 64, 4, 20)
    losses = candidate.train(model, ids, 200, 0.2)
    assert losses[-1] < 0.1, told("a last loss below 0.1", losses[-1], ids=ids)
    expect(candidate.generate(model, ids[:, :1], 19), ids, case="19 steps from the first token")


def check_large_numbers_overflow(candidate):
    """Part 1: large logits or attention scores give nan or inf."""
    model, ids = _headed(candidate, scale=1e4), _ids()
    with np.errstate(all="ignore"):
        got = model.backward(model.hidden(ids), ids)
    expect(got, _reference_loss(model.hidden(ids)[0], model.head, ids[0]), case="a head of the order of 10,000")
    for p in model.layers:
        p["query"] *= 1e3
    with np.errstate(all="ignore"):
        expect(model.hidden(ids), _reference_hidden(model, ids), case="queries 1,000 times as large")


def check_tokens_are_looped_over(candidate):
    """Parts 1 and 2: a Python loop runs over the tokens of a call, or over its sequences."""
    model = _model(candidate, context=600)
    expect_no_loop(lambda n: lambda: model.hidden(_ids(1, n), candidate.Cache()), "tokens")
    expect_no_loop(lambda n: lambda: model.hidden(_ids(n, 3), candidate.Cache()), "sequences")


def check_cached_logits_are_not_the_uncached(candidate):
    """Part 2: fed in chunks with a cache, a sequence gives other logits than in one call without."""
    for sizes in ([7], [1] * 7, [4, 3], [3, 1, 3], [1, 5, 1], [6, 6]):
        model, ids = _headed(candidate), _ids(2, sum(sizes))
        got = _in_chunks(candidate, model, ids, sizes)
        expect(got, _reference_hidden(model, ids) @ model.head, ids=ids, chunks=sizes)


def check_a_cache_does_not_count_its_tokens(candidate):
    """Part 2: the length of a cache is not the number of tokens of a sequence that were fed."""
    model, cache = _model(candidate), candidate.Cache()
    assert cache.length == 0, told(0, cache.length, case="a new cache")
    for fed, total in ((3, 3), (1, 4), (4, 8)):
        model.logits(_ids(2, fed), cache)
        assert cache.length == total, told(total, cache.length, case=f"a batch of 2, after {total} tokens of each")


def check_two_caches_share_their_tokens(candidate):
    """Part 2: what one conversation puts into its cache shows up in that of another."""
    model, ids = _headed(candidate), _ids(1, 7)
    first, second = candidate.Cache(), candidate.Cache()
    model.logits(ids[:, :4], first)
    model.logits(_ids(1, 5, seed=9), second)
    expected = _reference_hidden(model, ids)[:, 4:] @ model.head
    expect(model.logits(ids[:, 4:], first), expected, ids=ids, case="the last 3, after another sequence was fed")


def check_a_call_without_a_cache_remembers(candidate):
    """Part 2: the second call without a cache gives other logits than the first, as if it followed it."""
    model, ids = _headed(candidate), _ids(2, 5)
    first = model.logits(ids)
    model.logits(ids, candidate.Cache())
    expect(model.logits(ids), first, ids=ids, case="the same call again, and one with a cache in between")


def check_more_tokens_than_the_context(candidate):
    """Part 2: beyond the context the model answers anyway, or the cache is changed before it refuses."""
    model, ids = _headed(candidate), _ids(1, _CONTEXT)
    assert _refused(lambda: model.logits(_ids(1, _CONTEXT + 1))), told("a ValueError", "none", tokens=_CONTEXT + 1)
    cache = candidate.Cache()
    model.logits(ids[:, :-1], cache)
    for fed in (2, 3):
        refused = _refused(lambda fed=fed: model.logits(_ids(1, fed), cache))
        assert refused, told("a ValueError", "none", context=_CONTEXT, tokens=f"{_CONTEXT - 1} and {fed} more")
    expected = _reference_hidden(model, ids)[:, -1:] @ model.head
    expect(model.logits(ids[:, -1:], cache), expected, ids=ids, case="the last token that fits, after two refusals")
    assert _refused(lambda: model.logits(_ids(1, 1), cache)), told("a ValueError", "none", tokens="one beyond")


def check_generated_tokens_are_not_the_likeliest(candidate):
    """Part 2: the sequences are not the prompts followed by the tokens that come when everything is recomputed."""
    for seed, b, n, steps in ((0, 1, 4, 5), (1, 3, 1, 4), (2, 2, 5, 0), (3, 1, 4, 8)):
        model, prompt = _headed(candidate, seed), _ids(b, n, seed)
        ids = prompt
        for _ in range(steps):
            last = (_reference_hidden(model, ids) @ model.head)[:, -1]
            ids = np.array([[*row, int(scores.argmax())] for row, scores in zip(ids, last, strict=True)])
        expect(candidate.generate(model, prompt, steps), ids, prompt=prompt, steps=steps)


def check_the_prompt_is_computed_again_for_each_token(candidate):
    """Part 2: generation feeds more than the newest token, so the cache saves nothing."""
    model, fed = _headed(candidate), []
    inner = model.hidden

    def counted(ids, *rest, **named):
        fed.append(ids.shape[1])
        return inner(ids, *rest, **named)

    model.hidden = counted
    candidate.generate(model, _ids(2, 5), 4)
    expect(fed, [5, 1, 1, 1], prompt="5 tokens", steps=4, case="the number of tokens in each call of hidden")


def check_class_logits_are_not_of_the_mean(candidate):
    """Part 3: the logits of a text are not weights times the mean over its real tokens, or are not 0 at first."""
    for seed, lengths in ((0, [5, 2, 1]), (1, [3, 3, 3]), (2, [6, 6, 4])):
        model, ids, lengths = _model(candidate, seed), _ids(3, 6, seed), np.array(lengths)
        classifier = candidate.Classifier(model, 4)
        expect(classifier.weights, np.zeros((_WIDTH, 4)), case="a new classifier for 4 classes")
        expect(classifier.logits(ids, lengths), np.zeros((3, 4)), lengths=lengths, case="a new classifier")
        classifier.weights = np.random.default_rng(seed).normal(size=(_WIDTH, 4))
        expected = _reference_means(model, ids, lengths) @ classifier.weights
        expect(classifier.logits(ids, lengths), expected, ids=ids, lengths=lengths)


def check_padding_changes_the_class(candidate):
    """Part 3: other tokens in the padding, or more of them, change the logits of a text."""
    model, ids, lengths = _model(candidate), _ids(3, 5), np.array([5, 3, 1])
    classifier = candidate.Classifier(model, 2)
    classifier.weights = np.random.default_rng(4).normal(size=(_WIDTH, 2))
    longer = np.concatenate([ids, _ids(3, 4, seed=5)], axis=1)
    longer[1, 3:], longer[2, 1:] = 0, 6
    got = classifier.logits(longer, lengths)
    expect(got, classifier.logits(ids, lengths), ids=ids, longer=longer, lengths=lengths)


def check_a_step_is_not_down_the_slope(candidate):
    """Part 3: a step returns another loss, or does not move the weights by minus rate times its gradient."""
    model, ids, lengths = _model(candidate), _ids(4, 6), np.array([6, 2, 1, 4])
    classifier, labels = candidate.Classifier(model, 3), np.array([0, 2, 2, 1])
    means = _reference_means(model, ids, lengths)
    for rate in (0.5, 0.1, 2.0):
        before = np.array(classifier.weights)
        expected = slopes(lambda weights: _reference_loss(means, weights, labels), before)
        loss = classifier.step(ids, lengths, labels, rate)
        expect(loss, _reference_loss(means, before, labels), labels=labels, case="the loss before the step")
        expect(classifier.weights, before - rate * expected, 1e-7, labels=labels, rate=rate, case="the weights")


def check_a_text_without_tokens_is_accepted(candidate):
    """Part 3: a length of zero gives numbers, or nan, instead of a ValueError."""
    classifier = candidate.Classifier(_model(candidate), 2)
    for lengths in ([3, 0], [0, 0]):
        given = np.array(lengths)
        with np.errstate(all="ignore"):
            refused = _refused(lambda given=given: classifier.logits(_ids(2, 3), given))
        assert refused, told("a ValueError", "none", lengths=lengths)
    classifier.logits(_ids(2, 3), np.array([1, 3]))


def check_the_classifier_changes_the_model(candidate):
    """Part 3: after steps of the classifier the language model gives other logits, or its gradient has moved."""
    model, ids = _headed(candidate), _ids(2, 5)
    classifier, before = candidate.Classifier(model, 2), model.logits(ids)
    for _ in range(3):
        classifier.step(ids, np.array([5, 2]), np.array([0, 1]), 1.0)
    expect(model.logits(ids), before, case="the model's logits after three steps of the classifier")
    expect(model.gradient, np.zeros((_WIDTH, _VOCABULARY)), case="the model's gradient, which nobody asked for")


def check_the_arguments_are_changed(candidate):
    """All parts: token ids, lengths or labels are different afterward, or the weights below the head."""
    model, ids, lengths, labels = _headed(candidate), _ids(2, 6), np.array([6, 2]), np.array([0, 1])
    below = [model.tokens.copy(), model.positions.copy(), *(p[name].copy() for p in model.layers for name in p)]
    candidate.train(model, ids, 3, 0.5)
    model.logits(ids[:, :4], candidate.Cache())
    candidate.generate(model, ids, 2)
    candidate.Classifier(model, 2).step(ids, lengths, labels, 0.5)
    expect(ids, _ids(2, 6), case="the ids")
    expect(lengths, np.array([6, 2]), case="the lengths")
    expect(labels, np.array([0, 1]), case="the labels")
    after = [model.tokens, model.positions, *(p[name] for p in model.layers for name in p)]
    for one, other in zip(after, below, strict=True):
        expect(one, other, case="a weight below the head, which is frozen")
