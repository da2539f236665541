"""An inverted file index, against brute force in NumPy on the same vectors, centers and queries."""

import numpy as np
import pytest

from tests.explore.cores import computed, grid


def test_recall_and_cost_are_those_of_brute_force() -> None:
    ((_, found),) = computed("ivf-probes", [{}])
    for index in (found["flat"], found["deep"]):
        vectors, centers, queries = (np.array(index[key]) for key in ("vectors", "centers", "queries"))
        cells = ((vectors[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
        assert index["cells"] == cells.tolist()
        near = ((queries[:, None] - vectors) ** 2).sum(axis=2).argsort(axis=1)[:, :10]
        order = ((queries[:, None] - centers) ** 2).sum(axis=2).argsort(axis=1)
        for probes in (1, 2, 5, 16):
            hit = [np.isin(cells[truth], nearest[:probes]).mean() for truth, nearest in zip(near, order, strict=True)]
            read = [np.isin(cells, nearest[:probes]).mean() for nearest in order]
            assert index["recall"][probes - 1] == pytest.approx(np.mean(hit))
            assert index["scanned"][probes - 1] == pytest.approx(np.mean(read))


def test_the_shown_query_finds_what_lies_in_its_cells() -> None:
    for asked, found in computed("ivf-probes", grid(probes=(1, 3, 16), query=(1, 3, 20))):
        vectors, cells = np.array(found["flat"]["vectors"]), np.array(found["flat"]["cells"])
        query = np.array(found["flat"]["queries"][int(asked["query"]) - 1])
        near = ((vectors - query) ** 2).sum(axis=1).argsort()[:10]
        assert found["neighbors"] == near.tolist()
        assert found["found"] == [at for at in near if cells[at] in found["probed"]]
        assert found["compared"] == np.isin(cells, found["probed"]).sum()


def test_centers_are_the_means_of_their_cells_or_nearly() -> None:
    """Eight rounds of k-means: what is left to move is small."""
    ((_, found),) = computed("ivf-probes", [{}])
    vectors, centers, cells = (np.array(found["flat"][key]) for key in ("vectors", "centers", "cells"))
    means = np.array([vectors[cells == cell].mean(axis=0) for cell in range(16)])
    assert np.abs(means - centers).max() < 0.15
