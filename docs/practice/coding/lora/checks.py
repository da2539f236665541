"""What a LoRA layer written by hand gets wrong. Each check is named after what you would see."""

import math
from functools import partial

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, slopes, told


def _weight(k=4, d=5, seed=0):
    return np.random.default_rng(seed).normal(size=(k, d))


def _vectors(n, d, seed):
    return np.random.default_rng(seed).normal(size=(n, d))


def _layer(candidate, k=4, d=5, rank=2, alpha=6.0, seed=0):
    """A layer in the middle of its training: neither A nor B is as it began."""
    layer = candidate.LoRALinear(_weight(k, d, seed), rank, alpha, np.random.default_rng(seed))
    rng = np.random.default_rng(seed + 100)
    layer.A, layer.B = rng.normal(size=(rank, d)), rng.normal(size=(k, rank))
    return layer


def _reference(x, weight, A, B, factor):
    """Vector after vector and sum after sum, through a whole weight."""
    k, d = weight.shape
    whole = [
        [weight[i, j] + factor * sum(B[i, s] * A[s, j] for s in range(len(A))) for j in range(d)] for i in range(k)
    ]
    flat = [[sum(row[j] * float(one[j]) for j in range(d)) for row in whole] for one in np.reshape(x, (-1, d))]
    return np.array(flat).reshape(*np.shape(x)[:-1], k)


def _reference_gradients(x, layer, factor, grad):
    """The slopes of the outputs' sum, each times its entry of grad, without any backward pass."""
    given = {"x": x, "A": np.array(layer.A), "B": np.array(layer.B)}

    def loss(name, values):
        own = given | {name: values}
        return float((_reference(own["x"], layer.weight, own["A"], own["B"], factor) * grad).sum())

    return {name: slopes(partial(loss, name), values) for name, values in given.items()}


def check_a_new_layer_changes_the_model(candidate):
    """A new layer does not give the outputs of its weight alone: B does not begin as zeros of shape (k, r)."""
    for k, d, rank in ((4, 5, 2), (3, 7, 1), (6, 2, 2)):
        weight, x = _weight(k, d), np.random.default_rng(1).normal(size=(3, d))
        layer = candidate.LoRALinear(weight, rank, 8.0, np.random.default_rng(2))
        expect(np.asarray(layer.B), np.zeros((k, rank)), k=k, d=d, rank=rank, case="B of a new layer")
        expect(np.asarray(layer.weight), weight, case="the weight of a new layer")
        expect(layer.forward(x), _reference(x, weight, np.zeros((1, d)), np.zeros((k, 1)), 1.0), x=x, weight=weight)


def check_a_begins_at_the_wrong_size(candidate):
    """A is not random with mean 0 and variance 1 / d, shape (r, d): if A is zero too, nothing is ever learned."""
    for d in (400, 1600):
        A = np.asarray(candidate.LoRALinear(np.zeros((3, d)), 50, 8.0, np.random.default_rng(3)).A)
        assert A.shape == (50, d), told(f"shape {(50, d)}", f"shape {A.shape}", d=d, rank=50)
        expect(A.var() * d, np.float64(1.0), tolerance=0.05, d=d, rank=50, case="the variance of A times d")
        expect(A.mean() * math.sqrt(d), np.float64(0.0), tolerance=0.05, d=d, case="the mean of A times root d")
        share = (abs(A) < 1 / math.sqrt(d)).mean()
        expect(share, np.float64(0.6827), tolerance=0.02, d=d, case="the share of A within one standard deviation")


def check_a_is_not_drawn_from_the_generator(candidate):
    """The same seed does not give the same A, or every seed gives the same."""
    drawn = [
        np.array(candidate.LoRALinear(_weight(), 2, 8.0, np.random.default_rng(seed)).A).tolist() for seed in (5, 5, 6)
    ]
    assert drawn[0] == drawn[1], told("the same A twice", drawn[:2], seed=5)
    assert drawn[0] != drawn[2], told("another A for another seed", drawn[2], seed=6)


def check_the_update_has_the_wrong_factor(candidate):
    """The update is not alpha / r times B A: the factor is missing, upside down, or squared."""
    for rank, alpha in ((1, 1.0), (2, 6.0), (4, 1.0), (3, 16.0)):
        layer = _layer(candidate, rank=rank, alpha=alpha, seed=rank)
        x = np.random.default_rng(rank).normal(size=(3, 5))
        expected = _reference(x, layer.weight, layer.A, layer.B, alpha / rank)
        expect(layer.forward(x), expected, rank=rank, alpha=alpha, x=x, A=layer.A, B=layer.B)


def check_other_shapes_of_input_fail(candidate):
    """A single vector, or a batch of sequences, gives an error or another result than its vectors one by one."""
    layer = _layer(candidate)
    for shape in ((5,), (1, 5), (2, 3, 5), (0, 5)):
        x, grad = np.random.default_rng(4).normal(size=shape), np.random.default_rng(5).normal(size=(*shape[:-1], 4))
        expect(layer.forward(x), _reference(x, layer.weight, layer.A, layer.B, 3.0), shape=str(shape))
        by_x = layer.backward(grad)
        assert np.shape(by_x) == shape, told(f"shape {shape}", f"shape {np.shape(by_x)}", case="the gradient of x")
        total_A, total_B = np.zeros((2, 5)), np.zeros((4, 2))
        for one, above in zip(x.reshape(-1, 5), grad.reshape(-1, 4), strict=True):
            total_B += 3.0 * np.outer(above, layer.A @ one)
            total_A += 3.0 * np.outer(layer.B.T @ above, one)
        expect(layer.grad_A, total_A, shape=str(shape), case="the gradient of A")
        expect(layer.grad_B, total_B, shape=str(shape), case="the gradient of B")


def check_the_gradient_of_the_update_is_wrong(candidate):
    """The gradient of A or B is not the slope of the loss: a factor, a transpose, or a mean instead of a sum."""
    for rank, alpha in ((2, 6.0), (3, 1.0)):
        layer = _layer(candidate, rank=rank, alpha=alpha)
        x, grad = _vectors(3, 5, 6), _vectors(3, 4, 7)
        expected = _reference_gradients(x, layer, alpha / rank, grad)
        layer.forward(x)
        layer.backward(grad)
        for name, got in (("A", layer.grad_A), ("B", layer.grad_B)):
            expect(got, expected[name], tolerance=1e-6, rank=rank, alpha=alpha, gradient=name)


def check_the_gradient_of_the_input_is_wrong(candidate):
    """The gradient of x is not the slope of the loss: the frozen weight or the update passes nothing back."""
    for rank, alpha in ((2, 6.0), (1, 0.5)):
        layer = _layer(candidate, rank=rank, alpha=alpha)
        x, grad = _vectors(3, 5, 8), _vectors(3, 4, 9)
        expected = _reference_gradients(x, layer, alpha / rank, grad)["x"]
        layer.forward(x)
        expect(layer.backward(grad), expected, tolerance=1e-6, rank=rank, alpha=alpha, x=x, grad=grad)


def check_gradients_of_earlier_calls_stay(candidate):
    """A second forward and backward adds its gradients to those of the first, or uses the first input."""
    layer = _layer(candidate)
    for seed in (1, 2):
        x, grad = _vectors(3, 5, seed), _vectors(3, 4, seed + 5)
        layer.forward(x)
        layer.backward(grad)
        expected = 3.0 * sum(np.outer(above, layer.A @ one) for one, above in zip(x, grad, strict=True))
        expect(layer.grad_B, expected, call=seed, case="the gradient of B")


def check_the_merged_weight_is_another_layer(candidate):
    """The merged weight does not give the layer's outputs, or merging changes the layer, so a second one differs."""
    for k, d, rank in ((4, 5, 2), (3, 3, 1)):
        layer = _layer(candidate, k, d, rank)
        x = np.random.default_rng(10).normal(size=(6, d))
        expected = _reference(x, layer.weight, layer.A, layer.B, 6.0 / rank)
        for call in ("first", "second"):
            merged = np.asarray(layer.merged())
            expect(x @ merged.T, expected, k=k, d=d, rank=rank, call=call, case="outputs of the merged weight")
            expect(layer.forward(x), expected, k=k, d=d, rank=rank, case="outputs of the layer after merging")
        layer.B = np.zeros((k, rank))
        expect(layer.merged(), layer.weight, k=k, d=d, rank=rank, case="the merged weight after B was set to zeros")


def check_merging_before_training_copies_nothing(candidate):
    """The merged weight is the layer's own array: writing into it changes the frozen weight."""
    weight = _weight()
    layer = candidate.LoRALinear(weight, 2, 8.0, np.random.default_rng(0))
    merged = np.asarray(layer.merged())
    expect(merged, _weight(), case="the merged weight of a new layer")
    merged += 1.0
    expect(weight, _weight(), case="the weight after the merged one was written to")


def check_the_forward_pass_builds_a_whole_weight(candidate):
    """The forward pass multiplies B and A first: as much memory as the weight, which LoRA is there to save."""
    layer = candidate.LoRALinear(np.zeros((300, 400)), 2, 8.0, np.random.default_rng(0))
    x, grad = np.ones((3, 400)), np.ones((3, 300))

    def run():
        layer.forward(x)
        layer.backward(grad)

    peak, whole = peak_bytes(run), 300 * 400 * 8
    assert peak < whole / 2, told(f"far less than the {whole:,} bytes of a weight", f"{peak:,} bytes", k=300, d=400)


def check_integers_are_not_accepted(candidate):
    """Vectors of integers give an error or are rounded on the way."""
    layer, x = _layer(candidate), np.array([[1, -2, 0, 3, 1], [2, 2, -1, 0, 4]])
    expect(layer.forward(x), _reference(x, layer.weight, layer.A, layer.B, 3.0), x=x)


def check_vectors_are_looped_over(candidate):
    """A Python loop runs over the vectors or over the rank."""

    def prepared(n=2, rank=2):
        layer, x, grad = _layer(candidate, rank=rank), np.ones((n, 5)), np.ones((n, 4))

        def run():
            layer.forward(x)
            layer.backward(grad)
            layer.merged()

        return run

    expect_no_loop(lambda n: prepared(n=n), "vectors")
    expect_no_loop(lambda rank: prepared(rank=rank), "the rank")


def check_the_arguments_are_changed(candidate):
    """The weight, the inputs or the gradient from above are different afterward."""
    weight, x, grad = _weight(), _vectors(3, 5, 1), _vectors(3, 4, 2)
    kept = [each.copy() for each in (weight, x, grad)]
    layer = candidate.LoRALinear(weight, 2, 8.0, np.random.default_rng(3))
    layer.B = np.ones((4, 2))
    layer.forward(x)
    layer.backward(grad)
    layer.merged()
    for name, before, after in zip(("weight", "x", "grad"), kept, (weight, x, grad), strict=True):
        expect(after, before, case=f"{name} after every method was called")
    expect(np.asarray(layer.weight), kept[0], case="the layer's weight after every method was called")
