"""The loop as it is written in PyTorch. The order of its calls is what
interviewers look at."""

import copy
import math

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

Tensors = dict[str, torch.Tensor]


def loss_and_gradients(
    params: Tensors, X: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, Tensors]:
    """Return the mean squared error of X w + b and its gradients."""
    leaves = {
        name: values.detach().double().requires_grad_()
        for name, values in params.items()
    }
    predicted = X.double() @ leaves["w"] + leaves["b"]
    loss = F.mse_loss(predicted, y.double())
    grads = torch.autograd.grad(loss, list(leaves.values()))
    return loss.detach(), dict(zip(leaves, grads, strict=True))


def clip(
    grads: Tensors, max_norm: float
) -> tuple[Tensors, torch.Tensor]:
    """Return the gradients, shortened where their joint norm exceeds
    max_norm, and that norm before."""
    norm = torch.nn.utils.get_total_norm(grads.values())
    factor = (max_norm / (norm + 1e-6)).clamp(max=1.0)
    return {name: grad * factor for name, grad in grads.items()}, norm


def learning_rate(
    step: int, total: int, peak: float, warmup: int
) -> float:
    """Return the rate of a step counted from 0: in `warmup` steps up to
    the peak, then half a cosine down."""
    if step < warmup:
        return peak * (step + 1) / warmup
    angle = math.pi * (step - warmup) / (total - warmup)
    return peak * 0.5 * (1.0 + math.cos(angle))


def train(
    train_set: tuple[torch.Tensor, torch.Tensor],
    val_set: tuple[torch.Tensor, torch.Tensor],
    order: torch.Tensor,
    batch_size: int = 32,
    peak: float = 0.1,
    warmup: int = 10,
    max_norm: float = 1.0,
    patience: int = 2,
) -> tuple[Tensors, list[tuple[float, float]]]:
    """Return the parameters with the lowest validation loss after any
    epoch, and both losses of each epoch."""
    X, y = (each.double() for each in train_set)
    X_val, y_val = (each.double() for each in val_set)
    model = nn.Linear(X.shape[1], 1, dtype=X.dtype)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=peak)
    total = len(order) * math.ceil(len(y) / batch_size)

    def factor(step: int) -> float:
        # The step after the last is never taken, but asked for.
        if step >= total:
            return 0.0
        return learning_rate(step, total, 1.0, warmup)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
    best = copy.deepcopy(model.state_dict())
    lowest, waited, history = math.inf, 0, []
    for epoch in order:
        model.train()
        seen = 0.0
        for rows in epoch.split(batch_size):
            optimizer.zero_grad()
            # Without the squeeze (n, 1) less (n,) would be (n, n), and
            # PyTorch would only warn.
            loss = F.mse_loss(model(X[rows]).squeeze(-1), y[rows])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
            schedule.step()
            seen += loss.item() * len(rows)
        model.eval()
        with torch.no_grad():
            predicted = model(X_val).squeeze(-1)
            validation = F.mse_loss(predicted, y_val).item()
        history.append((seen / len(y), validation))
        if validation < lowest:
            # The state dictionary refers to the parameters themselves,
            # which train on.
            best = copy.deepcopy(model.state_dict())
            lowest, waited = validation, 0
        else:
            waited += 1
            if waited == patience:
                break
    return {"w": best["weight"][0], "b": best["bias"]}, history
