"""What LayerNorm and RMSNorm written by hand get wrong. Each check is named after what you would see."""

import math

import numpy as np
from kit import expect, expect_no_loop, slopes, told

_SHAPES = ((4,), (3, 4), (4, 4), (2, 3, 4), (4, 4, 4), (2, 1, 3, 4))


def _case(shape=(3, 4), seed=0):
    rng = np.random.default_rng(seed)
    d = shape[-1]
    return rng.normal(1.0, 2.0, size=shape), rng.normal(1.0, 0.5, size=d), rng.normal(size=d), rng.normal(size=shape)


def _each(x, function):
    """The function of every vector along the last axis."""
    vectors = [function([float(z) for z in vector]) for vector in np.asarray(x).reshape(-1, np.shape(x)[-1])]
    return np.array(vectors).reshape(np.shape(x))


def _reference_standardized(vector, eps):
    mean = sum(vector) / len(vector)
    root = math.sqrt(sum((z - mean) ** 2 for z in vector) / len(vector) + eps)
    return [(z - mean) / root for z in vector]


def _reference_layer_norm(x, gain, shift, eps=1e-5):
    return _each(x, lambda vector: _reference_standardized(vector, eps)) * gain + shift


def _reference_rms_norm(x, gain, eps=1e-6):
    def divided(vector):
        root = math.sqrt(sum(z * z for z in vector) / len(vector) + eps)
        return [z / root for z in vector]

    return _each(x, divided) * gain


def check_vectors_are_not_standardized(candidate):
    """A vector does not come out with mean 0 and variance 1 along the last axis."""
    for shape in _SHAPES:
        x, _, _, _ = _case(shape, seed=len(shape))
        got, factor = candidate.standardize(x, 1e-5)
        expect(got, _reference_layer_norm(x, 1.0, 0.0), x=x, case="the standardized vectors")
        ones = np.ones((*shape[:-1], 1))
        ratio = np.asarray(got) / (x - x.mean(axis=-1, keepdims=True))
        assert np.shape(factor) == ones.shape, told(f"shape {ones.shape}", f"shape {np.shape(factor)}", x=x)
        expect(factor, ratio[..., :1], x=x, case="the factor, and what the deviations were multiplied by")


def check_gain_and_shift_are_not_applied(candidate):
    """The output is not the standardized vector times gain plus shift, feature by feature."""
    for shape in _SHAPES:
        x, gain, shift, _ = _case(shape, seed=len(shape))
        expect(candidate.layer_norm(x, gain, shift), _reference_layer_norm(x, gain, shift), x=x, gain=gain, shift=shift)


def check_constant_vectors_give_nan(candidate):
    """A vector of equal numbers, or of a single one, gives nan instead of the shift."""
    for x in (np.full((2, 3), 7.0), np.zeros((2, 3)), np.array([[5.0], [-1.0]])):
        gain, shift = np.arange(1.0, x.shape[1] + 1), np.arange(2.0, x.shape[1] + 2)
        with np.errstate(all="ignore"):
            expect(candidate.layer_norm(x, gain, shift), np.broadcast_to(shift, x.shape), x=x, gain=gain, shift=shift)
            by_x = candidate.layer_norm_gradients(x, gain, np.ones_like(x))[0]
            assert np.isfinite(by_x).all(), told("finite gradients", by_x, x=x, gain=gain)
            got = candidate.rms_norm(x, gain)
        expect(got, _reference_rms_norm(x, gain), x=x, gain=gain, case="rms_norm")


def check_eps_is_not_added_to_the_variance(candidate):
    """For vectors with a variance near eps the result is off: eps is added to the root, or is another number."""
    x, gain, shift, _ = _case()
    x = 1e-3 * x
    expect(candidate.layer_norm(x, gain, shift), _reference_layer_norm(x, gain, shift), x=x, eps="not given")
    expect(candidate.rms_norm(x, gain), _reference_rms_norm(x, gain), x=x, eps="not given", case="rms_norm")
    for eps in (1e-6, 1e-3):
        expected = _reference_layer_norm(x, gain, shift, eps)
        expect(candidate.layer_norm(x, gain, shift, eps), expected, x=x, eps=eps)
        expect(candidate.standardize(x, eps)[0], _reference_layer_norm(x, 1.0, 0.0, eps), x=x, eps=eps)
        expect(candidate.rms_norm(x, gain, eps), _reference_rms_norm(x, gain, eps), x=x, eps=eps, case="rms_norm")


def check_vectors_far_from_zero_are_lost(candidate):
    """Far from 0 the result is noise: the variance was taken as mean square minus squared mean."""
    x, gain, shift, _ = _case()
    x = np.round(x * 64) / 64 + 1e8
    expect(candidate.layer_norm(x, gain, shift), _reference_layer_norm(x, gain, shift), tolerance=1e-6, x=x)


def check_half_precision_overflows(candidate):
    """For 16-bit numbers of a few hundred the result is 0, nan or coarse: squares or sums were kept in 16 bits."""
    for seed, scale in ((0, 1.0), (1, 400.0)):
        x, gain, shift, upstream = _case((2, 6), seed)
        x = (scale * x).astype(np.float16)
        with np.errstate(all="ignore"):
            got = candidate.layer_norm(x, gain, shift)
            by_x = candidate.layer_norm_gradients(x, gain, upstream)[0]
            root = candidate.rms_norm(x, gain)
        expect(got, _reference_layer_norm(x, gain, shift), x=x)
        expect(root, _reference_rms_norm(x, gain), x=x, case="rms_norm")
        expected = candidate.layer_norm_gradients(x.astype(float), gain, upstream)[0]
        expect(by_x, expected, x=x, case="the gradient of x, and that for the same numbers in 64 bits")


def check_integers_are_not_accepted(candidate):
    """Vectors of integers give an error, or their squares wrap around."""
    x = np.array([[100, 120, -90], [1, 2, 4]], dtype=np.int8)
    gain, shift = np.array([1.0, 2.0, 0.5]), np.array([0.0, 1.0, -1.0])
    expect(candidate.layer_norm(x, gain, shift), _reference_layer_norm(x, gain, shift), x=x)
    expect(candidate.rms_norm(x, gain), _reference_rms_norm(x, gain), x=x, case="rms_norm")


def check_the_gradient_of_x_is_wrong(candidate):
    """The gradient of x is not the slope of the loss: the mean or the variance was held fixed, or gain is missing."""
    for shape in ((4,), (3, 4), (2, 2, 3), (2, 1)):
        x, gain, shift, upstream = _case(shape, seed=7)
        for eps in (1e-5, 0.5):
            arguments = () if eps == 1e-5 else (eps,)

            def loss(z, gain=gain, shift=shift, upstream=upstream, eps=eps):
                return float((_reference_layer_norm(z, gain, shift, eps) * upstream).sum())

            got = candidate.layer_norm_gradients(x, gain, upstream, *arguments)[0]
            expect(got, slopes(loss, x), tolerance=1e-6, x=x, gain=gain, upstream=upstream, eps=eps)


def check_the_gradients_of_gain_and_shift_are_wrong(candidate):
    """The gradients of gain and shift are not added up over all vectors, or are averaged, or use x itself."""
    for shape in _SHAPES:
        x, gain, _, upstream = _case(shape, seed=8)
        for eps in (1e-5, 0.5):
            arguments = () if eps == 1e-5 else (eps,)
            _, by_gain, by_shift = candidate.layer_norm_gradients(x, gain, upstream, *arguments)
            flat, above = _reference_layer_norm(x, 1.0, 0.0, eps).reshape(-1, 4), upstream.reshape(-1, 4)
            expected = np.array([sum(z * g for z, g in zip(flat[:, j], above[:, j], strict=True)) for j in range(4)])
            expect(by_gain, expected, x=x, upstream=upstream, eps=eps, case="the gradient of gain")
            expected = np.array([sum(float(g) for g in above[:, j]) for j in range(4)])
            expect(by_shift, expected, x=x, upstream=upstream, eps=eps, case="the gradient of shift")


def check_rms_norm_is_not_x_over_its_root_mean_square(candidate):
    """RMSNorm subtracts the mean, divides by the length, or runs over another axis."""
    for shape in _SHAPES:
        x, gain, _, _ = _case(shape, seed=9)
        expect(candidate.rms_norm(x, gain), _reference_rms_norm(x, gain), x=x, gain=gain)


def check_vectors_or_features_are_looped_over(candidate):
    """A Python loop runs over the vectors or over the features."""

    def prepared(shape):
        x, gain, shift, upstream = _case(shape)

        def run():
            candidate.layer_norm(x, gain, shift)
            candidate.layer_norm_gradients(x, gain, upstream)
            candidate.rms_norm(x, gain)

        return run

    expect_no_loop(lambda n: prepared((n, 3)), "vectors")
    expect_no_loop(lambda d: prepared((3, d)), "features")


def check_the_arguments_are_changed(candidate):
    """The vectors, the parameters or the gradient from above are different afterward."""
    given = _case((2, 3, 4))
    kept = [each.copy() for each in given]
    x, gain, shift, upstream = given
    candidate.standardize(x, 1e-5)
    candidate.layer_norm(x, gain, shift)
    candidate.layer_norm_gradients(x, gain, upstream)
    candidate.rms_norm(x, gain)
    for name, before, after in zip(("x", "gain", "shift", "upstream"), kept, given, strict=True):
        expect(after, before, case=f"{name} after every function was called")
