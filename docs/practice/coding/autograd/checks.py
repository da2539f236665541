"""What a small autograd engine gets wrong. Each check is named after what you would see."""

import math
import random

from kit import expect, python_steps, told


def _exp(x):
    return x.exp() if hasattr(x, "exp") else math.exp(x)


def _tanh(x):
    return x.tanh() if hasattr(x, "tanh") else math.tanh(x)


def _relu(x):
    return x.relu() if hasattr(x, "relu") else max(x, 0.0)


# Functions that take values as well as plain numbers, by the text that a message shows.
_OF_VALUES = {
    "x + y": lambda x, y: x + y,
    "x - y": lambda x, y: x - y,
    "x * y": lambda x, y: x * y,
    "x / y": lambda x, y: x / y,
    "-x": lambda x, y: -x,
    "x ** 3": lambda x, y: x**3,
    "y ** 1": lambda x, y: y**1,
    "y ** -2": lambda x, y: y**-2,
    "y ** 0.5": lambda x, y: y**0.5,
    "exp(x)": lambda x, y: _exp(x),
    "tanh(x)": lambda x, y: _tanh(x),
    "relu(x)": lambda x, y: _relu(x),
    "relu(y)": lambda x, y: _relu(y),
}
_WITH_NUMBERS = {
    "x + 3": lambda x: x + 3,
    "3 + x": lambda x: 3 + x,
    "x - 2.5": lambda x: x - 2.5,
    "2.5 - x": lambda x: 2.5 - x,
    "x * 4": lambda x: x * 4,
    "4 * x": lambda x: 4 * x,
    "x / 5": lambda x: x / 5,
    "5 / x": lambda x: 5 / x,
    "sum([x, x])": lambda x: sum([x, x]),
}


def _reference_slopes(function, at, step=1e-5):
    """The derivatives of a function of plain numbers, one after the other, by central differences."""
    found = []
    for place in range(len(at)):
        up, down = list(at), list(at)
        up[place] += step
        down[place] -= step
        found.append((function(*up) - function(*down)) / (2 * step))
    return found


def _points(count, seed=0):
    """Some places: the first number of either sign, the second above 0."""
    rng = random.Random(seed)
    return [(rng.choice([-1, 1]) * rng.uniform(0.3, 2), rng.uniform(0.3, 2)) for _ in range(count)]


def _random_steps(rng, count=9):
    """A program: each step makes one number out of two earlier ones, which may be the same."""
    kinds = ["+", "-", "*", "/", "number", "tanh", "exp", "square"]
    return [(rng.choice(kinds), rng.randrange(2 + n), rng.randrange(2 + n), rng.uniform(0.5, 2)) for n in range(count)]


def _run(steps, x, y):
    """Every number of a program, from its two inputs to the last that it makes."""
    made = [x, y]
    for kind, one, other, number in steps:
        a, b = made[one], made[other]
        made.append(
            {
                "+": lambda a=a, b=b: a + b,
                "-": lambda a=a, b=b: a - b,
                "*": lambda a=a, b=b: a * b,
                "/": lambda a=a, b=b: a / (b * b + 1),
                "number": lambda a=a, c=number: c - a * c,
                "tanh": lambda a=a, b=b: _tanh(a) + b,
                "exp": lambda a=a: _exp(_tanh(a)),
                "square": lambda a=a: a**2 * 0.5,
            }[kind]()
        )
    return made


def _values(candidate, *data):
    return [candidate.Value(each) for each in data]


def _chain(candidate, length):
    """Return all values of a chain, from the two that it begins with to the last."""
    x, one = _values(candidate, 1.0, 1.0)
    made = [one, x]
    for number in range(length):
        made.append(made[-1] + x if number % 2 else made[-1] * one)
    return made


def _ladder(candidate, rungs):
    y = candidate.Value(1.0)
    for _ in range(rungs):
        y = y + y
    return y


def check_an_operation_gives_the_wrong_number(candidate):
    """The data of a result is wrong, an operation changes its operands, or a gradient does not start at 0."""
    for at in [*_points(6), (-3, 4), (2, 1)]:
        for text, function in _OF_VALUES.items():
            x, y = _values(candidate, *at)
            result = function(x, y)
            expect(result.data, float(function(*at)), operation=text, x=at[0], y=at[1])
            expect([x.data, y.data], [float(each) for each in at], case=f"x and y after {text}")
            expect([result.grad, x.grad, y.grad], [0.0] * 3, case=f"gradients after {text}, before backward")


def check_a_number_next_to_a_value_fails(candidate):
    """An operation with a plain number on the left or on the right raises an error, or takes the two in wrong order."""
    for data in (1.7, -0.6, 2):
        for text, function in _WITH_NUMBERS.items():
            x = candidate.Value(data)
            result = function(x)
            expect(result.data, float(function(data)), operation=text, x=data)
            result.backward()
            expect(x.grad, _reference_slopes(function, [data])[0], tolerance=1e-6, gradient_of=text, x=data)


def check_a_derivative_is_wrong(candidate):
    """The gradient of a single operation is not its derivative: a wrong sign, operands swapped, a power not lowered."""
    for at in [*_points(6, seed=1), (-3, 4)]:
        for text, function in _OF_VALUES.items():
            x, y = _values(candidate, *at)
            result = function(x, y)
            result.backward()
            slopes = _reference_slopes(function, at)
            expect([x.grad, y.grad], slopes, tolerance=1e-6, gradient_of=text, x=at[0], y=at[1])
            expect(result.grad, 1.0, gradient_of=text, toward="itself")
    x = candidate.Value(3.0)
    x.backward()
    expect(x.grad, 1.0, gradient_of="a value that was not made of others", toward="itself")


def check_relu_at_zero_passes_a_gradient(candidate):
    """Where the input of ReLU is exactly 0, its derivative is not 0."""
    for data in (0.0, 0):
        x = candidate.Value(data)
        y = x.relu() * 5
        y.backward()
        expect([y.data, x.grad], [0.0, 0.0], case="5 relu(x), its data and its gradient", x=data)


def check_a_power_of_zero_divides_by_zero(candidate):
    """At 0, the exponents 0 and 1 raise an error, or their derivatives are not 0 and 1."""
    for data in (0.0, 0, 1.5):
        for exponent in (0, 1, 2, 0.0, 1.0, 2.0):
            x = candidate.Value(data)
            y = x**exponent
            y.backward()
            slope = {0: 0.0, 1: 1.0, 2: 2.0 * data}[exponent]
            expect([y.data, x.grad], [float(data**exponent), slope], x=data, exponent=exponent)


def check_tanh_overflows(candidate):
    """For inputs in the thousands tanh raises an OverflowError, or is not a number."""
    for data, expected in ((5000.0, 1.0), (-5000.0, -1.0)):
        x = candidate.Value(data)
        y = x.tanh()
        y.backward()
        expect([y.data, x.grad], [expected, 0.0], case="tanh(x), its data and its gradient", x=data)


def check_a_value_used_twice_counts_once(candidate):
    """The gradient of a value that is used twice is that of its last use, and not the sum over all uses."""
    cases = {
        "x * x": (lambda x: x * x, lambda x: 2 * x),
        "x + x": (lambda x: x + x, lambda x: 2.0),
        "x * x + x": (lambda x: x * x + x, lambda x: 2 * x + 1),
        "x + x * x": (lambda x: x + x * x, lambda x: 2 * x + 1),
        "x / x": (lambda x: x / x, lambda x: 0.0),
        "x - x": (lambda x: x - x, lambda x: 0.0),
    }
    for text, (function, slope) in cases.items():
        x = candidate.Value(3.0)
        function(x).backward()
        expect(x.grad, slope(3.0), gradient_of=text, x=3.0)


def check_a_gradient_is_passed_on_before_it_is_whole(candidate):
    """A value passes its gradient on before all of its users have added to it: the order of the visits is wrong."""
    shapes = {
        "a + 3 a": lambda a: a + 3 * a,
        "3 a + a": lambda a: 3 * a + a,
        "a * tanh(2 a)": lambda a: a * (2 * a).tanh(),
        "tanh(2 a) * a": lambda a: (2 * a).tanh() * a,
        "b c with b = 2 a, c = b + a": lambda a: (lambda b: b * (b + a))(2 * a),
        "c b with b = 2 a, c = a + b": lambda a: (lambda b: (a + b) * b)(2 * a),
    }
    plain = {
        "a + 3 a": lambda a: 4 * a,
        "3 a + a": lambda a: 4 * a,
        "a * tanh(2 a)": lambda a: a * math.tanh(2 * a),
        "tanh(2 a) * a": lambda a: a * math.tanh(2 * a),
        "b c with b = 2 a, c = b + a": lambda a: 6 * a * a,
        "c b with b = 2 a, c = a + b": lambda a: 6 * a * a,
    }
    for text, function in shapes.items():
        x = candidate.Value(0.4)
        function(x * x).backward()
        expected = _reference_slopes(lambda x, text=text: plain[text](x * x), [0.4])[0]
        expect(x.grad, expected, tolerance=1e-6, gradient_of=f"{text}, with a = x x", x=0.4)


def check_gradients_are_not_the_slopes(candidate):
    """The gradients of a longer expression differ from finite differences."""
    for seed in range(60):
        rng = random.Random(seed)
        steps, at = _random_steps(rng), (rng.uniform(-1, 1), rng.uniform(0.2, 1))
        x, y = _values(candidate, *at)
        result = _run(steps, x, y)[-1]
        expect(result.data, float(_run(steps, *at)[-1]), steps=steps, x=at[0], y=at[1])
        result.backward()
        slopes = _reference_slopes(lambda *at, steps=steps: _run(steps, *at)[-1], at)
        expect([x.grad, y.grad], slopes, tolerance=1e-6, steps=steps, x=at[0], y=at[1])


def check_a_second_backward_double_counts(candidate):
    """A second backward adds to the gradients of the first, although nobody asked for it."""
    x, y = _values(candidate, 3.0, 5.0)
    product = x * y
    z = product * product + x
    for times in (1, 2, 3):
        z.backward()
        got = [x.grad, y.grad, product.grad, z.grad]
        expect(got, [151.0, 90.0, 30.0, 1.0], case=f"x, y, x y, (x y)² + x after {times} times")
    (product * 2).backward(accumulate=False)
    expect([x.grad, y.grad, product.grad], [10.0, 6.0, 2.0], case="x, y, x y after backward of 2 x y")


def check_old_gradients_are_passed_on_again(candidate):
    """With accumulate, gradients that an earlier pass left in the middle of the graph are passed on once more."""
    x, y = _values(candidate, 3.0, 5.0)
    product = x * y
    z = product * product + x
    for times in (1, 2, 3):
        z.backward(accumulate=True)
        expected = [each * times for each in (151.0, 90.0, 30.0, 1.0)]
        expect([x.grad, y.grad, product.grad, z.grad], expected, case=f"x, y, x y, (x y)² + x after {times} times")
    x.grad = y.grad = 0.0
    (product * 2).backward(accumulate=True)
    expect(
        [x.grad, y.grad, product.grad], [10.0, 6.0, 92.0], case="x, y set to 0, then 2 x y: gradients of x, y, x y"
    )
    z.backward()
    expect([x.grad, product.grad, z.grad], [151.0, 30.0, 1.0], case="at last once without accumulate")


def check_backward_touches_values_of_other_outputs(candidate):
    """A gradient changes of a value on which the output does not depend."""
    x, y = _values(candidate, 3.0, 5.0)
    square, double = x * x, y * 2
    both = square + double
    both.backward()
    for case in ({}, {"accumulate": True}):
        square.backward(**case)
        got = [y.grad, double.grad, both.grad]
        expect(got, [2.0, 1.0, 1.0], case="y, 2 y, x² + 2 y after backward of the sum, then of x²", **case)


def check_the_graph_is_out_of_order(candidate):
    """In the graph a value comes before one that it was made of, comes twice, is missing, or does not belong there."""
    lone = candidate.Value(2.0)
    expect([value is lone for value in lone.graph()], [True], case="the graph of a value that was not made of others")
    for seed in range(40):
        rng = random.Random(seed)
        values, below = _values(candidate, 1.0, 2.0), [{0}, {1}]
        for new in range(2, 11):
            one, other = rng.randrange(new), rng.randrange(new)
            values.append(rng.choice([lambda a, b: a + b, lambda a, b: a * b])(values[one], values[other]))
            below.append({new} | below[one] | below[other])
        numbers = {id(value): number for number, value in enumerate(values)}
        for root, wanted in zip(values, below, strict=True):
            order = [numbers.get(id(value), "unknown") for value in root.graph()]
            case = {"value": numbers[id(root)], "made_from": "values 0 and 1, by sums and products"}
            assert sorted(map(str, order)) == sorted(map(str, wanted)), told(f"each of {sorted(wanted)}", order, **case)
            for place, number in enumerate(order):
                late = (below[number] - {number}) & set(order[place + 1 :])
                assert not late, told(f"{sorted(late)} before {number}, which is made of it", order, **case)


def check_a_long_chain_breaks_the_recursion(candidate):
    """A chain of 50,000 values raises a RecursionError, or takes time in proportion to the square of its length."""
    # The list alone holds them. It lets the last go first; a chain that only its end held would be freed recursively,
    # and the stack of a browser is too small for that.
    made = _chain(candidate, 50_000)
    made[-1].backward()
    found = [made[-1].data, made[1].grad, made[-1].grad]
    expect(found, [25_001.0, 25_001.0, 1.0], case="50,000 times y * one or y + x, from y = x = one = 1")
    expect(len(made[-1].graph()), 50_002, case="how many values")


def check_backward_walks_every_path(candidate):
    """The steps of backward, or of graph, grow with the number of paths or with the square of the number of values."""
    for name in ("graph", "backward"):
        few, many = (python_steps(getattr(_ladder(candidate, rungs), name)) for rungs in (4, 12))
        assert many < 6 * few, told(
            "about three times the steps for y = y + y twelve times as for four times",
            f"{few:,} steps, then {many:,} steps",
            of=name,
        )
        few, many = (python_steps(getattr(_chain(candidate, length)[-1], name)) for length in (50, 800))
        assert many < 32 * few, told(
            "about 16 times the steps for a chain of 800 as for one of 50", f"{few:,} steps, then {many:,}", of=name
        )
