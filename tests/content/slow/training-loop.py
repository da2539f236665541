"""The loop as one writes it first: row by row, parameter by parameter."""

import copy
import math

import numpy as np


def loss_and_gradients(params, X, y):
    n, d = X.shape
    loss, grads = 0.0, {"w": np.zeros(d), "b": np.zeros(1)}
    for row, target in zip(X, y, strict=True):
        error = sum(float(row[j]) * float(params["w"][j]) for j in range(d)) + float(params["b"][0]) - float(target)
        loss += error * error / n
        for j in range(d):
            grads["w"][j] += 2 * error * row[j] / n
        grads["b"][0] += 2 * error / n
    return loss, grads


def clip(grads, max_norm):
    norm = math.sqrt(sum(float(value) ** 2 for grad in grads.values() for value in grad))
    if max_norm / (norm + 1e-6) >= 1:
        return grads, norm
    return {name: np.array([value * max_norm / (norm + 1e-6) for value in grad]) for name, grad in grads.items()}, norm


def learning_rate(step, total, peak, warmup):
    if step + 1 <= warmup:
        return (step + 1) * peak / warmup
    progress = (step - warmup) / (total - warmup)
    return peak * math.cos(progress * math.pi / 2) ** 2


def train(train_set, val_set, order, batch_size=32, peak=0.1, warmup=10, max_norm=1.0, patience=2):
    X, y = train_set
    params = {"w": np.zeros(X.shape[1]), "b": np.zeros(1)}
    kept, losses, history, step = copy.deepcopy(params), [], [], 0
    batches = [list(range(start, min(start + batch_size, len(y)))) for start in range(0, len(y), batch_size)]
    for epoch in order:
        seen = []
        for batch in batches:
            rows = [epoch[place] for place in batch]
            loss, grads = loss_and_gradients(params, X[rows], y[rows])
            grads, _ = clip(grads, max_norm)
            for name in params:
                for j in range(len(params[name])):
                    params[name][j] -= learning_rate(step, len(order) * len(batches), peak, warmup) * grads[name][j]
            seen += [loss] * len(rows)
            step += 1
        validation = loss_and_gradients(params, *val_set)[0]
        if validation < min(losses, default=math.inf):
            kept = copy.deepcopy(params)
            losses = [validation]
        else:
            losses.append(math.inf)
        history.append((sum(seen) / len(seen), validation))
        if len(losses) > patience or (losses[0] == math.inf and len(losses) == patience):
            break
    return kept, history
