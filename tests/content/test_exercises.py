"""Every exercise of the guide, graded: the solution passes, the starter fails, each planted bug is caught."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from guide.model.catalogue import Exercise
from guide.read.exercises import mutate, starter
from guide.read.load import load
from guide.run.grading import Result, grade
from guide.run.runner import Runner

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Runner(ROOT / ".cache")
EXERCISES = {exercise.id.rpartition("/")[2]: exercise for exercise in load(ROOT)[0].exercises}


@functools.cache
def results(name: str) -> dict[str, list[Result]]:
    """Return what the checks find in each version of the code."""
    exercise = EXERCISES[name]
    assert exercise.solution is not None
    assert exercise.checks_source is not None
    codes = {"solution": exercise.solution, "starter": starter(exercise.solution)}
    if exercise.broken is not None:
        codes["broken"] = exercise.broken
    codes |= {f"mutant {mutant.name}": mutate(exercise.solution, mutant) for mutant in exercise.mutants}
    return dict(zip(codes, grade(exercise.checks_source, codes.values(), RUNNER), strict=True))


def named(exercise: Exercise) -> str:
    return exercise.id.rpartition("/")[2]


def test_there_are_exercises() -> None:
    assert EXERCISES


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_passes_every_check(name: str) -> None:
    assert [(result.name, result.message) for result in results(name)["solution"] if not result.passed] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_the_starter_fails_every_check(name: str) -> None:
    assert [result.name for result in results(name)["starter"] if result.passed] == []


@pytest.mark.parametrize(
    ("name", "mutant"),
    [(named(exercise), mutant.name) for exercise in EXERCISES.values() for mutant in exercise.mutants],
)
def test_every_planted_bug_is_caught(name: str, mutant: str) -> None:
    assert any(not result.passed for result in results(name)[f"mutant {mutant}"])


@pytest.mark.parametrize("name", [named(found) for found in EXERCISES.values() if found.broken is not None])
def test_the_debug_twin_fails(name: str) -> None:
    assert any(not result.passed for result in results(name)["broken"])


@pytest.mark.parametrize("name", EXERCISES)
def test_every_check_catches_something(name: str) -> None:
    """A check that no planted bug can fail shows nothing about the reader's code."""
    tried = [found for version, found in results(name).items() if version.startswith(("mutant", "broken"))]
    caught = {result.name for found in tried for result in found if not result.passed}
    assert {result.name for result in results(name)["solution"]} - caught == set()
