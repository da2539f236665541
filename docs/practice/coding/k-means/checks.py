"""What k-means written by hand gets wrong. Each check is named after what you would see."""

import numpy as np


def _blobs(seed=0):
    rng = np.random.default_rng(seed)
    middles = np.array([[0.0, 0.0], [6.0, 6.0], [0.0, 7.0]])
    return np.concatenate([middle + rng.normal(scale=0.5, size=(40, 2)) for middle in middles]), middles


def check_distances_are_not_squared_euclidean(candidate):
    """The distances are wrong for points whose distance is plain to see."""
    X, centers = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [3.0, 0.0]])
    distances = candidate.squared_distances(X, centers)
    assert np.allclose(distances, [[0.0, 9.0], [25.0, 16.0]]), f"got {distances}"


def check_distances_are_negative(candidate):
    """Some points have a negative squared distance to themselves, and its square root is nan."""
    X = 1000.0 + np.random.default_rng(0).normal(size=(300, 3))
    smallest = candidate.squared_distances(X, X).min()
    assert smallest >= 0, f"the smallest squared distance is {smallest}"


def check_starting_centers_are_not_points(candidate):
    """The starting centers are not points of the data, or not k of them."""
    X, _ = _blobs()
    centers = candidate.plus_plus_centers(X, 4, np.random.default_rng(1))
    assert centers.shape == (4, 2), f"shape {centers.shape}"
    assert all((center == X).all(axis=1).any() for center in centers)


def check_seeding_is_uniform(candidate):
    """A far-away cluster of few points is usually missed at the start: the seeds ignore the distances."""
    X = np.concatenate([np.random.default_rng(0).normal(size=(199, 2)), [[100.0, 100.0]]])
    found = sum((candidate.plus_plus_centers(X, 2, np.random.default_rng(s)).max() > 90) for s in range(50))
    assert found >= 40, f"the outlying point was a seed in {found} of 50 runs; nearly all squared distance is its own"


def check_seeding_looks_only_at_the_last_center(candidate):
    """Two of three seeds land in one of three well-separated groups: distances to the earlier seeds are forgotten."""
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(scale=0.01, size=(30, 1)) + middle for middle in (0.0, 100.0, 200.0)])
    for seed in range(30):
        groups = {round(c / 100.0) for c in candidate.plus_plus_centers(X, 3, np.random.default_rng(seed))[:, 0]}
        assert groups == {0, 1, 2}, f"seed {seed}: the seeds fell into groups {sorted(groups)}"


def check_repeated_points_break_the_seeding(candidate):
    """When there are fewer distinct points than centers, the seeding divides by zero."""
    with np.errstate(all="raise"):
        centers = candidate.plus_plus_centers(np.ones((5, 2)), 3, np.random.default_rng(0))
    assert np.array_equal(centers, np.ones((3, 2))), f"got {centers}"


def check_points_go_to_the_wrong_center(candidate):
    """A point is not assigned to its nearest center."""
    labels = candidate.assign(np.array([[0.0], [1.0], [9.0], [5.0]]), np.array([[10.0], [0.0]]))
    assert list(labels) == [1, 1, 0, 0], f"got {list(labels)}; the last point is equally near to both"


def check_centers_are_not_means(candidate):
    """A center is not the mean of its points."""
    X = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 2.0], [10.0, 8.0], [13.0, 5.0]])
    moved = candidate.update(X, np.array([0, 0, 1, 1, 1]), np.array([[0.0, 0.0], [10.0, 5.0]]))
    assert np.allclose(moved, [[1.0, 0.0], [11.0, 5.0]]), f"got {moved}"


def check_an_empty_cluster_becomes_nan(candidate):
    """A cluster that lost all its points has a center of nan, or never gets a point again."""
    X, labels = np.array([[0.0], [1.0], [8.0]]), np.array([0, 0, 0])
    with np.errstate(all="ignore"):
        moved = candidate.update(X, labels, np.array([[2.0], [50.0], [60.0]]))
    assert np.isfinite(moved).all(), f"got {moved}"
    assert moved[0] == 3.0, f"the cluster with points moved to {moved[0]}"
    assert {moved[1, 0], moved[2, 0]} == {8.0, 0.0}, f"the empty clusters went to {moved[1:, 0]}, expected 8 and 0"


def check_update_changes_the_old_centers(candidate):
    """The centers passed in are different afterwards, so convergence cannot be seen."""
    X, centers = np.array([[0.0], [4.0]]), np.array([[1.0], [3.0]])
    candidate.update(X, np.array([0, 1]), centers)
    assert np.array_equal(centers, [[1.0], [3.0]])


def check_inertia_is_averaged_or_rooted(candidate):
    """The inertia is not the sum of squared distances, so runs of different size or code cannot be compared."""
    value = candidate.inertia(np.array([[0.0], [2.0], [9.0]]), np.array([0, 0, 1]), np.array([[1.0], [7.0]]))
    assert np.isclose(value, 6.0), f"got {value}, expected 1 + 1 + 4 = 6"


def check_it_does_not_settle(candidate):
    """The labels returned are not those of the centers returned: the loop stopped half-way through a step."""
    X = np.random.default_rng(3).normal(size=(300, 2))
    centers, labels = candidate.k_means(X, 5, seed=2)
    distances = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
    assert np.array_equal(distances.argmin(axis=1), labels), "some points are nearer to another center"
    for cluster in range(5):
        assert np.allclose(centers[cluster], X[labels == cluster].mean(axis=0)), f"center {cluster} is not a mean"


def check_clear_clusters_are_not_found(candidate):
    """Three groups that anybody can see are seldom recovered."""
    X, middles = _blobs()
    found = 0
    for seed in range(20):
        centers, _ = candidate.k_means(X, 3, seed=seed)
        gaps = ((middles[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2).min(axis=1)
        found += int((gaps < 0.25).all())
    # Careful seeding may miss a group now and then, so not every seed has to succeed.
    assert found >= 16, f"all three groups were found with {found} of 20 seeds"


def check_the_same_seed_gives_another_result(candidate):
    """Two runs with one seed differ: the randomness does not come from the seed alone."""
    # One cloud and many centers: two runs end alike by chance only if the seeds come in the same order.
    X = np.random.default_rng(3).normal(size=(200, 2))
    first, second = candidate.k_means(X, 8, seed=5), candidate.k_means(X, 8, seed=5)
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])
