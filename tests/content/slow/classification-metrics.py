"""Metrics by loops: slow, and right."""

import numpy as np


def confusion(y, predicted):
    tp = fp = fn = tn = 0
    for a, b in zip(y, predicted, strict=True):
        if a == 1 and b == 1:
            tp += 1
        elif b == 1:
            fp += 1
        elif a == 1:
            fn += 1
        else:
            tn += 1
    return tp, fp, fn, tn


def precision_recall_f1(y, predicted):
    tp, fp, fn, _ = confusion(y, predicted)
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def average_ranks(scores):
    ordered = np.sort(scores).tolist()
    return np.array([ordered.index(s) + 1 + (ordered.count(s) - 1) / 2 for s in scores.tolist()])


def roc_auc(y, scores):
    up, down = scores[y == 1].tolist(), scores[y != 1].tolist()
    if not up or not down:
        raise ValueError
    return sum((a > b) + 0.5 * (a == b) for a in up for b in down) / len(up) / len(down)


def average_precision(y, scores):
    if not (y == 1).any():
        raise ValueError
    total = last = 0.0
    for t in sorted(set(scores.tolist()), reverse=True):
        p, r, _ = precision_recall_f1(y, (scores >= t).astype(int))
        total, last = total + p * (r - last), r
    return total
