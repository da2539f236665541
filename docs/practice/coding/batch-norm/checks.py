"""What batch normalization written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, same, slopes, told


def _batch(n=6, d=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(loc=[1.0, -5.0, 20.0][:d], scale=[1.0, 0.1, 8.0][:d], size=(n, d))


def _reference_statistics(x):
    """The mean, the variance over n and the variance over n - 1 of each column, number by number."""
    n, columns = len(x), [[float(row[j]) for row in x] for j in range(x.shape[1])]
    means = [sum(column) / n for column in columns]
    squares = [sum((value - mean) ** 2 for value in column) for column, mean in zip(columns, means, strict=True)]
    return np.array(means), np.array(squares) / n, np.array(squares) / (n - 1)


def _reference(x, mean, variance, gamma, beta, eps):
    return np.array(
        [
            [gamma[j] * (float(row[j]) - mean[j]) / math.sqrt(variance[j] + eps) + beta[j] for j in range(len(row))]
            for row in x
        ]
    )


def _layer(candidate, d=3, **options):
    """A layer whose parameters are neither ones nor zeros."""
    layer = candidate.BatchNorm(d, **options)
    layer.gamma, layer.beta = np.array([2.0, -1.0, 0.5])[:d], np.array([0.1, 3.0, -7.0])[:d]
    return layer


def check_a_new_layer_is_not_neutral(candidate):
    """A new layer does not begin with gamma 1, beta 0, running mean 0 and running variance 1, in training."""
    layer = candidate.BatchNorm(3)
    for name, value in (("gamma", 1.0), ("beta", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
        expect(np.asarray(getattr(layer, name)), np.full(3, value), case=f"{name} of BatchNorm(3)")
    assert layer.training is True, told(True, layer.training, case="training of BatchNorm(3)")


def check_features_are_not_standardized(candidate):
    """In training a feature does not have mean 0 and variance 1: the statistics are taken over the wrong axis."""
    x = _batch(n=50)
    out = candidate.BatchNorm(3).forward(x)
    assert np.shape(out) == (50, 3), told("shape (50, 3)", f"shape {np.shape(out)}")
    expect(out.mean(axis=0), np.zeros(3), x="50 rows of 3 features", case="the means of the outputs")
    expect(out.var(axis=0), np.ones(3), tolerance=2e-3, x="50 rows of 3 features", case="their variances")


def check_outputs_of_training_are_wrong(candidate):
    """The output is not gamma * (x - mean) / sqrt(variance + eps) + beta, with the variance over n."""
    for n, eps in ((2, 1e-5), (6, 1e-5), (6, 0.5)):
        x, layer = _batch(n), _layer(candidate, eps=eps)
        mean, variance, _ = _reference_statistics(x)
        expected = _reference(x, mean, variance, layer.gamma, layer.beta, eps)
        expect(layer.forward(x), expected, x=x, gamma=layer.gamma, beta=layer.beta, eps=eps)


def check_a_constant_feature_gives_nan(candidate):
    """A feature that is the same in the whole batch is divided by 0."""
    x = _batch()
    x[:, 1] = 4.0
    with np.errstate(all="ignore"):
        out = _layer(candidate).forward(x)
    expect(out[:, 1], np.full(6, 3.0), x=x, case="the second feature, where beta is 3")


def check_a_large_mean_ruins_the_variance(candidate):
    """Far from 0 the outputs are wrong: the variance was computed as a difference of two large numbers."""
    x, layer = _batch(20) + 1e7, _layer(candidate)
    mean, variance, _ = _reference_statistics(x)
    expected = _reference(x, mean, variance, layer.gamma, layer.beta, 1e-5)
    expect(layer.forward(x), expected, tolerance=1e-5, x="20 rows near 10,000,000")


def check_running_statistics_move_wrongly(candidate):
    """The running statistics do not move by the share `momentum` to those of a batch, or their variance is over n."""
    for momentum in (0.1, 0.7):
        layer = candidate.BatchNorm(3) if momentum == 0.1 else candidate.BatchNorm(3, momentum=momentum)
        mean, variance = np.zeros(3), np.ones(3)
        for step in range(1, 4):
            x = _batch(seed=step)
            layer.forward(x)
            of_batch, _, unbiased = _reference_statistics(x)
            mean = (1 - momentum) * mean + momentum * of_batch
            variance = (1 - momentum) * variance + momentum * unbiased
            expect(layer.running_mean, mean, momentum=momentum, batches=step, case="the running mean")
            expect(
                layer.running_var, variance, momentum=momentum, batches=step, case="the running variance, over n - 1"
            )


def check_inference_looks_at_the_batch(candidate):
    """With training off, a row's output depends on the rest of its batch, or a single row cannot be computed."""
    layer = _layer(candidate)
    for step in range(3):
        layer.forward(_batch(seed=step))
    layer.training = False
    x = _batch(seed=9)
    expected = _reference(x, layer.running_mean, layer.running_var, layer.gamma, layer.beta, 1e-5)
    given = {"running_mean": layer.running_mean, "running_var": layer.running_var}
    expect(layer.forward(x), expected, case="six rows", **given)
    expect(layer.forward(x[:1]), expected[:1], case="the first row alone", **given)


def check_inference_moves_the_statistics(candidate):
    """With training off, the running statistics change with what is predicted."""
    layer = candidate.BatchNorm(3)
    layer.forward(_batch())
    kept = np.array(layer.running_mean), np.array(layer.running_var)
    layer.training = False
    layer.forward(_batch(seed=1))
    expect(layer.running_mean, kept[0], case="the running mean after inference, and before")
    expect(layer.running_var, kept[1], case="the running variance after inference, and before")


def check_one_row_is_trained_on(candidate):
    """In training a batch of one row, whose variance is 0, is normalized to nothing instead of being refused."""
    try:
        with np.errstate(all="ignore"):
            got = candidate.BatchNorm(3).forward(_batch(1))
    except ValueError:
        return
    raise AssertionError(told("a ValueError", got, x="one row, in training"))


def check_gradient_of_training_is_not_the_slope(candidate):
    """The gradient of x differs from finite differences: mean and variance were taken for constants."""
    x, grad = _batch(5), np.random.default_rng(1).normal(size=(5, 3))

    def loss(given):
        return float((_layer(candidate, eps=0.1).forward(given) * grad).sum())

    layer = _layer(candidate, eps=0.1)
    layer.forward(x)
    expect(layer.backward(grad), slopes(loss, x), tolerance=1e-6, x=x, grad=grad)


def check_gradients_of_the_parameters_are_wrong(candidate):
    """The gradients of gamma and beta are not sums over the batch of the gradient, with and without the features."""
    x, grad = _batch(5), np.random.default_rng(2).normal(size=(5, 3))
    layer = _layer(candidate)
    out = layer.forward(x)
    layer.backward(grad)
    normalized = (np.asarray(out) - layer.beta) / layer.gamma
    expect(layer.grad_gamma, sum(grad[i] * normalized[i] for i in range(5)), grad=grad, case="grad_gamma")
    expect(layer.grad_beta, sum(grad[i] for i in range(5)), grad=grad, case="grad_beta")


def check_gradient_of_inference_is_not_the_slope(candidate):
    """With training off, the gradient is still that of training, or backward follows the switch and not the forward."""
    x, grad = _batch(4), np.random.default_rng(3).normal(size=(4, 3))
    layer = _layer(candidate)
    mean, variance = np.array([1.0, -2.0, 0.5]), np.array([4.0, 0.25, 9.0])
    normalized = (x - mean) / np.sqrt(variance + 1e-5)
    layer.running_mean, layer.running_var = mean, variance
    layer.training = False
    layer.forward(x)
    layer.training = True
    expected = grad * layer.gamma / np.sqrt(layer.running_var + 1e-5)
    expect(layer.backward(grad), expected, running_var=layer.running_var, gamma=layer.gamma, grad=grad)
    expect(layer.grad_gamma, (grad * normalized).sum(axis=0), case="grad_gamma with training off", grad=grad)
    expect(layer.grad_beta, grad.sum(axis=0), case="grad_beta with training off", grad=grad)
    layer.forward(x)
    trained = np.array(layer.backward(grad))
    layer.forward(x)
    layer.training = False
    expect(layer.backward(grad), trained, case="forward in training, then training off, then backward")


def check_rows_or_features_are_looped_over(candidate):
    """A Python loop runs over the rows or the features."""

    def of_rows(n):
        layer, x = candidate.BatchNorm(2), np.random.default_rng(0).normal(size=(n, 2))

        def run():
            layer.forward(x)
            layer.backward(x)

        return run

    def of_features(d):
        layer, x = candidate.BatchNorm(d), np.random.default_rng(0).normal(size=(4, d))

        def run():
            layer.forward(x)
            layer.backward(x)

        return run

    expect_no_loop(of_rows, "rows")
    expect_no_loop(of_features, "features")


def check_the_arguments_are_changed(candidate):
    """The batch, the gradient, or statistics handed out before are different afterward: updated in place."""
    x, grad, layer = _batch(), _batch(seed=4), _layer(candidate)
    kept, before = (x.copy(), grad.copy()), layer.running_mean
    copy = np.array(before)
    layer.forward(x)
    layer.backward(grad)
    expect(x, kept[0], case="x after forward and backward")
    expect(grad, kept[1], case="the gradient after backward")
    assert same(before, copy), told(copy, before, case="running_mean as it was handed out before forward")
