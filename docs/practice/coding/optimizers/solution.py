"""SGD with momentum, RMSProp, Adam and AdamW, for parameters that are
named arrays."""

import numpy as np

Arrays = dict[str, np.ndarray]


class SGD:
    """Gradient descent; with momentum the gradients of earlier steps go
    on, each times `momentum` a step."""

    def __init__(
        self, learning_rate: float = 0.01, momentum: float = 0.0
    ) -> None:
        """Keep the settings, and begin without velocity."""
        self.learning_rate, self.momentum = learning_rate, momentum
        self._velocity: Arrays = {}

    def step(self, params: Arrays, grads: Arrays) -> Arrays:
        """Return the parameters after one step; those without a
        gradient stay. O(number of entries)."""
        moved = dict(params)
        for name, grad in grads.items():
            before = self._velocity.get(name, 0.0)
            velocity = self.momentum * before + grad
            self._velocity[name] = velocity
            moved[name] = params[name] - self.learning_rate * velocity
        return moved


class RMSProp:
    """Gradient descent with each entry divided by the root of the
    running mean of its squared gradients."""

    def __init__(
        self,
        learning_rate: float = 0.01,
        decay: float = 0.9,
        eps: float = 1e-8,
    ) -> None:
        """Keep the settings, and begin with a mean square of 0."""
        self.learning_rate = learning_rate
        self.decay, self.eps = decay, eps
        self._square: Arrays = {}

    def step(self, params: Arrays, grads: Arrays) -> Arrays:
        """Return the parameters after one step; those without a
        gradient stay. O(number of entries)."""
        moved = dict(params)
        for name, grad in grads.items():
            before = self._square.get(name, 0.0)
            square = self.decay * before + (1.0 - self.decay) * grad**2
            self._square[name] = square
            scale = np.sqrt(square) + self.eps
            change = self.learning_rate * grad / scale
            moved[name] = params[name] - change
        return moved


class Adam:
    """Running means of the gradient and of its square, both corrected
    for their start at 0."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        """Keep the settings; both means are 0 before any step."""
        self.learning_rate, self.eps = learning_rate, eps
        self.beta1, self.beta2 = beta1, beta2
        self._state: dict[str, tuple] = {}

    def step(self, params: Arrays, grads: Arrays) -> Arrays:
        """Return the parameters after one step; those without a
        gradient stay. O(number of entries)."""
        moved = dict(params)
        for name, grad in grads.items():
            mean, square, steps = self._state.get(name, (0.0, 0.0, 0))
            mean = self.beta1 * mean + (1.0 - self.beta1) * grad
            square = self.beta2 * square + (1.0 - self.beta2) * grad**2
            steps += 1
            self._state[name] = mean, square, steps
            # After t steps from 0 the weights of a running mean add up
            # to 1 - beta^t.
            of_mean = 1.0 - self.beta1**steps
            of_square = 1.0 - self.beta2**steps
            scale = np.sqrt(square / of_square) + self.eps
            change = self.learning_rate * mean / of_mean / scale
            moved[name] = params[name] - change
        return moved


class AdamW(Adam):
    """Adam with weight decay that does not pass through the
    running means."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        weight_decay: float = 0.01,
        **settings: float,
    ) -> None:
        """Keep Adam's settings (beta1, beta2, eps) and the decay."""
        super().__init__(learning_rate, **settings)
        self.weight_decay = weight_decay

    def step(self, params: Arrays, grads: Arrays) -> Arrays:
        """Return the parameters after one step; those without a
        gradient neither move nor decay. O(entries)."""
        kept = 1.0 - self.learning_rate * self.weight_decay
        decayed = {
            name: values * kept if name in grads else values
            for name, values in params.items()
        }
        return super().step(decayed, grads)
