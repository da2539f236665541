"""The same in PyTorch, where all of it is built in; what to know is
which function takes logits."""

import torch
import torch.nn.functional as F  # noqa: N812


def softmax(logits: torch.Tensor) -> torch.Tensor:
    """Return the probabilities of each row of logits, shape (n, k) in
    and out."""
    return torch.softmax(logits, dim=1)


def log_softmax(logits: torch.Tensor) -> torch.Tensor:
    """Return the log-probabilities of each row of logits, shape (n, k)
    in and out."""
    return torch.log_softmax(logits, dim=1)


def cross_entropy(
    logits: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """Return the mean of -log p(label) over the rows; it takes logits,
    and a softmax before it would be a bug."""
    return F.cross_entropy(logits, labels)


def cross_entropy_gradient(
    logits: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """Return the gradient of cross_entropy with respect to the logits,
    shape (n, k), by automatic differentiation."""
    leaf = logits.detach().clone().requires_grad_()
    loss = F.cross_entropy(leaf, labels)
    (gradient,) = torch.autograd.grad(loss, leaf)
    return gradient
