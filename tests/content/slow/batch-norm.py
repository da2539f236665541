"""Batch normalization by loops: slow, and right."""

import numpy as np


class BatchNorm:
    def __init__(self, d, momentum=0.1, eps=1e-5):
        self.d, self.m, self.e = d, momentum, eps
        self.gamma = np.ones(d)
        self.beta = np.zeros(d)
        self.running_mean = np.zeros(d)
        self.running_var = np.ones(d)
        self.training = True

    def forward(self, x):
        n = len(x)
        self.was = self.training
        if self.training:
            if n == 1:
                raise ValueError("n")
            mu = x.mean(0)
            v = ((x - mu) ** 2).mean(0)
            self.running_mean = (1 - self.m) * self.running_mean + self.m * mu
            self.running_var = (1 - self.m) * self.running_var + self.m * v * n / (n - 1)
        else:
            mu, v = self.running_mean, self.running_var
        self.std = (v + self.e) ** 0.5
        self.xc = x - mu
        return np.stack([self.gamma[j] * self.xc[:, j] / self.std[j] + self.beta[j] for j in range(self.d)], axis=1)

    def backward(self, dy):
        n = len(dy)
        xh = self.xc / self.std
        self.grad_gamma, self.grad_beta = (dy * xh).sum(0), dy.sum(0)
        dxh = dy * self.gamma
        if not self.was:
            return dxh / self.std
        dvar = (dxh * self.xc).sum(0) * -0.5 * self.std**-3
        dmu = -dxh.sum(0) / self.std + dvar * (-2 * self.xc).mean(0)
        return dxh / self.std + dvar * 2 * self.xc / n + dmu / n
