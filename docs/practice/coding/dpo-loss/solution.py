"""The loss of direct preference optimization (DPO), from logits to
gradients, in NumPy."""

import numpy as np


def response_log_probs(
    logits: np.ndarray, tokens: np.ndarray, mask: np.ndarray
) -> np.ndarray:
    """Return the log-probability of each response, shape (b,): the sum
    over the tokens (b, n) where the mask is True, each predicted by the
    logits (b, n, v) of the position before it. O(bnv)."""
    logits = logits[:, :-1]
    targets, counted = tokens[:, 1:, None], mask[:, 1:]
    shifted = logits - logits.max(axis=-1, keepdims=True)
    total = np.exp(shifted).sum(axis=-1, keepdims=True)
    log_p = shifted - np.log(total)
    picked = np.take_along_axis(log_p, targets, axis=-1)
    chosen = picked.squeeze(axis=-1)
    return np.where(counted, chosen, 0.0).sum(axis=1)


def margins(
    chosen: np.ndarray,
    rejected: np.ndarray,
    ref_chosen: np.ndarray,
    ref_rejected: np.ndarray,
    beta: float = 0.1,
) -> np.ndarray:
    """Return by how much the implicit reward of the chosen response,
    beta log(policy / reference), exceeds that of the rejected one,
    shape (b,), from the log-probabilities (b,) of both under both
    models. O(b)."""
    return beta * ((chosen - ref_chosen) - (rejected - ref_rejected))


def dpo_loss(
    chosen: np.ndarray,
    rejected: np.ndarray,
    ref_chosen: np.ndarray,
    ref_rejected: np.ndarray,
    beta: float = 0.1,
) -> float:
    """Return the mean of -log sigmoid(margin) over the pairs. O(b)."""
    margin = margins(chosen, rejected, ref_chosen, ref_rejected, beta)
    # -log sigmoid(m) = log(1 + exp(-m)), without forming exp(-m).
    return float(np.logaddexp(0.0, -margin).mean())


def dpo_gradients(
    chosen: np.ndarray,
    rejected: np.ndarray,
    ref_chosen: np.ndarray,
    ref_rejected: np.ndarray,
    beta: float = 0.1,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients of dpo_loss with respect to chosen and
    rejected, shape (b,) each. O(b)."""
    margin = margins(chosen, rejected, ref_chosen, ref_rejected, beta)
    # sigmoid(-m): near 1 for a pair in the wrong order, near 0 for one
    # that is settled.
    weight = np.exp(-np.logaddexp(0.0, margin))
    push = beta * weight / len(margin)
    return -push, push
