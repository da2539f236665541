"""The same in PyTorch, without gradients, as generation runs."""

import math

import torch


class Cache:
    """The keys and values of one layer for the tokens so far. Public:
    length, the number of those tokens."""

    def __init__(self, heads: int, capacity: int, width: int) -> None:
        """Make room for `capacity` tokens, of `width` numbers for each
        head, once: nothing is ever concatenated."""
        self.length = 0
        self._keys, self._values = torch.empty(
            2, heads, capacity, width, dtype=torch.float64
        )

    def append(
        self, keys: torch.Tensor, values: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Add those of t more tokens, (heads, t, width), and return
        those of all so far, (heads, length, width)."""
        start, more = self.length, keys.shape[1]
        end = start + more
        if end > self._keys.shape[1]:
            raise ValueError(f"no room for {more} more after {start}")
        self._keys[:, start:end] = keys
        self._values[:, start:end] = values
        self.length = end
        return self._keys[:, :end], self._values[:, :end]


def _attend(
    Q: torch.Tensor, K: torch.Tensor, V: torch.Tensor
) -> torch.Tensor:
    """Return the mixed values (heads, t, width) for queries at the last
    t of m positions."""
    t, m = Q.shape[1], K.shape[1]
    # Not `is_causal=True` of the fused call, which takes the queries
    # for the first t positions.
    visible = torch.ones(t, m, dtype=torch.bool).tril(diagonal=m - t)
    scores = Q @ K.mT / math.sqrt(Q.shape[2])
    scores = scores.masked_fill(~visible, -torch.inf)
    return torch.softmax(scores, dim=-1) @ V


@torch.no_grad()
def logits(
    tokens: torch.Tensor,
    weights: dict[str, torch.Tensor],
    heads: int,
    cache: Cache | None = None,
) -> torch.Tensor:
    """Return the logits of the next token after each of t tokens,
    (t, v); with a cache the tokens follow its own."""
    start = 0 if cache is None else cache.length
    x = weights["E"][tokens] + weights["P"][start : start + len(tokens)]
    Q, K, V = (
        (x @ weights[name]).view(len(tokens), heads, -1).transpose(0, 1)
        for name in "QKV"
    )
    if cache is not None:
        K, V = cache.append(K, V)
    mixed = _attend(Q, K, V).transpose(0, 1).flatten(1)
    return (x + mixed @ weights["O"]) @ weights["E"].T


def generate(
    prompt: torch.Tensor,
    steps: int,
    weights: dict[str, torch.Tensor],
    heads: int,
) -> list[int]:
    """Return the tokens that follow the prompt when the likeliest is
    taken `steps` times."""
    width = weights["E"].shape[1] // heads
    cache = Cache(heads, len(prompt) + steps, width)
    chosen: list[int] = []
    fed = prompt
    for _ in range(steps):
        last = logits(fed, weights, heads, cache)[-1]
        chosen.append(int(last.argmax()))
        fed = torch.tensor(chosen[-1:])
    return chosen
