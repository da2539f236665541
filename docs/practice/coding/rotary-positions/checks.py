"""What positions written by hand get wrong. Each check is named after what you would see."""

import cmath
import math

import numpy as np
from kit import expect, expect_no_loop, told


def _vectors(shape=(5, 6), seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def _reference_rotated(x, positions, base=10_000.0):
    """Each pair of each vector as a complex number, turned by its angle."""
    d = x.shape[-1]
    where = np.broadcast_to(positions, x.shape[:-1])
    result = np.zeros(x.shape)
    for place in np.ndindex(*x.shape[:-1]):
        for i in range(d // 2):
            angle = float(where[place]) * base ** (-2 * i / d)
            turned = complex(x[place][2 * i], x[place][2 * i + 1]) * cmath.exp(1j * angle)
            result[place][2 * i : 2 * i + 2] = turned.real, turned.imag
    return result


def _reference_scores(Q, K, query_positions, key_positions, base=10_000.0):
    """For one sequence: every query with every key."""
    turned = _reference_rotated(Q, query_positions, base), _reference_rotated(K, key_positions, base)
    return np.array(
        [[sum(a * b for a, b in zip(q, k, strict=True)) / math.sqrt(len(q)) for k in turned[1]] for q in turned[0]]
    )


def check_frequencies_are_wrong(candidate):
    """The frequencies do not fall from 1 by equal factors, base^(-2i/d), one for each pair."""
    for d in (2, 4, 6, 64):
        for base in (10_000.0, 500.0):
            expected = np.array([base ** (-2 * i / d) for i in range(d // 2)])
            expect(candidate.frequencies(d, base), expected, d=d, base=base)
        expect(candidate.frequencies(d), np.array([10_000.0 ** (-2 * i / d) for i in range(d // 2)]), d=d)


def check_an_odd_width_is_accepted(candidate):
    """A width that cannot be cut into pairs loses a column, instead of raising a ValueError."""
    calls = {
        "frequencies": lambda: candidate.frequencies(5),
        "sinusoids": lambda: candidate.sinusoids(3, 7),
        "rotate": lambda: candidate.rotate(_vectors((2, 3)), np.arange(2)),
    }
    for name, call in calls.items():
        try:
            got = call()
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", f"shape {np.shape(got)}", function=name))


def check_sines_and_cosines_are_in_another_order(candidate):
    """The encoding of a position is not sine, cosine, sine, cosine, with a frequency for each pair."""
    for n, d, base in ((1, 2, None), (7, 6, None), (3, 10, 50.0), (0, 4, None)):
        rows = []
        for position in range(n):
            row = []
            for i in range(d // 2):
                angle = position * (base or 10_000.0) ** (-2 * i / d)
                row += [math.sin(angle), math.cos(angle)]
            rows.append(row)
        arguments = (n, d) if base is None else (n, d, base)
        expect(candidate.sinusoids(*arguments), np.array(rows).reshape(n, d), n=n, d=d, base=base or "not given")


def check_pairs_are_not_neighbors(candidate):
    """Other columns are turned together than 2i and 2i + 1, or the result is in another order."""
    for d in (4, 6, 8):
        for column in range(d):
            x = np.zeros((1, d))
            x[0, column] = 1.0
            expected = _reference_rotated(x, np.array([1.0]))
            expect(candidate.rotate(x, np.array([1])), expected, x=x, positions=np.array([1]))


def check_the_rotation_is_wrong(candidate):
    """The pairs are not turned by position times frequency, or are turned backward, or stretched."""
    for shape, seed in (((5, 6), 0), ((1, 2), 1), ((3, 64), 2)):
        x = _vectors(shape, seed)
        for positions in (np.arange(shape[0]), np.arange(shape[0])[::-1] * 7 + 100, np.linspace(-2.5, 1.0, shape[0])):
            expect(candidate.rotate(x, positions), _reference_rotated(x, positions), x=x, positions=positions)


def check_another_base_is_ignored(candidate):
    """A base that is given has no effect somewhere on the way."""
    x, positions = _vectors(), np.arange(5)
    expect(candidate.rotate(x, positions, 77.0), _reference_rotated(x, positions, 77.0), x=x, base=77.0)
    expected = _reference_scores(x, x, positions, positions, 77.0)
    expect(candidate.rotary_scores(x, x, positions, positions, 77.0), expected, Q=x, K=x, base=77.0)


def check_batches_or_heads_are_mixed(candidate):
    """With axes for batch and head, positions of (n,) or of each sequence do not reach their tokens."""
    x = _vectors((3, 3, 3, 4), seed=3)
    each = np.array([[0, 1, 2], [5, 6, 7], [40, 10, 20]])[:, None, :]
    for positions in (np.arange(3), each, np.array([4])):
        expected = _reference_rotated(x, positions)
        expect(candidate.rotate(x, positions), expected, x="shape (3, 3, 3, 4)", positions=positions)


def check_length_or_start_is_not_kept(candidate):
    """A vector gets longer or shorter by the rotation, or position 0 changes it."""
    x = _vectors((40, 8), seed=4)
    got = np.asarray(candidate.rotate(x, np.arange(40) * 1000))
    expect((got**2).sum(axis=1), (x**2).sum(axis=1), x=x, case="the squared lengths")
    expect(candidate.rotate(x, np.zeros(40, dtype=int)), x, x=x, positions="zeros")


def check_scores_depend_on_where_the_text_begins(candidate):
    """If all positions move by the same number, the scores change: they are not a function of the distance."""
    Q, K = _vectors((4, 8), seed=5), _vectors((6, 8), seed=6)
    near = np.array([2, 3, 4, 5]), np.arange(6)
    before = np.asarray(candidate.rotary_scores(Q, K, *near))
    for shift in (1, 17, 1000):
        after = candidate.rotary_scores(Q, K, near[0] + shift, near[1] + shift)
        expect(after, before, tolerance=1e-6, shift=shift, case="the scores after and before all positions moved")
    moved = np.asarray(candidate.rotary_scores(Q, K, near[0] + 3, near[1]))
    differ = bool(np.abs(moved - before).max() > 1e-3)
    assert differ, told("other scores after the queries alone moved", "the same scores", shift=3)


def check_scores_are_wrong(candidate):
    """The scores are not dot products of rotated queries and keys over the root of the width."""
    for n, m, d in ((1, 1, 2), (4, 6, 8), (3, 3, 4)):
        Q, K = _vectors((n, d), seed=n), _vectors((m, d), seed=m + 10)
        positions = np.arange(n) + m - n, np.arange(m)
        expected = _reference_scores(Q, K, *positions)
        given = {"Q": Q, "K": K, "positions": positions}
        expect(candidate.rotary_scores(Q, K, *positions), expected, **given)
        batch = candidate.rotary_scores(np.stack([Q, 2 * Q])[:, None], np.stack([K, K])[:, None], *positions)
        expect(batch, np.stack([expected, 2 * expected])[:, None], case="two sequences of one head", **given)


def check_integers_are_not_accepted(candidate):
    """Vectors of integers are rounded after the rotation."""
    x = np.random.default_rng(7).integers(-5, 6, size=(4, 6))
    expect(candidate.rotate(x, np.arange(4)), _reference_rotated(x, np.arange(4)), x=x)


def check_tokens_or_pairs_are_looped_over(candidate):
    """A Python loop runs over tokens, pairs or heads."""

    def prepared(h=1, n=2, d=2):
        x, positions = _vectors((h, n, d)), np.arange(n)

        def run():
            candidate.sinusoids(n, d)
            candidate.rotary_scores(x, x, positions, positions)

        return run

    for name, axis in (("heads", "h"), ("tokens", "n"), ("columns", "d")):
        expect_no_loop(lambda size, axis=axis: prepared(**{axis: size}), name)


def check_the_arguments_are_changed(candidate):
    """Queries, keys or positions are different afterward: a half was written before the other had read it."""
    given = [_vectors(), _vectors(seed=8), np.arange(5), np.arange(5.0)]
    kept = [each.copy() for each in given]
    candidate.rotate(given[0], given[2])
    candidate.rotate(given[0], given[3])
    candidate.rotary_scores(*given)
    names = ("Q", "K", "query_positions", "key_positions")
    for name, before, after in zip(names, kept, given, strict=True):
        expect(after, before, case=f"{name} after every function was called")
