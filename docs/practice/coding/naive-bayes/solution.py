"""Multinomial naive Bayes for word counts, with smoothing, in
log space."""

import numpy as np

# The c classes in sorted order, the logs of their priors (c,), and of
# each word's probability in each class (c, v).
Model = tuple[np.ndarray, np.ndarray, np.ndarray]


def fit(X: np.ndarray, y: np.ndarray, alpha: float = 1.0) -> Model:
    """Return the model of word counts X (n, v) and labels y (n,), with
    alpha added to every count. O(ncv)."""
    if alpha <= 0:
        raise ValueError(
            "alpha must be above 0: an unseen word would give log 0"
        )
    classes = np.unique(y)
    member = (y == classes[:, None]).astype(float)
    counts = member @ X + alpha
    total = counts.sum(axis=1, keepdims=True)
    log_likelihood = np.log(counts) - np.log(total)
    return classes, np.log(member.mean(axis=1)), log_likelihood


def log_joint(X: np.ndarray, model: Model) -> np.ndarray:
    """Return log p(class) + log p(words | class) of each row, without
    the multinomial coefficient; (m, c). O(mcv)."""
    _, log_prior, log_likelihood = model
    return X @ log_likelihood.T + log_prior


def log_posterior(X: np.ndarray, model: Model) -> np.ndarray:
    """Return log p(class | words) of each row, shape (m, c). O(mcv)."""
    joint = log_joint(X, model)
    # The joint of a long document is far below what exp can hold, so
    # the largest goes first.
    shifted = joint - joint.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def predict(X: np.ndarray, model: Model) -> np.ndarray:
    """Return the likeliest class of each row, shape (m,); a tie goes to
    the class that sorts first. O(mcv)."""
    return model[0][log_joint(X, model).argmax(axis=1)]
