"""An autograd engine as one writes it first: each path from the output on its own, and the order by a counter."""

import itertools
import math

COUNTER = itertools.count()


class Value:
    def __init__(self, data, operands=()):
        self.data, self.grad, self.operands, self.number = data, 0.0, operands, next(COUNTER)

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, [(self, 1), (other, 1)])
        return Value(self.data + other, [(self, 1)])

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, Value):
            return Value(self.data - other.data, [(self, 1), (other, -1)])
        return Value(self.data - other, [(self, 1)])

    def __rsub__(self, other):
        return Value(other - self.data, [(self, -1)])

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, [(self, other.data), (other, self.data)])
        return Value(self.data * other, [(self, other)])

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, Value):
            return Value(self.data / other.data, [(self, 1 / other.data), (other, -self.data / other.data**2)])
        return Value(self.data / other, [(self, 1 / other)])

    def __rtruediv__(self, other):
        return Value(other / self.data, [(self, -other / self.data**2)])

    def __neg__(self):
        return 0 - self

    def __pow__(self, number):
        return Value(self.data**number, [(self, number * self.data ** (number - 1) if number else 0)])

    def exp(self):
        return Value(math.exp(self.data), [(self, math.exp(self.data))])

    def tanh(self):
        return Value(math.tanh(self.data), [(self, 1 - math.tanh(self.data) ** 2)])

    def relu(self):
        return Value(self.data, [(self, 1)]) if self.data > 0 else Value(0, [(self, 0)])

    def graph(self):
        found, to_visit = {self.number: self}, [self]
        while to_visit:
            for operand, _ in to_visit.pop().operands:
                if operand.number not in found:
                    found[operand.number] = operand
                    to_visit.append(operand)
        return [found[number] for number in sorted(found)]

    def backward(self, accumulate=False):
        if not accumulate:
            for value in self.graph():
                value.grad = 0.0
        paths = [(self, 1.0)]
        while paths:
            value, gradient = paths.pop()
            value.grad += gradient
            for operand, slope in value.operands:
                paths.append((operand, gradient * slope))
