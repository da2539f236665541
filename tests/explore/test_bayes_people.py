"""Bayes among a thousand people, against the table of joint probabilities in NumPy."""

import numpy as np
import pytest

from tests.explore.cores import computed, grid


def test_posteriors_and_people_are_those_of_the_joint_table() -> None:
    values = grid(prior=(0.001, 0.01, 0.1, 0.5), sens=(0.5, 0.9, 1), spec=(0.5, 0.95, 0.999))
    for asked, found in computed("bayes-people", values):
        prior, sens, spec = (float(asked[key]) for key in ("prior", "sens", "spec"))
        joint = np.array([[prior * sens, prior * (1 - sens)], [(1 - prior) * (1 - spec), (1 - prior) * spec]])
        assert joint.sum() == pytest.approx(1)
        assert found["positive"] == pytest.approx(joint[0, 0] / joint[:, 0].sum(), rel=1e-12)
        assert found["negative"] == pytest.approx(joint[0, 1] / joint[:, 1].sum(), rel=1e-12, abs=1e-15)
        people = [found["found"], found["ill"] - found["found"], found["alarms"]]
        assert np.allclose(people, 1000 * joint.ravel()[:3], atol=1.01)
