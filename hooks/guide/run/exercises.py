"""Every version of an exercise's code, graded: what its checks do not say rightly, and what they do not notice.

The solution passes, the starter fails, each planted bug is caught, each check catches something, and so is each small
slip in the solution that is not argued away. Grades are kept while neither the code nor the grader has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from guide.model.catalogue import Exercise
from guide.model.problems import Problem
from guide.model.vocabulary import SLIPS_PER_EQUIVALENT
from guide.read import mutation
from guide.read.exercises import ExerciseError, beginning, mutate
from guide.read.mutation import Slip, same_statement
from guide.run import grading
from guide.run.grading import Result, grade, survivors
from guide.run.runner import Runner, fingerprint
from guide.tools.cache import Cache, hash_of_files, key_of

_TWIN: Final = "the debug twin"


def exercise_problems(exercise: Exercise, runner: Runner) -> Iterator[Problem]:
    """Grade an exercise and make slips in its solution; yield what is wrong. What the checks of files tell is not."""
    if exercise.solution is not None and exercise.checks_source is not None:
        try:
            yield from _wrong_grades(exercise, graded(exercise, runner))
            yield from _wrong_slips(exercise, *unnoticed(exercise, runner))
        except ExerciseError:
            return  # said by the checks already


def graded(exercise: Exercise, runner: Runner) -> dict[str, list[Result]]:
    """Return what the checks find in each version of the code, which there is."""
    assert exercise.solution is not None
    assert exercise.checks_source is not None
    codes = {"solution": exercise.solution, "starter": beginning(exercise)}
    if exercise.broken is not None:
        codes[_TWIN] = exercise.broken
    for mutant in exercise.mutants:
        try:
            codes[f"the planted bug `{mutant.name}`"] = mutate(exercise.solution, mutant)
        except ExerciseError:
            continue  # said by the checks already
    checks = exercise.checks_source
    # A solution that fails, for want of time perhaps, is graded again.
    found = _kept("grades", runner).filled(
        {exercise.id: key_of(fingerprint(), checks, *codes.values())},
        lambda _: [grade(checks, codes.values(), runner)],
        lambda each: all(result.passed for result in each[0]),
    )
    return dict(zip(codes, found[exercise.id], strict=True))


def unnoticed(exercise: Exercise, runner: Runner) -> tuple[list[Slip], int]:
    """Return the slips in the solution, which there is, that no check notices, and how many were made."""
    assert exercise.solution is not None
    assert exercise.checks_source is not None
    both = exercise.checks_source, exercise.solution
    key = key_of(fingerprint(), *both)
    return _kept("slips", runner).filled({exercise.id: key}, lambda _: [survivors(*both, runner)])[exercise.id]


def _kept(name: str, runner: Runner) -> Cache:
    return Cache(runner.cache_directory, name, hash_of_files([Path(grading.__file__), Path(mutation.__file__)]))


def _wrong_grades(exercise: Exercise, results: dict[str, list[Result]]) -> Iterator[Problem]:
    lines = {check.name: check.line for check in exercise.checks}
    place = f"{exercise.folder}/checks.py"
    for result in results["solution"]:
        if not result.passed:
            said = f"the solution fails `{result.name}`: {result.message}"
            yield Problem(place, lines[result.name], said, "Correct either")
    for result in results["starter"]:
        if result.passed and not exercise.repairs:
            said = f"the empty starter passes `{result.name}`"
            yield Problem(place, lines[result.name], said, "Let the check call the code")
    tried = {name: found for name, found in results.items() if name not in ("solution", "starter")}
    for name, found in tried.items():
        if all(result.passed for result in found):
            file = f"{exercise.folder}/{'broken.py' if name == _TWIN else 'mutants.yml'}"
            yield Problem(file, 1, f"{name} passes every check", "Sharpen a check, or plant a bug that matters")
    caught = {result.name for found in tried.values() for result in found if not result.passed}
    for name, line in lines.items():
        if tried and name not in caught:
            yield Problem(place, line, f"no planted bug fails `{name}`", "Plant the bug that it is there for")


def _wrong_slips(exercise: Exercise, passed: list[Slip], count: int) -> Iterator[Problem]:
    mutants = f"{exercise.folder}/mutants.yml"
    for slip in passed:
        if not any(same_statement(slip.becomes, each.equivalent) for each in exercise.equivalents):
            said = f"with this line no check fails: `{slip.becomes}`"
            fix = "Sharpen a check, or list it in mutants.yml with `equivalent:` and a `reason:`"
            yield Problem(f"{exercise.folder}/solution.py", slip.line, said, fix)
    for each in exercise.equivalents:
        if not any(same_statement(slip.becomes, each.equivalent) for slip in passed):
            yield Problem(mutants, each.line, "this is no slip of the solution, or a check notices it", "Take it out")
    argued = len(exercise.equivalents)
    if argued > count / SLIPS_PER_EQUIVALENT:
        said = f"{argued} of {count} slips are argued away, and one in {SLIPS_PER_EQUIVALENT} is the most"
        yield Problem(mutants, 1, said, "Write the solution so that fewer can be made")
