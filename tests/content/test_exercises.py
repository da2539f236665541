"""Every exercise of the guide, graded: the solution passes, the starter fails, each planted bug is caught."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

import pytest
from guide.model.catalogue import Exercise
from guide.model.vocabulary import SLIPS_PER_EQUIVALENT
from guide.publish.exercise_files import notebook_file, python_file
from guide.read import mutation
from guide.read.exercises import beginning, mutate
from guide.read.load import load
from guide.read.mutation import same_statement
from guide.run import grading
from guide.run.grading import Result, grade, survivors
from guide.run.runner import Job, Runner, fingerprint
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
    codes = {"solution": exercise.solution, "starter": beginning(exercise)}
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


@functools.cache
def unnoticed(name: str) -> tuple[list[str], int]:
    """Return the slips in the solution that no check notices, and how many were made."""
    exercise = EXERCISES[name]
    assert exercise.solution is not None
    assert exercise.checks_source is not None
    kept = Cache(ROOT / ".cache", "slips", hash_of_files([Path(grading.__file__), Path(mutation.__file__)]))
    key = key_of(fingerprint(), exercise.checks_source, exercise.solution)
    if (known := kept.get(key)) is not None:
        becomes, count = json.loads(known)
    else:
        passed, count = survivors(exercise.checks_source, exercise.solution, RUNNER)
        becomes = [slip.becomes for slip in passed]
        kept.put(key, json.dumps([becomes, count]).encode())
    return becomes, count


# Right solutions by loops, as a reader writes them first: other code than ours, and another use of the generator.
SLOW = {path.stem: path for path in sorted((Path(__file__).parent / "slow").glob("*.py"))}
# Where a loop is part of every solution, the check that counts its steps, or the memory that it saves.
FOR_SPEED = {
    "autocomplete-trie": "check_every_query_is_looked_at",
    "duplicate-clusters": "check_linking_takes_ever_longer",
    "event-windows": "check_a_question_looks_at_the_whole_window",
    "interval-merge": "check_each_span_is_compared_with_all",
    "lru-cache": "check_a_call_walks_over_all_entries",
    "pipeline-order": "check_all_steps_are_looked_at_for_the_next",
    "reservoir-sampling": "check_memory_grows_with_the_stream",
    "time-keyed-store": "check_a_read_walks_over_all_versions",
    "top-k-stream": "check_the_leaders_are_sought_among_all",
}


@pytest.mark.parametrize("exercise", SLOW)
def test_a_right_solution_by_loops_fails_what_asks_for_speed_and_nothing_else(exercise: str) -> None:
    checks = EXERCISES[exercise].checks_source
    assert checks is not None
    (results,) = grade(checks, [SLOW[exercise].read_text("utf-8")], RUNNER)
    failed = {result.name: result.message for result in results if not result.passed}
    for_speed = [name for name in failed if "looped_over" in name or name == FOR_SPEED.get(exercise)]
    assert {name: message for name, message in failed.items() if name not in for_speed} == {}
    assert len(for_speed) == 1


@functools.cache
def taken_home(name: str) -> dict[str, str]:
    """Return what is said where the exercise was taken: by pytest on the file, by the notebook's last cell."""
    exercise = EXERCISES[name]
    assert exercise.solution is not None
    file, notebook = python_file(exercise, ""), json.loads(notebook_file(exercise, ""))
    begun, written = (source.split('"""', 2)[2].strip() for source in (beginning(exercise), exercise.solution))
    assert begun in file
    said = Cache(ROOT / ".cache", "taken-home", fingerprint())
    key = key_of(file, json.dumps(notebook), written)
    if (kept := said.get(key)) is not None:
        return dict(json.loads(kept))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "solution.py").write_text(file.replace(begun, written), "utf-8")
        (Path(folder) / "starter.py").write_text(file, "utf-8")
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--no-header", "--tb=no", "-rA"]
        command += ["solution.py", "starter.py"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    cells = [exercise.solution, "".join(notebook["cells"][2]["source"])]
    job = Job("notebook", {"cells": [{"number": n, "source": source} for n, source in enumerate(cells)]}, 120)
    result = RUNNER.run([job])[0].result
    assert result is not None
    assert result["fault"] is None
    found = {"pytest": done.stdout, "notebook": result["cells"][1]["outputs"][0]["text"]}
    said.put(key, json.dumps(found).encode())
    return found


def named(exercise: Exercise) -> str:
    return exercise.id.rpartition("/")[2]


def test_there_are_exercises() -> None:
    assert EXERCISES


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_passes_every_check(name: str) -> None:
    assert [(result.name, result.message) for result in results(name)["solution"] if not result.passed] == []


@pytest.mark.parametrize("name", [named(found) for found in EXERCISES.values() if not found.repairs])
def test_the_starter_fails_every_check(name: str) -> None:
    assert [result.name for result in results(name)["starter"] if result.passed] == []


@pytest.mark.parametrize(
    ("name", "mutant"),
    [(named(exercise), mutant.name) for exercise in EXERCISES.values() for mutant in exercise.mutants],
)
def test_every_planted_bug_is_caught(name: str, mutant: str) -> None:
    assert any(not result.passed for result in results(name)[f"mutant {mutant}"])


@pytest.mark.parametrize("name", EXERCISES)
def test_every_slip_is_noticed_or_argued_away(name: str) -> None:
    """A slip that behaves like the solution is listed in mutants.yml with its reason."""
    argued = [each.equivalent for each in EXERCISES[name].equivalents]
    becomes, _ = unnoticed(name)
    assert [slip for slip in becomes if not any(same_statement(slip, each) for each in argued)] == []
    assert [each for each in argued if not any(same_statement(slip, each) for slip in becomes)] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_hardly_any_slip_is_argued_away(name: str) -> None:
    becomes, count = unnoticed(name)
    assert len(becomes) <= count / SLIPS_PER_EQUIVALENT


@pytest.mark.parametrize("name", [named(found) for found in EXERCISES.values() if found.broken is not None])
def test_the_debug_twin_fails(name: str) -> None:
    assert any(not result.passed for result in results(name)["broken"])


# The repairs of the debugging round in the order of its page, each with the check whose turn it is.
REPAIRS = [
    ("np.zeros((width, width))", "np.zeros((width, vocabulary))", "check_the_loss_does_not_start_at_ln_v"),
    (
        "scores * np.tri(t)",
        "np.where(np.tri(t, dtype=bool), scores, -np.inf)",
        "check_a_later_token_changes_earlier_outputs",
    ),
    (
        "self.positions[: len(ids)]",
        "self.positions[: ids.shape[1]]",
        "check_a_repeated_token_is_the_same_everywhere",
    ),
    ("return ids[:, :-1], ids[:, :-1]", "return ids[:, :-1], ids[:, 1:]", "check_targets_are_not_the_next_tokens"),
    (
        "steps):\n        losses",
        "steps):\n        model.gradient[:] = 0.0\n        losses",
        "check_an_update_is_not_the_step_of_that_gradient",
    ),
]


def test_each_repair_of_the_debugging_round_passes_its_own_check_at_once() -> None:
    """Who repairs one bug at a time sees that it is gone, whatever else is still broken."""
    exercise = EXERCISES["mini-gpt"]
    assert exercise.checks_source is not None
    assert exercise.broken is not None
    codes = [exercise.broken]
    for old, new, _ in REPAIRS:
        assert codes[-1].count(old) == 1
        codes.append(codes[-1].replace(old, new))
    found = [{result.name for result in each if result.passed} for each in grade(exercise.checks_source, codes, RUNNER)]
    for number, (_, _, name) in enumerate(REPAIRS):
        assert name not in found[number]
        assert name in found[number + 1]


@pytest.mark.parametrize("name", EXERCISES)
def test_every_check_catches_something(name: str) -> None:
    """A check that no planted bug can fail shows nothing about the reader's code."""
    tried = [found for version, found in results(name).items() if version.startswith(("mutant", "broken"))]
    caught = {result.name for found in tried for result in found if not result.passed}
    assert {result.name for result in results(name)["solution"]} - caught == set()


@pytest.mark.parametrize("name", EXERCISES)
def test_the_file_to_take_home_passes_the_solution_and_fails_what_the_starter_fails(name: str) -> None:
    said = taken_home(name)["pytest"]
    every = [check.name for check in EXERCISES[name].checks]
    assert re.findall(r"^PASSED solution.py::test_the_code\[(\w+)\]", said, re.MULTILINE) == every
    failed = [result.name for result in results(name)["starter"] if not result.passed]
    assert re.findall(r"^FAILED starter.py::test_the_code\[(\w+)\]", said, re.MULTILINE) == failed


@pytest.mark.parametrize("name", EXERCISES)
def test_the_notebook_to_take_home_passes_the_solution(name: str) -> None:
    count = len(EXERCISES[name].checks)
    assert taken_home(name)["notebook"] == f"{count} of {count} checks passed\n"
