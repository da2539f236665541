"""The same in PyTorch. The reference model runs without gradients, and
`logsigmoid` survives large margins."""

import torch
import torch.nn.functional as F  # noqa: N812


def response_log_probs(
    logits: torch.Tensor, tokens: torch.Tensor, mask: torch.Tensor
) -> torch.Tensor:
    """Return the log-probability of each response, shape (b,), from
    logits (b, n, v), tokens and mask (b, n)."""
    log_p = F.log_softmax(logits[:, :-1].double(), dim=-1)
    chosen = log_p.gather(-1, tokens[:, 1:, None]).squeeze(-1)
    # Not `chosen * mask`: a masked -inf would give nan.
    return chosen.masked_fill(~mask[:, 1:], 0.0).sum(dim=1)


def margins(
    chosen: torch.Tensor,
    rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float = 0.1,
) -> torch.Tensor:
    """Return by how much the implicit reward of the chosen response
    exceeds that of the rejected one, shape (b,)."""
    return beta * ((chosen - ref_chosen) - (rejected - ref_rejected))


def dpo_loss(
    chosen: torch.Tensor,
    rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float = 0.1,
) -> torch.Tensor:
    """Return the mean of -log sigmoid(margin) over the pairs."""
    margin = margins(chosen, rejected, ref_chosen, ref_rejected, beta)
    return -F.logsigmoid(margin.double()).mean()


def dpo_gradients(
    chosen: torch.Tensor,
    rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float = 0.1,
) -> tuple[torch.Tensor, ...]:
    """Return the gradients of dpo_loss with respect to chosen and
    rejected; the reference gets none."""
    pair = (chosen, rejected)
    leaves = [each.detach().double().requires_grad_() for each in pair]
    reference = (ref_chosen.detach(), ref_rejected.detach())
    loss = dpo_loss(*leaves, *reference, beta)
    return torch.autograd.grad(loss, leaves)
