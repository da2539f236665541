"""The loss as one writes it first: pair by pair, token by token."""

import math

import numpy as np


def response_log_probs(logits, tokens, mask):
    totals = []
    for row, own, counts in zip(logits, tokens, mask, strict=True):
        total = 0.0
        for t in range(1, len(own)):
            if counts[t]:
                before = [float(z) for z in row[t - 1]]
                most = max(before)
                total += before[own[t]] - most - math.log(sum(math.exp(z - most) for z in before))
        totals.append(total)
    return np.array(totals)


def margins(chosen, rejected, ref_chosen, ref_rejected, beta=0.1):
    pairs = zip(chosen, rejected, ref_chosen, ref_rejected, strict=True)
    return np.array([beta * float(c - rc - r + rr) for c, r, rc, rr in pairs])


def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta=0.1):
    losses = []
    for margin in margins(chosen, rejected, ref_chosen, ref_rejected, beta):
        losses.append(math.log1p(math.exp(-abs(margin))) + max(-margin, 0.0))
    return sum(losses) / len(losses)


def dpo_gradients(chosen, rejected, ref_chosen, ref_rejected, beta=0.1):
    pushes = []
    for margin in margins(chosen, rejected, ref_chosen, ref_rejected, beta):
        small = math.exp(-abs(margin))
        pushes.append(beta * (small if margin > 0 else 1.0) / (1.0 + small) / len(chosen))
    return np.array([-push for push in pushes]), np.array(pushes)
