"""The PyTorch twins of solutions: they pass the checks, and give what the NumPy solution gives for the same input.

`make test-torch` runs this in an environment of its own, because PyTorch is far larger than all the rest.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from guide.read.exercises import read_checks, with_kit

CODING = Path(__file__).resolve().parents[2] / "docs/practice/coding"
TWINS = sorted(path.parent.name for path in CODING.glob("*/torch_solution.py"))
# What is asked of NumPy alone.
NOT_OF_TENSORS = {
    # PyTorch has no softmax of integers.
    ("softmax-cross-entropy", "check_integers_are_not_accepted"),
}


def module(source: str) -> types.ModuleType:
    made = types.ModuleType("made")
    exec(compile(source, "made.py", "exec"), vars(made))
    return made


def tensors(value: Any) -> Any:
    """Return a value with tensors in place of arrays, which share their memory."""
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value)
    if isinstance(value, tuple | list):
        return type(value)(map(tensors, value))
    return {key: tensors(each) for key, each in value.items()} if isinstance(value, dict) else value


def arrays(value: Any) -> Any:
    """Return a value with arrays in place of tensors, and numbers in place of tensors that hold one."""
    if isinstance(value, torch.Tensor):
        return value.item() if value.ndim == 0 else value.detach().numpy()
    if isinstance(value, tuple | list):
        return type(value)(map(arrays, value))
    return {key: arrays(each) for key, each in value.items()} if isinstance(value, dict) else value


def compared(twin: Callable[..., Any], solution: Callable[..., Any], same: Callable[..., bool]) -> Callable[..., Any]:
    """Return the twin as a function of arrays that fails where the solution gives something else."""

    def function(*given: Any, **named: Any) -> Any:
        got = arrays(twin(*map(tensors, given), **{key: tensors(each) for key, each in named.items()}))
        expected = solution(*given, **named)
        assert same(got, expected), f"{twin.__name__}: PyTorch gives {got}, NumPy gives {expected}"
        return got

    return function


def twin_of(name: str) -> tuple[types.SimpleNamespace, types.ModuleType]:
    """Return the twin of an exercise as a candidate for its checks, and the checks."""
    sources = {file: (CODING / name / f"{file}.py").read_text("utf-8") for file in ("solution", "checks")}
    solution, checks = module(sources["solution"]), module(with_kit(sources["checks"]))
    twin = module((CODING / name / "torch_solution.py").read_text("utf-8"))
    same = module(with_kit("from kit import same\n")).same
    public = [key for key, value in vars(solution).items() if isinstance(value, types.FunctionType) and key[0] != "_"]
    return types.SimpleNamespace(
        **{key: compared(getattr(twin, key), getattr(solution, key), same) for key in public}
    ), checks


def cases() -> list[tuple[str, str]]:
    return [
        (name, check.name)
        for name in TWINS
        for check in read_checks((CODING / name / "checks.py").read_text("utf-8"))
        if (name, check.name) not in NOT_OF_TENSORS
    ]


@pytest.mark.parametrize(("name", "check"), cases())
def test_the_twin_passes_and_gives_what_the_solution_gives(name: str, check: str) -> None:
    candidate, checks = twin_of(name)
    getattr(checks, check)(candidate)


def test_there_are_twins() -> None:
    assert TWINS


def test_what_is_left_out_exists() -> None:
    for name, check in NOT_OF_TENSORS:
        assert f"def {check}(" in (CODING / name / "checks.py").read_text("utf-8")
