"""Reverse-mode automatic differentiation of scalars: values that
remember how they were made, in plain Python."""

import math


class Value:
    """A number, what it was made of, and the gradient of an output with
    respect to it. Every operation is O(1)."""

    def __init__(self, data: float) -> None:
        self.data = data
        self.grad = 0.0
        # What it was made of, each with the derivative toward it.
        self.sources: tuple[tuple[Value, float], ...] = ()

    def __add__(self, other: "Value | float") -> "Value":
        if not isinstance(other, Value):
            return _made(self.data + other, (self, 1.0))
        return _made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        if not isinstance(other, Value):
            return _made(self.data * other, (self, other))
        a, b = self.data, other.data
        return _made(a * b, (self, b), (other, a))

    def __pow__(self, exponent: float) -> "Value":
        slope = 0.0
        if exponent != 0:  # 0 ** (0 - 1) would be an error
            slope = exponent * self.data ** (exponent - 1)
        return _made(self.data**exponent, (self, slope))

    def exp(self) -> "Value":
        """Return e to the power of the value."""
        result = math.exp(self.data)
        return _made(result, (self, result))

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent, for inputs of any size."""
        result = math.tanh(self.data)
        return _made(result, (self, 1 - result**2))

    def relu(self) -> "Value":
        """Return the value where it is above 0, else 0; the derivative
        at 0 is 0."""
        return _made(max(self.data, 0.0), (self, float(self.data > 0)))

    # The rest is made of these; a number on the left comes as `other`.

    def __radd__(self, other: float) -> "Value":
        return self + other

    def __rmul__(self, other: float) -> "Value":
        return self * other

    def __neg__(self) -> "Value":
        return -1 * self

    def __sub__(self, other: "Value | float") -> "Value":
        return self + -other

    def __rsub__(self, other: float) -> "Value":
        return -self + other

    def __truediv__(self, other: "Value | float") -> "Value":
        return self * other**-1

    def __rtruediv__(self, other: float) -> "Value":
        return self**-1 * other

    def graph(self) -> list["Value"]:
        """Return this value and all that it depends on, each once, and
        each after what it was made of. O(values + edges)."""
        order: list[Value] = []
        seen: set[Value] = set()
        stack = [(self, False)]
        while stack:
            value, sources_done = stack.pop()
            if sources_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack += [(each, False) for each, _ in value.sources]
        return order

    def backward(self, accumulate: bool = False) -> None:
        """Set `grad` of every value in the graph to the derivative of
        this value, or add it there. O(values + edges)."""
        order = self.graph()
        # Of this pass alone, apart from what earlier ones have left.
        gradient = dict.fromkeys(order, 0.0)
        gradient[self] = 1.0
        for value in reversed(order):
            for source, slope in value.sources:
                gradient[source] += slope * gradient[value]
        for value in order:
            if not accumulate:
                value.grad = 0.0
            value.grad += gradient[value]


def _made(data: float, *sources: tuple[Value, float]) -> Value:
    """Return a value with what it was made of."""
    value = Value(data)
    value.sources = sources
    return value
