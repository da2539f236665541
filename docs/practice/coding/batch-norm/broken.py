"""Batch normalization with four planted bugs. The training loss falls
as it should; find what is wrong."""

import numpy as np


class BatchNorm:
    """Normalizes d features over a batch. Public: gamma and beta (d,),
    which begin as ones and zeros; running_mean and running_var (d,),
    zeros and ones; training, True; and after backward grad_gamma and
    grad_beta (d,)."""

    def __init__(
        self, d: int, momentum: float = 0.1, eps: float = 1e-5
    ) -> None:
        """Make the parameters and the running statistics."""
        self.gamma, self.beta = np.ones(d), np.zeros(d)
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)
        self.training = True
        self.momentum, self.eps = momentum, eps

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the normalized features, scaled and shifted, shape
        (n, d) in and out."""
        if self.training and len(x) < 2:
            raise ValueError(
                "one row has no variance: train on two or more"
            )
        mean, variance = x.mean(axis=0), x.var(axis=0)
        if self.training:
            unbiased = x.var(axis=0, ddof=1)
            kept, new = self.momentum, 1 - self.momentum
            self.running_mean = kept * self.running_mean + new * mean
            self.running_var = kept * self.running_var + new * unbiased
        self._scale = 1.0 / np.sqrt(variance)
        self._normalized = (x - mean) * self._scale
        return self.gamma * self._normalized + self.beta

    def backward(self, grad: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to the x of the latest
        forward, and keep those of gamma and beta."""
        self.grad_gamma = (grad * self._normalized).sum(axis=0)
        self.grad_beta = grad.sum(axis=0)
        return grad * self.gamma * self._scale
