"""The same in PyTorch with what it has built in: norm, GELU and a
causal attention that never holds the scores."""

import torch
import torch.nn.functional as F  # noqa: N812


def layer_norm(
    x: torch.Tensor,
    gain: torch.Tensor,
    shift: torch.Tensor,
    eps: float = 1e-5,
) -> torch.Tensor:
    """Return x (..., d) with each vector brought to mean 0 and variance
    1, times gain (d,), plus shift (d,)."""
    x = x.to(gain.dtype)
    return F.layer_norm(x, x.shape[-1:], gain, shift, eps)


def gelu(x: torch.Tensor) -> torch.Tensor:
    """Return the GELU of each number, by its approximation with tanh;
    without the option it is the exact one."""
    return F.gelu(x, approximate="tanh")


def causal_attention(
    x: torch.Tensor, p: dict[str, torch.Tensor], heads: int
) -> torch.Tensor:
    """Return the self-attention (b, n, d) of x (b, n, d) in which a
    token sees itself and earlier ones."""
    b, n, d = x.shape
    Q, K, V = (
        (x @ p[name]).view(b, n, heads, d // heads).transpose(1, 2)
        for name in ("query", "key", "value")
    )
    mixed = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
    return mixed.transpose(1, 2).reshape(b, n, d) @ p["output"]


def feed_forward(
    x: torch.Tensor, p: dict[str, torch.Tensor]
) -> torch.Tensor:
    """Return the same small network applied to every token."""
    return gelu(x @ p["up"] + p["up_bias"]) @ p["down"] + p["down_bias"]


def block(
    x: torch.Tensor, p: dict[str, torch.Tensor], heads: int
) -> torch.Tensor:
    """Return x (b, n, d) after attention and feed-forward network, each
    added to what it read through its norm."""
    read = layer_norm(x, p["gain_1"], p["shift_1"])
    x = x + causal_attention(read, p, heads)
    read = layer_norm(x, p["gain_2"], p["shift_2"])
    return x + feed_forward(read, p)


def decoder(
    x: torch.Tensor,
    blocks: list[dict[str, torch.Tensor]],
    gain: torch.Tensor,
    shift: torch.Tensor,
    heads: int,
) -> torch.Tensor:
    """Return x (b, n, d) after all blocks and one last norm."""
    for p in blocks:
        x = block(x, p, heads)
    return layer_norm(x, gain, shift)
