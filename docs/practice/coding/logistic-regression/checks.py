"""What a logistic regression written by hand gets wrong. Each check is named after what you would see."""

import numpy as np


def _data(seed=0, n=200):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    logits = X @ np.array([1.5, -2.0, 0.0]) + 0.7
    y = (rng.random(n) < 1.0 / (1.0 + np.exp(-logits))).astype(int)
    return X, y


def check_sigmoid_overflows(candidate):
    """The sigmoid of a large negative number warns about overflow, or returns nan."""
    with np.errstate(over="raise", invalid="raise"):
        values = candidate.sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    assert np.allclose(values, [0.0, 0.5, 1.0]), f"got {values}"


def check_sigmoid_is_not_a_probability(candidate):
    """The sigmoid does not map log-odds to probabilities: log-odds of log(3) should mean 0.75."""
    values = candidate.sigmoid(np.log([3.0, 1 / 3, 1.0]))
    assert np.allclose(values, [0.75, 0.25, 0.5]), f"got {values}"


def check_loss_of_an_untrained_model_is_not_log_2(candidate):
    """With all weights at zero every probability is 1/2, so the mean loss should be log(2) = 0.693 for any data."""
    for n in (50, 200):
        X, y = _data(n=n)
        loss = candidate.log_loss(X, y, np.zeros(3), 0.0)
        assert np.isclose(loss, np.log(2)), f"n = {n}: loss {loss}"


def check_loss_is_infinite_when_confident_and_wrong(candidate):
    """One confident mistake makes the loss inf or nan: the log was taken of a probability that rounds to 0."""
    for label, weight in ((0, 800.0), (1, -800.0)):
        with np.errstate(all="ignore"):
            loss = candidate.log_loss(np.array([[1.0]]), np.array([label]), np.array([weight]), 0.0)
        assert np.isclose(loss, 800.0), f"label {label}: loss {loss}, expected 800"


def check_gradient_disagrees_with_finite_differences(candidate):
    """The gradient is not the slope of the loss: training descends slowly, or climbs."""
    X, y = _data()
    w, b, h = np.array([0.3, -0.2, 0.5]), 0.1, 1e-6
    grad_w, grad_b = candidate.gradients(X, y, w, b)
    assert np.shape(grad_w) == (3,), f"the gradient of w has shape {np.shape(grad_w)}, expected (3,)"
    for j in range(3):
        step = np.eye(3)[j] * h
        slope = (candidate.log_loss(X, y, w + step, b) - candidate.log_loss(X, y, w - step, b)) / (2 * h)
        assert np.isclose(grad_w[j], slope, atol=1e-6), f"weight {j}: gradient {grad_w[j]}, slope {slope}"
    slope = (candidate.log_loss(X, y, w, b + h) - candidate.log_loss(X, y, w, b - h)) / (2 * h)
    assert np.isclose(grad_b, slope, atol=1e-6), f"intercept: gradient {grad_b}, slope {slope}"


def check_penalty_and_its_gradient_disagree(candidate):
    """With an L2 penalty the gradient is no longer the slope of the loss."""
    X, y = _data()
    w, b, h, l2 = np.array([0.3, -0.2, 0.5]), 0.1, 1e-6, 0.8
    extra = candidate.log_loss(X, y, w, b, l2) - candidate.log_loss(X, y, w, b)
    assert np.isclose(extra, 0.5 * l2 * (w @ w)), f"the penalty adds {extra}, expected {0.5 * l2 * (w @ w)}"
    grad_w, _ = candidate.gradients(X, y, w, b, l2)
    for j in range(3):
        step = np.eye(3)[j] * h
        slope = (candidate.log_loss(X, y, w + step, b, l2) - candidate.log_loss(X, y, w - step, b, l2)) / (2 * h)
        assert np.isclose(grad_w[j], slope, atol=1e-6), f"weight {j}: gradient {grad_w[j]}, slope {slope}"


def check_intercept_is_penalized(candidate):
    """With a strong penalty the mean prediction drifts away from the base rate: the intercept was shrunk too."""
    X, y = _data()
    w, b = candidate.fit(X, y, l2=100.0, learning_rate=0.01, steps=20_000)
    predicted = 1.0 / (1.0 + np.exp(-(X @ w + b)))
    assert np.isclose(predicted.mean(), y.mean(), atol=1e-3), (
        f"mean prediction {predicted.mean()}, base rate {y.mean()}"
    )


def check_fit_stops_short_of_the_minimum(candidate):
    """After training, the gradient is still large: too few steps were applied, or half of an update was lost."""
    X, y = _data()
    w, b = candidate.fit(X, y, l2=0.01)
    probability = 1.0 / (1.0 + np.exp(-(X @ w + b)))
    grad_w = X.T @ (probability - y) / len(y) + 0.01 * w
    grad_b = (probability - y).mean()
    assert np.abs(grad_w).max() < 1e-4, f"the gradient of w is {grad_w}"
    assert abs(grad_b) < 1e-4, f"the gradient of b is {grad_b}"


def check_threshold_is_ignored(candidate):
    """Moving the threshold does not move the decisions."""
    X, w = np.array([[0.0], [1.0], [2.0]]), np.array([1.0])
    assert list(candidate.predict(X, w, 0.0)) == [1, 1, 1], "a probability of exactly 1/2 reaches the threshold"
    assert list(candidate.predict(X, w, 0.0, threshold=0.8)) == [0, 0, 1]
    assert list(candidate.predict(X, w, -0.5)) == [0, 1, 1]


def check_labels_or_features_are_changed(candidate):
    """X or y are different after the fit."""
    X, y = _data()
    X_before, y_before = X.copy(), y.copy()
    candidate.fit(X, y, steps=3)
    assert np.array_equal(X, X_before), "X was modified"
    assert np.array_equal(y, y_before), "y was modified"
