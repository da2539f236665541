"""The PyTorch twins of solutions: they pass the checks, and give what the NumPy solution gives for the same input.

`make test-torch` runs this in an environment of its own, because PyTorch is far larger than all the rest.
"""

from __future__ import annotations

import copy
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
# What is asked of NumPy alone, and why.
NOT_OF_TENSORS = {
    ("softmax-cross-entropy", "check_integers_are_not_accepted"): "PyTorch has no softmax of integers",
    ("multi-head-attention", "check_integers_are_not_accepted"): "PyTorch has no softmax of integers",
    ("kv-cache", "check_the_prompt_is_computed_again_for_each_token"): "the check counts calls inside the module",
    ("mlp-backprop", "check_numeric_gradient_moves_several_entries"): "the check counts calls, and both make theirs",
}
# What draws: the generators of the two libraries give other numbers, so the checks alone judge these.
DRAWS = {("mlp-backprop", "initialize"), ("lora", "LoRALinear")}


def module(source: str) -> types.ModuleType:
    made = types.ModuleType("made")
    exec(compile(source, "made.py", "exec"), vars(made))
    return made


_SAME: Callable[..., bool] = module(with_kit("from kit import same\n")).same


def alike(one: Any, other: Any) -> bool:
    """Tell whether two values are equal as the checks compare them, also in dictionaries and in what holds these."""
    if isinstance(one, dict) and isinstance(other, dict):
        return sorted(one) == sorted(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    # What is no number in both agrees, which no check would let pass.
    return _SAME(one, other) or bool(isinstance(one, float) and one != one and other != other)


def changed(value: Any, leaf: Callable[[Any], Any]) -> Any:
    """Return a value with every array, tensor or object in its tuples, lists and dictionaries replaced."""
    if isinstance(value, tuple | list):
        return type(value)(changed(each, leaf) for each in value)
    if isinstance(value, dict):
        return {key: changed(each, leaf) for key, each in value.items()}
    return leaf(value)


def tensors(value: Any) -> Any:
    """Return a value as the twin takes it: tensors that share the memory of arrays, and a generator of PyTorch."""

    def leaf(one: Any) -> Any:
        if isinstance(one, np.ndarray):
            return torch.from_numpy(one)
        if isinstance(one, np.random.Generator):
            # A copy, so that the solution still draws from the original.
            return torch.Generator().manual_seed(int(copy.deepcopy(one).integers(2**62)))
        if isinstance(one, types.FunctionType):
            return lambda *given: one(*arrays(given))
        return one.twin if isinstance(one, Both) else one

    return changed(value, leaf)


def arrays(value: Any) -> Any:
    """Return a value with arrays in place of tensors, and numbers in place of tensors that hold one."""

    def leaf(one: Any) -> Any:
        if isinstance(one, torch.Tensor):
            return one.item() if one.ndim == 0 else one.detach().numpy()
        return one

    return changed(value, leaf)


def ours(value: Any) -> Any:
    """Return a value as the solution takes it."""
    return changed(value, lambda one: one.solution if isinstance(one, Both) else one)


def compared(name: str, twin: Callable[..., Any], solution: Callable[..., Any], draws: bool = False) -> Any:
    """Return the twin as a function of arrays that fails where the solution gives something else or refuses."""

    def function(*given: Any, **named: Any) -> Any:
        try:
            expected = solution(*ours(copied(given)), **ours(copied(named)))
        except ValueError as error:
            with pytest.raises(ValueError, match=r"."):
                twin(*tensors(given), **tensors(named))
            raise error
        got = arrays(twin(*tensors(given), **tensors(named)))
        assert draws or alike(got, expected), f"{name}: PyTorch gives {got}, NumPy gives {expected}"
        return got

    return function


def copied(value: Any) -> Any:
    """Return a value with copies of its arrays: a check sees what the twin does to those that it gave."""
    return changed(value, lambda one: one.copy() if isinstance(one, np.ndarray) else one)


class Both:
    """An object of the twin and one of the solution, used as one: what they return and hold is compared."""

    twin: Any
    solution: Any

    def __init__(self, twin: Any, solution: Any) -> None:
        vars(self).update(twin=twin, solution=solution)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        twin, solution = getattr(self.twin, name), getattr(self.solution, name)
        if callable(solution):
            return compared(name, twin, solution)
        assert alike(arrays(twin), solution), f"{name}: PyTorch holds {twin}, NumPy holds {solution}"
        return arrays(twin)

    def __setattr__(self, name: str, value: Any) -> None:
        given = tensors(copied(value))
        if isinstance(getattr(self.twin, name), torch.nn.Parameter):
            given = torch.nn.Parameter(given)
        setattr(self.twin, name, given)
        setattr(self.solution, name, copied(value))


def paired(twin: type, solution: type, draws: bool) -> Callable[..., Both]:
    """Return what makes objects of both classes; what was drawn is that of the twin."""

    def make(*given: Any, **named: Any) -> Both:
        try:
            held = solution(*copied(given), **copied(named))
        except ValueError as error:
            with pytest.raises(ValueError, match=r"."):
                twin(*tensors(given), **tensors(named))
            raise error
        both = Both(twin(*tensors(given), **tensors(named)), held)
        for name, value in vars(held).items() if draws else ():
            if isinstance(value, np.ndarray):
                setattr(held, name, arrays(getattr(both.twin, name)).copy())
        return both

    return make


def twin_of(name: str) -> tuple[types.SimpleNamespace, types.ModuleType]:
    """Return the twin of an exercise as a candidate for its checks, and the checks."""
    sources = {file: (CODING / name / f"{file}.py").read_text("utf-8") for file in ("solution", "checks")}
    solution, checks = module(sources["solution"]), module(with_kit(sources["checks"]))
    twin = module((CODING / name / "torch_solution.py").read_text("utf-8"))
    candidate = types.SimpleNamespace()
    for key, value in vars(solution).items():
        draws = (name, key) in DRAWS
        if key.startswith("_") or getattr(value, "__module__", "") != "made":
            continue
        if isinstance(value, types.FunctionType):
            setattr(candidate, key, compared(key, getattr(twin, key), value, draws))
        elif isinstance(value, type):
            setattr(candidate, key, paired(getattr(twin, key), value, draws))
    return candidate, checks


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


class Doubling:
    """A class of a solution, for a twin that does the same or something else."""

    def __init__(self, factor: float = 2.0) -> None:
        if factor < 0:
            raise ValueError("a factor below 0")
        self.factor = factor

    def of(self, x: Any) -> Any:
        return self.factor * x


class Tripling(Doubling):
    def __init__(self, factor: float = 3.0) -> None:
        self.factor = factor


def test_a_twin_that_returns_something_else_fails() -> None:
    x = np.array([1.0, 2.0])
    assert compared("double", lambda x: 2 * x, lambda x: x + x)(x).tolist() == [2.0, 4.0]
    with pytest.raises(AssertionError, match="double: PyTorch gives"):
        compared("double", lambda x: 3 * x, lambda x: x + x)(x)


def test_a_twin_whose_objects_differ_fails() -> None:
    same, other = paired(Doubling, Doubling, False)(), paired(Tripling, Doubling, False)()
    assert same.of(np.array([1.5])).tolist() == [3.0]
    with pytest.raises(AssertionError, match="of: PyTorch gives"):
        other.of(np.array([1.5]))
    with pytest.raises(AssertionError, match="factor: PyTorch holds"):
        _ = other.factor


def test_a_twin_that_refuses_less_fails() -> None:
    with pytest.raises(ValueError, match="below 0"):
        paired(Doubling, Doubling, False)(-1.0)
    with pytest.raises(pytest.fail.Exception):
        paired(Tripling, Doubling, False)(-1.0)


def test_there_are_twins() -> None:
    assert TWINS


def test_what_is_left_out_exists() -> None:
    for name, check in NOT_OF_TENSORS:
        assert f"def {check}(" in (CODING / name / "checks.py").read_text("utf-8")
    for name, draws in DRAWS:
        assert hasattr(module((CODING / name / "torch_solution.py").read_text("utf-8")), draws)
