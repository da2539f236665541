"""The same in PyTorch, where `softmax` needs no care and a mask is
filled in with minus infinity."""

import math

import torch


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """Return the width of x (b, n, d) cut into heads, shape
    (b, heads, n, d / heads): a view."""
    b, n, d = x.shape
    if d % heads:
        raise ValueError(
            f"a width of {d} cannot be cut into {heads} heads"
        )
    return x.view(b, n, heads, d // heads).transpose(1, 2)


def merge_heads(x: torch.Tensor) -> torch.Tensor:
    """Return the heads of x (b, heads, n, w) side by side, shape
    (b, n, heads * w)."""
    # After the transpose the numbers no longer lie in order, and `view`
    # alone would refuse; `flatten` copies.
    return x.transpose(1, 2).flatten(2)


def masked_softmax(
    scores: torch.Tensor, mask: torch.Tensor | None = None
) -> torch.Tensor:
    """Return the softmax along the last axis over the scores where the
    mask is True; zeros where a row has none."""
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    # A softmax over -inf alone is nan.
    return torch.softmax(scores, dim=-1).nan_to_num(0.0)


def multi_head_attention(
    x: torch.Tensor,
    context: torch.Tensor,
    parameters: dict[str, torch.Tensor],
    heads: int,
    mask: torch.Tensor | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the outputs (b, n, e) and the weights (b, heads, n, m);
    the mask is broadcast to (b, n, m)."""
    Q = split_heads(x @ parameters["query"], heads)
    K = split_heads(context @ parameters["key"], heads)
    V = split_heads(context @ parameters["value"], heads)
    scores = Q @ K.transpose(-2, -1) / math.sqrt(Q.shape[-1])
    if mask is not None:
        mask = mask[..., None, :, :]
    weights = masked_softmax(scores, mask)
    return merge_heads(weights @ V) @ parameters["output"], weights
