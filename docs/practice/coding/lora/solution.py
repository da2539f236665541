"""A linear layer with a low-rank update (LoRA): forward, backward and
merging, in NumPy."""

import numpy as np


class LoRALinear:
    """A frozen weight (k, d) and a trained update of rank r. Public:
    weight; A (r, d), random, and B (k, r), zeros; after backward grad_A
    and grad_B."""

    def __init__(
        self,
        weight: np.ndarray,
        rank: int,
        alpha: float,
        rng: np.random.Generator,
    ) -> None:
        """Keep the weight as it is, and draw A with variance 1 / d.
        O(rd + kr)."""
        k, d = weight.shape
        self.weight = weight
        self.A = rng.normal(scale=1.0 / np.sqrt(d), size=(rank, d))
        self.B = np.zeros((k, rank))
        self._scale = alpha / rank

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the outputs (..., k) of n vectors x (..., d).
        O(n (dk + rd + kr))."""
        self._x = x
        # From the right: first down to r numbers, then up to k. B @ A
        # would be as large as the weight.
        self._down = x @ self.A.T
        return x @ self.weight.T + self._scale * (self._down @ self.B.T)

    def backward(self, grad: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to the x of the latest
        forward, given that of its outputs (..., k), and keep those of A
        and B, added up over all vectors. The weight gets none.
        O(n (dk + rd + kr))."""
        by_down = self._scale * (grad @ self.B)
        vectors = tuple(range(grad.ndim - 1))
        axes = (vectors, vectors)
        self.grad_A = np.tensordot(by_down, self._x, axes)
        self.grad_B = self._scale * np.tensordot(grad, self._down, axes)
        return grad @ self.weight + by_down @ self.A

    def merged(self) -> np.ndarray:
        """Return one weight (k, d) that gives the outputs of this
        layer, as a new array. O(kdr)."""
        return self.weight + self._scale * (self.B @ self.A)
