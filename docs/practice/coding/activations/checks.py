"""What activations written by hand get wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told

SMOOTH = ("sigmoid", "softplus", "gelu")
KINKED = ("relu", "leaky_relu")
GRADIENTS = ("relu_gradient", "leaky_relu_gradient", "sigmoid_gradient", "tanh_gradient", "softplus_gradient")
ALL = (*SMOOTH, *KINKED, *GRADIENTS, "gelu_gradient")


def _numbers(seed=0):
    return np.random.default_rng(seed).normal(scale=2.0, size=(3, 4))


def _reference(name, x):
    """One number at a time, by the formulas of the task, for numbers of ordinary size."""
    formulas = {
        "relu": lambda z: z if z > 0 else 0.0,
        "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
        "sigmoid": lambda z: 1.0 / (1.0 + math.exp(-z)),
        "tanh": math.tanh,
        "softplus": lambda z: math.log1p(math.exp(z)),
        "gelu": lambda z: 0.5 * z * (1.0 + math.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z * z * z))),
    }
    x = np.asarray(x)
    return np.array([formulas[name](float(z)) for z in x.ravel()]).reshape(x.shape)


def check_relu_or_leaky_relu_is_wrong(candidate):
    """ReLU or leaky ReLU returns other values: below 0 the slope of the latter is 0.01, or what is given."""
    x = _numbers()
    for name in KINKED:
        expect(getattr(candidate, name)(x), _reference(name, x), function=name, x=x)
    for slope in (0.3, 1.5):
        expect(candidate.leaky_relu(x, slope), np.array([[z if z > 0 else slope * z for z in row] for row in x]), x=x)


def check_slopes_at_the_kink_are_wrong(candidate):
    """The derivative of ReLU or leaky ReLU is wrong, such as at exactly 0, where it is that of the left side."""
    x = np.array([-2.0, -0.0, 0.0, 1e-300, 3.0])
    expect(candidate.relu_gradient(x), np.array([0.0, 0.0, 0.0, 1.0, 1.0]), x=x)
    expect(candidate.leaky_relu_gradient(x), np.array([0.01, 0.01, 0.01, 1.0, 1.0]), x=x)
    expect(candidate.leaky_relu_gradient(x, 0.3), np.array([0.3, 0.3, 0.3, 1.0, 1.0]), x=x, slope=0.3)


def check_smooth_activations_are_wrong(candidate):
    """Sigmoid, softplus or GELU returns other values than its formula."""
    for seed in range(3):
        x = _numbers(seed)
        for name in SMOOTH:
            expect(getattr(candidate, name)(x), _reference(name, x), function=name, x=x)


def check_gradients_are_not_the_slopes(candidate):
    """A derivative differs from finite differences: a factor is missing, or it takes the output for the input."""
    x = _numbers(4)
    for name in (*SMOOTH, "tanh", *KINKED):
        expected = slopes(lambda z, name=name: float(_reference(name, z).sum()), x)
        expect(getattr(candidate, f"{name}_gradient")(x), expected, tolerance=1e-7, function=f"{name}_gradient", x=x)


def check_large_numbers_overflow(candidate):
    """Numbers in the thousands give a warning, nan or infinity, or the cube of an integer wraps around."""
    x = np.array([-5000.0, -2000.0, -800.0, 800.0, 2000.0, 5000.0])
    step, ramp, zero = np.repeat([0.0, 1.0], 3), np.array([0.0, 0.0, 0.0, 800.0, 2000.0, 5000.0]), np.zeros(6)
    expected = dict.fromkeys(("relu", "softplus", "gelu"), ramp)
    expected |= dict.fromkeys(("sigmoid", "relu_gradient", "softplus_gradient", "gelu_gradient"), step)
    expected |= dict.fromkeys(("sigmoid_gradient", "tanh_gradient"), zero)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for kind in (float, np.int32, np.int64):
            for name, values in expected.items():
                expect(getattr(candidate, name)(x.astype(kind)), values, function=name, x=x.astype(kind))


def check_small_values_are_rounded_to_zero(candidate):
    """Far from 0 a small value is lost: log(1 + tiny), 1 - s where s is rounded to 1, or a clipped input."""
    x = np.array([40.0, 100.0, 300.0])
    tail = np.exp(-x)
    cases = {"sigmoid": (-x, tail), "softplus": (-x, tail), "softplus_gradient": (-x, tail)}
    for name, (at, values) in cases.items():
        expect(getattr(candidate, name)(at) / values, np.ones(3), function=name, x=at, case="over exp(x)")
    for at in (x, -x):
        expect(candidate.sigmoid_gradient(at) / tail, np.ones(3), x=at, case="sigmoid_gradient over exp(-|x|)")
        expect(candidate.tanh_gradient(at) / (4 * tail**2), np.ones(3), x=at, case="tanh_gradient over 4 exp(-2|x|)")


def check_shapes_or_kinds_are_changed(candidate):
    """Integers are cut off, or an array of another shape, without entries or dimensions, is refused."""
    whole = np.array([[-2, -1, 0], [1, 2, 3]])
    for x in (whole, whole.astype(np.int32), np.zeros((0, 3)), np.array(1.5), whole.reshape(1, 2, 3)):
        for name in (*SMOOTH, *KINKED):
            expect(np.asarray(getattr(candidate, name)(x)), _reference(name, x), function=name, x=x)
        for name in (*GRADIENTS, "gelu_gradient"):
            got, same = getattr(candidate, name)(x), getattr(candidate, name)(x.astype(float))
            expect(np.asarray(got), np.asarray(same), function=name, x=x, case="and the same numbers as floats")
    for name in ALL:
        kind = np.asarray(getattr(candidate, name)(whole)).dtype.kind
        assert kind == "f", told("floats", f"an array of kind {kind}", function=name, x=whole)


def check_entries_are_looped_over(candidate):
    """A Python loop runs over the entries."""
    expect_no_loop(lambda n: lambda: [getattr(candidate, name)(np.ones(n)) for name in ALL], "entries")


def check_the_arguments_are_changed(candidate):
    """The input is different afterward: something was set or clipped in place."""
    for name in ALL:
        x = _numbers()
        getattr(candidate, name)(x)
        expect(x, _numbers(), case=f"x after {name}")
