"""What a training loop written by hand gets wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, told


def _data(n=10, d=3, seed=0, noise=0.5):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    return X, X @ np.arange(1.0, d + 1) + 2.0 + noise * rng.normal(size=n)


def _order(epochs, n, seed=1):
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(n) for _ in range(epochs)]).reshape(epochs, n)


def _reference_loss(w, b, X, y):
    errors = [
        sum(float(x) * float(v) for x, v in zip(row, w, strict=True)) + b - float(target)
        for row, target in zip(X, y, strict=True)
    ]
    return sum(e * e for e in errors) / len(errors), errors


def _reference_rate(step, total, peak, warmup):
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * (1 + math.cos(math.pi * (step - warmup) / (total - warmup))) / 2


def _reference_train(train_set, val_set, order, batch_size, peak, warmup, max_norm, patience):
    """Number by number: every epoch, every batch, every row. Also the parameters after each epoch."""
    X, y = train_set
    d = X.shape[1]
    theta, step, history, path = [0.0] * (d + 1), 0, [], []
    per_epoch = -(-len(y) // batch_size)
    for epoch in order:
        seen = 0.0
        for k in range(per_epoch):
            rows = list(epoch[k * batch_size : (k + 1) * batch_size])
            loss, errors = _reference_loss(theta[:d], theta[d], X[rows], y[rows])
            slopes = [
                sum(2 * e * float(X[r][j]) for e, r in zip(errors, rows, strict=True)) / len(rows) for j in range(d)
            ]
            slopes.append(sum(2 * e for e in errors) / len(rows))
            norm = math.sqrt(sum(s * s for s in slopes))
            factor = min(1.0, max_norm / (norm + 1e-6))
            rate = _reference_rate(step, per_epoch * len(order), peak, warmup)
            theta = [t - rate * factor * s for t, s in zip(theta, slopes, strict=True)]
            step, seen = step + 1, seen + loss * len(rows)
        path.append((np.array(theta[:d]), np.array(theta[d:])))
        history.append((seen / len(y), _reference_loss(theta[:d], theta[d], *val_set)[0]))
        losses = [validation for _, validation in history]
        best = min(range(len(losses)), key=losses.__getitem__)
        if len(losses) - 1 - best >= patience:
            break
    return path, history


def _compare(candidate, train_set, val_set, order, **settings):
    """Run the loop, and compare what it returns with the reference."""
    used = {"batch_size": 32, "peak": 0.1, "warmup": 10, "max_norm": 1.0, "patience": 2} | settings
    path, history = _reference_train(train_set, val_set, order, **used)
    params, got = candidate.train(train_set, val_set, order, **settings)
    best = min(range(len(history)), key=lambda epoch: history[epoch][1])
    given = {"rows": len(train_set[1]), "epochs": len(order), **settings}
    expect(len(got), len(history), case="the number of epochs that were run", **given)
    expect([float(loss) for loss, _ in got], [loss for loss, _ in history], case="the training losses", **given)
    expect([float(loss) for _, loss in got], [loss for _, loss in history], case="the validation losses", **given)
    for name, value in zip(("w", "b"), path[best], strict=True):
        expect(params[name], value, case=f"{name} of the best epoch, number {best + 1}", **given)


def check_the_loss_or_its_gradient_is_wrong(candidate):
    """The loss is not the mean of squared errors, or a gradient is not its slope."""
    for n in (1, 4):
        (X, y), w, b = _data(n), np.array([0.5, -1.0, 2.0]), np.array([0.3])
        loss, grads = candidate.loss_and_gradients({"w": w, "b": b}, X, y)
        expected, errors = _reference_loss(w, 0.3, X, y)
        expect(float(loss), expected, X=X, y=y, w=w, b=b)
        slopes = np.array([sum(2 * e * X[i, j] for i, e in enumerate(errors)) / n for j in range(3)])
        expect(grads["w"], slopes, X=X, y=y, gradient="w")
        expect(grads["b"], np.array([2 * sum(errors) / n]), X=X, y=y, gradient="b")


def check_gradients_are_clipped_one_by_one(candidate):
    """Each array, or each entry, is shortened by itself, so the direction of the step changes."""
    grads = {"w": np.array([3.0, 0.0]), "b": np.array([4.0])}
    clipped, norm = candidate.clip(grads, 1.0)
    expect(float(norm), 5.0, grads="w (3, 0), b 4", max_norm=1.0, case="the norm before")
    expect(clipped["w"], np.array([3.0, 0.0]) / (5 + 1e-6), tolerance=1e-10, grads="w (3, 0), b 4", max_norm=1.0)
    expect(clipped["b"], np.array([4.0]) / (5 + 1e-6), tolerance=1e-10, grads="w (3, 0), b 4", max_norm=1.0)
    clipped, _ = candidate.clip(grads, 2.5)
    expect(clipped["b"], np.array([10.0]) / (5 + 1e-6), tolerance=1e-10, grads="w (3, 0), b 4", max_norm=2.5)


def check_small_gradients_are_stretched(candidate):
    """Gradients below the maximum norm are not left as they are, or zeros give nan."""
    for w, b, norm in ((0.3, 0.4, 0.5), (0.0, 0.0, 0.0), (0.0, -1e-9, 1e-9)):
        with np.errstate(all="raise"):
            clipped, got = candidate.clip({"w": np.array([w]), "b": np.array([b])}, 1.0)
        expect(float(got), norm, tolerance=1e-15, w=w, b=b, case="the norm")
        expect(clipped["w"], np.array([w]), tolerance=1e-15, w=w, b=b, max_norm=1.0)
        expect(clipped["b"], np.array([b]), tolerance=1e-15, w=w, b=b, max_norm=1.0)


def check_the_schedule_is_another(candidate):
    """The rate does not rise in equal steps to the peak and fall with half a cosine, or warm-up begins at 0."""
    for total, peak, warmup in ((10, 0.5, 4), (7, 1.0, 0), (5, 0.1, 5), (6, 0.2, 1), (3, 2.0, 8)):
        got = [float(candidate.learning_rate(step, total, peak, warmup)) for step in range(total)]
        expected = [_reference_rate(step, total, peak, warmup) for step in range(total)]
        expect(got, expected, tolerance=1e-12, total=total, peak=peak, warmup=warmup, case="the rates of all steps")


def check_training_is_not_gradient_descent_by_batches(candidate):
    """The parameters or losses after some epochs are not those of plain descent on the batches in the given order."""
    for n, batch_size in ((8, 4), (8, 8), (6, 1)):
        _compare(candidate, _data(n), _data(5, seed=9), _order(3, n), batch_size=batch_size, warmup=2, max_norm=1e9)


def check_the_last_batch_is_dropped_or_counts_too_much(candidate):
    """With rows that are not a multiple of the batch, some are left out, or the short batch counts like the others."""
    for n, batch_size in ((10, 4), (7, 3), (5, 8)):
        _compare(candidate, _data(n), _data(5, seed=9), _order(3, n), batch_size=batch_size, warmup=2, max_norm=1e9)


def check_gradients_are_not_clipped_in_training(candidate):
    """Training with a small maximum norm does not take the shortened steps."""
    for max_norm in (0.5, 4.0):
        _compare(candidate, _data(), _data(5, seed=9), _order(4, 10), batch_size=4, warmup=3, max_norm=max_norm)


def check_the_rate_moves_once_an_epoch(candidate):
    """The rate does not follow the schedule step by step over all planned epochs."""
    for warmup in (0, 5):
        _compare(candidate, _data(), _data(5, seed=9), _order(4, 10), batch_size=3, peak=0.2, warmup=warmup)


def check_the_last_parameters_are_returned(candidate):
    """What is returned are the last parameters, or the best ones have trained on since, instead of the best epoch's."""
    train_set, (X, y) = _data(12, seed=4, noise=0.0), _data(6, seed=5)
    # A validation set that fits best on the way: its optimum lies between zero and that of the training set.
    _compare(candidate, train_set, (X, 0.4 * y), _order(12, 12), batch_size=4, peak=0.4, warmup=0, patience=12)
    _compare(candidate, train_set, (X, 0.4 * y), _order(12, 12), batch_size=4, peak=0.4, warmup=0, patience=1)


def check_patience_is_counted_wrongly(candidate):
    """Training does not stop as soon as `patience` epochs in a row have not beaten the lowest validation loss."""
    train_set, (X, y) = _data(12, seed=4, noise=4.0), _data(3, seed=6)
    for patience in (1, 2, 3):
        for seed in range(4):
            _compare(
                candidate,
                train_set,
                (X, 0.6 * y),
                _order(15, 12, seed),
                batch_size=2,
                peak=0.3,
                warmup=0,
                patience=patience,
                max_norm=10.0,
            )


def check_a_small_improvement_is_none(candidate):
    """An epoch that is better by a millionth does not count as better, so training stops too early."""
    _compare(candidate, _data(), _data(5, seed=9), _order(6, 10), batch_size=5, peak=1e-7, warmup=0, patience=1)


def check_an_equal_loss_counts_as_better(candidate):
    """A validation loss that stays the same is taken for an improvement, so training never stops."""
    X, y = np.zeros((4, 2)), np.zeros(4)
    _, history = candidate.train((X, y), (X, y), _order(9, 4), batch_size=2, patience=3)
    expect(len(history), 4, case="epochs until three did not improve on the first", data="zeros", patience=3)


def check_a_loss_that_is_no_number_is_kept(candidate):
    """When the validation loss is nan, training goes on forever, or returns what diverged."""
    X, y = _data(4)
    params, history = candidate.train((X, y), (X, np.full(4, np.nan)), _order(6, 4), batch_size=2, patience=2)
    expect(len(history), 2, validation="nan from the first epoch", patience=2, case="epochs")
    expect(params["w"], np.zeros(3), validation="nan from the first epoch", case="w, which is that of the beginning")


def check_no_epoch_is_an_error(candidate):
    """Without an epoch the parameters are not zeros, or the history is not empty."""
    params, history = candidate.train(_data(4), _data(3), np.zeros((0, 4), dtype=int))
    expect(list(history), [], epochs=0)
    expect(params["w"], np.zeros(3), epochs=0)
    expect(params["b"], np.zeros(1), epochs=0)


def check_the_defaults_are_others(candidate):
    """By default, the loop does not use batches of 32, peak 0.1, 10 steps of warm-up, norm 1 and patience 2."""
    _compare(candidate, _data(70), _data(9, seed=8), _order(5, 70))
    train_set, (X, y) = _data(40, seed=4, noise=0.0), _data(6, seed=5)
    _compare(candidate, train_set, (X, 0.1 * y), _order(20, 40))


def check_whole_numbers_are_cut_off(candidate):
    """Rows or targets that are integers give an error or are rounded on the way."""
    X, y = np.arange(12).reshape(6, 2) % 5, np.array([3, 1, 4, 1, 5, 9])
    _compare(candidate, (X, y), (X[:3], y[:3]), _order(3, 6), batch_size=4, warmup=1)


def check_rows_are_looped_over(candidate):
    """A Python loop runs over the rows of a batch."""

    def of_rows(n):
        train_set, order = _data(n), _order(1, n)
        return lambda: candidate.train(train_set, train_set, order, batch_size=n)

    expect_no_loop(of_rows, "rows of one batch")


def check_the_arguments_are_changed(candidate):
    """Rows, targets, order, gradients or parameters that were passed in are different afterward."""
    (X, y), order = _data(), _order(2, 10)
    params = {"w": np.ones(3), "b": np.ones(1)}
    grads = {"w": np.full(3, 5.0), "b": np.full(1, 5.0)}
    given = {"X": X, "y": y, "order": order, "params w": params["w"], "grads w": grads["w"], "grads b": grads["b"]}
    kept = {name: value.copy() for name, value in given.items()}
    candidate.loss_and_gradients(params, X, y)
    candidate.clip(grads, 0.1)
    candidate.train((X, y), (X, y), order, batch_size=4)
    for name, value in given.items():
        expect(value, kept[name], case=f"{name} after every function was called")
    assert sorted(grads) == ["b", "w"], told(["b", "w"], sorted(grads), case="the names of the gradients")
