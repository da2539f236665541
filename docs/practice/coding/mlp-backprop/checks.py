"""What a network written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told


def _params(d=3, hidden=5, k=4, seed=0):
    rng = np.random.default_rng(seed)
    shapes = {"W1": (d, hidden), "b1": (hidden,), "W2": (hidden, k), "b2": (k,)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def _data(n=6, d=3, k=4, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.integers(0, k, size=n)


def _reference_logits(params, X):
    found = []
    for x in X:
        units = []
        for j, bias in enumerate(params["b1"]):
            z = sum(float(value) * params["W1"][i, j] for i, value in enumerate(x)) + bias
            units.append(z if z > 0 else 0.0)
        found.append([sum(h * params["W2"][j, c] for j, h in enumerate(units)) + b for c, b in enumerate(params["b2"])])
    return np.array(found)


def _reference_loss(logits, y):
    losses = []
    for row, label in zip(logits, y, strict=True):
        most = max(row)
        losses.append(most + math.log(sum(math.exp(z - most) for z in row)) - row[label])
    return sum(losses) / len(losses)


def _reference_gradient(params, name, X, y):
    """The slope of the loss by one of the parameters, or by X, without any backward pass."""

    def loss(values):
        rows = values if name == "X" else X
        return _reference_loss(_reference_logits({**params, name: values}, rows), y)

    return slopes(loss, X if name == "X" else params[name])


def check_initial_weights_have_the_wrong_size(candidate):
    """The variance of the first weights is not 2 over the inputs of their layer, or a bias is not 0."""
    params = candidate.initialize(np.random.default_rng(0), 300, 200, 100)
    expect(np.array(params["b1"]), np.zeros(200), case="b1")
    expect(np.array(params["b2"]), np.zeros(100), case="b2")
    for name, shape in (("W1", (300, 200)), ("W2", (200, 100))):
        weights = np.asarray(params[name])
        assert weights.shape == shape, told(shape, weights.shape, case=f"shape of {name}")
        expect(weights.var() * shape[0], np.float64(2.0), tolerance=0.1, case=f"variance of {name} times its inputs")
        expect(weights.mean() * math.sqrt(shape[0]), np.float64(0.0), tolerance=0.05, case=f"mean of {name}, scaled")
        share = (abs(weights) < math.sqrt(2 / shape[0])).mean()
        expect(share, np.float64(0.6827), tolerance=0.02, case=f"share of {name} within one standard deviation")


def check_initial_weights_ignore_the_generator(candidate):
    """The same generator does not give the same weights, or another one does, or both layers get the same numbers."""
    one, same, other = (candidate.initialize(np.random.default_rng(seed), 4, 4, 4) for seed in (3, 3, 4))
    for name in ("W1", "W2"):
        expect(same[name], one[name], case=f"{name} from the same seed twice")
        assert not np.allclose(one[name], other[name]), told("other weights for another seed", other[name], name=name)
    assert not np.allclose(one["W1"], one["W2"]), told("different weights in both layers", one["W2"])


def check_logits_are_wrong(candidate):
    """The forward pass is not W2 applied to the ReLU of W1 applied to X, with both biases."""
    params = _params()
    for n in (1, 6):
        X, _ = _data(n)
        expect(candidate.forward(params, X)[0], _reference_logits(params, X), X=X)
    X = np.arange(6).reshape(2, 3) - 2
    expect(candidate.forward(params, X)[0], _reference_logits(params, X), X=X)


def check_loss_is_not_the_mean_cross_entropy(candidate):
    """The loss is not the mean of -log p(class)."""
    for n in (1, 5):
        X, y = _data(n)
        logits = X[:, :1] + np.random.default_rng(n).normal(size=(n, 4))
        expect(float(candidate.loss_and_gradient(logits, y)[0]), _reference_loss(logits, y), logits=logits, y=y)


def check_large_logits_give_nan(candidate):
    """Logits in the thousands overflow: the loss or its gradient is nan or infinite."""
    # The last row lies far below the others: a shift by the largest logit of the batch would empty it.
    logits = np.array([[1000.0, 0.0, -1000.0], [-900.0, 900.0, 0.0], [-5000.0, -5900.0, -6000.0]])
    y = np.array([1, 1, 0])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        loss, gradient = candidate.loss_and_gradient(logits, y)
    expect(float(loss), 1000 / 3, logits=logits, y=y)
    expect(gradient, np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]) / 3, logits=logits, y=y)


def check_gradient_of_the_logits_is_not_the_slope(candidate):
    """The gradient of the logits is not the slope of the mean loss: a sum, or the wrong entry, or the wrong sign."""
    for n in (1, 5):
        logits, y = np.random.default_rng(n).normal(size=(n, 4)), _data(n)[1]
        expected = slopes(lambda z, y=y: _reference_loss(z, y), logits)
        expect(candidate.loss_and_gradient(logits, y)[1], expected, tolerance=1e-7, logits=logits, y=y)


def check_gradients_are_not_the_slopes(candidate):
    """A gradient of the backward pass differs from finite differences of the loss."""
    for n, k in ((1, 4), (6, 4), (7, 2)):
        params, (X, y) = _params(k=k, seed=n), _data(n, k=k)
        logits, cache = candidate.forward(params, X)
        grads = candidate.backward(params, cache, candidate.loss_and_gradient(logits, y)[1])
        for name in ("W2", "b2", "W1", "b1", "X"):
            expected = _reference_gradient(params, name, X, y)
            expect(grads[name], expected, tolerance=1e-7, gradient=name, rows=n, classes=k)


def check_backward_takes_its_own_mean(candidate):
    """The backward pass divides by the batch, or assumes one loss: it does not use the gradient that it was given."""
    params, (X, _) = _params(), _data()
    grad = np.random.default_rng(2).normal(size=(6, 4))
    grads = candidate.backward(params, candidate.forward(params, X)[1], grad)

    def total(bias):
        return float((_reference_logits({**params, "b1": bias}, X) * grad).sum())

    expect(grads["b2"], np.array([sum(column) for column in grad.T]), grad=grad, gradient="b2")
    expect(grads["b1"], slopes(total, params["b1"]), tolerance=1e-7, grad=grad, gradient="b1")


def check_a_unit_at_zero_gets_a_gradient(candidate):
    """Where the input of ReLU is exactly 0 the derivative is not 0."""
    params = {"W1": np.zeros((2, 2)), "b1": np.array([0.0, 1.0]), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
    X = np.array([[3.0, 4.0]])
    grads = candidate.backward(params, candidate.forward(params, X)[1], np.ones((1, 1)))
    expect(grads["b1"], np.array([0.0, 1.0]), b1=params["b1"], W1="zeros", gradient="b1")
    expect(grads["W1"], np.array([[0.0, 3.0], [0.0, 4.0]]), b1=params["b1"], X=X, gradient="W1")


def check_a_second_forward_spoils_the_first(candidate):
    """Backward uses the rows of the last forward pass instead of those of its cache, or gives other results twice."""
    params, (X, _), (other, _) = _params(), _data(), _data(seed=8)
    grad = np.random.default_rng(3).normal(size=(6, 4))
    expected = candidate.backward(params, candidate.forward(params, X)[1], grad)
    _, cache = candidate.forward(params, X)
    candidate.forward(params, other)
    for case in ("after another forward pass", "a second time"):
        grads = candidate.backward(params, cache, grad)
        for name in ("W1", "b1", "W2", "b2", "X"):
            expect(grads[name], expected[name], case=case, gradient=name)


def check_numeric_gradient_is_one_sided(candidate):
    """The numeric gradient is not the central difference: with a step of 1, that of a cube is 3 x^2 + 1."""
    x = np.random.default_rng(4).normal(size=(2, 3))

    def cubes(values):
        return float((np.asarray(values) ** 3).sum())

    expect(candidate.numeric_gradient(cubes, x, 1.0), 3 * x**2 + 1, x=x, step=1.0)
    expect(candidate.numeric_gradient(cubes, x, step=0.5), 3 * x**2 + 0.25, x=x, step=0.5)
    whole = np.array([2, -1, 0])
    expect(candidate.numeric_gradient(cubes, whole, 0.5), np.array([12.25, 3.25, 0.25]), x=whole, step=0.5)
    expect(candidate.numeric_gradient(cubes, np.array(2.0), 1.0), np.array(13.0), x="2.0, of shape ()", step=1.0)


def check_numeric_gradient_moves_several_entries(candidate):
    """An entry is not put back before the next is moved, or the default step is not 1e-5."""
    x, seen = np.array([[0.0, 1.0], [2.0, 3.0]]), []

    def watched(values):
        seen.append(np.array(values) - x)
        return float((np.asarray(values)[0] * np.asarray(values)[1]).sum())

    expect(candidate.numeric_gradient(watched, x), np.array([[2.0, 3.0], [0.0, 1.0]]), tolerance=1e-6, x=x)
    moved = [difference[abs(difference) > 1e-12] for difference in seen]
    moved = sorted(round(float(value), 9) for each in moved for value in each)
    expect(moved, [-1e-5] * 4 + [1e-5] * 4, tolerance=1e-9, case="how far entries were moved in all calls")


def check_training_is_not_gradient_descent(candidate):
    """The parameters after some steps are not those of plain full-batch gradient descent."""
    params, (X, y) = _params(hidden=3, seed=5), _data(5)
    for rate, steps in ((0.1, 1), (0.5, 3), (0.1, 0)):
        expected = params
        for _ in range(steps):
            expected = {
                name: values - rate * _reference_gradient(expected, name, X, y) for name, values in expected.items()
            }
        got, _ = candidate.train(params, X, y, rate, steps)
        for name in params:
            expect(got[name], expected[name], tolerance=1e-6, learning_rate=rate, steps=steps, parameter=name)


def check_losses_are_not_those_before_each_step(candidate):
    """The list of losses does not begin with that of the parameters that were given, or has another length."""
    params, (X, y) = _params(), _data()
    before = _reference_loss(_reference_logits(params, X), y)
    for steps in (1, 4):
        _, losses = candidate.train(params, X, y, 0.05, steps)
        expect(len(losses), steps, steps=steps, case="how many losses")
        expect(float(losses[0]), before, steps=steps, case="the first loss")
    after = _reference_loss(_reference_logits(candidate.train(params, X, y, 0.05, 3)[0], X), y)
    expect(float(losses[3]), after, case="the fourth loss, and that of three steps")
    expect(list(candidate.train(params, X, y, 0.05, 0)[1]), [], steps=0)


def check_defaults_of_training_are_wrong(candidate):
    """By default, training does not make 100 steps at a learning rate of 0.1."""
    params, (X, y) = _params(), _data()
    expected, got = candidate.train(params, X, y, 0.1, 100), candidate.train(params, X, y)
    expect(len(got[1]), 100, case="how many losses")
    expect(got[0]["W1"], expected[0]["W1"], case="W1 with defaults, and with 0.1 and 100")


def check_rows_or_units_are_looped_over(candidate):
    """A Python loop runs over the rows or the hidden units."""

    def calls(n, hidden):
        params, (X, y) = _params(hidden=hidden), _data(n)

        def run():
            logits, cache = candidate.forward(params, X)
            candidate.backward(params, cache, candidate.loss_and_gradient(logits, y)[1])

        return run

    expect_no_loop(lambda n: calls(n, 4), "rows")
    expect_no_loop(lambda hidden: calls(4, hidden), "hidden units")


def check_the_arguments_are_changed(candidate):
    """Parameters, rows, logits or gradients are different afterward: something was updated in place."""
    params, (X, y) = _params(), _data()
    logits, cache = candidate.forward(params, X)
    logits = np.array(logits)
    grad = np.random.default_rng(0).normal(size=logits.shape)
    given = {**params, "X": X, "y": y, "logits": logits, "grad": grad}
    kept = {name: values.copy() for name, values in given.items()}
    candidate.loss_and_gradient(logits, y)
    candidate.backward(params, cache, grad)
    candidate.train(params, X, y, 0.1, 2)
    candidate.numeric_gradient(lambda values: float(np.asarray(values).sum()), X)
    assert sorted(params) == ["W1", "W2", "b1", "b2"], told(["W1", "W2", "b1", "b2"], sorted(params), case="keys")
    for name, values in given.items():
        expect(values, kept[name], case=f"{name} after every function was called")
    for name in params:
        assert params[name] is given[name], told("the same array as before", "another one", parameter=name)
