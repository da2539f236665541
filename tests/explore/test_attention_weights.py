"""Attention weights, against SciPy's softmax and entropy."""

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import entropy

from tests.explore.cores import computed, grid


def test_weights_are_a_masked_softmax_of_the_scores() -> None:
    ((_, open_),) = computed("attention-weights", [{"mask": "none"}])
    scores = np.array(open_["scores"])
    later = np.triu(np.ones_like(scores, dtype=bool), 1)
    for asked, found in computed("attention-weights", grid(mask=("causal", "none"), t=(0.1, 1, 10))):
        masked = np.where(later & (asked["mask"] == "causal"), -np.inf, scores)
        wanted = softmax(masked / float(asked["t"]), axis=1)
        assert np.allclose(found["weights"], wanted)
        assert found["spread"] == pytest.approx(np.exp(entropy(wanted, axis=1)))
