"""What a softmax and a cross-entropy have to survive. Each check is named after what you would see go wrong."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told


def _batch(n=6, k=10, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(scale=2.0, size=(n, k)), rng.integers(0, k, size=n)


def _reference_log_softmax(logits):
    """Row by row and term by term; every exponent is at most 0."""
    rows = []
    for row in logits:
        largest = max(float(z) for z in row)
        normalizer = math.log(sum(math.exp(float(z) - largest) for z in row))
        rows.append([float(z) - largest - normalizer for z in row])
    return np.array(rows)


def _hard_rows():
    """Ten columns with one, two or no large logits; a constant row; and small logits beside them."""
    rows = np.zeros((6, 10))
    rows[0, 3] = 1000.0
    rows[1, :2] = 1000.0, 999.0
    rows[2] = -1000.0
    rows[3, 5] = -1000.0
    rows[4] = np.arange(10.0) / 10.0
    rows[5] = 1e4 + np.arange(10.0)
    return rows


def check_rows_do_not_sum_to_one(candidate):
    """The probabilities of an example do not add up to 1: the sum runs over the wrong axis."""
    logits, _ = _batch(n=3, k=4)
    probabilities = candidate.softmax(logits)
    assert np.shape(probabilities) == (3, 4), told("shape (3, 4)", f"shape {np.shape(probabilities)}", logits=logits)
    expect(probabilities.sum(axis=1), np.ones(3), logits=logits, case="the sums of the rows")


def check_probabilities_are_wrong(candidate):
    """The probabilities are not exp(logit) over the sum of the row's exponentials."""
    for n, k in ((1, 1), (1, 3), (4, 10)):
        logits, _ = _batch(n, k, seed=k)
        expect(candidate.softmax(logits), np.exp(_reference_log_softmax(logits)), logits=logits)


def check_integers_are_not_accepted(candidate):
    """Logits that are integers give an error or other probabilities."""
    logits, labels = np.array([[1, 2, 3], [0, -4, 4]]), np.array([2, 0])
    expected = _reference_log_softmax(logits)
    expect(candidate.softmax(logits), np.exp(expected), logits=logits)
    expect(candidate.log_softmax(logits), expected, logits=logits)
    expect(candidate.cross_entropy(logits, labels), -(expected[0, 2] + expected[1, 0]) / 2, logits=logits)


def check_large_logits_give_nan(candidate):
    """A logit of 1000 turns a row into nan: what was subtracted before the exponential was not the row's maximum."""
    logits = _hard_rows()
    with np.errstate(all="ignore"):
        probabilities = candidate.softmax(logits)
    expect(probabilities, np.exp(_reference_log_softmax(logits)), logits=logits)


def check_rows_of_one_batch_disturb_each_other(candidate):
    """A row changes when another row of its batch has large logits: the shift is shared by the whole batch."""
    alone, batch = np.array([[1.0, 0.0]]), np.array([[1.0, 0.0], [900.0, 0.0]])
    with np.errstate(all="ignore"):
        for function in (candidate.softmax, candidate.log_softmax):
            expect(function(batch)[0], function(alone)[0], logits=batch, case="the first row, and the same row alone")


def check_log_of_a_tiny_probability_is_minus_infinity(candidate):
    """A hopeless class gets a log-probability of -inf: the log was taken of a probability that had underflowed to 0."""
    logits = np.array([[1000.0, 0.0]])
    with np.errstate(all="ignore"):
        expect(candidate.log_softmax(logits), np.array([[0.0, -1000.0]]), logits=logits)


def check_large_logits_break_the_logarithms(candidate):
    """The log-probabilities of rows with large logits are wrong or not finite, most of all with many columns."""
    logits = _hard_rows()
    with np.errstate(all="ignore"):
        logs = candidate.log_softmax(logits)
    expect(logs, _reference_log_softmax(logits), logits=logits)


def check_log_softmax_is_wrong(candidate):
    """The log-probabilities are not the logarithms of the softmax."""
    logits, _ = _batch()
    expect(candidate.log_softmax(logits), _reference_log_softmax(logits), logits=logits)


def check_loss_is_infinite_on_a_confident_mistake(candidate):
    """A confident mistake costs inf or nan instead of the size of the gap between the logits."""
    for gap in (30.0, 1000.0):
        logits, labels = np.array([[gap, 0.0]]), np.array([1])
        with np.errstate(all="ignore"):
            expect(candidate.cross_entropy(logits, labels), gap, logits=logits, labels=labels)


def check_uniform_logits_do_not_cost_log_k(candidate):
    """An untrained model on 10 classes should lose log(10) = 2.303 per example, whatever the batch size."""
    for n in (1, 7):
        loss = candidate.cross_entropy(np.zeros((n, 10)), np.zeros(n, dtype=int))
        expect(loss, math.log(10), logits=f"zeros of shape ({n}, 10)")


def check_loss_looks_at_the_wrong_class(candidate):
    """The loss does not follow the labels: another class than the labeled one is scored, or the rows are weighted."""
    for n, k in ((1, 1), (5, 3), (3, 10)):
        logits, labels = _batch(n, k, seed=n)
        logs = _reference_log_softmax(logits)
        expected = -sum(float(logs[row, label]) for row, label in enumerate(labels)) / n
        expect(candidate.cross_entropy(logits, labels), expected, logits=logits, labels=labels)


def check_gradient_disagrees_with_finite_differences(candidate):
    """The analytic gradient is not the slope of the loss: training would step the wrong way, or by the wrong length."""
    logits, labels = _batch(n=3, k=4)
    expected = slopes(lambda z: candidate.cross_entropy(z, labels), logits)
    gradient = candidate.cross_entropy_gradient(logits, labels)
    expect(gradient, expected, tolerance=1e-7, logits=logits, labels=labels)


def check_large_logits_break_the_gradient(candidate):
    """The loss survives a logit of 1000 and its gradient does not: the gradient has a softmax of its own."""
    logits, labels = np.array([[1000.0, 0.0], [0.0, -1000.0]]), np.array([1, 0])
    with np.errstate(all="ignore"):
        gradient = candidate.cross_entropy_gradient(logits, labels)
    expect(gradient, np.array([[0.5, -0.5], [0.0, 0.0]]), logits=logits, labels=labels)


def check_examples_are_looped_over(candidate):
    """A Python loop runs over the examples."""

    def of_examples(n):
        logits, labels = _batch(n, 3)

        def run():
            candidate.softmax(logits)
            candidate.log_softmax(logits)
            candidate.cross_entropy(logits, labels)
            candidate.cross_entropy_gradient(logits, labels)

        return run

    expect_no_loop(of_examples, "examples")


def check_the_arguments_are_changed(candidate):
    """The logits or labels that were passed in are different afterward: something was updated in place."""
    logits, labels = _batch()
    kept = logits.copy(), labels.copy()
    candidate.softmax(logits)
    candidate.log_softmax(logits)
    candidate.cross_entropy(logits, labels)
    candidate.cross_entropy_gradient(logits, labels)
    expect(logits, kept[0], case="the logits after every function was called")
    expect(labels, kept[1], case="the labels after every function was called")
