"""What optimizers written by hand get wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop

CLASSES = ("SGD", "RMSProp", "Adam", "AdamW")


def _start(seed=0):
    rng = np.random.default_rng(seed)
    return {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=3)}


def _grads(steps, seed=1):
    """A list of gradients, one dictionary a step."""
    rng = np.random.default_rng(seed)
    return [{"W": rng.normal(size=(2, 3)), "b": rng.normal(size=3)} for _ in range(steps)]


def _reference_entry(kind, x, grads, rates, **settings):
    """One number through all steps, by the formulas of the task; a gradient of None leaves it as it is."""
    beta1, beta2 = settings.get("beta1", 0.9), settings.get("beta2", 0.999)
    eps = settings.get("eps", 1e-8)
    m = v = 0.0
    t = 0
    for g, rate in zip(grads, rates, strict=True):
        if g is None:
            continue
        t += 1
        if kind == "SGD":
            m = settings.get("momentum", 0.0) * m + g
            x = x - rate * m
        elif kind == "RMSProp":
            decay = settings.get("decay", 0.9)
            v = decay * v + (1 - decay) * g * g
            x = x - rate * g / (math.sqrt(v) + eps)
        else:
            m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
            direction = m / (1 - beta1**t) / (math.sqrt(v / (1 - beta2**t)) + eps)
            decay = settings.get("weight_decay", 0.01) if kind == "AdamW" else 0.0
            x = x - rate * (direction + decay * x)
    return x


def _reference(kind, params, grads, rates, **settings):
    found = {}
    for name, values in params.items():
        found[name] = np.array(values, dtype=float)
        for index in np.ndindex(*values.shape):
            own = [float(each[name][index]) if name in each else None for each in grads]
            found[name][index] = _reference_entry(kind, float(values[index]), own, rates, **settings)
    return found


def _compare(candidate, kind, grads, rate=None, **settings):
    """Take the steps with the candidate's class, and compare the parameters after each of them."""
    params = start = _start()
    given = {**settings} if rate is None else {"learning_rate": rate, **settings}
    optimizer = getattr(candidate, kind)(**given)
    used = rate if rate is not None else 0.01 if kind in ("SGD", "RMSProp") else 0.001
    for t, grad in enumerate(grads, 1):
        params = optimizer.step(params, grad)
        expected = _reference(kind, start, grads[:t], [used] * t, **settings)
        for name in expected:
            expect(params[name], expected[name], optimizer=kind, step=t, parameter=name, **given)


def check_plain_descent_is_wrong(candidate):
    """SGD without momentum does not subtract the learning rate times the gradient."""
    _compare(candidate, "SGD", _grads(3), 0.3)


def check_momentum_is_wrong(candidate):
    """The velocity is not momentum times the last one plus the gradient, or is not kept from step to step."""
    _compare(candidate, "SGD", _grads(4), 0.3, momentum=0.9)
    _compare(candidate, "SGD", _grads(3, seed=5), 0.1, momentum=0.5)


def check_rmsprop_is_wrong(candidate):
    """RMSProp does not divide by the root of the running mean of squared gradients, or corrects its start."""
    _compare(candidate, "RMSProp", _grads(4), 0.1)
    _compare(candidate, "RMSProp", _grads(3, seed=5), 0.1, decay=0.5)


def check_adam_is_wrong(candidate):
    """After some steps the parameters are not those of Adam: its means, or the correction of their start."""
    _compare(candidate, "Adam", _grads(5), 0.1)
    _compare(candidate, "Adam", _grads(4, seed=5), 0.1, beta1=0.5, beta2=0.7)


def check_the_first_step_of_adam_has_the_wrong_length(candidate):
    """The first step of Adam does not move every entry by the learning rate, whatever the size of its gradient."""
    grad = {"W": np.array([[1e-4, -3.0, 50.0]])}
    moved = candidate.Adam(learning_rate=0.1).step({"W": np.zeros((1, 3))}, grad)["W"]
    expect(moved, np.array([[-0.1, 0.1, -0.1]]), tolerance=1e-4, grad=grad["W"], learning_rate=0.1)


def check_weight_decay_is_scaled_by_the_gradients(candidate):
    """The decay of AdamW is added to the gradient, or is not the learning rate times the decay times the weight."""
    _compare(candidate, "AdamW", _grads(4), 0.1, weight_decay=0.2)
    _compare(candidate, "AdamW", _grads(3), 0.2, weight_decay=0.5, beta1=0.6, beta2=0.8, eps=0.01)
    still = [{"W": np.zeros((2, 3)), "b": np.zeros(3)}]
    _compare(candidate, "AdamW", still, 0.1, weight_decay=0.2)


def check_eps_is_in_the_wrong_place(candidate):
    """Eps is not outside the root, after the correction: with tiny gradients or a large eps it shows."""
    tiny = [{name: 1e-7 * values for name, values in grad.items()} for grad in _grads(3)]
    for kind in ("RMSProp", "Adam", "AdamW"):
        _compare(candidate, kind, tiny, 0.1)
        _compare(candidate, kind, _grads(3), 0.1, eps=0.5)


def check_gradients_of_zero_give_nan(candidate):
    """A gradient of 0 from the first step gives nan, a warning or a movement."""
    grads = [{"W": np.zeros((2, 3)), "b": np.zeros(3)}] * 2
    with np.errstate(all="raise"):
        for kind in ("SGD", "RMSProp", "Adam"):
            _compare(candidate, kind, grads, 0.1)


def check_whole_numbers_are_cut_off(candidate):
    """Parameters or gradients that are integers are updated as integers."""
    params, grads = {"W": np.array([[3, -2]])}, [{"W": np.array([[1, 2]])}, {"W": np.array([[-3, 1]])}]
    for kind, settings in (("SGD", {}), ("SGD", {"momentum": 0.9}), ("RMSProp", {}), ("Adam", {}), ("AdamW", {})):
        optimizer, got = getattr(candidate, kind)(learning_rate=0.25, **settings), params
        for grad in grads:
            got = optimizer.step(got, grad)
        expected = _reference(kind, params, grads, [0.25] * 2, **settings)["W"]
        expect(got["W"], expected, optimizer=kind, W=params["W"], **settings)


def check_defaults_are_wrong(candidate):
    """By default, an optimizer uses other settings than the task states."""
    for kind in CLASSES:
        _compare(candidate, kind, _grads(4, seed=7))
        _compare(candidate, kind, [{n: 1e-8 * g for n, g in each.items()} for each in _grads(2, seed=7)])


def check_a_new_learning_rate_is_ignored(candidate):
    """A learning rate that is set between steps has no effect, or changes the gradients of earlier steps."""
    grads, rates = _grads(3), [0.5, 0.05, 0.2]
    for kind, settings in (("SGD", {"momentum": 0.9}), ("RMSProp", {}), ("Adam", {}), ("AdamW", {"weight_decay": 0.3})):
        params, optimizer = _start(), getattr(candidate, kind)(learning_rate=9.0, **settings)
        for rate, grad in zip(rates, grads, strict=True):
            optimizer.learning_rate = rate
            params = optimizer.step(params, grad)
        for name, expected in _reference(kind, _start(), grads, rates, **settings).items():
            expect(params[name], expected, optimizer=kind, rates=rates, parameter=name)


def check_parameters_without_a_gradient_move(candidate):
    """A parameter that has no gradient in a step moves or decays in it, is lost, or counts the step as its own."""
    grads = _grads(4)
    del grads[0]["b"], grads[2]["b"], grads[1]["W"]
    grads.append({})
    _compare(candidate, "SGD", grads, 0.1, momentum=0.9)
    for kind in ("RMSProp", "Adam", "AdamW"):
        _compare(candidate, kind, grads, 0.1)


def check_two_optimizers_share_their_state(candidate):
    """The steps of one optimizer change those of another of the same class."""
    grads = _grads(2)
    for kind, settings in (("SGD", {"momentum": 0.9}), ("RMSProp", {}), ("Adam", {}), ("AdamW", {})):
        getattr(candidate, kind)(**settings).step(_start(), _grads(1, seed=8)[0])
        _compare(candidate, kind, grads, 0.1, **settings)


def check_the_state_is_the_callers_array(candidate):
    """The optimizer keeps the array of the gradient itself: when the caller refills it, the past changes."""
    grads = _grads(4)
    for kind, settings in (("SGD", {"momentum": 0.9}), ("RMSProp", {}), ("Adam", {}), ("AdamW", {})):
        params, optimizer = _start(), getattr(candidate, kind)(learning_rate=0.1, **settings)
        buffer = {name: np.zeros_like(values) for name, values in params.items()}
        for grad in grads:
            for name, values in grad.items():
                buffer[name][...] = values
            params = optimizer.step(params, buffer)
        for name, expected in _reference(kind, _start(), grads, [0.1] * 4, **settings).items():
            expect(params[name], expected, optimizer=kind, parameter=name, case="one array for all gradients")


def check_entries_are_looped_over(candidate):
    """A Python loop runs over the entries of an array."""

    def calls(n):
        values, optimizers = np.ones(n), [getattr(candidate, kind)() for kind in CLASSES]

        def run():
            for optimizer in optimizers:
                optimizer.step({"W": values}, {"W": values})

        return run

    expect_no_loop(calls, "entries")


def check_the_arguments_are_changed(candidate):
    """Parameters or gradients are different afterward, or parameters of an earlier step change with a later one."""
    for kind in CLASSES:
        start, grad, optimizer = _start(), _grads(1)[0], getattr(candidate, kind)(learning_rate=0.1)
        first = optimizer.step(start, grad)
        kept = {name: np.array(values) for name, values in first.items()}
        optimizer.step(first, grad)
        for name in ("W", "b"):
            expect(start[name], _start()[name], optimizer=kind, case=f"{name} as it was given")
            expect(grad[name], _grads(1)[0][name], optimizer=kind, case=f"the gradient of {name}")
            expect(first[name], kept[name], optimizer=kind, case=f"{name} of the first step, after the second")
