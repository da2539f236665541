"""What a convolution written by hand gets wrong. Each check is named after what you would see."""

import numpy as np
from kit import expect, expect_no_loop, told

LIMITS = {"check_pixels_or_channels_are_looped_over": 20}


def _case(b=2, c=3, h=5, w=6, f=4, kh=2, kw=3, seed=0):
    """Images and filters in which every size is another one."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(b, c, h, w)), rng.normal(size=(f, c, kh, kw)), rng.normal(size=f)


def _places(x, weights, stride, padding):
    """Each product of the convolution: its place in the responses, in the weights and in the image."""
    (b, c, h, w), (f, _, kh, kw) = x.shape, weights.shape
    for i, top in enumerate(range(-padding, h + padding - kh + 1, stride)):
        for j, left in enumerate(range(-padding, w + padding - kw + 1, stride)):
            for u in range(kh):
                for v in range(kw):
                    if 0 <= top + u < h and 0 <= left + v < w:
                        for n, g, channel in np.ndindex(b, f, c):
                            yield (n, g, i, j), (g, channel, u, v), (n, channel, top + u, left + v)


def _reference(x, weights, bias, stride=1, padding=0):
    (b, _, h, w), (f, _, kh, kw) = x.shape, weights.shape
    rows, columns = (len(range(0, size + 2 * padding - k + 1, stride)) for size, k in ((h, kh), (w, kw)))
    responses = np.zeros((b, f, rows, columns)) + np.asarray(bias)[:, None, None]
    for out, weight, pixel in _places(x, weights, stride, padding):
        responses[out] += float(weights[weight]) * float(x[pixel])
    return responses


def _reference_gradients(x, weights, upstream, stride=1, padding=0):
    by_x, by_weights = np.zeros(x.shape), np.zeros(weights.shape)
    for out, weight, pixel in _places(x, weights, stride, padding):
        by_x[pixel] += upstream[out] * float(weights[weight])
        by_weights[weight] += upstream[out] * float(x[pixel])
    by_bias = np.array([sum(float(value) for value in upstream[:, f].ravel()) for f in range(len(weights))])
    return by_x, by_weights, by_bias


def _given(x, weights, stride=1, padding=0):
    return {"shapes": f"x {x.shape}, weights {weights.shape}", "stride": stride, "padding": padding}


def _upstream(x, weights, stride, padding, seed=9):
    shape = _reference(x, weights, np.zeros(len(weights)), stride, padding).shape
    return np.random.default_rng(seed).normal(size=shape)


_STRIDES = ((1, 0), (2, 0), (1, 1), (2, 1), (3, 2))


def check_the_output_has_another_size(candidate):
    """The number of positions along an axis is not rounded down, or the padding is counted once."""
    for size in range(1, 9):
        for kernel in (1, 2, 3, 5):
            for stride, padding in _STRIDES:
                expected = len(range(0, size + 2 * padding - kernel + 1, stride))
                if expected:
                    got = candidate.output_size(size, kernel, stride, padding)
                    expect(int(got), expected, size=size, kernel=kernel, stride=stride, padding=padding)


def check_a_kernel_that_does_not_fit_is_accepted(candidate):
    """A kernel larger than the padded axis gives a size below 1, instead of a ValueError."""
    for size, kernel, stride, padding in ((2, 3, 1, 0), (1, 9, 2, 3), (3, 5, 4, 0)):
        try:
            got = candidate.output_size(size, kernel, stride, padding)
        except ValueError:
            continue
        given = {"size": size, "kernel": kernel, "stride": stride, "padding": padding}
        raise AssertionError(told("a ValueError", got, **given))


def check_patches_are_not_those_under_the_kernel(candidate):
    """The patches are not those that the kernel covers, or their axes come in another order."""
    for kh, kw in ((2, 3), (1, 1), (4, 2)):
        x, weights, _ = _case(kh=kh, kw=kw, seed=kh)
        for stride, padding in _STRIDES:
            got = candidate.windows(x, kh, kw, stride, padding)
            rows, columns = _reference(x, weights, np.zeros(4), stride, padding).shape[2:]
            expected = np.zeros((2, 3, rows, columns, kh, kw))
            for (n, g, i, j), (_, channel, u, v), pixel in _places(x, weights, stride, padding):
                if g == 0:
                    expected[n, channel, i, j, u, v] = x[pixel]
            expect(got, expected, kernel=(kh, kw), **_given(x, weights, stride, padding))


def check_the_kernel_is_flipped(candidate):
    """The kernel is turned around before it is laid over the image, or rows and columns are exchanged."""
    x, weights = np.arange(1.0, 10.0).reshape(1, 1, 3, 3), np.arange(4.0).reshape(1, 1, 2, 2)
    expected = np.array([[[[25.0, 31.0], [43.0, 49.0]]]])
    expect(candidate.conv2d(x, weights, np.zeros(1)), expected, x=x, weights=weights)
    # A constant for every image, so that the example above is not enough.
    x, weights = x - 3.0, weights[:, :, ::-1] * 2.0
    expect(candidate.conv2d(x, weights, np.zeros(1)), _reference(x, weights, np.zeros(1)), x=x, weights=weights)


def check_channels_are_not_added_up(candidate):
    """A response is not the sum over all channels, or channels and filters are mixed up."""
    for c, f in ((1, 1), (3, 1), (1, 4), (3, 3)):
        x, weights, _ = _case(c=c, f=f, seed=c + f)
        got = candidate.conv2d(x, weights, np.zeros(f))
        expect(got, _reference(x, weights, np.zeros(f)), **_given(x, weights))


def check_the_bias_is_added_along_another_axis(candidate):
    """The bias is missing, or added to the columns of the responses instead of to their filters."""
    # Four filters and four columns of responses, which could stand for each other; then five.
    for w in (6, 7):
        x, weights, bias = _case(f=4, w=w, kw=3, seed=w)
        expect(candidate.conv2d(x, weights, bias), _reference(x, weights, bias), bias=bias, **_given(x, weights))


def check_stride_or_padding_is_wrong(candidate):
    """With a stride or a padding the responses are not those of the zero-padded image at every stride-th position."""
    for kh, kw in ((2, 3), (3, 3), (5, 1)):
        x, weights, bias = _case(kh=kh, kw=kw, seed=kh)
        for stride, padding in _STRIDES:
            got = candidate.conv2d(x, weights, bias, stride, padding)
            expect(got, _reference(x, weights, bias, stride, padding), **_given(x, weights, stride, padding))


def check_bytes_are_not_accepted(candidate):
    """Images of bytes give other responses, or a gradient in bytes."""
    rng = np.random.default_rng(3)
    x, weights = rng.integers(0, 256, size=(1, 2, 4, 4), dtype=np.uint8), rng.integers(50, 100, size=(2, 2, 2, 2))
    for kind in (float, np.int8):
        given = {"x": "bytes", "weights": np.dtype(kind).name}
        got = candidate.conv2d(x, weights.astype(kind), np.zeros(2), 1, 1)
        expect(got, _reference(x, weights, np.zeros(2), 1, 1), **given)
        upstream = _upstream(x, weights, 1, 1)
        gradients = candidate.conv2d_gradients(x, weights.astype(kind), upstream, 1, 1)
        for name, one, expected in zip(
            ("x", "weights", "bias"), gradients, _reference_gradients(x, weights, upstream, 1, 1), strict=True
        ):
            expect(one, expected, case=f"the gradient of {name}", **given)


def _check_gradient(candidate, which):
    """Compare one of the three gradients for several kernels, strides and paddings."""
    for kh, kw in ((2, 3), (3, 3), (5, 1), (1, 1)):
        x, weights, _ = _case(f=2, kh=kh, kw=kw, seed=kh)
        for stride, padding in _STRIDES:
            upstream = _upstream(x, weights, stride, padding)
            got = candidate.conv2d_gradients(x, weights, upstream, stride, padding)
            expected = _reference_gradients(x, weights, upstream, stride, padding)
            expect(got[which], expected[which], **_given(x, weights, stride, padding))


def check_the_gradient_of_the_images_is_wrong(candidate):
    """The gradient of the images is wrong: overlaps are lost, the border is kept, or strides are ignored."""
    _check_gradient(candidate, 0)


def check_the_gradient_of_the_weights_is_wrong(candidate):
    """The gradient of the weights is wrong: not added up over images and positions, or averaged."""
    _check_gradient(candidate, 1)


def check_the_gradient_of_the_bias_is_wrong(candidate):
    """The gradient of the bias is not what came from above, added up over images and positions."""
    _check_gradient(candidate, 2)


def check_defaults_are_not_stride_one_without_padding(candidate):
    """By default, the functions do not use a stride of 1 and no padding."""
    x, weights, bias = _case(seed=5)
    expect(candidate.conv2d(x, weights, bias), _reference(x, weights, bias), **_given(x, weights))
    expect(candidate.conv2d(x, weights, bias, padding=1), _reference(x, weights, bias, 1, 1), padding=1)
    upstream = _upstream(x, weights, 1, 0)
    got, expected = (function(x, weights, upstream) for function in (candidate.conv2d_gradients, _reference_gradients))
    for name, one, other in zip(("x", "weights", "bias"), got, expected, strict=True):
        expect(one, other, case=f"the gradient of {name}", **_given(x, weights))


def check_pixels_or_channels_are_looped_over(candidate):
    """A Python loop runs over images, channels, filters or positions; one over the kernel's places is allowed."""

    def prepared(b=1, c=1, h=2, w=2, f=1):
        x, weights, bias = _case(b=b, c=c, h=h, w=w, f=f, kh=2, kw=2)
        upstream = np.ones((b, f, h - 1, w - 1))

        def run():
            candidate.conv2d(x, weights, bias)
            candidate.conv2d_gradients(x, weights, upstream)

        return run

    for name, axis in (("images", "b"), ("channels", "c"), ("rows", "h"), ("columns", "w"), ("filters", "f")):
        expect_no_loop(lambda n, axis=axis: prepared(**{axis: n}), name)


def check_the_arguments_are_changed(candidate):
    """Images, weights, bias or the gradient from above are different afterward."""
    x, weights, bias = _case()
    upstream = _upstream(x, weights, 2, 1)
    kept = [each.copy() for each in (x, weights, bias, upstream)]
    candidate.conv2d(x, weights, bias, 2, 1)
    candidate.conv2d_gradients(x, weights, upstream, 2, 1)
    names = ("x", "weights", "bias", "upstream")
    for name, before, after in zip(names, kept, (x, weights, bias, upstream), strict=True):
        expect(after, before, case=f"{name} after every function was called")
