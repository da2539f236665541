"""The same as a module of PyTorch, whose own is `nn.BatchNorm1d`."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


class BatchNorm(nn.Module):
    """Normalizes d features over a batch. Parameters are learned;
    buffers are kept with the model and are not."""

    def __init__(
        self, d: int, momentum: float = 0.1, eps: float = 1e-5
    ) -> None:
        """Make the parameters and the running statistics."""
        super().__init__()
        ones = torch.ones(d, dtype=torch.float64)
        zeros = torch.zeros(d, dtype=torch.float64)
        self.gamma, self.beta = nn.Parameter(ones), nn.Parameter(zeros)
        self.register_buffer("running_mean", zeros.clone())
        self.register_buffer("running_var", ones.clone())
        self.momentum, self.eps = momentum, eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the normalized features, scaled and shifted, shape
        (n, d) in and out."""
        # `training` is set by the module's train() and eval().
        if self.training:
            if len(x) < 2:
                raise ValueError(
                    "one row has no variance: train on two or more"
                )
            # In place they would change what was handed out before, so
            # the call is given copies.
            self.running_mean = self.running_mean.clone()
            self.running_var = self.running_var.clone()
        self._x = x.detach().requires_grad_()
        self._out = F.batch_norm(
            self._x,
            self.running_mean,
            self.running_var,
            self.gamma,
            self.beta,
            self.training,
            self.momentum,
            self.eps,
        )
        return self._out

    def backward(self, grad: torch.Tensor) -> torch.Tensor:
        """Return the gradient with respect to the x of the latest
        forward, which `loss.backward()` would find."""
        leaves = (self._x, self.gamma, self.beta)
        by_x, self.grad_gamma, self.grad_beta = torch.autograd.grad(
            self._out, leaves, grad, retain_graph=True
        )
        return by_x
