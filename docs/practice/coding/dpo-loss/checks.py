"""What a DPO loss written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told

_NAMES = ("chosen", "rejected", "ref_chosen", "ref_rejected")


def _sequences(b=3, n=6, v=7, seed=0):
    """Logits, tokens and a mask that is True on the last tokens of each row, as after a prompt."""
    rng = np.random.default_rng(seed)
    begins = rng.integers(1, n, size=b)
    return rng.normal(scale=3.0, size=(b, n, v)), rng.integers(0, v, size=(b, n)), np.arange(n) >= begins[:, None]


def _pairs(b=5, seed=0, spread=4.0):
    """Log-probabilities of four different kinds, far enough apart that none can stand for another."""
    rng = np.random.default_rng(seed)
    return [rng.normal(-20.0 - 3 * place, spread, size=b) for place in range(4)]


def _reference_log_probs(logits, tokens, mask):
    """Row after row, token after token; the token at place t is predicted at place t - 1."""
    totals = []
    for row, own, counts in zip(logits, tokens, mask, strict=True):
        total = 0.0
        for t in range(1, len(own)):
            if counts[t]:
                most = max(row[t - 1])
                total += float(row[t - 1][own[t]]) - most - math.log(sum(math.exp(z - most) for z in row[t - 1]))
        totals.append(total)
    return np.array(totals)


def _reference_margin(c, r, ref_c, ref_r, beta):
    return beta * (float(c) - float(ref_c) - float(r) + float(ref_r))


def _reference_loss(pairs, beta):
    total = 0.0
    for pair in zip(*pairs, strict=True):
        m = _reference_margin(*pair, beta)
        total += math.log1p(math.exp(-m)) if m > 0 else math.log1p(math.exp(m)) - m
    return total / len(pairs[0])


def check_tokens_are_scored_by_their_own_position(candidate):
    """The log-probabilities are not those of the next token: nothing is shifted, or logits and tokens are both."""
    for b, n, v, seed in ((3, 6, 7, 0), (1, 2, 3, 1), (4, 5, 5, 2)):
        logits, tokens, mask = _sequences(b, n, v, seed)
        got = candidate.response_log_probs(logits, tokens, mask)
        expect(got, _reference_log_probs(logits, tokens, mask), tokens=tokens, mask=mask, shape=str(logits.shape))


def check_the_prompt_or_the_padding_is_counted(candidate):
    """Tokens where the mask is False change the result, or the mask is not shifted along with the tokens."""
    logits, tokens, _ = _sequences(4, 6, 7, seed=3)
    mask = np.array([[0, 0, 1, 1, 0, 0], [0, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]], dtype=bool)
    expected = _reference_log_probs(logits, tokens, mask)
    expect(candidate.response_log_probs(logits, tokens, mask), expected, mask=mask)
    other = np.where(mask, tokens, (tokens + 1) % 7)
    got = candidate.response_log_probs(logits, other, mask)
    expect(got, expected, mask=mask, case="other tokens where the mask is False")


def check_the_first_token_is_counted(candidate):
    """A mask that is True from the first token fails or scores it, though nothing comes before that predicts it."""
    logits, tokens, _ = _sequences(seed=4)
    mask = np.ones((3, 6), dtype=bool)
    expect(candidate.response_log_probs(logits, tokens, mask), _reference_log_probs(logits, tokens, mask), mask="all")


def check_log_probabilities_are_averaged(candidate):
    """A response twice as long does not cost twice as much: the mean over tokens was taken, and not the sum."""
    logits, tokens, mask = np.zeros((2, 9, 4)), np.zeros((2, 9), dtype=int), np.zeros((2, 9), dtype=bool)
    mask[0, 1:5], mask[1, 1:9] = True, True
    got = candidate.response_log_probs(logits, tokens, mask)
    expect(got, np.array([-4 * math.log(4), -8 * math.log(4)]), logits="zeros, 4 tokens", lengths="4 and 8")


def check_large_logits_overflow(candidate):
    """Logits in the thousands give nan or infinity, or an impossible token spoils a masked place."""
    logits, tokens, mask = _sequences(seed=5)
    logits = logits * 1000.0
    logits[0, :, :] -= 50_000.0
    with np.errstate(all="ignore"):
        got = candidate.response_log_probs(logits, tokens, mask)
    expect(got, _reference_log_probs(logits, tokens, mask), logits="in the thousands")
    # A token that was ruled out by -inf stands in the prompt.
    logits, tokens, mask = _sequences(seed=6)
    mask[:, :3] = False
    expected = _reference_log_probs(logits, tokens, mask)
    logits[np.arange(3), 0, tokens[:, 1]] = -np.inf
    with np.errstate(all="ignore"):
        got = candidate.response_log_probs(logits, tokens, mask)
    expect(got, expected, logits="-inf for a token of the prompt", mask=mask)


def check_the_margin_has_the_wrong_sign(candidate):
    """The margin is not beta times (chosen - its reference) - (rejected - its reference)."""
    for seed, beta in ((0, 0.5), (1, 2.0)):
        pairs = _pairs(seed=seed)
        expected = np.array([_reference_margin(*pair, beta) for pair in zip(*pairs, strict=True)])
        expect(candidate.margins(*pairs, beta), expected, beta=beta, **dict(zip(_NAMES, pairs, strict=True)))


def check_the_reference_is_left_out(candidate):
    """A policy that equals its reference does not cost log 2, or does not have margins of 0."""
    chosen, rejected, _, _ = _pairs(seed=2)
    expect(candidate.margins(chosen, rejected, chosen, rejected, 0.3), np.zeros(5), case="policy = reference")
    got = float(candidate.dpo_loss(chosen, rejected, chosen, rejected, 0.3))
    expect(got, math.log(2), case="policy = reference")


def check_the_loss_is_not_the_mean_of_the_pairs(candidate):
    """The loss is not the mean of -log sigmoid(margin): a sum, the loss of the mean margin, or the wrong sign."""
    for b, seed, beta in ((1, 0, 0.5), (5, 1, 0.2), (8, 2, 1.5)):
        pairs = _pairs(b, seed)
        got = float(candidate.dpo_loss(*pairs, beta))
        expect(got, _reference_loss(pairs, beta), beta=beta, **dict(zip(_NAMES, pairs, strict=True)))


def check_large_margins_overflow(candidate):
    """A margin of thousands gives nan, infinity or a warning, or a loss that is cut off."""
    chosen, zeros = np.array([5000.0, -5000.0, 800.0, -800.0, 40.0]), np.zeros(5)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        losses = [float(candidate.dpo_loss(chosen[i : i + 1], zeros[:1], zeros[:1], zeros[:1], 1.0)) for i in range(5)]
        by_chosen, by_rejected = candidate.dpo_gradients(chosen, zeros, zeros, zeros, 1.0)
    expect(losses[:4], [0.0, 5000.0, 0.0, 800.0], margins=chosen[:4])
    assert abs(losses[4] * math.exp(40) - 1) < 1e-6, told(f"{math.exp(-40):.6g}", f"{losses[4]:.6g}", margin=40)
    expect(by_chosen, np.array([0.0, -0.2, 0.0, -0.2, -math.exp(-40) / 5]), tolerance=1e-12, margins=chosen)
    expect(by_rejected, np.array([0.0, 0.2, 0.0, 0.2, math.exp(-40) / 5]), tolerance=1e-12, margins=chosen)


def check_the_gradients_are_not_the_slopes(candidate):
    """A gradient differs from finite differences of the loss, or the two are not opposite."""
    for b, seed, beta in ((1, 3, 0.5), (4, 4, 0.2), (6, 5, 1.5)):
        pairs = _pairs(b, seed)
        got = candidate.dpo_gradients(*pairs, beta)
        for place in (0, 1):
            expected = slopes(
                lambda z, p=pairs, i=place, beta=beta: _reference_loss([*p[:i], z, *p[i + 1 :]], beta), pairs[place]
            )
            expect(got[place], expected, tolerance=1e-7, beta=beta, pairs=b, gradient=_NAMES[place])


def check_the_default_beta_is_another(candidate):
    """By default, beta is not 0.1."""
    pairs = _pairs(seed=6)
    expected = np.array([_reference_margin(*pair, 0.1) for pair in zip(*pairs, strict=True)])
    expect(candidate.margins(*pairs), expected, beta="not given")
    expect(float(candidate.dpo_loss(*pairs)), _reference_loss(pairs, 0.1), beta="not given")
    for got, wanted in zip(candidate.dpo_gradients(*pairs), candidate.dpo_gradients(*pairs, 0.1), strict=True):
        expect(got, wanted, case="the gradients without beta, and with 0.1")


def check_whole_numbers_are_cut_off(candidate):
    """Log-probabilities or logits that are integers are rounded on the way."""
    pairs = [np.array(values) for values in ([-3, -5], [-4, -4], [-3, -6], [-5, -3])]
    expect(float(candidate.dpo_loss(*pairs, 0.5)), _reference_loss(pairs, 0.5), pairs=pairs)
    expect(
        candidate.dpo_gradients(*pairs, 0.5)[0], candidate.dpo_gradients(*np.array(pairs) * 1.0, 0.5)[0], pairs=pairs
    )
    logits = np.random.default_rng(7).integers(-3, 4, size=(2, 4, 5))
    _, tokens, mask = _sequences(2, 4, 5)
    expected = _reference_log_probs(logits.astype(float), tokens, mask)
    expect(candidate.response_log_probs(logits, tokens, mask), expected, logits="integers")


def check_pairs_or_tokens_are_looped_over(candidate):
    """A Python loop runs over the sequences, their tokens or the pairs."""

    def of_sequences(b=2, n=3):
        given = _sequences(b, n)
        return lambda: candidate.response_log_probs(*given)

    def of_pairs(b):
        pairs = _pairs(b)

        def run():
            candidate.dpo_loss(*pairs)
            candidate.dpo_gradients(*pairs)

        return run

    expect_no_loop(lambda b: of_sequences(b=b), "sequences")
    expect_no_loop(lambda n: of_sequences(n=n), "tokens")
    expect_no_loop(of_pairs, "pairs")


def check_the_arguments_are_changed(candidate):
    """Logits, tokens, mask or log-probabilities are different afterward: something was updated in place."""
    given = [*_sequences(), *_pairs()]
    kept = [each.copy() for each in given]
    candidate.response_log_probs(*given[:3])
    candidate.margins(*given[3:])
    candidate.dpo_loss(*given[3:])
    candidate.dpo_gradients(*given[3:])
    for name, before, after in zip(("logits", "tokens", "mask", *_NAMES), kept, given, strict=True):
        expect(after, before, case=f"{name} after every function was called")
