"""The same as a module of PyTorch. The optimizer is given the
parameters that require a gradient, and no others."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


class LoRALinear(nn.Module):
    """A frozen weight (k, d) and a trained update of rank r."""

    def __init__(
        self,
        weight: torch.Tensor,
        rank: int,
        alpha: float,
        rng: torch.Generator,
    ) -> None:
        """Keep the weight as it is, and draw A with variance 1 / d."""
        super().__init__()
        k, d = weight.shape
        # Frozen: autograd passes through and stores no gradient for it.
        self.weight = nn.Parameter(weight, requires_grad=False)
        drawn = torch.randn(rank, d, generator=rng, dtype=weight.dtype)
        self.A = nn.Parameter(drawn / d**0.5)
        self.B = nn.Parameter(torch.zeros(k, rank, dtype=weight.dtype))
        self.scale = alpha / rank

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the outputs (..., k) of the vectors x (..., d)."""
        self._x = x.detach().to(self.weight.dtype).requires_grad_()
        update = F.linear(F.linear(self._x, self.A), self.B)
        self._out = F.linear(self._x, self.weight) + self.scale * update
        return self._out

    def backward(self, grad: torch.Tensor) -> torch.Tensor:
        """Return the gradient with respect to the x of the latest
        forward, which `loss.backward()` would find."""
        leaves = (self._x, self.A, self.B)
        by_x, self.grad_A, self.grad_B = torch.autograd.grad(
            self._out, leaves, grad, retain_graph=True
        )
        return by_x

    @torch.no_grad()
    def merged(self) -> torch.Tensor:
        """Return one weight (k, d) that gives this layer's outputs."""
        return self.weight + self.scale * (self.B @ self.A)
