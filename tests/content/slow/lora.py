"""The layer as one writes it first: vector by vector, sum by sum."""

import numpy as np


class LoRALinear:
    def __init__(self, weight, rank, alpha, rng):
        k, d = weight.shape
        self.weight = weight
        self.A = rng.standard_normal((rank, d)) / d**0.5
        self.B = np.zeros((k, rank))
        self.factor = alpha / rank

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        k, d = self.weight.shape
        out = np.zeros((*self.x.shape[:-1], k))
        for place in np.ndindex(*self.x.shape[:-1]):
            one = self.x[place]
            down = [sum(self.A[s, j] * one[j] for j in range(d)) for s in range(len(self.A))]
            for i in range(k):
                update = sum(self.B[i, s] * down[s] for s in range(len(down)))
                out[(*place, i)] = sum(self.weight[i, j] * one[j] for j in range(d)) + self.factor * update
        return out

    def backward(self, grad):
        self.grad_A, self.grad_B = np.zeros_like(self.A), np.zeros_like(self.B)
        back = np.zeros_like(self.x)
        for place in np.ndindex(*self.x.shape[:-1]):
            one, above = self.x[place], grad[place]
            down, up = self.A @ one, self.B.T @ above
            for s in range(len(self.A)):
                self.grad_A[s] += self.factor * up[s] * one
                self.grad_B[:, s] += self.factor * down[s] * above
            back[place] = above @ self.weight + self.factor * (up @ self.A)
        return back

    def merged(self):
        update = sum(np.outer(self.B[:, s], self.A[s]) for s in range(len(self.A)))
        return self.weight + self.factor * update
