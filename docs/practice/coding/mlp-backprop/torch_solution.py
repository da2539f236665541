"""The same in PyTorch: forward and loss are written, and automatic
differentiation has to agree with the backward pass by hand."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812

Tensors = dict[str, torch.Tensor]


def initialize(
    rng: torch.Generator, d: int, hidden: int, k: int
) -> Tensors:
    """Return W1 (d, hidden), b1 (hidden,), W2 (hidden, k), b2 (k,):
    biases 0, weights of variance 2 / inputs."""
    W1 = torch.randn(d, hidden, generator=rng, dtype=torch.float64)
    W2 = torch.randn(hidden, k, generator=rng, dtype=torch.float64)
    return {
        "W1": W1 * math.sqrt(2 / d),
        "b1": torch.zeros(hidden, dtype=torch.float64),
        "W2": W2 * math.sqrt(2 / hidden),
        "b2": torch.zeros(k, dtype=torch.float64),
    }


def forward(
    params: Tensors, X: torch.Tensor
) -> tuple[torch.Tensor, tuple[torch.Tensor, torch.Tensor]]:
    """Return the logits (n, k) of the rows of X (n, d), and what
    backward by hand would need."""
    X = X.to(params["W1"].dtype)
    hidden = F.relu(X @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"], (X, hidden)


def loss_and_gradient(
    logits: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean cross-entropy of logits (n, k) and classes y
    (n,), and its gradient (n, k)."""
    leaf = logits.detach().requires_grad_()
    loss = F.cross_entropy(leaf, y)
    return loss.detach(), torch.autograd.grad(loss, leaf)[0]


def backward(
    params: Tensors,
    cache: tuple[torch.Tensor, torch.Tensor],
    grad: torch.Tensor,
) -> Tensors:
    """Return the gradients by W1, b1, W2, b2 and X, given that by the
    logits (n, k): nothing here is by hand."""
    inputs = {**params, "X": cache[0]}
    leaves = {
        name: values.detach().requires_grad_()
        for name, values in inputs.items()
    }
    logits, _ = forward(leaves, leaves["X"])
    grads = torch.autograd.grad(logits, list(leaves.values()), grad)
    return dict(zip(leaves, grads, strict=True))


def numeric_gradient(
    function: Callable[[torch.Tensor], float],
    at: torch.Tensor,
    step: float = 1e-5,
) -> torch.Tensor:
    """Return the gradient of a function by central differences;
    `torch.autograd.gradcheck` compares in this way."""
    x = at.double().flatten()
    gradient = torch.zeros(at.numel(), dtype=torch.float64)
    moves = torch.eye(len(x), dtype=torch.float64) * step
    for index, move in enumerate(moves):
        above = function((x + move).view(at.shape))
        below = function((x - move).view(at.shape))
        gradient[index] = (above - below) / (2 * step)
    return gradient.view(at.shape)


def train(
    params: Tensors,
    X: torch.Tensor,
    y: torch.Tensor,
    learning_rate: float = 0.1,
    steps: int = 100,
) -> tuple[Tensors, list[float]]:
    """Return the parameters after full-batch gradient descent, and the
    loss before each step."""
    leaves = {
        name: values.clone().requires_grad_()
        for name, values in params.items()
    }
    optimizer = torch.optim.SGD(leaves.values(), lr=learning_rate)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(forward(leaves, X)[0], y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    trained = {name: values.detach() for name, values in leaves.items()}
    return trained, losses
