"""Temperature, top-k and top-p, against NumPy on the same counts."""

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import entropy

from tests.explore.cores import computed, grid

NAMED = [81, 19, 16, 10, 10, 9, 9, 9, 8, 6, 6, 6, 6, 5]
COUNTS = np.array(NAMED + [5] * 4 + [4] * 4 + [3] * 13 + [2] * 32 + [1] * 111)


def test_the_counts_are_of_450_places_and_178_words() -> None:
    assert (COUNTS.sum(), len(COUNTS)) == (450, 178)


def test_what_is_sampled_is_that_of_numpy() -> None:
    for asked, found in computed("next-token", grid(t=(0.1, 0.7, 1, 2), k=(1, 10, 178), p=(0.1, 0.5, 0.95, 1))):
        tempered = softmax(np.log(COUNTS) / float(asked["t"]))
        assert np.allclose(found["tempered"], tempered)
        first = np.where(np.arange(178) < int(asked["k"]), tempered, 0)
        first /= first.sum()
        # The nucleus holds a word while the words before it have not reached p.
        before = np.cumsum(first) - first
        sampled = np.where(before < float(asked["p"]) - 1e-12, first, 0)
        sampled /= sampled.sum()
        assert np.allclose(found["sampled"], sampled)
        assert found["spread"] == pytest.approx(np.exp(entropy(sampled)))
        assert found["kept"] == np.count_nonzero(sampled)
