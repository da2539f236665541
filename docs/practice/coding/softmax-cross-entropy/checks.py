"""What a softmax and a cross-entropy have to survive. Each check is named after what you would see go wrong."""

import numpy as np

LABELS = np.array([0, 2])


def _logits():
    # Made anew for each check, so that code that changes its argument spoils no other check.
    return np.array([[2.0, 1.0, 0.1], [0.5, 0.5, 3.0]])


def check_rows_do_not_sum_to_one(candidate):
    """The probabilities of an example do not add up to 1: the sum runs over the wrong axis."""
    probabilities = candidate.softmax(_logits())
    assert probabilities.shape == _logits().shape, f"shape {probabilities.shape}, expected {_logits().shape}"
    assert np.allclose(probabilities.sum(axis=1), 1.0), f"row sums {probabilities.sum(axis=1)}"


def check_probabilities_are_wrong(candidate):
    """The probabilities are not exp(logit) over the sum of the row's exponentials."""
    weights = np.exp(_logits())
    assert np.allclose(candidate.softmax(_logits()), weights / weights.sum(axis=1, keepdims=True))


def check_large_logits_give_nan(candidate):
    """One confident logit of 1000 turns the whole row into nan: the exponential overflowed."""
    with np.errstate(all="ignore"):
        probabilities = candidate.softmax(np.array([[1000.0, 0.0], [-1000.0, -1001.0]]))
    assert np.isfinite(probabilities).all(), f"got {probabilities}"
    assert np.allclose(probabilities[1], [0.7310585786, 0.2689414214]), f"got {probabilities[1]}"


def check_rows_of_one_batch_disturb_each_other(candidate):
    """A row changes when another row of its batch has large logits: the shift is shared by the whole batch."""
    with np.errstate(all="ignore"):
        alone = candidate.softmax(np.array([[1.0, 0.0]]))
        batch = candidate.softmax(np.array([[1.0, 0.0], [900.0, 0.0]]))
    assert np.allclose(alone[0], batch[0]), f"alone {alone[0]}, in the batch {batch[0]}"


def check_log_of_a_tiny_probability_is_minus_infinity(candidate):
    """A hopeless class gets a log-probability of -inf: the log was taken of a probability that had underflowed to 0."""
    with np.errstate(all="ignore"):
        logs = candidate.log_softmax(np.array([[1000.0, 0.0]]))
    assert np.allclose(logs, [[0.0, -1000.0]]), f"got {logs}"


def check_log_softmax_disagrees_with_softmax(candidate):
    """exp(log_softmax) is not softmax."""
    assert np.allclose(np.exp(candidate.log_softmax(_logits())), candidate.softmax(_logits()))


def check_loss_is_infinite_on_a_confident_mistake(candidate):
    """A confident mistake costs inf or nan instead of the size of the gap between the logits."""
    with np.errstate(all="ignore"):
        loss = candidate.cross_entropy(np.array([[1000.0, 0.0]]), np.array([1]))
    assert np.isclose(loss, 1000.0), f"loss {loss}, expected 1000"


def check_uniform_logits_do_not_cost_log_k(candidate):
    """An untrained model on 10 classes should lose log(10) = 2.303 per example, whatever the batch size."""
    for n in (1, 7):
        loss = candidate.cross_entropy(np.zeros((n, 10)), np.zeros(n, dtype=int))
        assert np.isclose(loss, np.log(10)), f"batch of {n}: loss {loss}, expected {np.log(10):.4f}"


def check_loss_looks_at_the_wrong_class(candidate):
    """The loss does not follow the labels: another class than the labeled one is scored."""
    right = candidate.cross_entropy(_logits(), LABELS)
    wrong = candidate.cross_entropy(_logits(), np.array([2, 0]))
    by_hand = np.mean([np.log(np.exp(row).sum()) - row[label] for row, label in zip(_logits(), LABELS, strict=True)])
    assert np.isclose(right, by_hand), f"loss {right}, expected {by_hand}"
    assert wrong > right, f"wrong labels cost {wrong}, right labels {right}"


def check_gradient_disagrees_with_finite_differences(candidate):
    """The analytic gradient is not the slope of the loss: training would step the wrong way, or by the wrong length."""
    gradient = candidate.cross_entropy_gradient(_logits(), LABELS)
    numeric = np.zeros_like(_logits())
    for index in np.ndindex(*_logits().shape):
        up, down = _logits(), _logits()
        up[index] += 1e-5
        down[index] -= 1e-5
        numeric[index] = (candidate.cross_entropy(up, LABELS) - candidate.cross_entropy(down, LABELS)) / 2e-5
    assert np.allclose(gradient, numeric, atol=1e-7), f"analytic {gradient}, numeric {numeric}"


def check_large_logits_break_the_gradient(candidate):
    """The loss survives a logit of 1000 and its gradient does not: the gradient has a softmax of its own."""
    with np.errstate(all="ignore"):
        gradient = candidate.cross_entropy_gradient(np.array([[1000.0, 0.0], [0.0, -1000.0]]), np.array([1, 0]))
    assert np.allclose(gradient, [[0.5, -0.5], [0.0, 0.0]]), f"got {gradient}"


def check_the_callers_logits_are_changed(candidate):
    """The logits that were passed in are different afterwards: something was updated in place."""
    logits = _logits()
    candidate.softmax(logits)
    candidate.log_softmax(logits)
    candidate.cross_entropy(logits, LABELS)
    candidate.cross_entropy_gradient(logits, LABELS)
    assert np.array_equal(logits, _logits()), "the argument was modified"
