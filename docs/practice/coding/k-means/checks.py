"""What k-means written by hand gets wrong. Each check is named after what you would see."""

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, told

# A loop that never stops before max_steps is to be told soon.
LIMITS = {"check_it_goes_on_when_nothing_changes": 2}


def _blobs(seed=0):
    rng = np.random.default_rng(seed)
    middles = np.array([[0.0, 0.0], [6.0, 6.0], [0.0, 7.0]])
    return np.concatenate([middle + rng.normal(scale=0.5, size=(40, 2)) for middle in middles]), middles


def _reference_distances(X, centers):
    return np.array([[sum((float(a) - float(b)) ** 2 for a, b in zip(x, c, strict=True)) for c in centers] for x in X])


def _reference_steps(X, centers, max_steps):
    """Lloyd's algorithm from given centers, on data in which no cluster runs empty."""
    labels = _reference_distances(X, centers).argmin(axis=1)
    for _ in range(max_steps):
        centers = np.array([X[labels == cluster].mean(axis=0) for cluster in range(len(centers))])
        labels = _reference_distances(X, centers).argmin(axis=1)
    return centers, labels


def check_distances_are_not_squared_euclidean(candidate):
    """The distances are not the squared Euclidean ones, or have another shape than points by centers."""
    rng = np.random.default_rng(0)
    X, centers = rng.normal(size=(5, 3)), rng.normal(size=(2, 3))
    expect(candidate.squared_distances(X, centers), _reference_distances(X, centers), X=X, centers=centers)


def check_distances_are_negative(candidate):
    """Some points have a negative squared distance to themselves, and its square root is nan."""
    X = 1000.0 + np.random.default_rng(0).normal(size=(300, 3))
    smallest = candidate.squared_distances(X, X).min()
    assert smallest >= 0, told("no squared distance below 0", smallest, X="300 points near (1000, 1000, 1000)")


def check_points_or_centers_are_looped_over(candidate):
    """A Python loop runs over the points, or over the centers of the distances."""
    rng = np.random.default_rng(0)
    centers = rng.normal(size=(4, 3))

    def of_points(n):
        X = rng.normal(size=(n, 3))
        labels = np.arange(n) % 4

        def run():
            candidate.squared_distances(X, centers)
            candidate.assign(X, centers)
            candidate.update(X, labels, centers)
            candidate.inertia(X, labels, centers)

        return run

    expect_no_loop(of_points, "points")
    expect_no_loop(lambda k: lambda: candidate.squared_distances(centers, rng.normal(size=(k, 3))), "centers")


def check_memory_grows_with_points_times_centers_times_dimensions(candidate):
    """The distances are computed through an array of shape (n, k, d), which does not fit for real data."""
    rng = np.random.default_rng(0)
    X, centers = rng.normal(size=(400, 64)), rng.normal(size=(50, 64))
    peak = peak_bytes(lambda: candidate.squared_distances(X, centers))
    forbidden = 400 * 50 * 64 * 8
    assert peak < forbidden / 4, told(
        f"far less memory than the {forbidden:,} bytes of an (n, k, d) array", f"{peak:,} bytes", n=400, k=50, d=64
    )


def check_starting_centers_are_not_points(candidate):
    """The starting centers are not points of the data, or not k of them."""
    X, _ = _blobs()
    for k in (1, 4):
        centers = candidate.plus_plus_centers(X, k, np.random.default_rng(1))
        assert np.shape(centers) == (k, 2), told(f"shape ({k}, 2)", f"shape {np.shape(centers)}", k=k)
        for center in centers:
            assert (center == X).all(axis=1).any(), told("centers that are rows of X", center, k=k)


def check_seeds_are_not_drawn_by_squared_distance(candidate):
    """Over many draws, the seeds do not come as often as their squared distances say, or the first is not uniform."""
    X, draws = np.array([[0.0], [0.1], [0.3]]), 1500
    rng = np.random.default_rng(0)
    pairs = [tuple(candidate.plus_plus_centers(X, 2, rng)[:, 0]) for _ in range(draws)]
    for first in (0.0, 0.1, 0.3):
        total = sum((other - first) ** 2 for other in (0.0, 0.1, 0.3))
        for second in (0.0, 0.1, 0.3):
            share = (second - first) ** 2 / total / 3
            found = pairs.count((first, second)) / draws
            # Five standard deviations: a right draw hardly ever strays so far.
            slack = 5 * (share * (1 - share) / draws) ** 0.5
            assert abs(found - share) <= slack, told(
                f"{first:g} and then {second:g} in {share:.3f} of the draws, give or take {slack:.3f}",
                f"in {found:.3f}",
                X="0, 0.1, 0.3",
                k=2,
                draws=draws,
            )


def check_seeding_looks_only_at_the_last_center(candidate):
    """Two of four seeds land in one of four well-separated groups: distances to the earlier seeds are forgotten."""
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(scale=0.01, size=(30, 1)) + middle for middle in (0.0, 100.0, 200.0, 300.0)])
    for seed in range(30):
        centers = candidate.plus_plus_centers(X, 4, np.random.default_rng(seed))
        groups = sorted({round(float(center) / 100.0) for center in centers[:, 0]})
        expect(groups, [0, 1, 2, 3], X="groups near 0, 100, 200, 300", seed=seed, case="the groups of the seeds")


def check_repeated_points_break_the_seeding(candidate):
    """When there are fewer distinct points than centers, the seeding divides by zero."""
    with np.errstate(all="raise"):
        centers = candidate.plus_plus_centers(np.ones((5, 2)), 3, np.random.default_rng(0))
    expect(centers, np.ones((3, 2)), X="five times the point (1, 1)", k=3)


def check_points_go_to_the_wrong_center(candidate):
    """A point is not assigned to its nearest center, or a tie goes to the higher index."""
    X, centers = np.array([[0.0], [1.0], [9.0], [5.0]]), np.array([[10.0], [0.0]])
    labels = candidate.assign(X, centers)
    expect(labels, np.array([1, 1, 0, 0]), X=X, centers=centers, tie="the last point is equally near to both")
    assert np.asarray(labels).dtype.kind in "iu", told("labels that are integers", f"{np.asarray(labels).dtype}")


def check_centers_are_not_means(candidate):
    """A center is not the mean of its points, or is rounded because the data is integer."""
    X = np.array([[0, 0], [1, 0], [10, 2], [10, 8], [14, 5]])
    labels, centers = np.array([0, 0, 1, 1, 1]), np.array([[0, 0], [10, 5]])
    expected = np.array([[0.5, 0.0], [34 / 3, 5.0]])
    expect(candidate.update(X.astype(float), labels, centers.astype(float)), expected, X=X, labels=labels)
    expect(candidate.update(X, labels, centers), expected, X=X, labels=labels, case="integers")


def check_an_empty_cluster_becomes_nan(candidate):
    """A cluster that lost all its points has a center of nan, or does not get a far point of its own."""
    X, labels, centers = np.array([[0.0], [1.0], [8.0]]), np.array([0, 0, 0]), np.array([[2.0], [50.0], [60.0]])
    with np.errstate(all="ignore"):
        moved = candidate.update(X, labels, centers)
    assert np.isfinite(moved).all(), told("finite centers", moved, X=X, labels=labels, centers=centers)
    expect(moved[0], np.array([3.0]), X=X, labels=labels, centers=centers)
    got = sorted(float(center) for center in moved[1:, 0])
    expect(got, [0.0, 8.0], X=X, labels=labels, centers=centers, case="the two centers without points")


def check_the_arguments_are_changed(candidate):
    """The data, labels or centers passed in are different afterward, so convergence cannot be seen."""
    given = {"X": np.array([[0.0], [5.0]]), "labels": np.array([0, 1]), "centers": np.array([[1.0], [3.0]])}
    kept = {name: value.copy() for name, value in given.items()}
    X, labels, centers = given.values()
    candidate.squared_distances(X, centers)
    candidate.assign(X, centers)
    candidate.update(X, labels, centers)
    candidate.inertia(X, labels, centers)
    candidate.plus_plus_centers(X, 2, np.random.default_rng(0))
    candidate.k_means(X, 2)
    for name, value in given.items():
        expect(value, kept[name], case=f"{name} after every function was called")


def check_inertia_is_averaged_or_rooted(candidate):
    """The inertia is not the sum of squared distances, so runs of different size or code cannot be compared."""
    X, labels, centers = np.array([[0.0], [2.0], [9.0]]), np.array([0, 0, 1]), np.array([[1.0], [7.0]])
    expect(candidate.inertia(X, labels, centers), 6.0, X=X, labels=labels, centers=centers)


def check_inertia_ignores_the_labels(candidate):
    """The inertia measures to the nearest center instead of to the one that the label names."""
    X, labels, centers = np.array([[0.0], [10.0]]), np.array([1, 1]), np.array([[0.0], [10.0]])
    expect(candidate.inertia(X, labels, centers), 100.0, X=X, labels=labels, centers=centers)


def check_steps_are_not_those_of_lloyd(candidate):
    """From its own seeds, k-means does not reach the centers that so many assignments and updates reach."""
    # Without clear groups, so that it takes many steps to settle.
    X = np.random.default_rng(1).normal(size=(60, 2))
    for seed in range(3):
        start = candidate.plus_plus_centers(X, 3, np.random.default_rng(seed))
        for max_steps in (0, 1, 2, 50):
            centers, labels = candidate.k_means(X, 3, seed=seed, max_steps=max_steps)
            expected, nearest = _reference_steps(X, start, max_steps)
            told_by = {"seed": seed, "max_steps": max_steps, "start": start}
            expect(centers, expected, case="the centers", **told_by)
            expect(labels, nearest, case="the labels, which are those of the centers returned", **told_by)


def check_it_does_not_settle(candidate):
    """With the default of 100 steps, some points are nearer to another center, or a center is not a mean."""
    X = np.random.default_rng(3).normal(size=(300, 2))
    centers, labels = candidate.k_means(X, 5, seed=2)
    distances = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
    expect(labels, distances.argmin(axis=1), X="300 points without clusters", k=5, case="the nearest centers")
    for cluster in range(5):
        expect(centers[cluster], X[labels == cluster].mean(axis=0), X="300 points without clusters", center=cluster)


def check_it_goes_on_when_nothing_changes(candidate):
    """The loop runs on to max_steps after the assignment has stopped changing."""
    X = np.random.default_rng(2).normal(size=(40, 2))
    expect(candidate.k_means(X, 3, seed=0, max_steps=10**9), candidate.k_means(X, 3, seed=0), X="40 points", k=3)


def check_repeated_points_make_a_center_nan(candidate):
    """When there are fewer distinct points than clusters, a cluster without points spoils the result."""
    X = np.array([[0.0], [0.0], [0.0], [5.0], [5.0], [9.0]])
    with np.errstate(all="ignore"):
        centers, labels = candidate.k_means(X, 4, seed=1)
    assert np.isfinite(centers).all(), told("finite centers", centers, X="0, 0, 0, 5, 5, 9", k=4)
    expect(centers[labels], X, X="0, 0, 0, 5, 5, 9", k=4, case="the center of each point")


def check_integers_give_another_result(candidate):
    """The same data as integers give other centers: something was rounded on the way."""
    X = np.random.default_rng(4).integers(0, 50, size=(60, 2))
    centers, labels = candidate.k_means(X, 3, seed=0)
    expected, nearest = candidate.k_means(X.astype(float), 3, seed=0)
    expect(centers, expected, X="60 points with integer coordinates")
    expect(labels, nearest, X="60 points with integer coordinates")


def check_clear_clusters_are_not_found(candidate):
    """Three groups that anybody can see are rarely recovered."""
    X, middles = _blobs()
    found = 0
    for seed in range(20):
        centers, _ = candidate.k_means(X, 3, seed=seed)
        gaps = ((middles[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2).min(axis=1)
        found += int((gaps < 0.25).all())
    # Careful seeding may miss a group now and then, so not every seed has to succeed.
    assert found >= 16, told("all three groups, with 16 of 20 seeds or more", f"with {found} of 20 seeds")


def check_the_same_seed_gives_another_result(candidate):
    """Two runs with the same seed differ, so nothing that is seen can be reproduced; or all seeds give the same."""
    X = np.random.default_rng(5).normal(size=(200, 2))
    expect(candidate.k_means(X, 6, seed=9), candidate.k_means(X, 6, seed=9), X="200 points", k=6, seed=9)
    seeds = [candidate.plus_plus_centers(X, 6, np.random.default_rng(9)) for _ in range(2)]
    expect(seeds[0], seeds[1], X="200 points", k=6, rng="default_rng(9) each time")
    starts = {candidate.k_means(X, 6, seed=seed, max_steps=0)[0].tobytes() for seed in range(5)}
    assert len(starts) > 1, told("different starts for different seeds", "one start", seeds="0 to 4")
