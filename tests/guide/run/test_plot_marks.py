"""Points that a straight line passes through leave a path; what can be seen stays."""

import math
import re
from itertools import accumulate

import pytest
from guide.run.plot_marks import thin


@pytest.mark.parametrize(
    ("path", "thinner"),
    [
        ("M0 0L1 0L2 0L3 0", "M0 0l3 0"),
        ("M0 0L1 0.03L2 0", "M0 0l2 0"),
        ("M0 0L1 0.3L2 0", "M0 0l1 .3 1-.3"),
        # There and back is not a point.
        ("M0 0L5 0L0 0", "M0 0l5 0-5 0"),
        ("M0 0L5 0L5 5L2 5L0 5L0 0z", "M0 0l5 0 0 5-5 0 0-5z"),
        ("M0 0L1 0L2 0M7 7L8 8L9 9z", "M0 0l2 0M7 7l2 2z"),
        ("M0 1.32C0.35 1.32 0.69 1.18 0.94 0.94z", "M0 1.32C0.35 1.32 0.69 1.18 0.94 0.94z"),
        ("M3 4", "M3 4"),
        ("", ""),
    ],
)
def test_only_what_cannot_be_seen_leaves(path: str, thinner: str) -> None:
    assert thin(path) == thinner


def test_a_slow_curve_stays_a_curve() -> None:
    points = [(200 * t / 1000, 50 * math.sin(t / 160)) for t in range(1000)]
    path = thin("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points))
    numbers = [float(each) for each in re.findall(r"-?[\d.]+", path)]
    kept = list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
    assert len(kept) < 100
    # Between kept vertices the curve is a straight line. Up and down, a point may be twice as far from it as across.
    for x, y in points:
        right = next(i for i, (at, _) in enumerate(kept) if at >= x - 0.05 and i > 0)
        (x0, y0), (x1, y1) = kept[right - 1], kept[right]
        assert abs(y - (y0 + (y1 - y0) * (x - x0) / (x1 - x0))) < 0.2
