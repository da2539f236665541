"""The same in PyTorch: the norms are built in, and gradients come from
automatic differentiation."""

import torch
import torch.nn.functional as F  # noqa: N812


def standardize(
    x: torch.Tensor, eps: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return x (..., d) with every vector at mean 0 and variance 1, and
    the factor (..., 1)."""
    x = x.double()
    # Without the correction: over d and not over d - 1, which is what
    # `var` divides by unless it is told.
    variance = x.var(dim=-1, correction=0, keepdim=True)
    factor = torch.rsqrt(variance + eps)
    return (x - x.mean(dim=-1, keepdim=True)) * factor, factor


def layer_norm(
    x: torch.Tensor,
    gain: torch.Tensor,
    shift: torch.Tensor,
    eps: float = 1e-5,
) -> torch.Tensor:
    """Return x (..., d) standardized along its last axis, times gain
    (d,), plus shift (d,)."""
    return F.layer_norm(x.double(), x.shape[-1:], gain, shift, eps)


def layer_norm_gradients(
    x: torch.Tensor,
    gain: torch.Tensor,
    upstream: torch.Tensor,
    eps: float = 1e-5,
) -> tuple[torch.Tensor, ...]:
    """Return the gradients with respect to x, gain and shift from that
    of the output, as `backward` gives them."""
    leaves = [
        each.detach().double().requires_grad_()
        for each in (x, gain, torch.zeros_like(gain))
    ]
    output = layer_norm(*leaves, eps)
    return torch.autograd.grad(output, leaves, upstream)


def rms_norm(
    x: torch.Tensor, gain: torch.Tensor, eps: float = 1e-6
) -> torch.Tensor:
    """Return x (..., d) divided by the root of each vector's mean
    square, times gain (d,)."""
    # Without eps it would take that of the type, 1e-7 in 32 bits and
    # 2e-16 in 64.
    return F.rms_norm(x.double(), x.shape[-1:], gain, eps)
