"""Every exercise of the guide, graded: the solution passes, the starter fails, each planted bug is caught."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from guide.publish.exercise_files import notebook_file, python_file
from guide.read.exercises import beginning
from guide.read.load import load
from guide.run.exercises import exercise_problems, graded
from guide.run.grading import grade
from guide.run.runner import Job, Runner, fingerprint
from guide.tools.cache import Cache, key_of

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Runner(ROOT / ".cache")
EXERCISES = {exercise.id.rpartition("/")[2]: exercise for exercise in load(ROOT, ROOT / ".cache")[0].exercises}


# Right solutions by loops, as a reader writes them first: other code than ours, and another use of the generator.
SLOW = {path.stem: path for path in sorted((Path(__file__).parent / "slow").glob("*.py"))}
# Where a loop is part of every solution, the check that counts its steps, or the memory that it saves.
FOR_SPEED = {
    "autograd": "check_backward_walks_every_path",
    "autocomplete-trie": "check_every_query_is_looked_at",
    "bpe-tokenizer": "check_every_copy_of_a_word_is_visited",
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
    job = Job("notebook", cells, 120, more={"numbers": [0, 1]})
    result = RUNNER.run([job])[0].result
    assert result is not None
    assert result["fault"] is None
    found = {"pytest": done.stdout, "notebook": result["cells"][1]["outputs"][0]["text"]}
    said.put(key, json.dumps(found).encode())
    return found


def test_there_are_exercises() -> None:
    assert EXERCISES


@pytest.mark.parametrize("name", EXERCISES)
def test_every_version_of_the_code_is_graded_rightly_and_every_slip_is_noticed(name: str) -> None:
    assert [str(problem) for problem in exercise_problems(EXERCISES[name], RUNNER)] == []


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
def test_the_file_to_take_home_passes_the_solution_and_fails_what_the_starter_fails(name: str) -> None:
    said = taken_home(name)["pytest"]
    every = [check.name for check in EXERCISES[name].checks]
    assert re.findall(r"^PASSED solution.py::test_the_code\[(\w+)\]", said, re.MULTILINE) == every
    failed = [result.name for result in graded(EXERCISES[name], RUNNER)["starter"] if not result.passed]
    assert re.findall(r"^FAILED starter.py::test_the_code\[(\w+)\]", said, re.MULTILINE) == failed


@pytest.mark.parametrize("name", EXERCISES)
def test_the_notebook_to_take_home_passes_the_solution(name: str) -> None:
    count = len(EXERCISES[name].checks)
    assert taken_home(name)["notebook"] == f"{count} of {count} checks passed\n"
