"""The checks of an exercise, run against any code by the warm process.

The code may loop forever, fill the machine or call `exit`: it runs in a process of its own, with a limit on time and
memory, without network and without the user's environment. In the reader's browser a worker plays that part.

Each check has seconds of its own (`LIMITS` in checks.py), so code that is right and slow fails what asks for speed and
nothing else. Where code cannot be interrupted, or ends its process, every check is run in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from guide.model.exercises import Check
from guide.read.exercises import read_checks
from guide.read.mutation import Slip, slips
from guide.run.runner import Job, Outcome, Runner
from guide.run.worker_code import DIED

# Seconds for all the checks of a code together, when none of them stands still.
TIME_LIMIT: Final = 60.0
# What a check may say before it is cut: a message is for people.
_MESSAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found, and what the code printed meanwhile."""

    name: str
    symptom: str
    passed: bool
    message: str = ""
    printed: str = ""


def grade(
    checks_source: str, codes: Iterable[str], runner: Runner, time_limit: float = TIME_LIMIT
) -> list[list[Result]]:
    """Run every check against each code. A code that stands still or dies fails the checks in which it does."""
    checks = read_checks(checks_source)
    sources = list(codes)
    outcomes = runner.run([_job(checks_source, checks, [code], time_limit) for code in sources])
    graded = []
    for code, outcome in zip(sources, outcomes, strict=True):
        if outcome.result is not None:
            graded.append([_result(check, outcome) for check in checks])
        else:
            # Twice the seconds, since those of a busy machine are shorter.
            alone = runner.run([_job(checks_source, [check], [code], 2 * check.limit) for check in checks])
            graded.append(list(map(_result, checks, alone)))
    return graded


def _job(checks_source: str, checks: Sequence[Check], codes: list[str], limit: float, all_of_them: bool = True) -> Job:
    names, limits = [check.name for check in checks], [check.limit for check in checks]
    more = {"checks": checks_source, "names": names, "limits": limits, "until_one_fails": not all_of_them}
    return Job("exercise", codes, limit, "the checks of a code", more)


def _result(check: Check, outcome: Outcome) -> Result:
    if outcome.result is None:
        message = "the code ended the process" if outcome.error == DIED else outcome.error
        return Result(check.name, check.symptom, False, message)
    message, printed = outcome.result["found"][0][check.name]
    return Result(check.name, check.symptom, not message, message[:_MESSAGE], printed)


def first_failures(checks_source: str, solution: str, mutants: Sequence[str], runner: Runner) -> list[str]:
    """Return the name of a check that each mutant fails, "" where it passes them all: one process for all of them."""
    checks = read_checks(checks_source)

    def caught(sources: Sequence[str]) -> list[str] | None:
        job = _job(checks_source, checks, [solution, *sources], 10 * TIME_LIMIT, all_of_them=False)
        result = runner.run([job])[0].result
        if result is None:
            return None
        return [next((name for name, (said, _) in found.items() if said), "") for found in result["found"][1:]]

    together = caught(mutants)
    if together is not None:
        return together
    # One of them has ended the process, or stands still where it cannot be interrupted.
    return [name for mutant in mutants for name in caught([mutant]) or ["the process"]]


def survivors(checks_source: str, solution: str, runner: Runner) -> tuple[list[Slip], int]:
    """Return the slips in a solution that pass every check, and how many there were in all."""
    made = slips(solution)
    failed = first_failures(checks_source, solution, [slip.source for slip in made], runner)
    return [slip for slip, name in zip(made, failed, strict=True) if not name], len(made)
