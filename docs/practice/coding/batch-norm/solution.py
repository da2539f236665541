"""Batch normalization with its backward pass, in NumPy."""

import numpy as np


class BatchNorm:
    """Normalizes d features over a batch. Public: gamma and beta (d,),
    which begin as ones and zeros; running_mean and running_var (d,),
    zeros and ones; training, True; and after backward grad_gamma and
    grad_beta (d,)."""

    def __init__(
        self, d: int, momentum: float = 0.1, eps: float = 1e-5
    ) -> None:
        """Make the parameters and the running statistics. O(d)."""
        self.gamma, self.beta = np.ones(d), np.zeros(d)
        self.running_mean, self.running_var = np.zeros(d), np.ones(d)
        self.training = True
        self.momentum, self.eps = momentum, eps

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the normalized features, scaled and shifted, shape
        (n, d) in and out. In training the statistics are the batch's,
        and move the running ones; otherwise they are the running ones,
        and nothing moves. O(nd)."""
        if self.training:
            if len(x) < 2:
                raise ValueError(
                    "one row has no variance: train on two or more"
                )
            mean, variance = x.mean(axis=0), x.var(axis=0)
            unbiased = x.var(axis=0, ddof=1)
            mean_step = self.momentum * (mean - self.running_mean)
            var_step = self.momentum * (unbiased - self.running_var)
            self.running_mean = self.running_mean + mean_step
            self.running_var = self.running_var + var_step
        else:
            mean, variance = self.running_mean, self.running_var
        # What backward needs of this call, whatever `training` is set
        # to in between.
        self._of_batch = self.training
        self._scale = 1.0 / np.sqrt(variance + self.eps)
        self._normalized = (x - mean) * self._scale
        return self.gamma * self._normalized + self.beta

    def backward(self, grad: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to the x of the latest
        forward, shape (n, d), given that of its output, and keep those
        of gamma and beta in grad_gamma and grad_beta. O(nd)."""
        self.grad_gamma = (grad * self._normalized).sum(axis=0)
        self.grad_beta = grad.sum(axis=0)
        inner = grad * self.gamma
        if self._of_batch:
            # Mean and variance move with x as well: take out what
            # shifts and what stretches the whole column.
            shifted = inner.mean(axis=0)
            stretched = (inner * self._normalized).mean(axis=0)
            inner = inner - shifted - self._normalized * stretched
        return inner * self._scale
