"""Memory and speed of serving, by the formulas of the chapter, and by the numbers that it prints."""

import pytest

from tests.explore.cores import computed, grid

SHAPES = {
    "8b": (32, 4096, 4096, 1024, 14336, 128256),
    "32b": (64, 5120, 8192, 1024, 25600, 151936),
    "70b": (80, 8192, 8192, 1024, 28672, 128256),
    "405b": (126, 16384, 16384, 1024, 53248, 128256),
}
CHIPS = {"a100": (80, 2.04, 312), "h100": (80, 3.35, 989), "h200": (141, 4.8, 989), "b200": (180, 8.0, 2250)}


def test_memory_and_bounds_are_those_of_the_formulas() -> None:
    values = grid(
        model=tuple(SHAPES), chip=tuple(CHIPS), chips=(1, 8), bits=(4, 16), context=(1000, 32_000), batch=(1, 64)
    )
    for asked, found in computed("kv-cache", values):
        layers, d, dq, dkv, f, vocabulary = SHAPES[str(asked["model"])]
        memory, bandwidth, peak = (each * int(asked["chips"]) for each in CHIPS[str(asked["chip"])])
        batch = int(asked["batch"])
        n = layers * (2 * d * dq + 2 * d * dkv + 3 * d * f) + 2 * vocabulary * d
        weights = n * float(asked["bits"]) / 8
        cache = 2 * layers * dkv * 2 * int(asked["context"])
        step = max((weights + batch * cache) / (bandwidth * 1e12), 2 * n * batch / (peak * 1e12))
        assert found["weights"] == pytest.approx(weights)
        assert found["cache"] == pytest.approx(batch * cache)
        assert found["throughput"] == pytest.approx(batch / step)
        assert found["each"] == pytest.approx(1 / step)
        assert found["largest"] == max(0, int((memory * 1e9 - weights) // cache))


def test_the_shapes_give_the_parameters_that_the_chapter_prints() -> None:
    found = {asked["model"]: each["parameters"] for asked, each in computed("kv-cache", grid(model=("8b", "32b")))}
    assert {model: round(n / 1e9, 2) for model, n in found.items()} == {"8b": 8.03, "32b": 32.76}
