"""The same in PyTorch. A pair of columns is one complex number, and a
rotation is one multiplication."""

import math

import torch


def frequencies(d: int, base: float = 10_000.0) -> torch.Tensor:
    """Return the angle per position of each pair of columns,
    base^(-2i/d), shape (d / 2,)."""
    if d % 2:
        raise ValueError(f"a width of {d} cannot be cut into pairs")
    return base ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)


def sinusoids(n: int, d: int, base: float = 10_000.0) -> torch.Tensor:
    """Return the encodings of positions 0 to n - 1, shape (n, d): sine
    and cosine of each angle in turn."""
    angles = torch.arange(n)[:, None] * frequencies(d, base)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


def rotate(
    x: torch.Tensor, positions: torch.Tensor, base: float = 10_000.0
) -> torch.Tensor:
    """Return x (..., n, d) with columns 2i and 2i + 1 of each token
    turned by its position times frequency i."""
    angles = positions[..., None] * frequencies(x.shape[-1], base)
    pairs = x.double().unflatten(-1, (-1, 2)).contiguous()
    turns = torch.polar(torch.ones_like(angles), angles)
    turned = torch.view_as_complex(pairs) * turns
    return torch.view_as_real(turned).flatten(-2)


def rotary_scores(
    Q: torch.Tensor,
    K: torch.Tensor,
    query_positions: torch.Tensor,
    key_positions: torch.Tensor,
    base: float = 10_000.0,
) -> torch.Tensor:
    """Return the scaled scores (..., n, m) of rotated queries Q
    (..., n, d) and keys K (..., m, d)."""
    queries = rotate(Q, query_positions, base)
    keys = rotate(K, key_positions, base)
    return queries @ keys.mT / math.sqrt(Q.shape[-1])
