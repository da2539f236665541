"""The same by PyTorch's own optimizers, which have to move the
parameters exactly as the ones by hand do."""

import torch

Tensors = dict[str, torch.Tensor]
_Built = tuple[torch.Tensor, torch.optim.Optimizer]


class _Optimizer:
    """Hands parameters and gradients to an optimizer of torch.optim,
    which keeps its state for each tensor."""

    def __init__(
        self,
        kind: type[torch.optim.Optimizer],
        learning_rate: float,
        **settings: object,
    ) -> None:
        self.learning_rate = learning_rate
        self._kind, self._settings = kind, settings
        self._built: dict[str, _Built] = {}

    def _build(self, values: torch.Tensor) -> _Built:
        leaf = torch.zeros_like(values, dtype=torch.float64)
        leaf.requires_grad_()
        rate = self.learning_rate
        return leaf, self._kind([leaf], lr=rate, **self._settings)

    def step(self, params: Tensors, grads: Tensors) -> Tensors:
        """Return the parameters after one step; those without a
        gradient stay."""
        moved = dict(params)
        for name, grad in grads.items():
            if name not in self._built:
                self._built[name] = self._build(params[name])
            leaf, optimizer = self._built[name]
            with torch.no_grad():
                leaf.copy_(params[name])
            leaf.grad = grad.to(leaf.dtype).clone()
            # What a schedule does between steps.
            optimizer.param_groups[0]["lr"] = self.learning_rate
            optimizer.step()
            moved[name] = leaf.detach().clone()
        return moved


class SGD(_Optimizer):
    """Gradient descent with momentum; PyTorch's too adds the whole
    gradient to the velocity."""

    def __init__(
        self, learning_rate: float = 0.01, momentum: float = 0.0
    ) -> None:
        """Keep the settings."""
        super().__init__(
            torch.optim.SGD, learning_rate, momentum=momentum
        )


class RMSProp(_Optimizer):
    """Gradient descent by the root of the running mean of squared
    gradients; PyTorch calls the decay alpha."""

    def __init__(
        self,
        learning_rate: float = 0.01,
        decay: float = 0.9,
        eps: float = 1e-8,
    ) -> None:
        """Keep the settings; PyTorch's default decay is 0.99."""
        super().__init__(
            torch.optim.RMSprop, learning_rate, alpha=decay, eps=eps
        )


class Adam(_Optimizer):
    """Running means of the gradient and of its square, both corrected
    for their start at 0."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        """Keep the settings."""
        super().__init__(
            torch.optim.Adam,
            learning_rate,
            betas=(beta1, beta2),
            eps=eps,
        )


class AdamW(_Optimizer):
    """Adam with decoupled weight decay; `Adam(weight_decay=...)` would
    put it through the running means."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        weight_decay: float = 0.01,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        """Keep the settings."""
        super().__init__(
            torch.optim.AdamW,
            learning_rate,
            betas=(beta1, beta2),
            eps=eps,
            weight_decay=weight_decay,
        )
