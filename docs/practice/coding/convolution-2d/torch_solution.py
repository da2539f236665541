"""The same in PyTorch: `F.conv2d` does not flip the kernel either, and
its gradients come with it."""

import torch
import torch.nn.functional as F  # noqa: N812


def output_size(
    size: int, kernel: int, stride: int, padding: int
) -> int:
    """Return how many positions a kernel takes on an axis."""
    padded = size + 2 * padding
    room = padded - kernel
    if room < 0:
        raise ValueError(f"a kernel of {kernel} does not fit {padded}")
    return room // stride + 1


def windows(
    x: torch.Tensor, kh: int, kw: int, stride: int, padding: int
) -> torch.Tensor:
    """Return the patch under every position of the kernel, shape
    (b, c, oh, ow, kh, kw)."""
    padded = F.pad(x.double(), (padding,) * 4)
    return padded.unfold(2, kh, stride).unfold(3, kw, stride)


def conv2d(
    x: torch.Tensor,
    weights: torch.Tensor,
    bias: torch.Tensor,
    stride: int = 1,
    padding: int = 0,
) -> torch.Tensor:
    """Return the responses (b, f, oh, ow) of f filters to images x
    (b, c, h, w)."""
    return F.conv2d(
        x.double(), weights.double(), bias.double(), stride, padding
    )


def conv2d_gradients(
    x: torch.Tensor,
    weights: torch.Tensor,
    upstream: torch.Tensor,
    stride: int = 1,
    padding: int = 0,
) -> tuple[torch.Tensor, ...]:
    """Return the gradients of a loss with respect to x, weights and
    bias, from that of the responses."""
    leaves = [
        each.detach().double().requires_grad_()
        for each in (x, weights, torch.zeros(len(weights)))
    ]
    responses = conv2d(*leaves, stride, padding)
    return torch.autograd.grad(responses, leaves, upstream.double())
