"""Optimizers that walk over entries: slow, and right."""

import numpy as np


class Base:
    def __init__(self, learning_rate, **settings):
        self.learning_rate, self.state = learning_rate, {}
        self.__dict__.update(settings)

    def step(self, params, grads):
        out = {name: np.array(values, dtype=float) for name, values in params.items()}
        for name, g in grads.items():
            for i in np.ndindex(g.shape):
                out[name][i] -= self.learning_rate * self.move(float(out[name][i]), float(g[i]), (name, *i))
        return out


class SGD(Base):
    def __init__(self, learning_rate=0.01, momentum=0.0):
        super().__init__(learning_rate, momentum=momentum)

    def move(self, _, g, key):
        self.state[key] = self.momentum * self.state.get(key, 0) + g
        return self.state[key]


class RMSProp(Base):
    def __init__(self, learning_rate=0.01, decay=0.9, eps=1e-8):
        super().__init__(learning_rate, decay=decay, eps=eps)

    def move(self, _, g, key):
        self.state[key] = self.decay * self.state.get(key, 0) + (1 - self.decay) * g * g
        return g / (self.state[key] ** 0.5 + self.eps)


class AdamW(Base):
    def __init__(self, learning_rate=0.001, weight_decay=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(learning_rate, decay=weight_decay, b=(beta1, beta2), eps=eps)

    def move(self, x, g, key):
        m, v, t = self.state.get(key, (0, 0, 0))
        m, v, t = self.b[0] * m + (1 - self.b[0]) * g, self.b[1] * v + (1 - self.b[1]) * g * g, t + 1
        self.state[key] = m, v, t
        return m / (1 - self.b[0] ** t) / ((v / (1 - self.b[1] ** t)) ** 0.5 + self.eps) + self.decay * x


class Adam(AdamW):
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(learning_rate, 0.0, beta1, beta2, eps)
