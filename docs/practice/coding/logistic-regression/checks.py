"""What a logistic regression written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told


def _data(seed=0, n=200):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    logits = X @ np.array([1.5, -2.0, 0.0]) + 0.7
    y = (rng.random(n) < 1.0 / (1.0 + np.exp(-logits))).astype(int)
    return X, y


def _reference_loss(X, y, w, b, l2):
    total = 0.0
    for x, label in zip(X, y, strict=True):
        p = 1.0 / (1.0 + math.exp(-(sum(a * c for a, c in zip(x, w, strict=True)) + b)))
        total -= math.log(p if label == 1 else 1.0 - p)
    return total / len(y) + 0.5 * l2 * sum(c * c for c in w)


def _reference_fit(X, y, learning_rate, steps, l2):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = 1.0 / (1.0 + np.exp(-(X @ w + b))) - y
        w, b = w - learning_rate * (X.T @ error / len(y) + l2 * w), b - learning_rate * error.mean()
    return w, b


def check_sigmoid_overflows(candidate):
    """The sigmoid of a large number warns about overflow, or returns nan."""
    z = np.array([-1000.0, -710.0, 0.0, 710.0, 1000.0])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values = candidate.sigmoid(z)
    expect(values, np.array([0.0, 0.0, 0.5, 1.0, 1.0]), z=z)


def check_sigmoid_is_not_a_probability(candidate):
    """The sigmoid does not map log-odds to probabilities: log-odds of log(3) should mean 0.75."""
    z = np.log([[3.0, 1 / 3, 1.0], [9.0, 1 / 9, 4.0]])
    expect(candidate.sigmoid(z), np.array([[0.75, 0.25, 0.5], [0.9, 0.1, 0.8]]), z=z)


def check_small_probabilities_are_cut_off(candidate):
    """Very negative logits all get the same probability: they were clipped, or something was added."""
    z = np.array([-40.0, -200.0])
    expect(candidate.sigmoid(z) / np.exp(z), np.ones(2), z=z, case="sigmoid(z) / exp(z)")


def check_loss_is_not_the_mean_log_loss(candidate):
    """The loss of a small random model is not the mean of -log p(label), plus the penalty of the weights alone."""
    for n, l2 in ((5, 0.0), (50, 0.0), (50, 0.8)):
        X, y = _data(seed=n, n=n)
        w, b = np.array([0.3, -0.2, 0.5]), 1.7
        expect(candidate.log_loss(X, y, w, b, l2), _reference_loss(X, y, w, b, l2), w=w, b=b, l2=l2, rows=n)


def check_loss_of_an_untrained_model_is_not_log_2(candidate):
    """With all weights at zero every probability is 1/2, so the mean loss should be log(2) = 0.693 for any data."""
    for n in (50, 200):
        X, y = _data(n=n)
        expect(candidate.log_loss(X, y, np.zeros(3), 0.0), math.log(2), w="zeros", b=0.0, rows=n)


def check_loss_is_infinite_when_confident_and_wrong(candidate):
    """One confident mistake makes the loss inf or nan: the log was taken of a probability that rounds to 0."""
    for label, weight in ((0, 800.0), (1, -800.0), (0, 50.0), (1, -50.0)):
        X, y, w = np.array([[1.0]]), np.array([label]), np.array([weight])
        with np.errstate(all="ignore"):
            expect(candidate.log_loss(X, y, w, 0.0), abs(weight), X=X, y=y, w=w, b=0.0)


def check_gradient_disagrees_with_finite_differences(candidate):
    """The gradient is not the slope of the loss: training descends slowly, or climbs."""
    X, y = _data()
    w, b = np.array([0.3, -0.2, 0.5]), 0.1
    grad_w, grad_b = candidate.gradients(X, y, w, b)
    expected = slopes(lambda v: candidate.log_loss(X, y, v, b), w)
    expect(grad_w, expected, tolerance=1e-6, w=w, b=b, case="the gradient of w, and the slope of the loss")
    expected = slopes(lambda v: candidate.log_loss(X, y, w, float(v)), b)
    expect(grad_b, float(expected), tolerance=1e-6, w=w, b=b, case="the gradient of b, and the slope of the loss")


def check_penalty_and_its_gradient_disagree(candidate):
    """With an L2 penalty the gradient is no longer the slope of the loss."""
    X, y = _data()
    w, b, l2 = np.array([0.3, -0.2, 0.5]), 2.0, 0.8
    grad_w, grad_b = candidate.gradients(X, y, w, b, l2)
    expected = slopes(lambda v: candidate.log_loss(X, y, v, b, l2), w)
    expect(grad_w, expected, tolerance=1e-6, w=w, b=b, l2=l2, case="the gradient of w, and the slope of the loss")
    expected = float(slopes(lambda v: candidate.log_loss(X, y, w, float(v), l2), b))
    expect(grad_b, expected, tolerance=1e-6, w=w, b=b, l2=l2, case="the gradient of b, and the slope of the loss")


def check_intercept_is_penalized(candidate):
    """With a strong penalty the mean prediction drifts away from the base rate: the intercept was shrunk too."""
    X, y = _data()
    w, b = candidate.fit(X, y, l2=100.0, learning_rate=0.01, steps=3000)
    predicted = float((1.0 / (1.0 + np.exp(-(X @ w + b)))).mean())
    expect(predicted, float(y.mean()), tolerance=1e-3, l2=100.0, case="the mean prediction, and the base rate")


def check_steps_are_not_those_of_gradient_descent(candidate):
    """After a few steps the weights differ: another start, another number of steps, momentum, decay, or b after w."""
    X, y = _data()
    for steps in (0, 1, 2, 7):
        for learning_rate, l2 in ((0.5, 0.0), (2.0, 0.1)):
            w, b = candidate.fit(X, y, learning_rate=learning_rate, steps=steps, l2=l2)
            expected_w, expected_b = _reference_fit(X, y, learning_rate, steps, l2)
            given = {"steps": steps, "learning_rate": learning_rate, "l2": l2}
            expect(w, expected_w, case="w", **given)
            expect(b, float(expected_b), case="b", **given)


def check_fit_stops_short_of_the_minimum(candidate):
    """With the defaults, training does not end where 2000 steps of length 0.5 without a penalty end."""
    X, y = _data(n=60)
    w, b = candidate.fit(X, y)
    expected_w, expected_b = _reference_fit(X, y, 0.5, 2000, 0.0)
    expect(w, expected_w, case="w after fit(X, y)")
    expect(b, float(expected_b), case="b after fit(X, y)")


def check_threshold_is_ignored(candidate):
    """Moving the threshold does not move the decisions, or a probability that just reaches it is turned away."""
    X, w = np.array([[0.0], [1.0], [2.0]]), np.array([1.0])
    for b, threshold, expected in ((0.0, 0.5, [1, 1, 1]), (0.0, 0.8, [0, 0, 1]), (-0.5, 0.5, [0, 1, 1])):
        expect(candidate.predict(X, w, b, threshold), np.array(expected), X=X, w=w, b=b, threshold=threshold)
    expect(candidate.predict(X, w, -0.5), np.array([0, 1, 1]), X=X, w=w, b=-0.5, threshold="the default")


def check_classes_are_not_0_and_1(candidate):
    """The predicted classes are not integers: sums and indices of them mean something else."""
    classes = np.asarray(candidate.predict(np.array([[-1.0], [1.0]]), np.array([1.0]), 0.0))
    assert classes.dtype.kind in "iu", told("integers 0 and 1", f"{classes} of type {classes.dtype}")
    expect(classes, np.array([0, 1]), X="-1, 1", w=1.0, b=0.0)


def check_examples_are_looped_over(candidate):
    """A Python loop runs over the examples."""

    def of_examples(n):
        X, y = _data(n=n)
        w = np.zeros(3)

        def run():
            candidate.sigmoid(X[:, 0])
            candidate.log_loss(X, y, w, 0.0)
            candidate.gradients(X, y, w, 0.0)
            candidate.fit(X, y, steps=1)
            candidate.predict(X, w, 0.0)

        return run

    expect_no_loop(of_examples, "examples")


def check_labels_or_features_are_changed(candidate):
    """The arrays passed in are different afterward: something was updated in place."""
    X, y = _data()
    w, z = np.ones(3), np.array([-1.0, 2.0])
    kept = [each.copy() for each in (X, y, w, z)]
    candidate.sigmoid(z)
    candidate.log_loss(X, y, w, 0.5, 0.1)
    candidate.gradients(X, y, w, 0.5, 0.1)
    candidate.fit(X, y, steps=3)
    candidate.predict(X, w, 0.5)
    for name, before, after in zip(("X", "y", "w", "z"), kept, (X, y, w, z), strict=True):
        expect(after, before, case=f"{name} after every function was called")
