"""The same in PyTorch, written out; `F.scaled_dot_product_attention`
gives the outputs in one fused call."""

import math

import torch


def causal_mask(n: int, m: int) -> torch.Tensor:
    """Return which of m keys each of n queries may see, shape (n, m) of
    bool; the queries are the last n positions."""
    return torch.ones(n, m, dtype=torch.bool).tril(diagonal=m - n)


def padding_mask(lengths: torch.Tensor, m: int) -> torch.Tensor:
    """Return which of m keys are real in each sequence, shape (b, 1, m)
    of bool, for lengths (b,)."""
    return torch.arange(m) < lengths[:, None, None]


def attention(
    Q: torch.Tensor,
    K: torch.Tensor,
    V: torch.Tensor,
    mask: torch.Tensor | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the outputs (..., n, v) and the weights (..., n, m); a
    query that may look nowhere gets zeros."""
    scores = Q @ K.transpose(-1, -2) / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    # A softmax over -inf alone is nan.
    weights = torch.softmax(scores, dim=-1).nan_to_num(0.0)
    return weights @ V, weights
