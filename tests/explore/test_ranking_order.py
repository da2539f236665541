"""NDCG, AUC and average precision of any order, against scikit-learn."""

import itertools

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score

from tests.explore.cores import computed, grid

GRADES = np.array([3, 2, 2, 1, 0, 0, 0, 0])
ORDERS = ["".join(each) for each in itertools.islice(itertools.permutations("abcdefgh"), 0, None, 1777)]


def graded(order: str) -> np.ndarray:
    return GRADES[[ord(letter) - 97 for letter in order]]


def test_metrics_are_those_of_scikit_learn() -> None:
    scores = -np.arange(8)
    for asked, found in computed("ranking-order", grid(list=ORDERS, k=(1, 3, 8))):
        grades = graded(str(asked["list"]))
        gains = 2.0**grades - 1
        assert found["ndcg"] == pytest.approx(ndcg_score([gains], [scores], k=int(asked["k"])))
        assert found["auc"] == pytest.approx(roc_auc_score(grades > 0, scores))
        assert found["precision"] == pytest.approx(average_precision_score(grades > 0, scores))


def test_a_swap_changes_what_it_is_said_to_change() -> None:
    order = "eacfbghd"
    ((_, here),) = computed("ranking-order", [{"list": order}])
    swapped = [order[:at] + order[at + 1] + order[at] + order[at + 2 :] for at in range(7)]
    for (_, there), swap in zip(computed("ranking-order", grid(list=swapped)), here["swaps"], strict=True):
        assert swap["ndcg"] == pytest.approx(there["ndcg"] - here["ndcg"])
        assert swap["auc"] == pytest.approx(there["auc"] - here["auc"])
