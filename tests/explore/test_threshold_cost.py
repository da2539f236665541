"""Threshold, prevalence and cost: counts by SciPy's normal distribution."""

import numpy as np
import pytest
from scipy.special import logit
from scipy.stats import norm

from tests.explore.cores import computed, grid


def expected(t: float, prev: float, miss: float) -> dict[str, float]:
    """Return what follows for 10,000 cases; scores are the logits of a probability, 1.5 apart."""
    cut = logit(t) / 1.5 + 0.75
    recall, fpr = norm.sf(cut - 1.5), norm.sf(cut)
    tp, fp = 10_000 * prev * recall, 10_000 * (1 - prev) * fpr
    fn = 10_000 * prev - tp
    return {
        "recall": recall,
        "fpr": fpr,
        "tp": tp,
        "fn": fn,
        "fp": fp,
        "tn": 10_000 * (1 - prev) - fp,
        "precision": tp / (tp + fp),
        "cost": 10 * (fp + miss * fn),
    }


def test_counts_rates_and_costs_are_those_of_the_normal_distribution() -> None:
    for values, found in computed(
        "threshold-cost", grid(t=(0.01, 0.31, 0.5, 0.99), prev=(0.001, 0.02, 0.5), miss=(1, 20, 100))
    ):
        wanted = expected(**values)  # type: ignore[arg-type]
        assert {key: found[key] for key in wanted} == pytest.approx(wanted, rel=1e-10)


def test_the_cheapest_threshold_is_where_theory_puts_it() -> None:
    """Where the probability, at the real prevalence, is one over one plus the cost of a miss."""
    for values, found in computed("threshold-cost", grid(prev=(0.01, 0.02, 0.1, 0.5), miss=(1, 5, 20))):
        prev, miss = float(values["prev"]), float(values["miss"])
        odds = (1 - prev) / prev / miss
        assert found["best"] == pytest.approx(np.clip(odds / (1 + odds), 0.01, 0.99), abs=0.0051)
