"""Every exercise of the guide, graded: the solution passes, the starter fails, each planted bug is caught."""

from __future__ import annotations

import functools
import json
from dataclasses import astuple
from pathlib import Path

import pytest
from guide.model.catalogue import Exercise
from guide.read.exercises import mutate, starter
from guide.read.load import load
from guide.run import grading
from guide.run.grading import Result, grade
from guide.run.runner import Runner, fingerprint
from guide.tools.cache import Cache, hash_of_files, key_of

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Runner(ROOT / ".cache")
EXERCISES = {exercise.id.rpartition("/")[2]: exercise for exercise in load(ROOT, ROOT / ".cache")[0].exercises}


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
    # While neither the code nor the grader has changed, neither has the grade. CI keeps nothing, and grades all.
    grades = Cache(ROOT / ".cache", "grades", hash_of_files([Path(grading.__file__)]))
    key = key_of(fingerprint(), exercise.checks_source, *codes.values())
    kept = grades.get(key)
    if kept is not None:
        found = [[Result(*fields) for fields in each] for each in json.loads(kept)]
    else:
        found = grade(exercise.checks_source, codes.values(), RUNNER)
        # A solution that fails, for want of time perhaps, is graded again.
        if all(result.passed for result in found[0]):
            grades.put(key, json.dumps([[astuple(result) for result in each] for each in found]).encode())
    return dict(zip(codes, found, strict=True))


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
